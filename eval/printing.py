"""Benchmarks, runs, comparisons and gates for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from eval.report.printing import shown, writer

Json = dict[str, Any]
_out = Console(highlight=False)
_MOST_CHANGES = 10
_MOST_ERRORS = 3


def print_benchmarks(listed: Json) -> None:
    """A line a benchmark, then the systems."""
    width = max((len(row["name"]) for row in listed["benchmarks"]), default=0)
    for row in listed["benchmarks"]:
        about = f"absent: {row['absent']}" if row["absent"] else row["title"]
        count = "" if row["absent"] else f"{row['questions']:,}"
        _line(f"{row['name']:{width}}  {count:>6}  {about}", "yellow" if row["absent"] else "")
    _line(f"systems: {', '.join(listed['systems'])}")


def print_run(done: Json) -> None:
    """The figures of every system with their intervals, the first errors, and the report."""
    systems: Mapping[str, Json] = done["systems"]
    names = dict.fromkeys(name for figures in systems.values() for name in figures)
    table = _table(f"{done['benchmark']}, {_count(done['questions'], 'question')}", *systems)
    for name in names:
        table.add_row(name, *(_figure(name, figures.get(name)) for figures in systems.values()))
    _out.print(table)
    for system, errors in done["errors"].items():
        for error in errors[:_MOST_ERRORS]:
            _line(f"{system}: failed: {error}", "yellow")
        if left := len(errors[_MOST_ERRORS:]):
            _line(f"{system}: {left} more failed", "yellow")
    if not done["complete"]:
        _line(f"not complete; `pincite eval run --resume {done['run']}` goes on", "yellow")
    _line(done["report"])


def print_comparison(compared: Json) -> None:
    """What changed by measure, then the questions that changed most."""
    for notice in compared["notices"]:
        _line(notice, "yellow")
    _line(
        f"{compared['before']}, then {compared['after']}:"
        f" {_count(compared['questions'], 'question')} in both"
    )
    table = _table("system", "measure", "before", "after", "difference", "p, corrected", "")
    for row in compared["differences"]:
        table.add_row(row["system"], row["measure"], *_difference(row))
    _out.print(table)
    for name in ("gains", "losses"):
        changes = compared[name]
        if changes:
            _line(f"{name}: {_count(len(changes), 'question')}")
        for change in changes[:_MOST_CHANGES]:
            steps = ", ".join(_step(step) for step in change["steps"])
            _line(f"  {change['case']} ({change['system']}): {steps}")
        if left := len(changes[_MOST_CHANGES:]):
            _line(f"  and {left} more; --json has them all")


def print_gate(judged: Json) -> None:
    """Every reason why a run may not pass, or that it may."""
    for failure in judged["failures"]:
        _line(failure, "red")
    against = f" against {judged['baseline']}" if judged["baseline"] else ""
    floors = f"; {_count(judged['floors'], 'floor')}"
    verdict = "passed" if judged["passed"] else "did not pass"
    _line(f"{judged['run']} {verdict}{against}{floors}", "" if judged["passed"] else "red")


def print_files(done: Json) -> None:
    """A line a file."""
    for file in done["files"]:
        _line(file)


def print_frozen(done: Json) -> None:
    """What has no place, then the counts."""
    for problem in done["problems"]:
        _line(problem, "yellow")
    _line(
        f"{_count(done['supports'], 'quote')}: {done['changed']} written,"
        f" {len(done['problems'])} without a place"
    )


def _figure(name: str, figure: Json | None) -> str:
    """`0.512 [0.480, 0.541]`, and how many questions stand behind it where not all do."""
    if figure is None or figure["value"] is None:
        return "–"
    write = writer(name)
    value, low, high = figure["value"], figure["low"], figure["high"]
    interval = "" if low is None or high is None else f" [{write(low)}, {write(high)}]"
    few = f"  of {figure['n']}" if figure["not_applicable"] else ""
    failed = f"  {figure['failed']} failed" if figure["failed"] else ""
    return f"{write(value)}{interval}{few}{failed}"


def _difference(row: Json) -> Iterable[str | Text]:
    write = writer(row["measure"])
    for name in ("before", "after"):
        yield "–" if row[name] is None else write(row[name])
    if row["difference"] is None:
        yield from ("–", "", "")
        return
    yield f"{'+' if row['difference'] > 0 else ''}{write(row['difference'])}"
    yield "" if row["corrected"] is None else f"{row['corrected']:.3f}"
    verdict = {True: "better", False: "worse"}.get(row["better"], "")
    yield Text(verdict if row["significant"] else "", "green" if row["better"] else "red")


def _step(step: Json) -> str:
    write = writer(step["measure"])
    return f"{step['measure']} {write(step['before'])} to {write(step['after'])}"


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, justify="left", overflow="fold")
    return table


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _line(text: str, style: str = "") -> None:
    _out.print(Text(shown(text), style), soft_wrap=True)
