"""The length, the amount, the date or the number of a quote that a question asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice

from pincite.types import Span
from pincite.words import stem, terms, words
from service.answering.asking import expected
from service.answering.clauses import ALONE, ENOUGH, LEAST_APART, Clause

# More figures than this in one clause decide nothing; a section's sign stands so near its number.
_MOST_HELD = 8
_LOOK_BACK = 40
_HOW_MANY = re.compile(r"\bhow\s+(?:many|few)\s+(?P<of>(?:[\w’'-]+\s+){1,3})", re.I)
_FIGURE = re.compile(
    r"\d[\d,.]*|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|\w+ty)\b", re.I
)
# "Section 5", "No. 12", "(3)": numbers of clauses.
_ITEM = re.compile(
    r"(?:§+|[Ss]ections?|[Ss]ec\.|[Nn]os?\.|[Pp]aragraphs?|[Ss]ubdivisions?)\s*$|^\W*\($"
)
_ITEM_MARK = re.compile(r"\d+[.)]\s")
_BEFORE = re.compile(
    r"(?:\b(?:at least|at most|within|up to|more than|less than|fewer than|not to exceed"
    r"|n(?:ot|o) (?:more|less|later|fewer|longer) than|not exceed(?:ing)?"
    r"|by|until|after|before|once"
    r")\s+)?(?:\b[a-z]+(?:-[a-z]+)?\s+\()?\$?[\d,.]*$",
    re.I,
)
_BEHIND = re.compile(
    r"[\d,.]*\d(?:,\s\d{4})?(?:\s(?:million|billion|thousand|per ?cent|dollars))?|,\s\d{4}"
    r"|\s(?:million|billion|thousand|per ?cent|dollars)\b|%"
)


def quantity(
    question: str, quote: str, rows: Sequence[Clause], wanted: Mapping[str, float]
) -> list[Span]:
    """The length, amount or date in the clause nearest to the question."""
    held = [(row.share, _held(question, quote, row)) for row in rows]
    told = [(share, [m for m in found if _FIGURE.search(m[0])]) for share, found in held]
    # "Immediately" is an answer only where no length is told.
    kept = told if any(found for _, found in told) else held
    return _only(quote, [(share, [_widened(quote, m) for m in found]) for share, found in kept])


def number(
    question: str, quote: str, rows: Sequence[Clause], wanted: Mapping[str, float]
) -> list[Span]:
    """The number that stands before what is counted."""
    counted = counted_in(question)
    held = []
    for row in rows:
        found = []
        for match in _held(question, quote, row):
            behind = quote[match.end() : row.span.end].split()[:4]
            if {stem(word) for word in words(" ".join(behind))} & counted:
                found.append(_widened(quote, match))
        held.append((row.share, found))
    return _only(quote, held)


def _held(question: str, quote: str, row: Clause) -> list[re.Match[str]]:
    """What of the sort that is asked for stands in a clause, clause numbers apart."""
    holds = expected(question)
    found = holds.finditer(quote, row.span.start, row.span.end) if holds else ()
    told = (match for match in found if not _is_number_of_clause(quote, match))
    return list(islice(told, _MOST_HELD))


def _is_number_of_clause(quote: str, match: re.Match[str]) -> bool:
    first = max(0, match.start() - _LOOK_BACK)
    line = quote.rfind("\n", first, match.start()) + 1 or first
    before = quote[line : match.start()]
    opens = line == match.start() and _ITEM_MARK.match(quote, match.start()) is not None
    return opens or _ITEM.search(before) is not None


def _only(quote: str, held: Sequence[tuple[float, list[Span]]]) -> list[Span]:
    """What the nearest clause holds, where that is one or two things, and none as near differs."""
    full = sorted(
        ((share, _joined(found)) for share, found in held if found), key=lambda row: -row[0]
    )
    if not full or len(full[0][1]) > 2:
        return []
    near = [found for share, found in full if share >= full[0][0] - LEAST_APART]
    if full[0][0] < (ALONE if len(full) == 1 else ENOUGH):
        return []
    alike = len({_figures(quote, found) for found in near}) == 1
    return near[0] if alike else []


def _figures(quote: str, spans: Sequence[Span]) -> tuple[str, ...]:
    return tuple(match[0].lower() for one in spans for match in _FIGURE.finditer(one.of(quote)))


def _joined(spans: Sequence[Span]) -> list[Span]:
    """The stretches without those that lie in another: the year of a date."""
    return [one for one in spans if not any(other != one and other.holds(one) for other in spans)]


def _widened(quote: str, match: re.Match[str]) -> Span:
    """A quantity with "at least" before it and the rest of its digits behind it."""
    first = max(0, match.start() - _LOOK_BACK)
    before = _BEFORE.search(quote[first : match.start()])
    start = first + before.start() if before else match.start()
    behind = _BEHIND.match(quote, match.end())
    end = behind.end() if behind else match.end()
    while end > match.start() + 1 and quote[end - 1] in ".,":
        end -= 1
    return Span(start, end)


def counted_in(question: str) -> set[str]:
    """The stems of what a question asks the number of."""
    match = _HOW_MANY.search(question)
    return set(terms(match["of"])) if match else set()
