"""What several places say on the same questions: one cell a place, one question a row.

A cell is a quote of that place's own law, or "silent", or "not in corpus", and those differ. The
law of a place's state or country is not its own; whoever wants it asks for that place too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from threading import Event
from typing import Any, Literal

from pincite.differing import Change, word_changes
from pincite.embedding import Vectors
from pincite.errors import QuestionError, VerificationError
from pincite.generations import Manifest
from pincite.index.schema import ancestors
from pincite.kinds import KINDS, Channel
from pincite.places import place_name
from pincite.standing import CURRENT, NEVER, short_name
from pincite.types import Citation, Entry, Question
from pincite.words import terms
from service.asked import Asked
from service.citing import cite
from service.comparing.provisions import LIKELY, Provision, Provisions
from service.engine import Engine
from service.filtering import place_of, places_of
from service.holdings import Holdings
from service.presenting import citation_json, coverage_json, index_json
from service.retrieval import cleaned
from service.vantage import today
from service.verifying import verify

CellType = Literal["quote", "superseded", "silent", "not_in_corpus"]
Json = dict[str, Any]

MOST_QUESTIONS, MOST_PLACES = 10, 20
# Cells that share this much of their words are copies of one clause; what differs is shown.
_COPIES = 0.6
# What replaced a text that bears on the question bears on it too, if it is half as likely to.
_SUCCEEDING = LIKELY / 2


@dataclass(frozen=True, slots=True)
class Cell:
    """What one place says; `words` say why there is no quote, or what is special about it.

    `changes` lead from the first place's cell to this one, where they are copies of one clause.
    """

    type: CellType
    words: str = ""
    citation: Citation | None = None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A place, how many of its own documents are held, and which places around it have some."""

    jurisdiction: str
    name: str
    documents: tuple[str, ...]
    around: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One question and the cell of each place."""

    question: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The whole table, as it stands on a day over one generation."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    day: date
    manifest: Manifest
    notices: tuple[str, ...] = ()


def compare(
    engine: Engine,
    questions: Sequence[str],
    jurisdictions: Sequence[str],
    as_of: date | None,
    gone: Event | None = None,
) -> Comparison:
    """The table. Raises QuestionError for what cannot be asked, IndexUnusable."""
    most = engine.settings.question_max_chars
    _counted("question", questions, MOST_QUESTIONS)
    _counted("jurisdiction", jurisdictions, MOST_PLACES)
    asked = list(dict.fromkeys(cleaned(question, most) for question in questions))
    day = as_of or today()
    with engine.holdings() as holdings:
        columns = [_column(place, holdings) for place in jurisdictions]
        columns = list({column.jurisdiction: column for column in columns}.values())
        vectors: dict[str, Vectors] = {}
        rows = []
        for question in asked:
            first = Asked(Question(question, as_of=day), day, holdings, gone=gone)
            with engine.turn(first) as first:
                one = Provisions(first, engine.shelf, engine.settings, vectors)
                rows.append(Row(question, _with_changes(_cells(one, columns))))
    return Comparison(tuple(columns), tuple(rows), day, holdings.manifest, _notices(rows))


def _counted(name: str, given: Sequence[str], most: int) -> None:
    if not 1 <= len(given) <= most:
        raise QuestionError(f"{len(given)} {name}s were given; compare takes 1 to {most}")


def _column(place: str, holdings: Holdings) -> Column:
    path = place_of(place, places_of(holdings.manifest), "jurisdiction")
    if path is None:
        raise QuestionError("a jurisdiction is empty; write it as us/ny/new-york-city")
    own = tuple(id_ for id_, where in holdings.places.items() if where == path)
    held = set(holdings.places.values())
    around = tuple(above for above in ancestors(path) if above != path and above in held)
    return Column(path, place_name(path), own, around)


def _cells(one: Provisions, columns: Sequence[Column]) -> list[Cell]:
    holdings, day = one.asked.holdings, one.asked.day
    in_force = _current_law(tuple(holdings.records), holdings, day)
    if not any(column.documents for column in columns):
        return [_unheld(column) for column in columns]
    asked, models = one.models(in_force)
    return [_cell(one, asked, models, column) for column in columns]


def _cell(one: Provisions, asked: Asked, models: Sequence[Vectors], column: Column) -> Cell:
    """The place's law in force; else what it said once; its records only where it has no law."""
    if not column.documents:
        return _unheld(column)
    holdings, day = asked.holdings, asked.day
    asked = replace(asked, question=replace(asked.question, place=column.jurisdiction))
    law = _of_channel(column.documents, holdings, "law")
    current = _current_law(law, holdings, day)
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
    held = f"{len(column.documents)} document{'s'[: len(column.documents) != 1]}"
    return f"{held} of {column.name} held; no provision on it was found"


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
    status = old.standing or old.status.replace("_", " ")
    return Cell("silent", f"{_nothing_found(column)} in force; {old.text} had one ({status})")


def _quote(type_: CellType, found: Provision, asked: Asked) -> Cell:
    """The cell of a provision, if its words stand in its source."""
    citation = cite(found.document, found.span, asked.view)
    try:
        verify(citation, asked.holdings.document)
    except VerificationError as error:
        return Cell("silent", f"a quote was left out: {error}")
    if type_ == "superseded":
        status = citation.status.replace("_", " ")
        words = f"no text in force was found to say anything on it; this one is {status}"
    elif citation.channel != "law":
        words = f"no law of this place is held; this is {citation.authority}"
    else:
        words = ""
    return Cell(type_, words, citation)


def _unheld(column: Column) -> Cell:
    around = " and ".join(place_name(path) for path in column.around)
    more = f"; texts of {around} are" if around else ""
    return Cell("not_in_corpus", f"no document of {column.name} is held{more}")


def _of_channel(ids: Sequence[str], holdings: Holdings, channel: Channel) -> tuple[str, ...]:
    return tuple(id_ for id_ in ids if KINDS[holdings.record(id_).entry.kind].channel == channel)


def _current_law(ids: Sequence[str], holdings: Holdings, day: date) -> tuple[str, ...]:
    law = _of_channel(ids, holdings, "law")
    return tuple(id_ for id_ in law if _status(id_, holdings, day) in CURRENT)


def _status(id_: str, holdings: Holdings, day: date) -> str:
    return holdings.works.standing(holdings.record(id_).entry, day).status


def _with_changes(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """The cells; copies of the first quote with the words in which they differ from it."""
    first = cells[0].citation
    if first is None:
        return tuple(cells)
    return (cells[0], *(_against(first.quote, cell) for cell in cells[1:]))


def _against(first: str, cell: Cell) -> Cell:
    if cell.citation is None:
        return cell
    ours, theirs = set(terms(first)), set(terms(cell.citation.quote))
    if len(ours & theirs) < _COPIES * max(1, len(ours | theirs)):
        return cell
    return replace(cell, changes=word_changes(first, cell.citation.quote))


def _notices(rows: Sequence[Row]) -> tuple[str, ...]:
    """What a reader must know of these quotes, each said once."""
    cited = [cell.citation for row in rows for cell in row.cells if cell.citation]
    said = [f"{short_name(c.entry)}: {c.entry.notice}" for c in cited if c.entry.notice]
    for citation in cited:
        if any(mark.type == "ocr" for mark in citation.marks):
            said.append(f"{citation.text} was read by machine from page images.")
        if any(mark.type == "deleted" for mark in citation.marks):
            said.append(f"{citation.text}: words in [brackets] are deleted by the act.")
        if through := citation.entry.current_through:
            said.append(f"{citation.text}: text current through {through:%Y-%m-%d}.")
    return tuple(dict.fromkeys(said))


def comparison_json(comparison: Comparison) -> Json:
    """The table as plain values, as `POST /v1/compare` gives it."""
    return {
        "jurisdictions": [
            {
                "jurisdiction": column.jurisdiction,
                "name": column.name,
                "documents": len(column.documents),
                "around": list(column.around),
            }
            for column in comparison.columns
        ],
        "rows": [
            {
                "question": row.question,
                "cells": [
                    _cell_json(cell, column)
                    for cell, column in zip(row.cells, comparison.columns, strict=True)
                ],
            }
            for row in comparison.rows
        ],
        "notices": list(comparison.notices),
        "coverage": coverage_json(comparison.manifest),
        "index": index_json(comparison.manifest),
        "as_of": comparison.day.isoformat(),
    }


def _cell_json(cell: Cell, column: Column) -> Json:
    return {
        "jurisdiction": column.jurisdiction,
        "type": cell.type,
        "words": cell.words,
        "citation": None if cell.citation is None else citation_json(cell.citation, 1),
        "changes": [{"kind": change.kind, "text": change.text} for change in cell.changes],
    }
