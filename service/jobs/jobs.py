"""A command in a child process: how far it is, what it printed, how it ended.

The command tells its steps on standard error (`pincite.progress`) and prints JSON. It stands in
a session of its own, so that ending it ends what it began, and it stands behind the questions:
people wait for those.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Literal

from pincite.errors import JobRunning
from pincite.progress import Step, read
from pincite.settings import Settings, environment

State = Literal["running", "done", "failed", "cancelled"]

COMMAND_LINE = "pincite.cli"
SECONDS_TO_END = 5.0
"""How long a command may take to put things in order when it is ended, before it is killed."""
_ROOT = Path(__file__).parents[2]
_MOST_PRINTED = 8 * 2**20
_LONGEST_LINE = 500
_BEHIND = 10  # niceness
_FOUND_NOTHING = 1  # the exit status of a command that ran and found nothing


class Job:
    """One command, from its start; it can be looked at from any thread."""

    def __init__(
        self,
        words: Sequence[str],
        settings: Settings,
        module: str | None = None,
        after: Callable[[], object] = lambda: None,
    ) -> None:
        """Start it. `after` is called when it has ended, however that was."""
        self.state: State = "running"
        self.step: Step | None = None
        self.result: Any = None
        """What it printed, where it ended well."""
        self.trouble = ""
        """Why it failed, in one line."""
        self.began = datetime.now(UTC)
        self._words, self._settings, self._module, self._after = (
            words,
            settings,
            module or COMMAND_LINE,
            after,
        )
        self._child: subprocess.Popen[bytes] | None = None
        self._cancelled = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, name=f"job {words[:1]}", daemon=True)
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether it goes on."""
        return self.state == "running"

    def cancel(self) -> None:
        """Ask it to end; it may put things in order first. Waits until it has ended."""
        with self._changed:
            self._cancelled = True
            child = self._child
        for sign in (signal.SIGINT, signal.SIGKILL):
            if child is not None and self._thread.is_alive():
                _signal(child, sign, whole=sign == signal.SIGKILL)
            self._thread.join(SECONDS_TO_END)

    def wait(self, seconds: float | None = None) -> None:
        """Return when it has ended, or after so many seconds."""
        self._thread.join(seconds)

    def changed(self, seen: object, seconds: float) -> None:
        """Return when it stands elsewhere than `seen` (its state and step), or after a while."""
        with self._changed:
            self._changed.wait_for(lambda: self.stands() != seen, seconds)

    def stands(self) -> tuple[State, Step | None]:
        """Its state and its last step."""
        return self.state, self.step

    def _run(self) -> None:
        said: deque[str] = deque(maxlen=1)
        with tempfile.TemporaryFile() as printed:
            try:
                status = self._watched(printed, said)
                state, trouble, result = self._ended(status, said, _text_of(printed))
            except OSError as error:
                state, trouble, result = "failed", f"no process could be started: {error}", None
        try:
            self._after()
        finally:
            with self._changed:
                self.trouble, self.result, self.state = trouble, result, state
                self._changed.notify_all()

    def _watched(self, printed: IO[bytes], said: deque[str]) -> int:
        """The exit status; steps are taken as they come, the last other line is what it said."""
        with self._changed:
            if self._cancelled:
                return -signal.SIGINT
            self._child = child = subprocess.Popen(  # noqa: S603 - our own program
                [
                    sys.executable,
                    "-m",
                    "service.jobs.child",
                    str(os.getpid()),
                    self._module,
                    *self._words,
                ],
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=subprocess.PIPE,
                env={**os.environ, **environment(self._settings), "PYTHONPATH": _python_path()},
                start_new_session=True,
            )
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, child.pid, _BEHIND)
        assert child.stderr is not None
        with child.stderr as lines:
            while line := lines.readline(_MOST_PRINTED):
                self._take(line.decode(errors="replace").strip(), said)
        # While nobody has asked for its status, its number is not given to another process.
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        _signal(child, signal.SIGKILL, whole=True)  # what it may have left behind
        return child.wait()

    def _take(self, line: str, said: deque[str]) -> None:
        step = read(line)
        if step is None:
            said.extend([line] if line else [])
            return
        with self._changed:
            self.step = step
            self._changed.notify_all()

    def _ended(self, status: int, said: deque[str], printed: str) -> tuple[State, str, Any]:
        line = (said[-1] if said else "").removeprefix("pincite: ")[:_LONGEST_LINE]
        if self._cancelled:
            return "cancelled", line, None
        if status in (0, _FOUND_NOTHING):
            with suppress(ValueError):
                return "done", "", json.loads(printed)
        if status < 0:
            line = f"the process was ended by {signal.Signals(-status).name}; start it again"
        return "failed", line or f"the process ended with status {status} and said nothing", None


class Jobs:
    """The jobs of a service by their names: one of a name runs at a time, the last is kept."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()
        self.closed = False

    def start(
        self, name: str, words: Sequence[str], after: Callable[[], object] = lambda: None
    ) -> Job:
        """Begin a command under a name. Raises JobRunning while one of that name runs."""
        with self._lock:
            last = self._jobs.get(name)
            if self.closed or (last and last.running):
                raise JobRunning(f"{name} is at work already; wait for its end, or cancel it")
            self._jobs[name] = job = Job(words, self._settings, after=after)
        return job

    def last(self, name: str) -> Job | None:
        """The job of that name that runs, or ran last."""
        return self._jobs.get(name)

    def close(self) -> None:
        """End what runs, and start nothing more."""
        with self._lock:
            self.closed = True
        for job in self._jobs.values():
            job.cancel()


def _text_of(printed: IO[bytes]) -> str:
    printed.seek(0)
    return printed.read(_MOST_PRINTED).decode(errors="replace")


def _signal(child: subprocess.Popen[bytes], sign: signal.Signals, *, whole: bool) -> None:
    """To the child, or to it and all that it began; nothing where there is nobody any more."""
    with suppress(ProcessLookupError, PermissionError):
        (os.killpg if whole else os.kill)(child.pid, sign)


def _python_path() -> str:
    """Our packages first, wherever the service was started."""
    others = os.environ.get("PYTHONPATH", "")
    return os.pathsep.join(filter(None, (str(_ROOT), others)))
