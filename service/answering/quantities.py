"""Lengths of time and amounts of money as numbers that can be compared.

quantities("not more than forty-eight (48) hours")    # one: a length of 48 hours, at most
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pincite.number_words import ONES, TENS

Bound = Literal["least", "most", ""]

# In hours; a month and a year as the law's plain reader counts them.
_HOURS = {"minute": 1 / 60, "hour": 1, "day": 24, "week": 168, "month": 720, "year": 8760}
_TIMES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_SMALL, _WORDS = list(ONES), ONES | TENS
_NAMED = rf"(?:{'|'.join(TENS)})(?:-(?:{'|'.join(_SMALL[1:10])}))?|{'|'.join(reversed(_SMALL))}"
_LENGTH = re.compile(
    rf"(?<![\w.,-])(?P<number>\d{{1,6}}(?:,\d{{3}}){{0,4}}|{_NAMED})(?:\s+\((?P<same>\d{{1,6}})\))?"
    r"[\s-](?:(?:business|calendar|working|consecutive)\s)?(?P<unit>minute|hour|day|week|month|year)s?\b",
    re.I,
)
_MONEY = re.compile(
    r"\$\s?(?P<number>\d{1,12}(?:,\d{3})*(?:\.\d{1,2})?)(?:\s(?P<times>thousand|million|billion))?"
)
_LEAST = re.compile(r"\b(?:at least|n(?:o|ot) (?:less|fewer|sooner) than|a minimum of)\s+$", re.I)
_MOST = re.compile(
    r"\b(?:within|at most|up to|n(?:o|ot) (?:more|longer|later) than|not (?:to )?exceed(?:ing)?"
    r"|longer than|more than|exceed(?:ing|s)?|a maximum of)\s+$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure of one sort (hours, dollars), how it bounds, and its words in the text."""

    sort: Literal["length", "money"]
    value: float
    bound: Bound
    words: str


def quantities(text: str) -> list[Quantity]:
    """The lengths of time and the amounts of money in a text, in order."""
    found = [(m.start(), _length(text, m)) for m in _LENGTH.finditer(text)]
    found += [(m.start(), _money(text, m)) for m in _MONEY.finditer(text)]
    return [quantity for _, quantity in sorted(found, key=lambda row: row[0])]


def number_of(word: str) -> int:
    """A number from its digits or its words: "48", "forty-eight"."""
    digits = word.replace(",", "")
    if digits.isdigit():
        return int(digits)
    return sum(_WORDS[part] for part in word.lower().split("-"))


def _length(text: str, match: re.Match[str]) -> Quantity:
    value = number_of(match["same"] or match["number"]) * _HOURS[match["unit"].lower()]
    return _bounded(text, match, "length", value)


def _money(text: str, match: re.Match[str]) -> Quantity:
    value = float(match["number"].replace(",", "")) * _TIMES.get(match["times"] or "", 1)
    return _bounded(text, match, "money", value)


def _bounded(
    text: str, match: re.Match[str], sort: Literal["length", "money"], value: float
) -> Quantity:
    before = text[max(0, match.start() - 40) : match.start()]
    for pattern, bound in _BOUNDS:
        if (found := pattern.search(before)) is not None:
            return Quantity(sort, value, bound, f"{found[0]}{match[0]}")
    return Quantity(sort, value, "", match[0])


_BOUNDS: tuple[tuple[re.Pattern[str], Bound], ...] = ((_LEAST, "least"), (_MOST, "most"))
