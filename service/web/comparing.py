"""The page that lays the rules of several places side by side.

A table takes a second or more a cell, so the page is sent while it is made: its head at once, then
each cell as it is found. All of a table is in its address.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from threading import Event
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from pincite.errors import Abandoned, PinciteError, QuestionError
from pincite.kinds import KINDS
from pincite.places import place_name
from pincite.said import Said
from pincite.types import Citation
from service.api.attending import Gone
from service.api.exports import download
from service.api.problems import status_of
from service.comparing.cells import Cell
from service.comparing.closer import clause_around, closer
from service.comparing.table import (
    MOST_PLACES,
    MOST_QUESTIONS,
    Grid,
    cell_json,
    cells,
    column_json,
    compare,
    comparison_json,
    grid_of,
    notices_of,
)
from service.comparing.topics import topics
from service.describing import citation_json
from service.engine import Engine
from service.exporting.formats import format_of
from service.filtering import day_of
from service.holdings import Holdings
from service.web.clauses import clause
from service.web.marking import lines
from service.web.rendering import around, page, page_in_pieces, part

Json = dict[str, Any]

MOST_CELLS = 40
"""What one page shows; the API and the terminal take as many as places and questions allow."""
_MOST_LISTED = 300
_EXPORTS = {
    "docx": "Word",
    "xlsx": "Excel",
    "csv": "CSV",
    "markdown": "Markdown",
    "ris": "RIS",
    "csl-json": "CSL-JSON",
    "json": "JSON",
}

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an address asks to be compared."""

    places: tuple[str, ...]
    questions: tuple[str, ...]
    as_of: str = ""

    @classmethod
    def of(cls, places: Sequence[str], questions: Sequence[str], as_of: str) -> Chosen:
        """Without what is empty or said twice."""
        said = (" ".join(question.split()) for question in questions)
        return cls(
            tuple(dict.fromkeys(filter(None, (place.strip() for place in places)))),
            tuple(dict.fromkeys(filter(None, said))),
            as_of.strip(),
        )

    def address(self, path: str = "/compare", **more: str) -> str:
        """The address of a page on the same."""
        asked = [("place", p) for p in self.places] + [("q", q) for q in self.questions]
        asked += [("as_of", self.as_of)] if self.as_of else []
        query = urlencode([*asked, *more.items()])
        return f"{path}?{query}" if query else path

    def without(self, place: str = "", question: str = "") -> str:
        """The address with one place or question less."""
        places = tuple(one for one in self.places if one != place)
        questions = tuple(one for one in self.questions if one != question)
        return Chosen(places, questions, self.as_of).address()

    def along(self, question: str) -> str:
        """The address with one question more."""
        return Chosen(self.places, (*self.questions, question), self.as_of).address()


@router.get("/compare")
def comparison(
    request: Request,
    gone: Gone,
    place: Annotated[list[str], Query()] = [],  # noqa: B006
    q: Annotated[list[str], Query()] = [],  # noqa: B006
    as_of: str = "",
    edit: bool = False,
) -> Response:
    """The table, or what one may choose to compare."""
    chosen = Chosen.of(place, q, as_of)
    engine: Engine = request.app.state.engine
    if edit or not (chosen.places and chosen.questions):
        return _choosing(request, engine, chosen)
    try:
        return page_in_pieces(request, _table(request, engine, chosen, gone))
    except QuestionError as error:
        return _choosing(request, engine, chosen, error)


@router.get("/compare/cell")
def one_cell(
    request: Request,
    gone: Gone,
    place: Annotated[list[str], Query()] = [],  # noqa: B006
    q: Annotated[list[str], Query()] = [],  # noqa: B006
    as_of: str = "",
    cell: str = "0.0",
    alone: bool = False,
) -> Response:
    """One cell of a table looked at closely, by its row and column from 0.

    `alone` leaves out the page around it, for a script.
    """
    engine: Engine = request.app.state.engine
    chosen = Chosen.of(place, q, as_of)
    with engine.holdings() as holdings:
        grid = _one_cell(_grid(engine, holdings, chosen), cell)
        found = closer(engine, grid, gone)
        shown = _closely(found.cell, grid) | {
            "column": column_json(found.column),
            "question": grid.questions[0],
            "looked": [holdings.record(name).entry for name in found.looked_through],
            "current": found.current,
            "others": [
                {"answers": other.answers, "clause": _clause(other.citation)}
                for other in found.others
            ],
            "table": chosen.address(),
            "here": "/compare",
            "back": chosen.address("/compare/cell", cell=cell),
        }
    if alone:
        return HTMLResponse(part(request, "parts/compare_closer.html", shown))
    return page(request, "compare_cell.html", shown)


@router.get("/compare/export")
def export(
    request: Request,
    gone: Gone,
    format: str,
    place: Annotated[list[str], Query()] = [],  # noqa: B006
    q: Annotated[list[str], Query()] = [],  # noqa: B006
    as_of: str = "",
) -> Response:
    """The table as a file; its cells are those that the page has shown."""
    kind, chosen = format_of(format), Chosen.of(place, q, as_of)
    engine: Engine = request.app.state.engine
    day = day_of("as_of", chosen.as_of)
    told = compare(engine, chosen.questions, chosen.places, day, gone)
    return download(comparison_json(told), kind)


def _grid(engine: Engine, holdings: Holdings, chosen: Chosen) -> Grid:
    """What is to be compared, if a page can show it. Raises QuestionError."""
    day = day_of("as_of", chosen.as_of)
    grid = grid_of(engine, holdings, chosen.questions, chosen.places, day)
    places, questions = len(grid.columns), len(grid.questions)
    if places * questions > MOST_CELLS:
        raise QuestionError(
            Said(
                "{places} places and {questions} questions make {cells} cells, and a page shows"
                " {most}: take away places or questions, or use POST /v1/compare",
                places=places,
                questions=questions,
                cells=places * questions,
                most=MOST_CELLS,
            )
        )
    return grid


def _one_cell(grid: Grid, cell: str) -> Grid:
    """The part of a grid that is one cell. Raises QuestionError where there is no such cell."""
    row, _, column = cell.partition(".")
    at = [int(part) if part.isdecimal() and len(part) < 3 else -1 for part in (row, column)]
    if not (0 <= at[0] < len(grid.questions) and 0 <= at[1] < len(grid.columns)):
        raise QuestionError(Said("cell {name} is not in this table", name=repr(cell[:20])))
    questions, columns = (grid.questions[at[0]],), (grid.columns[at[1]],)
    return replace(grid, questions=questions, columns=columns)


def _choosing(
    request: Request, engine: Engine, chosen: Chosen, error: PinciteError | None = None
) -> Response:
    """The page on which places and questions are chosen."""
    with engine.holdings() as holdings:
        shown = _offered(holdings, chosen) | {
            "columns": [],
            "states": _by_state(holdings, chosen),
            "typed": [q for q in chosen.questions if q not in {t.question for t in _of(holdings)}],
            "problem": "" if error is None else str(error),
        }
    return page(request, "compare.html", shown, 200 if error is None else status_of(error))


def _table(request: Request, engine: Engine, chosen: Chosen, gone: Event | None) -> Iterator[str]:
    """The page in pieces: what is above the first cell, then cell by cell, then what is below."""
    with engine.holdings() as holdings:
        grid = _grid(engine, holdings, chosen)
        chosen = Chosen(
            tuple(column.jurisdiction for column in grid.columns), grid.questions, chosen.as_of
        )
        shown = _offered(holdings, chosen) | {
            "columns": [column_json(column) for column in grid.columns],
            "day": grid.day.isoformat(),
            "problem": "",
        }
        above, below = around(request, "compare.html", shown)
        yield above
        found: list[Cell] = []
        yield from _rows(request, engine, grid, chosen, gone, found)
        told: Json = {"notices": notices_of(found), "exports": _EXPORTS, "chosen": chosen}
        told |= {"whole": len(found) == len(grid.columns) * len(grid.questions)}
        yield part(request, "parts/compare_end.html", shown | told) + below


def _rows(
    request: Request,
    engine: Engine,
    grid: Grid,
    chosen: Chosen,
    gone: Event | None,
    found: list[Cell],
) -> Iterator[str]:
    """The rows of the table; from the first trouble on, cells say that they were not looked up."""
    coming: Iterator[Cell] = cells(engine, grid, gone)
    trouble: PinciteError | None = None
    for at, question in enumerate(grid.questions):
        told = {"question": question, "at": at, "chosen": chosen, "columns": grid.columns}
        above, below = around(request, "parts/compare_row.html", told)
        yield above
        for column_at, column in enumerate(grid.columns):
            try:
                one = None if trouble else next(coming)
            except Abandoned:
                return
            except PinciteError as error:
                one, trouble = None, error
            found += [] if one is None else [one]
            told |= {"column": column_json(column), "column_at": column_at}
            told |= {"trouble": trouble, **_shown(one, grid, column_at)}
            yield part(request, "parts/compare_cell.html", told)
        yield below


def _shown(one: Cell | None, grid: Grid, at: int) -> Json:
    """A cell for its template."""
    if one is None:
        return {"cell": None, "clause": None, "before": None}
    said = cell_json(one, grid.columns[at])
    return {
        "cell": said,
        "clause": None if one.citation is None else _clause(one.citation),
        "before": None if one.before is None else citation_json(one.before, 0),
    }


def _clause(citation: Citation) -> Json:
    return clause(citation_json(citation, 0), citation.entry.language)


def _closely(one: Cell, grid: Grid) -> Json:
    """A cell with the section around its quote, or around what was said before."""
    shown = _shown(one, grid, 0)
    citation = one.citation or one.before
    if citation is None:
        return shown | {"around": None, "lines": [], "text_language": ""}
    document = grid.holdings.document(citation.entry.id)
    around = clause_around(document, citation.span)
    marked = lines(document.text, around, document.marks, citation.span, document.pages)
    told = {"around": citation_json(citation, 0), "text_language": document.entry.language}
    return shown | told | {"lines": list(marked)}


def _offered(holdings: Holdings, chosen: Chosen) -> Json:
    """What a page offers to add, and what it says of itself."""
    names = [place_name(path) for path in _with_law(holdings) if path not in chosen.places]
    return {
        "chosen": chosen,
        "names": sorted(names)[:_MOST_LISTED],
        "topics": _of(holdings),
        "most": {"places": MOST_PLACES, "questions": MOST_QUESTIONS, "cells": MOST_CELLS},
        "back": chosen.address(),
    }


def _of(holdings: Holdings) -> Any:
    return topics(holdings.knows)


def _with_law(holdings: Holdings) -> Counter[str]:
    """How many texts of law of its own each place has."""
    return Counter(
        record.entry.jurisdiction
        for record in holdings.manifest.records
        if record.entry.jurisdiction and KINDS[record.entry.kind].channel == "law"
    )


def _by_state(holdings: Holdings, chosen: Chosen) -> list[tuple[str, list[Json]]]:
    """The places that have law, by the state or country that each lies in, and those chosen."""
    counts = _with_law(holdings)
    states: dict[str, list[Json]] = {}
    for path in sorted(list(counts)[:_MOST_LISTED], key=lambda one: (one.count("/") > 0, one)):
        state = "/".join(path.split("/")[:2])
        row = {"path": path, "name": place_name(path), "documents": counts[path]}
        states.setdefault(place_name(state), []).append(row)
    rest = [place for place in chosen.places if place not in counts]
    if rest:
        states[""] = [{"path": place, "name": place, "documents": 0} for place in rest]
    return list(states.items())
