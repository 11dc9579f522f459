"""A run from its wish to its report: benchmark, systems, runner and page wired together."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.errors import EvaluationError, RunError, UnknownSystem
from eval.records import AboutRun
from eval.runs import (
    found_run,
    read_about,
    read_cases,
    read_rows,
    read_run,
    run_before,
    write_summary,
)
from eval.words import Split
from pincite.errors import PinciteError
from pincite.progress import Progress, telling
from pincite.settings import Settings

if TYPE_CHECKING:
    from eval.benchmark import Benchmark
    from eval.runner import System

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wish:
    """A run that somebody wants: which questions, asked of which systems."""

    benchmark: str
    systems: tuple[str, ...] = ()
    against: str | None = None
    split: Split | None = None
    limit: int | None = None
    seed: int = 0


def start(
    settings: Settings,
    wish: Wish,
    out: Path | None,
    folders: Sequence[Path],
    *,
    quiet: bool,
    lines: bool = False,
) -> Json:
    """Begin a run, ask everything, report. Raises PinciteError; what was asked is kept."""
    from eval.benchmark import load, sampled
    from eval.runner import Drawn, begin

    if not wish.benchmark:
        raise EvaluationError("no benchmark was named; `pincite eval list` shows them")
    names = _known(wish)
    benchmark = load(wish.benchmark, folders, split=wish.split)
    _measured(benchmark)
    if wish.limit is not None:
        benchmark = sampled(benchmark, wish.limit, wish.seed)
    if not benchmark.cases:
        raise EvaluationError(f"{wish.benchmark} has no question in that half")
    if wish.against:
        from eval.against import service_for

        service_for(benchmark, wish.against).close()  # before there is a folder to be sorry for
    folder = _free(runs_of(settings, out), benchmark.name)
    begin(folder, benchmark, names, Drawn(wish.split, wish.limit, wish.seed))
    return _asked(settings, folder, benchmark, wish.against, quiet, lines)


def go_on(
    settings: Settings,
    run: Path,
    against: str | None,
    out: Path | None,
    folders: Sequence[Path],
    *,
    quiet: bool,
    lines: bool = False,
) -> Json:
    """Ask what a run that was cut off has not asked yet, and report. Raises PinciteError."""
    from eval.benchmark import load

    folder = found_run(run, runs_of(settings, out))
    about = read_about(folder)
    began = about.benchmark
    benchmark = load(began.name, folders, split=began.split)
    if benchmark.fingerprint != began.fingerprint:
        raise RunError(
            f"{folder}: the benchmark {began.name} is not what it was when the run began;"
            " start a new run"
        )
    chosen = {case.id for case in read_cases(folder)}
    cases = tuple(case for case in benchmark.cases if case.id in chosen)
    benchmark = replace(benchmark, cases=cases, measures=began.measures, depth=began.depth)
    return _asked(settings, folder, benchmark, against or _url(about), quiet, lines)


def refuse_new_choices(given: Sequence[object]) -> None:
    """Going on takes the questions and the systems of the run. Raises EvaluationError."""
    if any(choice is not None and choice != [] for choice in given):
        raise EvaluationError(
            "--resume goes on with the questions and the systems of that run;"
            " beside it only --against, --out and --folder may be given"
        )


def runs_of(settings: Settings, out: Path | None) -> Path:
    """The folder of runs: the one that was named, else that of the data."""
    return out or settings.data_dir / "eval" / "runs"


def _known(wish: Wish) -> tuple[str, ...]:
    """The systems of a run, each once. Raises UnknownSystem."""
    from eval.against import NAME

    if wish.against and not wish.systems:
        return (NAME,)
    from eval.ablations import DEFAULT, SYSTEMS

    for name in wish.systems:
        if name not in SYSTEMS:
            raise UnknownSystem(name, SYSTEMS)
    service = (NAME,) if wish.against else ()
    return tuple(dict.fromkeys((*wish.systems, *service))) or (DEFAULT,)


def _measured(benchmark: Benchmark) -> None:
    """Refuse a benchmark with a measure that nobody knows before anything is asked."""
    from eval.measures import measure

    for name in benchmark.measures:
        measure(name)


def _url(about: AboutRun) -> str | None:
    """Where the service of a run was."""
    urls = (system.described.get("url") for system in about.systems)
    return next((url for url in urls if url), None)


def _free(runs: Path, name: str) -> Path:
    """A folder for a new run, named for the time and the benchmark."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    folder, more = runs / f"{stamp}-{name}", 1
    while folder.exists():
        more += 1
        folder = runs / f"{stamp}-{name}-{more}"
    return folder


def _asked(
    settings: Settings,
    folder: Path,
    benchmark: Benchmark,
    against: str | None,
    quiet: bool,
    lines: bool,
) -> Json:
    from eval.runner import ask_all, finish
    from eval.scoring import scorer

    try:
        with telling("preparing", quiet=quiet, lines=lines) as progress:

            def opened(name: str) -> System:
                return _open(name, benchmark, settings, against, progress)

            ask_all(folder, benchmark, opened, scorer(benchmark.measures), progress)
    except PinciteError as error:
        raise RunError(f"{error}; {_kept(folder)}") from None
    except KeyboardInterrupt:
        raise KeyboardInterrupt(_kept(folder)) from None
    finish(folder)
    return reported(folder)


def _open(
    name: str, benchmark: Benchmark, settings: Settings, against: str | None, progress: Progress
) -> System:
    from eval.against import NAME, service_for

    if name != NAME:
        from eval.systems import open_system

        def indexing(done: int, total: int) -> None:
            progress(done, total, f"{name}: indexing")

        kept = settings.model_copy(update={"data_dir": settings.data_dir / "eval" / "indexes"})
        return open_system(name, benchmark, kept, indexing)
    if against is None:
        raise RunError("this run asks a service; say where it is with --against URL")
    return service_for(benchmark, against)


def _kept(folder: Path) -> str:
    """What a run that was cut off has, and how to go on with it."""
    about = read_about(folder)
    done = sum(len(read_rows(folder, system.name)) for system in about.systems)
    of = about.benchmark.questions * len(about.systems)
    return (
        f"{done} of {of} results are kept;"
        f" `pincite eval run --resume {shlex.quote(str(folder))}` goes on"
    )


def reported(folder: Path) -> Json:
    """Write the summary and the page; what a terminal shows of them."""
    from eval.report.page import write
    from eval.scoring import summary

    run = read_run(folder)
    figures = summary(run)
    write_summary(folder, figures)
    page = write(folder, run_before(folder))
    return {
        "run": str(folder),
        "report": str(page),
        "benchmark": run.about.benchmark.name,
        "questions": run.about.benchmark.questions,
        "complete": run.about.complete,
        "systems": {name: figures[name]["all"] for name in run.rows},
        "errors": {
            name: [row.given.error for row in rows if row.given.error]
            for name, rows in run.rows.items()
        },
        "answered": sum(not row.given.error for rows in run.rows.values() for row in rows),
    }
