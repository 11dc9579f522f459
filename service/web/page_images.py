"""Pages of a PDF beside its text: pictures with the quoted words boxed, page after page.

A picture shows what the text says already: every one has the page's text as its alternative.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import quote as quoted
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from pincite.errors import FileRefused, NotFound, ReaderUnusable
from pincite.generations import Record
from pincite.said import Said
from pincite.types import Document, Page, Span
from service.engine import Engine
from service.page_images.boxing import Boxed, Outcome, boxed
from service.page_images.sheets import Size, pixels
from service.web.links import VERSION_DIGITS
from service.web.rendering import part
from service.web.versions import Meant, meant

Json = dict[str, Any]

# Of a passage that goes on for longer, the pages after these are turned to.
_MOST_FIGURES = 3
MOST_PAGE = 1_000_000
"""The highest number that an address may ask for."""
_KEPT = "private, max-age=86400"
# What is the file's own fault, and stays so, is no service that comes back.
_LASTING = frozenset({"wrong_type", "encrypted", "malformed", "empty", "too_large"})

_Number = Annotated[int, Query(ge=0, le=MOST_PAGE)]
router = APIRouter(include_in_schema=False)


@router.get("/documents/{id}/pages/{number}.png")
def picture(id: str, number: int, request: Request, v: str = "", size: Size = "page") -> Response:
    """One page of a document's file as it is printed; `v` is the version of its text."""
    engine: Engine = request.app.state.engine
    with engine.holdings() as holdings:
        record = _meant(engine, meant(holdings, id, v, 0, 0)).record
    if not 1 <= number <= min(record.pages or MOST_PAGE, MOST_PAGE):
        raise NotFound(f"there is no page {str(number)[:12]} in {id}; it has {record.pages}")
    tag = f'"{record.source_sha256[:32]}-{number}-{size}"'
    headers = {"Cache-Control": _KEPT if v else "private, no-cache", "ETag": tag}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    try:
        data = engine.page_images.picture(record.source_sha256, number, size)
    except FileRefused as refused:
        status = 415 if refused.reason in _LASTING else 503
        raise HTTPException(status, f"page {number} of {id} cannot be shown: {refused}") from None
    except ReaderUnusable as error:
        raise HTTPException(503, str(error), {"Retry-After": "10"}) from None
    return Response(data, media_type="image/png", headers=headers)


@router.get("/documents/{id}/pages")
def turned(
    id: str,
    request: Request,
    page: _Number = 0,
    v: str = "",
    start: int = 0,
    end: int = 0,
) -> Response:
    """The part of a document's page that shows pages, for a script that turns them."""
    engine: Engine = request.app.state.engine
    with engine.holdings() as holdings:
        one = _meant(engine, meant(holdings, id, v, start, end))
    held = one.document
    quote = Span(start, end) if 0 <= start < end <= len(held.text) else None
    said = {"page_images": shown(engine, held, one.record, quote, page)}
    headers = {"Cache-Control": "private, no-cache", "Vary": "Accept-Language, Cookie"}
    return HTMLResponse(part(request, "parts/page_images.html", said), headers=headers)


def shown(
    engine: Engine, held: Document, record: Record, quote: Span | None, page: int = 0
) -> Json | None:
    """What parts/page_images.html shows of a document: None where its file has no pages to draw.

    `page` turns to a page of the file, counted from 1; 0 shows the pages of `quote`, and without
    one none, but where they are.
    """
    pages = [one for one in held.pages if one.number]
    if not _is_pdf(record) or not pages:
        return None
    asked = {"v": held.version[:VERSION_DIGITS]}
    asked |= {"start": str(quote.start), "end": str(quote.end)} if quote else {}
    chosen = _chosen(pages, quote, page)
    first = pages.index(chosen[0]) if chosen else 0
    last = pages.index(chosen[-1]) if chosen else -1
    return {
        "id": held.entry.id,
        "title": held.entry.title,
        "language": held.entry.language,
        "count": len(pages),
        "asked": asked,
        "action": _place(held.entry.id),
        "figures": _figures(engine, held, record, quote, chosen),
        "earlier": _address(held.entry.id, asked, pages[first - 1]) if first > 0 else "",
        "later": _address(held.entry.id, asked, pages[last + 1]) if last + 1 < len(pages) else "",
        "at_quote": _address(held.entry.id, asked) if quote and page else "",
    }


def _meant(engine: Engine, one: Meant) -> Meant:
    """The text that an address means. Raises NotFound, and 415 where its file is no PDF."""
    name = one.record.entry.id
    if one.state == "unknown":
        raise NotFound(f"no version of {name} is known by that address")
    if not _is_pdf(one.record):
        raise HTTPException(415, f"{name} is no PDF, so it has no pages to be shown")
    return one


def _is_pdf(record: Record) -> bool:
    return record.reader.startswith("pdf@")


def _chosen(pages: Sequence[Page], quote: Span | None, page: int) -> list[Page]:
    """The page that is turned to, else the first ones that a quote stands on."""
    if page:
        return [one for one in pages if one.number == page][:1] or [pages[-1]]
    if quote is None:
        return []
    return [one for one in pages if one.span.meets(quote)][:_MOST_FIGURES]


def _figures(
    engine: Engine, held: Document, record: Record, quote: Span | None, pages: Sequence[Page]
) -> list[Json]:
    """The pages one by one; after one that cannot be read, others of the file are not tried."""
    figures: list[Json] = []
    problem = ""
    for page in pages:
        figure = _bare(held, page)
        if not problem:
            try:
                figure |= _drawn(engine, held, record, quote, page)
            except (FileRefused, NotFound, ReaderUnusable) as error:
                problem = str(error)
        figures.append({**figure, "problem": problem})
    return figures


def _bare(held: Document, page: Page) -> Json:
    """A page without its picture: its number, and its text, which stands for it."""
    text = page.span.of(held.text)
    return {
        "number": page.number,
        "label": page.label if page.label != str(page.number) else None,
        "lines": [line for line in text.split("\n") if line.strip()],
        "boxes": [],
        "note": "",
    }


def _drawn(engine: Engine, held: Document, record: Record, quote: Span | None, page: Page) -> Json:
    """A page's picture, its size, and the boxes of the quote's words that stand on it."""
    number = page.number or 1
    sheet = engine.page_images.sheet(record.source_sha256, number)
    width, height = pixels(sheet, "page")
    source = f"{_place(held.entry.id)}/pages/{number}.png?v={held.version[:VERSION_DIGITS]}"
    here = _within(quote, page)
    found = boxed(sheet, page.span.of(held.text), here) if here else Boxed("boxed")
    return {
        "width": width,
        "height": height,
        "src": source,
        "large": f"{source}&size=large",
        "boxes": [
            (left, top, right - left, bottom - top) for left, top, right, bottom in found.boxes
        ],
        "note": _note(found.outcome),
    }


def _within(quote: Span | None, page: Page) -> Span | None:
    """The part of a quote that stands on a page, counted from where the page begins."""
    if quote is None or not page.span.meets(quote):
        return None
    start = page.span.start
    return Span(max(quote.start, start) - start, min(quote.end, page.span.end) - start)


def _note(outcome: Outcome) -> str:
    if outcome == "scan":
        return Said("This page is a scan: the quoted words cannot be pointed out on it.")
    if outcome == "unsure":
        return Said("The quoted words could not be pointed out on this page with certainty.")
    return ""


def _place(id_: str) -> str:
    return f"/documents/{quoted(id_, safe='')}"


def _address(id_: str, asked: dict[str, str], page: Page | None = None) -> str:
    query = {**asked, **({"page": str(page.number)} if page else {})}
    return f"{_place(id_)}?{urlencode(query)}#pages"
