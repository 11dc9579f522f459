"""Work in a thread as server-sent events, and `POST /v1/ask` as such a stream."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from itertools import count
from threading import Event
from typing import Any

import anyio.to_thread
from fastapi.sse import EventSourceResponse, format_sse_event
from starlette.types import Receive, Scope, Send

from pincite.types import Question
from service.api.answer_bodies import AnswerBody
from service.api.negotiating import preferred
from service.asked import Asked
from service.engine import Engine
from service.presenting import answer_json, hit_json

Json = dict[str, Any]
Tell = Callable[[str, str], None]
"""Sends an event: its name, and its data as JSON."""

EVENTS = EventSourceResponse.media_type
_DESCRIBED = """The answer; or, for `Accept: text/event-stream`, these server-sent events:
`status` ({"stage": wait, retrieve, rerank, answer, compose or verify}, as each begins),
`passages` ({"hits": as of GET /v1/search}, before anything is said),
`statement` (one each, verified, with the citations that it stands on as `cited`),
`answer` (an AnswerBody, as without a stream) or `error` (a Problem), which is the last.
Closing the connection stops the work."""
_EXAMPLE = 'event: status\ndata: {"stage": "retrieve"}\nid: 1\nretry: 5000\n\n'
STREAMED: dict[int | str, Json] = {
    200: {
        "description": _DESCRIBED,
        "content": {EVENTS: {"schema": {"type": "string"}, "example": _EXAMPLE}},
    }
}
"""What OpenAPI says of a stream."""
# A client that reconnects of itself asks anew: nothing is kept of a stream that broke off.
_RETRY_MS = 5000
_KEEP_ALIVE = b": the work goes on\n\n"
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class EventStream(EventSourceResponse):
    """The events that work in a thread tells, as they come.

    An error before the first event is raised, and so is answered as without a stream; a later
    one is the last event, in the words of `problem`. Whether the client stays or leaves, `gone`
    is set and the thread has ended when the response has.
    """

    def __init__(
        self,
        work: Callable[[Tell], None],
        problem: Callable[[BaseException], Json],
        gone: Event,
        seconds_alive: float = 15.0,
    ) -> None:
        super().__init__((), headers=_HEADERS)
        self._work, self._problem, self._gone = work, problem, gone
        self._seconds_alive = seconds_alive

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the events; `gone` is set by whoever watches the connection."""
        told: asyncio.Queue[bytes | None] = asyncio.Queue()
        working = asyncio.create_task(self._worked(told))
        try:
            await self._send(told, working, send)
        except OSError:  # how a server may say that nobody is there any more
            return
        finally:
            self._gone.set()
            await asyncio.gather(working, return_exceptions=True)

    async def _worked(self, told: asyncio.Queue[bytes | None]) -> None:
        """The work to its end, in a thread; None is told last."""
        loop, numbers = asyncio.get_running_loop(), count(1)

        def tell(name: str, data: str) -> None:
            event = _event(next(numbers), name, data)
            loop.call_soon_threadsafe(told.put_nowait, event)

        try:
            await anyio.to_thread.run_sync(self._work, tell)
        finally:
            told.put_nowait(None)

    async def _send(
        self, told: asyncio.Queue[bytes | None], working: asyncio.Task[None], send: Send
    ) -> None:
        event = await told.get()
        if event is None:
            await working
        start = {"status": self.status_code, "headers": self.raw_headers}
        await send({"type": "http.response.start", **start})
        last = 0
        while event is not None:
            await send({"type": "http.response.body", "body": event, "more_body": True})
            last, event = last + 1, await self._next(told, send)
        [wrong] = await asyncio.gather(working, return_exceptions=True)
        end = b"" if wrong is None else _event(last + 1, "error", json.dumps(self._problem(wrong)))
        await send({"type": "http.response.body", "body": end})

    async def _next(self, told: asyncio.Queue[bytes | None], send: Send) -> bytes | None:
        """The next event; while none comes, a comment now and then, so that no proxy hangs up."""
        while True:
            try:
                async with asyncio.timeout(self._seconds_alive):
                    return await told.get()
            except TimeoutError:
                alive = {"type": "http.response.body", "body": _KEEP_ALIVE, "more_body": True}
                await send(alive)


def wants_events(accept: str) -> bool:
    """Whether a client wants the stream of an answer rather than its JSON."""
    return preferred(accept, ("application/json", EVENTS)) == EVENTS


def answering(engine: Engine, question: Question, gone: Event) -> Callable[[Tell], None]:
    """The work of answering, which tells of each stage, what was found, and what was verified."""

    def work(tell: Tell) -> None:
        def listener(stage: str, asked: Asked) -> None:
            if stage == "answer":
                tell("passages", json.dumps(passages_json(asked)))
            tell("status", json.dumps({"stage": stage}))

        answer = answer_json(engine.ask(question, gone, listener))
        for statement in answer["statements"]:
            cited = [answer["citations"][place - 1] for place in statement["citations"]]
            tell("statement", json.dumps({**statement, "cited": cited}))
        # By the way that an answer takes without a stream, so that both are one.
        tell("answer", AnswerBody.model_validate(answer).model_dump_json(by_alias=True))

    return work


def passages_json(asked: Asked) -> Json:
    """The best passages found, as a search gives them; other copies of them the answer names."""
    best = asked.hits[: asked.question.top]
    hits = [
        {**hit_json(hit, asked, copies=False), "rank": rank}
        for rank, hit in enumerate(best, start=1)
    ]
    return {"hits": hits}


def _event(number: int, name: str, data: str) -> bytes:
    retry = _RETRY_MS if number == 1 else None
    return format_sse_event(data_str=data, event=name, id=str(number), retry=retry)
