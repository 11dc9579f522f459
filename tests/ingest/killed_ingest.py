"""Ingests that kill themselves, for test_killing: `killed_ingest.py DATA FOLDER`.

Each line of standard input is a step; an ingest is started that is killed before it, as by
kill -9. A step is a write: of a file in the library, of points, of the seal or the pointer.
A line of output says what became of the ingest. Forked, so that libraries load once.
"""

from __future__ import annotations

import os
import runpy
import sys
from collections.abc import Callable
from pathlib import Path
from signal import SIGKILL
from typing import Any

import fsspec.implementations.local as local

import ingest.pipeline
import pincite.index.edge as edge
from ingest.publishing import ingest as run
from pincite.embedding import sparse_encoder
from pincite.index.opening import open_store
from pincite.settings import Settings
from pincite.shelf import Shelf, library_of

STEPS: tuple[tuple[Any, str], ...] = (
    (local.LocalFileSystem, "pipe_file"),
    (local.LocalFileSystem, "mv"),
    (edge.EdgeDraft, "upsert"),
    (edge.EdgeDraft, "delete"),
    (edge.EdgeDraft, "seal"),
    (edge.EdgeDraft, "publish"),
    (edge, "move"),
    (edge, "replace_file"),
)


def shelf_of(settings: Settings) -> Shelf:
    words = runpy.run_path(str(Path(__file__).parents[1] / "conftest.py"))["HashedWords"]
    return Shelf(open_store(settings), library_of(settings), words(), sparse_encoder(settings))


def kill_before(step: int) -> None:
    done = 0

    def counted(inner: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            nonlocal done
            done += 1
            if done == step:
                os.kill(os.getpid(), SIGKILL)
            return inner(*arguments, **named)

        return call

    for owner, name in STEPS:
        setattr(owner, name, counted(getattr(owner, name)))


def main(data: str, folder: str) -> None:
    assert ingest.pipeline
    for line in sys.stdin:
        child = os.fork()
        if not child:
            kill_before(int(line))
            settings = Settings(data_dir=Path(data), ocr="off")
            run(settings, [Path(folder)], shelf=shelf_of(settings))
            os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print({-SIGKILL: "killed", 0: "done"}.get(status, status), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
