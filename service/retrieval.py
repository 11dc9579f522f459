"""A question to the passages that each leg finds for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pincite.citing.find import citations_in
from pincite.embedding import SparseEncoder, Vectors
from pincite.errors import QuestionError
from pincite.index.schema import Query, Reader, Scored
from pincite.types import Filters, Leg, Question

# An exact citation says which clause is meant; it counts as much as both other legs.
CITATION_WEIGHT = 2.0
_CITATION_DEPTH = 20


def cleaned(question: str, most: int) -> str:
    """The question without control characters and doubled spaces.

    Raises QuestionError when nothing, or more than `most` characters, remains.
    """
    kept = "".join(c if c.isprintable() else " " for c in question)
    text = " ".join(kept.split())
    if not any(c.isalnum() for c in text):
        raise QuestionError("the question is empty; ask in words, or give a citation")
    if len(text) > most:
        raise QuestionError(
            f"the question has {len(text)} characters; at most {most} are read"
            " (PINCITE_QUESTION_MAX_CHARS)"
        )
    return text


def retrieve(
    question: Question,
    vector: Vectors,
    reader: Reader,
    sparse: SparseEncoder,
    depth: int,
) -> Mapping[Leg, Sequence[Scored]]:
    """What every leg finds, best first, filters applied in the engine; `vector` is the question's.

    The citation leg answers only a question that names a citation; it takes the deepest clause
    that the index knows, in the order of the dense leg.
    """
    point = vector.tolist()
    filters: Filters = question.filters
    named = citations_in(question.text)
    queries = [
        Query(depth, dense=point, filters=filters),
        Query(depth, sparse=sparse.encode_query(question.text), filters=filters),
        *(
            Query(_CITATION_DEPTH, dense=point, citations=(form,), filters=filters)
            for form in reversed(named)
        ),
    ]
    found = reader.search(queries)
    legs: dict[Leg, Sequence[Scored]] = {"dense": found[0], "bm25": found[1]}
    if exact := next((points for points in found[2:] if points), None):
        legs["citation"] = exact
    return legs
