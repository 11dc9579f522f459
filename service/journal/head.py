"""What the head file of a log says: where its chain ended, and how long the file was then."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass

from service.journal.chain import Tip

_LINE = re.compile(rb"(\d{1,15}) ([0-9a-f]{64}) (\d{1,18})\n")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Head:
    """The last record that was written, and the bytes of the log behind it."""

    tip: Tip
    size: int


def read_head(head_file: int) -> Head | None:
    """What the head file says; None where it is new or damaged."""
    found = _LINE.fullmatch(os.pread(head_file, _LONGEST, 0))
    return Head(Tip(int(found[1]), found[2].decode()), int(found[3])) if found else None


def write_head(head_file: int, head: Head) -> None:
    """In place, for who holds it holds a lock on it; a lost write leaves it behind the log."""
    line = b"%d %s %d\n" % (head.tip.n, head.tip.hash.encode(), head.size)
    with suppress(OSError):
        os.pwrite(head_file, line, 0)
        os.ftruncate(head_file, len(line))
