"""Running heads and feet: what stands at the edge of page after page, and the page numbers in it.

A row at the top or bottom is furniture when neighbouring pages have the same row, digits
aside, at the same height. Rows are taken from the edge inwards, so that the text itself
shields whatever stands behind it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.pdf.few_pages import drop_opinion_heads, drop_small_heads
from ingest.readers.pdf.lines import Line
from ingest.readers.pdf.page_rows import DEEPEST, Row, follows, numbers_in, outermost, rows_of

# What printers leave on a page for themselves, wherever it stands.
_PRESS_MARKS = re.compile(
    r"VerDate\b.*\bJkt\b|[a-z]\w* on [A-Z0-9]{5,}\w* with [A-Z]|[\w.-]+\.EPS\s*</?GPH>"
)
_REACH = 2  # heads may differ on left and right pages
_PAGE_WORDS = re.compile(r"page|p\.|pg\.?|of", re.I)


@dataclass(frozen=True, slots=True)
class Furniture:
    """For one page: the rule that removes each of these lines, and the printed page number."""

    rules: dict[int, str]
    label: str | None = None


def furniture_of(pages: Sequence[Sequence[Line]]) -> list[Furniture]:
    """What to remove from each page, and what its page number is."""
    edges = [{edge: list(rows_of(page, edge)) for edge in ("head", "foot")} for page in pages]
    rules = [_press_marks(page) for page in pages]
    numbers: list[list[str]] = [[] for _ in pages]
    for edge in ("head", "foot"):
        for depth in range(DEEPEST):
            level = [outermost(rows[edge], rules[i], depth) for i, rows in enumerate(edges)]
            for index, row in enumerate(level):
                if row is not None and _recurs(level, index):
                    rules[index].update(dict.fromkeys(row.indexes, f"running {edge}"))
                    numbers[index] += numbers_in(row.text)
    drop_opinion_heads(edges, rules)
    drop_small_heads(pages, edges, rules)
    _drop_strays(edges, rules)
    _drop_banners(pages, rules)
    labels = _labels(numbers)
    return [Furniture(rule, label) for rule, label in zip(rules, labels, strict=True)]


def _press_marks(page: Sequence[Line]) -> dict[int, str]:
    return {i: "press mark" for i, line in enumerate(page) if _PRESS_MARKS.search(line.text)}


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
        follows(a, b, step) for a in numbers_in(row.text) for b in numbers_in(other.text)
    )


def _only_number(row: Row) -> bool:
    return not re.sub(r"[\W#]", "", _PAGE_WORDS.sub("", row.shape))


def _labels(numbers: Sequence[Sequence[str]]) -> list[str | None]:
    """On each page the number that goes on from, or to, the pages around it."""
    labels: list[str | None] = []
    for index, found in enumerate(numbers):
        near = [i for i in (index - 2, index - 1, index + 1, index + 2) if 0 <= i < len(numbers)]
        votes = Counter(
            number
            for number in found
            for i in near
            if any(follows(number, other, i - index) for other in numbers[i])
        )
        labels.append(votes.most_common(1)[0][0] if votes else None)
    return labels


def _drop_strays(edges: Sequence[dict[str, list[Row]]], rules: Sequence[dict[int, str]]) -> None:
    """A row that is put together otherwise, but of the words that stand there on other pages."""
    for edge in ("head", "foot"):
        known = [
            (row.y, set(row.shape.split()))
            for rows, rule in zip(edges, rules, strict=True)
            for row in rows[edge][:DEEPEST]
            if all(rule.get(index) == f"running {edge}" for index in row.indexes)
        ]
        for rows, rule in zip(edges, rules, strict=True):
            row = outermost(rows[edge], rule, 0)
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
