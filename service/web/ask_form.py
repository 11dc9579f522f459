"""What the box and its filters hold: what a reader sent, and what there is to choose from."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from pincite.kinds import KINDS, Kind
from service.describing import coverage_json
from service.filtering import places_of
from service.holdings import Holdings

Json = dict[str, Any]

EVENTS = "/ask/events"
"""Where the same question is answered as events whose data are parts of the page."""


class AskQuery(BaseModel):
    """A question, earlier turns, and what bounds it, as the page's address carries them.

    Values are what was typed; the engine says which of them cannot be. Empty ones filter nothing.
    """

    q: str = ""
    place: str = ""
    as_of: str = ""
    kind: list[str] = []
    document: list[str] = []
    after: list[str] = []
    llm: bool = True

    def bounds(self) -> Json:
        """The filters under the names that the middle uses."""
        return {
            "place": self.place,
            "as_of": self.as_of,
            "kinds": _given(self.kind),
            "documents": _given(self.document),
            "llm": self.llm,
        }

    def fields(self) -> Json:
        """What the form shows, and what asks the same again without the turns before it."""
        return {
            "q": self.q if self.q.strip() else "",
            "place": self.place,
            "as_of": self.as_of,
            "kind": _given(self.kind),
            "document": _given(self.document),
        }


def choices(holdings: Holdings, fields: Json) -> Json:
    """What there is to choose from: places, kinds with their counts, documents already chosen."""
    coverage = coverage_json(holdings.manifest)
    titles = {record.entry.id: record.entry.title for record in holdings.manifest.records}
    return {
        "coverage": coverage,
        "places": places_of(holdings.manifest),
        "kinds": [
            (kind.value, KINDS[kind].name, coverage["kinds"][kind.value])
            for kind in Kind
            if kind.value in coverage["kinds"]
        ],
        "documents": [(id_, titles[id_]) for id_ in fields["document"] if id_ in titles],
    }


def _given(values: list[str]) -> list[str]:
    return [value for value in dict.fromkeys(values) if value]
