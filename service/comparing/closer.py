"""One cell of a comparison looked at closely: what else its place says, and why it is silent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from threading import Event

from pincite.embedding import Vectors
from pincite.kinds import KINDS, Channel
from pincite.types import Citation, Document, Question, Span
from pincite.words import terms
from service.answering.laws import law_of
from service.asked import Asked
from service.citing import cite
from service.comparing.cells import Cell, Column, current_law
from service.comparing.provisions import Provision, Provisions
from service.comparing.table import COPIES, Grid, cells
from service.engine import Engine
from service.verifying import stands

_OTHERS = 3
_HELD = 0.9
# A section that is longer is shown around its quote alone, in characters.
_LONGEST_AROUND = 6_000


@dataclass(frozen=True, slots=True)
class Other:
    """Another provision of the place; whether it was judged to answer too."""

    citation: Citation
    answers: bool


@dataclass(frozen=True, slots=True)
class Closer:
    """A cell, the documents that were looked through for it, and the next provisions.

    `current` says that those documents are the place's law in force, and not all there is.
    """

    cell: Cell
    column: Column
    looked_through: tuple[str, ...]
    current: bool
    others: tuple[Other, ...]


def closer(engine: Engine, grid: Grid, gone: Event | None = None) -> Closer:
    """The one cell of a grid, looked at closely. Raises Busy, Abandoned."""
    (cell,) = cells(engine, grid, gone)
    (column,) = grid.columns
    documents, current = _documents(column, grid)
    kept, key = grid.holdings.compared, ("others", *grid.questions, column.jurisdiction, grid.day)
    others: tuple[Other, ...] | None = kept.get(key)
    if others is None:
        found = _nearest(engine, grid, documents, gone) if documents else []
        others = tuple(_others(found, cell, grid))
        kept.put(key, others)
    return Closer(cell, column, documents, current, others)


def clause_around(document: Document, quote: Span) -> Span:
    """The section that a quote stands in, whole lines; of a long one the lines around the quote."""
    text = document.text
    path = law_of(document).layout.outline.path(quote.start)
    fitting = [
        section.span
        for section in path
        if section.span.holds(quote) and section.span.end - section.span.start <= _LONGEST_AROUND
    ]
    if fitting:
        return fitting[0]
    spare = max(0, _LONGEST_AROUND - (quote.end - quote.start)) // 2
    first = text.rfind("\n", 0, max(0, quote.start - spare) + 1) + 1
    last = text.find("\n", min(len(text), quote.end + spare))
    return Span(min(first, quote.start), len(text) if last < 0 else last)


def _documents(column: Column, grid: Grid) -> tuple[tuple[str, ...], bool]:
    """The place's law in force; all that is held of it where there is none."""
    current = current_law(column.documents, grid.holdings, grid.day)
    return (current, True) if current else (column.documents, False)


def _nearest(
    engine: Engine, grid: Grid, documents: Sequence[str], gone: Event | None
) -> list[Provision]:
    question = Question(grid.questions[0], as_of=grid.day, place=grid.columns[0].jurisdiction)
    asked = Asked(question, grid.day, grid.holdings, gone=gone)
    records = grid.holdings.records
    channels: list[Channel] = sorted(
        {KINDS[records[name].entry.kind].channel for name in documents}
    )
    vectors: dict[str, Vectors] = {}
    with engine.turn(asked) as asked:
        one = Provisions(asked, engine.shelf, engine.settings, vectors)
        law = current_law(tuple(records), grid.holdings, grid.day)
        worded, models = one.models(law)
        worded = replace(worded, question=question)
        return one.ranked(worded, models, documents, channels)


def _others(found: Sequence[Provision], cell: Cell, grid: Grid) -> list[Other]:
    """The next provisions, none that meets another or the cell's own quote, or copies its words."""
    view = Asked(Question(grid.questions[0]), grid.day, grid.holdings).view
    taken = [(cell.citation.entry.id, cell.citation.span)] if cell.citation else []
    said = [set(terms(cell.citation.quote))] if cell.citation else []
    others: list[Other] = []
    for one in found:
        name, words = one.document.entry.id, set(terms(one.span.of(one.document.text)))
        met = any(name == other and one.span.meets(span) for other, span in taken)
        if met or any(_copied(words, other) for other in said) or len(others) == _OTHERS:
            continue
        citation = cite(one.document, one.span, view)
        if stands(citation, grid.holdings.document):
            others.append(Other(citation, one.answers()))
            taken.append((name, one.span))
            said.append(words)
    return others


def _copied(one: set[str], other: set[str]) -> bool:
    """Whether two clauses share most of their words, or one nearly holds the other."""
    shared = len(one & other)
    return shared >= COPIES * len(one | other) or shared >= _HELD * min(len(one), len(other))
