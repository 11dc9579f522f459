"""Answers and hits as the API gives them, and what a stream tells on the way to one."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from pincite.kinds import Channel
from pincite.types import CompanionType, MarkType, Part, Reason, Status


class View(BaseModel):
    """What the service said. Names that a newer service adds are left aside."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Mark(View):
    """A marked stretch: deleted or inserted words, OCR, a footnote, a heading, a note."""

    type: MarkType
    start: int
    end: int
    detail: str


class Repair(View):
    """A change that reading made to the file's characters."""

    start: int
    end: int
    original: str
    rule: str


class InForce(View):
    """From the first day to the day after the last; None where it is not known."""

    from_: str | None = Field(alias="from")
    to: str | None


class AlsoIn(View):
    """Where the same clause stands in another agreement."""

    document_id: str
    title: str
    citation: str
    start: int
    end: int


class Citation(View):
    """A quote that equals `text[start:end]` of that version of that document."""

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
    marks: list[Mark]
    repaired: list[Repair]
    force: str
    standing: str
    issuer: str | None = None
    parties: list[str] = []
    url: str | None = None
    companions: list[Companion] = []
    deciding: list[tuple[int, int]] = []
    also_in: list[AlsoIn] = []


class Companion(View):
    """A clause that limits a quoted rule, or defines a term of it."""

    type: CompanionType
    term: str
    citation: Citation


class Statement(View):
    """One statement; `citations` are places in the answer's list, from 1."""

    text: str
    channel: Channel
    citations: list[int]
    support: float | None = None
    lead: str = ""


class Composition(View):
    """Who wrote the statements: rules (`model` is None) or a language model, checked."""

    model: str | None = None
    dropped: int = 0
    repaired: int = 0
    trouble: str = ""


class Coverage(View):
    """What the open generation covers."""

    documents: int
    passages: int
    kinds: dict[str, int]
    jurisdictions: list[str]
    refused: dict[str, int]


class Newest(View):
    """The newest of the documents on a question."""

    document_id: str
    citation: str
    date: str


class Dated(View):
    """A text shown whose words are known only up to a day before the one asked about."""

    document_id: str
    citation: str
    current_through: str


class Missing(View):
    """What is known to be missing on a question."""

    named: list[str]
    cited: int
    cited_first: list[str]
    refused: int
    dated: list[Dated]


class OnThis(View):
    """What the corpus holds on one question."""

    documents: int
    kinds: dict[str, int]
    jurisdictions: list[str]
    earliest: str | None
    latest: str | None
    newest: Newest | None
    missing: Missing


class AnswerCoverage(Coverage):
    """What the open generation covers, and what of it is on the question."""

    on_this: OnThis | None = None


class Index(View):
    """Which index answered."""

    generation: str
    created: str
    corpus: str
    spec: str
    encoder: str
    sparse_encoder: str


class ReadAs(View):
    """A follow-up as a question that stands by itself."""

    question: str
    place: str | None
    as_of: str | None
    by: Literal["rules", "model"]


class Answer(View):
    """An answer, or a `reason` for none with the nearest passages."""

    question: str
    reason: Reason | None
    confidence: float | None
    statements: list[Statement]
    citations: list[Citation]
    nearest: list[Citation]
    notices: list[str]
    composition: Composition = Composition()
    coverage: AnswerCoverage
    index: Index
    as_of: str
    timings_ms: dict[str, float]
    log_id: str | None = None
    read_as: ReadAs | None = None


class Hit(Citation):
    """A passage found, with its rank in every leg."""

    rank: int
    score: float
    similarity: float | None
    ranks: dict[str, int]
    retired: bool


class SearchResults(View):
    """Passages found, best first."""

    question: str
    hits: list[Hit]
    index: Index
    as_of: str
    timings_ms: dict[str, float]


class Stage(View):
    """Told by a stream: a stage of the work begins."""

    stage: str


class Passages(View):
    """Told by a stream: what was found, before anything is said."""

    hits: list[Hit]


class Said(Statement):
    """Told by a stream: a statement that was verified, with what it cites."""

    cited: list[Citation]


Event = Stage | Passages | Said | Answer
EVENTS: dict[str, type[Stage | Passages | Said | Answer]] = {
    "status": Stage,
    "passages": Passages,
    "statement": Said,
    "answer": Answer,
}
