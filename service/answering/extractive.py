"""The extractive answerer: quotes the one or two sentences that answer, and writes none.

Every candidate sentence of the best passages is scored by how much of the question's meaning
it carries: the share of the question's words by rarity, and the encoder's similarity.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from pincite.embedding import DenseEncoder

from pincite.kinds import Channel
from pincite.types import Document, Hit, Span
from pincite.words import terms
from service.answering.units import units
from service.holdings import Holdings

_PASSAGES = 6
_UNITS_ENCODED = 16
_HEADING_SHARE = 0.5
_ORDER: dict[Channel, int] = {"law": 0, "record": 1, "argument": 2}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that may answer, and how well: scores are between 0 and about 1."""

    hit: Hit
    document: Document
    span: Span
    coverage: float
    similarity: float
    rank: int

    @property
    def score(self) -> float:
        """Half words, half meaning, and a little for the rank of its passage."""
        return 0.45 * self.coverage + 0.45 * self.similarity + 0.1 / self.rank


def candidates(
    question: str, hits: Sequence[Hit], holdings: Holdings, dense: DenseEncoder
) -> list[Candidate]:
    """The stretches of the best passages, best first."""
    wanted = {term: holdings.rarity(term) for term in terms(question)}
    rough = [
        Candidate(hit, document, span, _coverage(wanted, document, hit, span), 0.0, rank)
        for rank, hit in enumerate(hits[:_PASSAGES], start=1)
        for document in (holdings.document(hit.passage.document_id),)
        for span in units(document, hit.passage.span)
    ]
    rough.sort(key=lambda c: (-(c.coverage + 0.3 / c.rank), c.rank, c.span))
    best = rough[:_UNITS_ENCODED]
    if not best:
        return []
    similar = dense.embed([_headed(c) for c in best]) @ np.asarray(dense.embed_query(question))
    scored = [
        Candidate(c.hit, c.document, c.span, c.coverage, float(s), c.rank)
        for c, s in zip(best, similar, strict=True)
    ]
    return sorted(scored, key=lambda c: -c.score)


def chosen(ranked: Sequence[Candidate], most: int = 2, within: float = 0.9) -> list[Candidate]:
    """The best candidate and others nearly as good that do not repeat it, law first."""
    picked: list[Candidate] = []
    for candidate in ranked:
        if candidate.score < within * ranked[0].score or len(picked) == most:
            break
        if not any(_overlap(candidate, other) for other in picked):
            picked.append(candidate)
    return sorted(picked, key=lambda c: (_ORDER[_channel(c)], -c.score))


def _channel(candidate: Candidate) -> Channel:
    from pincite.kinds import channel_of

    return channel_of(candidate.document.entry.kind, candidate.hit.passage.locator.part)


def _coverage(wanted: dict[str, float], document: Document, hit: Hit, span: Span) -> float:
    """The share of the question's words, by rarity, in the stretch or (half) above it."""
    total = sum(wanted.values())
    if not total:
        return 0.0
    entry, where = document.entry, hit.passage.locator
    said = set(terms(span.of(document.text)))
    above = set(terms(" ".join([entry.title, entry.citation or "", *where.headings])))
    got = sum(
        rarity * (1.0 if term in said else _HEADING_SHARE)
        for term, rarity in wanted.items()
        if term in said or term in above
    )
    return got / total


def _headed(candidate: Candidate) -> str:
    """What the encoder sees: the stretch behind its document's title and nearest heading."""
    entry, where = candidate.document.entry, candidate.hit.passage.locator
    return " > ".join(
        [entry.title, *where.headings[-1:], candidate.span.of(candidate.document.text)]
    )


def _overlap(one: Candidate, other: Candidate) -> bool:
    return one.document.entry.id == other.document.entry.id and one.span.meets(other.span)
