"""An answer in a model's words stands on checked quotes, or the quotes stand alone."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest

from pincite.errors import Abandoned
from pincite.settings import Settings
from pincite.types import Answer, Composition, Question
from service.engine import Engine
from service.generating.composing import MOST_STATEMENTS

TOLL = "A truck with three axles shall pay a toll of twelve dollars on the harbor bridge."
ASKED = "What toll shall a truck with three axles pay on the harbor bridge?"
Worded = Callable[..., Engine]


def answered(engine: Engine, text: str = ASKED, **more: Any) -> Answer:
    answer = engine.ask(Question(text, **more)).answer
    assert answer is not None
    return answer


def by_rule(engine: Engine) -> Answer:
    return answered(engine, llm=False)


def test_a_statement_is_worded_and_its_quote_cut_from_the_document(
    worded: Worded, endpoint: Any, steps: Any
) -> None:
    engine = worded()
    said = "A truck with three axles pays a $12 toll on the harbor bridge."
    endpoint.will(steps.state(steps.claim(said, 1, "shall pay a toll of twelve dollars")))
    asked = engine.ask(Question(ASKED))
    answer = asked.answer
    assert answer is not None
    [statement], [citation] = answer.statements, answer.citations
    assert (statement.text, statement.channel, statement.citations) == (said, "law", (1,))
    document = asked.holdings.document(citation.entry.id)
    assert citation.span.of(document.text) == citation.quote == f"(a) {TOLL}"
    assert citation.deciding[0].of(citation.quote) == "shall pay a toll of twelve dollars"
    assert answer.composition == Composition("fake")
    assert answer.confidence == by_rule(engine).confidence


def test_the_answer_counts_what_was_dropped_and_repaired(
    worded: Worded, endpoint: Any, steps: Any
) -> None:
    endpoint.will(
        steps.state(
            steps.claim("A truck with three axles shall pay twelve dollars.", 2, TOLL),
            steps.claim("A truck with three axles shall pay ninety dollars.", 1, TOLL),
            steps.claim("A bus pays nothing at all.", 1, TOLL),
        )
    )
    answer = answered(worded())
    assert answer.composition == Composition("fake", dropped=2, repaired=1)
    assert "2 statements of the model did not check out and were left out." in answer.notices
    assert "1 statement of the model was given another quote than the model's." in answer.notices


def test_what_rests_on_an_opinion_is_never_law(worded: Worded, endpoint: Any, steps: Any) -> None:
    def told(passages: dict[int, str]) -> list[Any]:
        [number] = [n for n, text in passages.items() if "timetable" in text]
        quote = "Nobody in Arden ever enjoyed a ferry timetable"
        return [
            steps.claim("Nobody in Arden ever enjoyed a ferry timetable.", number, quote),
            steps.claim("A truck with three axles shall pay twelve dollars.", 1, TOLL),
        ]

    endpoint.will(steps.quoting(told))
    answer = answered(worded())
    assert [one.channel for one in answer.statements] == ["law", "argument"]
    assert any("it states a view" in notice for notice in answer.notices)


def test_the_extractive_answer_comes_back_from_every_misbehaviour(
    worded: Worded, endpoint: Any, misbehaviours: Any
) -> None:
    engine = worded(llm_seconds=0.4)
    wanted = by_rule(engine)
    assert wanted.composition == Composition()
    for name, step in misbehaviours.items():
        endpoint.will(step)
        answer = answered(engine)
        assert answer.statements == wanted.statements, name
        assert answer.citations == wanted.citations, name
        assert answer.composition.model is None, name
        assert answer.composition.trouble, name
        assert any(answer.composition.trouble in notice for notice in answer.notices)
        assert "sk-very-secret" not in repr(answer), name


def test_where_the_rules_are_silent_no_model_is_asked(worded: Worded, endpoint: Any) -> None:
    answer = answered(worded(), "Who won the football championship of 1987?")
    assert answer.reason is not None
    assert endpoint.requests == []
    assert answer.composition == Composition()


def test_who_wants_quotes_alone_gets_them(worded: Worded, endpoint: Any) -> None:
    assert by_rule(worded()).composition == Composition()
    assert endpoint.requests == []


def test_no_more_statements_than_the_most_are_read(
    worded: Worded, endpoint: Any, steps: Any
) -> None:
    claims = [
        steps.claim(
            f"A truck with three axles shall pay a toll of twelve dollars{'.' * n}", 1, TOLL
        )
        for n in range(1, 9)
    ]
    endpoint.will(steps.state(*claims))
    answer = answered(worded())
    assert len(answer.statements) <= MOST_STATEMENTS
    assert answer.composition.dropped == 8 - MOST_STATEMENTS


def test_the_same_statement_twice_is_said_once(worded: Worded, endpoint: Any, steps: Any) -> None:
    one = steps.claim("A truck with three axles shall pay a toll of twelve dollars.", 1, TOLL)
    endpoint.will(steps.state(one, one))
    assert len(answered(worded()).statements) == 1


def test_a_document_cannot_close_the_block_it_is_in(worded: Worded, endpoint: Any) -> None:
    engine = worded()
    answered(engine)
    answered(engine)
    prompts = [request["body"]["messages"][-1]["content"] for request in endpoint.requests]
    marks = [prompt.split(">>>")[0].removeprefix("<<<DATA ") for prompt in prompts]
    assert len(set(marks)) == 2  # drawn anew each time
    assert all(
        len(mark) >= 16 and p.count(f"<<<END {mark}>>>") == 1
        for mark, p in zip(marks, prompts, strict=True)
    )


def test_passages_are_no_more_than_the_settings_say(worded: Worded, endpoint: Any) -> None:
    answered(worded(llm_passages=1))
    assert endpoint.requests[0]["body"]["messages"][-1]["content"].count("<<<PASSAGE") == 1


def test_the_work_stops_when_whoever_asked_has_gone(
    worded: Worded, endpoint: Any, misbehaviours: Any
) -> None:
    gone = threading.Event()
    engine = worded(llm_seconds=600)

    def listener(stage: str, asked: Any) -> None:
        if stage == "compose":
            threading.Thread(target=leave).start()

    def leave() -> None:
        while not endpoint.requests:
            pass
        gone.set()

    endpoint.will(misbehaviours["hangs"])
    with pytest.raises(Abandoned):
        engine.ask(Question(ASKED), gone, listener)
    assert endpoint.hung_up.wait(10)


def test_without_a_reranker_no_statement_can_be_checked(
    engine: Engine, endpoint: Any, steps: Any
) -> None:
    values = {**engine.settings.model_dump(), "llm_url": endpoint.url, "llm_model": "fake"}
    bare = Engine(Settings(**values), engine.shelf)
    try:
        answer = answered(bare)
    finally:
        bare.close()
    assert "reranker" in answer.composition.trouble
    assert endpoint.requests == []


def test_the_doors_say_who_worded_and_take_quotes_alone(
    worded: Worded, endpoint: Any, steps: Any, local: Any
) -> None:
    said = "A truck with three axles shall pay twelve dollars."
    endpoint.will(steps.state(steps.claim(said, 1, TOLL)))
    client = local(worded())
    body = client.post("/v1/ask", json={"question": ASKED}).json()
    assert body["composition"] == {"model": "fake", "dropped": 0, "repaired": 0, "trouble": ""}
    assert body["statements"][0]["text"] == said
    page = client.get("/", params={"q": ASKED}).text
    assert "Worded by fake" in page
    assert said in page
    alone = client.post("/v1/ask", json={"question": ASKED, "llm": False}).json()
    assert alone["composition"]["model"] is None
    assert TOLL in alone["statements"][0]["text"]
    assert "Worded by" not in client.get("/", params={"q": ASKED, "llm": "false"}).text
    assert client.get("/readyz").json()["questions_leave_for"] == endpoint.host
    assert "sk-very-secret" not in json.dumps(body) + page
