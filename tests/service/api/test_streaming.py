"""A stream tells what is done, found and verified, and ends with the answer that JSON gives."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event
from typing import Any

import pytest
from fastapi.testclient import TestClient
from lxml import html

from pincite.embedding import Vectors
from pincite.errors import ModelError, NotFound
from pincite.late_interaction import LateInteraction
from pincite.reranking import reranker
from pincite.settings import Settings
from pincite.shelf import Shelf
from pincite.types import Question
from service.api.streaming import EventStream, Tell
from service.engine import Engine

Json = dict[str, Any]
LocalClient = Callable[[Engine], TestClient]
EVENTS = {"Accept": "text/event-stream"}
TOLL = "What toll does a truck with three axles pay on the harbor bridge?"
# Two that are answered and one that is not.
QUESTIONS = [TOLL, "Who may waive the toll for an ambulance?", "Who paints the lighthouse?"]


def parsed(text: str) -> list[tuple[str, Json]]:
    """The events of a stream: each name with its data."""
    events = []
    for block in text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line[1:])
        if "event" in fields:
            events.append((fields["event"], json.loads(fields["data"])))
    return events


def streamed(client: TestClient, **body: Any) -> list[tuple[str, Json]]:
    response = client.post("/v1/ask", json={"question": TOLL, **body}, headers=EVENTS)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith("text/event-stream")
    return parsed(response.text)


def asked(client: TestClient, **body: Any) -> Json:
    response = client.post("/v1/ask", json={"question": TOLL, **body})
    assert response.status_code == 200, response.text
    return dict(response.json())


def timeless(answer: Json) -> Json:
    return {name: value for name, value in answer.items() if name != "timings_ms"}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_stream_ends_with_the_answer_that_is_given_without_one(
    client: TestClient, question: str
) -> None:
    name, answer = streamed(client, question=question)[-1]
    assert name == "answer"
    assert timeless(answer) == timeless(asked(client, question=question))
    assert set(answer["timings_ms"]) == set(asked(client, question=question)["timings_ms"])


def test_events_come_in_the_order_of_the_work(client: TestClient) -> None:
    events = streamed(client)
    names = [name for name, _ in events]
    stages = [data["stage"] for name, data in events if name == "status"]
    assert stages == ["retrieve", "answer", "verify"]
    assert names[:3] == ["status", "passages", "status"]
    assert names.index("statement") > max(n for n, name in enumerate(names) if name == "status")
    assert names[-1] == "answer"
    assert names.count("answer") == names.count("passages") == 1


def test_statements_carry_the_citations_that_they_stand_on(client: TestClient) -> None:
    events = streamed(client)
    answer = events[-1][1]
    told = [data for name, data in events if name == "statement"]
    assert [{k: v for k, v in one.items() if k != "cited"} for one in told] == answer["statements"]
    for one in told:
        assert one["cited"] == [answer["citations"][place - 1] for place in one["citations"]]
        assert one["cited"]


def test_passages_are_those_of_a_search_and_can_be_checked(client: TestClient) -> None:
    [passages] = [data for name, data in streamed(client) if name == "passages"]
    assert 0 < len(passages["hits"]) <= 10
    keys = set(client.get("/v1/search", params={"q": TOLL}).json()["hits"][0])
    for rank, hit in enumerate(passages["hits"], start=1):
        assert (hit["rank"], set(hit)) == (rank, keys)
        bounds = {"start": hit["start"], "end": hit["end"]}
        text = client.get(f"/v1/documents/{hit['document_id']}/text", params=bounds).json()
        assert text["text"] == hit["quote"]


def test_every_event_has_its_number_and_the_first_says_when_to_come_back(
    client: TestClient,
) -> None:
    response = client.post("/v1/ask", json={"question": TOLL}, headers=EVENTS)
    lines = response.text.split("\n")
    ids = [line for line in lines if line.startswith("id: ")]
    assert ids == [f"id: {n}" for n in range(1, len(parsed(response.text)) + 1)]
    assert [line for line in lines if line.startswith("retry: ")] == ["retry: 5000"]
    assert response.text.index("retry: ") < response.text.index("id: 2")
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"question": "?!"}, "the question is empty"),
        ({"question": "toll " * 2000}, "at most 2000"),
        ({"question": "toll", "place": "Nowhere"}, "unknown place"),
        ({"question": "toll", "as_of": "yesterday"}, "write it as"),
        ({"question": "toll", "colour": "red"}, "there is no such parameter"),
    ],
)
def test_a_question_that_cannot_be_asked_is_a_plain_problem(
    client: TestClient, body: Json, said: str
) -> None:
    response = client.post("/v1/ask", json=body, headers=EVENTS)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert said in response.json()["detail"]


def test_before_the_first_ingest_a_stream_is_a_plain_problem(
    empty: tuple[Settings, Shelf, Engine], local: LocalClient
) -> None:
    response = local(empty[2]).post("/v1/ask", json={"question": TOLL}, headers=EVENTS)
    assert response.status_code == 503
    assert "pincite ingest" in response.json()["detail"]


@pytest.mark.parametrize("headers", [EVENTS, {}])
def test_more_askers_than_places_are_told_when_to_come_back(
    engine: Engine, local: LocalClient, headers: dict[str, str]
) -> None:
    full = Engine(Settings(**{**engine.settings.model_dump(), "most_asking": 1}), engine.shelf)
    client = local(full)
    with full.turns.turn(lambda stage: None):
        response = client.post("/v1/ask", json={"question": TOLL}, headers=headers)
        page = client.get("/", params={"q": TOLL})
        assert client.get("/healthz").status_code == client.get("/documents").status_code == 200
    assert response.status_code == page.status_code == 503
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["type"] == "urn:pincite:problem:busy"
    assert int(response.headers["retry-after"]) > 0
    assert asked(client)["statements"]


class Failing:
    """An encoder that finds passages, and fails on their sentences."""

    def __init__(self, engine: Engine, error: Exception) -> None:
        dense = engine.shelf.dense
        self.name, self.sha256, self.dimension = dense.name, dense.sha256, dense.dimension
        self.embed_query, self.error = dense.embed_query, error

    def embed(self, texts: Sequence[str]) -> Vectors:
        raise self.error


@pytest.mark.parametrize(
    ("error", "status", "type_", "said"),
    [
        (ModelError("weights are gone"), 503, "model-error", "weights are gone"),
        (NotFound("no such document"), 404, "not-found", "no such document"),
        (RuntimeError("/secret/weights.bin"), 500, "internal-server-error", "its log says how"),
    ],
)
def test_an_error_in_the_middle_is_the_last_event_in_the_words_of_the_plain_problem(
    engine: Engine, local: LocalClient, error: Exception, status: int, type_: str, said: str
) -> None:
    client = local(Engine(engine.settings, replace(engine.shelf, dense=Failing(engine, error))))
    *before, (name, problem) = streamed(client)
    assert [name for name, _ in before] == ["status", "passages", "status"]
    assert name == "error"
    plain = client.post("/v1/ask", json={"question": TOLL})
    assert problem == plain.json()
    assert (problem["status"], problem["type"]) == (status, f"urn:pincite:problem:{type_}")
    assert said in problem["detail"]
    assert "secret" not in json.dumps(problem)
    page = client.get("/", params={"q": TOLL})  # which has begun as well
    assert page.status_code == 200
    shown: Any = html.fromstring(page.text)
    assert shown.xpath("string(//div[@id='result']/p[@role='alert'])") == problem["detail"]
    assert shown.xpath("string(//div[@role='status']/p[2])") == "This could not be answered"


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/event-stream", "text/event-stream; charset=utf-8"),
        ("application/json", "application/json"),
        ("*/*", "application/json"),
        ("application/json, text/event-stream", "application/json"),
        ("application/json;q=0.2, text/event-stream;q=0.3", "text/event-stream; charset=utf-8"),
    ],
)
def test_the_form_is_the_one_that_is_accepted(client: TestClient, accept: str, kind: str) -> None:
    response = client.post("/v1/ask", json={"question": TOLL}, headers={"Accept": accept})
    assert response.headers["content-type"] == kind


def test_while_no_event_comes_a_comment_keeps_the_connection() -> None:
    gone, sent, go_on = Event(), [], Event()

    def work(tell: Tell) -> None:
        tell("status", "{}")
        assert go_on.wait(10)
        tell("answer", '"with\u2028 odd lines"')

    async def send(message: Any) -> None:
        sent.append(message.get("body", b""))
        if sent.count(b": the work goes on\n\n") == 3:
            go_on.set()

    stream = EventStream(work, lambda error: {}, gone, seconds_alive=0.005)
    asyncio.run(stream({"type": "http"}, _nothing, send))
    body = b"".join(sent).decode()
    assert body.startswith("event: status\ndata: {}\nid: 1\nretry: 5000\n\n: the work goes on\n\n")
    assert body.endswith('event: answer\ndata: "with\u2028 odd lines"\nid: 2\n\n')
    assert gone.is_set()


async def _nothing() -> Any:
    raise AssertionError("the stream does not listen; whoever watches the connection does")


def test_sixteen_askers_get_the_answers_of_one(engine: Engine, local: LocalClient) -> None:
    client = local(engine)
    alone = {question: timeless(asked(client, question=question)) for question in QUESTIONS}
    with ThreadPoolExecutor(16) as askers:
        given = list(askers.map(lambda q: (q, asked(client, question=q)), QUESTIONS * 16))
    assert all(timeless(answer) == alone[question] for question, answer in given)
    assert engine.turns.inside == 0


@pytest.mark.model
def test_scores_are_the_same_alone_and_in_company(engine: Engine) -> None:
    model = reranker(Settings())
    assert isinstance(model, LateInteraction)
    whole = Engine(engine.settings, replace(engine.shelf, reranker=model))

    def scores(question: str) -> tuple[object, ...]:
        found = whole.ask(Question(question))
        assert found.answer is not None
        return (*[(hit.score, hit.bearing) for hit in found.hits], found.answer.confidence)

    alone = [scores(question) for question in QUESTIONS]
    assert all(one[0][1] is not None for one in alone)  # type: ignore[index]
    model.forget()
    with ThreadPoolExecutor(16) as askers:
        for at, in_company in enumerate(askers.map(scores, QUESTIONS * 6)):
            assert in_company == alone[at % len(QUESTIONS)]
