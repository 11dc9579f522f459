"""What a measure is: a name that prints and parses, a score for a question, a figure for a set.

The rows of the table stand in the modules beside this one, `table.py` joins them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from eval.figures import Numbers, Statistic, mean
from eval.measures.gold import NOWHERE, Context
from eval.statistics import RESAMPLES, Contrast, contrast, estimate
from eval.words import Case, Given, Score

Unit = Literal["share", "count", "words", "ms"]
Better = Literal["high", "low", "neither"]
Applies = Callable[[Case], str | None]
Judge = Callable[[Case, Given, Context, int], Score]
ToRow = Callable[[Case, Given, Score], tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Scored:
    """A question, what was given for it, and its score by one measure."""

    case: Case
    given: Given
    score: Score


@dataclass(frozen=True, slots=True)
class Summary:
    """A measure's figure over a set of questions, with its 95 % interval.

    `n` questions counted and `not_applicable` did not; `failed` of all of them failed. The
    interval is drawn over `clusters`; `error` is the standard error.
    """

    name: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    not_applicable: int
    failed: int
    clusters: int = 0
    error: float | None = None


def everything(_: Case) -> str | None:
    """Applies to every question."""
    return None


def value_alone(_case: Case, _given: Given, score: Score) -> tuple[float, ...]:
    """A question's row for figures that need its score and no more."""
    return (np.nan if score.value is None else score.value,)


@dataclass(frozen=True, slots=True)
class Definition:
    """A row of the table of measures.

    `applies` says why the measure does not apply to a question, or None when it does. `failed` is
    the score of a failed question: 0 where more is better, None where 0 would praise it. `over`
    makes the figure of a set out of its rows; `usual` and `most` are cutoffs. `alone` is False
    where a question's own value does not tell whether it went well.
    """

    name: str
    title: str
    judge: Judge = field(repr=False)
    applies: Applies = field(default=everything, repr=False)
    unit: Unit = "share"
    better: Better = "high"
    cut: bool = False
    usual: int = 10
    most: int | None = None
    failed: float | None = 0.0
    row: ToRow = field(default=value_alone, repr=False)
    over: Callable[[int], Statistic] = field(default=lambda _: mean, repr=False)
    alone: bool = True


@dataclass(frozen=True, slots=True)
class Measure:
    """A definition with its cutoff: `str(measure("nDCG@10"))` is `"nDCG@10"`."""

    definition: Definition
    cutoff: int = 0

    def __str__(self) -> str:
        name = self.definition.name
        return f"{name}@{self.cutoff}" if self.definition.cut else name

    @property
    def statistic(self) -> Statistic:
        """What makes the figure of a set out of its rows."""
        return self.definition.over(self.cutoff)

    def excused(self, case: Case, given: Given) -> Score | None:
        """The score where the measure does not apply or the question failed; else None."""
        if (why := self.definition.applies(case)) is not None:
            return Score(None, why)
        if given.error is not None:
            return Score(self.definition.failed, f"failed: {given.error}")
        return None

    def score(self, case: Case, given: Given, context: Context = NOWHERE) -> Score:
        """The question's score, with the reason for it."""
        excused = self.excused(case, given)
        return excused or self.definition.judge(case, given, context, self.cutoff)

    def rows(self, scored: Sequence[Scored]) -> Numbers:
        """A row a question, as `statistic` takes them."""
        rows = [self.definition.row(one.case, one.given, one.score) for one in scored]
        return np.array(rows, dtype=float) if rows else np.empty((0, 2))


def summarise(
    measure: Measure, scored: Sequence[Scored], *, seed: int = 0, resamples: int = RESAMPLES
) -> Summary:
    """The figure of a set of questions; needs no texts, only what a run has written down."""
    rows, clusters = measure.rows(scored), [cluster(one.case) for one in scored]
    bounds = (0.0, 1.0) if measure.definition.unit == "share" else None
    found = estimate(
        measure.statistic, rows, clusters, bounds=bounds, seed=seed, resamples=resamples
    )
    counted = int((~np.isnan(rows).any(axis=1)).sum()) if scored else 0
    return Summary(
        name=str(measure),
        value=found.value,
        low=found.low,
        high=found.high,
        n=counted,
        not_applicable=len(scored) - counted,
        failed=sum(one.given.error is not None for one in scored),
        clusters=len(set(clusters)),
        error=found.error,
    )


def contrasted(
    measure: Measure, first: Sequence[Scored], second: Sequence[Scored], *, seed: int = 0
) -> Contrast:
    """Second less first over the questions that both were asked."""
    of_first = {one.case.id: one for one in first}
    pairs = [(of_first[one.case.id], one) for one in second if one.case.id in of_first]
    before, after = [one for one, _ in pairs], [one for _, one in pairs]
    clusters = [cluster(one.case) for one in after]
    return contrast(
        measure.statistic, measure.rows(before), measure.rows(after), clusters, seed=seed
    )


def cluster(case: Case) -> str:
    """What a question is drawn together with: its family, or itself alone."""
    return case.family or case.id
