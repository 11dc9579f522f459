"""The routes of `/v1`: parse, ask the engine, present."""

from __future__ import annotations

import mimetypes
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from pincite.errors import QuestionError
from service.api.answer_bodies import AnswerBody
from service.api.attending import Gone
from service.api.problems import described as _problems
from service.api.problems import told_late
from service.api.requests import AskBody, ListQuery, SearchQuery, TextQuery
from service.api.responses import DocumentBody, DocumentsBody, SearchBody, TextBody
from service.api.streaming import STREAMED, EventStream, answering, wants_events
from service.conversing.following import question_after
from service.describing import document_json, text_json
from service.engine import Engine
from service.filtering import question_of
from service.listing import listing
from service.presenting import answer_json, search_json

Json = dict[str, Any]
# A text is given whole, up to this many characters a call; `end` pages on.
_MOST_TEXT = 1_000_000


router = APIRouter(prefix="/v1", responses=_problems(400, 422, 500, 503))


def _engine(request: Request) -> Engine:
    engine: Engine = request.app.state.engine
    return engine


@router.post("/ask", response_model=AnswerBody, responses={**STREAMED, **_problems(413, 415)})
def ask(body: AskBody, request: Request, gone: Gone) -> Json | Response:
    """Answer a question with verbatim, cited passages, or say why not."""
    engine = _engine(request)
    with engine.holdings() as holdings:
        question = question_after(
            body.question, body.turns(), holdings, engine.settings, **body.bounds()
        )
    if wants_events(request.headers.get("accept", "")):
        return EventStream(answering(engine, question, gone), partial(told_late, request), gone)
    return answer_json(engine.ask(question, gone))


@router.get("/search", response_model=SearchBody)
def search(request: Request, query: Annotated[SearchQuery, Query()], gone: Gone) -> Json:
    """Find passages, best first, each with its citation."""
    engine = _engine(request)
    with engine.holdings() as holdings:
        question = question_of(query.q, holdings, top=query.top, **query.bounds())
    return search_json(engine.search(question, gone))


@router.get("/documents", response_model=DocumentsBody)
def documents(request: Request, query: Annotated[ListQuery, Query()]) -> Json:
    """Every document of the open generation, and every file that could not be read."""
    with _engine(request).holdings() as holdings:
        return listing(
            holdings.manifest,
            holdings.links,
            kinds=query.kind,
            collections=query.collection,
            only_jurisdiction=query.only_jurisdiction,
            issued_from=query.issued_from,
            issued_to=query.issued_to,
        )


@router.get("/documents/{id}", response_model=DocumentBody, responses=_problems(404))
def document(id: str, request: Request) -> Json:
    """One document: its entry, its sections, how it was read."""
    with _engine(request).holdings() as holdings:
        return document_json(holdings.document(id), holdings.record(id))


@router.get("/documents/{id}/text", response_model=TextBody, responses=_problems(404))
def text(id: str, request: Request, query: Annotated[TextQuery, Query()]) -> Json:
    """A stretch of the canonical text, by character offsets."""
    with _engine(request).holdings() as holdings:
        held = holdings.document(id)
        start, length = query.start, len(held.text)
        end = length if query.end is None else query.end
        if not start <= end <= length:
            raise QuestionError(
                f"{start}:{end} is no stretch of {id}, which has {length} characters"
            )
        return text_json(held, start, min(end, start + _MOST_TEXT))


@router.get(
    "/documents/{id}/source",
    response_class=Response,
    responses={
        200: {"description": "the file's bytes", "content": {"application/octet-stream": {}}},
        **_problems(404),
    },
)
def source(id: str, request: Request) -> Response:
    """The original file, byte for byte, as a download: a browser never runs what is in it."""
    engine = _engine(request)
    with engine.holdings() as holdings:
        record = holdings.record(id)
        data = engine.shelf.library.original(record.source_sha256)
    name = record.entry.source.rsplit("/", 1)[-1]
    safe = "".join(c if (c.isalnum() and c.isascii()) or c in "._-" else "_" for c in name)
    return Response(
        data,
        media_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="{safe}"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Pincite-Type": mimetypes.guess_type(safe)[0] or "application/octet-stream",
            "ETag": f'"{record.source_sha256}"',
        },
    )
