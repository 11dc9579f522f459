"""What the API gives, as OpenAPI describes it."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from pincite.kinds import Channel
from pincite.types import CompanionType, MarkType, Part, Reason, Relation, Status

_QUOTE = "The city jail shall not hold a person on a civil immigration detainer."
_CITED: dict[str, Any] = {
    "n": 1,
    "document_id": "port-alder-mc-12-40-2023",
    "version": "9f2c…",
    "title": "Welcoming City",
    "kind": "ordinance",
    "jurisdiction": "zz/marenga/port-alder",
    "citation": "Port Alder Mun. Code § 12.40.040(a) (2023)",
    "pinpoint": "§ 12.40.040(a)",
    "quote": _QUOTE,
    "start": 2354,
    "end": 2354 + len(_QUOTE),
    "page": 1,
    "source": "ordinance/port-alder-mc-12.40-2023.pdf",
    "channel": "law",
    "authority": "local law of Port Alder",
    "status": "in_force",
    "in_force": {"from": "2023-01-01", "to": None},
    "issued": "2022-11-15",
    "current_through": "2023-06-30",
    "section": ["§ 12.40.040", "(a)"],
    "part": None,
    "author": None,
    "ocr": False,
    "marks": [],
    "repaired": [],
    "force": "binding in Port Alder",
    "standing": "in force since 2023-01-01",
    "companions": [],
    "deciding": [],
    "also_in": [],
}
_ANSWER: dict[str, Any] = {
    "question": "May the jail hold a person on a detainer?",
    "reason": None,
    "confidence": 0.93,
    "statements": [
        {"text": _QUOTE, "channel": "law", "citations": [1], "support": 0.71, "lead": ""}
    ],
    "citations": [_CITED],
    "nearest": [],
    "notices": [],
    "composition": {"model": None, "dropped": 0, "repaired": 0, "trouble": ""},
    "coverage": {
        "documents": 20,
        "passages": 176,
        "kinds": {"ordinance": 4},
        "jurisdictions": ["zz/marenga/port-alder"],
        "refused": {},
    },
    "index": {
        "generation": "20261122T020943-004ef4",
        "created": "2026-11-22T02:10:42+00:00",
        "corpus": "0c1f…",
        "spec": "77ab…",
        "encoder": "packaged:all-MiniLM-L6-v2",
        "sparse_encoder": "bm25:english:k1.2:b0.75:length120",
    },
    "as_of": "2026-11-22",
    "timings_ms": {"retrieve": 21.5, "rank": 0.3, "answer": 40.1, "verify": 0.2},
}


class MarkBody(BaseModel):
    """A marked stretch: deleted or inserted words, OCR, a footnote, a heading, a note."""

    type: MarkType
    start: int
    end: int
    detail: str


class RepairBody(BaseModel):
    """A change that reading made to the file's characters: what stood there, and by what rule."""

    start: int
    end: int
    original: str
    rule: str


class InForce(BaseModel):
    """From the first day to the day after the last; null where it is not known."""

    from_: str | None = Field(alias="from")
    to: str | None


class Statement(BaseModel):
    """One statement; `citations` are places in the answer's list, from 1."""

    text: str
    channel: Channel
    citations: list[int]
    support: float | None = None
    lead: str = Field(default="", description="says by rule whose words the statement quotes")


class CompositionBody(BaseModel):
    """Who wrote the statements: rules (`model` is null) or a language model, checked."""

    model: str | None = None
    dropped: int = Field(default=0, description="statements of the model that did not check out")
    repaired: int = Field(default=0, description="statements that rest on another passage now")
    trouble: str = Field(default="", description="why the model's answer was not used")


class CitationBody(BaseModel):
    """A quote that equals `text[start:end]` of that version of that document."""

    model_config = ConfigDict(json_schema_extra={"examples": [_CITED]})

    n: int
    document_id: str
    version: str
    title: str
    kind: str
    jurisdiction: str | None
    citation: str = Field(description="the printed legal citation with its pinpoint")
    pinpoint: str
    quote: str
    start: int = Field(description="offset into the canonical text, in characters")
    end: int
    page: str | int | None = Field(description="the printed page, else the file's page")
    source: str = Field(description="the file's path as the catalogue or folder gave it")
    channel: Channel
    authority: str
    status: Status
    in_force: InForce
    issued: str | None
    current_through: str | None
    section: list[str]
    part: Part | None
    author: str | None
    ocr: bool
    marks: list[MarkBody]
    repaired: list[RepairBody]
    force: str = Field(
        description="what it is worth in the asker's place: binding, persuasive, not law;"
        " without a place, where it binds"
    )
    standing: str = Field(
        description="how it stands on the day of the law, with what ended it; empty for what is"
        " neither in force nor ends"
    )
    issuer: str | None = Field(default=None, description="who made it, where that is known")
    parties: list[str] = Field(default=[], description="of a case or an agreement")
    url: str | None = Field(default=None, description="where it was published")
    companions: list[CompanionBody] = Field(
        default=[], description="what the quoted rule must not be read without; none for a hit"
    )
    deciding: list[tuple[int, int]] = Field(
        default=[], description="the words that decide the question, as offsets into `quote`"
    )
    also_in: list[AlsoInBody] = Field(
        default=[],
        description="other agreements with the same clause; none where the question names one",
    )


class AlsoInBody(BaseModel):
    """Where the same clause stands in another agreement."""

    document_id: str
    title: str
    citation: str
    start: int
    end: int


class CompanionBody(BaseModel):
    """A clause that limits a quoted rule, or defines a term of it."""

    type: CompanionType
    term: str = Field(description="the defined term; empty for an exception")
    citation: CitationBody


class Coverage(BaseModel):
    """What the open generation covers."""

    documents: int
    passages: int
    kinds: dict[str, int]
    jurisdictions: list[str]
    refused: dict[str, int] = Field(description="files that are not indexed, by reason")


class IndexBody(BaseModel):
    """Which index answered: enough to ask the same one again."""

    generation: str
    created: str
    corpus: str
    spec: str
    encoder: str
    sparse_encoder: str


class AnswerBody(BaseModel):
    """An answer, or a reason for none with the nearest passages."""

    model_config = ConfigDict(json_schema_extra={"examples": [_ANSWER]})

    question: str
    reason: Reason | None
    confidence: float | None = Field(
        description="probability that what was found answers the question, 0 to 1"
    )
    statements: list[Statement]
    citations: list[CitationBody]
    nearest: list[CitationBody]
    notices: list[str]
    composition: CompositionBody = CompositionBody()
    coverage: Coverage
    index: IndexBody
    as_of: str
    timings_ms: dict[str, float]


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


class DocumentsBody(BaseModel):
    """The documents that pass the filters, every refused file, and what is covered."""

    documents: list[RecordBody]
    refused: list[RefusalBody]
    coverage: Coverage
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
