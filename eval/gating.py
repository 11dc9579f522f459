"""Whether a run may pass: no significant loss against a baseline, no value beyond its floor.

Floors stand in the benchmark's own file; a table inside is for one system alone:

    [floors]
    RightDocument = 0.9        # at least, where more is better
    NonLawAsLaw = 0            # at most, where less is better
    [floors.bm25]
    RightDocument = 0.7
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from eval.comparing import Comparison, compare, scored_by
from eval.errors import RunError
from eval.formats.rows import Row, toml_file
from eval.measures import measure, summarise
from eval.runs import Run

_FILE, _TABLE = "benchmark.toml", "floors"


@dataclass(frozen=True, slots=True)
class Floor:
    """The worst value that a measure may have; for one system, or for all where it is None."""

    measure: str
    value: float
    system: str | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """The judgement: `failures` has a line for each reason, and none when the run passes."""

    run: str
    baseline: str | None
    failures: tuple[str, ...]
    floors: int
    comparison: Comparison | None = None

    @property
    def passed(self) -> bool:
        """Whether nothing stands against the run."""
        return not self.failures

    def as_json(self) -> dict[str, Any]:
        """The judgement as plain values."""
        compared = self.comparison.as_json() if self.comparison else None
        return asdict(self) | {"passed": self.passed, "comparison": compared}


def gate(
    run: Run, baseline: Run | None, floors: Sequence[Floor] = (), across: bool = False
) -> Gate:
    """Judge a run. Raises RunError when it is not complete or cannot be compared."""
    for one in (run, baseline):
        if one is not None and not one.about.complete:
            raise RunError(f"{one.folder.name} is not complete; `--resume` goes on with it")
    compared = compare(baseline, run, across) if baseline else None
    failures = [*_losses(compared), *_broken(run, floors)]
    name = baseline.folder.name if baseline else None
    return Gate(run.folder.name, name, tuple(failures), len(floors), compared)


def floors_of(folder: Path) -> tuple[Floor, ...]:
    """The floors that a benchmark's file sets. Raises BenchmarkError, UnknownMeasure."""
    return tuple(_floors(toml_file(folder / _FILE).table(_TABLE), None))


def _floors(table: Row, system: str | None) -> Iterator[Floor]:
    for name, value in table.values.items():
        if isinstance(value, Mapping) and system is None:
            yield from _floors(table.table(name), name)
        elif isinstance(value, bool) or not isinstance(value, int | float):
            raise table.error(name, f"a floor is a number, not {value!r}")
        elif measure(name).definition.better == "neither":
            raise table.error(name, "neither more nor less of this is better")
        else:
            yield Floor(name, float(value), system)


def _losses(compared: Comparison | None) -> Iterator[str]:
    for one in compared.differences if compared else ():
        if one.significant and one.better is False:
            yield (
                f"{one.system}: {one.measure} went from {one.before:.4g} to {one.after:.4g}"
                f" (corrected p {one.corrected:.2g})"
            )


def _broken(run: Run, floors: Sequence[Floor]) -> Iterator[str]:
    cases = {case.id: case for case in run.cases}
    own = {(floor.system, floor.measure) for floor in floors if floor.system}
    for floor in floors:
        names = [s.name for s in run.about.systems if floor.system in (None, s.name)]
        one = measure(floor.measure)
        for name in names:
            if floor.system is None and (name, floor.measure) in own:
                continue
            scored = scored_by(floor.measure, cases, run.rows[name])
            value = summarise(one, scored, resamples=2).value
            if value is None:
                yield f"{name}: {floor.measure} has a floor, but this run did not measure it"
            elif (value < floor.value) if one.definition.better == "high" else value > floor.value:
                word = "below" if one.definition.better == "high" else "above"
                yield f"{name}: {floor.measure} is {value:.4g}, {word} its floor {floor.value:g}"
