"""`POST /v1/compare`: what several places say, as JSON or as a file."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from pincite.differing import Side
from pincite.errors import QuestionError
from service.api.answer_bodies import CitationBody, Coverage, IndexBody
from service.api.attending import Gone
from service.api.exports import download
from service.api.problems import described
from service.api.requests import Name
from service.comparing.table import MOST_PLACES, MOST_QUESTIONS, CellType, compare, comparison_json
from service.engine import Engine
from service.exporting.formats import FORMATS, Format, format_of
from service.filtering import day_of

Json = dict[str, Any]
# What is read of a list at all; how many may be compared is said in words of our own.
_MOST_LISTED = 100

router = APIRouter(prefix="/v1", responses=described(400, 422, 500, 503))


class CompareBody(BaseModel):
    """Questions and places. `question` alone stands for a list of one."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "questions": ["May jails hold people on ICE detainers?"],
                    "jurisdictions": ["us/dc", "us/ny/new-york-city", "us/ma/somerville"],
                }
            ]
        },
    )

    questions: list[str] = Field(
        [], max_length=_MOST_LISTED, description=f"1 to {MOST_QUESTIONS} questions, the rows"
    )
    question: str | None = Field(None, description="one question, in place of the list")
    jurisdictions: list[Name] = Field(
        max_length=_MOST_LISTED, description=f"1 to {MOST_PLACES} places, the columns"
    )
    as_of: Name | None = Field(None, description="the day of the law; default today")
    format: Name | None = Field(
        None, description=f"one of {', '.join(FORMATS)}; by default what Accept names, else JSON"
    )


class PlaceBody(BaseModel):
    """A column: a place, how many own documents it has here, which places around it have some."""

    jurisdiction: str
    name: str
    documents: int
    around: list[str]


class ChangeBody(BaseModel):
    """Words that the first place's clause and this one share, or that one of them lacks."""

    kind: Side
    text: str


class CellBody(BaseModel):
    """What one place says: a verified quote; or that it is silent; or that nothing of it is held.

    `superseded` is a quote that is no longer in force, where nothing in force says anything.
    """

    jurisdiction: str
    type: CellType
    words: str
    citation: CitationBody | None
    changes: list[ChangeBody]


class RowBody(BaseModel):
    """One question with a cell for every place, in the order of the places."""

    question: str
    cells: list[CellBody]


class ComparisonBody(BaseModel):
    """A table: places are columns, questions are rows."""

    jurisdictions: list[PlaceBody]
    rows: list[RowBody]
    notices: list[str]
    coverage: Coverage
    index: IndexBody
    as_of: str


@router.post("/compare", response_model=ComparisonBody, responses=described(413, 415))
def compare_places(body: CompareBody, request: Request, gone: Gone) -> Json | Response:
    """Compare what places say, each cell one verified quote of that place's own law."""
    kind = _format(body.format, request.headers.get("accept", ""))
    if body.question and body.questions:
        raise QuestionError("give a question or questions, not both")
    questions = [body.question] if body.question else body.questions
    engine: Engine = request.app.state.engine
    day = day_of("as_of", body.as_of)
    told = comparison_json(compare(engine, questions, body.jurisdictions, day, gone))
    return told if kind is None else download(told, kind)


def _format(name: str | None, accept: str) -> Format | None:
    """The file that is wanted; None for JSON."""
    if name is not None:
        return None if name == "json" else format_of(name)
    wanted = [part.partition(";")[0].strip().lower() for part in accept.split(",")]
    files = {kind.media_type.partition(";")[0]: kind for kind in FORMATS.values()}
    first: Literal["application/json"] = "application/json"
    found = next((media for media in wanted if media in files), first)
    return None if found == first else files[found]
