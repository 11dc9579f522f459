"""Pages, footnotes and paragraphs as they are cited: "at 935–36", "n.11", "¶ 4", "para. 4"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from pincite.citing.ranges import shortened
from pincite.citing.stars import star_pages
from pincite.kinds import Grammar
from pincite.types import Document, Mark, Page

_BEFORE_LABEL: dict[Grammar, str] = {"transcript": "tr. at"}
_BEFORE_NUMBER: dict[Grammar, str] = {"opinion": "slip op. at", "transcript": "tr. at"}


def page_at(pages: Sequence[Page], at: int) -> Page | None:
    """The page on which an offset stands."""
    after = bisect_right(pages, at, key=lambda page: page.span.start)
    return pages[after - 1] if after else None


def page_of(document: Document, start: int, end: int, grammar: Grammar) -> str:
    """The page of a stretch and the note on it, "" where the text has no pages."""
    pages = document.pages or (star_pages(document) if grammar == "opinion" else ())
    first, last = page_at(pages, start), page_at(pages, end - 1)
    if first is None or last is None:
        return ""
    notes = noted(document, start, end)
    note = f" {notes}" if notes else ""
    if first.label:
        return f"{_printed(first.label, last.label or first.label, grammar)}{note}"
    if first.number is None:
        return ""
    number = str(first.number)
    if last.number is not None and last.number > first.number:
        number += f"–{last.number}"
    before = _BEFORE_NUMBER.get(grammar, "pp." if "–" in number else "p.")
    return f"{before} {number}{note}"


def register_pages(document: Document, start: int, end: int) -> str:
    """The printed pages alone, "8444–45", where they bear numbers of a register or reporter."""
    first, last = page_at(document.pages, start), page_at(document.pages, end - 1)
    if first is None or last is None or not (first.label or "").isdecimal():
        return ""
    ending = last.label if (last.label or "").isdecimal() else first.label
    return shortened(str(first.label), str(ending))


def _printed(first: str, last: str, grammar: Grammar) -> str:
    """ "at 935–936" by the labels of two pages; "slip op. 2" and "slip op. 3" give one range.

    A stretch that runs from one numbering into another is placed by its first page.
    """
    series, _, start = first.rpartition(" ")
    other, _, end = last.rpartition(" ")
    pages = start if end == start or other != series else f"{start}–{end}"
    before = f"{series} at" if series else _BEFORE_LABEL.get(grammar, "at")
    return f"{before} {pages}"


def noted(document: Document, start: int, end: int) -> str:
    """The footnote that holds a stretch, "n.11"; of a stretch of several whole ones, "nn.11–12"."""
    first = last = None
    for mark in document.marks:
        if mark.type == "footnote":
            if mark.span.start <= start <= mark.span.end:
                first = mark
            if mark.span.start < end <= mark.span.end + 1:
                last = mark
    if first is None or last is None:
        return ""
    if first is last or not (first.detail.isdecimal() and last.detail.isdecimal()):
        return f"n.{first.detail}" if first is last else ""
    return f"nn.{first.detail}–{last.detail}"


def counted(document: Document, start: int, end: int, above: int = 0) -> str:
    """The paragraph: by the publisher's number where there is one, else counted from `above`."""
    notes = noted(document, start, end)
    if notes:  # which may stand at the end of the file, far from its paragraph
        return notes
    numbered = [m for m in document.marks if m.type == "paragraph"]
    first, last = _last_before(numbered, start + 1), _last_before(numbered, end)
    if first is not None and not above:
        return _paragraphs(first.detail, last.detail if last else first.detail)
    lines = document.text.count("\n", above, start) + 1
    starts = [m.span.start for m in document.marks if m.type == "heading"]
    headings = bisect_left(starts, start) - bisect_left(starts, above)
    return f"para. {max(lines - headings, 1)}"


def _last_before(marks: Sequence[Mark], at: int) -> Mark | None:
    found = bisect_right(marks, at - 1, key=lambda mark: mark.span.start)
    return marks[found - 1] if found else None


def _paragraphs(first: str, last: str) -> str:
    is_range = first.isdecimal() and last.isdecimal() and int(last) > int(first)
    return f"¶¶ {first}–{last}" if is_range else f"¶ {first}"
