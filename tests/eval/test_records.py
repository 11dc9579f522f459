"""What is written of a run is read back the same."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.errors import RunError
from eval.records import (
    AboutBenchmark,
    AboutRun,
    AboutSystem,
    Row,
    about_json,
    about_of,
    case_json,
    case_of,
    given_json,
    given_of,
    row_json,
    row_of,
)
from eval.runs import Rows, read_rows, read_run, rows_file
from eval.words import Case, Cited, Given, Group, Ranked, Said, Score, Support
from pincite.kinds import Channel, Kind
from pincite.types import Filters, Question, Reason, Span, Status

SPANS = st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda p: Span(*sorted(p)))
DAYS = st.none() | st.dates(date(1787, 1, 1), date(2100, 1, 1))
WORDS = st.text(max_size=12)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
CHANNELS: st.SearchStrategy[Channel] = st.sampled_from(get_args(Channel))
STATUSES: st.SearchStrategy[Status] = st.sampled_from(get_args(Status))
REASONS: st.SearchStrategy[Reason | None] = st.none() | st.sampled_from(get_args(Reason))
NAMES = st.lists(WORDS, max_size=2).map(tuple)
FILTERS = st.builds(
    Filters,
    kinds=st.lists(st.sampled_from(Kind), max_size=2).map(tuple),
    jurisdiction=st.none() | st.just("us/ny"),
    documents=NAMES,
    collections=NAMES,
    issued_from=DAYS,
    issued_to=DAYS,
)
QUESTIONS = st.builds(Question, WORDS, st.none() | WORDS, FILTERS, DAYS, st.integers(1, 100))
SUPPORTS = st.builds(Support, WORDS, WORDS, SPANS, WORDS, WORDS, st.none() | CHANNELS)
GROUPS = st.builds(Group, st.lists(SUPPORTS, max_size=2).map(tuple))
CASES = st.builds(
    Case,
    id=WORDS,
    question=QUESTIONS,
    answerable=st.none() | st.booleans(),
    relevant=st.dictionaries(WORDS, st.integers(0, 3), max_size=2),
    groups=st.lists(GROUPS, max_size=2).map(tuple),
    expected=REASONS,
    answer=WORDS,
)
CITED = st.builds(
    Cited, WORDS, WORDS, SPANS, WORDS, WORDS, WORDS, CHANNELS, STATUSES, WORDS, NAMES, st.booleans()
)
GIVEN = st.builds(
    Given,
    ranking=st.lists(st.builds(Ranked, WORDS, WORDS, SPANS, NUMBERS, WORDS), max_size=3).map(tuple),
    statements=st.lists(
        st.builds(Said, WORDS, CHANNELS, st.lists(st.integers(1, 3), max_size=2).map(tuple)),
        max_size=2,
    ).map(tuple),
    citations=st.lists(CITED, max_size=2).map(tuple),
    reason=REASONS,
    confidence=st.none() | st.floats(0, 1),
    latency_ms=st.dictionaries(st.sampled_from(["search", "ask"]), NUMBERS),
    error=st.none() | WORDS,
)


@given(CASES)
def test_a_case_survives_json(case: Case) -> None:
    assert case_of(json.loads(json.dumps(case_json(case)))) == case


@given(GIVEN)
def test_what_was_given_survives_json(value: Given) -> None:
    assert given_of(json.loads(json.dumps(given_json(value)))) == value


@given(GIVEN, st.dictionaries(WORDS, st.builds(Score, st.none() | NUMBERS, WORDS), max_size=2))
def test_a_line_of_results_survives_json(value: Given, scores: dict[str, Score]) -> None:
    row = Row("q1", value, scores)
    assert row_of(json.loads(json.dumps(row_json(row)))) == row


def test_what_a_run_was_survives_json() -> None:
    benchmark = AboutBenchmark("tiny", "Tiny", "ranking", "f1", ("nDCG@10",), 2, 100, "dev", 2, 7)
    system = AboutSystem("bm25", {"corpus_fingerprint": "c1", "settings": {"top": 10}})
    about = AboutRun(benchmark, (system,), {"revision": "r"}, {"numpy": "1"}, {}, "2026-11-22")
    read = about_of(json.loads(json.dumps(about_json(about))))
    assert read == about
    assert read.systems[0].corpus == "c1"


def test_a_line_that_a_kill_tore_is_not_read_and_is_cut_off_before_the_next(tmp_path: Path) -> None:
    with Rows(tmp_path, "bm25") as rows:
        rows.append(Row("q1", Given()))
    with rows_file(tmp_path, "bm25").open("a") as file:
        file.write('{"case": "q2", "giv')
    assert [row.case for row in read_rows(tmp_path, "bm25")] == ["q1"]
    with Rows(tmp_path, "bm25") as rows:
        rows.append(Row("q2", Given(error="late")))
    assert [row.case for row in read_rows(tmp_path, "bm25")] == ["q1", "q2"]


def test_a_line_that_is_no_result_is_named_with_its_file_and_number(tmp_path: Path) -> None:
    with Rows(tmp_path, "bm25") as rows:
        rows.append(Row("q1", Given()))
    with rows_file(tmp_path, "bm25").open("a") as file:
        file.write('{"case": "q2"}\n')
    with pytest.raises(RunError, match=r"bm25\.jsonl:2: .*scores"):
        read_rows(tmp_path, "bm25")


@pytest.mark.parametrize("content", [None, "", "[]", '{"benchmark": {}}'])
def test_a_folder_that_is_no_run_is_refused_in_one_line(
    tmp_path: Path, content: str | None
) -> None:
    if content is not None:
        (tmp_path / "run.json").write_text(content)
    with pytest.raises(RunError, match=r"run\.json") as caught:
        read_run(tmp_path)
    assert "\n" not in str(caught.value)
