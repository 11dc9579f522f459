"""Every error of the workbench. A door prints the message as its one line.

EvaluationError            what an evaluator asked for cannot be done
├── BenchmarkError         a benchmark's file that cannot stand: names file, line and field
├── BenchmarkAbsent        a benchmark whose data are not on this machine
├── UnknownName            a name that no table holds; answered with the known ones
│   ├── UnknownBenchmark
│   ├── UnknownMeasure
│   └── UnknownSystem
└── RunError               a run that cannot be started, continued, compared or gated
    └── ServiceGone        the service under test died, or serves another index than before
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from pincite.errors import PinciteError


class EvaluationError(PinciteError):
    """The base of the workbench's errors; its text says what, where and what to do."""


class BenchmarkError(EvaluationError):
    """A benchmark is malformed. `line` counts from 1; `line` and `field` may be unknown."""

    def __init__(self, file: Path | str, line: int | None, field: str | None, problem: str) -> None:
        self.file, self.line, self.field, self.problem = str(file), line, field, problem
        place = f"{file}:{line}" if line else f"{file}"
        super().__init__(": ".join([place, *([field] if field else []), problem]))


class BenchmarkAbsent(EvaluationError):
    """A benchmark is known, but its data are not here. `reason` says what was looked for."""

    def __init__(self, name: str, reason: str) -> None:
        self.name, self.reason = name, reason
        super().__init__(f"benchmark {name} is absent: {reason}")


class UnknownName(EvaluationError):
    """A name that a table does not hold."""

    what: ClassVar[str] = "name"

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name, self.known = name, tuple(known)
        near = difflib.get_close_matches(name, self.known, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        listed = ", ".join(self.known) or "none"
        super().__init__(f"unknown {self.what} {name!r}{hint} (known: {listed})")


class UnknownBenchmark(UnknownName):
    """No folder of benchmarks holds that name."""

    what = "benchmark"


class UnknownMeasure(UnknownName):
    """No measure has that name."""

    what = "measure"


class UnknownSystem(UnknownName):
    """The table of systems has no such row."""

    what = "system"


class RunError(EvaluationError):
    """A run cannot be started, continued, compared or gated."""


class ServiceGone(RunError):
    """The service under test no longer answers, or serves another index than at the start."""
