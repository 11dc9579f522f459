"""An answer as the page shows it: blocks of one channel, where to take it, where to go on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from service.api.conversation import alone, carried, without_reading
from service.asked import Asked
from service.conversing.turns import Turn
from service.presenting import answer_json
from service.web.ask_form import AskQuery
from service.web.links import address, passage_link

Json = dict[str, Any]

# Where the law depends on the place, so many of the places found are offered.
_MOST_PLACES = 6


def answer_of(asked: Asked) -> Json:
    """The answer as the API gives it, each citation with the language of its document."""

    def spoken(citation: Json) -> Json:
        record = asked.holdings.record(citation["document_id"])
        with_it = [{**one, "citation": spoken(one["citation"])} for one in citation["companions"]]
        return {**citation, "language": record.entry.language, "companions": with_it}

    answer = answer_json(asked)
    return answer | {name: [spoken(c) for c in answer[name]] for name in ("citations", "nearest")}


def answered(answer: Json, asked: AskQuery, turns: Sequence[Turn]) -> Json:
    """What the parts that show an answer name."""
    read = alone(answer, asked.place, asked.as_of)
    fields = asked.fields()
    by_itself = fields | read
    return {
        "answer": without_reading(answer),
        "fields": fields | {"place": by_itself["place"], "as_of": by_itself["as_of"]},
        "blocks": blocks(answer["statements"]),
        "carried": carried(turns, answer, asked.place, asked.as_of),
        "alone": by_itself,
        "literal": address("/", fields),
        "by_place": _by_place(answer),
        "cited": [passage_link(c).partition("#")[0] for c in answer["citations"]],
        "sources": len({c["document_id"] for c in answer["citations"]}),
    }


def blocks(statements: Sequence[Json]) -> list[tuple[str, list[Json]]]:
    """Statements that follow each other in one channel, together, in the order of the answer."""
    return [
        (channel, list(together))
        for channel, together in groupby(statements, lambda one: str(one["channel"]))
    ]


def _by_place(answer: Json) -> list[str]:
    """The places that were found, where the answer depends on the place."""
    if answer["reason"] != "needs_jurisdiction":
        return []
    found = [c["jurisdiction"] for c in (*answer["citations"], *answer["nearest"])]
    return [place for place in dict.fromkeys(found) if place][:_MOST_PLACES]
