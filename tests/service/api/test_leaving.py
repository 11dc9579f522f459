"""Whoever leaves stops the work and frees its place; nothing is left of a thousand questions."""

from __future__ import annotations

import asyncio
import gc
import http.client
import json
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from threading import Event
from typing import Any
from urllib.parse import urlencode

import pytest
import uvicorn
from fastapi import FastAPI
from lxml import html

from pincite.embedding import DenseEncoder, Vectors
from pincite.settings import Settings
from pincite.shelf import Shelf
from pincite.types import Question
from service.api.app import create_app
from service.asked import Asked, Listener
from service.engine import Engine

Publish = Callable[..., str]
Message = dict[str, Any]
SOON = 20
FERRY = "The ferry leaves the north pier at seven in the morning on every working day.\n"
BRIDGE = "The bridge is closed to carts between midnight and five in the morning.\n"
WHEN = "When does the ferry leave the north pier?"
EVENTS, JSON = "text/event-stream", "application/json"


class Gated:
    """An encoder that holds questions at a gate, and counts whose sentences are read."""

    def __init__(self, dense: DenseEncoder) -> None:
        self.name, self.sha256, self.dimension = dense.name, dense.sha256, dense.dimension
        self.dense, self.gate, self.read = dense, Event(), 0
        self.gate.set()

    def embed_query(self, text: str) -> Vectors:
        assert self.gate.wait(SOON)
        return self.dense.embed_query(text)

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.read += 1
        return self.dense.embed(texts)


class Watched(Engine):
    """An engine that shows who is gone; one question is worked on at a time."""

    def __init__(self, settings: Settings, shelf: Shelf) -> None:
        super().__init__(settings, shelf, look_again=0.0)
        self.gone: list[Event] = []
        self.turns = type(self.turns)(1, settings.most_asking)

    def ask(
        self, question: Question, gone: Event | None = None, listener: Listener | None = None
    ) -> Asked:
        assert gone is not None
        self.gone.append(gone)
        return super().ask(question, gone, listener)


@dataclass
class Place:
    """A service with an encoder that can be held."""

    engine: Watched
    dense: Gated
    shelf: Shelf
    published: str


@pytest.fixture
def place(empty: tuple[Settings, Shelf, Engine], publish: Publish) -> Iterator[Place]:
    settings, shelf, _ = empty
    dense = Gated(shelf.dense)
    published = publish(shelf, ferry=FERRY)
    engine = Watched(settings, replace(shelf, dense=dense))
    yield Place(engine, dense, shelf, published)
    dense.gate.set()
    until(lambda: engine.turns.inside == 0)
    engine.close()


@contextmanager
def served(engine: Engine, seconds: int | None = None) -> Iterator[tuple[int, uvicorn.Server]]:
    """The port of a running service, and the server."""
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        config = uvicorn.Config(
            create_app(engine),
            log_level="critical",
            lifespan="off",
            timeout_graceful_shutdown=seconds,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            until(lambda: server.started)
            yield listener.getsockname()[1], server
        finally:  # a thread that serves on would keep a failed run from ending
            server.should_exit = True
            thread.join(SOON)
        assert not thread.is_alive()


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SOON
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.005)


@contextmanager
def asking(port: int, accept: str) -> Iterator[http.client.HTTPConnection]:
    """A connection over which a question was sent."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SOON)
    headers = {"Content-Type": "application/json", "Accept": accept}
    connection.request("POST", "/v1/ask", json.dumps({"question": WHEN}), headers)
    with closing(connection):
        yield connection


def first_stage(connection: http.client.HTTPConnection) -> tuple[str, http.client.HTTPResponse]:
    response = connection.getresponse()
    assert response.readline() == b"event: status\n"
    return json.loads(response.readline().removeprefix(b"data: "))["stage"], response


def test_a_client_that_leaves_its_stream_stops_the_work(place: Place) -> None:
    place.dense.gate.clear()
    with served(place.engine) as (port, _):
        with asking(port, EVENTS) as connection:
            stage, response = first_stage(connection)
            assert stage == "retrieve"
            response.close()
        assert place.engine.gone[0].wait(SOON)
        place.dense.gate.set()
        until(lambda: place.engine.turns.inside == 0)
        assert place.dense.read == 0
        with asking(port, JSON) as connection:
            assert json.loads(connection.getresponse().read())["statements"]
        assert place.dense.read > 0


@contextmanager
def opening(port: int) -> Iterator[tuple[str, Callable[[], str]]]:
    """The head of an answer's page, as far as it comes of itself, and what reads the rest."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SOON)
    with closing(connection):
        connection.request(
            "GET", f"/?{urlencode({'q': WHEN})}", headers={"Accept-Encoding": "gzip"}
        )
        response, unzipped, head = connection.getresponse(), zlib.decompressobj(wbits=31), b""
        assert (response.status, response.headers["content-encoding"]) == (200, "gzip")
        while b'role="status"' not in head:
            head += unzipped.decompress(response.read1())
        yield head.decode(), lambda: unzipped.decompress(response.read()).decode()
        response.close()


def test_a_page_begins_before_its_answer_is_known(place: Place) -> None:
    place.dense.gate.clear()
    with served(place.engine) as (port, _), opening(port) as (head, rest):
        begun: Any = html.fromstring(head)
        assert begun.xpath("string(//title)") == f"{WHEN} – Pincite"
        assert begun.xpath("string(//textarea)") == WHEN
        assert begun.xpath("string(//*[@role='status'])").strip() == "Looking for the answer"
        assert not begun.xpath("//h1")
        place.dense.gate.set()
        whole: Any = html.fromstring(head + rest())
    assert "seven in the morning" in whole.xpath("string(//div[@id='result']//blockquote)")
    assert len(whole.xpath("//h1[not(ancestor::template)]")) == len(whole.xpath("//footer")) == 1
    ids = whole.xpath("//*[not(ancestor::template)]/@id")
    assert len(ids) == len(set(ids))


def test_who_leaves_a_page_that_has_begun_stops_the_work(place: Place) -> None:
    place.dense.gate.clear()
    with served(place.engine) as (port, _):
        with opening(port):
            until(lambda: bool(place.engine.gone))
        assert place.engine.gone[0].wait(SOON)
        place.dense.gate.set()
        until(lambda: place.engine.turns.inside == 0)
    assert place.dense.read == 0


@pytest.mark.parametrize("accept", [EVENTS, JSON])
def test_who_leaves_while_waiting_frees_the_place_before_its_turn(
    place: Place, accept: str
) -> None:
    place.dense.gate.clear()
    with served(place.engine) as (port, _), asking(port, JSON) as worked_on:
        until(lambda: place.engine.turns.inside == 1)
        with asking(port, accept) as waiting:
            until(lambda: place.engine.turns.inside == 2)
            if accept == EVENTS:
                stage, response = first_stage(waiting)
                assert stage == "wait"
                response.close()
        until(lambda: place.engine.turns.inside == 1)
        place.dense.gate.set()
        assert json.loads(worked_on.getresponse().read())["citations"]


def test_many_leave_at_once_and_the_next_is_answered(place: Place) -> None:
    place.dense.gate.clear()
    with served(place.engine) as (port, _):
        streams = []
        for _ in range(24):
            one = asking(port, EVENTS)
            streams.append((one, one.__enter__()))
        told = [first_stage(connection) for _, connection in streams]
        assert sorted(stage for stage, _ in told) == ["retrieve", *["wait"] * 23]
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=SOON)) as other:
            for path in ("/healthz", "/corpus", "/static/any/style.css"):
                other.request("GET", path)
                response = other.getresponse()
                assert (response.status, bool(response.read())) == (200, True)
        for (one, _), (_, response) in zip(streams, told, strict=True):
            response.close()
            one.__exit__(None, None, None)
        place.dense.gate.set()
        until(lambda: place.engine.turns.inside == 0)
        with asking(port, JSON) as connection:
            assert json.loads(connection.getresponse().read())["statements"]


def test_a_stream_ends_on_the_generation_that_it_began_with(place: Place, publish: Publish) -> None:
    place.dense.gate.clear()
    with served(place.engine) as (port, _):
        with asking(port, EVENTS) as connection:
            _, response = first_stage(connection)
            newer = publish(place.shelf, ferry=FERRY, bridge=BRIDGE)
            with place.engine.holdings() as holdings:
                assert holdings.manifest.generation == newer
            place.dense.gate.set()
            assert answered(response.read())["index"]["generation"] == place.published
        with asking(port, EVENTS) as connection:
            said = answered(connection.getresponse().read())
            assert said["index"]["generation"] == newer
    assert place.engine._users == {}


def test_a_service_that_is_shut_down_ends_its_streams_first(place: Place) -> None:
    place.dense.gate.clear()
    with served(place.engine) as (port, server), asking(port, EVENTS) as connection:
        _, response = first_stage(connection)
        server.should_exit = True
        until(lambda: refused(port))
        place.dense.gate.set()
        assert answered(response.read())["statements"]


def test_a_stream_that_takes_too_long_to_end_is_cut_and_its_work_stops(place: Place) -> None:
    place.dense.gate.clear()
    with served(place.engine, seconds=0) as (port, server), asking(port, EVENTS) as connection:
        _, response = first_stage(connection)
        server.should_exit = True
        assert place.engine.gone[0].wait(SOON)
        place.dense.gate.set()
        assert b"event: answer" not in rest_of(response)
    until(lambda: place.engine.turns.inside == 0)
    assert place.dense.read == 0


def rest_of(response: http.client.HTTPResponse) -> bytes:
    try:
        return response.read()
    except http.client.IncompleteRead as error:
        return error.partial


def refused(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=SOON).close()
    except ConnectionRefusedError:
        return True
    return False


def answered(body: bytes) -> dict[str, Any]:
    """The answer of a stream's last event."""
    last = body.decode().rstrip("\n").rsplit("event: ", 1)[1]
    assert last.startswith("answer\n")
    return dict(json.loads(last.split("data: ", 1)[1].split("\n")[0]))


@dataclass
class Call:
    """One request to the application in this process; `leaves_at` names the event to leave at."""

    app: FastAPI
    accept: str
    leaves_at: bytes = b"\0"
    body: bytes = b""
    status: int = 0
    left: asyncio.Event = field(default_factory=asyncio.Event)
    asked: bool = False

    async def run(self) -> None:
        headers = [(b"host", b"127.0.0.1"), (b"content-type", b"application/json")]
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": "POST",
            "scheme": "http",
            "path": "/v1/ask",
            "raw_path": b"/v1/ask",
            "root_path": "",
            "query_string": b"",
            "headers": [*headers, (b"accept", self.accept.encode())],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 8000),
        }
        await self.app(scope, self.receive, self.send)  # type: ignore[arg-type]

    async def receive(self) -> Message:
        if not self.asked:
            self.asked = True
            return {"type": "http.request", "body": json.dumps({"question": WHEN}).encode()}
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        self.status = message.get("status", self.status)
        self.body += message.get("body", b"")
        if self.leaves_at in self.body:
            self.left.set()


async def thousand(app: FastAPI, rounds: int) -> list[tuple[int, int]]:
    """Ten at once, of whom five leave; after each round the threads and tasks there are."""
    marks = []
    for _ in range(rounds):
        calls = [Call(app, JSON) for _ in range(3)] + [Call(app, EVENTS) for _ in range(2)]
        calls += [Call(app, EVENTS, b"event: status") for _ in range(2)]
        calls += [Call(app, EVENTS, b"event: passages") for _ in range(2)]
        calls += [Call(app, EVENTS, b"event: statement")]
        await asyncio.gather(*(call.run() for call in calls))
        assert all(b'"statements":[{' in call.body for call in calls[:5])
        assert all(call.status in (0, 200) for call in calls), [call.body for call in calls]
        marks.append((threading.active_count(), len(asyncio.all_tasks())))
    return marks


def test_nothing_is_left_of_a_thousand_questions(place: Place) -> None:
    app = create_app(place.engine)
    before, threads = alive(), threading.active_count()
    marks = asyncio.run(thousand(app, rounds=100))
    assert max(mark for mark, _ in marks) <= threads + 10  # one for each of ten at once
    assert {tasks for _, tasks in marks} == {1}
    assert len(place.engine.gone) == 1000
    assert place.engine.turns.inside == 0
    assert place.engine._users == {}
    place.engine.gone.clear()
    until(lambda: alive() == before)  # a thread may be about to end


def alive() -> int:
    """How many questions are still in memory, with all that was found for them."""
    gc.collect()
    return sum(type(one) is Asked for one in gc.get_objects())
