"""Many legs to one order: reciprocal rank fusion, the asker's place, no document crowding out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from pincite.index.schema import Scored, ancestors, passage_of
from pincite.types import Hit, Leg

# Cormack, Clarke and Büttcher, "Reciprocal Rank Fusion" (SIGIR 2009).
RRF_CONSTANT = 60
# A text of the asker's own place or of one that it lies in, against one from elsewhere.
_ELSEWHERE = 0.75


def fuse(legs: Mapping[Leg, Sequence[Scored]], weights: Mapping[Leg, float]) -> list[Hit]:
    """One ranking of every passage that any leg found, best first; ties go by id."""
    scores: defaultdict[str, float] = defaultdict(float)
    ranks: defaultdict[str, list[tuple[Leg, int]]] = defaultdict(list)
    points: dict[str, Scored] = {}
    similarity: dict[str, float] = {}
    for leg, found in legs.items():
        for rank, point in enumerate(found, start=1):
            points.setdefault(point.id, point)
            scores[point.id] += weights[leg] / (RRF_CONSTANT + rank)
            ranks[point.id].append((leg, rank))
            if leg == "dense":
                similarity[point.id] = point.score
    order = sorted(scores, key=lambda id_: (-scores[id_], id_))
    return [
        Hit(passage_of(points[i].payload), scores[i], tuple(ranks[i]), similarity.get(i))
        for i in order
    ]


def nearer(hits: Sequence[Hit], places: Mapping[str, str | None], place: str | None) -> list[Hit]:
    """The hits with texts of the asker's place first among equals; nothing is hidden.

    `places` gives each document's jurisdiction. A place's own law, that of all its ancestors
    and agreements within it count as near.
    """
    if place is None:
        return list(hits)
    from dataclasses import replace

    own = set(ancestors(place))

    def near(document_id: str) -> bool:
        there = places.get(document_id)
        return there is None or there in own or there.startswith(f"{place}/")

    moved = [
        hit if near(hit.passage.document_id) else replace(hit, score=hit.score * _ELSEWHERE)
        for hit in hits
    ]
    return sorted(moved, key=lambda hit: -hit.score)


def spread(hits: Sequence[Hit], per_document: int) -> list[Hit]:
    """The hits in order, without those beyond `per_document` of one document."""
    seen: Counter[str] = Counter()
    kept = []
    for hit in hits:
        seen[hit.passage.document_id] += 1
        if seen[hit.passage.document_id] <= per_document:
            kept.append(hit)
    return kept
