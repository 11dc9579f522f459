"""By what a search can be narrowed, and how many of its passages have each value.

A facet of documents is one whose values a whole document has: the engine applies it. How words
count, and by what authority, differs within a document (a dissent, a recital): that is looked at
passage by passage.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pincite.authority import Rank
from pincite.generations import Manifest
from pincite.kinds import Channel, Kind
from pincite.types import Entry, Hit, Status
from service.filtering import one_of
from service.vantage import Vantage

NONE = "none"
"""The value of what has none: a text without a date, or of no place."""

CHANNELS: tuple[Channel, ...] = ("law", "record", "argument")
STATUSES: tuple[Status, ...] = (
    "in_force",
    "unknown",
    "pending",
    "superseded",
    "repealed",
    "revoked",
    "expired",
    "not_enacted",
)
OF_DOCUMENTS = ("kind", "jurisdiction", "year", "status", "document")
FACETS = ("channel", "authority", *OF_DOCUMENTS)
"""Every facet, in the order of addresses."""

Chosen = Mapping[str, Collection[str]]
Counts = Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Found:
    """A passage with what it counts as on the day.

    `reach` is how far down the law binds: 0 in a country, 1 in a state, more in a city, most where
    it binds nowhere. `at` is the passage's place by relevance, from 1.
    """

    hit: Hit
    entry: Entry
    status: Status
    channel: Channel
    rank: Rank
    reach: int = 0
    at: int = 0

    def value(self, facet: str) -> str:
        """What a facet says of it."""
        own = {"channel": self.channel, "authority": self.rank.name.lower(), "status": self.status}
        return own[facet] if facet in own else _OF_ENTRIES[facet](self.entry)


def dated(entry: Entry) -> date | None:
    """The day by which an edition is sorted: when it was issued, else from when it holds."""
    return entry.issued or entry.effective


def year_of(entry: Entry) -> str:
    """The year of a document's day."""
    day = dated(entry)
    return str(day.year) if day else NONE


def chosen_of(
    typed: Mapping[str, Sequence[str]], manifest: Manifest
) -> Mapping[str, tuple[str, ...]]:
    """The values chosen, each once, by facet in order. Raises QuestionError for unknown ones."""
    found = {}
    for facet in FACETS:
        if values := [value for value in typed.get(facet, ()) if value]:
            known = _known(facet, manifest)
            found[facet] = tuple(dict.fromkeys(one_of(facet, value, known) for value in values))
    return found


def documents_of(chosen: Chosen, view: Vantage) -> frozenset[str] | None:
    """The documents that have what is chosen of their facets; None where nothing is."""
    bounds = {facet: chosen[facet] for facet in OF_DOCUMENTS if facet in chosen}
    if not bounds:
        return None
    return frozenset(
        entry.id
        for entry in view.works.entries.values()
        if all(_of_document(facet, entry, view) in values for facet, values in bounds.items())
    )


def passing(found: Iterable[Found], chosen: Chosen) -> list[Found]:
    """The passages that have one of the values chosen of each facet."""
    return [
        one for one in found if all(one.value(facet) in values for facet, values in chosen.items())
    ]


def counts(
    shown: Iterable[Found], others: Iterable[Found], facet: str, chosen: Collection[str]
) -> Counts:
    """How many passages have each value, most first, years newest first.

    The values chosen are counted in what is `shown`, the rest in the `others`; where none is
    chosen, all in what is shown.
    """
    counted = Counter(one.value(facet) for one in shown)
    rest = Counter(one.value(facet) for one in others) if chosen else counted
    numbers = {**rest, **{value: counted[value] for value in chosen}}
    by_count = sorted(numbers.items(), key=lambda pair: (-pair[1], pair[0]))
    return sorted(by_count, key=_newest) if facet == "year" else by_count


def _newest(pair: tuple[str, int]) -> int:
    return -int(pair[0]) if pair[0] != NONE else 0


def _of_document(facet: str, entry: Entry, view: Vantage) -> str:
    if facet == "status":
        return view.works.standing(entry, view.day).status
    return _OF_ENTRIES[facet](entry)


def _known(facet: str, manifest: Manifest) -> list[str]:
    """Every value that a facet can have here."""
    if facet in _FIXED:
        return list(_FIXED[facet])
    value = _OF_ENTRIES[facet]
    return sorted({value(record.entry) for record in manifest.records})


_OF_ENTRIES: Mapping[str, Callable[[Entry], str]] = {
    "kind": lambda entry: entry.kind.value,
    "jurisdiction": lambda entry: entry.jurisdiction or NONE,
    "year": year_of,
    "document": lambda entry: entry.id,
}
_FIXED: Mapping[str, Sequence[str]] = {
    "channel": CHANNELS,
    "authority": [rank.name.lower() for rank in Rank],
    "kind": [kind.value for kind in Kind],
    "status": STATUSES,
}
