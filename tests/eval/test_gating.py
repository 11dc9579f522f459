"""A gate fails on a loss and on a broken floor, and passes on noise."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from eval.errors import BenchmarkError, RunError, UnknownMeasure
from eval.gating import Floor, floors_of, gate
from eval.runs import Run
from eval.words import Case, Given, Ranked
from pincite.types import Question, Span


def run(runs: Any, name: str, ranks: Sequence[int], ms: float = 5.0, **more: Any) -> Run:
    """One system, "bm25", that has the right unit at these ranks."""
    cases = [Case(f"q{n:02}", Question("?"), relevant={"right": 1}) for n in range(len(ranks))]
    given = []
    for rank in ranks:
        units = ["right" if place == rank else f"no{place}" for place in range(1, 11)]
        found = tuple(Ranked(unit, "v1", Span(0, 9), 1.0, unit) for unit in units)
        given.append(Given(found, latency_ms={"search": ms}))
    written: Run = runs.write(cases, {"bm25": given}, ("RR@10", "SearchP95"), name=name, **more)
    return written


def test_fails_on_a_significant_loss(runs: Any) -> None:
    judged = gate(run(runs, "new", [2] * 20), run(runs, "old", [1] * 20))
    assert not judged.passed
    assert "RR@10 went from 1 to 0.5" in judged.failures[0]


def test_passes_on_noise(runs: Any) -> None:
    judged = gate(run(runs, "new", [2, 1] * 10), run(runs, "old", [1, 2] * 10))
    assert judged.passed
    assert json.loads(json.dumps(judged.as_json()))["passed"] is True


def test_passes_on_a_gain_and_on_a_slower_machine(runs: Any) -> None:
    assert gate(run(runs, "new", [1] * 20, ms=900), run(runs, "old", [2] * 20)).passed


FLOORS: list[tuple[str, Floor, bool]] = [
    ("kept", Floor("RR@10", 0.5), True),
    ("broken", Floor("RR@10", 0.51), False),
    ("a ceiling kept", Floor("SearchP95", 5), True),
    ("a ceiling broken", Floor("SearchP95", 4.9), False),
    ("of another system", Floor("RR@10", 0.9, "dense"), True),
    ("of this system", Floor("RR@10", 0.9, "bm25"), False),
    ("of a measure that was not taken", Floor("nDCG@10", 0.1), False),
]


@pytest.mark.parametrize(("floor", "passed"), [r[1:] for r in FLOORS], ids=[r[0] for r in FLOORS])
def test_holds_every_system_to_the_floors(runs: Any, floor: Floor, passed: bool) -> None:
    judged = gate(run(runs, "new", [2] * 4), None, (floor,))
    assert judged.passed is passed
    assert all(floor.measure in failure for failure in judged.failures)


def test_a_system_with_a_floor_of_its_own_is_held_to_that(runs: Any) -> None:
    floors = (Floor("RR@10", 0.9), Floor("RR@10", 0.4, "bm25"))
    assert gate(run(runs, "new", [2] * 4), None, floors).passed


def test_refuses_a_run_over_other_texts(runs: Any) -> None:
    new, old = run(runs, "new", [1, 1]), run(runs, "old", [1, 1], corpus="c2")
    with pytest.raises(RunError, match="different texts"):
        gate(new, old)
    assert gate(new, old, across=True).passed


def test_refuses_a_run_that_is_not_complete(runs: Any) -> None:
    with pytest.raises(RunError, match="not complete"):
        gate(run(runs, "new", [1, 1], complete=False), None)


def test_reads_floors_from_the_benchmark(tmp_path: Path) -> None:
    text = (
        '[floors]\nRightDocument = 0.9\nNonLawAsLaw = 0\n[floors."hybrid+rerank"]\n"R@10" = 0.8\n'
    )
    (tmp_path / "benchmark.toml").write_text(text, encoding="utf-8")
    assert floors_of(tmp_path) == (
        Floor("RightDocument", 0.9),
        Floor("NonLawAsLaw", 0),
        Floor("R@10", 0.8, "hybrid+rerank"),
    )


@pytest.mark.parametrize(
    ("line", "error", "said"),
    [
        ('RightDocument = "high"', BenchmarkError, "a floor is a number"),
        ("RightDocument = true", BenchmarkError, "a floor is a number"),
        ("QuoteWords = 40", BenchmarkError, "neither more nor less"),
        ("RightDocumnt = 0.9", UnknownMeasure, "RightDocument"),
    ],
)
def test_names_what_is_wrong_with_a_floor(
    tmp_path: Path, line: str, error: type[Exception], said: str
) -> None:
    (tmp_path / "benchmark.toml").write_text(f"[floors]\n{line}\n", encoding="utf-8")
    with pytest.raises(error, match=said):
        floors_of(tmp_path)


def test_a_benchmark_without_floors_has_none(tmp_path: Path) -> None:
    (tmp_path / "benchmark.toml").write_text('title = "x"\n', encoding="utf-8")
    assert floors_of(tmp_path) == ()
