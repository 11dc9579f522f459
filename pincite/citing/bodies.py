"""Where the words of a stretch begin below its headings, and the sections that hold them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice

from pincite.citing.outline import ENACTING, Outline
from pincite.types import Document, Mark, Section, Span

_STOPS = " \n.:—–-"


def common_path(outline: Outline, document: Document, span: Span) -> tuple[Section, ...]:
    """The sections that hold all of a stretch, the headings that introduce it left aside."""
    start = body_start(document, span)
    path = outline.path(start)
    last = max(start, span.end - 1)
    return tuple(section for section in path if section.span.end > last)


def body_start(document: Document, span: Span) -> int:
    """The first character of a stretch that is no heading; its start, if all of it is."""
    ends = {mark.span.start: mark.span.end for mark in _headings(document.marks, span)}
    at = span.start
    while at < span.end:
        enacting = ENACTING.match(document.text, at, span.end)
        if document.text[at].isspace():
            at += 1
        elif at in ends:
            at = ends[at]
        elif (below := _below_catchline(document, at)) > at:
            at = below
        elif enacting:
            at = enacting.end()
        else:
            return at
    return span.start


def _below_catchline(document: Document, at: int) -> int:
    """Where the text goes on below the number and heading of a section that starts here."""
    sections, text = document.sections, document.text
    index = bisect_left(sections, at, key=lambda section: section.span.start)
    if index == len(sections) or sections[index].span.start != at or not sections[index].heading:
        return at
    own = sections[index]
    heading = own.heading.rstrip(_STOPS)
    line = text.find("\n", at)
    following = [section.span.start for section in sections[index + 1 : index + 2]]
    for end in (*following, line):
        if at < end <= min(line, own.span.end - 1) and text[at:end].rstrip(_STOPS).endswith(
            heading
        ):
            return end
    return at


def _headings(marks: Sequence[Mark], span: Span) -> Iterator[Mark]:
    first = bisect_left(marks, span.start, key=lambda mark: mark.span.start)
    for mark in islice(marks, first, None):
        if mark.span.start >= span.end:
            return
        if mark.type == "heading":
            yield mark
