from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eval.collection import Pdfs
from eval.errors import BenchmarkError
from eval.formats.financebench import FORMAT
from eval.formats.source import Content, Source

Write = Callable[[str, Any], Path]
DOCUMENT = {"doc_name": "NIKE_2018_10K", "company": "Nike", "doc_type": "10k", "doc_period": 2018}


def question(**changed: Any) -> dict[str, Any]:
    evidence = [
        {"doc_name": "NIKE_2018_10K", "evidence_page_num": page, "evidence_text": "..."}
        for page in (37, 0)
    ]
    return {
        "financebench_id": "f1",
        "doc_name": "NIKE_2018_10K",
        "question_type": "metrics-generated",
        "question": "How much?",
        "answer": "12",
        "evidence": evidence,
    } | changed


def read(write: Write, *questions: dict[str, Any]) -> Content:
    folder = write("documents.jsonl", [DOCUMENT]).parent
    write("pdfs/NIKE_2018_10K.pdf", "%PDF-1.4")
    write("questions.jsonl", list(questions))
    return FORMAT.read(Source(folder, folder))


def test_pages_count_from_one(write: Write) -> None:
    (case,) = read(write, question()).cases
    assert case.relevant == {"nike-2018-10k#38": 1, "nike-2018-10k#1": 1}
    assert (case.answerable, case.answer, case.kind) == (True, "12", "number")
    assert case.family == "nike-2018-10k"


def test_entries_name_their_files(write: Write) -> None:
    collection = read(write, question()).collection
    assert isinstance(collection, Pdfs)
    (entry,) = collection.entries
    assert (collection.root / entry.source).is_file()
    assert (entry.id, entry.title, entry.issuer) == ("nike-2018-10k", "Nike 10k 2018", "Nike")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"evidence": []}, "evidence: is empty"),
        ({"doc_name": "X"}, "doc_name: 'X' is not in documents.jsonl"),
        (
            {"evidence": [{"doc_name": "NIKE_2018_10K", "evidence_page_num": "37"}]},
            "evidence[0].evidence_page_num: must be a whole number, is text",
        ),
    ],
)
def test_a_malformed_question_names_its_place(
    write: Write, changed: dict[str, Any], said: str
) -> None:
    with pytest.raises(BenchmarkError) as raised:
        read(write, question(**changed))
    assert str(raised.value).endswith(f"questions.jsonl:1: {said}")


def test_a_document_without_its_file_is_refused(write: Write, tmp_path: Path) -> None:
    read(write, question())
    (tmp_path / "pdfs" / "NIKE_2018_10K.pdf").unlink()
    with pytest.raises(BenchmarkError, match=r"documents.jsonl:1: doc_name: there is no pdfs/NIKE"):
        FORMAT.read(Source(tmp_path, tmp_path))
