"""The rows at a page's edges, and the page numbers that stand in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.readers.pdf.blocks import roman_value
from ingest.readers.pdf.lines import Line

DEEPEST = 4  # rows at either edge
_NUMBER = re.compile(r"(?<![\w.,$-])(?:[A-Z]{1,2}-)?\d{1,5}(?![\w,%])(?!\.\d)")
_ROMAN = re.compile(r"(?<![\w.])[ivxlc]{1,7}(?![\w.])")


@dataclass(frozen=True, slots=True)
class Row:
    """Lines of one page that share a height at one of its edges."""

    edge: str
    indexes: tuple[int, ...]
    text: str
    y: float

    @property
    def shape(self) -> str:
        """Its words, numbers made alike: what must recur, on whichever side the number stands."""
        if _ROMAN.fullmatch(self.text.strip("-– ")):
            return "#"
        words = re.sub(r"\d+", "#", re.sub(r"\W+", " ", self.text)).lower().split()
        return " ".join(sorted(words))


def rows_of(page: Sequence[Line], edge: str) -> Iterator[Row]:
    """The rows of an edge from the outside inwards."""
    upright = [i for i, line in enumerate(page) if line.turn == 0]
    order = sorted(upright, key=lambda i: -page[i].y if edge == "head" else page[i].y)
    while order:
        height = page[order[0]].y
        same = [i for i in order if abs(page[i].y - height) <= 0.3 * page[order[0]].size]
        order = [i for i in order if i not in same]
        same.sort(key=lambda i: page[i].x)
        yield Row(edge, tuple(same), " ".join(page[i].text for i in same), height)


def outermost(rows: Sequence[Row], rules: dict[int, str], depth: int) -> Row | None:
    """The first row that is left once furniture is off, if it stands near the edge."""
    for position, row in enumerate(rows[: DEEPEST + 2]):
        if not all(index in rules for index in row.indexes):
            return row if position <= depth + 1 else None
    return None


def numbers_in(text: str) -> list[str]:
    """What may be a page number in a row: its numbers, or the numeral that it is."""
    found = _NUMBER.findall(text)
    if not found and len(text) < 12:
        found = _ROMAN.findall(text)
    return found


def follows(number: str, other: str, step: int) -> bool:
    """Whether the other number is the one that a page so many steps on would carry."""
    left, right = _value(number), _value(other)
    return (
        left is not None
        and right is not None
        and left[0] == right[0]
        and left[1] + step == right[1]
    )


def _value(number: str) -> tuple[str, int] | None:
    if _ROMAN.fullmatch(number):
        return "roman", roman_value(number)
    prefix, _, digits_text = number.rpartition("-")
    return (prefix, int(digits_text)) if digits_text.isdigit() else None
