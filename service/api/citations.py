"""`/v1/citations`: what a citation is, where it is held, who cites it; and what is not held."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from pincite.kinds import Channel
from pincite.types import Status
from service.api.answer_bodies import IndexBody
from service.api.problems import described
from service.api.requests import Name
from service.engine import Engine
from service.linking.cited import citation_json_of, sources_json, viewed

Json = dict[str, Any]
Near = Literal["this", "above", "beside"]

router = APIRouter(prefix="/v1", responses=described(400, 422, 500, 503))


class CitationQuery(BaseModel):
    """From when a citation is asked for, and how much is shown."""

    model_config = ConfigDict(extra="forbid")

    as_of: Name | None = Field(
        None, description="the day of the law; default today", examples=["2017-11-22"]
    )
    passages: int = Field(5, ge=1, le=100, description="passages to show of a document")


class SourcesQuery(BaseModel):
    """Which sources to list."""

    model_config = ConfigDict(extra="forbid")

    held: bool | None = Field(
        None, description="false: only what the corpus does not hold, the reading list"
    )
    top: int = Field(50, ge=1, le=1000, description="sources to give, most cited first")


class PlaceBody(BaseModel):
    """Where the corpus holds what is cited, with its first words."""

    document_id: str
    title: str
    kind: str
    jurisdiction: str | None
    citation: str
    status: Status
    version: str
    start: int
    end: int
    whole: bool = Field(description="the whole document is what is cited")
    exact: bool = Field(description="false: only what the clause should lie in was found")
    quoted_by_act: bool = Field(description="an act or a bill sets the words out")
    text: str = Field(description="the first words")


class CitingPassage(BaseModel):
    """A sentence that cites; `start` and `end` are those of the citation in it."""

    key: str
    written: str
    form: str = Field(description="full, short, supra, id, or section: one without its code")
    names: Near
    page: str
    start: int
    end: int
    citation: str = Field(description="the printed citation of the sentence")
    pinpoint: str
    channel: Channel
    text: str


class CitingBody(BaseModel):
    """A document that cites. `names`: the very thing, what it lies in, or another clause of it."""

    document_id: str
    title: str
    kind: str
    citation: str | None
    names: Near
    mentions: int
    passages: list[CitingPassage]


class CitedBy(BaseModel):
    """How many cite it."""

    documents: int
    mentions: int


class CitationsBody(BaseModel):
    """All about one citation."""

    asked: str
    key: str = Field(examples=["8 usc 1373(a)"])
    kind: str = Field(examples=["statute"])
    citation: str = Field(examples=["8 U.S.C. § 1373(a)"])
    name: str = Field(description="the name of a case; else empty")
    held: bool
    places: list[PlaceBody]
    cited_by: CitedBy
    citing: list[CitingBody]
    index: IndexBody


class SourceBody(BaseModel):
    """A source that is cited, and by how many documents."""

    key: str
    kind: str
    citation: str
    name: str
    held: bool
    documents: int
    mentions: int
    cited_in: list[str]


class SourcesBody(BaseModel):
    """The sources that are cited, most cited first."""

    count: int
    sources: list[SourceBody]
    index: IndexBody


@router.get("/citations", response_model=SourcesBody)
def cited_sources(request: Request, query: Annotated[SourcesQuery, Query()]) -> Json:
    """What the documents cite, most cited first; with `held=false` the reading list."""
    engine: Engine = request.app.state.engine
    with engine.holdings() as holdings:
        return sources_json(holdings, query.top, held=query.held)


@router.get("/citations/{written:path}", response_model=CitationsBody)
def citation(written: str, request: Request, query: Annotated[CitationQuery, Query()]) -> Json:
    """What a citation is, in any written form; where it is held; who cites it."""
    engine: Engine = request.app.state.engine
    with engine.holdings() as holdings:
        return citation_json_of(written, holdings, viewed(holdings, query.as_of), query.passages)
