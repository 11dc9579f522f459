"""Answers and hits as the plain values that the API and the command line print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pincite.said import N_, Said
from pincite.types import Composition, Hit, Question
from service.citing import cite
from service.describing import citation_json, coverage_json, day_json, index_json

if TYPE_CHECKING:  # listing what is said loads no model library
    from service.asked import Asked

Json = dict[str, Any]


def answer_json(asked: Asked) -> Json:
    """The whole answer, as `POST /v1/ask` gives it."""
    from service.coverage import on_this
    from service.sharing.settling import also_in

    answer = asked.answer
    assert answer is not None
    read = read_as_json(asked.question)
    notices: list[str] = [read_as_words(read)] if read else []
    notices += answer.notices
    if asked.dropped:
        left_out = N_("{count} quote(s) did not match their source and were left out.")
        notices.append(Said(left_out, count=asked.dropped))
    return {
        "question": follow.typed if (follow := asked.question.follow_up) else asked.question.text,
        "reason": answer.reason,
        "confidence": answer.confidence,
        "statements": [
            {
                "text": s.text,
                "channel": s.channel,
                "citations": list(s.citations),
                "support": s.support,
                "lead": s.lead,
            }
            for s in answer.statements
        ],
        "citations": [
            {**citation_json(citation, place), "also_in": also_in(citation, asked)}
            for place, citation in enumerate(answer.citations, start=1)
        ],
        "nearest": [citation_json(c, place) for place, c in enumerate(answer.nearest, start=1)],
        "notices": notices,
        "composition": composition_json(answer.composition),
        "coverage": {**coverage_json(asked.holdings.manifest), "on_this": on_this(asked)},
        "index": index_json(asked.holdings.manifest),
        "as_of": (answer.as_of or asked.day).isoformat(),
        "timings_ms": dict(asked.timings),
        "log_id": asked.log_id,
        "read_as": read,
    }


def read_as_json(question: Question) -> Json | None:
    """How a follow-up was read; None for a question that was taken as it stands."""
    if question.follow_up is None:
        return None
    return {
        "question": question.text,
        "place": question.place,
        "as_of": day_json(question.as_of),
        "by": question.follow_up.by,
    }


def read_as_words(read: Json) -> str:
    """How a follow-up was read, as a notice."""
    return Said("Read as: {question}", question=read["question"])


def search_json(asked: Asked) -> Json:
    """The passages found, as `GET /v1/search` gives them."""
    return {
        "question": asked.question.text,
        "hits": [
            {**hit_json(hit, asked), "rank": rank} for rank, hit in enumerate(asked.hits, start=1)
        ],
        "index": index_json(asked.holdings.manifest),
        "as_of": asked.day.isoformat(),
        "timings_ms": dict(asked.timings),
    }


def hit_json(hit: Hit, asked: Asked, *, copies: bool = True) -> Json:
    """One passage with its citation, its score and its rank in every leg.

    Where else its clause stands is told if `copies` are: the first look at them takes a second.
    """
    from service.sharing.settling import also_in

    document = asked.holdings.document(hit.passage.document_id)
    citation = cite(document, hit.passage.span, asked.view)
    return {
        **citation_json(citation, 0),
        "also_in": also_in(citation, asked) if copies else [],
        "score": round(hit.score, 6),
        "similarity": None if hit.similarity is None else round(hit.similarity, 4),
        "ranks": dict(hit.ranks),
        "retired": hit.passage.retired,
    }


def composition_json(composition: Composition) -> Json:
    """Who wrote the statements, and how many of a model's did not check out."""
    return {
        "model": composition.model,
        "dropped": composition.dropped,
        "repaired": composition.repaired,
        "trouble": composition.trouble,
    }
