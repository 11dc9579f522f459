"""The numbers, amounts, times and dates of a sentence, however they are written.

"twenty-four hours", "24 hours" and "a 24-hour period" are one; so are "$1,000" and "one thousand
dollars", "March 3" and "3 March".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pincite.number_words import ONES, TENS

Figure = tuple[str, str]
"""A value and what it counts: ("24", "hour"), ("1000", "dollar"), ("3", "march"), ("7", "")."""

_NTH = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_YEAR = """
    january february march april may june july august september october november december
"""
_SMALL = ONES | TENS
_LARGE = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_ORDINALS = {word: value for value, word in enumerate(_NTH.split(), start=1)}
_MONTHS = _YEAR.split()
_UNITS = {
    "second": "second",
    "minute": "minute",
    "hour": "hour",
    "hr": "hour",
    "day": "day",
    "week": "week",
    "month": "month",
    "year": "year",
    "dollar": "dollar",
    "cent": "cent",
    "percent": "percent",
    "per cent": "percent",
    "%": "percent",
    "mile": "mile",
    "foot": "foot",
    "feet": "foot",
}
_WORD = "|".join(sorted([*_SMALL, *_LARGE], key=len, reverse=True))
_FIGURE = re.compile(
    rf"(?P<digits>\d+(?:,\d{{3}})*(?:\.\d+)?)(?P<nth>st|nd|rd|th)?\b"
    rf"|\b(?P<words>(?:{_WORD})(?:(?:[\s-]+|\s+and\s+)(?:{_WORD}))*)\b"
    rf"|\b(?P<ordinal>{'|'.join(_ORDINALS)})\b",
    re.I,
)
_UNIT = re.compile(
    r"^(?:[\s-]*\(\s*\$?[\d,.]+\s*\))?[\s-]*(?:(?:and\s+)?(?!per\b)[a-z]+\s+)?"
    r"(?P<unit>seconds?|minutes?|hours?|hrs?|days?|weeks?|months?|years?|dollars?|cents?|percent"
    r"|per cent|%|miles?|foot|feet)(?![a-z])",
    re.I,
)
_MONTH = re.compile(
    rf"\b(?P<month>{'|'.join(m for m in _MONTHS if m != 'may')}|May(?=\s+\d)|(?<=\d )May)\b"
    r"|\b(?P<short>jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?(?=\s+\d)",
    re.I,
)
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_SLASHED = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
_PRONOUN = "one"


def figures(text: str) -> set[Figure]:
    """Every number with what it counts; a date gives its month, its day and its year."""
    return set(_figures(_SLASHED.sub(_american, _ISO.sub(_spoken, text))))


def _figures(text: str) -> Iterator[Figure]:
    for match in _MONTH.finditer(text):
        short = (match["month"] or match["short"]).lower()[:3]
        yield next(m for m in _MONTHS if m.startswith(short)), "month of the year"
    for match in _FIGURE.finditer(text):
        value = _value(match)
        unit = _unit(text, match)
        # "no one", "one of them", "first obtain": words that often count nothing.
        vague = match[0].lower() == _PRONOUN or match["ordinal"]
        if unit or not vague:
            yield value, unit


def _value(match: re.Match[str]) -> str:
    if match["digits"]:
        number = match["digits"].replace(",", "")
        if "." in number:
            return number.rstrip("0").rstrip(".")
        return number.lstrip("0") or "0"  # int() refuses what a document may hold: 5,000 digits
    if match["ordinal"]:
        return str(_ORDINALS[match["ordinal"].lower()])
    return str(_summed(re.findall(r"[a-z]+", match["words"].lower())))


def _summed(words: list[str]) -> int:
    """["two", "hundred", "and", "fifty"] as 250."""
    total = group = 0
    for word in words:
        if word in _SMALL:
            group += _SMALL[word]
        elif word == "hundred":
            group = (group or 1) * 100
        elif word in _LARGE:
            total, group = total + (group or 1) * _LARGE[word], 0
    return total + group


def _unit(text: str, match: re.Match[str]) -> str:
    before = text[max(0, match.start() - 2) : match.start()].rstrip()
    if before.endswith("$"):
        return "dollar"
    if before.endswith("§"):
        return "section"
    if match["nth"] or match["ordinal"]:
        return "th" if match["nth"] or _counts(text, match) else ""
    after = _UNIT.match(text[match.end() : match.end() + 60])
    if after is None:
        return ""
    said = after["unit"].lower()
    return _UNITS.get(said) or _UNITS[said.rstrip("s")]


def _counts(text: str, match: re.Match[str]) -> bool:
    """Whether an ordinal counts something: "a second offense", not "must first obtain"."""
    after = text[match.end() : match.end() + 40].lower()
    return re.match(r"\s+(?:offen[cs]es?|violations?|time|degree|day|year)\b", after) is not None


def _spoken(match: re.Match[str]) -> str:
    year, month, day = match.groups()
    return f"{_month(month)} {int(day)}, {year}"


def _american(match: re.Match[str]) -> str:
    month, day, year = match.groups()
    return f"{_month(month)} {int(day)}, {year}"


def _month(number: str) -> str:
    at = int(number)
    return _MONTHS[at - 1].capitalize() if 1 <= at <= 12 else number


def unsupported_figures(statement: str, quotes: str) -> set[Figure]:
    """The figures of a statement that its quotes do not hold.

    One that counts nothing by name is held by its value alone.
    """
    said = figures(quotes)
    values = {value for value, _ in said}
    return {
        (value, unit)
        for value, unit in figures(statement)
        if (value, unit) not in said and (unit or value not in values)
    }
