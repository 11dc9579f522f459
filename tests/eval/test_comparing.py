"""What two runs differ in, and when they may not be compared."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from eval.comparing import against_first, compare
from eval.errors import RunError
from eval.runs import Run
from eval.words import Case, Given, Ranked
from pincite.types import Question, Span

MEASURES = ("RR@10", "SearchP50")


def cases(count: int) -> list[Case]:
    return [
        Case(f"q{place:02}", Question(f"question {place}"), relevant={"right": 1})
        for place in range(count)
    ]


def ranking(rank: int, ms: float = 5.0) -> Given:
    """The right unit at this rank of ten."""
    units = ["right" if place == rank else f"no{place}" for place in range(1, 11)]
    found = (Ranked(unit, "v1", Span(0, 9), 1.0, unit) for unit in units)
    return Given(tuple(found), latency_ms={"search": ms})


def run(runs: Any, name: str, ranks: Sequence[int], system: str = "bm25", **more: Any) -> Run:
    given = {system: [ranking(rank) for rank in ranks]}
    written: Run = runs.write(cases(len(ranks)), given, MEASURES, name=name, **more)
    return written


def test_a_plain_gain_is_significant(runs: Any) -> None:
    compared = compare(run(runs, "a", [2] * 20), run(runs, "b", [1] * 20))
    found = compared.differences[0]
    # reciprocal ranks go from 1/2 to 1 on every question
    assert (found.measure, found.before, found.after) == ("RR@10", 0.5, 1.0)
    assert found.difference == pytest.approx(0.5)
    assert found.better is True
    assert found.significant
    assert len(compared.gains) == 20
    assert compared.losses == ()
    assert compared.gains[0].steps[0].before == 0.5


def test_noise_is_not_significant(runs: Any) -> None:
    compared = compare(run(runs, "a", [1, 2] * 10), run(runs, "b", [2, 1] * 10))
    found = compared.differences[0]
    assert found.difference == pytest.approx(0)
    assert found.low is not None
    assert found.high is not None
    assert found.low < 0 < found.high
    assert not found.significant
    assert found.detectable is not None
    assert found.detectable > 0
    assert (len(compared.gains), len(compared.losses)) == (10, 10)


def test_what_no_question_changed_is_not_tested(runs: Any) -> None:
    found = compare(run(runs, "a", [1, 2, 3]), run(runs, "b", [1, 2, 3])).differences[0]
    assert (found.difference, found.p, found.better) == (0.0, None, None)


def test_times_are_shown_and_not_tested(runs: Any) -> None:
    found = compare(run(runs, "a", [1, 2]), run(runs, "b", [1, 3])).differences[1]
    assert (found.measure, found.before, found.p) == ("SearchP50", 5.0, None)


def test_p_values_are_raised_for_each_further_system(runs: Any) -> None:
    def both(name: str, ranks: Sequence[int]) -> Run:
        given = {s: [ranking(rank) for rank in ranks] for s in ("bm25", "dense")}
        written: Run = runs.write(cases(6), given, ("RR@10",), name=name)
        return written

    compared = compare(both("a", [2] * 6), both("b", [1] * 6))
    for one in compared.differences:
        # two of the 2^6 ways to exchange are as large as this: p = 2/64, twice that for two
        assert one.p == pytest.approx(2 / 64)
        assert one.corrected == pytest.approx(4 / 64)


def test_systems_of_one_run_are_held_against_the_first(runs: Any) -> None:
    given = {"bm25": [ranking(2)] * 6, "dense": [ranking(1)] * 6, "other": [ranking(4)] * 6}
    compared = against_first(runs.write(cases(6), given, MEASURES))
    found = {one.system: one for one in compared.differences if one.measure == "RR@10"}
    assert found["dense"].difference == pytest.approx(0.5)
    assert found["other"].difference == pytest.approx(-0.25)
    assert found["dense"].corrected == pytest.approx(4 / 64)


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"corpus": "c2"}, "searched different texts"),
    ({"fingerprint": "f2"}, "the benchmark changed"),
]


@pytest.mark.parametrize(("other", "said"), REFUSED, ids=[said for _, said in REFUSED])
def test_different_texts_or_questions_are_refused_in_one_line(
    runs: Any, other: dict[str, Any], said: str
) -> None:
    first, second = run(runs, "a", [2, 2]), run(runs, "b", [1, 1], **other)
    with pytest.raises(RunError, match=said) as caught:
        compare(first, second)
    assert "\n" not in str(caught.value)
    assert "--across" in str(caught.value)
    compared = compare(first, second, across=True)
    assert said in compared.notices[0]
    assert compared.differences[0].difference == pytest.approx(0.5)


def test_different_benchmarks_are_refused_even_when_told(runs: Any) -> None:
    first, second = run(runs, "a", [1]), run(runs, "b", [1], benchmark="other")
    with pytest.raises(RunError, match="share no questions"):
        compare(first, second, across=True)


def test_one_system_may_be_held_against_one_of_another_name(runs: Any) -> None:
    compared = compare(run(runs, "a", [2, 2]), run(runs, "b", [1, 1], system="dense"))
    assert compared.differences[0].system == "dense after bm25"


def test_systems_without_a_common_name_are_refused(runs: Any) -> None:
    given = {"x": [ranking(1)], "y": [ranking(1)]}
    two: Run = runs.write(cases(1), given, MEASURES, name="b")
    with pytest.raises(RunError, match="no system in common"):
        compare(run(runs, "a", [1]), two)


def test_questions_of_one_run_only_are_left_out_and_counted(runs: Any) -> None:
    compared = compare(run(runs, "a", [2, 2, 2]), run(runs, "b", [1, 1]))
    assert compared.questions == 2
    assert "1 questions" in compared.notices[-1]


def test_a_comparison_is_printable_json(runs: Any) -> None:
    compared = compare(run(runs, "a", [2, 2]), run(runs, "b", [1, 1])).as_json()
    again = json.loads(json.dumps(compared))
    assert again["differences"][0]["significant"] is False
    assert again["gains"][0]["steps"][0]["measure"] == "RR@10"
