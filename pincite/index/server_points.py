"""Points, queries and filters in the words of qdrant-client."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qdrant_client import models

from pincite.index.schema import DENSE, SPARSE, Condition, Point, Query, Scored, conditions_of


def stored(point: Point) -> models.PointStruct:
    """A point as the server takes it."""
    sparse = models.SparseVector(
        indices=list(point.sparse.indices), values=list(point.sparse.values)
    )
    dense = [float(x) for x in point.dense]
    return models.PointStruct(
        id=point.id, vector={DENSE: dense, SPARSE: sparse}, payload=point.payload
    )


def as_it_was(record: models.Record) -> models.PointStruct:
    """A point of another collection, to be written again."""
    vector: Any = record.vector  # what is read is typed more narrowly than what may be written
    return models.PointStruct(id=record.id, vector=vector, payload=record.payload)


def request(query: Query) -> models.QueryRequest:
    """One leg's search."""
    vector: Any = None
    using = None
    if query.dense is not None:
        vector, using = [float(x) for x in query.dense], DENSE
    elif query.sparse is not None:
        indices, values = list(query.sparse.indices), list(query.sparse.values)
        vector, using = models.SparseVector(indices=indices, values=values), SPARSE
    return models.QueryRequest(
        query=None if vector is None else models.NearestQuery(nearest=vector),
        using=using,
        filter=filter_of(conditions_of(query)),
        limit=query.limit,
        with_payload=True,
    )


def scored(query: Query, points: Sequence[models.ScoredPoint]) -> list[Scored]:
    """What the server found; without a vector every point scores 1."""
    ranked = query.dense is not None or query.sparse is not None
    return [Scored(str(p.id), p.score if ranked else 1.0, p.payload or {}) for p in points]


def filter_of(conditions: Sequence[Condition]) -> models.Filter | None:
    """All conditions together, or None."""
    return models.Filter(must=[_condition(c) for c in conditions]) if conditions else None


def _condition(condition: Condition) -> models.FieldCondition:
    if condition.any_of:
        match = models.MatchAny(any=list(condition.any_of))
        return models.FieldCondition(key=condition.field, match=match)
    span = models.Range(gte=condition.low, lte=condition.high)
    return models.FieldCondition(key=condition.field, range=span)


def of_document(document_id: str) -> models.Filter:
    """The points of one document."""
    return models.Filter(must=[_condition(Condition("document_id", (document_id,)))])
