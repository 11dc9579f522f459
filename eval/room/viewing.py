"""One run as a page needs it: figures, faults, plots, questions; and two runs compared.

What takes seconds is kept for the runs that were looked at last, until a file of theirs changes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from eval.attribution import FAULTS, Fault
from eval.comparing import Comparison, compare
from eval.errors import RunError
from eval.measures import Summary
from eval.records import AboutRun
from eval.report import tables
from eval.report.charts import charts
from eval.report.page import PAGE, blames_of, summaries_of
from eval.report.plots import Plot
from eval.report.questions import Asked, asked_of
from eval.room.listing import SUMMARY
from eval.runs import Run, read_about, read_run, read_summary, rows_file
from eval.scoring import summary

# Results of more bytes take longer to read than anybody waits for a page.
MOST_BYTES = 40 * 2**20
_KEPT = 4


@dataclass(frozen=True, slots=True)
class Viewed:
    """A run as it is shown. `long` ones have no questions here; their report has the failures."""

    name: str
    about: AboutRun
    headline: tables.Table | None
    faults: Mapping[str, Mapping[Fault, int]]
    questions: tuple[Asked, ...]
    splits: Mapping[str, str]
    facts: tuple[tables.Facts, ...]
    failed: Mapping[str, int]
    asked: Mapping[str, int]
    long: bool
    has_report: bool


def viewed(folder: Path) -> Viewed:
    """What a page shows of a run. Raises RunError."""
    return _viewed(folder, _stamp(folder))


def plots_of(folder: Path) -> tuple[Plot, ...]:
    """What can be drawn of a run that is not too long: half a second's work. Raises RunError."""
    return _plots(folder, _stamp(folder))


def compared(before: Path, after: Path, across: bool) -> tuple[Comparison, Mapping[str, str]]:
    """What changed between two runs, and which half each question is of.

    Raises RunError when they cannot be compared, or only with `across`.
    """
    return _compared(before, _stamp(before), after, _stamp(after), across)


def _stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Names, sizes and times of the files of a run."""
    found = [(path.name, path.stat()) for path in sorted(folder.iterdir()) if path.is_file()]
    return tuple((name, status.st_size, status.st_mtime_ns) for name, status in found)


@lru_cache(maxsize=_KEPT)
def _viewed(folder: Path, stamp: tuple[tuple[str, int, int], ...]) -> Viewed:
    about = read_about(folder)
    if _bytes(folder, about) > MOST_BYTES:
        return _of(folder, about, None)
    return _of(folder, about, read_run(folder))


@lru_cache(maxsize=_KEPT)
def _plots(folder: Path, stamp: object) -> tuple[Plot, ...]:
    if _bytes(folder, read_about(folder)) > MOST_BYTES:
        return ()
    run = read_run(folder)
    told = _figures(folder, run)
    return charts(run, told) if told else ()


@lru_cache(maxsize=_KEPT)
def _compared(
    before: Path, stamp: object, after: Path, other: object, across: bool
) -> tuple[Comparison, Mapping[str, str]]:
    for folder in (before, after):
        if _bytes(folder, read_about(folder)) > MOST_BYTES:
            raise RunError(
                f"{folder.name}: too long to be compared on a page;"
                f" `pincite eval compare {before.name} {after.name}` does it"
            )
    first, second = read_run(before), read_run(after)
    return compare(first, second, across), _splits(first) | _splits(second)


def _bytes(folder: Path, about: AboutRun) -> int:
    files = (rows_file(folder, system.name) for system in about.systems)
    return sum(file.stat().st_size for file in files if file.exists())


def _of(folder: Path, about: AboutRun, run: Run | None) -> Viewed:
    told = _figures(folder, run)
    rows = {s: {row.case: row for row in some} for s, some in run.rows.items()} if run else {}
    blames = blames_of(run) if run else {}
    counts = Counter((system, blame.fault) for (system, _), blame in blames.items() if blame)
    return Viewed(
        name=folder.name,
        about=about,
        headline=tables.headline(told) if told else None,
        faults={s: {fault: counts[s, fault] for fault in FAULTS} for s in rows},
        questions=asked_of(run.cases, rows, blames) if run else (),
        splits=_splits(run) if run else {},
        facts=tables.about(about),
        failed={s: sum(bool(r.given.error) for r in some.values()) for s, some in rows.items()},
        asked={s: len(some) for s, some in rows.items()},
        long=run is None,
        has_report=(folder / PAGE).is_file(),
    )


def _figures(folder: Path, run: Run | None) -> dict[str, dict[str, Summary]]:
    """The figures that were written, or for a run that was cut off those of what it has."""
    if (folder / SUMMARY).is_file():
        found = read_summary(folder)
    else:
        found = summary(run) if run and any(run.rows.values()) else {}
    try:
        return {name: summaries_of(figures["all"]) for name, figures in found.items()}
    except (KeyError, TypeError) as error:
        raise RunError(f"{folder / SUMMARY}: this is no summary of a run: {error!r}") from None


def _splits(run: Run) -> dict[str, str]:
    return {case.id: case.split or "" for case in run.cases}
