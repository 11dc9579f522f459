"""The printed place of a stretch of a document: "§ 1373(a)", "at 935 n.11", "p. 4".

pinpoint(document, Span(120, 180))   # "§ 1357(g)(10)"
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice

from pincite.citing.acts import deed, rewritten
from pincite.citing.outline import ENACTING, Outline, is_clause
from pincite.kinds import KINDS, Grammar
from pincite.types import Document, Locator, Mark, Page, Section, Span

_UNIT = re.compile(r"(?:§§?|Secs?\.|Rule) ?\S+")
_PART = re.compile(r"Part [IVXL]+")
_STOPS = " \n.:—–-"


def locator(document: Document, span: Span, outline: Outline | None = None) -> Locator:
    """Where a stretch stands: the labels and headings that hold all of it, and its first page."""
    path = common_path(outline or Outline(document.sections), document, span)
    page = page_at(document.pages, body_start(document, span))
    spoken = [section for section in path if section.part]
    authors = [section.author for section in path if section.author]
    return Locator(
        path=tuple(section.label for section in path if section.label),
        headings=tuple(section.heading for section in path if section.heading),
        part=spoken[-1].part if spoken else None,
        author=authors[-1] if authors else None,
        page=page.number if page else None,
        page_label=page.label if page else None,
    )


def pinpoint(document: Document, span: Span) -> str:
    """The printed locator of a stretch, by the custom of its kind of document."""
    return pinpoints(document, [span])[0]


def pinpoints(document: Document, spans: Sequence[Span]) -> list[str]:
    """The printed locators of many stretches, of which the outline is made only once."""
    grammar = KINDS[document.entry.kind].grammar
    outline = Outline(document.sections)
    return [
        _FIRST_BY[grammar](document, span, outline)
        or _page(document, span, grammar)
        or _counted(document, span)
        for span in spans
    ]


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


def page_at(pages: Sequence[Page], at: int) -> Page | None:
    """The page on which an offset stands."""
    after = bisect_right(pages, at, key=lambda page: page.span.start)
    return pages[after - 1] if after else None


def _by_section(document: Document, span: Span, outline: Outline) -> str:
    path = common_path(outline, document, span)
    of_units = _PART if KINDS[document.entry.kind].grammar == "memo" else _UNIT
    numbered = [at for at, section in enumerate(path) if of_units.match(section.label)]
    if not numbered:
        return _below_containers(path, _to(document, span, outline, path))
    inner = path[numbered[-1]]
    clauses = [section for section in path[numbered[-1] + 1 :] if is_clause(section)]
    joined = _joined(inner.label, [clause.label for clause in clauses])
    siblings = _to(document, span, outline, path)
    joined += siblings
    outer = path[numbered[0]]
    if outer is not inner:
        joined = f"{outer.label} ({deed(document, outer, inner)}{joined})"
    elif changed := rewritten(document, outer, [c.label for c in clauses], siblings):
        joined = f"{outer.label} (amending § {changed})"
    return f"{joined} note" if any(section.part == "note" for section in path) else joined


def _below_containers(path: Sequence[Section], siblings: str) -> str:
    """ "App. B, 3.B", "Ch. 2"; "(a)" or "(a)–(c)" of a text that has no units."""
    held = [section.label for section in path if section.label and not is_clause(section)]
    clauses = [section.label for section in path if is_clause(section)]
    if not held:
        return "".join(clauses) if clauses and clauses[0][0] == "(" else siblings
    below = _joined(clauses[0], clauses[1:]) if clauses else ""
    return ", ".join(part for part in (held[-1], below) if part)


def _joined(unit: str, clauses: Sequence[str]) -> str:
    """ "§ 1373" and "(a)" give "§ 1373(a)"; "§ IV" and "A", "1" give "§ IV.A.1"."""
    return unit + "".join(label if label[0] == "(" else f".{label}" for label in clauses)


def _to(document: Document, span: Span, outline: Outline, path: Sequence[Section]) -> str:
    """The range of sibling clauses that a longer stretch covers: "(a)–(c)"."""
    depth = len(path)
    first = outline.path(body_start(document, span))[depth : depth + 1]
    last = outline.path(span.end - 1)[depth : depth + 1]
    if not (first and last) or first == last:
        return ""
    if not (is_clause(first[0]) and is_clause(last[0])):
        return ""
    dot = "" if first[0].label[0] == "(" else "."
    if first[0].label == last[0].label:  # a clause that is deleted, and the one in its place
        return f"{dot}{last[0].label}"
    return f"{dot}{first[0].label}–{last[0].label}"


def _by_page(document: Document, span: Span, outline: Outline) -> str:
    return _page(document, span, KINDS[document.entry.kind].grammar)


def _by_part(document: Document, span: Span, outline: Outline) -> str:
    """A memo's numbered Part; without one its page says more."""
    where = _by_section(document, span, outline)
    return where if where.startswith(("Part", "App.")) else ""


def _page(document: Document, span: Span, grammar: Grammar) -> str:
    start = body_start(document, span)
    first, last = page_at(document.pages, start), page_at(document.pages, span.end - 1)
    if first is None or last is None:
        return ""
    note = "".join(f" n.{m.detail}" for m in _footnotes(document, span)[:1])
    if first.label:
        return f"{_printed_pages(first.label, last.label or first.label, grammar)}{note}"
    if first.number is None:
        return ""
    number = str(first.number)
    if last.number is not None and last.number > first.number:
        number += f"–{last.number}"
    before = _BEFORE_NUMBER.get(grammar, "pp." if "–" in number else "p.")
    return f"{before} {number}{note}"


def _printed_pages(first: str, last: str, grammar: Grammar) -> str:
    """ "at 935–36" by the labels of two pages; "slip op. 2" and "slip op. 3" give one range.

    A stretch that runs from one numbering into another is placed by its first page.
    """
    series, _, start = first.rpartition(" ")
    other, _, end = last.rpartition(" ")
    pages = start if end == start or other != series else f"{start}–{end}"
    before = f"{series} at" if series else _BEFORE_LABEL.get(grammar, "at")
    return f"{before} {pages}"


def _footnotes(document: Document, span: Span) -> list[Mark]:
    """The footnotes that the whole of a stretch lies in."""
    start = body_start(document, span)
    return [
        mark
        for mark in document.marks
        if mark.type == "footnote" and mark.span.start <= start and span.end <= mark.span.end + 1
    ]


def _counted(document: Document, span: Span) -> str:
    """The paragraph: by the publisher's number where there is one, else counted from the top."""
    start = body_start(document, span)
    notes = _footnotes(document, span)
    numbered = [m for m in document.marks if m.type == "paragraph" and m.span.start <= start]
    if notes:  # which may stand at the end of the file, far from its paragraph
        return f"n.{notes[0].detail}"
    if numbered:
        return f"¶ {numbered[-1].detail}"
    above = document.text[:start].count("\n") + 1
    headings = sum(1 for m in document.marks if m.type == "heading" and m.span.start < start)
    return f"para. {max(above - headings, 1)}"


_BEFORE_LABEL: dict[Grammar, str] = {"transcript": "tr. at"}
_BEFORE_NUMBER: dict[Grammar, str] = {"opinion": "slip op. at", "transcript": "tr. at"}
_FIRST_BY = {
    "code": _by_section,
    "order": _by_section,
    "agreement": _by_section,
    "memo": _by_part,
    "opinion": _by_page,
    "prose": _by_page,
    "transcript": _by_page,
}
