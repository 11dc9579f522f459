"""What a longer stretch covers: "(a)–(c)" of one section, "§§ 27A.1–.4" of a chapter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pincite.citing.outline import Outline, is_clause, is_unit
from pincite.types import Section

_NUMBER = re.compile(r"(?P<sign>§§?|Secs?\.) ?(?P<number>\d\S*)")


def clause_range(outline: Outline, start: int, end: int, depth: int) -> str:
    """The range of clauses below `depth` that a stretch covers (Bluebook rule 3.3(c)).

    It names the clause in which a stretch begins or ends where that is not the first or last:
    "(a)(5)–(b)".
    """
    first, last = outline.path(start)[depth:], outline.path(end - 1)[depth:]
    if not (first and last) or first[0] == last[0]:
        return ""
    if not (is_clause(first[0]) and is_clause(last[0])):
        return ""
    dot = "" if first[0].label[0] == "(" else "."
    if first[0].label == last[0].label:  # a clause that is deleted, and the one in its place
        return f"{dot}{last[0].label}"
    if _runs_backward(first[0].label, last[0].label):  # a section's heading was lost between
        return ""
    begun = [s for s, above in zip(first[1:], first, strict=False) if start > above.span.start]
    left = [s for s, above in zip(last[1:], last, strict=False) if end < above.span.end]
    return f"{dot}{_chain(first[:1], begun)}–{_chain(last[:1], left)}"


def unit_range(outline: Outline, start: int, end: int, depth: int) -> str:
    """The range of sections of a chapter that a stretch covers (Bluebook rule 3.3(b))."""
    first, last = outline.path(start)[depth:], outline.path(end - 1)[depth:]
    units = [next((s for s in path if is_unit(s)), None) for path in (first, last)]
    matches = [_NUMBER.fullmatch(unit.label) for unit in units if unit]
    low, high = (*matches, None, None)[:2]
    if low is None or high is None or low["number"] == high["number"]:
        return ""
    return f"§§ {numbers(low['number'], high['number'])}"


def numbers(low: str, high: str) -> str:
    """ "7-68-103 to -105", "18.51.005–.560", "1401–1406": what both share is said once."""
    at = max(low.rfind("-"), low.rfind(".")) + 1
    shared = at > 0 and low[:at] == high[:at]
    rest = high[at - 1 :] if shared else high
    return f"{low} to {rest}" if "-" in low else f"{low}–{rest}"


def shortened(first: str, last: str) -> str:
    """ "8444–45" of 8444 and 8445: the last two digits suffice (Bluebook rule 3.2(a))."""
    if first == last:
        return first
    same = len(first) == len(last) > 2 and first[:-2] == last[:-2]
    return f"{first}–{last[-2:] if same else last}"


def _chain(head: Sequence[Section], below: Sequence[Section]) -> str:
    labels = [section.label for section in (*head, *below) if is_clause(section)]
    return labels[0] + "".join(one if one[0] == "(" else f".{one}" for one in labels[1:])


def _runs_backward(first: str, last: str) -> bool:
    low, high = (label.strip("()") for label in (first, last))
    return len(low) == len(high) == 1 and low.islower() == high.islower() and high < low
