"""The sort of words that would decide a question: a modal verb, a figure, an actor, a penalty."""

from __future__ import annotations

import re
from typing import Literal

from pincite.words import terms
from service.answering.asking import CONSEQUENCE, expected
from service.answering.figures import counted_in

Sort = Literal["consequence", "quantity", "number", "who", "yes_no"]

_UNITS = frozenset(terms("minute hour day week month year quarter"))
_SORTS: tuple[tuple[Sort, re.Pattern[str]], ...] = (
    (
        "who",
        re.compile(
            r"(?:^|[.,;?!-]\s*(?:and\s+)?)(?:who\b|whose\s+job|(?:by|to|from)\s+whom"
            r"|which\s+(?:\w+\s+)?(?:agency|officials?|officers?|department|body|authority|court))",
            re.I,
        ),
    ),
    (
        "yes_no",
        re.compile(
            r"(?:^|[.,;?!–-]\s*(?:and\s+|or\s+|but\s+|then\s+|so\s+)?)(?:may|must|can|could|should|shall"
            r"|will|would|is|are|was|were|does|dose|do|did|has|have|am)\s+(?!not\b)\w",
            re.I,
        ),
    ),
)
_WH = re.compile(
    r"(?:^|[.;?!]\s*|,\s+(?:and\s+)?)(?:how|what|which|who|whose|why|where|when)\b", re.I
)

# How a question asks what may or must be done: "may", "do we have to", "is it allowed".
_ASKS_LEAVE = re.compile(
    r"\b(?:may|must|can|could|should|shall|have\s+to|need\s+to|free\s+to|able\s+to|supposed\s+to|allow\w*"
    r"|permit\w*|requir\w*|forbid\w*|prohibit\w*|barr?e?d?|ban\w*|\w*lawful\w*|\w*legal\w*|entitled"
    r"|obliged|constitutional|preempt\w*|violat\w*)\b",
    re.I,
)


def sort_asked(question: str) -> Sort | None:
    """What sort of words would decide a question, or None where no rule knows."""
    if CONSEQUENCE.search(question):
        return "consequence"
    if expected(question) is not None:
        counted = counted_in(question)
        return "number" if counted and not counted & _UNITS else "quantity"
    for sort, asks in _SORTS:
        if (match := asks.search(question)) is not None:
            wh = _WH.search(question)
            if sort == "yes_no" and (
                (wh and wh.start() <= match.start()) or not _ASKS_LEAVE.search(question)
            ):
                return None
            return sort
    return None
