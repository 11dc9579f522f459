"""A draft set anew, line by line, in reading order: what stood between the lines is dropped.

Spans go along with the words they stand on. Dropped characters and lines that changed places
leave Repairs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.readers.draft import Draft
from pincite.types import Page, Repair, Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the old text, and the white space to set before it."""

    span: Span
    before: str


def arranged(
    draft: Draft, pieces: Sequence[Piece], *, dropped: str, moved: str
) -> tuple[Draft, tuple[Span, ...]]:
    """The draft made of `pieces` in that order, and where each of them now stands.

    `dropped` is the rule's name for characters between the pieces, `moved` for pieces that
    stood further up in the old text than the one now before them.
    """
    if not pieces:
        return draft, ()
    text, spans = _set(draft.text, pieces)
    places = _Places(pieces, spans, len(text))
    repairs = [replace(r, span=places.of(r.span)) for r in draft.repairs]
    repairs += _dropped(draft.text, pieces, places, dropped)
    repairs += _moved(text, pieces, spans, moved)
    marks = [replace(mark, span=places.of(mark.span)) for mark in draft.marks]
    pages = tuple(_pages(draft.pages, pieces, spans))
    ordered = tuple(sorted(repairs, key=lambda repair: repair.span))
    return Draft(text=text, pages=pages, repairs=ordered).marked(marks), spans


def _set(text: str, pieces: Sequence[Piece]) -> tuple[str, tuple[Span, ...]]:
    parts: list[str] = []
    spans: list[Span] = []
    at = 0
    for piece in pieces:
        words = piece.span.of(text)
        start = at + len(piece.before)
        parts += [piece.before, words]
        at = start + len(words)
        spans.append(Span(start, at))
    return "".join(parts), tuple(spans)


class _Places:
    """Where an old offset stands now. One between two pieces goes to the next piece's start."""

    def __init__(self, pieces: Sequence[Piece], spans: Sequence[Span], end: int) -> None:
        pairs = zip((p.span for p in pieces), spans, strict=True)
        self._pairs = sorted(pairs, key=lambda pair: pair[0])
        self._starts = [old.start for old, _ in self._pairs]
        self._end = end

    def at(self, offset: int) -> int:
        """The new place of an old offset."""
        index = bisect_right(self._starts, offset) - 1
        if index >= 0:
            old, new = self._pairs[index]
            if offset <= old.end:
                return new.start + offset - old.start
        return self._pairs[index + 1][1].start if index + 1 < len(self._pairs) else self._end

    def of(self, span: Span) -> Span:
        """The new place of an old span."""
        start = self.at(span.start)
        return Span(start, max(start, self.at(span.end)))


def _dropped(text: str, pieces: Sequence[Piece], places: _Places, rule: str) -> Iterator[Repair]:
    """What stood between two neighbours of the old text and was not white space."""
    old = sorted(piece.span for piece in pieces)
    for before, after in pairwise([Span(0, 0), *old, Span(len(text), len(text))]):
        gone = text[before.end : after.start].strip()
        if gone:
            place = places.at(after.start)
            yield Repair(Span(place, place), gone, rule)


def _moved(
    text: str, pieces: Sequence[Piece], spans: Sequence[Span], rule: str
) -> Iterator[Repair]:
    """Runs of pieces that now stand after something which they preceded."""
    furthest = -1
    run: Span | None = None
    for piece, span in zip(pieces, spans, strict=True):
        if piece.span.start < furthest:
            run = Span(run.start if run else span.start, span.end)
            continue
        furthest = piece.span.start
        if run:
            yield Repair(run, run.of(text), rule)
            run = None
    if run:
        yield Repair(run, run.of(text), rule)


def _pages(pages: Sequence[Page], pieces: Sequence[Piece], spans: Sequence[Span]) -> Iterator[Page]:
    """The pages in the new order: a moved note stays on the page where it was printed."""
    starts = [page.span.start for page in pages]
    last = -1
    for piece, span in zip(pieces, spans, strict=True):
        index = max(0, bisect_right(starts, piece.span.start) - 1)
        if pages and index != last:
            yield replace(pages[index], span=span)
            last = index
