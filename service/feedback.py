"""What readers say of answers, one line of JSON each, in a file of this machine alone.

Nothing is kept unless the settings name the file. It holds what people asked, so it is private
(mode 0600), and it stops growing at a limit, for anybody who can read the pages can write to it.
"""

from __future__ import annotations

import fcntl
import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, get_args

from pincite.errors import StorageError, UsageError

Verdict = Literal["helpful", "wrong"]

MOST_NOTE = 1000
_PRIVATE_MODE = 0o600
_MOST_BYTES = 64 * 1024 * 1024
_MOST_CITED = 30
_LONGEST = 600


class FeedbackError(UsageError):
    """What was sent as feedback says nothing of an answer."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """One reader's word on one answer: what was asked, what was quoted, whether it helped.

    `cited` are addresses of the passages; `reason` and `log_id` are the answer's own.
    """

    question: str
    verdict: str
    note: str = ""
    cited: tuple[str, ...] = ()
    reason: str = ""
    generation: str = ""
    log_id: str = ""


def keep(said: Feedback, path: Path, most_question: int, most_bytes: int = _MOST_BYTES) -> None:
    """Append it to the file. Raises FeedbackError, and StorageError where it cannot be written."""
    line = json.dumps({"time": _now(), **asdict(_checked(said, most_question))}) + "\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, _PRIVATE_MODE)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            if os.fstat(file).st_size + len(line) > most_bytes:
                raise StorageError("the file of feedback is full; whoever runs this must move it")
            os.write(file, line.encode())
        finally:
            os.close(file)
    except OSError as error:
        raise StorageError(f"feedback cannot be kept: {error.strerror}") from None


def _checked(said: Feedback, most_question: int) -> Feedback:
    if said.verdict not in get_args(Verdict):
        raise FeedbackError(f"verdict: say one of {', '.join(get_args(Verdict))}")
    if not said.question.strip():
        raise FeedbackError("question: name the question that was answered")
    too_long = {
        "question": len(said.question) > most_question,
        "note": len(said.note) > MOST_NOTE,
        "cited": len(said.cited) > _MOST_CITED or any(len(one) > _LONGEST for one in said.cited),
        "reason": len(said.reason) > _LONGEST,
        "generation": len(said.generation) > _LONGEST,
        "log_id": len(said.log_id) > _LONGEST,
    }
    for name, is_so in too_long.items():
        if is_so:
            raise FeedbackError(f"{name}: too long")
    return said


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
