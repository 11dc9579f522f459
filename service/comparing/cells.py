"""One cell of a comparison: what one place's own law says on one question, or why it says nothing.

A cell is a quote of that place's own law, or "silent", or "not in corpus", and those differ. The
law of a place's state or country is not its own; whoever wants it asks for that place too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from pincite.differing import Change
from pincite.embedding import Vectors
from pincite.errors import QuestionError, VerificationError
from pincite.index.schema import ancestors
from pincite.kinds import KINDS, Channel
from pincite.places import place_name
from pincite.said import N_, Said, counted, joined
from pincite.standing import CURRENT, HOW_ENDED, NEVER
from pincite.types import Citation, Entry
from service.asked import Asked
from service.citing import cite
from service.comparing.provisions import LIKELY, Provision, Provisions
from service.filtering import place_of, places_of
from service.holdings import Holdings
from service.verifying import verify

CellType = Literal["quote", "superseded", "silent", "not_in_corpus"]

# What replaced a text that bears on the question bears on it too, if it is half as likely to.
_SUCCEEDING = LIKELY / 2


@dataclass(frozen=True, slots=True)
class Cell:
    """What one place says; `words` say why there is no quote, or what is special about it.

    `changes` lead from the first place's cell to this one, where they are copies of one clause.
    `before` is what a text said that another has replaced, where the place is silent now.
    """

    type: CellType
    words: str = ""
    citation: Citation | None = None
    changes: tuple[Change, ...] = ()
    before: Citation | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A place, how many of its own documents are held, and which places around it have some."""

    jurisdiction: str
    name: str
    documents: tuple[str, ...]
    around: tuple[str, ...]


def column_of(place: str, holdings: Holdings) -> Column:
    """The column of a place that somebody named. Raises QuestionError for one that cannot be."""
    path = place_of(place, places_of(holdings.manifest), "jurisdiction")
    if path is None:
        raise QuestionError("a jurisdiction is empty; write it as us/ny/new-york-city")
    own = tuple(id_ for id_, where in holdings.places.items() if where == path)
    held = set(holdings.places.values())
    around = tuple(above for above in ancestors(path) if above != path and above in held)
    return Column(path, place_name(path), own, around)


def cell_of(one: Provisions, asked: Asked, models: Sequence[Vectors], column: Column) -> Cell:
    """The place's law in force; else what it said once; its records only where it has no law."""
    if not column.documents:
        return unheld(column)
    holdings, day = asked.holdings, asked.day
    asked = replace(asked, question=replace(asked.question, place=column.jurisdiction))
    law = _of_channel(column.documents, holdings, "law")
    current = current_law(law, holdings, day)
    if current and (found := one.best(asked, models, current, ("law",))):
        return _quote("quote", found, asked)
    ended = tuple(id_ for id_ in law if _status(id_, holdings, day) not in CURRENT | NEVER)
    before = one.best(asked, models, ended, ("law",)) if ended else None
    if before is not None:
        after = _in_its_place(before.document.entry, current, holdings, day)
        if not after:
            return _quote("superseded", before, asked)
        if found := one.best(asked, models, after, ("law",), _SUCCEEDING):
            return _quote("quote", found, asked)
        return _no_longer(before, column, asked)
    records = () if law else _of_channel(column.documents, holdings, "record")
    if records and (found := one.best(asked, models, records, ("record",))):
        return _quote("quote", found, asked)
    return Cell("silent", _nothing_found(column))


def _nothing_found(column: Column) -> str:
    return counted(
        "{count} document of {place} held; no provision on it was found",
        "{count} documents of {place} held; no provision on it was found",
        len(column.documents),
        place=column.name,
    )


def _in_its_place(
    entry: Entry, current: Sequence[str], holdings: Holdings, day: date
) -> tuple[str, ...]:
    """What is in force in the place of a text that ended, of the place's own law."""
    works = holdings.works
    after = {one.id for one in (*works.current(entry, day), *works.successors(entry, day))}
    return tuple(id_ for id_ in current if id_ in after)


def _no_longer(before: Provision, column: Column, asked: Asked) -> Cell:
    """A text says something on it that another has replaced: the old words would mislead."""
    old = cite(before.document, before.span, asked.view)
    status = old.standing or HOW_ENDED.get(old.status, old.status.replace("_", " "))
    had = N_("{nothing} in force; {name} had one ({status})")
    return Cell(
        "silent",
        Said(had, nothing=_nothing_found(column), name=old.text, status=status),
        before=old,
    )


def _quote(type_: CellType, found: Provision, asked: Asked) -> Cell:
    """The cell of a provision, if its words stand in its source."""
    citation = cite(found.document, found.span, asked.view)
    try:
        verify(citation, asked.holdings.document)
    except VerificationError as error:
        return Cell("silent", Said("a quote was left out: {why}", why=str(error)))
    if type_ == "superseded":
        ended = N_("no text in force was found to say anything on it; this one is {status}")
        status = HOW_ENDED.get(citation.status, citation.status.replace("_", " "))
        return Cell(type_, Said(ended, status=status), citation)
    if citation.channel != "law":
        record = N_("no law of this place is held; this is {what}")
        return Cell(type_, Said(record, what=citation.authority), citation)
    return Cell(type_, "", citation)


def unheld(column: Column) -> Cell:
    """The cell of a place of which nothing is held."""
    if not column.around:
        return Cell("not_in_corpus", Said("no document of {place} is held", place=column.name))
    around = joined([place_name(path) for path in column.around], " and ")
    said = N_("no document of {place} is held; texts of {around} are")
    return Cell("not_in_corpus", Said(said, place=column.name, around=around))


def _of_channel(ids: Sequence[str], holdings: Holdings, channel: Channel) -> tuple[str, ...]:
    return tuple(id_ for id_ in ids if KINDS[holdings.record(id_).entry.kind].channel == channel)


def current_law(ids: Sequence[str], holdings: Holdings, day: date) -> tuple[str, ...]:
    """Those of some documents that are law, and in force on a day."""
    law = _of_channel(ids, holdings, "law")
    return tuple(id_ for id_ in law if _status(id_, holdings, day) in CURRENT)


def _status(id_: str, holdings: Holdings, day: date) -> str:
    return holdings.works.standing(holdings.record(id_).entry, day).status
