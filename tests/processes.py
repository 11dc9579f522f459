"""What tests ask of processes by their ids, and how long they wait for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path


def gone(pid: int) -> bool:
    """Whether no process of that id is left, a zombie included."""
    return not Path(f"/proc/{pid}").exists()


def lives(pid: int) -> bool:
    """Whether a process goes on: a zombie, which nobody has asked after, does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def within(seconds: float, true: Callable[[], bool]) -> bool:
    """Whether something is true, or soon is."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and not true():
        time.sleep(0.02)
    return true()
