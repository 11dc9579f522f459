"""Two runs, measure by measure: what changed, and whether chance explains it.

Systems are paired by name (or one with one), questions by id. Values and their tests are over
the questions that both runs asked; nothing is read or written here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import chain
from typing import Any

import numpy as np

from eval.errors import RunError
from eval.measures import Measure, Scored, contrasted, measure
from eval.records import Row
from eval.runs import Run
from eval.statistics import LEVEL, holm
from eval.words import Case, Score

_UNSCORED = Score(None, "not scored")
_SAME = 1e-9
_AFTER = " after {}"


@dataclass(frozen=True, slots=True)
class Difference:
    """One measure of one pair of systems: after less before, over the same questions.

    `corrected` is the p value after Holm's correction over the whole comparison. Not tested are
    times, which the machine's other work moves, measures of which neither way is better, and
    those that no question changed. `better` is None where nothing changed or neither is better.
    """

    system: str
    measure: str
    before: float | None
    after: float | None
    difference: float | None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    corrected: float | None = None
    detectable: float | None = None
    better: bool | None = None

    @property
    def significant(self) -> bool:
        """Whether chance alone would rarely do it, all comparisons counted."""
        return self.corrected is not None and self.corrected < 1 - LEVEL


@dataclass(frozen=True, slots=True)
class Step:
    """One measure of one question, before and after."""

    measure: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Change:
    """One question that one system now does otherwise; `gain` is what the shares add up to."""

    case: str
    system: str
    gain: float
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed between two runs; `notices` says what was left out of it."""

    before: str
    after: str
    questions: int
    differences: tuple[Difference, ...]
    gains: tuple[Change, ...]
    losses: tuple[Change, ...]
    notices: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The comparison as plain values."""
        rows = [asdict(one) | {"significant": one.significant} for one in self.differences]
        return asdict(self) | {"differences": rows}


def compare(run_a: Run, run_b: Run, across: bool = False) -> Comparison:
    """What changed from the first run to the second.

    Raises RunError when they asked different questions or searched different texts, unless
    `across` allows it; different benchmarks, or no system in common, are refused always.
    """
    paired = _pairs(run_a, run_b)
    notices = _differing(run_a, run_b, paired)
    if notices and not across:
        raise RunError(f"{notices[0]}; --across-corpora compares them all the same")
    return _compared(run_a, run_b, paired, tuple(notices))


def against_first(run: Run) -> Comparison:
    """Every further system of a run against its first, over the same questions.

    Each measure is a question of its own here: Holm's correction is over its systems.
    """
    first, *others = (system.name for system in run.about.systems)
    compared = _compared(run, run, [(first, other) for other in others], ())
    tested = [
        replace(one, system=one.system.removesuffix(_AFTER.format(first)))
        for one in compared.differences
    ]
    by_measure = (
        _corrected([d for d in tested if d.measure == name])
        for name in run.about.benchmark.measures
    )
    return replace(compared, differences=tuple(chain.from_iterable(by_measure)))


def scored_by(measure_name: str, cases: Mapping[str, Case], rows: Sequence[Row]) -> list[Scored]:
    """The rows of one system as a measure summarises them."""
    return [
        Scored(cases[row.case], row.given, row.scores.get(measure_name, _UNSCORED)) for row in rows
    ]


def _compared(
    before: Run, after: Run, paired: Sequence[tuple[str, str]], notices: tuple[str, ...]
) -> Comparison:
    cases = {case.id: case for case in after.cases}
    shared = [case.id for case in before.cases if case.id in cases]
    left = len(cases) + len(before.cases) - 2 * len(shared)
    found, changes = list[Difference](), list[Change]()
    for name, other in paired:
        olds, news = _rows(before, name, cases), _rows(after, other, cases)
        title = other if name == other else other + _AFTER.format(name)
        for one in _measures(before, after):
            found.append(_difference(title, one, cases, olds, news))
        changes += _changes(title, _measures(before, after), olds, news)
    more = (f"{left:,} questions stand in one run only and are left out",) if left else ()
    return Comparison(
        before=before.folder.name,
        after=after.folder.name,
        questions=len(shared),
        differences=tuple(_corrected(found)),
        gains=tuple(sorted((c for c in changes if c.gain > 0), key=lambda c: -c.gain)),
        losses=tuple(sorted((c for c in changes if c.gain < 0), key=lambda c: c.gain)),
        notices=notices + more,
    )


def _pairs(before: Run, after: Run) -> list[tuple[str, str]]:
    if before.about.benchmark.name != after.about.benchmark.name:
        raise RunError(
            f"{before.folder.name} asked {before.about.benchmark.name} and {after.folder.name}"
            f" asked {after.about.benchmark.name}: they share no questions"
        )
    first, second = ([s.name for s in run.about.systems] for run in (before, after))
    common = [(name, name) for name in second if name in first]
    if not common and len(first) == len(second) == 1:
        common = [(first[0], second[0])]
    if not common:
        raise RunError(
            f"{before.folder.name} ran {', '.join(first)} and {after.folder.name} ran"
            f" {', '.join(second)}: they have no system in common"
        )
    return common


def _differing(before: Run, after: Run, paired: Sequence[tuple[str, str]]) -> list[str]:
    """In what the runs differ that makes their values of different things."""
    found = []
    one, other = before.about.benchmark.fingerprint, after.about.benchmark.fingerprint
    if one != other:
        found.append(
            f"the benchmark changed between the runs ({_brief(one)}, then {_brief(other)})"
        )
    olds = {system.name: system.corpus for system in before.about.systems}
    news = {system.name: system.corpus for system in after.about.systems}
    for name, another in paired:
        if olds[name] != news[another]:
            corpora = f"corpus {_brief(olds[name])}, then {_brief(news[another])}"
            found.append(f"{another} searched different texts in the two runs ({corpora})")
    return found


def _measures(before: Run, after: Run) -> list[Measure]:
    known = before.about.benchmark.measures
    return [measure(name) for name in after.about.benchmark.measures if name in known]


def _rows(run: Run, system: str, cases: Mapping[str, Case]) -> list[Row]:
    return [row for row in run.rows.get(system, ()) if row.case in cases]


def _difference(
    system: str,
    one: Measure,
    cases: Mapping[str, Case],
    olds: Sequence[Row],
    news: Sequence[Row],
) -> Difference:
    both = {row.case for row in olds} & {row.case for row in news}
    first = scored_by(str(one), cases, [row for row in olds if row.case in both])
    second = scored_by(str(one), cases, [row for row in news if row.case in both])
    before, after = _value(one, first), _value(one, second)
    if before is None or after is None:
        return Difference(system, str(one), before, after, None)
    found = Difference(system, str(one), before, after, after - before)
    if abs(after - before) > _SAME and one.definition.better != "neither":
        found = replace(found, better=(after > before) == (one.definition.better == "high"))
    untested = one.definition.unit == "ms" or one.definition.better == "neither"
    if untested or np.array_equal(one.rows(first), one.rows(second), equal_nan=True):
        return found
    tested = contrasted(one, first, second)
    return replace(
        found, low=tested.low, high=tested.high, p=tested.p, detectable=tested.detectable
    )


def _value(one: Measure, scored: Sequence[Scored]) -> float | None:
    if not scored:
        return None
    value = float(one.statistic(one.rows(scored), np.ones((1, len(scored))))[0])
    return None if np.isnan(value) else value


def _corrected(found: Sequence[Difference]) -> Iterator[Difference]:
    tested = [one.p for one in found if one.p is not None]
    raised = iter(holm(tested))
    for one in found:
        yield one if one.p is None else replace(one, corrected=next(raised))


def _changes(
    system: str, measures: Sequence[Measure], olds: Sequence[Row], news: Sequence[Row]
) -> Iterator[Change]:
    before = {row.case: row for row in olds}
    telling = [one for one in measures if one.definition.alone and _direction(one)]
    for row in news:
        if row.case in before:
            steps = tuple(_steps(telling, before[row.case], row))
            gain = sum(_direction(measure(s.measure)) * (s.after - s.before) for s in steps)
            if abs(gain) > _SAME:
                yield Change(row.case, system, gain, steps)


def _steps(measures: Sequence[Measure], old: Row, new: Row) -> Iterator[Step]:
    for name in map(str, measures):
        before, after = (row.scores.get(name, _UNSCORED).value for row in (old, new))
        if before is not None and after is not None and abs(after - before) > _SAME:
            yield Step(name, before, after)


def _direction(one: Measure) -> int:
    """1 where more is better, -1 where less is, 0 where a question's value does not tell."""
    if one.definition.unit not in ("share", "count"):
        return 0
    return {"high": 1, "low": -1, "neither": 0}[one.definition.better]


def _brief(fingerprint: str) -> str:
    return fingerprint[:12] or "unknown"
