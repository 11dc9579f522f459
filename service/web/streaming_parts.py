"""The work of answering as parts of the page: what is being done, each statement, the answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from threading import Event
from typing import Any

from fastapi import Request

from pincite.standing import short_name
from pincite.types import Question
from service.api.streaming import Tell
from service.asked import Asked
from service.engine import Engine
from service.web.answered import answer_of, blocks
from service.web.rendering import part

Json = dict[str, Any]

STAGES = ("wait", "retrieve", "rerank", "answer", "compose", "verify")
"""Of an answer, in order; a page says how far it is."""
# Documents that are named while their passages are read again.
_MOST_NAMED = 3


def answering_in_parts(
    request: Request,
    engine: Engine,
    question: Question,
    gone: Event,
    shown: Callable[[Json], Json],
) -> Callable[[Tell], None]:
    """The work of answering, which tells HTML; `shown` is what the parts name of an answer."""

    def work(tell: Tell) -> None:
        def told(name: str, template: str, values: Json) -> None:
            tell(name, json.dumps({"html": part(request, template, values)}))

        def listener(stage: str, asked: Asked) -> None:
            at = STAGES.index(stage) if stage in STAGES else 0
            values = {"stage": stage, "at": at, "most": len(STAGES), "names": _named(asked)}
            told("stage", "parts/stage.html", values)

        answer = answer_of(engine.ask(question, gone, listener))
        for statement in answer["statements"]:
            one = {"answer": answer, "blocks": blocks([statement])}
            told("statement", "parts/statements.html", one)
        told("answer", "parts/result.html", shown(answer))

    return work


def _named(asked: Asked) -> list[str]:
    """The documents that what was found is of, the first found first."""
    ids = dict.fromkeys(hit.passage.document_id for hit in asked.hits)
    return [short_name(asked.holdings.record(id_).entry) for id_ in list(ids)[:_MOST_NAMED]]
