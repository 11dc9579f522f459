from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eval.collection import Precut
from eval.errors import BenchmarkError
from eval.formats.beir import FORMAT
from eval.formats.source import Content, Source

Write = Callable[[str, Any], Path]
CORPUS: list[dict[str, Any]] = [
    {"_id": "a", "title": "1.1", "text": "Jurisdiction", "part": 7},
    {"_id": "b", "title": "1.2", "text": "", "part": 7},
    {"_id": "c", "title": "2.1", "text": "Fees\n(a) none", "part": "8"},
    {"_id": "d", "title": "1.3", "text": "Scope", "part": 7},
]
QUERIES: list[dict[str, Any]] = [
    {"_id": "q1", "text": "which fees?"},
    {"_id": "q2", "text": "who decides?"},
    {"_id": "q3", "text": "not judged"},
]
QRELS = "query-id\tcorpus-id\tscore\nq1\tc\t2\nq2\ta\t1\nq2\td\t1\nq2\tc\t0\n"


def read(write: Write, options: dict[str, str], **changed: Any) -> Content:
    folder = write("corpus.jsonl", changed.get("corpus", CORPUS)).parent
    write("queries.jsonl", changed.get("queries", QUERIES))
    write("qrels.tsv", changed.get("qrels", QRELS))
    return FORMAT.read(Source(folder, folder, options))


def test_passages_of_one_document_stand_together(write: Write) -> None:
    content = read(write, {"document": "part"})
    assert isinstance(content.collection, Precut)
    assert content.collection.empty == ("b",)
    assert content.collection.units == 3
    texts = {one.id: one.text for one in content.collection.documents}
    assert texts == {"7": "Jurisdiction\nScope", "8": "Fees\n(a) none"}
    assert [unit.heading for unit in content.collection.documents[0].units] == ["1.1", "1.3"]


def test_without_a_document_field_each_passage_is_one(write: Write) -> None:
    content = read(write, {})
    assert isinstance(content.collection, Precut)
    assert [one.id for one in content.collection.documents] == ["a", "c", "d"]
    assert [case.family for case in content.cases] == ["q1", "q2"]


def test_judged_queries_are_the_cases_with_their_grades(write: Write) -> None:
    cases = read(write, {"document": "part"}).cases
    assert [(case.id, case.question.text) for case in cases] == [
        ("q1", "which fees?"),
        ("q2", "who decides?"),
    ]
    assert [dict(case.relevant) for case in cases] == [{"c": 2}, {"a": 1, "d": 1, "c": 0}]
    # q2's judgements: two in document 7, one in document 8
    assert [case.family for case in cases] == ["8", "7"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"corpus": [*CORPUS, CORPUS[0]]}, "corpus.jsonl:5: _id: 'a' occurs twice (line 1)"),
        ({"corpus": [CORPUS[0] | {"text": 3}]}, "corpus.jsonl:1: text: must be text"),
        ({"corpus": [{"_id": "a", "text": "x"}]}, "corpus.jsonl:1: part: is missing"),
        ({"queries": [{"_id": "q1", "text": " "}]}, "queries.jsonl:1: text: is empty"),
        ({"queries": [{"text": "x"}]}, "queries.jsonl:1: _id: is missing"),
        ({"qrels": "q1\tc\n"}, "qrels.tsv:1: must be query, passage and grade, parted by tabs"),
        ({"qrels": "q1\tc\t1\n\nq9\tc\t1\n"}, "qrels.tsv:3: query-id: 'q9' is not among"),
        ({"qrels": "q1\tz\t1\n"}, "qrels.tsv:1: corpus-id: 'z' is not in the corpus"),
        ({"qrels": "q1\tc\t1\nq1\tc\t2\n"}, "qrels.tsv:2: corpus-id: 'c' is judged twice"),
        ({"qrels": "q1\tc\thigh\n"}, "qrels.tsv:1: score: 'high' is no whole number"),
        ({"qrels": "q1\tc\t-1\n"}, "qrels.tsv:1: score: '-1' is no whole number"),
    ],
)
def test_a_malformed_file_names_its_place(
    write: Write, tmp_path: Path, changed: dict[str, Any], said: str
) -> None:
    with pytest.raises(BenchmarkError) as raised:
        read(write, {"document": "part"}, **changed)
    assert str(raised.value).startswith(f"{tmp_path}/{said}")
