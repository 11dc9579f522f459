"""What the selector is taught: labelled, of the development half, and trainable."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.benchmark import source_of
from eval.errors import BenchmarkError
from eval.formats.spans import FAMILIES, read_families
from eval.selector.questions import FOLDER, lessons
from pincite.types import Span

TEXT = "The clerk tells nobody. The clerk keeps a list. The clerk tells nobody."


def rows() -> list[dict[str, object]]:
    files = sorted(FOLDER.glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text().splitlines()]


@pytest.fixture
def written(tmp_path: Path) -> Path:
    lesson = {
        "text": "Who keeps the list?",
        "family": "clerks",
        "gold": [{"document": "law", "quote": "The clerk keeps a list."}],
        "near": [{"document": "law", "quote": "The clerk tells nobody."}],
    }
    (tmp_path / "one.jsonl").write_text(json.dumps(lesson) + "\n")
    return tmp_path


def test_no_lesson_is_of_a_document_of_the_test_half() -> None:
    families = read_families(source_of("sanctuary").folder / FAMILIES)
    assert families is not None
    for row in rows():
        named = [*row["gold"], *row["near"]]  # type: ignore[misc]
        halves = {families.halves[families.of[one["document"]]] for one in named}
        assert halves <= {"dev"}, row["id"]


def test_lessons_are_many_each_once_and_some_have_no_answer() -> None:
    every = rows()
    assert len({row["id"] for row in every}) == len({row["text"] for row in every}) == len(every)
    without = [row for row in every if not row["gold"]]
    assert len(every) > 1_600
    assert 0.3 < len(without) / len(every) < 0.45


def test_a_quote_is_found_wherever_it_stands(written: Path) -> None:
    (lesson,) = lessons(lambda _: TEXT, written)
    assert lesson.answerable
    assert lesson.gold == (("law", Span(24, 47)),)
    assert lesson.near == (("law", Span(0, 23)), ("law", Span(48, 71)))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "one.jsonl:1: "),
        ('{"text": "Who?", "family": "clerks"}', "one.jsonl:1: 'gold'"),
        (
            '{"text": "Who?", "family": "c", "gold": [{"document": "law", "quote": "None"}],'
            ' "near": []}',
            "one.jsonl:1: law does not hold 'None'",
        ),
    ],
)
def test_a_malformed_lesson_is_named_by_file_and_line(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "one.jsonl").write_text(line)
    with pytest.raises(BenchmarkError) as refused:
        list(lessons(lambda _: TEXT, tmp_path))
    assert said in str(refused.value)
