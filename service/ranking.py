"""Many legs to one order: fusion, the reranker, the asker's place, no document crowding out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from statistics import fmean, pstdev

from pincite.index.schema import Scored, ancestors, passage_of
from pincite.types import Hit, Leg, Stage

# Cormack, Clarke and Büttcher, "Reciprocal Rank Fusion" (SIGIR 2009).
RRF_CONSTANT = 60
# A text of the asker's own place or of one that it lies in, against one from elsewhere.
_ELSEWHERE = 0.75
# The best law of a wanted place counts for so much, however much law of others bears better.
_OWN = 0.5

Shares = Callable[[Sequence[Scored]], list[float]]


def by_scores(found: Sequence[Scored]) -> list[float]:
    """What each point of a leg contributes: its score, scaled so that the leg's span 0 to 1.

    The convex combination of Bruch, Gai and Ingber, "An Analysis of Fusion Functions for Hybrid
    Retrieval" (ACM TOIS 2023): unlike ranks, it keeps how far ahead the first one is.
    """
    scores = [point.score for point in found]
    low, high = min(scores, default=0.0), max(scores, default=0.0)
    return [(score - low) / (high - low) if high > low else 1.0 for score in scores]


def by_ranks(found: Sequence[Scored]) -> list[float]:
    """What each point of a leg contributes by its rank alone; 1 for the first."""
    return [(RRF_CONSTANT + 1) / (RRF_CONSTANT + rank) for rank in range(1, len(found) + 1)]


FUSIONS: Mapping[str, Shares] = {"scores": by_scores, "ranks": by_ranks}


def fuse(
    legs: Mapping[Leg, Sequence[Scored]], weights: Mapping[Leg, float], shares: Shares = by_scores
) -> list[Hit]:
    """One ranking of every passage that any leg found, best first; ties go by id.

    A passage that the dense and the BM25 leg put first scores 1; an exact citation adds to
    that. The citation leg says only that a passage is what was named, so its ranks count. A leg
    without weight finds nothing.
    """
    scores: defaultdict[str, float] = defaultdict(float)
    ranks: defaultdict[str, list[tuple[Stage, int]]] = defaultdict(list)
    points: dict[str, Scored] = {}
    similarity: dict[str, float] = {}
    whole = (weights.get("dense", 0.0) + weights.get("bm25", 0.0)) or 1.0
    for leg, found in legs.items():
        share = (by_ranks if leg == "citation" else shares)(found)
        for rank, point in enumerate(found, start=1):
            if leg == "dense":
                similarity[point.id] = point.score
            if not weights[leg]:
                continue
            points.setdefault(point.id, point)
            scores[point.id] += weights[leg] / whole * share[rank - 1]
            ranks[point.id].append((leg, rank))
    order = sorted(scores, key=lambda id_: (-scores[id_], id_))
    return [
        Hit(
            passage_of(points[i].payload),
            scores[i],
            tuple(ranks[i]),
            similarity.get(i),
            fused=scores[i],
        )
        for i in order
    ]


def reranked(hits: Sequence[Hit], bearings: Sequence[float], weight: float) -> list[Hit]:
    """The hits with the first `len(bearings)` in a new order: `weight` of it the reranker's.

    Both scores are standardised over those hits. The new scores stand above those of the rest.
    """
    top, rest = hits[: len(bearings)], hits[len(bearings) :]
    before = standardised([hit.score for hit in top])
    after = standardised(bearings)
    mixed = [(1 - weight) * b + weight * a for b, a in zip(before, after, strict=True)]
    floor = min(mixed, default=0.0) - max((hit.score for hit in rest), default=0.0)
    places = {at: rank for rank, at in enumerate(_descending(bearings), start=1)}
    moved = [
        replace(
            top[at],
            score=mixed[at] - floor,
            bearing=bearings[at],
            ranks=(*top[at].ranks, ("rerank", places[at])),
        )
        for at in _descending(mixed)
    ]
    return [*moved, *rest]


def reread(hits: Sequence[Hit], closer: Sequence[float], weight: float) -> list[Hit]:
    """The hits in a new order: of the first `len(closer)`, `weight` of it these scores.

    They are brought to the mean and the spread that the scores of those hits have, so that a
    deviation goes on meaning what it did; one that falls far stands behind hits not read.
    """
    top, rest = hits[: len(closer)], hits[len(closer) :]
    before = [hit.score for hit in top]
    spread_of = pstdev(before) if len(before) > 1 else 0.0
    mean = fmean(before) if before else 0.0
    moved = [
        replace(hit, score=(1 - weight) * hit.score + weight * (mean + spread_of * one))
        for hit, one in zip(top, standardised(closer), strict=True)
    ]
    return sorted([*moved, *rest], key=lambda hit: -hit.score)


def _descending(values: Sequence[float]) -> list[int]:
    return sorted(range(len(values)), key=lambda at: -values[at])


def standardised(values: Sequence[float]) -> list[float]:
    """The values less their mean, in standard deviations; all 0 where they do not differ."""
    spread = pstdev(values) if len(values) > 1 else 0.0
    mean = fmean(values) if values else 0.0
    return [(value - mean) / spread if spread else 0.0 for value in values]


def nearer(
    hits: Sequence[Hit], places: Mapping[str, str | None], wanted: Sequence[str]
) -> list[Hit]:
    """The hits with texts of the wanted places first among equals; nothing is hidden.

    `places` gives each document's jurisdiction. A place's own law, that of all its ancestors
    and agreements within it count as near. Where no place is wanted, all are.
    """
    if not wanted:
        return list(hits)
    own = {path for place in wanted for path in ancestors(place)}
    within = tuple(f"{place}/" for place in wanted)

    def near(document_id: str) -> bool:
        there = places.get(document_id)
        return there is None or there in own or there.startswith(within)

    moved = [
        hit if near(hit.passage.document_id) else replace(hit, score=hit.score * _ELSEWHERE)
        for hit in hits
    ]
    return sorted(moved, key=lambda hit: -hit.score)


def with_own(hits: Sequence[Hit], own: Sequence[Hit]) -> list[Hit]:
    """The hits with the law of a wanted place among them, as `fuse` ranks that by itself.

    Each counts for `_OWN` of what it is among its place's, or for what it is among all.
    """
    known = {_key(hit): hit for hit in hits}
    for hit in own:
        held = known.get(_key(hit), hit)
        score = max(held.score if held is not hit else 0.0, _OWN * hit.score)
        similarity = held.similarity if held.similarity is not None else hit.similarity
        # Its ranks among its place's passages are none among all.
        ranks = held.ranks if held is not hit else ()
        known[_key(hit)] = replace(held, score=score, similarity=similarity, ranks=ranks)
    return sorted(known.values(), key=lambda hit: -hit.score)


def _key(hit: Hit) -> tuple[str, int, int]:
    span = hit.passage.span
    return hit.passage.document_id, span.start, span.end


def spread(hits: Sequence[Hit], per_document: int) -> list[Hit]:
    """The hits in order, without those beyond `per_document` of one document."""
    seen: Counter[str] = Counter()
    kept = []
    for hit in hits:
        seen[hit.passage.document_id] += 1
        if seen[hit.passage.document_id] <= per_document:
            kept.append(hit)
    return kept
