"""A quote in clauses, each with its share of what a question asks: where to look for what decides.

Nothing here knows what decides; `deciding` and `conflicts` look.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from pincite.sentences import sentences
from pincite.types import Span
from pincite.words import terms
from service.answering.evidence import share

# So much of the question must stand in the clause whose words are marked; less where the quote
# holds one phrase alone that could decide. Clauses this close are as near as each other.
ENOUGH = 0.2
ALONE = 0.1
LEAST_APART = 0.02

_ENDS = re.compile(r";|,?\s\bbut\b|\bexcept that\b|\bprovided,? (?:however,? )?that\b")
_LEAD = re.compile(r"[:—–-]\s*$")
_ITEM = re.compile(r"\W{0,2}(?:\(?\w{1,4}[.)]|[•*–-])\s")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a quote, the sentence that it is of, and how much of the question is in it."""

    span: Span
    sentence: Span
    share: float


def clauses(question: Mapping[str, float], quote: str) -> list[Clause]:
    """The clauses of a quote in order; `question` holds its terms with their rarity.

    What a lead-in ("the department shall not:") and its items say counts for the lead-in.
    """
    found = sentences(quote)
    rows: list[Clause] = []
    for at, sentence in enumerate(found):
        said = set(terms(sentence.of(quote)))
        lead = _LEAD.search(sentence.of(quote)) is not None
        if lead:
            for item in found[at + 1 :]:
                if not _ITEM.match(item.of(quote)):
                    break
                said |= set(terms(item.of(quote)))
        whole = share(question, said)
        for span in _cut(quote, sentence):
            own = share(question, set(terms(span.of(quote))))
            rows.append(Clause(span, sentence, whole if lead else (own + whole) / 2))
    return rows


def weights(question: str, rarity: Callable[[str], float]) -> dict[str, float]:
    """A question's terms with their rarity."""
    return {term: rarity(term) for term in terms(question)}


def _cut(quote: str, sentence: Span) -> list[Span]:
    edges = [sentence.start]
    edges += [m.start() for m in _ENDS.finditer(quote, sentence.start, sentence.end)]
    edges.append(sentence.end)
    return [Span(a, b) for a, b in pairwise(edges) if a < b]
