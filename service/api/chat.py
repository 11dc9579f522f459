"""`/v1/chat/completions` and `/v1/models` in OpenAI's form, for clients made for that one.

The answer is the one that `/v1/ask` gives: verbatim quotes, or why there are none. What a system
message says changes nothing of what may be quoted.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import replace
from datetime import datetime
from functools import partial
from threading import Event
from typing import Any

import anyio.to_thread
from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, StreamingResponse
from fastapi.routing import APIRoute
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from pincite.errors import Busy, PinciteError, QuestionError, UsageError, code_of
from pincite.settings import Settings
from pincite.types import Question
from service.api.attending import Gone
from service.api.problems import status_of
from service.chat.completions import DONE, Reply, error, event, model
from service.chat.said import ChatBody, ChatError, asked, earlier, known
from service.chat.writing import Content, Link, written
from service.conversing.following import question_after
from service.conversing.turns import Turn
from service.engine import Engine
from service.holdings import Holdings
from service.presenting import answer_json
from service.retrieval import cleaned
from service.web.links import linked

Json = dict[str, Any]
PATH = "/v1/chat/completions"
# Conversations are long; one of 200 turns with long answers is about a megabyte.
MOST_BYTES = 4 * 1024 * 1024

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class OpenAIForm(APIRoute):
    """A route whose errors have the form that OpenAI's clients read."""

    def get_route_handler(self) -> Handler:
        """The handler, with every error of ours and of validation as OpenAI's."""
        handler = super().get_route_handler()

        async def in_form(request: Request) -> Response:
            try:
                return await handler(request)
            except ChatError as wrong:
                return _refused(wrong.status, str(wrong), wrong.param, wrong.code)
            except PinciteError as wrong:
                again = {"Retry-After": str(wrong.seconds)} if isinstance(wrong, Busy) else None
                return _refused(_status(wrong), str(wrong), code=code_of(wrong), headers=again)
            except (RequestValidationError, ValidationError) as wrong:
                first = wrong.errors()[0]
                return _refused(400, first["msg"], _where(first), "invalid_value")
            except HTTPException as wrong:
                return _refused(wrong.status_code, str(wrong.detail))

        return in_form


_DESCRIBED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "a chat.completion; with `stream` server-sent chat.completion.chunk events"
        " that end with [DONE]. `annotations` are url_citation, in code points of `content`.",
        "content": {"application/json": {}, "text/event-stream": {}},
    },
    **{status: {"description": "an error in OpenAI's form"} for status in (400, 404, 413, 503)},
}
router = APIRouter(prefix="/v1", route_class=OpenAIForm)


@router.get("/models")
def models(request: Request) -> Json:
    """The one model that there is."""
    return {"object": "list", "data": [_model(request)]}


@router.get("/models/{id}")
def one_model(id: str, request: Request) -> Json:
    """A model by its name."""
    known(id)
    return _model(request)


@router.post(PATH.removeprefix("/v1"), response_model=None, responses=_DESCRIBED)
async def complete(body: ChatBody, request: Request, gone: Gone) -> Response:
    """Answer the last user message with verbatim, cited passages, or say why not."""
    engine: Engine = request.app.state.engine
    question, generation = await anyio.to_thread.run_sync(_question, engine, body)
    reply = Reply(generation)
    write = partial(_content, engine, question, linked(str(request.base_url)), body.most, gone)
    prompt = "\n".join(message.text for message in body.messages)
    if body.stream:
        told = _stream(write, reply, prompt, with_usage=body.with_usage)
        return StreamingResponse(told, media_type="text/event-stream")
    content = await anyio.to_thread.run_sync(write)
    # In a thread, for a long conversation has millions of words to count.
    return JSONResponse(await anyio.to_thread.run_sync(reply.completion, content, prompt))


async def _stream(
    write: Callable[[], Content], reply: Reply, prompt: str, *, with_usage: bool
) -> AsyncIterator[str]:
    """The events of a reply."""
    yield event(reply.opening(with_usage=with_usage))
    try:
        content = await anyio.to_thread.run_sync(write, abandon_on_cancel=True)
    except PinciteError as wrong:
        yield event(error(_status(wrong), str(wrong), code=code_of(wrong)))
        return
    chunks = partial(reply.chunks, content, prompt, with_usage=with_usage)
    for chunk in await anyio.to_thread.run_sync(lambda: list(chunks())):
        yield event(chunk)
    yield DONE


def _question(engine: Engine, body: ChatBody) -> tuple[Question, str]:
    """What is asked, checked before a stream begins, and the generation that will answer."""
    bounded, settings = asked(body), engine.settings
    with engine.holdings() as holdings:
        turns = [
            _held(turn, holdings)
            for turn in earlier(body, bounded)
            if _can_be_asked(turn, settings)
        ]
        question = question_after(bounded.question, turns, holdings, settings, **bounded.bounds())
        cleaned(question.text, settings.question_max_chars)
        return question, holdings.manifest.generation


def _can_be_asked(turn: Turn, settings: Settings) -> bool:
    """Whether an earlier message is a question: a chat goes on after one that was refused."""
    try:
        return bool(cleaned(turn.question, settings.question_max_chars))
    except QuestionError:
        return False


def _held(turn: Turn, holdings: Holdings) -> Turn:
    """A turn without documents that are not here, whoever named them."""
    documents = tuple(id for id in turn.documents if id in holdings.works.entries)
    return replace(turn, documents=documents)


def _content(
    engine: Engine, question: Question, link: Link, most: int | None, gone: Event
) -> Content:
    return written(answer_json(engine.ask(question, gone)), link, most)


def _model(request: Request) -> Json:
    engine: Engine = request.app.state.engine
    with engine.holdings() as holdings:
        return model(int(datetime.fromisoformat(holdings.manifest.created).timestamp()))


def _status(wrong: PinciteError) -> int:
    return 400 if isinstance(wrong, UsageError) else status_of(wrong)


def _where(first: Any) -> str | None:
    """`body.messages.0.role` as `messages.0.role`."""
    return ".".join(str(part) for part in first["loc"] if part != "body") or None


def _refused(
    status: int,
    what: str,
    param: str | None = None,
    code: str | None = None,
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    return JSONResponse(error(status, what, param, code), status, headers)
