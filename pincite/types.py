"""The vocabulary: what a text, a passage, a question and an answer are made of.

Standard library only, imported in milliseconds. All offsets are Unicode code points,
half-open, into the canonical text of one text version. Nothing here reads or writes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pincite.kinds import Channel, Kind

Status = Literal[
    "in_force",
    "superseded",
    "repealed",
    "revoked",
    "expired",
    "not_enacted",
    "pending",
    "unknown",
]
Relation = Literal["amends", "supersedes", "revokes", "repeals", "same_text_as", "excerpt_of"]
MarkType = Literal["deleted", "inserted", "ocr", "footnote", "heading", "paragraph", "note"]
Part = Literal[
    "syllabus",
    "majority",
    "plurality",
    "per_curiam",
    "concurrence",
    "in_part",
    "dissent",
    "note",
    "furniture",
]
Reason = Literal[
    "not_in_corpus",
    "weak_evidence",
    "superseded_only",
    "conflicting",
    "needs_jurisdiction",
]
AgreementModel = Literal["jail_enforcement", "warrant_service_officer", "task_force"]
CompanionType = Literal["exception", "definition"]
Leg = Literal["dense", "bm25", "citation"]
Stage = Literal[Leg, "rerank"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch `[start, end)` of code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The slice of `text` that this span names."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Whether the two share at least one code point, or an empty one lies inside."""
        if other.start == other.end:
            return self.start <= other.start < self.end
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of text and the page it stands on.

    `number` counts the file's physical pages from 1; `label` is what is printed on the page.
    """

    span: Span
    number: int | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A typed stretch: deleted or inserted words, OCR, a footnote, a heading, a note.

    `detail` depends on the type: the level of a heading ("1".."6"), the number of a
    footnote or of a publisher's paragraph, the engine of an OCR reading.
    """

    span: Span
    type: MarkType
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Repair:
    """A change other than white space that reading made to the file's characters.

    `span` is where the result stands in the canonical text (empty for a removal),
    `original` the characters of the file, `rule` the name of the rule that changed them.
    """

    span: Span
    original: str
    rule: str


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a document's structure: "§ 9-131", "(b)", "II.A", a dissent.

    Sections are stored in reading order and nest by span; `level` 0 is the outermost.
    `speaks_for` names the Parts of an opinion for which its author spoke for the Court.
    """

    label: str
    heading: str
    level: int
    span: Span
    part: Part | None = None
    author: str | None = None
    joined: tuple[str, ...] = ()
    speaks_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a passage stands: the labels and headings above it, and its pages."""

    path: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    part: Part | None = None
    author: str | None = None
    page: int | None = None
    page_label: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A typed relation from one edition to another, by the other's id."""

    type: Relation
    target: str


@dataclass(frozen=True, slots=True)
class AgreementFacts:
    """What an agreement under 8 U.S.C. § 1357(g) says of itself.

    `signed` is the day of the last signature, `signatory` who signed for the agency, `term`
    how long it lasts, in words.
    """

    agency: str
    model: AgreementModel
    signatory: str | None = None
    signed: date | None = None
    term: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One edition of a work, as the catalogue knows it. What is unknown stays None."""

    id: str
    kind: Kind
    title: str
    source: str
    work: str | None = None
    citation: str | None = None
    jurisdiction: str | None = None
    issuer: str | None = None
    issued: date | None = None
    effective: date | None = None
    expires: date | None = None
    current_through: date | None = None
    status: Status = "unknown"
    relations: tuple[Link, ...] = ()
    parties: tuple[str, ...] = ()
    url: str | None = None
    source_sha256: str | None = None
    licence: str | None = None
    language: str = "en"
    collection: str | None = None
    notice: str | None = None
    agreement: AgreementFacts | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of a file's bytes, before anybody says what work it is.

    `facts` holds what the file says of itself (front matter, title, date), as pairs.
    """

    text: str
    reader: str
    revision: int
    pages: tuple[Page, ...] = ()
    marks: tuple[Mark, ...] = ()
    repairs: tuple[Repair, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One text version of one edition, with its structure.

    `text` is canonical: normalised once, in the reader, one block (paragraph, clause,
    heading) a line, and never touched again. `version` identifies text, reader and revision.
    """

    entry: Entry
    text: str
    version: str
    pages: tuple[Page, ...] = ()
    sections: tuple[Section, ...] = ()
    marks: tuple[Mark, ...] = ()
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A verbatim stretch of one text version: `text == document.text[span.start:span.end]`."""

    document_id: str
    version: str
    span: Span
    text: str
    locator: Locator
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Filters:
    """What hides passages. An empty tuple or None filters nothing.

    `among` leaves these documents, as `documents` does, but nobody named them: their copies are
    still shown once.
    """

    kinds: tuple[Kind, ...] = ()
    jurisdiction: str | None = None
    documents: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    issued_from: date | None = None
    issued_to: date | None = None
    among: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What was typed behind earlier questions, and who read it as one that stands by itself."""

    typed: str
    by: Literal["rules", "model"] = "rules"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. `place` ranks and labels; `filters` hide; `as_of` is the day of the law.

    `follow_up` is set where `text` is how a follow-up was read. `llm` lets a language model word
    the answer, where the settings name one.
    """

    text: str
    place: str | None = None
    filters: Filters = Filters()
    as_of: date | None = None
    top: int = 10
    follow_up: FollowUp | None = None
    llm: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, its score, and its rank (from 1) in every stage that saw it.

    `score` orders a list, and is comparable within it alone. `fused` is what the legs came to,
    place counted: about 1 for a passage that all put first. `similarity` is the dense leg's
    cosine and `bearing` the reranker's score, where those saw the passage.
    """

    passage: Passage
    score: float
    ranks: tuple[tuple[Stage, int], ...] = ()
    similarity: float | None = None
    bearing: float | None = None
    fused: float = 0.0


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote and all that a reader needs to check it. `text` is the printed legal citation.

    `authority` says what the words are ("statute of Georgia"), `force` what they are worth to
    the asker ("binding", "persuasive", "not law"), or where they bind if no place was given;
    `standing` how they stand on the day ("revoked on 2021-01-20 by Exec. Order No. 13,993").
    `companions` are what the quoted rule must not be read without.
    `deciding` are the words of the quote that decide the question, as offsets into `quote`.
    """

    entry: Entry
    version: str
    span: Span
    quote: str
    locator: Locator
    text: str
    pinpoint: str
    channel: Channel
    authority: str
    status: Status
    marks: tuple[Mark, ...] = ()
    repairs: tuple[Repair, ...] = ()
    force: str = ""
    standing: str = ""
    companions: tuple[Companion, ...] = ()
    deciding: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Companion:
    """A clause that goes with a quoted rule: one that limits it, or that defines a `term` of it."""

    type: CompanionType
    citation: Citation
    term: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer; `citations` are 1-based places in the answer's list.

    `lead` says by rule whose words follow ("8 U.S.C. § 1373(a) provides:"); it is empty where a
    model wrote `text`.
    """

    text: str
    channel: Channel
    citations: tuple[int, ...]
    support: float | None = None
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Composition:
    """Who wrote an answer's statements, and what became of those that did not check out.

    `model` is None where rules chose verbatim quotes. `dropped` and `repaired` count statements
    of the model; `trouble` says why its answer was not used, or is empty.
    """

    model: str | None = None
    dropped: int = 0
    repaired: int = 0
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the service says: statements with citations, or a reason why there are none.

    `confidence` is the probability, between 0 and 1, that the corpus answers the question with
    what was found; whether there are statements hangs on it. `as_of` is the day whose law was
    asked for, where the question's own words name one. `missing` are the sources and places that
    the question names and the corpus does not hold.
    """

    question: Question
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    reason: Reason | None = None
    nearest: tuple[Citation, ...] = ()
    notices: tuple[str, ...] = ()
    confidence: float | None = None
    as_of: date | None = None
    composition: Composition = Composition()
    missing: tuple[str, ...] = ()
