"""Running heads of files of so few pages that no head recurs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from ingest.readers.pdf.lines import Line
from ingest.readers.pdf.page_rows import Row, follows, numbers_in, outermost

# A slip opinion's heads: "Cite as: 567 U. S. ____ (2012) 3" and "2 ARIZONA v. UNITED STATES".
_CITE_AS = re.compile(r"(?:\d{1,4} )?Cite as:? \S")
_CAPTION = r"[A-Z][A-Z .,’'&-]* v\. [A-Z][A-Z .,’'&-]+"
_NUMBERED_CAPTION = re.compile(rf"(\d{{1,4}}) {_CAPTION}|{_CAPTION} (\d{{1,4}})")
_WORD = re.compile(r"[^\W\d]{2,}")
_LETTERHEAD = 8  # rows at the top of the first page
_ONE_HEIGHT = 3  # as near as two pages set the same row


def drop_opinion_heads(
    edges: Sequence[dict[str, list[Row]]], rules: Sequence[dict[int, str]]
) -> None:
    """The heads of a slip opinion of so few pages that neither its left nor its right one recurs.

    A caption goes where the number beside it counts the pages.
    """
    tops = _tops(edges, rules)
    for index, row in enumerate(tops):
        if row is None:
            continue
        caption = _NUMBERED_CAPTION.fullmatch(row.text)
        counts = caption and _counts(caption[1] or caption[2], tops, index)
        if counts or _CITE_AS.match(row.text):
            rules[index].update(dict.fromkeys(row.indexes, "running head"))


def _tops(
    edges: Sequence[dict[str, list[Row]]], rules: Sequence[dict[int, str]]
) -> list[Row | None]:
    """On each page the first row that is no furniture yet."""
    return [outermost(rows["head"], rule, 0) for rows, rule in zip(edges, rules, strict=True)]


def _counts(number: str, tops: Sequence[Row | None], index: int) -> bool:
    """Whether a number at a page's top is that of the page, or goes on from a neighbour's."""
    near = [(step, tops[index + step]) for step in (-1, 1) if 0 <= index + step < len(tops)]
    return number == str(index + 1) or any(
        follows(number, other, step)
        for step, row in near
        if row is not None
        for other in numbers_in(row.text)
    )


def drop_small_heads(
    pages: Sequence[Sequence[Line]],
    edges: Sequence[dict[str, list[Row]]],
    rules: Sequence[dict[int, str]],
) -> None:
    """A row in smaller type, set off above the text, that says what a page beside it says too.

    So stands a code's name beside a section here and beside a title there, and an office's name
    that is also in the letterhead. Pages of few rows have no other sign of it.
    """
    tops = [
        row if row is not None and _is_set_off(page, row, rule) else None
        for page, rule, row in zip(pages, rules, _tops(edges, rules), strict=True)
    ]
    letterhead = {row.text for row in edges[0]["head"][:_LETTERHEAD]} if edges else set()
    for index, row in enumerate(tops):
        if row is None:
            continue
        beside = [tops[i] for i in (index - 1, index + 1) if 0 <= i < len(tops)]
        if (index > 0 and row.text in letterhead) or any(_share_words(row, one) for one in beside):
            rules[index].update(dict.fromkeys(row.indexes, "running head"))


def _is_set_off(page: Sequence[Line], row: Row, rule: dict[int, str]) -> bool:
    """Whether a row is set in smaller type than the page's text and stands well above it."""
    below = [i for i, line in enumerate(page) if line.turn == 0 and i not in rule]
    below = [i for i in below if i not in row.indexes]
    if not below:
        return False
    body = median(page[i].size for i in below)
    gap = row.y - max(page[i].y for i in below)
    return max(page[i].size for i in row.indexes) < body and gap > 1.5 * body


def _share_words(row: Row, other: Row | None) -> bool:
    """Whether two rows at one height have in common at least half the words of one of them."""
    if other is None or abs(row.y - other.y) > _ONE_HEIGHT:
        return False
    words, others = set(_WORD.findall(row.text)), set(_WORD.findall(other.text))
    common = len(words & others)
    return common > 1 and 2 * common >= min(len(words), len(others))
