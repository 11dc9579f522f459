"""The routes of `/v1`: parse, ask the engine, present."""

from __future__ import annotations

import mimetypes
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from pincite.errors import QuestionError
from service.api.bodies import AnswerBody, AskBody, Problem, SearchBody, TextBody
from service.engine import Engine
from service.filtering import listing, question_of
from service.presenting import (
    answer_json,
    document_json,
    search_json,
    text_json,
)

Json = dict[str, Any]
# A text is given whole, up to this many characters a call; `end` pages on.
_MOST_TEXT = 1_000_000

router = APIRouter(prefix="/v1", responses={422: {"model": Problem}, 503: {"model": Problem}})


def _engine(request: Request) -> Engine:
    engine: Engine = request.app.state.engine
    return engine


@router.post("/ask", response_model=AnswerBody)
def ask(body: AskBody, request: Request) -> Json:
    """Answer a question with verbatim, cited passages, or say why not."""
    engine = _engine(request)
    with engine.holdings() as holdings:
        question = question_of(
            body.question,
            holdings,
            place=body.place,
            as_of=body.as_of,
            kinds=body.kinds,
            only_jurisdiction=body.only_jurisdiction,
            documents=body.documents,
            collections=body.collections,
        )
    return answer_json(engine.ask(question))


@router.get("/search", response_model=SearchBody)
def search(
    request: Request,
    q: Annotated[str, Query(description="words or a citation", examples=["detainer requests"])],
    top: Annotated[int, Query(description="passages to give, 1 to 100")] = 10,
    place: Annotated[str | None, Query(description="where the asker stands")] = None,
    as_of: Annotated[str | None, Query(description="the day of the law")] = None,
    kind: Annotated[list[str], Query(description="only these kinds")] = [],  # noqa: B006
    only_jurisdiction: Annotated[str | None, Query(description="only here and below")] = None,
    document: Annotated[list[str], Query(description="only these documents")] = [],  # noqa: B006
    collection: Annotated[list[str], Query(description="only these collections")] = [],  # noqa: B006
) -> Json:
    """Find passages, best first, each with its citation."""
    engine = _engine(request)
    with engine.holdings() as holdings:
        question = question_of(
            q,
            holdings,
            place=place,
            as_of=as_of,
            kinds=kind,
            only_jurisdiction=only_jurisdiction,
            documents=document,
            collections=collection,
            top=top,
        )
    return search_json(engine.search(question))


@router.get("/documents")
def documents(
    request: Request,
    kind: Annotated[list[str], Query()] = [],  # noqa: B006
    only_jurisdiction: str | None = None,
    collection: Annotated[list[str], Query()] = [],  # noqa: B006
) -> Json:
    """Every document of the open generation, and every file that could not be read."""
    with _engine(request).holdings() as holdings:
        return listing(
            holdings.manifest,
            kinds=kind,
            only_jurisdiction=only_jurisdiction,
            collections=collection,
        )


@router.get("/documents/{id}", responses={404: {"model": Problem}})
def document(id: str, request: Request) -> Json:
    """One document: its entry, its sections, how it was read."""
    with _engine(request).holdings() as holdings:
        return document_json(holdings.document(id), holdings.record(id))


@router.get("/documents/{id}/text", response_model=TextBody, responses={404: {"model": Problem}})
def text(
    id: str,
    request: Request,
    start: Annotated[int, Query(ge=0)] = 0,
    end: Annotated[int | None, Query(ge=0)] = None,
) -> Json:
    """A stretch of the canonical text, by character offsets."""
    with _engine(request).holdings() as holdings:
        held = holdings.document(id)
        length = len(held.text)
        stop = min(start + _MOST_TEXT, length) if end is None else end
        if not start <= stop <= length:
            raise QuestionError(
                f"{start}:{stop} is no stretch of {id}, which has {length} characters"
            )
        return text_json(held, start, min(stop, start + _MOST_TEXT))


@router.get("/documents/{id}/source", responses={404: {"model": Problem}})
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
            "X-Pincite-Type": mimetypes.guess_type(name)[0] or "application/octet-stream",
            "ETag": f'"{record.source_sha256}"',
        },
    )
