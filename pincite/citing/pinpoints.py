"""The printed place of a stretch of a document: "§ 1373(a)", "at 935 n.11", "p. 4".

pinpoint(document, Span(120, 180))   # "§ 1357(g)(10)"
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pincite.citing.acts import Change
from pincite.citing.bodies import body_start, common_path
from pincite.citing.bylines import author_of
from pincite.citing.outline import Outline, outline_of
from pincite.citing.paging import counted, page_at, page_of, register_pages
from pincite.citing.sectioned import by_section
from pincite.kinds import KINDS, Kind
from pincite.types import Document, Locator, Span

_NUMERAL = re.compile(r"[IVXL]+(?:\.\S+)*")
# Above the first section of an order stand its recitals, of an act its long title.
_RECITAL = re.compile(r"whereas\b|now, therefore|by (?:the authority|virtue)|we the people", re.I)
_LONG_TITLE = re.compile(r"to [a-z]+ |an? (?:local law|act)\b", re.I)
_SECTIONED = frozenset({"code", "order", "agreement", "memo"})


@dataclass(frozen=True, slots=True)
class Pin:
    """Where a stretch stands, by the custom of its kind, and what its citation needs besides.

    `text` is the printed locator, of an act with what it changes; `pages` are the printed pages of
    a reporter or register; `author` is whom the head of a memo or an article names.
    """

    text: str = ""
    where: Locator = field(default_factory=Locator)
    pages: str = ""
    change: Change | None = None
    author: str = ""

    @property
    def unit(self) -> str:
        """The place in the act itself: "§ 1" of "§ 1 (amending § 9-131)"."""
        return self.text.removesuffix(f" ({self.change})") if self.change else self.text


def pin(document: Document, span: Span) -> Pin:
    """All that a citation says of where a stretch stands."""
    outline = outline_of(document)
    unit, change = _found(document, span, outline)
    start = body_start(document, span)
    return Pin(
        text=_whole(unit, change),
        where=locator(document, span, outline),
        pages=register_pages(document, start, span.end),
        change=change,
        author=author_of(document),
    )


def locator(document: Document, span: Span, outline: Outline | None = None) -> Locator:
    """Where a stretch stands: the labels and headings that hold all of it, and its first page."""
    path = common_path(outline or outline_of(document), document, span)
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
    outline = outline_of(document)
    return [_whole(*_found(document, span, outline)) for span in spans]


def _whole(unit: str, change: Change | None) -> str:
    return f"{unit} ({change})" if change else unit


def _found(document: Document, span: Span, outline: Outline) -> tuple[str, Change | None]:
    """The place of a stretch, and what the act that it stands in does there."""
    grammar = KINDS[document.entry.kind].grammar
    start = body_start(document, span)
    if grammar in _SECTIONED or document.entry.kind == Kind.OTHER:
        unit, change = by_section(document, span, outline)
        if grammar == "memo" and not unit.startswith(("Part", "App.")):
            unit = ""  # its page says more
        if unit:
            return unit, change
    page = page_of(document, start, span.end, grammar)
    if grammar == "opinion" and not page:
        return _in_opinion(document, span, outline), None
    if not page and document.entry.kind == Kind.RESOLUTION:
        page = _recital(document, start)
    return _above_units(document, start) or page or counted(document, start, span.end), None


def _in_opinion(document: Document, span: Span, outline: Outline) -> str:
    """Where no page is printed: the note, or the Part and the publisher's paragraph."""
    start = body_start(document, span)
    path = common_path(outline, document, span)
    syllabus = next((section for section in path if section.part == "syllabus"), None)
    if syllabus and syllabus.label == "Syllabus":
        return f"syllabus, {counted(document, start, span.end, syllabus.span.start)}"
    place = counted(document, start, span.end)
    parts = [section.label for section in path if _NUMERAL.fullmatch(section.label)]
    return f"Part {parts[-1]}, {place}" if parts and place.startswith("¶") else place


def _recital(document: Document, start: int) -> str:
    """ "Whereas cl. 8" or "Resolved cl. 1" of a resolution without numbers."""
    line = document.text.rfind("\n", 0, start) + 1
    for word in ("Whereas", "Resolved"):
        opening = re.compile(rf"^(?:be it (?:further )?)?{word}\b", re.IGNORECASE | re.MULTILINE)
        if opening.match(document.text, line):
            return f"{word} cl. {len(opening.findall(document.text, 0, line)) + 1}"
    return ""


def _above_units(document: Document, start: int) -> str:
    """ "pmbl., para. 4" of an order's recitals, "long title" of an act."""
    line = document.text.rfind("\n", 0, start) + 1
    kind = document.entry.kind
    if kind in (Kind.EXECUTIVE_ORDER, Kind.CONSTITUTION) and _RECITAL.match(document.text, line):
        return f"pmbl., {counted(document, start, start + 1)}"
    is_act = kind in (Kind.AMENDING_ACT, Kind.BILL)
    return "long title" if is_act and _LONG_TITLE.match(document.text, line) else ""
