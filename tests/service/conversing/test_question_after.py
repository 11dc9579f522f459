"""Follow-ups at the doors: the reading is shown, the client holds the conversation."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from pincite.errors import QuestionError
from pincite.settings import Settings
from service.conversing.following import question_after
from service.conversing.turns import Turn
from service.engine import Engine

TOLL = "What toll does a truck with three axles pay on the harbor bridge?"
CODE = "arden-code-4-12"
ARDEN = "zz/arden"


def ask(client: TestClient, question: str, *history: dict[str, Any], **more: Any) -> dict[str, Any]:
    body = {"question": question, "history": list(history), **more}
    response = client.post("/v1/ask", json=body)
    assert response.status_code == 200, response.text
    said: dict[str, Any] = response.json()
    return said


def test_a_follow_up_is_answered_as_it_is_read_and_says_so(client: TestClient) -> None:
    said = ask(client, "and without a gate?", {"question": TOLL})
    read = f"{TOLL[:-1]} without a gate?"
    assert said["question"] == "and without a gate?"
    assert said["read_as"] == {"question": read, "place": None, "as_of": None, "by": "rules"}
    assert said["notices"][0] == f"Read as: {read}"
    alone = ask(client, read)
    assert [c["quote"] for c in said["citations"]] == [c["quote"] for c in alone["citations"]]
    assert said["confidence"] == alone["confidence"]


def test_what_was_quoted_is_carried(client: TestClient) -> None:
    turn = {"question": TOLL, "documents": [CODE, "gone"]}
    said = ask(client, "What does it say about an ambulance?", turn)
    assert said["read_as"]["question"] == "What does Arden Code § 4-12 say about an ambulance?"
    assert "ambulance" in said["citations"][0]["quote"]


@pytest.mark.parametrize("question", [TOLL, "What is a ferry timetable worth to the reader?"])
def test_a_question_that_stands_is_answered_as_without_history(
    client: TestClient, question: str
) -> None:
    behind = ask(client, question, {"question": "May the harbor master waive a toll?"})
    alone = ask(client, question)
    assert behind["read_as"] is None
    assert behind["notices"] == alone["notices"]
    assert behind["citations"] == alone["citations"]


def test_without_history_nothing_is_read_into_a_question(client: TestClient) -> None:
    assert ask(client, "and for an ambulance?")["read_as"] is None


def test_the_place_goes_on_unless_another_is_given(client: TestClient) -> None:
    turn = {"question": TOLL, "place": ARDEN, "as_of": "2015-01-01"}
    why = ask(client, "why?", turn)["read_as"]
    assert (why["place"], why["as_of"]) == (ARDEN, "2015-01-01")
    assert ask(client, "why?", turn, place="zz")["read_as"]["place"] == "zz"
    # the place that a client sends along with every turn is no new word of the asker
    assert ask(client, "and in Ohio?", turn, place=ARDEN)["read_as"]["place"] is None
    assert ask(client, "May Ohio waive a toll?", turn, place=ARDEN)["read_as"] is None


def test_a_conversation_of_200_turns_is_taken(client: TestClient) -> None:
    turns: list[dict[str, Any]] = [{"question": TOLL, "documents": [CODE]}]
    turns += [{"question": q, "documents": [CODE]} for q in ("why?", "and since when?")] * 100
    said = ask(client, "and without a gate?", *turns[:200])
    assert said["read_as"]["question"] == f"{TOLL[:-1]} without a gate?"


@pytest.mark.parametrize(
    ("history", "said"),
    [
        ([{"question": TOLL}] * 501, "500"),
        ([{"question": "x" * 2001}], "history, turn 1: the question has 2001 characters"),
        ([{"question": TOLL}, {"question": " "}], "history, turn 2: the question is empty"),
        ([{"question": "x" * 20_001}], "20000"),
        ([{"question": TOLL, "place": "nowhere"}], "unknown place 'nowhere'"),
        ([{"question": TOLL, "as_of": "soon"}], "as-of = 'soon' is no date"),
        ([{"question": TOLL, "answer": "nine"}], "history.answer"),
        ([{"question": TOLL, "documents": ["x"] * 101}], "100"),
        ([TOLL], "history"),
        ("no list", "history"),
    ],
)
def test_a_conversation_that_cannot_be_is_refused_in_a_line(
    client: TestClient, history: Any, said: str
) -> None:
    response = client.post("/v1/ask", json={"question": "why?", "history": history})
    assert response.status_code == 422
    assert said in response.json()["detail"]
    assert "\n" not in response.json()["detail"]


def test_nothing_of_a_conversation_is_kept(client: TestClient) -> None:
    ask(client, "why?", {"question": TOLL, "place": ARDEN})
    assert ask(client, "why?")["read_as"] is None


Rewrite = Callable[[str], None]


@pytest.fixture
def model_says(monkeypatch: pytest.MonkeyPatch) -> Rewrite:
    """Makes the model's rewriting these words."""

    def says(text: str | None) -> None:
        monkeypatch.setattr("service.generating.rewriting.rewritten", lambda *given: text)

    return says


def with_model(engine: Engine) -> Settings:
    llm = {"llm_url": "http://127.0.0.1:9/v1", "llm_model": "small"}
    return engine.settings.model_copy(update=llm)


@pytest.mark.parametrize(
    ("said", "text", "by"),
    [
        ("What toll does a truck pay in Ohio?", "What toll does a truck pay in Ohio?", "model"),
        ("What toll does a truck pay in Utah?", "What toll is due in Ohio?", "rules"),
        ("What toll is due?", "What toll is due in Ohio?", "rules"),  # the place is lost
        ("Ohio " * 500, "What toll is due in Ohio?", "rules"),
        (None, "What toll is due in Ohio?", "rules"),
    ],
)
def test_a_model_reads_follow_ups_as_far_as_it_is_faithful(
    engine: Engine, model_says: Rewrite, said: str, text: str, by: str
) -> None:
    model_says(said)
    turns = [Turn("What toll is due?")]
    with engine.holdings() as holdings:
        question = question_after("and in Ohio?", turns, holdings, with_model(engine))
    assert question.text == text
    assert question.follow_up is not None
    assert question.follow_up.by == by


def test_a_model_is_not_asked_about_what_stands(engine: Engine, model_says: Rewrite) -> None:
    model_says("What toll is due in Ohio?")
    with engine.holdings() as holdings:
        question = question_after(TOLL, [Turn("Is it?")], holdings, with_model(engine))
    assert question.text == TOLL
    assert question.follow_up is None


def test_an_empty_follow_up_is_an_error(engine: Engine) -> None:
    with engine.holdings() as holdings, pytest.raises(QuestionError):
        question_after(" ? ", [Turn(TOLL)], holdings, engine.settings)


def test_the_command_line_asks_behind_earlier_questions(
    service: str, tiny_settings: Settings, console: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    done = console(
        tiny_settings, "ask", "without a gate?", "--after", "May one pass?", "--after", TOLL
    )
    assert f"Read as: {TOLL[:-1]} without a gate?" in " ".join(done.stdout.split())
    assert done.stderr == ""


def test_a_follow_up_is_taken_away_with_how_it_was_read(client: TestClient) -> None:
    body = {"question": "without a gate?", "history": [{"question": TOLL}], "format": "markdown"}
    response = client.post("/v1/export", json=body)
    assert response.status_code == 200
    assert f"Read as: {TOLL[:-1]} without a gate?" in response.text


def test_a_stream_ends_with_how_a_follow_up_was_read(client: TestClient) -> None:
    body = {"question": "without a gate?", "history": [{"question": TOLL}]}
    response = client.post("/v1/ask", json=body, headers={"Accept": "text/event-stream"})
    assert f'"read_as":{{"question":"{TOLL[:-1]} without a gate?"' in response.text.replace(
        ": ", ":"
    )
