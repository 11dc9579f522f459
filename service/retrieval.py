"""A question to the passages that each leg finds for it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from pincite.citations.find import citations_in
from pincite.embedding import SparseEncoder, Vectors
from pincite.errors import QuestionError
from pincite.index.schema import Query, Reader, Scored, SparseVector
from pincite.said import N_, Said
from pincite.types import Filters, Leg, Question
from service.wording import WIDENED_WEIGHT, Wording

# An exact citation says which clause is meant; it counts as much as both other legs.
CITATION_SHARE = 1.0
_CITATION_DEPTH = 20
# Of the law of a place that is wanted, so many passages are looked for by themselves.
_OWN_DEPTH = 10


def cleaned(question: str, most: int) -> str:
    """The question in NFC, as the texts are, without control characters and doubled spaces.

    A soft hyphen, which pasted words carry unseen, parts no word. Raises QuestionError when
    nothing, or more than `most` characters, remains.
    """
    kept = "".join(c if c.isprintable() else " " for c in question.replace("\u00ad", ""))
    text = unicodedata.normalize("NFC", " ".join(kept.split()))
    if not any(c.isalnum() for c in text):
        raise QuestionError(Said("the question is empty; ask in words, or give a citation"))
    if len(text) > most:
        long = N_(
            "the question has {length} characters; at most {most} are read"
            " (PINCITE_QUESTION_MAX_CHARS)"
        )
        raise QuestionError(Said(long, length=len(text), most=most))
    return text


def retrieve(
    question: Question,
    wording: Wording,
    vector: Vectors,
    reader: Reader,
    sparse: SparseEncoder,
    depth: int,
) -> Mapping[Leg, Sequence[Scored]]:
    """What every leg finds, best first, filters applied in the engine.

    `wording` is what is looked for, `vector` stands for its text.

    The citation leg answers only a question that names a citation; it takes the deepest clause
    that the index knows, in the order of the dense leg.
    """
    point = vector.tolist()
    filters: Filters = question.filters
    named = citations_in(wording.text)
    queries = [
        Query(depth, dense=point, filters=filters),
        Query(depth, sparse=_sparse(wording, sparse), filters=filters),
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


def retrieve_own(
    wording: Wording,
    vector: Vectors,
    reader: Reader,
    sparse: SparseEncoder,
    own: Sequence[Filters],
) -> list[Mapping[Leg, Sequence[Scored]]]:
    """What the legs find behind each of these filters, however well other texts bear."""
    point, words = vector.tolist(), _sparse(wording, sparse)
    found = reader.search(
        [
            query
            for filters in own
            for query in (
                Query(_OWN_DEPTH, dense=point, filters=filters),
                Query(_OWN_DEPTH, sparse=words, filters=filters),
            )
        ]
    )
    return [{"dense": found[at], "bm25": found[at + 1]} for at in range(0, len(found), 2)]


def _sparse(wording: Wording, sparse: SparseEncoder) -> SparseVector:
    """The question's words, and with less weight the other words for what it names."""
    own, more = sparse.encode_query(wording.text), sparse.encode_query(wording.widened)
    fresh = [index for index in more.indices if index not in own.indices]
    return SparseVector((*own.indices, *fresh), (*own.values, *(WIDENED_WEIGHT for _ in fresh)))
