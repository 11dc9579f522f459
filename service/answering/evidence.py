"""How well a passage bears on a question: its rank, the words it shares, the names it holds."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pincite.kinds import channel_of
from pincite.places import place_name
from pincite.types import Document, Hit
from pincite.words import STOP_WORDS, stem, terms, words
from service.holdings import Holdings
from service.ranking import RRF_CONSTANT

# A word in the headings above a passage says less about it than one in the passage.
_ABOVE_SHARE = 0.5
_COVERAGE_WEIGHT = 0.3
# Law before commentary: what is not law must bear on the question that much better.
_NOT_LAW = 0.85
# The current code before the act that wrote its words into it.
_DRAFTING = 0.85
_SENTENCE_END = (".", "?", "!", ":")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage with its bearing on the question.

    `score` is about 1 where both legs rank the passage first. `names` is the share, by rarity,
    of the question's proper names and numbers that the passage or its entry holds.
    """

    hit: Hit
    document: Document
    score: float
    names: float


def weighed(question: str, hits: Sequence[Hit], holdings: Holdings) -> list[Evidence]:
    """The passages by their bearing on the question, best first."""
    wanted = rarities(question, holdings)
    named = {term: holdings.rarity(term) for term in proper_terms(question)}
    evidence = []
    for hit in hits:
        document = holdings.document(hit.passage.document_id)
        score = hit.score * RRF_CONSTANT / 2 + _COVERAGE_WEIGHT * _coverage(wanted, document, hit)
        if channel_of(document.entry.kind, hit.passage.locator.part) != "law":
            score *= _NOT_LAW
        if holdings.stands_in_code(document.entry.id):
            score *= _DRAFTING
        names = share(named, _known_by(document, hit))
        evidence.append(Evidence(hit, document, score, names))
    return sorted(evidence, key=lambda one: -one.score)


def proper_terms(question: str) -> set[str]:
    """The stems of proper names, acronyms and numbers: what an answer must be about.

    A capital at the start of a sentence proves nothing.
    """
    found: set[str] = set()
    for match in re.finditer(r"\S+", question):
        word = match[0].strip(".,?!;:()\"'“”‘’")
        opens = not match.start() or question[: match.start()].rstrip().endswith(_SENTENCE_END)
        capital = word[:1].isupper() and not opens
        if capital or (len(word) > 1 and word.isupper()) or any(c.isdigit() for c in word):
            found.update(stem(part) for part in words(word) if part not in STOP_WORDS)
    return found


def _coverage(wanted: dict[str, float], document: Document, hit: Hit) -> float:
    """The share of the question's words, by rarity, in the passage or (half) above it."""
    entry, where = document.entry, hit.passage.locator
    said = set(terms(hit.passage.text))
    above = set(terms(" ".join([entry.title, entry.citation or "", *where.headings])))
    return (1 - _ABOVE_SHARE) * share(wanted, said) + _ABOVE_SHARE * share(wanted, said | above)


def _known_by(document: Document, hit: Hit) -> set[str]:
    """The stems of the passage and of all that its entry is known by."""
    entry, where = document.entry, hit.passage.locator
    known = [hit.passage.text, entry.title, entry.citation or "", place_name(entry.jurisdiction)]
    known += [*where.headings, *entry.parties, entry.issuer or "", where.author or ""]
    known += [str(entry.issued or "")]
    return {stem(word) for word in words(" ".join(known))}


def rarities(question: str, holdings: Holdings) -> dict[str, float]:
    """The question's terms with their rarity over all passages."""
    return {term: holdings.rarity(term) for term in terms(question)}


def share(wanted: dict[str, float], said: Collection[str]) -> float:
    """How much of the wanted terms' rarity is said; 1 where nothing is wanted."""
    total = sum(wanted.values())
    return sum(v for term, v in wanted.items() if term in said) / total if total else 1.0
