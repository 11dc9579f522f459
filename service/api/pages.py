"""The web page: one form, answers with their citations, the documents and their text.

Everything works without scripts; there are none.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from fastapi.templating import Jinja2Templates

from pincite.errors import PinciteError
from pincite.kinds import KINDS, Kind
from pincite.types import Document, Mark, Span
from pincite.unseen import visibly
from service.api.attending import Gone
from service.api.conversation import alone, carried, turns_of, without_reading
from service.api.marking import Line, lines
from service.api.problems import status_of
from service.conversing.following import question_after
from service.coverage import card_lines
from service.engine import Engine
from service.filtering import places_of
from service.listing import listing
from service.presenting import answer_json, coverage_json, document_json, text_json
from service.reasons import REASONS

Json = dict[str, Any]

# What is shown of a long document at once, and what of it stands before a quote, in characters.
_SHOWN = 40_000
_BEFORE = 6_000
_MOST_SECTIONS = 400


def quoted(citation: Json) -> list[Line]:
    """The quote of a citation in lines, its marks where they stand in it."""
    start, text = citation["start"], citation["quote"]
    marks = [Mark(Span(m["start"] - start, m["end"] - start), m["type"]) for m in citation["marks"]]
    deciding = [Span(first, last) for first, last in citation["deciding"]]
    return list(lines(text, Span(0, len(text)), marks, deciding=deciding))


def place_name(path: str) -> str:
    """`us/ny/new-york-city` as "New York City, NY, US"."""
    parts = [p.upper() if len(p) == 2 else p.replace("-", " ").title() for p in path.split("/")]
    return ", ".join(reversed(parts))


def day(iso: str) -> str:
    """`2023-01-01` as "Jan. 1, 2023", which does not break at a line's end."""
    when = date.fromisoformat(iso)
    month = f"{when:%B}"
    short = month if len(month) < 5 else f"{'Sept' if when.month == 9 else month[:3]}."
    return f"{short}\u00a0{when.day},\u00a0{when.year}"


def link(id: str, **query: Any) -> str:
    """The address of a document's page, pointing at a stretch if one is given."""
    asked = f"?{urlencode(query)}" if query else ""
    return f"/documents/{id}{asked}{'#quote' if 'start' in query else ''}"


def linked(base: str) -> Callable[[Json], str]:
    """What gives the full address of a citation's page, where the service is reached at `base`."""
    root = base.rstrip("/")
    return lambda c: root + link(c["document_id"], start=c["start"], end=c["end"])


router = APIRouter(include_in_schema=False)
_TEMPLATES = Jinja2Templates(Path(__file__).parents[1] / "web" / "templates")
# What came past the readers, such as a file's name, hides nothing on a page either.
_TEMPLATES.env.finalize = lambda value: visibly(value) if isinstance(value, str) else value
_TEMPLATES.env.globals |= {
    "quoted": quoted,
    "card_lines": card_lines,
    "link": link,
    "reasons": REASONS,
    "exports": [
        ("docx", "Word"),
        ("markdown", "Markdown"),
        ("ris", "RIS"),
        ("csl-json", "CSL-JSON"),
    ],
    "channels": {"law": "Law", "record": "Record", "argument": "Argument"},
}
_TEMPLATES.env.filters |= {
    "day": day,
    "place": place_name,
    "words": lambda word: word.replace("_", " "),
}


def problem_page(request: Request, status: int, detail: str) -> Response:
    """A problem as a page, for a person who follows a link."""
    return _TEMPLATES.TemplateResponse(
        request, "problem.html", {"problem": detail, "status": status}, status_code=status
    )


@router.get("/")
def home(
    request: Request,
    gone: Gone,
    q: str = "",
    place: str = "",
    as_of: str = "",
    kind: str = "",
    after: Annotated[list[str], Query()] = [],  # noqa: B006
    llm: bool = True,
) -> Response:
    """The form, and the answer when a question came with it, maybe behind earlier ones."""
    engine: Engine = request.app.state.engine
    shown: Json = {"q": q, "place": place, "as_of": as_of, "kind": kind, "kinds": []}
    shown["most"] = engine.settings.question_max_chars
    status = 200
    try:
        with engine.holdings() as holdings:
            coverage = coverage_json(holdings.manifest)
            shown |= {
                "places": places_of(holdings.manifest),
                "kinds": [(k.value, KINDS[k].name) for k in Kind if k.value in coverage["kinds"]],
                "coverage": coverage,
            }
            if q.strip():
                kinds = [kind] if kind else []
                turns = turns_of(after)
                bounds: Json = {"place": place, "as_of": as_of, "kinds": kinds, "llm": llm}
                question = question_after(q, turns, holdings, engine.settings, **bounds)
        if q.strip():
            answer = answer_json(engine.ask(question, gone))
            shown["carried"] = carried(turns, answer, place, as_of)
            shown["answer"] = without_reading(answer)
            asked = alone(answer, place, as_of)
            shown |= {"alone": asked | {"kind": kind}, "place": asked["place"]}
            shown["as_of"] = asked["as_of"]
    except PinciteError as error:
        shown["problem"], status = str(error), status_of(error)
    return _TEMPLATES.TemplateResponse(request, "ask.html", shown, status_code=status)


@router.get("/documents")
def documents(request: Request) -> Response:
    """Every document by kind, and every file that could not be read."""
    engine: Engine = request.app.state.engine
    with engine.holdings() as holdings:
        listed = listing(holdings.manifest, holdings.links)
    by_kind = sorted(listed["documents"], key=lambda r: (r["kind_name"], r["title"]))
    groups = [(name, list(held)) for name, held in groupby(by_kind, lambda r: r["kind_name"])]
    shown = {"groups": groups, **listed}
    return _TEMPLATES.TemplateResponse(request, "documents.html", shown)


@router.get("/documents/{id}")
def document(
    id: str, request: Request, start: int = 0, end: int = 0, at: int | None = None
) -> Response:
    """A document's text with one stretch pointed out, and what it is; `at` turns the pages."""
    engine: Engine = request.app.state.engine
    with engine.holdings() as holdings:
        held, record = holdings.document(id), holdings.record(id)
    length = len(held.text)
    quote = Span(start, end) if 0 <= start < end <= length else None
    window = window_of(held.text, at if at is not None else (start - _BEFORE if quote else 0))
    shown: Json = {
        "record": document_json(held, record),
        "headings": _headings(held),
        "lines": lines(held.text, window, held.marks, quote, held.pages),
        "window": window,
        "earlier": max(0, window.start - _SHOWN),
        "length": length,
        "stretch": text_json(held, quote.start, quote.end) if quote else None,
    }
    return _TEMPLATES.TemplateResponse(request, "document.html", shown)


def window_of(text: str, at: int) -> Span:
    """Whole lines of the text from about `at` on, as many as one page shows."""
    first = text.rfind("\n", 0, max(0, min(at, len(text)))) + 1
    last = text.find("\n", min(first + _SHOWN, len(text)))
    return Span(first, len(text) if last < 0 else last)


def _headings(document: Document) -> list[Json]:
    """The outline as links: each section by its label and heading, at its first line."""
    rows = []
    for section in document.sections[:_MOST_SECTIONS]:
        line = document.text.find("\n", section.span.start, section.span.end)
        end = section.span.end if line < 0 else line
        name = " ".join(part for part in (section.label, section.heading) if part)
        if name:
            start = section.span.start
            rows.append({"name": name, "level": section.level, "start": start, "end": end})
    return rows
