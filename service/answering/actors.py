"""Who acts in a clause, and what follows for whoever breaks it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pincite.types import Span
from pincite.words import stem
from service.answering.clauses import ALONE, ENOUGH, Clause

_MOST_WORDS = 14
_PENALTY = re.compile(
    r"""
    \b(?:shall|may|will|must)(?:\s+not)?(?:\s+\w+)?(?:\s+be)?\s+(?:denied|fined|imprisoned|liable
      |ineligible|guilty|punished|punishable|removed|suspended|terminated|withheld|disqualified|barred
      |dismissed|forfeited|forfeit|lose|assessed|revoked|reduced|disciplined|subject\s+to)\b
      (?:\s+[\w’'$-]+){0,8}
    | \b(?:a\s+)?(?:civil|criminal|administrative|monetary)\s+(?:penalty|penalties|fine)\b
      (?:\s+of(?:\s+[\w’'$,.-]*\w){1,8})?
    | \bguilty\s+of\s+an?\s+(?:[\w-]+\s+){0,3}?(?:misdemeanor|felony|offense|infraction)\b
    | \bdisciplinary\s+action\b
    """,
    re.X | re.I,
)
_SUBJECT = re.compile(
    r"(?:^|[;,:]\s+|\)\s+|\.\s+)(?P<who>(?:[Tt]he|[Aa]n?|[Aa]ny|[Ee]ach|[Ee]very|[A-Z][\w’'-]+)"
    r"(?:\s(?!shall\b|may\b|must\b|will\b|is\b|are\b)[\w’'.-]+){0,8}?)\s+(?:shall|may|must|will)\b"
)
_TO_WHOM = re.compile(r"\bto\s+whom\b", re.I)
_AGENT = re.compile(
    r"\b(?P<verb>[a-z]+(?:ed|en|ade|ought|aid))\s+(?P<how>by|to)\s+(?P<who>(?:the|a|an|any|each)\s"
    r"[\w’'-]+(?:\s(?:of|the|for|and|or)?\s?[A-Z][\w’'-]+|\s(?:general|officer|manager|council))*)"
)


def penalty(
    question: str, quote: str, rows: Sequence[Clause], wanted: Mapping[str, float]
) -> list[Span]:
    """The first consequence in the clause nearest to the question."""
    for row in sorted(rows, key=lambda row: -row.share):
        if row.share < ALONE:
            break
        for match in _PENALTY.finditer(quote, row.sentence.start, row.sentence.end):
            return [Span(match.start(), match.start() + len(match[0].rstrip(" ,.")))]
    return []


def who(
    question: str, quote: str, rows: Sequence[Clause], wanted: Mapping[str, float]
) -> list[Span]:
    """Who acts, in the clause nearest to the question: the agent of a passive, else the subject."""
    how = "to" if _TO_WHOM.search(question) else "by"
    for row in sorted(rows, key=lambda row: -row.share)[:1]:
        if row.share < ENOUGH:
            break
        for match in _AGENT.finditer(quote, row.span.start, row.span.end):
            if stem(match["verb"]) in wanted and match["how"] == how:
                return [Span(*match.span("who"))]
        found = [
            Span(*m.span("who")) for m in _SUBJECT.finditer(quote, row.span.start, row.span.end)
        ]
        if len(found) == 1 and len(found[0].of(quote).split()) <= _MOST_WORDS:
            return found
    return []
