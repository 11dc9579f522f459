"""Figures of a set of questions, as functions of how often each question counts.

That one form serves means, sums, percentiles and areas under curves alike: `eval.statistics` draws
and swaps questions by weighing them anew, many draws in one array.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Places = NDArray[np.intp]
Statistic = Callable[[Numbers, Numbers], Numbers]
"""(rows, weights) to one value a draw.

`rows` has a row a question and nan where a question does not count; `weights` has a row a draw
and a column a question: how often the question counts in it. The value is nan where a draw holds
nothing to compute it from.
"""


def mean(rows: Numbers, weights: Numbers) -> Numbers:
    """The mean of the first column."""
    values, weights = counted(rows, weights)
    return divided(weights @ values[:, 0], weights.sum(axis=1))


def total(rows: Numbers, weights: Numbers) -> Numbers:
    """The sum of the first column; of nothing it is nan."""
    values, weights = counted(rows, weights)
    summed: Numbers = np.where(weights.sum(axis=1) > 0, weights @ values[:, 0], np.nan)
    return summed


def percentile(share: float) -> Statistic:
    """The value of the first column that `share` of the questions do not exceed."""

    def of(rows: Numbers, weights: Numbers) -> Numbers:
        values, weights = counted(rows, weights)
        if not len(values):
            return np.full(len(weights), np.nan)
        order = np.argsort(values[:, 0])
        reached = np.cumsum(weights[:, order], axis=1)
        place = np.argmax(reached >= share * reached[:, -1:] - 1e-9, axis=1)
        found: Numbers = np.where(reached[:, -1] > 0, values[order, 0][place], np.nan)
        return found

    return of


def auroc(rows: Numbers, weights: Numbers) -> Numbers:
    """The chance that an answerable question (outcome 1) has more confidence than another (0).

    Ties count half; nan where there is only one sort of question.
    """
    rows, weights = _sorted(rows, weights, falling=False)
    starts = _starts(rows)
    with_answer = _summed(weights * rows[:, 1], starts)
    without = _summed(weights * (1 - rows[:, 1]), starts)
    below = np.cumsum(without, axis=1) - without
    won = (with_answer * (below + without / 2)).sum(axis=1)
    return divided(won, with_answer.sum(axis=1) * without.sum(axis=1))


def aurc(rows: Numbers, weights: Numbers) -> Numbers:
    """The mean of the risk over all coverages: the area under the risk-coverage curve.

    Geifman and El-Yaniv, "SelectiveNet", ICML 2019. The outcome is 1 where the question went wrong.
    """
    weights, risk, _ = _curve(rows, weights)
    return divided((weights * risk).sum(axis=1), weights.sum(axis=1))


def risk_at(share: float) -> Statistic:
    """The risk where the surest `share` of the questions is covered."""

    def of(rows: Numbers, weights: Numbers) -> Numbers:
        weights, risk, reached = _curve(rows, weights)
        if not risk.shape[1]:
            return np.full(len(weights), np.nan)
        place = np.argmax(reached >= share * reached[:, -1:] - 1e-9, axis=1)
        found: Numbers = np.where(
            reached[:, -1] > 0, np.take_along_axis(risk, place[:, None], axis=1)[:, 0], np.nan
        )
        return found

    return of


def curve(rows: Numbers) -> list[tuple[float, float]]:
    """(coverage, risk) where confidence changes, the surest first."""
    rows = rows[~np.isnan(rows).any(axis=1)]
    if not len(rows):
        return []
    rows, weights = _sorted(rows, np.ones((1, len(rows))), falling=True)
    ends = [*(_starts(rows)[1:] - 1), len(rows) - 1]
    wrong, reached = np.cumsum(rows[:, 1]), np.cumsum(weights[0])
    return [(float(reached[at] / len(rows)), float(wrong[at] / reached[at])) for at in ends]


def counted(rows: Numbers, weights: Numbers) -> tuple[Numbers, Numbers]:
    """The rows that count, and their weights."""
    known = ~np.isnan(rows).any(axis=1)
    return (rows, weights) if known.all() else (rows[known], weights[:, known])


def divided(above: Numbers, below: Numbers, otherwise: float = np.nan) -> Numbers:
    """The quotients, and `otherwise` where there is nothing to divide by."""
    with np.errstate(divide="ignore", invalid="ignore"):
        quotient: Numbers = np.where(below > 0, above / below, otherwise)
    return quotient


def _curve(rows: Numbers, weights: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Weights, risk and weight covered so far, by falling confidence.

    Among equals every question bears their common share of what went wrong.
    """
    rows, weights = _sorted(rows, weights, falling=True)
    starts = _starts(rows)
    of_group = divided(_summed(weights * rows[:, 1], starts), _summed(weights, starts), 0.0)
    wrong = np.repeat(of_group, np.diff([*starts, len(rows)]), axis=1)
    reached = np.cumsum(weights, axis=1)
    risk = divided(np.cumsum(weights * wrong, axis=1), reached, 0.0)
    return weights, risk, reached


def _sorted(rows: Numbers, weights: Numbers, *, falling: bool) -> tuple[Numbers, Numbers]:
    rows, weights = counted(rows, weights)
    order = np.argsort(-rows[:, 0] if falling else rows[:, 0], kind="stable")
    return rows[order], weights[:, order]


def _starts(rows: Numbers) -> Places:
    """Where each run of equal confidence begins."""
    changes = np.flatnonzero(np.diff(rows[:, 0])) + 1
    return np.concatenate([np.zeros(min(1, len(rows)), np.intp), changes])


def _summed(cells: Numbers, starts: Places) -> Numbers:
    if not len(starts):
        return np.zeros((len(cells), 0))
    return np.add.reduceat(cells, starts, axis=1)
