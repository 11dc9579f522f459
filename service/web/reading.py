"""The page of one document: its text with the passage that was cited, and what it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from pincite.authority import authority_of
from pincite.citations.mentions import Mention
from pincite.types import Document, Span
from service.citing import cite
from service.describing import citation_json, record_json, text_json
from service.engine import Engine
from service.history import history
from service.holdings import Holdings
from service.vantage import Vantage, today
from service.web import anchors, page_images
from service.web.blocks import blocks, page_id
from service.web.links import VERSION_DIGITS, link, passage_link
from service.web.margins import Margins, Source
from service.web.page_images import MOST_PAGE
from service.web.rendering import page
from service.web.versions import Meant, meant

Json = dict[str, Any]

# A text is one page, so that a browser finds and prints all of it; a code of a city, which would
# take seconds to open, is turned in parts.
_WHOLE = 1_500_000
_PART = 400_000
_BEFORE = 6_000
# A quote of more than that is linked to, not put on the clipboard.
_MOST_COPIED = 4_000

router = APIRouter(include_in_schema=False)


@router.get("/documents/{id}")
def document(
    id: str,
    request: Request,
    start: int = 0,
    end: int = 0,
    v: str = "",
    at: int | None = None,
    section: str = "",
    leaf: Annotated[int, Query(alias="page", ge=0, le=MOST_PAGE)] = 0,
) -> Response:
    """A document's text with one stretch pointed out, and what it is.

    `v` is the version in which the stretch counts; `at` and `section` turn to a part of a text
    that is too long for one page, `page` to a picture of its file.
    """
    engine: Engine = request.app.state.engine
    with engine.holdings() as holdings:
        one = meant(holdings, id, v, start, end)
        view = Vantage(today(), works=holdings.works)
        quote = _quote(one, start, end)
        first = at if at is not None else _section_start(one.document, section)
        window = window_of(one.document.text, first if first is not None else _before(quote))
        shown = _head(one, holdings, view, quote, str(request.base_url).rstrip("/"))
        shown |= _body(one, holdings, view, quote, window)
        shown["page_images"] = page_images.shown(engine, one.document, one.record, quote, leaf)
    shown["back"] = f"{request.url.path}?{request.url.query}"
    return page(request, "document.html", shown)


def _body(one: Meant, holdings: Holdings, view: Vantage, quote: Span | None, window: Span) -> Json:
    """The text of a window, and its margins: outline, what it cites, who cites it."""
    held = one.document
    margins = Margins(held, holdings, view)
    mentions = _mentions(holdings, one)
    cited = margins.cited(mentions)
    return {
        "blocks": blocks(held, window, quote, [c for c in cited if window.meets(c.span)]),
        "outline": anchors.outline(held.sections, window),
        "place_of": _address(one, window),
        "first": lambda row: _first(one, window, row),
        "window": window,
        "earlier": max(0, window.start - _PART),
        "length": len(held.text),
        "sources": margins.sources(mentions, cited),
        "cited_by": margins.cited_by() if one.is_current else [],
        "page_id": page_id,
    }


def window_of(text: str, at: int) -> Span:
    """The whole text; of a very long one whole lines from about `at` on, as many as a page has."""
    if len(text) <= _WHOLE:
        return Span(0, len(text))
    first = text.rfind("\n", 0, max(0, min(at, len(text)))) + 1
    last = text.find("\n", min(first + _PART, len(text)))
    return Span(first, len(text) if last < 0 else last)


def _before(quote: Span | None) -> int:
    return quote.start - _BEFORE if quote else 0


def _section_start(held: Document, section: str) -> int | None:
    """Where the section of an id starts; None for none."""
    if not section:
        return None
    named = zip(anchors.ids(held.sections), held.sections, strict=True)
    return next((one.span.start for id_, one in named if id_ == section), None)


def _quote(one: Meant, start: int, end: int) -> Span | None:
    """The stretch to mark: none where it counts in a version that is not known."""
    possible = 0 <= start < end <= len(one.document.text)
    return Span(start, end) if possible and one.state != "unknown" else None


def _mentions(holdings: Holdings, one: Meant) -> Sequence[Mention]:
    """The citations in a text, today's or an older one."""
    if one.is_current:
        return holdings.links.cited_in(one.record.entry.id)
    return holdings.past.mentions(one.record, one.document)


def _head(one: Meant, holdings: Holdings, view: Vantage, quote: Span | None, base: str) -> Json:
    """What a document is, how it stands, and what of it is pointed at."""
    held, entry = one.document, one.document.entry
    standing = view.works.standing(entry, view.day) if one.state != "withdrawn" else None
    passage = citation_json(cite(held, quote, view), 0) if quote else None
    address = passage_link(passage) if passage else link(entry.id, v=held.version[:VERSION_DIGITS])
    now = holdings.records.get(entry.id)
    authority, current = authority_of(entry), standing is not None and standing.current
    return {
        "record": record_json(one.record),
        "version": held.version,
        "quote": quote,
        "channel": authority.channel if current or authority.channel != "law" else "record",
        "authority": authority.label,
        "standing": standing.words if standing else "",
        "current": current,
        "state": one.state,
        "day": one.day,
        "now": one.now,
        "same_words": one.same_words,
        "same_file": now is not None and now.source_sha256 == one.record.source_sha256,
        "passage": passage,
        "quotable": passage is not None and len(passage["quote"]) <= _MOST_COPIED,
        "stretch": text_json(held, quote.start, quote.end) if quote else None,
        "permanent": base + address,
        "history": _history(holdings, entry.id) if one.state != "withdrawn" else None,
    }


def _history(holdings: Holdings, id_: str) -> Json | None:
    """The timeline of a document's work, where more than this text is on it."""
    told = history(holdings.manifest, id_)
    return told if len(told["versions"]) > 1 else None


def _first(one: Meant, window: Span, source: Source) -> str:
    """The address of the first place in the text that cites a source."""
    span = source.first.span
    if window.meets(span):
        return f"#c{source.first.n}"
    return link(
        one.record.entry.id, v=one.record.version[:VERSION_DIGITS], start=span.start, end=span.end
    )


def _address(one: Meant, window: Span) -> Any:
    """The address of a section: on this page, or on the part of the text that has it."""
    version = {} if one.is_current else {"v": one.record.version[:VERSION_DIGITS]}

    def address(heading: anchors.Heading) -> str:
        if window.start <= heading.span.start <= window.end:
            return f"#{heading.id}"
        return f"{link(one.record.entry.id, **version, section=heading.id)}#{heading.id}"

    return address
