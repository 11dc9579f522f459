"""Takes the questions of a benchmark through systems and writes down what happened, as it happens.

A question that fails is a result: one line of error, scored zero. An index, a model or a service
that is gone ends the run; what was written stays, and going on asks the rest.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from eval import machine
from eval.attribution import NOT_HELD
from eval.benchmark import Benchmark
from eval.collection import Precut
from eval.errors import RunError
from eval.exporting import write_trec
from eval.records import AboutBenchmark, AboutRun, AboutSystem, Row
from eval.runs import Rows, read_about, read_rows, read_run, write_about, write_cases
from eval.words import Case, Given, Ranked, Score, Split, Task
from pincite.errors import IndexUnusable, ModelError, PinciteError, StorageError
from pincite.types import Question

# What would fail every question after this one too.
GONE = (RunError, IndexUnusable, ModelError, StorageError)
# What a system may raise over one question. Anything else is a mistake in the program, and shown.
FAILED = (PinciteError, OSError, RuntimeError, ValueError, LookupError)
# What a system says of itself that may differ when a run goes on.
MAY_CHANGE = frozenset({"url"})
_MOST_SAID = 300


class System(Protocol):
    """What is asked: in this process, or a service at a URL."""

    name: str

    def prepare(self, questions: Sequence[Question]) -> None:
        """Whatever is cheaper for many questions at once than for each."""

    def search(self, question: Question, depth: int) -> tuple[Ranked, ...]:
        """The stretches it finds, best first."""

    def ask(self, question: Question) -> Given:
        """Its answer; the ranking stays empty."""

    def text(self, document_id: str, version: str) -> str | None:
        """A document's canonical text in that version, if it holds it."""

    def held(self) -> Mapping[str, str]:
        """The text version that it holds of each document."""

    def described(self) -> dict[str, Any]:
        """Settings, index, versions, hashes: everything of it that could move a number."""

    def close(self) -> None:
        """Free what it holds."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """How the questions of a run were chosen among those of the benchmark."""

    split: Split | None = None
    limit: int | None = None
    seed: int = 0


Open = Callable[[str], System]
Judge = Callable[[Case, Given], Mapping[str, Score]]
# Who judges what a system gives: a moved quote is looked up in that system's texts.
Scorer = Callable[[System], Judge]
# How many questions of how many are done, by which system.
Progress = Callable[[int, int, str], None]


def begin(folder: Path, benchmark: Benchmark, systems: Sequence[str], drawn: Drawn) -> None:
    """Make the folder of a new run of these cases. Raises RunError when there is one already."""
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise RunError(f"{folder}: no run can be written there: {error.strerror}") from None
    about = AboutRun(
        benchmark=_about(benchmark, drawn),
        systems=tuple(AboutSystem(name, {}) for name in systems),
        git=machine.git(),
        packages=machine.packages(),
        machine=machine.machine(),
        started=_now(),
    )
    write_cases(folder, benchmark.cases)
    write_about(folder, about)


def ask_all(
    folder: Path, benchmark: Benchmark, opened: Open, scorer: Scorer, progress: Progress
) -> None:
    """Ask every system of the run every question that has no result yet.

    Raises RunError, IndexUnusable, ModelError or StorageError when it cannot go on.
    """
    for about in read_about(folder).systems:
        done = {row.case for row in read_rows(folder, about.name)}
        left = [case for case in benchmark.cases if case.id not in done]
        if left:
            with closing(opened(about.name)) as system:
                said = {**system.described(), NOT_HELD: _missing(benchmark, system.held())}
                _describe(folder, about, said)
                _ask(folder, benchmark, left, system, scorer(system), progress)


def _ask(
    folder: Path,
    benchmark: Benchmark,
    left: Sequence[Case],
    system: System,
    judge: Judge,
    progress: Progress,
) -> None:
    """Ask one system what is left, a line a question."""
    total = len(benchmark.cases)
    system.prepare([case.question for case in left])
    with Rows(folder, system.name) as rows:
        for done, case in enumerate(left, start=total - len(left)):
            progress(done, total, system.name)
            given = asked(system, case.question, benchmark.task, benchmark.depth)
            rows.append(Row(case.id, given, judge(case, given)))
    progress(total, total, system.name)


def asked(system: System, question: Question, task: Task, depth: int) -> Given:
    """What a system gives for one question, with the time that each call took."""
    took: dict[str, float] = {}
    given = Given()
    try:
        with _timed(took, "search"):
            ranking = system.search(question, depth)
        if task == "answering":
            with _timed(took, "ask"):
                given = system.ask(question)
    except GONE:
        raise
    except FAILED as error:
        return Given(latency_ms=took, error=_line(error))
    return replace(given, ranking=ranking, latency_ms=took)


def finish(folder: Path) -> None:
    """Write the rankings in TREC's form, and mark the run as complete."""
    for name, rows in read_run(folder).rows.items():
        write_trec(folder, name, rows)
    about = read_about(folder)
    if not about.complete:
        write_about(folder, replace(about, finished=_now(), complete=True))


def _about(benchmark: Benchmark, drawn: Drawn) -> AboutBenchmark:
    return AboutBenchmark(
        name=benchmark.name,
        title=benchmark.title,
        task=benchmark.task,
        fingerprint=benchmark.fingerprint,
        measures=benchmark.measures,
        questions=len(benchmark.cases),
        depth=benchmark.depth,
        split=drawn.split,
        limit=drawn.limit,
        seed=drawn.seed,
    )


def _missing(benchmark: Benchmark, held: Mapping[str, str]) -> list[str]:
    """What is gold and cannot be found, whatever the system does: documents, units without text."""
    collection, cases = benchmark.collection, benchmark.cases
    gold = {s.document_id for case in cases for group in case.groups for s in group.supports}
    empty = set(collection.empty) if isinstance(collection, Precut) else set[str]()
    units = {unit for case in cases for unit in case.relevant}
    return sorted((gold - set(held)) | (units & empty))


def _describe(folder: Path, about: AboutSystem, said: Mapping[str, Any]) -> None:
    """Write down what a system says of itself; when going on, it must say what it said before."""
    run = read_about(folder)
    said = json.loads(json.dumps(said))  # as it will be read back
    changed = sorted(
        name
        for name in {*about.described, *said} - MAY_CHANGE
        if about.described.get(name) != said.get(name)
    )
    if about.described and changed:
        raise RunError(
            f"{folder}: {about.name} is not what it was when the run began: its"
            f" {', '.join(changed)} changed; start a new run"
        )
    resumed = run.resumed
    if about.described:
        resumed = (*resumed, {"system": about.name, "at": _now(), "git": machine.git()})
    systems = tuple(replace(s, described=said) if s.name == about.name else s for s in run.systems)
    write_about(folder, replace(run, systems=systems, resumed=resumed))


@contextmanager
def _timed(took: dict[str, float], name: str) -> Iterator[None]:
    began = time.perf_counter()
    try:
        yield
    finally:
        took[name] = round((time.perf_counter() - began) * 1000, 3)


def _line(error: BaseException) -> str:
    """An error in one line that says which kind it is, unless it is one of ours."""
    said = " ".join(str(error).split())[:_MOST_SAID]
    return said if isinstance(error, PinciteError) and said else f"{type(error).__name__}: {said}"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
