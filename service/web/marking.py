"""Text cut where its marks begin and end, so that a page can show deleted words as deleted.

Values only; the template escapes every word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pincite.types import Mark, Page, Span

_SHOWN = frozenset({"deleted", "inserted", "footnote", "note", "heading"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one line that carries the same marks throughout."""

    text: str
    types: frozenset[str]
    quoted: bool = False
    first: bool = False
    deciding: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One block of a text, with the pages that begin in it."""

    pieces: tuple[Piece, ...]
    pages: tuple[str, ...] = ()

    @property
    def is_heading(self) -> bool:
        """Whether the whole line is a heading."""
        return all("heading" in piece.types for piece in self.pieces)


def lines(
    text: str,
    shown: Span,
    marks: Iterable[Mark],
    quote: Span | None = None,
    pages: Iterable[Page] = (),
    deciding: Sequence[Span] = (),
) -> Iterator[Line]:
    """The lines of `shown`, each in pieces; those of `quote` are told apart, its first above all.

    So are the words of a quote that are `deciding`.

    Spans count in `text`.
    """
    touching = [m for m in marks if m.type in _SHOWN and shown.meets(m.span)]
    turning = [p for p in pages if shown.start <= p.span.start < shown.end]
    start = shown.start
    for line in shown.of(text).split("\n"):
        span = Span(start, start + len(line))
        here = [m for m in touching if span.meets(m.span)]
        begun = tuple(_named(p) for p in turning if span.start <= p.span.start <= span.end)
        yield Line(tuple(_pieces(text, span, here, quote, deciding)), begun)
        start = span.end + 1


def _named(page: Page) -> str:
    return page.label or str(page.number or "")


def _pieces(
    text: str, line: Span, marks: Sequence[Mark], quote: Span | None, deciding: Sequence[Span]
) -> Iterator[Piece]:
    spans = [mark.span for mark in marks] + ([quote] if quote else []) + list(deciding)
    ends = {edge for span in spans for edge in (span.start, span.end)}
    inside = sorted(edge for edge in ends if line.start < edge < line.end)
    edges = [line.start, *inside, line.end]
    for start, end in pairwise(edges):
        span = Span(start, end)
        types = frozenset(str(m.type) for m in marks if m.span.meets(span))
        quoted = quote is not None and quote.meets(span) and start < end
        first = quoted and quote is not None and start <= quote.start < end
        decides = start < end and any(one.holds(span) for one in deciding)
        yield Piece(span.of(text), types, quoted, first, decides)
