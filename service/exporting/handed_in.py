"""An answer that somebody hands in to be exported: every quote is checked, all else made anew.

What the answer says of a quote (its citation, channel, standing) is not taken from it: it is made
from the source, so that no export says of law what the service did not.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from service.citing import cite
from service.describing import citation_json, index_json
from service.exporting.checking import Checker
from service.exporting.formats import ExportError
from service.exporting.paper import Json, Quoted
from service.vantage import Vantage


def checked(answer: Json, checker: Checker, day: date) -> Json:
    """The answer with its citations made anew. Raises ExportError where a quote does not hold."""
    generation = str(answer["index"]["generation"])
    made = checker.manifest_of(generation)
    if made is None:
        raise ExportError(f"generation {generation[:80]!r} is not known here; ask again")

    def renewed(citation: Json) -> Json:
        quoted = Quoted(**{name: citation[name] for name in _CLAIMED}, title="", authority="")
        source, wrong = checker.source(quoted, generation)
        if source is None:
            raise ExportError(f"{quoted.document_id[:80]}: {wrong}; nothing was exported")
        view = Vantage(day, None, checker.works)
        fresh = citation_json(cite(source, quoted.span, view), citation["n"])
        pairs = citation.get("companions") or ()
        fresh["companions"] = [{**one, "citation": renewed(one["citation"])} for one in pairs]
        return fresh

    lists: dict[str, Any] = {
        name: [renewed(citation) for citation in answer[name]] for name in ("citations", "nearest")
    }
    return {**answer, **lists, "index": index_json(made)}


_CLAIMED = (
    "document_id",
    "version",
    "start",
    "end",
    "quote",
    "citation",
    "kind",
    "channel",
    "status",
)
