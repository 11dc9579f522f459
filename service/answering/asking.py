"""What sort of words answers a question: a length of time, an amount, a number, a date.

expected("How many days is the notice?").search("at least 30 days before")    # a match
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from pincite.words import terms

_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty"
    "|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|half|third|quarter|once|twice"
)
# A run of digits is looked at once, from its start.
_NUMBER = rf"(?:(?<![\d,.])\d[\d,.]*|\b(?:{_WORDS})\b)"
_UNITS = "minutes?|hours?|days?|weeks?|months?|quarters?|years?"
_LENGTH = rf"{_NUMBER}[)\s-]{{0,3}}(?:business |calendar |working |consecutive )?(?:{_UNITS})\b"
_OFTEN = r"\b(?:daily|weekly|monthly|quarterly|(?:semi-?)?annual(?:ly)?|immediately|forthwith)\b"
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_DATE = rf"\b(?:{_MONTHS})[a-z]{{0,6}}\.? \d|\b(?:1[6-9]|20)\d\d\b"
# One row a sort: how it is asked for, and what its answer holds. The first that is asked counts.
_SORTS = [
    (
        rf"\bhow (?:long|soon|quickly|fast|often)\b|\bhow (?:many|few) (?:\w+ )?(?:{_UNITS})\b"
        r"|\bwhat (?:is the )?(?:deadline|time limit|term)\b|\bwithin what\b",
        rf"{_LENGTH}|{_OFTEN}",
    ),
    (
        r"\bhow much\b|\bwhat (?:percentage|share|per ?cent)\b"
        r"|\bwhat (?:is the |are the )?(?:\w+ )?(?:fine|fee|amount|damages|price|cost)\b",
        rf"[$€£]\s?\d|{_NUMBER} (?:dollars|cents|per ?cent)\b|\d\s?%",
    ),
    (r"\bhow (?:many|few)\b|\bwhat number\b", _NUMBER),
    (
        r"\b(?:what|which) (?:date|day|year|month)\b|^when (?:did|was|were|does|is|do|are)\b"
        r"|\b(?:since|until|by) when\b",
        rf"{_DATE}|{_LENGTH}",
    ),
]
_ROWS = [(re.compile(asks, re.I), re.compile(holds, re.I)) for asks, holds in _SORTS]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The question's terms with their rarity, and the sort of words that its answer holds."""

    terms: dict[str, float]
    sort: re.Pattern[str] | None = None


def wanted_of(question: str, rarity: Callable[[str], float]) -> Wanted:
    """What a question wants; `rarity` is that of a stem over all passages."""
    return Wanted({term: rarity(term) for term in terms(question)}, expected(question))


def expected(question: str) -> re.Pattern[str] | None:
    """What an answer to the question holds, or None where no one sort of thing is asked for."""
    return next((holds for asks, holds in _ROWS if asks.search(question)), None)
