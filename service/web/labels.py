"""What stands beside a quote: what the words are, what they are worth, how they stand, a copy."""

from __future__ import annotations

import re
from typing import Any

from pincite.kinds import KINDS, Kind
from service.web.language import gettext as _
from service.web.language import ngettext, told
from service.web.phrases import capitalised, day, days, words

Json = dict[str, Any]

# From so many words on, a quotation stands as a block, without quotation marks. Bluebook Rule 5.1.
_WORDS_OF_BLOCK = 50


def chips(citation: Json) -> list[tuple[str, str]]:
    """The kind, authority, force and standing of a quote, each by its sort, for a row of labels."""
    kind, authority = KINDS[Kind(citation["kind"])].name, citation["authority"]
    made = []
    if kind.lower() not in authority.lower():
        made.append(("kind", capitalised(kind)))
    made.append(("authority", capitalised(authority)))
    if citation["author"] and citation["author"] not in citation["citation"]:
        made.append(("author", citation["author"]))
    if citation["force"] and citation["force"] not in authority:
        made.append(("force", told(citation["force"])))
    standing = _standing(citation)
    return [*made, standing] if standing[1] else made


def _standing(citation: Json) -> tuple[str, str]:
    status, standing = citation["status"], citation["standing"]
    if status not in ("in_force", "unknown"):
        return "status", days(standing) if standing else words(status)
    if standing:
        return "standing", days(standing)
    return "standing", words(status) if status == "in_force" else ""


def facts(citation: Json) -> list[str]:
    """What else a reader wants to know of a quote: title, page, days, how it was read."""
    known, force = citation["standing"], citation["in_force"]
    said = []
    if citation["title"] not in citation["citation"]:
        said.append(citation["title"])
    if citation["page"] and not _is_printed(str(citation["page"]), citation["citation"]):
        said.append(_("page %(page)s") % {"page": citation["page"]})
    if force["from"] and force["from"] not in known:
        said.append(_("effective %(day)s") % {"day": day(force["from"])})
    if force["to"] and force["to"] not in known:
        said.append(_("until %(day)s") % {"day": day(force["to"])})
    if citation["issued"] and not force["from"] and citation["issued"] not in known:
        said.append(_("dated %(day)s") % {"day": day(citation["issued"])})
    if citation["current_through"]:
        through = {"day": day(citation["current_through"])}
        said.append(_("text current through %(day)s") % through)
    if citation["ocr"]:
        said.append(_("read by machine from page images"))
    if count := len(citation["repaired"]):
        repairs = ngettext("%(count)s repair in reading", "%(count)s repairs in reading", count)
        said.append(repairs % {"count": count})
    return said


def _is_printed(page: str, printed: str) -> bool:
    """Whether a citation names the page: "slip op. at 12" that of the label "slip op. 12"."""
    return bool(re.search(rf"\bat {re.escape(page.split()[-1])}(?!\d)", printed))


def copied(citation: Json) -> str:
    """A quotation with its citation, to be pasted: in quotation marks, or as a block if long.

    Quotation marks within become single ones, as The Bluebook (Rule 5.1(b)) has it.
    """
    quote = citation["quote"].strip()
    if len(quote.split()) >= _WORDS_OF_BLOCK or "\n" in quote:
        return f"{quote}\n{_closed(citation['citation'])}"
    inner = quote.replace("“", "‘").replace("”", "’")
    return f"“{inner}” {_closed(citation['citation'])}"


def _closed(citation: str) -> str:
    return citation if citation.endswith(".") else f"{citation}."
