"""Running heads and feet: what stands at the edge of page after page, and the page numbers in it.

A row at the top or bottom is furniture when neighbouring pages have the same row, digits
aside, at the same height. Rows are taken from the edge inwards, so that the text itself
shields whatever stands behind it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from ingest.readers.pdf.blocks import roman_value
from ingest.readers.pdf.lines import Line

# What printers leave on a page for themselves, wherever it stands.
_PRESS_MARKS = re.compile(
    r"VerDate\b.*\bJkt\b|[a-z]\w* on [A-Z0-9]{5,}\w* with [A-Z]|[\w.-]+\.EPS\s*</?GPH>"
)
_DEEPEST = 4  # rows at either edge
_REACH = 2  # heads may differ on left and right pages
_NUMBER = re.compile(r"(?<![\w.,$-])(?:[A-Z]{1,2}-)?\d{1,5}(?![\w,%])(?!\.\d)")
_ROMAN = re.compile(r"(?<![\w.])[ivxlc]{1,7}(?![\w.])")
_PAGE_WORDS = re.compile(r"page|p\.|pg\.?|of", re.I)
# A slip opinion's heads: "Cite as: 567 U. S. ____ (2012) 3" and "2 ARIZONA v. UNITED STATES".
_CITE_AS = re.compile(r"(?:\d{1,4} )?Cite as:? \S")
_CAPTION = r"[A-Z][A-Z .,’'&-]* v\. [A-Z][A-Z .,’'&-]+"
_NUMBERED_CAPTION = re.compile(rf"(\d{{1,4}}) {_CAPTION}|{_CAPTION} (\d{{1,4}})")
_WORD = re.compile(r"[^\W\d]{2,}")
_LETTERHEAD = 8  # rows at the top of the first page
_ONE_HEIGHT = 3  # as near as two pages set the same row


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


@dataclass(frozen=True, slots=True)
class Furniture:
    """For one page: the rule that removes each of these lines, and the printed page number."""

    rules: dict[int, str]
    label: str | None = None


def furniture_of(pages: Sequence[Sequence[Line]]) -> list[Furniture]:
    """What to remove from each page, and what its page number is."""
    edges = [{edge: list(_rows(page, edge)) for edge in ("head", "foot")} for page in pages]
    rules = [_press_marks(page) for page in pages]
    numbers: list[list[str]] = [[] for _ in pages]
    for edge in ("head", "foot"):
        for depth in range(_DEEPEST):
            level = [_outermost(rows[edge], rules[i], depth) for i, rows in enumerate(edges)]
            for index, row in enumerate(level):
                if row is not None and _recurs(level, index):
                    rules[index].update(dict.fromkeys(row.indexes, f"running {edge}"))
                    numbers[index] += _numbers(row.text)
    _drop_opinion_heads(edges, rules)
    _drop_small_heads(pages, edges, rules)
    _drop_strays(edges, rules)
    _drop_banners(pages, rules)
    labels = _labels(numbers)
    return [Furniture(rule, label) for rule, label in zip(rules, labels, strict=True)]


def _press_marks(page: Sequence[Line]) -> dict[int, str]:
    return {i: "press mark" for i, line in enumerate(page) if _PRESS_MARKS.search(line.text)}


def _rows(page: Sequence[Line], edge: str) -> Iterator[Row]:
    """The rows of an edge from the outside inwards."""
    upright = [i for i, line in enumerate(page) if line.turn == 0]
    order = sorted(upright, key=lambda i: -page[i].y if edge == "head" else page[i].y)
    while order:
        height = page[order[0]].y
        same = [i for i in order if abs(page[i].y - height) <= 0.3 * page[order[0]].size]
        order = [i for i in order if i not in same]
        same.sort(key=lambda i: page[i].x)
        yield Row(edge, tuple(same), " ".join(page[i].text for i in same), height)


def _outermost(rows: Sequence[Row], rules: dict[int, str], depth: int) -> Row | None:
    """The first row that is left once furniture is off, if it stands near the edge."""
    for position, row in enumerate(rows[: _DEEPEST + 2]):
        if not all(index in rules for index in row.indexes):
            return row if position <= depth + 1 else None
    return None


def _recurs(level: Sequence[Row | None], index: int) -> bool:
    """Whether enough pages nearby have the same row here."""
    row = level[index]
    if row is None or not row.shape:
        return False
    near = range(max(0, index - _REACH), min(len(level), index + _REACH + 1))
    alike = [i for i in near if i != index and _alike(row, level[i], i - index)]
    return bool(alike) and (len(alike) > 1 or len(level) < 4 or _only_number(row))


def _alike(row: Row, other: Row | None, step: int) -> bool:
    if other is None or row.shape != other.shape:
        return False
    apart = abs(row.y - other.y)
    if not _only_number(row):
        return apart <= 10
    return apart <= 100 and any(
        _follows(a, b, step) for a in _numbers(row.text) for b in _numbers(other.text)
    )


def _only_number(row: Row) -> bool:
    return not re.sub(r"[\W#]", "", _PAGE_WORDS.sub("", row.shape))


def _numbers(text: str) -> list[str]:
    found = _NUMBER.findall(text)
    if not found and len(text) < 12:
        found = _ROMAN.findall(text)
    return found


def _follows(number: str, other: str, step: int) -> bool:
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


def _labels(numbers: Sequence[Sequence[str]]) -> list[str | None]:
    """On each page the number that goes on from, or to, the pages around it."""
    labels: list[str | None] = []
    for index, found in enumerate(numbers):
        near = [i for i in (index - 2, index - 1, index + 1, index + 2) if 0 <= i < len(numbers)]
        votes = Counter(
            number
            for number in found
            for i in near
            if any(_follows(number, other, i - index) for other in numbers[i])
        )
        labels.append(votes.most_common(1)[0][0] if votes else None)
    return labels


def _drop_opinion_heads(
    edges: Sequence[dict[str, list[Row]]], rules: Sequence[dict[int, str]]
) -> None:
    """The heads of a slip opinion of so few pages that neither its left nor its right one recurs.

    A caption goes where the number beside it counts the pages.
    """
    tops = [_outermost(rows["head"], rule, 0) for rows, rule in zip(edges, rules, strict=True)]
    for index, row in enumerate(tops):
        if row is None:
            continue
        caption = _NUMBERED_CAPTION.fullmatch(row.text)
        counts = caption and _counts(caption[1] or caption[2], tops, index)
        if counts or _CITE_AS.match(row.text):
            rules[index].update(dict.fromkeys(row.indexes, "running head"))


def _counts(number: str, tops: Sequence[Row | None], index: int) -> bool:
    """Whether a number at a page's top is that of the page, or goes on from a neighbour's."""
    near = [(step, tops[index + step]) for step in (-1, 1) if 0 <= index + step < len(tops)]
    return number == str(index + 1) or any(
        _follows(number, other, step)
        for step, row in near
        if row is not None
        for other in _numbers(row.text)
    )


def _drop_small_heads(
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
        for page, row, rule in zip(
            pages,
            [_outermost(rows["head"], rule, 0) for rows, rule in zip(edges, rules, strict=True)],
            rules,
            strict=True,
        )
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


def _drop_strays(edges: Sequence[dict[str, list[Row]]], rules: Sequence[dict[int, str]]) -> None:
    """A row that is put together otherwise, but of the words that stand there on other pages."""
    for edge in ("head", "foot"):
        known = [
            (row.y, set(row.shape.split()))
            for rows, rule in zip(edges, rules, strict=True)
            for row in rows[edge][:_DEEPEST]
            if all(rule.get(index) == f"running {edge}" for index in row.indexes)
        ]
        for rows, rule in zip(edges, rules, strict=True):
            row = _outermost(rows[edge], rule, 0)
            if row is None or rule.get(row.indexes[0]):
                continue
            near = set().union(*(words for y, words in known if abs(y - row.y) < 16))
            words = row.shape.split()
            if len(words) > 2 and sum(word not in near for word in words) <= len(words) // 4:
                rule.update(dict.fromkeys(row.indexes, f"running {edge}"))


def _drop_banners(pages: Sequence[Sequence[Line]], rules: Sequence[dict[int, str]]) -> None:
    """A section's banner on its first page, when the running head there repeats it."""
    for page, rule in zip(pages, rules, strict=True):
        heads = [page[i].text.lower() for i, name in rule.items() if name == "running head"]
        rest = [i for i, line in enumerate(page) if i not in rule and line.turn == 0]
        if not rest or not heads:
            continue
        top = max(rest, key=lambda i: page[i].y)
        text = page[top].text.lower()
        if len(text) > 8 and any(head != text and text in head for head in heads):
            rule[top] = "running head"
