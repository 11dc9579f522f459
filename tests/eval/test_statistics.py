"""Intervals, tests and corrections, held against scipy where it can do the same."""

from __future__ import annotations

import importlib
from math import comb
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.figures import Numbers, aurc, auroc, mean, percentile, risk_at, total
from eval.statistics import contrast, detectable, estimate, holm, unpaired

scipy: Any = importlib.import_module("scipy.stats")
RANDOM = np.random.default_rng(7)
SKEWED = RANDOM.exponential(size=60)


def column(values: Any) -> Numbers:
    return np.array(values, dtype=float).reshape(-1, 1)


def single(count: int) -> list[str]:
    return [str(place) for place in range(count)]


def test_an_interval_of_single_questions_is_that_of_scipy() -> None:
    found = estimate(mean, column(SKEWED), single(60), resamples=20_000)
    theirs = scipy.bootstrap((SKEWED,), np.mean, n_resamples=20_000, method="BCa", rng=1)
    assert found.value == pytest.approx(SKEWED.mean())
    assert found.low == pytest.approx(theirs.confidence_interval.low, abs=0.01)
    assert found.high == pytest.approx(theirs.confidence_interval.high, abs=0.01)
    assert found.error == pytest.approx(theirs.standard_error, rel=0.03)


def test_questions_of_one_document_widen_the_interval() -> None:
    # ten documents whose questions all go the same way
    values = np.repeat(RANDOM.integers(0, 2, 10), 20)
    families = np.repeat(single(10), 20).tolist()
    apart, together = (estimate(mean, column(values), of) for of in (single(200), families))
    assert apart.value == together.value
    assert apart.error is not None
    assert together.error is not None
    # twenty answers that agree are worth one: the error grows by the root of twenty
    assert together.error / apart.error == pytest.approx(20**0.5, rel=0.1)


def test_the_same_seed_gives_the_same_interval() -> None:
    one, same, other = (estimate(mean, column(SKEWED), single(60), seed=s) for s in (1, 1, 2))
    assert one == same != other


def test_what_does_not_apply_is_left_out() -> None:
    values = np.where(np.arange(60) % 3 == 0, np.nan, SKEWED)
    found = estimate(mean, column(values), single(60))
    assert found.value == pytest.approx(np.nanmean(values))
    assert found.low is not None
    assert found.low < np.nanmean(values)


@pytest.mark.parametrize("all_alike", [0.0, 1.0])
def test_a_share_without_exception_is_no_certainty(all_alike: float) -> None:
    found = estimate(mean, column([all_alike] * 30), single(30), bounds=(0, 1))
    exact = scipy.binomtest(int(30 * all_alike), 30).proportion_ci(method="exact")
    assert (found.low, found.high) == pytest.approx((exact.low, exact.high))


def test_a_figure_that_cannot_vary_has_no_interval() -> None:
    found = estimate(mean, column([0.5] * 9), single(9), bounds=(0, 1))
    assert (found.value, found.low, found.high) == (0.5, None, None)


def test_one_document_alone_has_no_interval() -> None:
    found = estimate(mean, column([0, 1, 1, 1]), ["a"] * 4)
    assert (found.value, found.low) == (0.75, None)


def test_an_interval_covers_the_truth_as_often_as_it_says() -> None:
    hits = 0
    for trial in range(200):
        random = np.random.default_rng(trial)
        documents = random.normal(size=40).repeat(5)
        found = estimate(
            mean,
            column(documents + random.normal(size=200)),
            np.repeat(single(40), 5).tolist(),
            resamples=400,
        )
        assert found.low is not None
        assert found.high is not None
        hits += found.low <= 0 <= found.high
    assert 0.89 <= hits / 200 <= 0.99  # 95 %, give or take three errors


FIRST, SECOND = RANDOM.random((2, 40))


def test_a_swap_test_is_that_of_scipy() -> None:
    second = SECOND + 0.08
    found = contrast(mean, column(FIRST), column(second), single(40))
    theirs = scipy.permutation_test(
        (second, FIRST),
        lambda x, y, axis: np.mean(x - y, axis=axis),
        permutation_type="samples",
        vectorized=True,
        rng=1,
    )
    assert found.difference == pytest.approx((second - FIRST).mean())
    assert found.p == pytest.approx(theirs.pvalue, abs=0.02)


def test_few_clusters_are_swapped_in_all_ways() -> None:
    # eight clusters, all better: 2 of 256 ways do as well
    found = contrast(mean, column([0.0] * 8), column(np.arange(1, 9)), single(8))
    assert found.p == 2 / 2**8
    # of eight, seven better by one and one worse by one: as many or more agree in
    ways = 2 * (comb(8, 7) + comb(8, 8))
    mixed = contrast(mean, column([0.0] * 8), column([1] * 7 + [-1]), single(8))
    assert mixed.p == ways / 2**8


def test_whole_clusters_are_swapped() -> None:
    # a hundred questions, but of five documents: at best 2 of 32 ways
    families = np.repeat(single(5), 20).tolist()
    found = contrast(mean, column([0.0] * 100), column([1.0] * 100), families)
    assert found.p == 2 / 2**5


def test_no_difference_is_no_surprise() -> None:
    same = contrast(mean, column(FIRST), column(FIRST), single(40))
    assert (same.difference, same.p, same.low, same.detectable) == (0, 1, None, None)


@pytest.mark.parametrize("figure", [auroc, aurc, risk_at(0.5), percentile(0.5), total])
def test_every_figure_can_be_contrasted(figure: Any) -> None:
    outcome = (np.arange(40) % 2).astype(float)
    noise, signal = np.column_stack([FIRST, outcome]), np.column_stack([FIRST + outcome, outcome])
    found = contrast(figure, noise, signal, single(40), swaps=999)
    assert found.difference
    assert found.p is not None
    assert found.p < 0.05
    assert found.low is not None
    assert found.high is not None
    assert found.low <= found.difference <= found.high


def test_holm_multiplies_by_what_is_left() -> None:
    # sorted: .01 × 3 = .03, .03 × 2 = .06, .04 × 1 = .04, raised to the .06 before it
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([]) == []


@given(st.lists(st.floats(0, 1), max_size=20))
def test_holm_keeps_the_order_and_is_no_smaller(values: list[float]) -> None:
    raised = holm(values)
    assert all(before <= after <= 1 for before, after in zip(values, raised, strict=True))
    order = sorted(range(len(values)), key=values.__getitem__)
    assert [raised[place] for place in order] == sorted(raised)


def test_the_detectable_difference_is_found_four_times_of_five() -> None:
    error = 0.1
    truth = detectable(error)
    assert truth == pytest.approx((1.960 + 0.842) * error, abs=1e-3)
    seen = np.random.default_rng(3).normal(truth, error, 20_000)
    assert np.mean(np.abs(seen) > 1.960 * error) == pytest.approx(0.80, abs=0.01)


def test_errors_of_separate_runs_add_in_squares() -> None:
    assert unpaired(3, 4) == 5


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=1, max_size=40))
def test_auroc_is_that_of_scipy(pairs: list[tuple[int, bool]]) -> None:
    rows = np.array(pairs, dtype=float)
    yes, no = rows[rows[:, 1] == 1, 0], rows[rows[:, 1] == 0, 0]
    found = auroc(rows, np.ones((1, len(rows))))[0]
    if not len(yes) or not len(no):
        assert np.isnan(found)
    else:
        wins = scipy.mannwhitneyu(yes, no).statistic
        assert found == pytest.approx(wins / (len(yes) * len(no)))


@settings(max_examples=50)
@given(
    st.lists(
        st.tuples(st.integers(0, 4), st.booleans(), st.integers(0, 3)), min_size=1, max_size=15
    )
)
def test_a_weight_is_so_many_questions(drawn: list[tuple[int, bool, int]]) -> None:
    rows = np.array([pair[:2] for pair in drawn], dtype=float)
    weights = np.array([[pair[2] for pair in drawn]], dtype=float)
    repeated = np.repeat(rows, weights[0].astype(int), axis=0)
    for figure in (mean, total, auroc, percentile(0.5), risk_at(1.0)):
        found = figure(rows, weights)
        expected = figure(repeated, np.ones((1, len(repeated))))
        np.testing.assert_allclose(found, expected)
