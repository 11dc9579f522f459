"""The runs that there are, the newest first, each with the figures that one looks at first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from eval.errors import RunError
from eval.measures import measure
from eval.records import AboutRun
from eval.report.printing import writer
from eval.runs import read_about, read_summary
from pincite.errors import NotFound

ABOUT, SUMMARY = "run.json", "summary.json"
# Of a benchmark's measures those that say most to who sees three; else the first of its list.
_TELLING = ("AnsweredRight", "RightPinpoint", "AnsweredWrong")
_MOST_FIGURES = 3
_KEPT = 1000
_LONGEST = 255


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure's value, printed, with its interval; `title` says what is measured."""

    name: str
    title: str
    value: str
    interval: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A run as the list shows it; one whose file is damaged has only its name and its `trouble`."""

    name: str
    about: AboutRun | None
    figures: tuple[tuple[str, tuple[Figure, ...]], ...] = ()
    trouble: str = ""


def listed(runs: Path) -> list[Listed]:
    """Every run of a folder, the newest first."""
    folders = [path.parent for path in runs.glob(f"*/{ABOUT}")]
    found = [_kept(folder, _stamp(folder)) for folder in folders]
    return sorted(found, key=lambda run: (run.about.started if run.about else "", run.name))[::-1]


def folder_of(runs: Path, name: str) -> Path:
    """The folder of the run of that name: one directly in `runs`. Raises NotFound."""
    short = len(name.encode(errors="replace")) <= _LONGEST
    plain = short and name.isprintable() and not name.startswith(".") and not set(name) & set("/\\")
    if not plain or not (runs / name / ABOUT).is_file():
        raise NotFound(f"no run {name[:80]!r}; the list of runs shows those that there are")
    return runs / name


def figure(name: str, summary: Any) -> Figure | None:
    """One value of a summary as it is printed; None where the measure did not apply."""
    if not summary or summary["value"] is None:
        return None
    write = writer(name)
    low, high = summary["low"], summary["high"]
    interval = None if low is None or high is None else (write(low), write(high))
    return Figure(name, measure(name).definition.title, write(summary["value"]), interval)


def _stamp(folder: Path) -> tuple[int, ...]:
    """When the files changed that a line of the list is made of."""
    times = []
    for name in (ABOUT, SUMMARY):
        try:
            times.append((folder / name).stat().st_mtime_ns)
        except OSError:
            times.append(0)
    return tuple(times)


@lru_cache(maxsize=_KEPT)
def _kept(folder: Path, stamp: tuple[int, ...]) -> Listed:
    try:
        about = read_about(folder)
        summary = read_summary(folder) if stamp[1] else {}
        names = _headline(about.benchmark.measures)
        figures = tuple((s.name, _figures(names, summary.get(s.name))) for s in about.systems)
        return Listed(folder.name, about, figures)
    except RunError as error:
        return Listed(folder.name, None, trouble=str(error))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        return Listed(folder.name, None, trouble=f"{folder.name}: no summary of a run: {error!r}")


def _headline(measures: Sequence[str]) -> Sequence[str]:
    telling = [name for name in _TELLING if name in measures]
    return (telling or measures)[:_MOST_FIGURES]


def _figures(names: Sequence[str], summary: Any) -> tuple[Figure, ...]:
    found = (figure(name, summary["all"].get(name)) for name in names) if summary else ()
    return tuple(one for one in found if one is not None)
