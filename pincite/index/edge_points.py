"""Shards, points, queries and filters in the words of the embedded engine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import qdrant_edge as engine

from pincite.index.schema import (
    DENSE,
    INTEGER_FIELDS,
    KEYWORD_FIELDS,
    SPARSE,
    Condition,
    Point,
    Query,
    Scored,
    conditions_of,
)

# A graph is built when vectors take more than this: 65,000 of 384 numbers. Below, comparing
# with every vector is exact and as fast (1 ms at 10,000), and sealing takes no time.
_GRAPH_FROM_KB = 100_000
_SCAN_UP_TO_KB = 20_000


def created(folder: Path, dimension: int) -> engine.EdgeShard:
    """A new shard with our vectors and payload indexes."""
    config = engine.EdgeConfig(
        vectors={DENSE: engine.EdgeVectorParams(dimension, engine.Distance.Cosine)},
        sparse_vectors={SPARSE: engine.EdgeSparseVectorParams(modifier=engine.Modifier.Idf)},
        hnsw_config=engine.HnswIndexConfig(16, 100, _SCAN_UP_TO_KB),
        optimizers=engine.EdgeOptimizersConfig(
            default_segment_number=1, indexing_threshold=_GRAPH_FROM_KB
        ),
        wal_enabled=False,
    )
    shard = engine.EdgeShard.create(str(folder), config)
    types = dict.fromkeys(KEYWORD_FIELDS, engine.PayloadSchemaType.Keyword)
    types |= dict.fromkeys(INTEGER_FIELDS, engine.PayloadSchemaType.Integer)
    for field, type_ in types.items():
        shard.update(engine.UpdateOperation.create_field_index(field, type_))
    return shard


def stored(point: Point) -> engine.Point:
    """A point as the engine takes it."""
    sparse = engine.SparseVector(list(point.sparse.indices), list(point.sparse.values))
    dense = [float(x) for x in point.dense]
    return engine.Point(point.id, {DENSE: dense, SPARSE: sparse}, point.payload)


def request(query: Query) -> engine.QueryRequest:
    """One leg's search."""
    nearest = None
    if query.dense is not None:
        nearest = engine.Query.Nearest([float(x) for x in query.dense], DENSE)
    elif query.sparse is not None:
        vector = engine.SparseVector(list(query.sparse.indices), list(query.sparse.values))
        nearest = engine.Query.Nearest(vector, SPARSE)
    return engine.QueryRequest(
        query.limit, query=nearest, filter=filter_of(conditions_of(query)), with_payload=True
    )


def scored(points: Sequence[engine.ScoredPoint]) -> list[Scored]:
    """What the engine found; without a vector every point scores 1."""
    return [Scored(str(point.id), point.score, point.payload or {}) for point in points]


def filter_of(conditions: Sequence[Condition]) -> engine.Filter | None:
    """All conditions together, or None."""
    return engine.Filter(must=[_condition(c) for c in conditions]) if conditions else None


def _condition(condition: Condition) -> engine.FieldCondition:
    if condition.any_of:
        match = engine.MatchAny(list(condition.any_of))
        return engine.FieldCondition(condition.field, match=match)
    span = engine.RangeFloat(gte=condition.low, lte=condition.high)
    return engine.FieldCondition(condition.field, range=span)
