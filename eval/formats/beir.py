"""BEIR: `corpus.jsonl` (_id, title, text), `queries.jsonl` (_id, text), `qrels.tsv` with a header.

Grades are those of the qrels: 1 and up is relevant, 0 was judged and is not. A query without a
judgement is left out, since nothing can be said of it. Options: `document`, the field of the
corpus that tells which document a passage belongs to (without it, each is its own), and `qrels`,
another file of judgements.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from eval.collection import Precut, PrecutDocument, precut
from eval.errors import BenchmarkError
from eval.formats.rows import Row, json_lines, read, unique
from eval.formats.source import Content, Format, Source
from eval.words import Case
from pincite.types import Question

Judgements = dict[str, dict[str, int]]


def files(source: Source) -> tuple[Path, ...]:
    """Corpus, queries, judgements."""
    names = ("corpus.jsonl", "queries.jsonl", source.options.get("qrels", "qrels.tsv"))
    return tuple(source.data / name for name in names)


def load(source: Source) -> Content:
    """The judged queries, and the documents that the corpus' passages make."""
    corpus, queries, qrels = files(source)
    document = source.options.get("document")
    collection, belongs = _collection(corpus, document)
    asked = _queries(queries)
    judged = _judgements(qrels, asked, belongs)
    cases = tuple(
        Case(
            id,
            Question(text),
            relevant=judged[id],
            family=_family(judged[id], belongs) if document else id,
        )
        for id, text in asked.items()
        if id in judged
    )
    return Content(cases, collection)


def _collection(corpus: Path, document: str | None) -> tuple[Precut, dict[str, str]]:
    """The documents, and the document that each passage, empty or not, belongs to."""
    passages: dict[str, list[tuple[str, str, str]]] = {}
    belongs: dict[str, str] = {}
    seen: dict[str, int | None] = {}
    for row in json_lines(corpus):
        id = row.text("_id")
        unique(row, "_id", id, seen)
        belongs[id] = _word(row, document) if document else id
        title = row.text("title", empty=True) if "title" in row.values else ""
        passages.setdefault(belongs[id], []).append((id, title, row.text("text", empty=True)))
    documents, empty = list[PrecutDocument](), list[str]()
    for id, parts in passages.items():
        title = f"document {id}" if document else parts[0][1] or id
        made, without = precut(id, title, parts)
        empty += without
        if made.units:
            documents.append(made)
    return Precut(tuple(documents), tuple(empty)), belongs


def _word(row: Row, field: str) -> str:
    """An id that is written as text or as a number."""
    value = row.values.get(field)
    return str(value) if type(value) is int else row.text(field)


def _queries(path: Path) -> dict[str, str]:
    texts: dict[str, str] = {}
    seen: dict[str, int | None] = {}
    for row in json_lines(path):
        id = row.text("_id")
        unique(row, "_id", id, seen)
        texts[id] = row.text("text")
    return texts


def _judgements(path: Path, queries: Mapping[str, str], passages: Mapping[str, str]) -> Judgements:
    judged: Judgements = {}
    for number, line in enumerate(read(path).splitlines(), 1):
        fields = line.split("\t")
        if not line.strip():
            continue
        if number == 1 and fields[-1].strip().lower() == "score":
            continue
        if len(fields) != 3:
            problem = f"must be query, passage and grade, parted by tabs; has {len(fields)} fields"
            raise BenchmarkError(path, number, None, problem)
        query, passage, grade = (field.strip() for field in fields)
        if query not in queries:
            raise BenchmarkError(path, number, "query-id", f"{query!r} is not among the queries")
        if passage not in passages:
            raise BenchmarkError(path, number, "corpus-id", f"{passage!r} is not in the corpus")
        if passage in judged.get(query, {}):
            raise BenchmarkError(path, number, "corpus-id", f"{passage!r} is judged twice")
        if not (grade.isascii() and grade.isdigit()):
            raise BenchmarkError(path, number, "score", f"{grade!r} is no whole number from 0")
        judged.setdefault(query, {})[passage] = int(grade)
    return judged


def _family(judged: Mapping[str, int], belongs: Mapping[str, str]) -> str:
    """The document that most of the judged passages stand in."""
    return Counter(belongs[passage] for passage in judged).most_common(1)[0][0]


FORMAT = Format(load, files, {"document": str, "qrels": str})
