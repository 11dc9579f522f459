"""Clauses that run on inside a line: "(e) in the case of x, (i) the one or (ii) the other"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pincite.types import Document, Section, Span

_MARK = re.compile(r"(?<=[a-z,;:—]) ?\((?P<value>[a-z]{1,4}|[A-Z]|\d{1,2})\)(?= [A-Za-z“\"])")
# "under paragraph (1) or (2)" points elsewhere.
_REFERS = re.compile(
    r"(?:sub)?(?:paragraph|section|division|clause|part|item|chapter|title|rule)s?\s*$", re.I
)
_GOES_ON = re.compile(r"\s*(?:,|and|or|through|to|and/or)*\s*")
_SENTENCE_END = re.compile(r"\.\s+(?=[A-Z])")
_FAMILIES = ("abcdefghijklmnop", "ABCDEFGHIJKLMNOP")
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_SERIES = (*_FAMILIES, _ROMANS, tuple(str(n) for n in range(1, 20)))


def run_in(document: Document, inner: Section, start: int, end: int) -> str:
    """The label of the clause inside a line that holds all of a stretch, or nothing.

    Only a run of two or more, in order from its first, counts as one.
    """
    text = document.text
    first = max(text.rfind("\n", 0, start) + 1, inner.span.start)
    last = text.find("\n", start)
    last = min(last if last >= 0 else len(text), inner.span.end)
    if end > last:
        return ""
    for run in _runs(text, first, last):
        starts = [mark.start() for mark in run]
        after = _SENTENCE_END.search(text, starts[-1], last)
        ends = [*starts[1:], after.start() + 1 if after else last]
        for mark, begin, stop in zip(run, starts, ends, strict=True):
            if begin <= start and end <= stop:
                return "" if _is_struck(document, Span(first, last)) else f"({mark['value']})"
    return ""


def _runs(text: str, first: int, last: int) -> Iterator[list[re.Match[str]]]:
    marks = list(_own(text, first, last))
    for series in _SERIES:
        run: list[re.Match[str]] = []
        for mark in marks:
            if len(run) < len(series) and mark["value"] == series[len(run)]:
                run.append(mark)
        if len(run) > 1:
            yield run


def _own(text: str, first: int, last: int) -> Iterator[re.Match[str]]:
    """The marks of a line that are not references to other clauses."""
    referred = -1
    for mark in _MARK.finditer(text, first, last):
        before = text[max(first, mark.start() - 20) : mark.start()]
        goes_on = referred >= 0 and _GOES_ON.fullmatch(text, referred, mark.start())
        if _REFERS.search(before) or goes_on:
            referred = mark.end()
        else:
            yield mark


def _is_struck(document: Document, line: Span) -> bool:
    return any(m.type == "deleted" and line.meets(m.span) for m in document.marks)
