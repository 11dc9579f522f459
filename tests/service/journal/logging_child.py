"""A process that logs: LOG, then `many N NAME`, `dies BYTES` or `full BYTES`."""

from __future__ import annotations

import os
import resource
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from pincite.errors import StorageError
from service.journal.chain import Json, Tip, sealed
from service.journal.file import LogFile, Make
from service.journal.recording import opened


def make(words: str) -> Make:
    """A record with these words."""

    def made(tip: Tip, notes: Sequence[str]) -> Json:
        return sealed(tip, opened("answer"), {"question": words, "answer": words, "hits": []})

    return made


def many(log: LogFile, count: str, name: str) -> None:
    """Log so many, as fast as it goes."""
    for number in range(int(count)):
        log.append(make(f"{name} {number}"))


def dies(log: LogFile, count: str) -> None:
    """Log one, and be killed while the next is written."""
    log.append(make("before"))
    write = os.write

    def half(descriptor: int, data: memoryview) -> int:
        write(descriptor, data[: int(count)])
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("killed")

    os.write = half  # type: ignore[assignment]
    log.append(make("torn"))


def full(log: LogFile, room: str) -> None:
    """Log until no file may grow any more; say what was said of that."""
    size = log.path.stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + int(room), resource.RLIM_INFINITY))
    try:
        log.append(make("no room"))
    except StorageError as error:
        print(error)


if __name__ == "__main__":
    DOES: dict[str, Callable[..., None]] = {"many": many, "dies": dies, "full": full}
    DOES[sys.argv[2]](LogFile(Path(sys.argv[1]), 60.0), *sys.argv[3:])
