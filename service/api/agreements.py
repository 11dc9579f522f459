"""`GET /v1/agreements`: the agreements held, by what the catalogue says of them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from pincite.types import AgreementModel, Status
from service.api.answer_bodies import IndexBody, InForce
from service.api.problems import MEDIA_TYPE
from service.api.requests import Name
from service.api.responses import Problem
from service.engine import Engine
from service.sharing.agreements import agreements_json

Json = dict[str, Any]


class AgreementsQuery(BaseModel):
    """Which agreements to list."""

    model_config = ConfigDict(extra="forbid")

    model: Name | None = Field(
        None, description="jail_enforcement, warrant_service_officer or task_force"
    )
    agency: Name | None = Field(
        None, description="words of the agency's name", examples=["Titus County"]
    )
    jurisdiction: Name | None = Field(
        None, description="only this jurisdiction and below", examples=["us/fl"]
    )
    signed_from: Name | None = Field(
        None, description="signed on or after this day", examples=["2025-01-20"]
    )
    signed_to: Name | None = Field(
        None, description="signed on or before this day", examples=["2025-03-31"]
    )


class AgreementBody(BaseModel):
    """An agreement with its facts; null where the catalogue does not say."""

    id: str
    agency: str | None
    model: AgreementModel | None
    model_name: str | None
    signatory: str | None = Field(description="who signed for the agency")
    signed: str | None = Field(description="the day of the last signature")
    term: str | None = Field(description="how long it lasts, in words")
    in_force: InForce
    status: Status
    title: str
    citation: str | None
    jurisdiction: str | None
    parties: list[str]
    notice: str | None
    url: str | None
    source: str


class AgreementsBody(BaseModel):
    """The agreements that pass; `held` counts all that the index has."""

    agreements: list[AgreementBody]
    held: int
    index: IndexBody


_SCHEMA = {"schema": Problem.model_json_schema()}
router = APIRouter(
    prefix="/v1",
    responses={
        status: {"description": "problem", "content": {MEDIA_TYPE: _SCHEMA}}
        for status in (400, 422, 500, 503)
    },
)


@router.get("/agreements", response_model=AgreementsBody)
def agreements(request: Request, query: Annotated[AgreementsQuery, Query()]) -> Json:
    """The agreements with agencies: who, which model, signed by whom and when, for how long."""
    engine: Engine = request.app.state.engine
    with engine.holdings() as holdings:
        return agreements_json(holdings.manifest, **query.model_dump())
