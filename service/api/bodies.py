"""What the API takes and gives, as OpenAPI describes it."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Json = dict[str, Any]


class AskBody(BaseModel):
    """A question and what bounds it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "question": "May a city forbid its officers to share immigration status with ICE?"
                },
                {
                    "question": "When may the police honor a civil immigration detainer?",
                    "place": "us/ny/new-york-city",
                    "as_of": "2017-03-15",
                },
            ]
        },
    )

    question: str = Field(description="a question in plain words, or a citation")
    place: str | None = Field(None, description="where the asker stands; ranks, never hides")
    as_of: str | None = Field(None, description="the day of the law, as 2017-11-22; default today")
    kinds: list[str] = Field([], description="only documents of these kinds", max_length=20)
    only_jurisdiction: str | None = Field(None, description="only this jurisdiction and below")
    documents: list[str] = Field([], description="only these documents, by id", max_length=100)
    collections: list[str] = Field([], description="only these collections", max_length=20)


class Statement(BaseModel):
    """One verbatim statement; `citations` are places in the answer's list, from 1."""

    text: str
    channel: Literal["law", "record", "argument"]
    citations: list[int]
    support: float | None = None


class CitationBody(BaseModel):
    """A quote that equals `text[start:end]` of that version of that document."""

    model_config = ConfigDict(extra="allow")

    n: int
    document_id: str
    version: str
    title: str
    kind: str
    jurisdiction: str | None
    citation: str
    pinpoint: str
    quote: str
    start: int
    end: int
    page: str | int | None
    source: str
    channel: str
    authority: str
    status: str
    in_force: dict[str, str | None]
    current_through: str | None
    ocr: bool
    marks: list[Json]
    repaired: list[Json]


class AnswerBody(BaseModel):
    """An answer, or a reason for none with the nearest passages."""

    question: str
    reason: (
        Literal[
            "not_in_corpus", "weak_evidence", "superseded_only", "conflicting", "needs_jurisdiction"
        ]
        | None
    )
    statements: list[Statement]
    citations: list[CitationBody]
    nearest: list[CitationBody]
    notices: list[str]
    coverage: Json
    index: Json
    as_of: str
    timings_ms: dict[str, float]


class HitBody(CitationBody):
    """A passage found, with its rank in every leg."""

    rank: int
    score: float
    similarity: float | None
    ranks: dict[str, int]


class SearchBody(BaseModel):
    """Passages found, best first."""

    question: str
    hits: list[HitBody]
    index: Json
    as_of: str
    timings_ms: dict[str, float]


class TextBody(BaseModel):
    """A stretch of canonical text with the marks and repairs that touch it."""

    document_id: str
    version: str
    start: int
    end: int
    characters: int
    text: str
    marks: list[Json]
    repaired: list[Json]


class Problem(BaseModel):
    """RFC 9457 problem details."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
