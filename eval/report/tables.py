"""The tables of a report as plain values: what stands in them, not how they look."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from eval.attribution import FAULTS, Blame, Fault
from eval.comparing import Change, Comparison, Difference
from eval.measures import Summary, measure
from eval.records import AboutRun
from eval.report.printing import brief, clipped, probability, signed, writer

Summaries = Mapping[str, Mapping[str, Summary]]
Pairs = tuple[tuple[str, str], ...]

MOST_CHANGES, _MOST_STEPS = 25, 4
_LONGEST_QUESTION, _LONGEST_FACT, _LONGEST_ID = 140, 600, 40
_MEANINGS: dict[Fault, str] = {
    "failed": "the question raised an error or ran out of time",
    "not indexed": "the index holds none of the documents that answer",
    "wrong version": "a retired text or another reading was quoted",
    "wrong channel": "only text of another channel was quoted: argument or record for law",
    "wrongly answered": "the corpus cannot answer, yet an answer was given",
    "not retrieved": "the gold is not among the passages found",
    "wrongly abstained": "the gold was found, yet no answer was given",
    "retrieved but not chosen": "the gold was found, and something else was quoted",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """Printed text; `value` is the exact number behind it, `look` the name of a style."""

    text: str
    value: float | None = None
    note: str = ""
    look: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its name, a word about it, and its cells."""

    name: str
    cells: tuple[Cell, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` names the row names too; `align` is the look of cells that have none."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[Line, ...]
    align: str = "number"

    def look(self, column: int) -> str:
        """How the head of a column stands: as its first cell does."""
        cells = self.rows[0].cells if self.rows else ()
        look = cells[column - 1].look if 0 < column <= len(cells) else ""
        return (look or self.align).split()[0]


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values under one heading."""

    title: str
    pairs: Pairs


def headline(summaries: Summaries) -> Table:
    """Every measure of every system, with its interval and what it could not score."""
    measures = list(dict.fromkeys(name for row in summaries.values() for name in row))
    titles = {name: measure(name).definition.title for name in measures}
    rows = tuple(Line(n, tuple(_measured(n, summaries)), titles[n]) for n in measures)
    return Table("All systems on all measures", ("Measure", *summaries, "Questions"), rows)


def _measured(name: str, summaries: Summaries) -> Iterator[Cell]:
    found = [row[name] for row in summaries.values() if name in row]
    best = _best(name, found)
    for row in summaries.values():
        yield _summary_cell(row.get(name), best)
    yield Cell(_least_and_most(found), note=_apart(found), look="number")


def _summary_cell(summary: Summary | None, best: float | None) -> Cell:
    if summary is None or summary.value is None:
        return Cell("–", note="not applicable")
    write = writer(summary.name)
    low, high = summary.low, summary.high
    interval = f"{write(low)} to {write(high)}" if low is not None and high is not None else ""
    look = "number best" if summary.value == best else "number"
    return Cell(write(summary.value), summary.value, interval, look)


def _best(name: str, found: Sequence[Summary]) -> float | None:
    values = [summary.value for summary in found if summary.value is not None]
    if len(values) < 2 or len(set(values)) == 1:
        return None
    better = measure(name).definition.better
    return None if better == "neither" else (max if better == "high" else min)(values)


def _least_and_most(found: Sequence[Summary]) -> str:
    counts = sorted({summary.n for summary in found})
    return "–".join(f"{count:,}" for count in (counts[:1] + counts[1:][-1:]))


def _apart(found: Sequence[Summary]) -> str:
    unfit = max((summary.not_applicable for summary in found), default=0)
    failed = max((summary.failed for summary in found), default=0)
    said = (f"{unfit:,} not applicable" if unfit else "", f"{failed:,} failed" if failed else "")
    return ", ".join(part for part in said if part)


def faults(blames: Mapping[tuple[str, str], Blame | None], systems: Sequence[str]) -> Table:
    """How many questions each fault explains, by system."""
    counts = {
        (system, fault): sum(
            1 for (name, _), b in blames.items() if name == system and b and b.fault == fault
        )
        for system in systems
        for fault in FAULTS
    }
    rows = [
        Line(fault.capitalize(), (*_counted(counts, systems, fault), Cell(meaning, look="left")))
        for fault, meaning in _MEANINGS.items()
    ]
    totals = tuple(
        Cell(f"{sum(counts[s, f] for f in FAULTS):,}", look="number best") for s in systems
    )
    rows.append(Line("All wrong", (*totals, Cell("", look="left"))))
    return Table("Wrong questions by fault", ("Fault", *systems, "What it means"), tuple(rows))


def _counted(
    counts: Mapping[tuple[str, Fault], int], systems: Sequence[str], fault: Fault
) -> tuple[Cell, ...]:
    return tuple(
        Cell(f"{counts[s, fault]:,}" if counts[s, fault] else "–", counts[s, fault] or None)
        for s in systems
    )


def differences(caption: str, comparison: Comparison) -> Table:
    """What changed on each measure, a column a system, and whether chance explains it."""
    systems = tuple(dict.fromkeys(one.system for one in comparison.differences))
    measures = dict.fromkeys(one.measure for one in comparison.differences)
    found = {(one.measure, one.system): one for one in comparison.differences}
    rows = tuple(
        Line(name, tuple(_differences(name, [found[name, system] for system in systems])))
        for name in measures
    )
    return Table(caption, ("Measure", *systems, "Detectable"), rows)


def _differences(name: str, found: Sequence[Difference]) -> Iterator[Cell]:
    yield from map(_difference, found)
    least = [one.detectable for one in found if one.detectable is not None]
    yield _number(min(least, default=None), writer(name))


def _difference(one: Difference) -> Cell:
    if one.difference is None:
        return Cell("–", note="not applicable")
    write = writer(one.measure)
    look = {True: "number better", False: "number worse", None: "number"}[one.better]
    note = []
    if one.low is not None and one.high is not None:
        note.append(f"{signed(write, one.low)} to {signed(write, one.high)}")
    if one.corrected is not None:
        note.append(f"p {probability(one.corrected)}")
    marked = look if one.significant else "number"
    return Cell(signed(write, one.difference), one.difference, "\n".join(note), marked)


def _number(value: float | None, write: Callable[[float], str]) -> Cell:
    return Cell("–" if value is None else write(value), value)


def changes(comparison: Comparison, texts: Mapping[str, str]) -> tuple[Table, ...]:
    """Gains and losses, question by question, the largest first."""
    named = (("Losses", comparison.losses), ("Gains", comparison.gains))
    return tuple(_changes(title, some, texts) for title, some in named if some)


def _changes(title: str, some: Sequence[Change], texts: Mapping[str, str]) -> Table:
    left = len(some) - MOST_CHANGES
    caption = f"{title}: {len(some):,}" + (f", the largest {MOST_CHANGES} shown" * (left > 0))
    rows = tuple(
        Line(clipped(change.case, _LONGEST_ID), tuple(_change(change, texts)))
        for change in some[:MOST_CHANGES]
    )
    return Table(caption, ("Question", "Asked", "System", "What changed"), rows, align="left")


def _change(change: Change, texts: Mapping[str, str]) -> Iterator[Cell]:
    yield Cell(clipped(texts.get(change.case, ""), _LONGEST_QUESTION), look="words")
    yield Cell(change.system, look="left")
    steps = [f"{s.measure} {brief(s.before)} → {brief(s.after)}" for s in change.steps]
    left = len(steps) - _MOST_STEPS
    more = f"; {left} more" if left > 0 else ""
    yield Cell("; ".join(steps[:_MOST_STEPS]) + more, look="where")


def about(run: AboutRun) -> tuple[Facts, ...]:
    """Everything recorded of a run, flat, in readable groups."""
    asked = asdict(run.benchmark)
    times = {"started": run.started, "finished": run.finished, "complete": run.complete}
    resumed = {f"resumed {n}": value for n, value in enumerate(run.resumed, start=1)}
    return (
        Facts("Questions and time", _pairs({**asked, **times, **resumed})),
        *(Facts(f"System {system.name}", _pairs(system.described)) for system in run.systems),
        Facts("Code", _pairs(run.git)),
        Facts("Packages", _pairs(run.packages)),
        Facts("Machine", _pairs(run.machine)),
    )


def _pairs(values: Mapping[str, Any], path: str = "") -> Pairs:
    found: list[tuple[str, str]] = []
    for name, value in values.items():
        here = f"{path}{name}".replace("_", " ")
        if isinstance(value, Mapping):
            found += _pairs(value, f"{here} · ")
        else:
            found.append((here, clipped(_plain(value), _LONGEST_FACT)))
    return tuple(found)


def _plain(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(_plain, value)) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value in (None, "") else str(value)
