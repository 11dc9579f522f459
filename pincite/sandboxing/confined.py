"""The parent's side: a confined child process that answers one request at a time.

The child holds no network, bounded memory and no more than one file; the parent counts the
seconds. Nothing here knows what is asked: a request is a head and a body, both bytes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from signal import SIGIO, SIGKILL, Signals

from pincite.sandboxing.frames import AT_WORK, READY, receive, send

_START_SECONDS = 60.0
_MAX_ANSWER = 2**29
# A fresh child answers after this many, so that no library can pile up memory.
_REQUESTS_A_CHILD = 200
# How often a request is sent again after a late signal ended the child.
_SPURIOUS = 3
# Nothing else of the environment is the child's business: it holds keys.
_KEPT_VARIABLES = (
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "LD_LIBRARY_PATH",
    "PATH",
    "TESSDATA_PREFIX",
    "TMPDIR",
)
# Threads that wait in loops, and an arena each, cost more than they bring to one file. Left to
# itself the allocator stops giving back what is large: reading a scan then takes a third more,
# by chance, and a file is refused on one machine that another reads.
_SET_VARIABLES = {
    "MALLOC_ARENA_MAX": "2",
    "MALLOC_MMAP_THRESHOLD_": str(16 * 2**20),
    "MALLOC_TRIM_THRESHOLD_": str(32 * 2**20),  # with the other set it would fall to 128 kB
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}


class NotStarted(Exception):
    """The child did not start; the text is the last line that it said."""


class Closed(Exception):
    """`close` was called before or meanwhile."""


class Ended(Exception):
    """The child ended before it answered; `status` is None when it broke the protocol instead."""

    def __init__(self, status: int | None) -> None:
        self.status = status
        super().__init__(self.how)

    @property
    def how(self) -> str:
        """How it ended, in a word or two."""
        if self.status is None:
            return "a broken protocol"
        if self.status < 0:
            return Signals(-self.status).name
        return f"exit status {self.status}"

    @property
    def by_system(self) -> bool:
        """Whether the kernel killed it, as it does when the machine's memory runs out."""
        return self.status == -SIGKILL


class Confined:
    """A child that runs `module` with its memory limit as its argument; started when asked.

    Callers take turns: one request at a time. `close` alone may come from another thread.
    """

    def __init__(self, module: str, memory_mb: int) -> None:
        self._module, self._memory_mb = module, memory_mb
        self._child: _Child | None = None
        self._served = 0
        self._closed = False

    def ask(self, head: bytes, body: bytes, seconds: float, parts: int = 0) -> bytes:
        """The child's answer to one request.

        Each of up to `parts` words that a part of it is done starts the clock again. Asks again
        where the child ended for no fault of the request: SIGIO tells it that its parent is gone,
        which is not so while we are here, but the kernel also sends it late for bytes that were
        already read (pipe_write, kill_fasync).

        Raises NotStarted, Closed, TimeoutError and Ended; after the last two the child is to be
        dropped.
        """
        for _ in range(_SPURIOUS):
            try:
                return self._ask_once(head, body, seconds, parts)
            except Ended as ended:
                if ended.status != -SIGIO:
                    raise
        return self._ask_once(head, body, seconds, parts)

    def drop(self) -> None:
        """End the child; the next request starts another."""
        child, self._child = self._child, None
        if child is not None:
            child.end()

    def kill(self) -> None:
        """End the child for good, and with it a request that goes on in another thread.

        That thread, or whoever takes the next turn, drops what is left of it.
        """
        self._closed = True
        if child := self._child:
            child.kill()

    def _ask_once(self, head: bytes, body: bytes, seconds: float, parts: int) -> bytes:
        child = self._ready_child()
        try:
            answer = child.ask(head, body, seconds, parts)
        except (BrokenPipeError, EOFError):
            if self._closed:
                raise Closed from None
            raise Ended(child.exit_status()) from None
        self._served += 1
        return answer

    def _ready_child(self) -> _Child:
        worn = self._served >= _REQUESTS_A_CHILD
        if self._child is not None and (worn or not self._child.lives()):
            self.drop()
        if self._closed:
            raise Closed
        if self._child is None:
            self._child, self._served = _Child(self._module, self._memory_mb), 0
        return self._child


class _Child:
    """The process, and the two pipes that lead to it. Raises NotStarted."""

    def __init__(self, module: str, memory_mb: int) -> None:
        root = str(Path(__file__).parents[2])
        with tempfile.TemporaryFile() as errors:
            self._process = subprocess.Popen(  # noqa: S603 - our own module, no shell
                # -P: the working directory is not a place to import from.
                [sys.executable, "-P", "-m", module, str(memory_mb)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=_environment(root),
                start_new_session=True,  # one group to kill, and no Ctrl-C meant for the parent
            )
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            self._to, self._from = self._process.stdin.fileno(), self._process.stdout.fileno()
            os.set_blocking(self._to, False)
            try:
                ready = receive(self._from, len(READY), time.monotonic() + _START_SECONDS)
            except (TimeoutError, EOFError):
                self.exit_status()
                self.end()
                errors.seek(0)
                raise NotStarted(_last_line(errors.read())) from None
        assert ready == READY

    def ask(self, head: bytes, body: bytes, seconds: float, parts: int) -> bytes:
        """The answer. Raises TimeoutError, or EOFError when the child is gone."""
        deadline = time.monotonic() + seconds
        send(self._to, head, deadline)
        send(self._to, body, deadline)
        for _ in range(parts + 1):
            answer = receive(self._from, _MAX_ANSWER, deadline)
            if answer != AT_WORK:
                return answer
            deadline = time.monotonic() + seconds
        raise EOFError("more parts than a request may have")

    def lives(self) -> bool:
        """Whether it still waits for requests."""
        return self._process.poll() is None

    def kill(self) -> None:
        """End it and what it started."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, SIGKILL)

    def exit_status(self) -> int | None:
        """How it ended of its own accord; None when it goes on though it ought to have ended."""
        with suppress(subprocess.TimeoutExpired):
            return self._process.wait(timeout=1.0)
        return None

    def end(self) -> None:
        """End it, leave no zombie, and close its pipes."""
        self.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()


def _environment(root: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    paths = [root, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    return {**kept, **_SET_VARIABLES, "PYTHONPATH": os.pathsep.join(paths)}


def _last_line(said: bytes) -> str:
    return said.decode(errors="replace").strip().split("\n")[-1][:200] or "it said nothing"
