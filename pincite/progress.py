"""How far a long command is: a bar where somebody sees it, lines of JSON where a program reads.

    {"done": 3, "total": 48, "what": "default"}

A line goes to standard error whenever something is done; `read` takes it back.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Annotated

import typer

Progress = Callable[[int, int, str], None]
"""Called with how many are done, of how many, and what is being done."""
AsLines = Annotated[
    bool, typer.Option("--progress", help="tell progress in lines of JSON on standard error")
]

_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Step:
    """How far a command is, and with what."""

    done: int
    total: int
    what: str


def read(line: str) -> Step | None:
    """The step that a line tells; None for a line that tells something else."""
    try:
        told = json.loads(line)
        return Step(int(told["done"]), int(told["total"]), str(told["what"]))
    except (ValueError, TypeError, KeyError):
        return None


@contextmanager
def telling(first: str, *, quiet: bool = False, lines: bool = False) -> Iterator[Progress]:
    """Within, what is called tells how far a command is; `first` stands before it is called."""
    if lines:
        yield _line
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    hidden = quiet or not console.is_terminal  # elsewhere even an empty bar leaves a line
    with Bar(*columns, console=console, disable=hidden, transient=True) as bar:
        task, of = bar.add_task(first, total=None), -1

        def progress(done: int, total: int, name: str) -> None:
            nonlocal of
            if total != of:  # another part of the work, with times of its own
                bar.reset(task, total=total)
                of = total
            bar.update(task, completed=done, description=name[-_LONGEST:])

        yield progress


def _line(done: int, total: int, name: str) -> None:
    print(json.dumps(asdict(Step(done, total, name))), file=sys.stderr, flush=True)
