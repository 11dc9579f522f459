"""What the API prints, as the workbench's values: in process and over HTTP are scored alike."""

from __future__ import annotations

from typing import Any

from eval.words import Cited, Given, Ranked, Said
from pincite.standing import CURRENT
from pincite.types import Span

Json = dict[str, Any]


def ranked_of(hits: list[Json]) -> tuple[Ranked, ...]:
    """The stretches that a search found, best first."""
    return tuple(
        Ranked(h["document_id"], h["version"], Span(h["start"], h["end"]), h["score"]) for h in hits
    )


def answered_of(answer: Json) -> Given:
    """An answer, or its reason for none.

    A service that gives no `confidence` is taken to be as sure as its best supported statement.
    """
    confidence = answer.get("confidence")
    if confidence is None:
        supports = (statement.get("support") for statement in answer["statements"])
        confidence = max((support for support in supports if support is not None), default=None)
    return Given(
        statements=tuple(
            Said(s["text"], s["channel"], tuple(s["citations"])) for s in answer["statements"]
        ),
        citations=tuple(cited_of(citation) for citation in answer["citations"]),
        reason=answer["reason"],
        confidence=confidence,
    )


def cited_of(citation: Json) -> Cited:
    """One citation; it is retired when its status on the question's day is not that of law."""
    return Cited(
        document_id=citation["document_id"],
        version=citation["version"],
        span=Span(citation["start"], citation["end"]),
        quote=citation["quote"],
        pinpoint=citation["pinpoint"],
        citation=citation["citation"],
        channel=citation["channel"],
        status=citation["status"],
        kind=citation["kind"],
        marks=tuple(sorted({mark["type"] for mark in citation["marks"]})),
        retired=citation.get("retired", citation["status"] not in CURRENT),
    )
