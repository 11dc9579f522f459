"""Downloads: `POST /v1/export`, and `GET /export` for the links of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from threading import Event
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import ConfigDict, Field, ValidationError

from service.api.answer_bodies import AnswerBody
from service.api.attending import Gone
from service.api.problems import described
from service.api.requests import AskBody, Name
from service.conversing.following import question_after
from service.conversing.turns import Turn
from service.engine import Engine
from service.exporting.checking import Checker
from service.exporting.formats import (
    FORMATS,
    ExportError,
    Format,
    exported,
    file_name,
    format_of,
)
from service.exporting.handed_in import checked
from service.exporting.paper import Json
from service.filtering import day_of
from service.presenting import answer_json

router = APIRouter(responses=described(400, 422, 500, 503))


class ExportBody(AskBody):
    """A question to answer and export, or an answer exactly as `POST /v1/ask` gave it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"question": "May the jail hold a person?", "format": "docx"}]
        },
    )

    question: str = Field("", description="a question in plain words; or give an answer")
    # Not an AnswerBody: OpenAPI would list that twice, as what comes in and as what goes out.
    answer: Json | None = Field(
        None, description="an AnswerBody as given; each of its quotes is checked first"
    )
    format: Name = Field("docx", description=f"one of {', '.join(FORMATS)}")


@router.post(
    "/v1/export",
    response_class=Response,
    responses={
        200: {
            "description": "the file, as a download",
            "content": {kind.media_type: {} for kind in FORMATS.values()},
        },
        **described(413, 415),
    },
)
def export(body: ExportBody, request: Request, gone: Gone) -> Response:
    """An answer as a file to take away. What does not verify is refused."""
    kind = format_of(body.format)
    engine: Engine = request.app.state.engine
    if body.answer is None:
        said = _asked(engine, body.question, gone, body.turns(), body.bounds())
        return download(said, kind)
    if body.question:
        raise ExportError("give a question or an answer, not both")
    answer = _answer(body.answer)
    day = day_of("as_of", answer["as_of"]) or date.min
    with engine.holdings() as holdings:
        checker = Checker(engine.shelf.library, holdings.manifest, day)
        return download(checked(answer, checker, day), kind)


def _answer(said: Json) -> Json:
    try:
        return AnswerBody.model_validate(said).model_dump(by_alias=True)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ExportError(f"answer.{where}: {first['msg']}; give it as /v1/ask did") from None


@router.get("/export", include_in_schema=False)
def export_link(
    request: Request,
    gone: Gone,
    q: str,
    format: str,
    place: str = "",
    as_of: str = "",
    kind: Annotated[list[str], Query()] = [],  # noqa: B006
    document: Annotated[list[str], Query()] = [],  # noqa: B006
) -> Response:
    """The export of a question, by a plain link."""
    chosen = format_of(format)
    kinds = [value for value in kind if value]
    bounds: Json = {"place": place, "as_of": as_of, "kinds": kinds, "documents": document}
    return download(_asked(request.app.state.engine, q, gone, (), bounds), chosen)


def _asked(
    engine: Engine, text: str, gone: Event, turns: Sequence[Turn], bounds: Mapping[str, Any]
) -> Json:
    with engine.holdings() as holdings:
        question = question_after(text, turns, holdings, engine.settings, **bounds)
    return answer_json(engine.ask(question, gone))


def download(said: Json, kind: Format) -> Response:
    """The file, as what a browser saves and never shows."""
    return Response(
        exported(said, kind),
        media_type=kind.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{file_name(said, kind)}"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
        },
    )
