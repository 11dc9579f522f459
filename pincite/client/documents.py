"""Documents, comparisons and citations as the API gives them."""

from __future__ import annotations

from typing import Literal

from pincite.client.answers import Citation, Coverage, Index, InForce, Mark, Repair, View
from pincite.kinds import Channel
from pincite.types import Part, Relation, Status

Near = Literal["this", "above", "beside"]


class RelationTo(View):
    """A typed relation to another document."""

    type: Relation
    target: str


class Record(View):
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
    relations: list[RelationTo]
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


class Section(View):
    """A stretch of a document's structure."""

    label: str
    heading: str
    level: int
    start: int
    end: int
    part: Part | None
    author: str | None
    joined: list[str]


class Document(Record):
    """A document with its structure and how it was read."""

    sections: list[Section]
    repairs_by_rule: dict[str, int]
    marks_by_type: dict[str, int]
    facts: dict[str, str]


class Refusal(View):
    """A file that is not indexed, and why."""

    source: str
    id: str | None
    reason: str
    detail: str


class MissingSource(View):
    """A source that is cited and not held, and how many documents cite it how often."""

    key: str
    kind: str
    citation: str
    name: str
    documents: int
    mentions: int


class ReadingList(View):
    """What the documents cite and the corpus does not hold."""

    sources: int
    mentions: int
    first: list[MissingSource]


class Listing(View):
    """The documents that pass the filters, every refused file, and what is covered."""

    documents: list[Record]
    refused: list[Refusal]
    coverage: Coverage
    reading_list: ReadingList
    index: Index


class Text(View):
    """A stretch of canonical text with the marks and repairs that touch it."""

    document_id: str
    version: str
    start: int
    end: int
    characters: int
    text: str
    marks: list[Mark]
    repaired: list[Repair]


class Column(View):
    """A place, how many own documents it has, which places around it have some."""

    jurisdiction: str
    name: str
    documents: int
    around: list[str]


class Change(View):
    """Words that the first place's clause and this one share, or that one of them lacks."""

    kind: Literal["same", "deleted", "inserted"]
    text: str


class Cell(View):
    """What one place says: a verified quote, or why there is none."""

    jurisdiction: str
    type: Literal["quote", "superseded", "silent", "not_in_corpus"]
    words: str
    citation: Citation | None
    changes: list[Change]


class Row(View):
    """One question with a cell for every place."""

    question: str
    cells: list[Cell]


class Comparison(View):
    """A table: places are columns, questions are rows."""

    jurisdictions: list[Column]
    rows: list[Row]
    notices: list[str]
    coverage: Coverage
    index: Index
    as_of: str


class Holding(View):
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
    whole: bool
    exact: bool
    quoted_by_act: bool
    text: str


class CitingPassage(View):
    """A sentence that cites; `start` and `end` are those of the citation in it."""

    key: str
    written: str
    form: str
    names: Near
    page: str
    start: int
    end: int
    citation: str
    pinpoint: str
    channel: Channel
    text: str


class Citing(View):
    """A document that cites: the very thing, what it lies in, or another clause of it."""

    document_id: str
    title: str
    kind: str
    citation: str | None
    names: Near
    mentions: int
    passages: list[CitingPassage]


class CitedBy(View):
    """How many cite it."""

    documents: int
    mentions: int


class Lookup(View):
    """All about one citation."""

    asked: str
    key: str
    kind: str
    citation: str
    name: str
    held: bool
    places: list[Holding]
    cited_by: CitedBy
    citing: list[Citing]
    index: Index
