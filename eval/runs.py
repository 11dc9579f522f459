"""The folder of a run: where it is, what is written into it as it goes, and reading it back.

    run.json  cases.json  <system>.jsonl  <system>.trec  summary.json  report.html

A line is appended and flushed a question; a line that a kill tore is cut off when going on.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from eval.errors import RunError
from eval.records import (
    AboutRun,
    Row,
    about_json,
    about_of,
    case_json,
    case_of,
    row_json,
    row_of,
)
from eval.words import Case
from pincite.errors import StorageError

T = TypeVar("T")
# A benchmark may hold half of a surrogate pair; json reads it back from the same bytes.
_LONE = "surrogatepass"
_ABOUT, _CASES, _SUMMARY = "run.json", "cases.json", "summary.json"


@dataclass(frozen=True, slots=True)
class Run:
    """A run as its folder holds it; `rows` has the results of every system, in cases' order."""

    folder: Path
    about: AboutRun
    cases: tuple[Case, ...]
    rows: Mapping[str, tuple[Row, ...]]


def read_run(folder: Path) -> Run:
    """The run in a folder, complete or not. Raises RunError."""
    about, cases = read_about(folder), read_cases(folder)
    rows = {s.name: tuple(_in_order(read_rows(folder, s.name), cases)) for s in about.systems}
    return Run(folder, about, cases, rows)


def read_about(folder: Path) -> AboutRun:
    """What `run.json` says. Raises RunError."""
    return _parsed(folder / _ABOUT, about_of)


def read_cases(folder: Path) -> tuple[Case, ...]:
    """The questions of a run, in the order they were asked. Raises RunError."""
    return _parsed(folder / _CASES, lambda data: tuple(case_of(case) for case in data))


def read_rows(folder: Path, system: str) -> tuple[Row, ...]:
    """A system's results so far, in the order they were written. Raises RunError."""
    path = rows_file(folder, system)
    if not path.exists():
        return ()
    whole, _, _torn = path.read_bytes().rpartition(b"\n")
    return tuple(_rows(path, whole))


def read_summary(folder: Path) -> Any:
    """What `summary.json` holds. Raises RunError."""
    return _parsed(folder / _SUMMARY, lambda data: data)


def write_about(folder: Path, about: AboutRun) -> None:
    """Write `run.json`, whole or not at all."""
    _write(folder / _ABOUT, about_json(about))


def write_cases(folder: Path, cases: Iterable[Case]) -> None:
    """Write `cases.json`."""
    _write(folder / _CASES, [case_json(case) for case in cases])


def write_summary(folder: Path, summary: Mapping[str, Any]) -> None:
    """Write `summary.json`."""
    _write(folder / _SUMMARY, summary)


def rows_file(folder: Path, system: str) -> Path:
    """Where a system's results are."""
    return folder / f"{system}.jsonl"


def found_run(given: Path, runs: Path) -> Path:
    """The folder of the run that a person named, by its path or its name. Raises RunError."""
    for folder in (given, runs / given):
        if (folder / _ABOUT).is_file():
            return folder
    there = sorted(path.parent.name for path in runs.glob(f"*/{_ABOUT}"))
    newest = f"the newest there is {there[-1]}" if there else "there is none"
    raise RunError(f"{given}: no such run; runs are kept in {runs}, {newest}")


def run_before(folder: Path) -> Path | None:
    """The last complete run of the same questions of the same benchmark that began before."""
    about, older = read_about(folder), list[tuple[str, Path]]()
    for path in folder.resolve().parent.glob(f"*/{_ABOUT}"):
        other = read_about(path.parent)
        if other.complete and other.started < about.started and _asks_alike(about, other):
            older.append((other.started, path.parent))
    return max(older)[1] if older else None


class Rows:
    """A system's results, open for appending: each is written before the next question is asked.

    Raises RunError while another process writes them, StorageError when the disk refuses.
    """

    def __init__(self, folder: Path, system: str) -> None:
        self.path = rows_file(folder, system)
        self._file = self.path.open("ab", buffering=0)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._file.close()
            raise RunError(f"{self.path}: another process is writing this run") from None
        _cut_torn_line(self.path)

    def append(self, row: Row) -> None:
        """Write one line."""
        line = (json.dumps(row_json(row), ensure_ascii=False) + "\n").encode(errors=_LONE)
        try:
            written = self._file.write(line)
        except OSError as error:
            raise StorageError(f"{self.path}: cannot be written: {error.strerror}") from None
        if written != len(line):
            raise StorageError(f"{self.path}: the disk is full")

    def __enter__(self) -> Rows:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


def _asks_alike(one: AboutRun, other: AboutRun) -> bool:
    """Whether two runs asked the same questions; the measures may differ."""
    first, second = (replace(about.benchmark, measures=(), title="") for about in (one, other))
    return first == second


def _cut_torn_line(path: Path) -> None:
    if path.exists():
        data = path.read_bytes()
        if (whole := data.rfind(b"\n") + 1) < len(data):
            with path.open("r+b") as file:
                file.truncate(whole)


def _rows(path: Path, data: bytes) -> Iterator[Row]:
    for number, line in enumerate(data.split(b"\n") if data else (), start=1):
        try:
            yield row_of(json.loads(line))
        except (KeyError, TypeError, ValueError) as error:
            raise RunError(f"{path}:{number}: no result can be read here: {error!r}") from None


def _in_order(rows: Iterable[Row], cases: Iterable[Case]) -> Iterator[Row]:
    by_case = {row.case: row for row in rows}
    return (by_case[case.id] for case in cases if case.id in by_case)


def _parsed(path: Path, parse: Callable[[Any], T]) -> T:
    try:
        return parse(json.loads(path.read_bytes()))
    except OSError as error:
        raise RunError(f"{path}: no run can be read here: {error.strerror}") from None
    except (KeyError, TypeError, ValueError) as error:
        raise RunError(f"{path}: this is no file of a run: {error!r}") from None


def _write(path: Path, value: Any) -> None:
    beside = path.with_suffix(".writing")
    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    beside.write_text(text, encoding="utf-8", errors=_LONE)
    beside.replace(path)
