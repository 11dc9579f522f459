"""`pincite mcp`, started by an MCP client as an assistant starts it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import anyio
import anyio.to_thread
import pytest
from mcp import Client, StdioServerParameters

from ingest.publishing import ingest
from pincite.settings import Settings
from service.api.app import create_app
from service.client import announced
from service.engine import Engine
from service.threaded import listening, threaded
from service.tools.acts import TOOLS

ROOT = Path(__file__).parents[3]
TOLL = "What toll does a truck with three axles pay on the harbor bridge?"
COMMAND = [sys.executable, "-m", "pincite.cli", "mcp"]


def server(data_dir: Path) -> StdioServerParameters:
    environ = {**os.environ, "PINCITE_DATA_DIR": str(data_dir)}
    return StdioServerParameters(command=COMMAND[0], args=COMMAND[1:], cwd=ROOT, env=environ)


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_before_the_first_ingest_the_tools_are_there_and_say_what_to_do(
    tmp_path: Path, mode: str
) -> None:
    async def session() -> None:
        async with Client(server(tmp_path), mode=mode) as client:
            assert {tool.name for tool in (await client.list_tools()).tools} == set(TOOLS)
            result: Any = await client.call_tool("ask", {"question": TOLL})
            assert result.is_error
            assert result.content[0].text.startswith("index_missing: nothing was ingested yet")

    anyio.run(session)


def test_only_messages_are_printed_and_the_end_of_input_ends_it() -> None:
    opening = {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    }
    sent = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": opening},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        "this is no message",
        {"jsonrpc": "2.0", "id": 2, "method": "tools/list"},
    ]
    with subprocess.Popen(
        COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as serving:
        assert serving.stdin is not None
        assert serving.stdout is not None
        serving.stdin.writelines(f"{json.dumps(one)}\n".encode() for one in sent)
        serving.stdin.flush()
        printed: list[Any] = []
        # Until the last request is answered: the end of input ends what is still worked on.
        while not printed or printed[-1].get("id") != 2:
            printed.append(json.loads(serving.stdout.readline()))
        rest, errors = serving.communicate(timeout=120)
    assert serving.returncode == 0
    assert rest == b""
    assert all(one["jsonrpc"] == "2.0" for one in printed)
    assert b"Traceback" not in errors


def test_where_the_service_runs_it_answers_and_no_model_is_loaded(
    engine: Engine,
    tiny_settings: Settings,
    light_shelf: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The index was made with an encoder that `pincite mcp` itself does not have.

    No call goes through a proxy of the environment: there is none at that port.
    """
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with ExitStack() as stack:
        listener = stack.enter_context(listening())
        port = listener.getsockname()[1]
        instance = stack.enter_context(announced(tiny_settings, "127.0.0.1", port))
        app = create_app(Engine(tiny_settings, light_shelf(tiny_settings)), instance)
        serving = stack.enter_context(threaded(app, listener))

        async def session() -> None:
            async with Client(server(tiny_settings.data_dir)) as client:
                answer: Any = await client.call_tool("ask", {"question": TOLL})
                assert "twelve dollars" in answer.content[0].text
                assert f"http://127.0.0.1:{port}/documents/" in answer.content[0].text
                wrong: Any = await client.call_tool("fetch", {"id": "nobody"})
                assert wrong.is_error
                assert wrong.content[0].text.startswith("not_found: ")
                await anyio.to_thread.run_sync(serving.stop)
                alone: Any = await client.call_tool("ask", {"question": TOLL})
                assert alone.content[0].text.startswith("index_mismatch: ")

        anyio.run(session)


@pytest.mark.model
def test_an_assistant_asks_and_reads_on(tiny_corpus: Path, tmp_path: Path) -> None:
    ingest(Settings(data_dir=tmp_path, ocr="off"), [tiny_corpus])

    async def session() -> None:
        async with Client(server(tmp_path)) as client:
            answer: Any = await client.call_tool("ask", {"question": TOLL})
            assert "twelve dollars" in answer.content[0].text
            assert "http://127.0.0.1:8000/documents/" in answer.content[0].text
            found: Any = await client.call_tool("search", {"query": TOLL, "top": 1})
            first = found.structured_content["results"][0]
            opened: Any = await client.call_tool("fetch", {"id": first["id"]})
            assert first["text"] in opened.structured_content["text"]

    anyio.run(session)
