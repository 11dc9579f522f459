"""What the client sends, and what it makes of a service that is not there or not one."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from pincite.client import AsyncPincite, Pincite
from pincite.client.calls import SECONDS_TO_COMPARE
from pincite.errors import (
    Busy,
    IndexMissing,
    NotFound,
    PinciteError,
    QuestionError,
    ServiceUnusable,
)

ROOT = Path(__file__).parents[3]
Answering = Callable[[httpx.Request], httpx.Response]
PROBLEM = "urn:pincite:problem:"


def client(answering: Answering) -> Pincite:
    return Pincite("http://127.0.0.1:1/", transport=httpx.MockTransport(answering))


def sent(act: Callable[[Pincite], Any]) -> httpx.Request:
    """The request that an act sends."""
    seen: list[httpx.Request] = []

    def keep(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(404, json={"type": PROBLEM + "not-found", "detail": "nothing"})

    with client(keep) as pincite, pytest.raises(NotFound):
        act(pincite)
    [request] = seen
    return request


def test_lists_repeat_their_parameter_and_days_are_written_out() -> None:
    request = sent(
        lambda p: p.search(
            "tolls", 3, kinds=["statute", "case"], as_of=date(2017, 1, 2), place=None
        )
    )
    assert request.url.query == b"q=tolls&top=3&kind=statute&kind=case&as_of=2017-01-02"


@pytest.mark.parametrize(
    ("act", "path"),
    [
        (
            lambda p: p.citation("8 U.S.C. § 1373(a)"),
            "/v1/citations/8%20U.S.C.%20%C2%A7%201373%28a%29",
        ),
        (lambda p: p.citation("a/b?c#d"), "/v1/citations/a%2Fb%3Fc%23d"),
        (lambda p: p.document("../x"), "/v1/documents/..%2Fx"),
        (lambda p: p.text("x", 5, 9), "/v1/documents/x/text"),
    ],
)
def test_names_stay_one_part_of_the_address(act: Callable[[Pincite], Any], path: str) -> None:
    assert sent(act).url.raw_path.decode().partition("?")[0] == path


def test_a_comparison_may_take_longer() -> None:
    assert sent(lambda p: p.compare(["q"], ["us"])).extensions["timeout"]["read"] == (
        SECONDS_TO_COMPARE
    )
    assert sent(lambda p: p.ask("q")).extensions["timeout"]["read"] == 60


@pytest.mark.parametrize(
    ("status", "name", "kind"),
    [
        (404, "not-found", NotFound),
        (422, "question-error", QuestionError),
        (422, "invalid-request", QuestionError),
        (400, "unknown-host", QuestionError),
        (503, "index-missing", IndexMissing),
        (503, "busy", Busy),
        (500, "internal-server-error", ServiceUnusable),
    ],
)
def test_a_problem_is_raised_as_the_error_behind_it(
    status: int, name: str, kind: type[PinciteError]
) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        body = {"type": PROBLEM + name, "detail": "in its own words"}
        return httpx.Response(status, json=body, headers={"Retry-After": "7"})

    with client(answer) as pincite, pytest.raises(kind, match=r"^in its own words$") as raised:
        pincite.ask("q")
    assert type(raised.value) is kind
    assert getattr(raised.value, "seconds", 7) == 7


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b"{}", b"\xff", b'{"question": 1}', b"[" * 100_000]
)
def test_what_is_no_answer_is_told_in_one_line(body: bytes) -> None:
    with client(lambda request: httpx.Response(200, content=body)) as pincite:
        with pytest.raises(ServiceUnusable, match="none that can be read") as raised:
            pincite.ask("q")
        assert "\n" not in str(raised.value)
    failing = client(lambda request: httpx.Response(502, content=body))
    with failing as pincite, pytest.raises(ServiceUnusable, match="answered 502"):
        pincite.ask("q")


def test_a_question_is_sent_once_even_where_it_fails() -> None:
    times: list[str] = []

    def fail(request: httpx.Request) -> httpx.Response:
        times.append(request.url.path)
        raise httpx.ReadTimeout("slow")

    with client(fail) as pincite, pytest.raises(ServiceUnusable, match="did not answer in time"):
        pincite.ask("q")
    assert times == ["/v1/ask"]


def test_nobody_there_says_how_to_start_one() -> None:
    with (
        Pincite("http://127.0.0.1:1") as pincite,
        pytest.raises(ServiceUnusable, match="pincite serve"),
    ):
        pincite.documents()

    async def awaited() -> None:
        async with AsyncPincite("http://127.0.0.1:1") as pincite:
            await pincite.documents()

    with pytest.raises(ServiceUnusable, match="pincite serve"):
        asyncio.run(awaited())


def test_it_loads_no_model_library_and_no_server() -> None:
    code = (
        "import sys, pincite.client;"
        "heavy = {'torch', 'numpy', 'haystack', 'fastapi', 'qdrant_edge', 'service', 'mcp'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"
