"""The page of one document: its text with the passage that was cited, and what it is."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from pincite.types import Document, Span
from service.engine import Engine
from service.presenting import document_json, text_json
from service.web.marking import lines
from service.web.rendering import page

Json = dict[str, Any]

# What is shown of a long document at once, and what of it stands before a quote, in characters.
_SHOWN = 40_000
_BEFORE = 6_000
_MOST_SECTIONS = 400

router = APIRouter(include_in_schema=False)


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
    return page(request, "document.html", shown)


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
