"""What a text is for, in its own words, and how a clause begins.

A ruling is for what it holds, an order for its policy, a resolution for what it resolves, others
for their purpose or their first rule; a text without any of these is what it begins with.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from pincite.authority import is_recital
from pincite.kinds import Kind
from pincite.sentences import sentences
from pincite.types import Document, Section, Span
from service.answering.asides import opens_midway
from service.answering.by_rule.holding import holding_of
from service.answering.stretches import has_deleted
from service.answering.units import DRAFTS, LEADS, units

_MOST_WORDS, _LEAST_WORDS = 120, 6
# Sections further within are about a part of the text.
_OUTER = 2
_POLICY = re.compile(r"\W*(?:statement of )?polic(?:y|ies)\b", re.I)
_PURPOSE = re.compile(
    r"\W*(?:statement of |legislative )?(?:purposes?|intent|objectives?|summary|overview)\b", re.I
)
_NO_RULE = re.compile(
    r"\b(?:definitions?|short title|findings|background|preamble|purposes?)\b", re.I
)
_RULES = re.compile(
    r"\b(?:shall|must|may (?:not|only)|unlawful"
    r"|(?:is|are) (?:hereby )?(?:prohibited|required|revoked))\b"
)
_SAVES = re.compile(
    r"\bnothing (?:in|contained in) this\b|\bseverab|\btakes? effect\b|\bwhereas\b", re.I
)
_DEFINES = re.compile(
    r"\b(?:shall )?(?:means?|the following (?:terms|meanings)|as used in)\b", re.I
)
_TITLE = re.compile(
    r"^(?:Title:\s)?(?P<title>(?:A (?:Local Law|Bill)|An Act)\b[^\n]{0,300}?"
    r"\b(?:to|relating|concerning)\b[^\n]{10,400})$",
    re.I | re.M,
)
_RESOLVED = re.compile(r"\W*(?:be it )?(?:further )?resolved\b", re.I)
_LEGISLATION = frozenset(
    {Kind.STATUTE, Kind.ORDINANCE, Kind.AMENDING_ACT, Kind.BILL, Kind.EXECUTIVE_ORDER}
)
_LOOKED_AT = 200
# What a text is for stands near its beginning, and a code may have millions of characters.
_LOOKED_THROUGH = 60_000


def clause(document: Document, span: Span) -> list[Span]:
    """The beginning of a clause; its first rule where it begins with definitions."""
    opening = _opening(document, span)
    if not opening or not _DEFINES.search(opening[0].of(document.text)[:_LOOKED_AT]):
        return opening
    return _first(document, _is_rule, span) or opening


def gist(document: Document) -> list[Span]:
    """Where a text says what it is for or does: at most two stretches, none where it is not known.

    A ruling's holding; a policy, else a purpose; what is resolved; the first rule; the beginning.
    """
    kind, all_ = document.entry.kind, Span(0, len(document.text))
    if kind is Kind.COURT_RULING:
        return holding_of(document)
    if kind is Kind.RESOLUTION:
        return _first(document, lambda text: bool(_RESOLVED.match(text)))
    if kind is Kind.EXECUTIVE_ORDER:
        return _headed(document, _POLICY) or _first(document, _is_rule) or _opening(document, all_)
    if kind in (Kind.BILL, Kind.AMENDING_ACT) and (title := _long_title(document)) is not None:
        return [title, *_first(document, _is_rule)]
    found = _headed(document, _PURPOSE) or _headed(document, _POLICY)
    found = found or (_first(document, _is_rule) if kind in _LEGISLATION else [])
    return found or _opening(document, all_)


def _long_title(document: Document) -> Span | None:
    """The line in which a bill says what it does: "A Local Law to amend ..., in relation to"."""
    found = _TITLE.search(document.text, 0, _LOOKED_THROUGH)
    return Span(*found.span("title")) if found else None


def _headed(document: Document, form: re.Pattern[str]) -> list[Span]:
    """The beginning of the first section that is headed so."""
    for section in document.sections:
        if section.part is None and section.level <= _OUTER and form.match(section.heading):
            return _opening(document, section.span)
    return []


def _first(
    document: Document, wanted: Callable[[str], bool], within: Span | None = None
) -> list[Span]:
    """The first stretch of that form outside definitions and the like."""
    beside = [one.span for one in document.sections if _is_beside(one)]
    within = within or Span(0, len(document.text))
    for unit in units(
        document, Span(within.start, min(within.end, within.start + _LOOKED_THROUGH))
    ):
        said = unit.of(document.text)
        if any(one.holds(unit) for one in beside) or len(said.split()) > _MOST_WORDS:
            continue
        if has_deleted(document, unit) or _recites(document, unit):
            continue
        if wanted(said):
            return [unit]
    return []


def _is_rule(text: str) -> bool:
    drawn = any(form.search(text) for form in (_DEFINES, DRAFTS, _SAVES))
    return bool(_RULES.search(text)) and not drawn and not opens_midway(text)


def _recites(document: Document, unit: Span) -> bool:
    """Whether the paragraph that a stretch is of says why, and orders nothing."""
    start = document.text.rfind("\n", 0, unit.start) + 1
    return is_recital(document.text[start : unit.end])


def _is_beside(section: Section) -> bool:
    return section.part is not None or bool(_NO_RULE.search(section.heading))


def _opening(document: Document, within: Span) -> list[Span]:
    """The beginning of a stretch below its headings: all of it, or whole sentences that fit."""
    headings = [mark.span for mark in document.marks if mark.type == "heading"]
    notes = [one.span for one in document.sections if one.part == "note" and within.holds(one.span)]
    said: Span | None = None
    end = min(within.end, within.start + _LOOKED_THROUGH)
    for span in sentences(document.text, within.start, end):
        if any(one.holds(span) for one in notes):
            break
        text = span.of(document.text)
        is_short = len(text.split()) < _LEAST_WORDS and not LEADS.search(text)
        is_title = is_short or any(one.holds(span) for one in headings)
        if said is None and (is_title or DRAFTS.search(text)):
            continue
        wider = span if said is None else Span(said.start, span.end)
        if len(wider.of(document.text).split()) > _MOST_WORDS and said is not None:
            break
        said = wider
    return [said] if said is not None else []
