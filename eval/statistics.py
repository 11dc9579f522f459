"""What a figure is worth: intervals, tests of differences, and what a benchmark cannot see.

Questions about one document are not independent, so whole clusters of questions (families of
documents) are drawn and swapped, never single questions. scipy draws and swaps the observations of
one array; the tests hold this module against it where both can do a thing. Reads no files.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

import numpy as np

from eval.figures import Numbers, Statistic, divided, mean

RESAMPLES = 2000
SWAPS = 9999
# Once so many swaps did as well as the systems, more swaps would change nothing that matters.
_ENOUGH, _AT_ONCE = 200, 500
LEVEL, POWER = 0.95, 0.80
_CELLS = 1 << 17  # of the arrays worked on: one megabyte stays in the processor's cache
_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval and its standard error; None where it has none."""

    value: float | None
    low: float | None = None
    high: float | None = None
    error: float | None = None


@dataclass(frozen=True, slots=True)
class Contrast:
    """Second less first over the same questions, its interval, and how likely chance does that.

    `detectable` is the smallest difference that this many questions would show (see `detectable`).
    """

    difference: float | None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    detectable: float | None = None


def estimate(
    statistic: Statistic,
    rows: Numbers,
    clusters: Sequence[str],
    *,
    bounds: tuple[float, float] | None = None,
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> Estimate:
    """The figure with a bootstrap interval over clusters: BCa, or by percentiles where BCa fails.

    Efron, "Better Bootstrap Confidence Intervals", JASA 82 (1987). Where all resamples agree they
    tell nothing: a figure at one of its `bounds` then has the exact binomial bound for as many
    trials as there are clusters, and any other has no interval.
    """
    of, count = _by_cluster(statistic, rows, clusters)
    value = _number(of(np.ones((1, count)))[0]) if count else None
    if value is None or count < 2:
        return Estimate(value)
    found = of(_draws(count, resamples, seed))
    found = found[~np.isnan(found)]
    if not len(found) or np.ptp(found) <= 1e-12:
        return Estimate(value, *_exact(value, bounds, count), error=None)
    low, high = _bca(found, value, of(1 - np.eye(count)))
    return Estimate(value, low, high, float(found.std(ddof=1)))


def contrast(
    statistic: Statistic,
    first: Numbers,
    second: Numbers,
    clusters: Sequence[str],
    *,
    seed: int = 0,
    resamples: int = RESAMPLES,
    swaps: int = SWAPS,
) -> Contrast:
    """Second less first, question by question: bootstrap interval and randomisation test.

    The test exchanges the two systems' results in whole clusters, at random (all ways, when they
    are few), and counts how often the difference is as large as the one seen; two-sided.
    """
    of_first, count = _by_cluster(statistic, first, clusters)
    of_second, _ = _by_cluster(statistic, second, clusters)

    def difference(weights: Numbers) -> Numbers:
        return of_second(weights) - of_first(weights)

    seen = _number(difference(np.ones((1, count)))[0]) if count else None
    if seen is None:
        return Contrast(None)
    p = _randomised(statistic, first, second, clusters, seed, swaps)
    if count < 2:
        return Contrast(seen, p=p)
    found = difference(_draws(count, resamples, seed))
    found = found[~np.isnan(found)]
    if not len(found) or np.ptp(found) <= 1e-12:
        return Contrast(seen, p=p)
    low, high = _bca(found, seen, difference(1 - np.eye(count)))
    return Contrast(seen, low, high, p, detectable(float(found.std(ddof=1))))


def holm(values: Sequence[float]) -> list[float]:
    """P values of several comparisons, raised so that all may be held against one level.

    Holm, "A Simple Sequentially Rejective Multiple Test Procedure", Scand. J. Statist. 6 (1979).
    holm([0.01, 0.04, 0.03])   # [0.03, 0.06, 0.06]
    """
    raised, highest = [0.0] * len(values), 0.0
    for rank, place in enumerate(sorted(range(len(values)), key=values.__getitem__)):
        highest = max(highest, min(1.0, (len(values) - rank) * values[place]))
        raised[place] = highest
    return raised


def detectable(error: float, *, power: float = POWER, level: float = LEVEL) -> float:
    """The smallest true difference that a two-sided test finds with this power.

    (z[1 - alpha / 2] + z[power]) · standard error of the difference: 2.80 errors at 80 % power and
    alpha .05. Bloom, "Minimum Detectable Effects", Evaluation Review 19 (1995). The error of two
    systems over the same questions comes with their contrast, that of separate runs is `unpaired`.
    """
    return (_NORMAL.inv_cdf((1 + level) / 2) + _NORMAL.inv_cdf(power)) * error


def unpaired(first: float, second: float) -> float:
    """The standard error of the difference of two figures from separate runs."""
    return math.hypot(first, second)


def _by_cluster(
    statistic: Statistic, rows: Numbers, clusters: Sequence[str]
) -> tuple[Callable[[Numbers], Numbers], int]:
    """The statistic as a function of how often each cluster counts, and how many there are.

    A mean takes its sums over clusters once and for all; for the rest every question is weighed,
    some draws at a time.
    """
    names, of = np.unique(np.asarray(clusters, dtype=str), return_inverse=True)
    if statistic is mean:
        known = ~np.isnan(rows).any(axis=1)
        sums = np.bincount(of[known], rows[known, 0], minlength=len(names))
        counts = np.bincount(of[known], minlength=len(names)).astype(float)
        return lambda weights: divided(weights @ sums, weights @ counts), len(names)
    step = max(1, _CELLS // max(1, len(rows)))

    def weighed(weights: Numbers) -> Numbers:
        blocks = (weights[at : at + step, of] for at in range(0, len(weights), step))
        return np.concatenate([statistic(rows, block) for block in blocks])

    return weighed, len(names)


@lru_cache(maxsize=2)
def _draws(count: int, resamples: int, seed: int) -> Numbers:
    """How often each of `count` clusters is drawn in each resample."""
    random = np.random.default_rng(seed)
    drawn = np.empty((resamples, count))
    for row in drawn:
        row[:] = np.bincount(random.integers(0, count, count), minlength=count)
    return drawn


def _bca(found: Numbers, value: float, without: Numbers) -> tuple[float, float]:
    """The percentiles of the resamples, moved for bias and skew; unmoved where those are unknown.

    `without` has the value with each cluster left out.
    """
    ends = ((1 - LEVEL) / 2, (1 + LEVEL) / 2)
    below = float((np.sum(found < value) + np.sum(found <= value)) / 2 / len(found))
    left = without[~np.isnan(without)].mean() - without[~np.isnan(without)]
    spread = float(np.sum(left**2))
    if 0 < below < 1 and spread > 0:
        bias, skew = _NORMAL.inv_cdf(below), float(np.sum(left**3)) / (6 * spread**1.5)
        moved = (bias + _NORMAL.inv_cdf(end) for end in ends)
        low, high = (_NORMAL.cdf(bias + z / (1 - skew * z)) for z in moved)
        ends = (low, high)
    return float(np.quantile(found, ends[0])), float(np.quantile(found, ends[1]))


def _exact(
    value: float, bounds: tuple[float, float] | None, count: int
) -> tuple[float | None, float | None]:
    """Clopper and Pearson's interval where all of `count` trials came out at one bound."""
    if bounds is None or value not in bounds:
        return None, None
    least, most = bounds
    reach = (most - least) * (1 - ((1 - LEVEL) / 2) ** (1 / count))
    return (least, least + reach) if value == least else (most - reach, most)


def _randomised(
    statistic: Statistic,
    first: Numbers,
    second: Numbers,
    clusters: Sequence[str],
    seed: int,
    swaps: int,
) -> float:
    """How often exchanging results at random makes a difference as large as the one seen.

    Stops early when that happens often: Besag and Clifford, "Sequential Monte Carlo p-values",
    Biometrika 78 (1991).
    """
    both = np.concatenate([first, second])
    sides = [f"{side}{cluster}" for side in "12" for cluster in clusters]
    of, twice = _by_cluster(statistic, both, sides)  # sorted: all clusters of the first, then
    count = twice // 2

    def size(kept: Numbers) -> Numbers:
        other = 1 - kept
        return np.abs(of(np.hstack([other, kept])) - of(np.hstack([kept, other])))

    least = size(np.ones((1, count)))[0] - 1e-12
    if 2**count <= swaps:
        return float(np.mean(size(_all_ways(count)) >= least))
    random, larger, done = np.random.default_rng(seed), 0, 0
    while done < swaps and larger < _ENOUGH:
        ways = random.integers(0, 2, (min(_AT_ONCE, swaps - done), count)).astype(float)
        larger, done = larger + int(np.sum(size(ways) >= least)), done + len(ways)
    return (larger + 1) / (done + 1)


def _all_ways(count: int) -> Numbers:
    ways = np.arange(2**count)[:, None] >> np.arange(count)
    return (ways & 1).astype(float)


def _number(value: np.float64) -> float | None:
    return None if np.isnan(value) else float(value)
