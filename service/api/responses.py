"""What the API gives of searches, documents and texts, and the form of its problems."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from pincite.types import Part, Relation, Status
from service.api.answer_bodies import (
    CitationBody,
    Coverage,
    IndexBody,
    InForce,
    MarkBody,
    RepairBody,
)


class HitBody(CitationBody):
    """A passage found, with its rank in every leg."""

    model_config = ConfigDict(json_schema_extra={"examples": []})

    rank: int
    score: float
    similarity: float | None
    ranks: dict[str, int]
    retired: bool


class SearchBody(BaseModel):
    """Passages found, best first."""

    question: str
    hits: list[HitBody]
    index: IndexBody
    as_of: str
    timings_ms: dict[str, float]


class RelationBody(BaseModel):
    """A typed relation to another document."""

    type: Relation
    target: str


class RecordBody(BaseModel):
    """One document of the open generation, without its text."""

    id: str
    title: str
    kind: str
    kind_name: str
    citation: str | None
    jurisdiction: str | None
    issuer: str | None
    issued: str | None
    in_force: InForce
    current_through: str | None
    status: Status
    work: str | None
    relations: list[RelationBody]
    parties: list[str]
    collection: str | None
    language: str
    licence: str | None
    notice: str | None
    url: str | None
    source: str
    source_sha256: str
    version: str
    reader: str
    characters: int
    pages: int | None
    passages: int
    ocr: bool
    repairs: int


class SectionBody(BaseModel):
    """A stretch of a document's structure."""

    label: str
    heading: str
    level: int
    start: int
    end: int
    part: Part | None
    author: str | None
    joined: list[str]


class DocumentBody(RecordBody):
    """A document with its structure and how it was read."""

    sections: list[SectionBody]
    repairs_by_rule: dict[str, int]
    marks_by_type: dict[str, int]
    facts: dict[str, str]


class RefusalBody(BaseModel):
    """A file that is not indexed, and why."""

    source: str
    id: str | None
    reason: str
    detail: str


class MissingSourceBody(BaseModel):
    """A source that is cited and not held, and how many documents cite it how often."""

    key: str = Field(examples=["8 cfr 287.7"])
    kind: str = Field(examples=["regulation"])
    citation: str = Field(examples=["8 C.F.R. § 287.7"])
    name: str = Field(description="the name of a case; else empty")
    documents: int
    mentions: int


class ReadingListBody(BaseModel):
    """What the documents cite and the corpus does not hold; `GET /v1/citations` lists all."""

    sources: int
    mentions: int
    first: list[MissingSourceBody] = Field(description="those that most documents cite")


class DocumentsBody(BaseModel):
    """The documents that pass the filters, every refused file, and what is covered."""

    documents: list[RecordBody]
    refused: list[RefusalBody]
    coverage: Coverage
    reading_list: ReadingListBody
    index: IndexBody


class TextBody(BaseModel):
    """A stretch of canonical text with the marks and repairs that touch it."""

    document_id: str
    version: str
    start: int
    end: int
    characters: int
    text: str
    marks: list[MarkBody]
    repaired: list[RepairBody]


class Problem(BaseModel):
    """RFC 9457 problem details."""

    type: str = Field(examples=["urn:pincite:problem:question-error"])
    title: str = Field(examples=["Unprocessable Entity"])
    status: int = Field(examples=[422])
    detail: str = Field(examples=["the question is empty; ask in words, or give a citation"])
    instance: str = Field(examples=["/v1/ask"])
