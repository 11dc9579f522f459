"""What a document says of itself: its title, and the day it was issued when it states one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pincite.types import Mark, Reading

_DAY_FACTS = ("issued", "date", "date_signed", "enacted", "published")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")
_MONTH = "([A-Z][A-Za-z]{2,8})"
_DAY = r"\b(\d{1,2})"
_YEAR = r"(\d{4})\b"
_MONTH_FIRST = re.compile(rf"\b{_MONTH}\.? {_DAY}, ?{_YEAR}")
_DAY_FIRST = re.compile(rf"{_DAY} {_MONTH}\.?,? {_YEAR}")
# A line of the head that says which date it is: "Decided June 27, 1997", "DATE: 4 May 2020".
_SAYS_SO = re.compile(r"(?i)\W*(?:dated?|decided|issued|signed|adopted|enacted|approved)\b")
_FILE_NAME = re.compile(r"(?i)untitled.*|microsoft word.*|.*\.(?:docx?|pdf|indd|qxd|rtf|wpd)")
_SECTION = re.compile(r"§|Sec(?:tion|\.) ?\d")
_PART = re.compile(r"(?i)syllabus|summary|introduction|contents|table of contents|opinion|abstract")
_OPENING_LINES = 3
_HEAD_LINES = 15
_SHORT = 100
_TITLE_MAX = 300


def title_of(reading: Reading) -> str | None:
    """The title: what the metadata says, else of the headings that open the document the highest.

    "Title 8 / Chapter 12 / § 1373. Communication" is titled by its section.
    """
    headings = list(_opening_headings(reading))
    words = [" ".join(mark.span.of(reading.text).split()) for mark in headings]
    for name, value in reading.facts:
        stated = " ".join(value.split())
        # A reader may hand on a heading as the title; which one it is gets decided here.
        if name == "title" and stated not in ("", *words) and not _FILE_NAME.fullmatch(stated):
            return stated
    highest = min((mark.detail or "9" for mark in headings), default="")
    levels = zip(words, headings, strict=True)
    titles = [
        *(heading for heading in words if _SECTION.match(heading)),
        *(heading for heading, mark in levels if (mark.detail or "9") == highest),
    ]
    fit = (title for title in titles if 0 < len(title) <= _TITLE_MAX)
    return next((title for title in fit if not _PART.fullmatch(title)), None)


def _opening_headings(reading: Reading) -> Iterator[Mark]:
    """The headings that open a document, one below the other, before any other words."""
    text = reading.text
    headings = sorted((m for m in reading.marks if m.type == "heading"), key=lambda m: m.span)
    end = None
    for mark in headings:
        first = end is None and text.count("\n", 0, mark.span.start) < _OPENING_LINES
        below = end is not None and not text[end : mark.span.start].strip()
        if not first and not below:
            return
        end = mark.span.end
        yield mark


def date_of(reading: Reading) -> date | None:
    """The day a document bears: from its metadata, else from its head when that names one day."""
    facts = dict(reversed(reading.facts))  # the first of a name counts
    for name in _DAY_FACTS:
        if name in facts:
            return day_in(facts[name])
    lines = reading.text.split("\n", _HEAD_LINES)[:_HEAD_LINES]
    stated = [line.strip() for line in lines if len(line) <= _SHORT and _is_date_line(line)]
    days = {day for line in stated for day in _days(line)}
    return days.pop() if len(days) == 1 else None


def day_in(text: str) -> date | None:
    """The day that a text of nothing else means: "2017-01-25", "Jan. 25, 2017"; never "1/2/17"."""
    text = " ".join(text.split())
    if iso := _ISO.fullmatch(text):
        return next(_day(int(iso[1]), int(iso[2]), int(iso[3])), None)
    bare = re.sub(r"^[A-Z][a-z]+day,? ", "", text)
    alone = any(pattern.fullmatch(bare) for pattern in (_MONTH_FIRST, _DAY_FIRST))
    return next(_days(bare), None) if alone else None


def _is_date_line(line: str) -> bool:
    """Whether a line is a date, says that it holds one, or ends "of May 4, 2020"."""
    bare = line.strip(" .*_()")
    return bool(_SAYS_SO.match(line)) or any(
        pattern.fullmatch(bare) or re.search(rf" of {pattern.pattern}$", bare)
        for pattern in (_MONTH_FIRST, _DAY_FIRST)
    )


def _days(text: str) -> Iterator[date]:
    for month, day, year in _MONTH_FIRST.findall(text):
        yield from _day(int(year), _number(month), int(day))
    for day, month, year in _DAY_FIRST.findall(text):
        yield from _day(int(year), _number(month), int(day))


def _number(month: str) -> int:
    """1 to 12 for a month's name or its first letters; 0 for another word."""
    name = month.lower()
    return next((n for n, full in enumerate(_MONTHS, start=1) if full.startswith(name)), 0)


def _day(year: int, month: int, day: int) -> Iterator[date]:
    try:
        yield date(year, month, day)
    except ValueError:
        return
