"""The documents of a generation in three orders, by kind, place or year, a page at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, get_args

from pincite.generations import Record
from pincite.kinds import KINDS
from pincite.places import place_name, within
from pincite.standing import begins
from pincite.words import stem, words

By = Literal["kind", "place", "year"]

PAGE = 100
"""Documents of one page."""
UNDATED, UNPLACED = "undated", "none"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which documents, in which order; what is empty filters nothing.

    `place` takes what lies in it too; `year` may be `undated`, `place` `none`.
    """

    by: By = "kind"
    kind: str = ""
    place: str = ""
    status: str = ""
    year: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """One group of the list: what it has in common, how many there are, those of this page."""

    key: str
    count: int
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Shelves:
    """A page of the list: its groups, all groups with their counts, and which page it is.

    `all` are the documents of every page.
    """

    all: tuple[Record, ...]
    shelves: tuple[Shelf, ...]
    counts: tuple[tuple[str, int], ...]
    page: int
    pages: int


def shelves(records: Iterable[Record], wanted: Wanted, page: int = 1) -> Shelves:
    """The documents wanted, in groups; of the page nearest to the one asked for."""
    key = _KEYS[wanted.by]
    found = [record for record in records if _passes(record, wanted)]
    found.sort(key=lambda record: (_ORDERS[wanted.by](key(record)), record.entry.title))
    counts = Counter(key(record) for record in found)
    pages = max(1, -(-len(found) // PAGE))
    page = max(1, min(page, pages))
    shown = found[(page - 1) * PAGE : page * PAGE]
    groups = [(name, tuple(held)) for name, held in groupby(shown, key)]
    return Shelves(
        tuple(found),
        tuple(Shelf(name, counts[name], held) for name, held in groups),
        tuple(counts.items()),
        page,
        pages,
    )


def year_of(record: Record) -> str:
    """The year in which an edition begins, as far as it is known."""
    first = begins(record.entry)
    return str(first.year) if first else UNDATED


def options(records: Sequence[Record]) -> dict[str, list[tuple[str, int]]]:
    """What may be filtered by, with how many documents each has."""
    kinds = Counter(record.entry.kind.value for record in records)
    places = Counter(_place(record) for record in records)
    statuses = Counter[str](record.entry.status for record in records)
    return {
        "kind": sorted(kinds.items(), key=lambda one: _kind_order(one[0])),
        "place": sorted(places.items(), key=lambda one: _place_order(one[0])),
        "status": statuses.most_common(),
    }


def _passes(record: Record, wanted: Wanted) -> bool:
    entry = record.entry
    place = _place(record)
    return (
        (not wanted.kind or entry.kind.value == wanted.kind)
        and (not wanted.place or within(place, wanted.place))
        and (not wanted.status or entry.status == wanted.status)
        and (not wanted.year or year_of(record) == wanted.year)
        and (not wanted.words or _says(record, wanted.words))
    )


def _says(record: Record, typed: str) -> bool:
    """Whether every word that was typed stands in the title, the citation or the id."""
    entry = record.entry
    said = {stem(word) for word in words(f"{entry.title} {entry.citation or ''} {entry.id}")}
    return {stem(word) for word in words(typed)} <= said


def _place(record: Record) -> str:
    return record.entry.jurisdiction or UNPLACED


def _kind_order(kind: str) -> tuple[int, str]:
    return next((at for at, known in enumerate(KINDS) if known.value == kind), 99), kind


def _place_order(path: str) -> tuple[bool, str]:
    return path == UNPLACED, place_name(path) if path.count("/") else ""


def _year_order(year: str) -> int:
    """The newest first; what has no date last."""
    return -int(year) if year != UNDATED else 1


_KEYS: dict[By, Callable[[Record], str]] = {
    "kind": lambda record: record.entry.kind.value,
    "place": _place,
    "year": year_of,
}
_ORDERS: dict[By, Callable[[str], object]] = {
    "kind": _kind_order,
    "place": _place_order,
    "year": _year_order,
}
ORDERS: tuple[By, ...] = get_args(By)
