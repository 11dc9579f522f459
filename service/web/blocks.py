"""A document's text as a page lays it out: lines with their ids and levels, in blocks.

A browser lays out a block when it comes near the window, so that a long opinion opens at once.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pincite.citing.outline import outline_of
from pincite.citing.stars import star_pages
from pincite.kinds import KINDS
from pincite.types import Document, Page, Section, Span
from service.web.anchors import ids, slug
from service.web.marking import Cited, Line, lines

# Blocks are about equal, so that their height before layout can be guessed: styles/30-read.css.
_BLOCK = 6_000
_LONGEST_HEADING = 200
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Laid:
    """A line in its place: ids of the sections that begin there, heading level, depth of clause."""

    line: Line
    ids: tuple[str, ...] = ()
    level: int = 0
    depth: int = 0


Block = tuple[Laid, ...]


def blocks(
    document: Document, shown: Span, quote: Span | None = None, cited: Iterable[Cited] = ()
) -> list[Block]:
    """The lines of a stretch of whole lines, in blocks of about equal length."""
    made: list[Block] = []
    block: list[Laid] = []
    length = 0
    text, pages = document.text, printed_pages(document)
    found = lines(text, shown, document.marks, quote, pages, cited=cited)
    for laid in _levelled(document, found):
        block.append(laid)
        length += len(laid.line.text)
        if length >= _BLOCK:
            made.append(tuple(block))
            block, length = [], 0
    return [*made, tuple(block)] if block else made


def printed_pages(document: Document) -> Sequence[Page]:
    """The pages of a text as they are printed: of its file, or by the stars of a reporter."""
    if document.pages or KINDS[document.entry.kind].grammar != "opinion":
        return document.pages
    return star_pages(document)


def page_id(label: str) -> str:
    """The id of the place where a printed page begins."""
    return f"page-{slug(label)}"


def _levelled(document: Document, found: Iterable[Line]) -> Iterator[Laid]:
    """Each line with what begins in it; the levels of headings never skip one."""
    outline, sections, names = outline_of(document), document.sections, ids(document.sections)
    beginning = _Starts(sections)
    above: list[int] = []
    for line in found:
        own = beginning.among(line.start, line.start + len(line.text))
        path = outline.path(line.start)
        level = 0
        if line.text and (line.is_heading or _is_headline(line, [sections[n] for n in own])):
            rank = sections[own[0]].level if own else len(path) + 1
            while above and above[-1] >= rank:
                above.pop()
            above.append(rank)
            level = min(len(above) + 1, 6)
        depth = sum(section.label.startswith("(") for section in path) - 1
        yield Laid(line, tuple(names[n] for n in own), level, min(max(depth, 0), _DEEPEST))


class _Starts:
    """The sections that have a name, by where they start."""

    def __init__(self, sections: Sequence[Section]) -> None:
        named = [(one.span.start, n) for n, one in enumerate(sections) if one.label or one.heading]
        self._starts, self._places = [at for at, _ in named], [n for _, n in named]

    def among(self, start: int, end: int) -> list[int]:
        """Those that start in a line, at its very start even if it is empty."""
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, max(end, start + 1))
        return self._places[first:last]


def _is_headline(line: Line, own: Sequence[Section]) -> bool:
    """Whether a line is nothing but the number and heading of a section that begins there."""
    if not own or not own[0].heading or len(line.text) > _LONGEST_HEADING:
        return False
    said = slug(line.text)
    return said in (slug(own[0].heading), slug(f"{own[0].label} {own[0].heading}"))
