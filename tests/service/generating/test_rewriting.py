"""A follow-up is rewritten in one bounded call, or not."""

from __future__ import annotations

from typing import Any

import pytest

from pincite.settings import Settings
from service.conversing.turns import Turn
from service.generating.rewriting import rewritten

EARLIER = [Turn("Must a sheriff in Iowa honor ICE detainers?")]


def settings(endpoint: Any, **more: Any) -> Settings:
    return Settings(llm_url=endpoint.url, llm_model="m", **more)


@pytest.mark.parametrize(
    "reply",
    [
        "Must a sheriff in New York honor ICE detainers?",
        '"Must a sheriff in New York honor ICE detainers?"\n',
        "Question: Must a sheriff in New York honor ICE detainers?",
    ],
)
def test_the_one_question_of_a_reply_is_taken(endpoint: Any, steps: Any, reply: str) -> None:
    endpoint.will(steps.say(reply))
    said = rewritten("And in New York?", EARLIER, settings(endpoint))
    assert said == "Must a sheriff in New York honor ICE detainers?"
    assert "Iowa" in endpoint.requests[0]["body"]["messages"][-1]["content"]


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "No.",
        "A statement and no question.",
        "One question?\nAnother question?",
        "See https://evil.example for more?",
        "What \u202eis this question?",
        "Is this too long? " * 400,
    ],
)
def test_anything_else_is_none(endpoint: Any, steps: Any, reply: str) -> None:
    endpoint.will(steps.say(reply))
    assert rewritten("And in New York?", EARLIER, settings(endpoint)) is None


def test_every_misbehaviour_is_none(endpoint: Any, misbehaviours: Any) -> None:
    for name, step in misbehaviours.items():
        endpoint.will(step)
        assert rewritten("And there?", EARLIER, settings(endpoint, llm_seconds=0.3)) is None, name


def test_nothing_is_sent_without_an_endpoint_or_a_history(endpoint: Any) -> None:
    assert rewritten("And there?", EARLIER, Settings()) is None
    assert rewritten("And there?", [], settings(endpoint)) is None
    assert endpoint.requests == []
