"""The day that a question names for the law it asks about: "in 2015", "as of April 26, 2021"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

Match = re.Match[str]
_Reading = Callable[[Match], tuple[date, date]]

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
        start=1,
    )
}
_MONTH = (
    r"(?P<month>jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?\.?|july?\.?"
    r"|aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_YEAR = r"(?P<year>1[6-9]\d\d|2\d\d\d)\b(?!-\d)"
_PART = (
    r"(?:(?P<part>early|mid|late)[\s-]+(?:in\s+)?)?"
    r"(?:the\s+(?P<edge>start|beginning|middle|end)\s+of\s+)?"
)
_SEASON = r"(?P<season>winter|spring|summer|fall|autumn)"
_SEASONS = {"winter": 2, "spring": 5, "summer": 8, "fall": 11, "autumn": 11}
_LEAD = (
    r"(?P<lead>\b(?:as\s+of|back\s+in|in|on|during|by|at|before|prior\s+to|until|till|around|circa"
    r"|throughout|stood(?:\s+(?:in|on|at))?|through)\s+(?:about\s+|the\s+year\s+)?)"
)
_ENDS_BEFORE = re.compile(r"\b(?:before|prior\s+to|until|till)\s*", re.I)
# A day that says which text is meant, not when: "the order signed in January 2017".
_OF_A_TEXT = re.compile(
    r"\b(?:issued|signed|adopted|enacted|passed|introduced|dated|published|decided|written|filed"
    r"|announced|amended|added|created|revoked|repealed|replaced|superseded|expired?|began|begun"
    r"|started|effective|from)\b[\s\w]{0,24}$",
    re.I,
)
_NOW = re.compile(
    r"\b(?:today|now(?:adays)?|currently|at\s+present|presently|these\s+days|still|current)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a question names, and the words that name them."""

    first: date
    last: date
    words: str


def periods_named(question: str) -> tuple[Period, ...]:
    """The times as of which a question asks for the law, in the order of its words.

    A year that only tells one text from another ("Local Law 58 of 2014", "signed in 2017") is
    none, nor is a time in a question about today.
    """
    found: dict[int, Period] = {}
    taken: list[tuple[int, int]] = []
    today = _NOW.search(question) is not None
    for pattern, period in _FORMS:
        for match in pattern.finditer(question):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            of_a_text = _OF_A_TEXT.search(question[: match.start()].rstrip() + " ")
            if of_a_text or (today and not match[0].lower().startswith("as of")):
                continue
            if (bounded := _bounded(match, period)) is not None:
                found[match.start()] = bounded
    return tuple(found[at] for at in sorted(found))


def _bounded(match: Match, period: _Reading) -> Period | None:
    try:
        first, last = period(match)
    except ValueError:  # a thirtieth of February
        return None
    if _ENDS_BEFORE.match(match["lead"]):
        first = last = first - timedelta(days=1)
    return Period(first, last, " ".join(match[0].split()))


def _day(match: Match) -> tuple[date, date]:
    day = date(int(match["year"]), _month(match["month"]), int(match["day"]))
    return day, day


def _iso(match: Match) -> tuple[date, date]:
    day = date.fromisoformat(match["iso"])
    return day, day


def _of_month(match: Match) -> tuple[date, date]:
    year, month = int(match["year"]), _month(match["month"])
    last = monthrange(year, month)[1]
    first, last = _part(match, 1, last, {"early": 10, "mid": 15, "start": 1, "middle": 15})
    return date(year, month, first), date(year, month, last)


def _of_season(match: Match) -> tuple[date, date]:
    year, month = int(match["year"]), _SEASONS[match["season"].lower()]
    return date(year, max(1, month - 2), 1), date(year, month, monthrange(year, month)[1])


def _of_year(match: Match) -> tuple[date, date]:
    year = int(match["year"])
    first, last = _part(match, 1, 12, {"early": 4, "mid": 6, "start": 1, "middle": 6})
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _part(match: Match, first: int, last: int, ends: dict[str, int]) -> tuple[int, int]:
    """The early, middle or late part of a month's days or a year's months."""
    name = (match["part"] or match["edge"] or "").lower().replace("beginning", "start")
    if name in ("mid", "middle"):
        return ends[name], ends[name]
    if name in ("late", "end"):
        return last, last
    return (first, ends[name]) if name else (first, last)


def _month(name: str) -> int:
    return _MONTHS[name[:3].lower()]


def _form(body: str, period: _Reading) -> tuple[re.Pattern[str], _Reading]:
    return re.compile(_LEAD + body, re.I), period


# The narrowest first: "in April 2021" is no "2021".
_FORMS = (
    _form(r"(?P<iso>\d{4}-\d\d-\d\d)\b", _iso),
    _form(rf"{_MONTH}\s+(?P<day>\d\d?)(?:st|nd|rd|th)?,?\s+{_YEAR}", _day),
    _form(rf"(?P<day>\d\d?)(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}", _day),
    _form(rf"(?:the\s+)?{_PART}{_MONTH},?\s+(?:of\s+)?{_YEAR}", _of_month),
    _form(rf"(?:the\s+)?{_SEASON}\s+(?:of\s+)?{_YEAR}", _of_season),
    _form(rf"{_PART}{_YEAR}", _of_year),
)  # fmt: skip
