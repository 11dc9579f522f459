"""FinanceBench: questions over filings, with the pages that hold the evidence.

Units are pages of the PDFs. The source counts pages from 0 (`evidence_page_num`); ours are the
file's physical pages from 1, as everywhere in Pincite: number 37 there is page 38 here.
"""

from __future__ import annotations

from pathlib import Path

from eval.collection import Pdfs, page_unit
from eval.formats.rows import Row, json_lines, unique
from eval.formats.source import Content, Format, Source
from eval.words import Case, QuestionKind
from pincite.kinds import Kind
from pincite.types import Entry, Question

PDFS = "pdfs"
_KINDS: dict[str, QuestionKind] = {"metrics-generated": "number"}


def files(source: Source) -> tuple[Path, ...]:
    """Questions, documents, and every PDF that is there."""
    named = (source.data / "questions.jsonl", source.data / "documents.jsonl")
    return named + tuple(sorted((source.data / PDFS).glob("*.pdf")))


def load(source: Source) -> Content:
    """The questions, and the filings that they are asked over together."""
    questions, documents, *_ = files(source)
    entries = _entries(documents)
    seen: dict[str, int | None] = {}
    cases = tuple(_case(row, entries, seen) for row in json_lines(questions))
    return Content(cases, Pdfs(tuple(entries.values()), source.data))


def _entries(documents: Path) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    seen: dict[str, int | None] = {}
    for row in json_lines(documents):
        name = row.text("doc_name")
        unique(row, "doc_name", name, seen)
        file = f"{PDFS}/{name}.pdf"
        if not (documents.parent / file).is_file():
            raise row.error("doc_name", f"there is no {file}")
        entries[name] = Entry(
            id=name.lower().replace("_", "-"),
            kind=Kind.OTHER,
            title=f"{row.text('company')} {row.text('doc_type')} {row.number('doc_period')}",
            source=file,
            issuer=row.text("company"),
            url=row.optional("doc_link"),
        )
    return entries


def _case(row: Row, entries: dict[str, Entry], seen: dict[str, int | None]) -> Case:
    id = row.text("financebench_id")
    unique(row, "financebench_id", id, seen)
    evidence = row.rows("evidence")
    if not evidence:
        raise row.error("evidence", "is empty")
    return Case(
        id=id,
        question=Question(row.text("question")),
        answerable=True,
        relevant={_page(one, entries): 1 for one in evidence},
        kind=_KINDS.get(row.text("question_type"), "other"),
        family=_entry(row, entries).id,
        answer=row.text("answer"),
    )


def _page(evidence: Row, entries: dict[str, Entry]) -> str:
    number = evidence.number("evidence_page_num") + 1
    return page_unit(_entry(evidence, entries).id, number)


def _entry(row: Row, entries: dict[str, Entry]) -> Entry:
    name = row.text("doc_name")
    if name not in entries:
        raise row.error("doc_name", f"{name!r} is not in documents.jsonl")
    return entries[name]


FORMAT = Format(load, files)
