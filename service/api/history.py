"""`GET /v1/documents/{id}/history`: the timeline of a work."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from pincite.types import Relation, Status
from service.api.answer_bodies import InForce
from service.api.problems import MEDIA_TYPE
from service.api.responses import Problem
from service.engine import Engine
from service.history import history as history_of

Json = dict[str, Any]
_PROBLEM: Json = {
    "description": "problem",
    "content": {MEDIA_TYPE: {"schema": Problem.model_json_schema()}},
}

router = APIRouter(prefix="/v1", responses=dict.fromkeys((400, 404, 422, 500, 503), _PROBLEM))


class HistoryQuery(BaseModel):
    """The day as of which the versions' standing is told."""

    model_config = ConfigDict(extra="forbid")

    as_of: str | None = Field(
        None,
        max_length=300,
        description="the day of the law; default today",
        examples=["2019-11-15"],
    )


class Deed(BaseModel):
    """What a text does to another of the timeline."""

    type: Relation
    target: str
    name: str


class Suffered(BaseModel):
    """What another text does to this one, from which day and, if it lapses, until which."""

    type: Relation
    source: str
    name: str
    on: str | None
    until: str | None


class VersionBody(BaseModel):
    """A version of the work, or a text that changed or ended one."""

    id: str
    title: str
    citation: str | None
    kind: str
    of_work: bool = Field(description="whether it is a version of the work that was asked for")
    issued: str | None
    in_force: InForce
    current_through: str | None
    status: Status = Field(description="on the day of the law")
    standing: str = Field(examples=["superseded on 2021-04-27 by D.C. Law 23-282"])
    does: list[Deed]
    done_to: list[Suffered]
    notice: str | None


class HistoryBody(BaseModel):
    """The versions of a work with all that changed them, in order of time."""

    document_id: str
    work: str
    title: str
    citation: str | None
    as_of: str
    versions: list[VersionBody]
    notices: list[str]


@router.get("/documents/{id}/history", response_model=HistoryBody)
def history(id: str, request: Request, query: Annotated[HistoryQuery, Query()]) -> Json:
    """The timeline of a document's work: its versions, what changed them, what ended that."""
    engine: Engine = request.app.state.engine
    with engine.holdings() as holdings:
        return history_of(holdings.manifest, id, query.as_of)
