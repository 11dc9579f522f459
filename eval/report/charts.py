"""Which plots a run gets, and from what. Draws nothing itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from eval.comparing import scored_by
from eval.measures import Summary, measure, risk_curve, summarise
from eval.report.plots import Curve, Plot, Point, Row, curves, whiskers
from eval.report.printing import milliseconds, share, writer
from eval.runs import Run
from eval.words import Case

Figures = Mapping[str, Mapping[str, Summary]]

_MOST_MEASURES, _MOST_PARTS = 12, 16
_CALLS = ("Search", "Ask")


def leading(run: Run) -> str:
    """The measure that stands first in the benchmark's own list."""
    return run.about.benchmark.measures[0]


def charts(run: Run, figures: Figures) -> tuple[Plot, ...]:
    """Every plot that the run has something for."""
    drawn = (
        _by_measure(run, figures),
        _by_part(run, "kind of question", _kinds(run)),
        _by_part(run, "family of documents", _families(run)),
        _risk(run),
        _latency(figures),
    )
    return tuple(plot for plot in drawn if plot is not None)


def _by_measure(run: Run, figures: Figures) -> Plot | None:
    names = [name for name in run.about.benchmark.measures if _is_share(name)][:_MOST_MEASURES]
    rows = [Row(name, tuple(_points(name, figures))) for name in names]
    if not rows:
        return None
    note = "Shares, more is better, with 95 % intervals."
    return whiskers("Systems by measure", note, rows, write=share, unit=True)


def _points(name: str, figures: Figures) -> Iterator[Point]:
    for system, row in figures.items():
        if one := row.get(name):
            yield Point(system, one.value, one.low, one.high)


def _is_share(name: str) -> bool:
    definition = measure(name).definition
    return definition.unit == "share" and definition.better == "high"


def _by_part(run: Run, what: str, parts: Mapping[str, list[Case]]) -> Plot | None:
    name = leading(run)
    rows = [
        Row(part, tuple(_part_points(run, name, some)), len(some)) for part, some in parts.items()
    ]
    told = [row for row in rows if any(point.value is not None for point in row.points)]
    shown = told[:_MOST_PARTS]
    if len(shown) < 2:
        return None
    left = len(run.cases) - sum(row.questions or 0 for row in shown)
    note = f"{name} with 95 % intervals, the largest groups first; one family alone has none."
    if left:
        note += f" {left:,} questions are left out: of small groups, or without this measure."
    definition = measure(name).definition
    title, unit = f"{name} by {what}", definition.unit == "share"
    return whiskers(title, note, shown, write=writer(name), unit=unit)


def _part_points(run: Run, name: str, some: Sequence[Case]) -> Iterator[Point]:
    cases = {case.id: case for case in some}
    for system, rows in run.rows.items():
        scored = scored_by(name, cases, [row for row in rows if row.case in cases])
        one = summarise(measure(name), scored)
        yield Point(system, one.value, one.low, one.high)


def _kinds(run: Run) -> dict[str, list[Case]]:
    return _grouped([(case.kind.replace("_", " "), case) for case in run.cases])


def _families(run: Run) -> dict[str, list[Case]]:
    grouped = _grouped([(case.family, case) for case in run.cases if case.family])
    return {name: cases for name, cases in grouped.items() if len(cases) > 1}


def _grouped(pairs: list[tuple[str, Case]]) -> dict[str, list[Case]]:
    """The cases by name, the largest group first."""
    sizes = Counter(name for name, _ in pairs)
    return {name: [c for n, c in pairs if n == name] for name, _ in sizes.most_common()}


def _risk(run: Run) -> Plot | None:
    name = next((n for n in run.about.benchmark.measures if _is_risk(n)), None)
    if name is None:
        return None
    cases = {case.id: case for case in run.cases}
    drawn = {s: risk_curve(scored_by(name, cases, rows)) for s, rows in run.rows.items()}
    lines = [Curve(system, tuple(points)) for system, points in drawn.items() if points]
    if not lines:
        return None
    note = "The surest questions first: of those covered, the share that went wrong."
    return curves("Risk and coverage", note, lines, x="coverage", y="risk", write=share)


def _is_risk(name: str) -> bool:
    return name == "AURC" or name.startswith("Risk@")


def _latency(figures: Figures) -> Plot | None:
    rows = []
    for call in _CALLS:
        points = tuple(_percentiles(figures, call))
        if points:
            rows.append(Row(call.lower(), points))
    if not rows:
        return None
    note = "Median, with a line to the 95th percentile; each step along the axis is tenfold."
    return whiskers("Latency", note, rows, write=milliseconds, logarithmic=True)


def _percentiles(figures: Figures, call: str) -> Iterator[Point]:
    for system, row in figures.items():
        middle, slow = row.get(f"{call}P50"), row.get(f"{call}P95")
        if middle and middle.value is not None:
            end = slow.value if slow else None
            yield Point(system, middle.value, middle.value if end else None, end)
