"""What several places say on the same questions: one cell a place, one question a row.

Cells are found one after another, and kept while their generation is open: a table with one place
more costs one cell a question more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from threading import Event
from typing import Any

from pincite.differing import word_changes
from pincite.embedding import Vectors
from pincite.errors import QuestionError
from pincite.generations import Manifest
from pincite.said import N_, Said, joined
from pincite.standing import short_name
from pincite.types import Question
from pincite.words import terms
from service.asked import Asked
from service.comparing.cells import (
    Cell,
    CellType,
    Column,
    cell_of,
    column_of,
    current_law,
    unheld,
)
from service.comparing.provisions import Provisions
from service.describing import citation_json, coverage_json, index_json
from service.engine import Engine
from service.holdings import Holdings
from service.retrieval import cleaned
from service.vantage import today

__all__ = ["CellType", "Comparison", "Grid", "cells", "compare", "comparison_json", "grid_of"]

Json = dict[str, Any]

MOST_QUESTIONS, MOST_PLACES = 10, 20
# Cells that share this much of their words are copies of one clause; what differs is shown.
COPIES = 0.6


@dataclass(frozen=True, slots=True)
class Grid:
    """What is to be compared: questions and places, each once, on a day over one generation."""

    questions: tuple[str, ...]
    columns: tuple[Column, ...]
    day: date
    holdings: Holdings


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
    with engine.holdings() as holdings:
        grid = grid_of(engine, holdings, questions, jurisdictions, as_of)
        return comparison_of(grid, list(cells(engine, grid, gone)))


def grid_of(
    engine: Engine,
    holdings: Holdings,
    questions: Sequence[str],
    jurisdictions: Sequence[str],
    as_of: date | None,
) -> Grid:
    """What is to be compared. Raises QuestionError for what cannot be asked."""
    most = engine.settings.question_max_chars
    _counted("question", questions, MOST_QUESTIONS)
    _counted("jurisdiction", jurisdictions, MOST_PLACES)
    asked = tuple(dict.fromkeys(cleaned(question, most) for question in questions))
    columns = [column_of(place, holdings) for place in jurisdictions]
    once = {column.jurisdiction: column for column in columns}
    return Grid(asked, tuple(once.values()), as_of or today(), holdings)


def _counted(name: str, given: Sequence[str], most: int) -> None:
    if not 1 <= len(given) <= most:
        raise QuestionError(f"{len(given)} {name}s were given; compare takes 1 to {most}")


def cells(engine: Engine, grid: Grid, gone: Event | None = None) -> Iterator[Cell]:
    """Every cell, row by row, as it is found; copies of a row's first quote with what differs.

    No turn at the models is held between two cells. Raises Busy, and Abandoned.
    """
    vectors: dict[str, Vectors] = {}
    for question in grid.questions:
        finding = _Finding(engine, grid, question, vectors, gone)
        first: Cell | None = None
        for column in grid.columns:
            cell = finding.cell(column)
            first = first or cell
            yield cell if cell is first else _against(first, cell)


class _Finding:
    """The cells of one question; what all of them are held against is found with the first."""

    def __init__(
        self,
        engine: Engine,
        grid: Grid,
        question: str,
        vectors: dict[str, Vectors],
        gone: Event | None,
    ) -> None:
        asked = Asked(Question(question, as_of=grid.day), grid.day, grid.holdings, gone=gone)
        self._engine, self._grid = engine, grid
        self._one = Provisions(asked, engine.shelf, engine.settings, vectors)
        self._models: tuple[Asked, list[Vectors]] | None = None

    def cell(self, column: Column) -> Cell:
        """One place's cell, kept or found in a turn of its own."""
        if not column.documents:
            return unheld(column)
        asked, holdings = self._one.asked, self._grid.holdings
        key = asked.question.text, column.jurisdiction, asked.day
        kept: Cell | None = holdings.compared.get(key)
        if kept is None:
            with self._engine.turn(asked):
                if self._models is None:
                    law = current_law(tuple(holdings.records), holdings, asked.day)
                    self._models = self._one.models(law)
                kept = cell_of(self._one, *self._models, column)
            holdings.compared.put(key, kept)
        return kept


def comparison_of(grid: Grid, found: Sequence[Cell]) -> Comparison:
    """The whole table of cells that were found row by row."""
    width = len(grid.columns)
    rows = [
        Row(question, tuple(found[at * width : (at + 1) * width]))
        for at, question in enumerate(grid.questions)
    ]
    manifest = grid.holdings.manifest
    return Comparison(grid.columns, tuple(rows), grid.day, manifest, notices_of(found))


def _against(first: Cell, cell: Cell) -> Cell:
    """A cell; where it is a copy of the first quote, with the words in which it differs."""
    if first.citation is None or cell.citation is None:
        return cell
    ours, theirs = set(terms(first.citation.quote)), set(terms(cell.citation.quote))
    if len(ours & theirs) < COPIES * max(1, len(ours | theirs)):
        return cell
    return replace(cell, changes=word_changes(first.citation.quote, cell.citation.quote))


def notices_of(found: Sequence[Cell]) -> tuple[str, ...]:
    """What a reader must know of these quotes, each said once."""
    cited = [cell.citation for cell in found if cell.citation]
    said: list[str] = [
        joined([short_name(c.entry), c.entry.notice], ": ") for c in cited if c.entry.notice
    ]
    for citation in cited:
        if any(mark.type == "ocr" for mark in citation.marks):
            said.append(Said("{text} was read by machine from page images.", text=citation.text))
        if any(mark.type == "deleted" for mark in citation.marks):
            struck = N_("{text}: words in [brackets] are deleted by the act.")
            said.append(Said(struck, text=citation.text))
        if through := citation.entry.current_through:
            current = N_("{name}: text current through {day}.")
            said.append(Said(current, name=citation.text, day=through))
    return tuple(dict.fromkeys(said))


def comparison_json(comparison: Comparison) -> Json:
    """The table as plain values, as `POST /v1/compare` gives it."""
    return {
        "jurisdictions": [column_json(column) for column in comparison.columns],
        "rows": [
            {
                "question": row.question,
                "cells": [
                    cell_json(cell, column)
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


def column_json(column: Column) -> Json:
    """One place as plain values."""
    return {
        "jurisdiction": column.jurisdiction,
        "name": column.name,
        "documents": len(column.documents),
        "around": list(column.around),
    }


def cell_json(cell: Cell, column: Column) -> Json:
    """One cell as plain values."""
    return {
        "jurisdiction": column.jurisdiction,
        "type": cell.type,
        "words": cell.words,
        "citation": None if cell.citation is None else citation_json(cell.citation, 1),
        "changes": [{"kind": change.kind, "text": change.text} for change in cell.changes],
    }
