"""The tools, as an MCP client session sees them over HTTP and over stdio."""

from __future__ import annotations

import json
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from mcp import Client, MCPError

from pincite.errors import Abandoned
from pincite.settings import Settings
from pincite.shelf import Shelf
from service.api.app import create_app
from service.engine import Engine
from service.threaded import served
from service.tools.acts import TOOLS, Desk
from service.tools.forms import MOST_TEXT

TOLL = "What toll does a truck with three axles pay on the harbor bridge?"
SEVERAL_ERAS = pytest.mark.parametrize("mode", ["auto", "legacy"])
Talk = Callable[[Client], Awaitable[None]]


@pytest.fixture(scope="module")
def serving() -> Callable[[Engine], AbstractContextManager[str]]:
    """Runs a service with everything that lives beside its routes; its address."""

    @contextmanager
    def run(engine: Engine) -> Iterator[str]:
        with served(create_app(engine)) as address:
            yield address

    return run


@pytest.fixture(scope="module")
def address(
    engine: Engine, tiny_settings: Settings, light_shelf: Any, serving: Any
) -> Iterator[str]:
    """The address of a service over the tiny corpus."""
    with serving(Engine(tiny_settings, light_shelf(tiny_settings))) as address:
        yield address


def talk(address: str, said: Talk, mode: str = "auto") -> None:
    async def session() -> None:
        async with Client(f"{address}/mcp", mode=mode) as client:
            await said(client)

    anyio.run(session)


def call(address: str, name: str, mode: str = "auto", **arguments: Any) -> Any:
    """The typed result of one call."""
    got: list[Any] = []

    async def said(client: Client) -> None:
        got.append(await client.call_tool(name, arguments))

    talk(address, said, mode)
    return got[0]


def given(address: str, name: str, **arguments: Any) -> Any:
    result = call(address, name, **arguments)
    assert not result.is_error, result.content
    return result.structured_content


@SEVERAL_ERAS
def test_every_tool_is_listed_typed_and_read_only(address: str, mode: str) -> None:
    async def said(client: Client) -> None:
        listed = (await client.list_tools()).tools
        assert [tool.name for tool in listed] == [
            "ask",
            "search",
            "fetch",
            "read_passage",
            "lookup_citation",
            "compare",
        ]
        for tool in listed:
            assert tool.description
            assert tool.output_schema
            assert tool.output_schema["type"] == "object"
            assert tool.input_schema["additionalProperties"] is False
            assert tool.annotations
            assert tool.annotations.read_only_hint
            assert not tool.annotations.destructive_hint
            assert not tool.annotations.open_world_hint

    talk(address, said, mode)


@SEVERAL_ERAS
def test_ask_gives_the_answer_typed_and_as_text_with_links(address: str, mode: str) -> None:
    result = call(address, "ask", mode, question=TOLL)
    answer = result.structured_content
    assert answer["citations"][0]["document_id"] == "arden-code-4-12"
    text = result.content[0].text
    assert answer["citations"][0]["quote"] in text
    assert "— [1] Arden Code § 4-12(a)" in text
    assert f"{address}/documents/arden-code-4-12?v=" in text


def test_ask_says_why_there_is_no_answer(address: str) -> None:
    result = call(address, "ask", question="Which mushrooms glow beneath Antarctic glaciers?")
    assert not result.is_error
    assert result.structured_content["reason"] == "not_in_corpus"
    assert result.structured_content["statements"] == []


def test_search_and_fetch_have_the_form_that_connectors_expect(address: str) -> None:
    result = call(address, "search", query=TOLL)
    found = json.loads(result.content[0].text)
    assert found == result.structured_content
    first = found["results"][0]
    assert {"id", "title", "url"} <= set(first)
    assert httpx.get(first["url"]).status_code == 200
    opened = call(address, "fetch", id=first["id"])
    fetched = json.loads(opened.content[0].text)
    assert fetched == opened.structured_content
    assert set(fetched) == {"id", "title", "text", "url", "metadata"}
    assert fetched["id"] == first["id"]
    assert first["text"] in fetched["text"]
    assert all(isinstance(value, str) for value in fetched["metadata"].values())


def test_fetch_opens_a_document_by_its_id(address: str) -> None:
    fetched = given(address, "fetch", id="arden-code-4-12")
    assert fetched["title"] == "Arden Code § 4-12"
    assert fetched["text"].startswith("Bridge tolls\n")
    whole = httpx.get(f"{address}/v1/documents/arden-code-4-12/text").json()
    assert fetched["text"] == whole["text"]
    assert "next" not in fetched["metadata"]


def test_a_passage_is_read_verbatim_with_its_citation(address: str) -> None:
    cited = given(address, "ask", question=TOLL)["citations"][0]
    place = {name: cited[name] for name in ("document_id", "start", "end")}
    read = given(address, "read_passage", **place)
    passage = read["passage"]
    assert passage["quote"] == cited["quote"]
    assert passage["citation"] == cited["citation"]
    assert passage["in_force"] == {"from": "2019-04-01", "to": None}
    assert httpx.get(read["page_url"]).status_code == 200


def test_a_citation_is_looked_up(address: str) -> None:
    known = given(address, "lookup_citation", citation="8 U.S.C. § 1373(a)")
    assert known["key"] == "8 usc 1373(a)"
    assert known["held"] is False


def test_places_are_compared(address: str) -> None:
    table = given(address, "compare", questions=[TOLL], jurisdictions=["zz/arden"])
    assert "twelve dollars" in table["rows"][0]["cells"][0]["citation"]["quote"]


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("ask", {"question": " "}, "question_error: "),
    ("ask", {"question": "toll " * 2000}, "question_error: "),
    ("ask", {}, "invalid_input: question: "),
    ("ask", {"question": TOLL, "places": "x"}, "invalid_input: places: "),
    ("ask", {"question": TOLL, "place": "atlantis"}, "question_error: unknown place"),
    ("ask", {"question": TOLL, "as_of": "soon"}, "question_error: "),
    ("ask", {"question": ["a", "list"]}, "invalid_input: question: "),
    ("search", {"query": "x" * 2001}, "invalid_input: query: "),
    ("search", {"query": TOLL, "top": 51}, "invalid_input: top: "),
    ("search", {"query": TOLL, "kinds": ["song"]}, "question_error: unknown kind"),
    ("fetch", {"id": "nobody"}, "not_found: "),
    ("fetch", {"id": "nobody:1-2"}, "not_found: "),
    ("fetch", {"id": "arden-code-4-12:9-1"}, "question_error: "),
    ("fetch", {"id": "arden-code-4-12:0-999999"}, "question_error: "),
    ("fetch", {"id": "../../etc/passwd"}, "not_found: "),
    ("fetch", {"id": "x" * 301}, "invalid_input: id: "),
    ("read_passage", {"document_id": "arden-code-4-12", "start": 5, "end": 5}, "question_error: "),
    ("read_passage", {"document_id": "arden-code-4-12", "start": -1, "end": 5}, "invalid_input: "),
    ("read_passage", {"document_id": "nobody", "start": 0, "end": 5}, "not_found: "),
    ("lookup_citation", {"citation": "no such thing"}, "question_error: "),
    ("compare", {"questions": [], "jurisdictions": ["zz/arden"]}, "invalid_input: questions: "),
    ("compare", {"questions": ["a"] * 11, "jurisdictions": ["zz"]}, "invalid_input: questions: "),
    ("compare", {"questions": ["a"], "jurisdictions": ["zz"] * 21}, "invalid_input: jurisdictions"),
]


def test_what_cannot_be_done_is_one_typed_line_and_the_session_goes_on(address: str) -> None:
    async def said(client: Client) -> None:
        for name, arguments, line in WRONG:
            result = await client.call_tool(name, arguments)
            text = result.content[0].text  # type: ignore[union-attr]
            assert result.is_error, (name, arguments)
            assert text.startswith(line), text
            assert "\n" not in text
        assert not (await client.call_tool("ask", {"question": TOLL})).is_error

    talk(address, said)


@SEVERAL_ERAS
def test_an_unknown_tool_is_an_error_of_the_protocol(address: str, mode: str) -> None:
    with pytest.raises((MCPError, ExceptionGroup)) as refused:
        call(address, "delete", mode)
    assert "no tool 'delete'" in str(_innermost(refused.value))


def _innermost(error: BaseException) -> BaseException:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


@SEVERAL_ERAS
def test_the_work_for_a_caller_who_left_is_stopped(
    engine: Engine, tiny_settings: Settings, light_shelf: Any, serving: Any, mode: str
) -> None:
    stopped = threading.Event()

    class Slow(Engine):
        """Works on a question until nobody waits for its answer."""

        def ask(self, *asked: Any, gone: Any = None, **more: Any) -> Any:
            gone = gone or asked[1]
            if gone.wait(60):
                stopped.set()
            raise Abandoned("whoever asked has gone")

    async def said(client: Client) -> None:
        with pytest.raises(MCPError):
            await client.call_tool("ask", {"question": TOLL}, read_timeout_seconds=0.2)

    with serving(Slow(tiny_settings, light_shelf(tiny_settings))) as address:
        talk(address, said, mode)
        assert stopped.wait(30)


def test_a_long_document_goes_on_under_the_next_id(
    tmp_path: Path, empty: tuple[Settings, Shelf, Engine], publish: Callable[..., str], local: Any
) -> None:
    _, shelf, engine = empty
    text = "A toll is due. " * 4000
    publish(shelf, book=text)
    desk, id, read = Desk(engine, lambda c: "http://here", threading.Event()), "book", ""
    while id:
        fetched = TOOLS["fetch"].act(desk, TOOLS["fetch"].takes(id=id))
        assert len(fetched["text"]) <= MOST_TEXT
        read += fetched["text"]
        id = fetched["metadata"].get("next", "")
    assert read == text


PING = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
TAKES = {"Accept": "application/json, text/event-stream"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://127.0.0.1:3000"}, 200),
        ({"Origin": "http://localhost"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "http://127.0.0.1.evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Host": "evil.example"}, 400),
        ({"Content-Type": "text/plain"}, 400),
    ],
)
def test_only_this_machines_own_pages_may_call(
    address: str, headers: dict[str, str], status: int
) -> None:
    sent = {"Content-Type": "application/json", **TAKES, **headers}
    got = httpx.post(f"{address}/mcp", content=json.dumps(PING), headers=sent)
    assert got.status_code == status
    assert "evil" not in got.headers.get("access-control-allow-origin", "")


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_there_is_no_session_to_listen_to_or_to_end(address: str, method: str) -> None:
    got = httpx.request(method, f"{address}/mcp", headers=TAKES)
    assert got.status_code == 405


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff", b'{"jsonrpc": "2.0"}'])
def test_what_is_no_message_is_refused(address: str, body: bytes) -> None:
    sent = {"Content-Type": "application/json", **TAKES}
    got = httpx.post(f"{address}/mcp", content=body, headers=sent)
    assert got.status_code == 400


def test_a_message_without_end_is_refused(address: str) -> None:
    sent = {"Content-Type": "application/json", **TAKES}
    got = httpx.post(f"{address}/mcp", content=b" " * 300_000, headers=sent)
    assert got.status_code == 413
