"""What the API gives of an answer: statements, citations, coverage, who wrote it."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from pincite.kinds import Channel
from pincite.types import CompanionType, MarkType, Part, Reason, Status

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
        "on_this": {
            "documents": 2,
            "kinds": {"ordinance": 1, "statute": 1},
            "jurisdictions": ["zz", "zz/marenga/port-alder"],
            "earliest": "2011-09-01",
            "latest": "2023-01-01",
            "newest": {
                "document_id": "port-alder-mc-12-40-2023",
                "citation": "Port Alder Mun. Code ch. 12.40 (2023)",
                "date": "2023-01-01",
            },
            "missing": {
                "named": [],
                "cited": 1,
                "cited_first": ["9 A.F.C. § 301"],
                "refused": 0,
                "dated": [
                    {
                        "document_id": "port-alder-mc-12-40-2023",
                        "citation": "Port Alder Mun. Code ch. 12.40 (2023)",
                        "current_through": "2023-06-30",
                    }
                ],
            },
        },
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
    "log_id": None,
    "read_as": None,
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


# A citation's companions hold citations: complete before another module makes a form of it.
CitationBody.model_rebuild()


class NewestBody(BaseModel):
    """The newest of the documents on a question."""

    document_id: str
    citation: str
    date: str


class DatedBody(BaseModel):
    """A text shown whose words are known only up to a day before the one asked about."""

    document_id: str
    citation: str
    current_through: str


class MissingBody(BaseModel):
    """What is known to be missing on a question."""

    named: list[str] = Field(description="sources and places that the question names, not held")
    cited: int = Field(description="sources that the documents shown cite, not held")
    cited_first: list[str] = Field(description="the most cited of these, as printed")
    refused: int = Field(description="files of the corpus that could not be read")
    dated: list[DatedBody]


class OnThisBody(BaseModel):
    """What the corpus holds on one question: the documents found relevant, or of places named."""

    documents: int
    kinds: dict[str, int]
    jurisdictions: list[str]
    earliest: str | None = Field(description="the first day of the oldest of them")
    latest: str | None
    newest: NewestBody | None
    missing: MissingBody


class Coverage(BaseModel):
    """What the open generation covers."""

    documents: int
    passages: int
    kinds: dict[str, int]
    jurisdictions: list[str]
    refused: dict[str, int] = Field(description="files that are not indexed, by reason")


class AnswerCoverage(Coverage):
    """What the open generation covers, and what of it is on the question."""

    on_this: OnThisBody | None = None


class IndexBody(BaseModel):
    """Which index answered: enough to ask the same one again."""

    generation: str
    created: str
    corpus: str
    spec: str
    encoder: str
    sparse_encoder: str


class ReadAs(BaseModel):
    """A follow-up as a question that stands by itself, by rules or by the language model."""

    question: str
    place: str | None
    as_of: str | None
    by: Literal["rules", "model"]


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
    coverage: AnswerCoverage
    index: IndexBody
    as_of: str
    timings_ms: dict[str, float]
    log_id: str | None = Field(None, description="the record of it, where answers are logged")
    read_as: ReadAs | None = Field(
        None, description="how a follow-up was read; null where the question stands as it was typed"
    )
