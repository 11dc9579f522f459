"""Percentiles of time."""

from __future__ import annotations

import pytest

from eval.measures import Scored, measure, summarise
from eval.words import Case, Given
from pincite.types import Question


def value(name: str, *times: float) -> float | None:
    one = measure(name)
    cases = [Case(str(place), Question("?")) for place in range(len(times))]
    givens = [Given(latency_ms={"search": time}) for time in times]
    scored = [Scored(c, g, one.score(c, g)) for c, g in zip(cases, givens, strict=True)]
    return summarise(one, scored).value


@pytest.mark.parametrize(
    ("name", "times", "expected"),
    [
        ("SearchP50", [4, 1, 3, 2], 2),  # two of four are within 2 ms
        ("SearchP50", [5, 1, 3], 3),
        ("SearchP95", range(1, 101), 95),
        ("SearchP95", [7], 7),
        ("AskP50", [1, 2], None),
    ],
)
def test_a_percentile_is_a_time_that_was_taken(
    name: str, times: list[float], expected: float | None
) -> None:
    assert value(name, *times) == expected


def test_a_failed_call_has_no_time() -> None:
    late = Given(latency_ms={"search": 1.0}, error="gone")
    assert measure("SearchP50").score(Case("q", Question("?")), late).value is None
