"""Measures of rankings: the order given is scored, with the arithmetic of each."""

from __future__ import annotations

from math import log2

import pytest

from eval.measures import measure
from eval.words import Case, Given, Ranked
from pincite.types import Question, Span


def case(**relevant: int) -> Case:
    return Case("q", Question("?"), relevant=relevant)


def ranking(*units: str) -> Given:
    """Every stretch has the same score: only the order tells."""
    return Given(tuple(Ranked("d", "v", Span(0, 9), 1.0, unit) for unit in units))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # relevant at ranks 1 and 3, a third relevant unit is not found
        ("P@2", 1 / 2),
        ("R@2", 1 / 3),
        ("R@10", 2 / 3),
        ("RR@10", 1.0),
        ("Success@1", 1.0),
        ("MAP@10", (1 / 1 + 2 / 3) / 3),
        ("MAP@2", (1 / 1) / 3),
        # ideal: the three at ranks 1 to 3
        ("nDCG@10", (1 / log2(2) + 1 / log2(4)) / (1 / log2(2) + 1 / log2(3) + 1 / log2(4))),
    ],
)
def test_scores_are_those_of_the_textbook(name: str, expected: float) -> None:
    score = measure(name).score(case(a=1, b=1, c=1), ranking("a", "x", "b", "y"))
    assert score.value == pytest.approx(expected)


def test_equal_scores_keep_the_order_given() -> None:
    # trec_eval alone would put "z" before "a"
    assert measure("RR@10").score(case(a=1), ranking("a", "m", "z")).value == 1.0
    assert measure("RR@10").score(case(z=1), ranking("a", "m", "z")).value == pytest.approx(1 / 3)


def test_a_grade_is_a_gain() -> None:
    # gains 1 then 2; ideal 2 then 1
    got, ideal = 1 / log2(2) + 2 / log2(3), 2 / log2(2) + 1 / log2(3)
    score = measure("nDCG@5").score(case(a=2, b=1), ranking("b", "a"))
    assert score.value == pytest.approx(got / ideal)


def test_a_unit_counts_once_where_it_first_stands() -> None:
    score = measure("P@2").score(case(a=1, b=1), ranking("a", "a", "b"))
    assert score.value == 1.0  # a and b are the first two units
    assert score.reason == "gold at ranks 1, 2 (2 of 2)"


def test_a_stretch_of_no_unit_takes_a_place_and_is_not_relevant() -> None:
    assert measure("RR@10").score(case(a=1), ranking("", "", "a")).value == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("units", "cutoff", "reason"),
    [
        ("x y a", 10, "gold at rank 3"),
        ("x y a", 2, "no gold among the first 2"),
        ("", 10, "nothing was found"),
    ],
)
def test_the_reason_says_where_gold_stands(units: str, cutoff: int, reason: str) -> None:
    score = measure(f"R@{cutoff}").score(case(a=1), ranking(*units.split()))
    assert score.reason == reason


def test_many_ranks_are_counted() -> None:
    units = "abcdefg"
    score = measure("R@10").score(case(**dict.fromkeys(units, 1)), ranking(*units))
    assert score.reason == "gold at ranks 1, 2, 3, 4, 5 and 2 more (7 of 7)"


@pytest.mark.parametrize("relevant", [{}, {"a": 0}, {"a": -1}])
def test_without_a_relevant_unit_it_does_not_apply(relevant: dict[str, int]) -> None:
    score = measure("nDCG@10").score(case(**relevant), ranking("a"))
    assert (score.value, score.reason) == (None, "no unit is judged relevant")


@pytest.mark.parametrize("name", ["nDCG@10", "RR@3", "MAP@7", "Success@5"])
def test_nothing_found_is_zero(name: str) -> None:
    assert measure(name).score(case(a=1), Given()).value == 0.0
