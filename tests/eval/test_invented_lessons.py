"""Lessons over invented texts: well formed, many, and of no text that a benchmark asks about."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.errors import BenchmarkError
from eval.selector.invented import FOLDER, ROUNDS, invented

STRETCHES = [
    {"doc": 0, "at": "§ 1, Definitions", "text": "A list is a record of names."},
    {"doc": 0, "at": "§ 2, Lists", "text": "The clerk keeps a list."},
    {"doc": 1, "at": "¶ 3", "text": "The recorder keeps a ledger."},
]
FAMILY = {
    "family": "clerks",
    "documents": ["Clerks Act", "Clerks Order"],
    "stretches": STRETCHES,
    "questions": [
        {"text": "Who keeps the list?", "voice": "staff", "gold": [1], "near": [2]},
        {"text": "Who pays the clerk?", "voice": "lawyer", "gold": [], "near": [1]},
    ],
}


def written(folder: Path, **other: object) -> Path:
    (folder / "one.jsonl").write_text(json.dumps({**FAMILY, **other}) + "\n")
    return folder


def test_an_example_holds_what_answers_then_near_misses_then_the_rest(tmp_path: Path) -> None:
    one, other = invented(written(tmp_path))
    assert one.texts == (
        "Clerks Act > § 2, Lists\nThe clerk keeps a list.",
        "Clerks Order > ¶ 3\nThe recorder keeps a ledger.",
        "Clerks Act > § 1, Definitions\nA list is a record of names.",
    )
    assert (one.answers, one.labelled, one.family) == ((True, False, False), 2, "clerks")
    assert other.texts[0] == one.texts[0]
    assert not any(other.answers)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"documents": ["Clerks Act"]}, "no document 1"),
        ({"stretches": STRETCHES[:2]}, "names no stretch by 2"),
        (
            {"questions": [{"text": "Who?", "voice": "staff", "gold": [1], "near": [1]}]},
            "'Who?' has 1 in gold and in near",
        ),
        ({"questions": [{"text": "Who?", "gold": [], "near": []}]}, "questions.0.voice"),
        ({"place": "here"}, "place"),
    ],
)
def test_a_malformed_family_is_named_by_file_line_and_field(
    tmp_path: Path, other: dict[str, object], said: str
) -> None:
    with pytest.raises(BenchmarkError) as refused:
        list(invented(written(tmp_path, **other)))
    assert "one.jsonl:1: " in str(refused.value)
    assert said in str(refused.value)


def test_the_invented_lessons_are_many_each_once_and_some_have_no_answer() -> None:
    every = [one for name in ROUNDS for one in invented(FOLDER / name)]
    assert len({one.question for one in every}) == len(every) > 4_000
    assert len({one.family for one in every}) > 300
    without = [one for one in every if not any(one.answers)]
    assert 0.2 < len(without) / len(every) < 0.4


def test_no_invented_text_names_a_document_of_the_sample() -> None:
    named = "\n".join(file.read_text(encoding="utf-8") for file in FOLDER.rglob("*.jsonl"))
    for name in ("Port Alder", "Halvorsen", "Marenga", "Averine", "Dellarosa", "Brackwater"):
        assert name not in named
