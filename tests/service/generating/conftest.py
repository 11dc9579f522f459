"""An endpoint in OpenAI's form on loopback that answers by script, and misbehaves on demand.

endpoint.will(say("..."))          every request is answered so
endpoint.will(status(429), say())  the first so, all others so
endpoint.will(MISBEHAVIOURS["drips"])
endpoint.will(quoting(lambda passages: [...]))   from the passages that the request holds
"""

from __future__ import annotations

import gzip
import json
import re
import ssl
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any

import pytest

from pincite.kinds import Kind
from pincite.settings import Settings
from pincite.types import Document, Entry, Mark, Span
from pincite.words import terms
from service.citing import cite
from service.engine import Engine
from service.generating.passages import Given
from service.vantage import Vantage

Json = dict[str, Any]
Step = Callable[["Handler", Json], None]

SECRET = "sk-very-secret-0123456789"
"""The key that the tests' settings hold; it must never be seen again."""
_PASSAGE = re.compile(r"^<<<PASSAGE (\d+) \w+>>> (.*?)\n(.*?)(?=\n<<<)", re.M | re.S)


class Handler(BaseHTTPRequestHandler):
    """One request: it is noted, and the next step of the script answers it."""

    protocol_version = "HTTP/1.1"
    server: FakeServer

    def do_POST(self) -> None:
        """Note what was asked and do what the script says."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        asked = {"path": self.path, "headers": dict(self.headers), "body": json.loads(body)}
        step = self.server.noted(asked)
        try:
            step(self, asked["body"])
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    do_GET = do_POST

    def send(
        self, body: bytes, code: int = 200, kind: str = "application/json", **headers: str
    ) -> None:
        """A whole reply."""
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def left(self) -> bool:
        """Whether the client has closed its end, or the test is over; waits a moment to see."""
        self.connection.settimeout(0.02)
        try:
            return not self.connection.recv(1)
        except TimeoutError:
            return self.server.over.is_set()
        except OSError:
            return True

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is printed."""


class FakeServer(ThreadingHTTPServer):
    """Remembers requests and hands out the steps; the last step is done again and again."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests: list[Json] = []
        self.steps: list[Step] = [say("")]
        self.over, self.lock = threading.Event(), threading.Lock()
        self.hung_up = threading.Event()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that leaves early is no error of the server's."""
        if not isinstance(sys.exception(), ConnectionError | ssl.SSLError):
            super().handle_error(request, client_address)

    def noted(self, asked: Json) -> Step:
        with self.lock:
            self.requests.append(asked)
            return self.steps.pop(0) if len(self.steps) > 1 else self.steps[0]


class Endpoint:
    """The fake endpoint: `url` for PINCITE_LLM_URL, `requests` that came, `will` to script it."""

    def __init__(self, server: FakeServer) -> None:
        self._server = server
        self.host = f"127.0.0.1:{server.server_address[1]}"
        self.url = f"http://{self.host}/v1"

    @property
    def requests(self) -> list[Json]:
        """Each with `path`, `headers` and `body`."""
        return self._server.requests

    @property
    def hung_up(self) -> threading.Event:
        """Set when a client closed the connection before it had its answer."""
        return self._server.hung_up

    def speak_tls(self, context: ssl.SSLContext) -> None:
        """Answer over TLS from now on."""
        server = self._server
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )

    def will(self, *steps: Step) -> None:
        """Answer the next requests so, in order; the last step is for all that follow."""
        self._server.steps = list(steps)


def completion(content: Any, finish: str = "stop", **message: Any) -> Json:
    """A chat completion with that content."""
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "fake",
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": content, **message},
                "finish_reason": finish,
            }
        ],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }


def say(content: Any, finish: str = "stop", **message: Any) -> Step:
    """Answer with a completion of that content."""
    return raw(json.dumps(completion(content, finish, **message)).encode())


def state(*claims: Json) -> Step:
    """Answer with these statements: {"text", "citations": [{"passage", "quote"}]}."""
    return say(json.dumps({"statements": list(claims)}))


def claim(text: str, passage: int, quote: str) -> Json:
    """A statement as the schema wants it."""
    return {"text": text, "citations": [{"passage": passage, "quote": quote}]}


def quoting(made: Callable[[Mapping[int, str]], Sequence[Json] | str]) -> Step:
    """Answer from the passages of the request: statements, or the reply's text itself."""

    def step(handler: Handler, body: Json) -> None:
        said = made(passages_of(body))
        content = said if isinstance(said, str) else json.dumps({"statements": list(said)})
        handler.send(json.dumps(completion(content)).encode())

    return step


def passages_of(body: Json) -> dict[int, str]:
    """The passages of a request's data block by their numbers."""
    prompt = body["messages"][-1]["content"]
    return {int(n): text for n, _, text in _PASSAGE.findall(prompt)}


def raw(body: bytes, code: int = 200, kind: str = "application/json", **headers: str) -> Step:
    """Answer with these bytes."""
    return lambda handler, _: handler.send(body, code, kind, **headers)


def status(code: int, said: str = "no", **headers: str) -> Step:
    """Answer with that status and an error in OpenAI's form, which repeats the key."""
    error = {"error": {"message": f"{said} {SECRET}", "type": "error", "code": str(code)}}
    return raw(json.dumps(error).encode(), code, **headers)


def unless(wrong: Callable[[Json], bool], code: int, otherwise: Step) -> Step:
    """Refuse the requests that are wrong, with that status; answer the others."""

    def step(handler: Handler, body: Json) -> None:
        (status(code) if wrong(body) else otherwise)(handler, body)

    return step


def _drips(handler: Handler, _: Json) -> None:
    """A byte now and then, for ever."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    while not handler.left():
        handler.wfile.write(b" ")
    handler.server.hung_up.set()


def _drips_headers(handler: Handler, _: Json) -> None:
    """A status line, and then a header that never ends."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not handler.left():
        handler.wfile.write(b"x")
    handler.server.hung_up.set()


def _hangs(handler: Handler, _: Json) -> None:
    """Nothing at all until the client leaves."""
    while not handler.left():
        pass
    handler.server.hung_up.set()
    handler.close_connection = True


def _endless(handler: Handler, _: Json) -> None:
    """Chunks without end."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    while not handler.server.over.is_set():
        handler.wfile.write(b"1000\r\n" + b" " * 4096 + b"\r\n")


def _breaks_off(handler: Handler, _: Json) -> None:
    """Half of what was announced."""
    handler.send_response(200)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [')
    handler.close_connection = True


_GZIPPED = gzip.compress(json.dumps(completion(" " * 50_000_000)).encode(), 1)
_STREAM = b'data: {"choices": [{"delta": {"content": "x"}}]}\n\ndata: [DONE]\n\n'

MISBEHAVIOURS: dict[str, Step] = {
    "hangs": _hangs,
    "drips": _drips,
    "drips headers": _drips_headers,
    "endless": _endless,
    "breaks off": _breaks_off,
    "refuses the key": status(401),
    "forbids": status(403),
    "is not there": status(404),
    "limits the rate": status(429, Retry_After="3600"),
    "always 400": status(400),
    "fails": status(500),
    "is overloaded": status(503, Retry_After="1"),
    "redirects": raw(b"", 307, Location="http://127.0.0.1:9/v1/chat/completions"),
    "redirects elsewhere": raw(b"", 302, Location="https://example.org/"),
    "no body": raw(b""),
    "204": raw(b"", 204),
    "no JSON": raw(b"<html>Bad gateway</html>", kind="text/html"),
    "bad JSON": raw(b'{"choices": [{"message": {"content": "'),
    "not UTF-8": raw(b'{"choices": "\xff\xfe\xff"}'),
    "an empty object": raw(b"{}"),
    "a list": raw(b"[]"),
    "null": raw(b"null"),
    "choices are null": raw(b'{"choices": null}'),
    "no choices": raw(b'{"choices": []}'),
    "a choice without message": raw(b'{"choices": [{}]}'),
    "choices are words": raw(b'{"choices": "no"}'),
    "deep JSON": raw(b"[" * 100_000),
    "an error with 200": raw(b'{"error": {"message": "no"}}'),
    "content is null": say(None),
    "content is a number": say(7),
    "content is a list": say([{"type": "text", "text": "x"}]),
    "a refusal": say(None, refusal="I cannot"),
    "a tool call": say(
        None,
        "tool_calls",
        tool_calls=[{"id": "1", "type": "function", "function": {"name": "rm", "arguments": "{]"}}],
    ),
    "filtered": say("", "content_filter"),
    "empty reply": say(""),
    "white space": say(" \n\t "),
    "one token": say("{", "length"),
    "a megabyte": say("x" * 1_000_000),
    "a megabyte of statements": say('{"statements": [' + '{"text": "a"},' * 70_000),
    "compressed": raw(_GZIPPED, Content_Encoding="gzip"),
    "a stream": raw(_STREAM, kind="text/event-stream"),
    "prose": say("I am afraid that I do not know."),
    "no statements": say('{"statements": []}'),
    "statements are no list": say('{"statements": "none"}'),
    "deep content": say("[" * 50_000),
    "half an object": say('{"statements": [{"text": "A truck'),
    "no such passage": state(claim("Ferries sail free.", 99, "Ferries of Arden sail")),
    "passage zero": state(claim("Ferries sail free.", 0, "Ferries of Arden sail")),
    "a huge number": say(
        '{"statements": [{"text": "Ferries sail free.", "citations":'
        ' [{"passage": 1e999, "quote": "Ferries of Arden sail"}]}]}'
    ),
    "made up": state(claim("The toll is ninety dollars.", 1, "The toll is ninety dollars.")),
    "no quote": say('{"statements": [{"text": "The toll is ninety dollars."}]}'),
    "German": state(
        claim("Ein Lastwagen mit drei Achsen zahlt eine Gebühr.", 1, "Ein Lastwagen zahlt")
    ),
}
"""Every way to go wrong, by name: an answer from any of them is the extractive one."""


class Overlap:
    """A real but tiny reranker: the share of the first text's words that the other has."""

    name, sha256 = "overlap", "0" * 64

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        """One share a passage."""
        wanted = set(terms(question)) or {"nothing"}
        return [len(wanted & set(terms(passage))) / len(wanted) for passage in passages]


@pytest.fixture
def overlap() -> Overlap:
    """A reranker that loads no model."""
    return Overlap()


@pytest.fixture
def worded(engine: Engine, endpoint: Endpoint) -> Iterator[Callable[..., Engine]]:
    """An engine over the tiny corpus that has its answers worded at the fake endpoint."""
    made: list[Engine] = []

    def engine_with(**more: Any) -> Engine:
        given: Json = {"llm_url": endpoint.url, "llm_model": "fake", "llm_api_key": SECRET}
        values = {**engine.settings.model_dump(), **given, "llm_support": 0.5, **more}
        shelf = replace(engine.shelf, reranker=Overlap())
        made.append(Engine(Settings(**values), shelf))
        return made[-1]

    yield engine_with
    for one in made:
        one.close()


@pytest.fixture
def given() -> Callable[..., list[Given]]:
    """Passages as a model is given them: a text each, or a stretch of one."""

    def made(*texts: str, **fields: Any) -> list[Given]:
        return [_given(f"document-{n}", text, **fields) for n, text in enumerate(texts, start=1)]

    return made


def _given(
    name: str,
    text: str,
    kind: Kind = Kind.ORDINANCE,
    span: Span | None = None,
    marks: Sequence[Mark] = (),
    **fields: Any,
) -> Given:
    entry = Entry(name, kind, fields.pop("title", "Tolls"), "x.md", **fields)
    document = Document(entry, text, "v", marks=tuple(marks))
    span = span or Span(0, len(text))
    return Given(document, span, cite(document, span, Vantage(date(2026, 1, 1))))


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    """A fake endpoint that answers nothing until it is told what."""
    server = FakeServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield Endpoint(server)
    server.over.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def steps() -> SimpleNamespace:
    """What the fake endpoint can be told to do, by name."""
    return SimpleNamespace(
        say=say, state=state, claim=claim, quoting=quoting, raw=raw, status=status, unless=unless
    )


@pytest.fixture
def misbehaviours() -> dict[str, Step]:
    """Every way in which the fake endpoint can go wrong, by name."""
    return MISBEHAVIOURS
