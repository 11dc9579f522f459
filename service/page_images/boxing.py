"""The words of a quote boxed on a page: a box a line, or none where it is unsure which they are."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from pincite.types import Span
from service.page_images.aligning import Letters, matched
from service.page_images.sheets import Box, Sheet

Outcome = Literal["boxed", "scan", "unsure"]

FEWEST_COVERED = 0.9
"""Of a quote's letters on a page: with fewer found none is boxed (`python -m eval.page_boxes`)."""
# A page that holds less than this of its text is a picture, which only OCR has read.
_SCAN = 0.25
# Of a word's letters, as many must be the quote's for the rest to be taken as misread.
_HALF = 0.5
# Of a line's height: what a gap between two words may be, and how far characters stand alike.
_GAP, _ALIKE = 3.0, 0.5


@dataclass(frozen=True, slots=True)
class Boxed:
    """The boxes of a quote's words, or why there are none; `covered` is the share found."""

    outcome: Outcome
    boxes: tuple[Box, ...] = ()
    covered: float = 0.0
    characters: tuple[int, ...] = ()
    """Places in the sheet's text of what is boxed, in its order."""


def boxed(sheet: Sheet, text: str, quote: Span) -> Boxed:
    """The boxes of `quote`, a stretch of the page's canonical `text`."""
    here, there = Letters.of(text), Letters.of(sheet.text)
    if not sheet.whole or len(there.folded) < _SCAN * len(here.folded):
        return Boxed("unsure" if not sheet.whole else "scan")
    first, last = bisect_left(here.places, quote.start), bisect_left(here.places, quote.end)
    pairs = matched(here, there)
    found = sorted(pairs[place] for place in range(first, last) if place in pairs)
    covered = len(found) / (last - first) if last > first else 0.0
    if covered < FEWEST_COVERED:
        return Boxed("unsure", covered=covered)
    runs = list(_runs(found, there, sheet))
    aspect = sheet.height / (sheet.width or 1.0)
    boxes = [box for run in runs for box in _boxes([sheet.boxes[i] for i in run], aspect)]
    places = tuple(place for run in runs for place in run)
    return Boxed("boxed", tuple(_apart(boxes)), covered, places)


def _runs(found: Sequence[int], page: Letters, sheet: Sheet) -> Iterator[list[int]]:
    """The characters of these letters, and those between two of them that belong there.

    That is punctuation, a note's figure at a word, and a letter of a word mostly found.
    """
    letters = Counter(sheet.words[place] for place in page.places)
    hits = Counter(sheet.words[page.places[letter]] for letter in found)

    def belongs(letter: int) -> bool:
        word = sheet.words[page.places[letter]]
        share = hits[word] / letters[word]
        return share >= _HALF or (share > 0 and page.folded[letter].isdecimal())

    run: list[int] = []
    for letter, following in zip_longest(found, found[1:]):
        place = page.places[letter]
        if following is not None and all(map(belongs, range(letter + 1, following))):
            run.extend(range(place, page.places[following]))
        else:
            yield [*run, place]
            run = []


def _boxes(characters: Iterable[Box], aspect: float) -> Iterator[Box]:
    """Characters in reading order as boxes, one a line; `aspect` is the page's height by width."""
    line: Box | None = None
    last: Box | None = None
    for box in characters:
        if line is not None and last is not None and _goes_on(last, box, aspect):
            line = _union(line, box)
        else:
            if line is not None:
                yield line
            line = box
        last = box
    if line is not None:
        yield line


def _goes_on(last: Box, box: Box, aspect: float) -> bool:
    """Whether a character stands on the line of the last one: beside it, or over or under it.

    The latter is where words are turned.
    """
    height = min(last[3] - last[1], box[3] - box[1])
    if min(last[3], box[3]) - max(last[1], box[1]) >= _ALIKE * height:
        return max(last[0], box[0]) - min(last[2], box[2]) <= _GAP * height * aspect
    width = max(last[2] - last[0], box[2] - box[0])
    shift = max(abs(last[0] - box[0]), abs(last[2] - box[2]))
    apart = max(last[1], box[1]) - min(last[3], box[3])
    return shift < _ALIKE * width and apart * aspect <= _ALIKE * width


def _apart(boxes: Sequence[Box]) -> Iterator[Box]:
    """The boxes, none reaching into the next line's: fonts claim more height than lines have."""
    top: int | None = None
    for box, below in zip_longest(boxes, boxes[1:]):
        left, own, right, bottom = box
        start, top = own if top is None else top, None
        if below is not None and own < below[1] < bottom < below[3]:
            bottom = top = (below[1] + bottom) // 2
        yield left, start, right, bottom


def _union(one: Box, other: Box) -> Box:
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )
