"""From what was given to scores, and from scores to the figures of `summary.json`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from eval.measures import Context, Measure, Scored, Summary, measure, score_all, summarise
from eval.runner import Judge, Scorer, System
from eval.runs import Run
from eval.words import Case

Json = dict[str, Any]
# By what a summary divides the questions, beside all of them.
_PARTS: Mapping[str, Callable[[Case], str | None]] = {
    "split": lambda case: case.split,
    "kind": lambda case: case.kind,
    "voice": lambda case: case.voice,
}


def scorer(names: Iterable[str]) -> Scorer:
    """Scores by these measures, in the texts of the system scored. Raises UnknownMeasure."""
    measures = [measure(name) for name in names]

    def judge_of(system: System) -> Judge:
        context = Context(system.text)
        return lambda case, given: score_all(measures, [case], [given], context)[0]

    return judge_of


def summary(run: Run) -> Json:
    """Every figure by system: of all questions, and of each part of a division with several."""
    cases, measures = run.cases, [measure(name) for name in run.about.benchmark.measures]
    figures: Json = {}
    for system in run.rows:
        of_system = {"all": _figures(run, system, measures, cases)}
        for name, part_of in _PARTS.items():
            parts = {part for case in cases if (part := part_of(case))}
            if len(parts) > 1:
                of_system[name] = {
                    part: _figures(run, system, measures, [c for c in cases if part_of(c) == part])
                    for part in sorted(parts)
                }
        figures[system] = of_system
    return figures


def _figures(run: Run, system: str, measures: Sequence[Measure], cases: Iterable[Case]) -> Json:
    return {name: asdict(found) for name, found in _summaries(run, system, measures, cases)}


def _summaries(
    run: Run, system: str, measures: Sequence[Measure], cases: Iterable[Case]
) -> Iterator[tuple[str, Summary]]:
    rows = {row.case: row for row in run.rows[system]}
    asked = [(case, rows[case.id]) for case in cases if case.id in rows]
    for one in measures:
        name = str(one)
        scored = [
            Scored(case, row.given, row.scores[name]) for case, row in asked if name in row.scores
        ]
        yield name, summarise(one, scored)
