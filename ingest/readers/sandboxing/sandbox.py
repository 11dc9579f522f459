"""Reading hostile files in a child process that can be killed.

The child holds no network, bounded memory and no more than one file; the parent counts the
seconds. Whatever the child does, the parent gets a Reading or a FileRefused.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from signal import SIGIO, SIGKILL, Signals
from types import TracebackType

from pydantic import TypeAdapter, ValidationError

from ingest.readers.format import Limits, too_large
from ingest.readers.sandboxing.frames import PAGE_READ, READY, receive, send
from pincite.errors import FileRefused, ReaderUnusable, RefusalReason
from pincite.types import Reading

_START_SECONDS = 60.0
_MAX_ANSWER = 2**29
# A file is read in a fresh child after this many, so that no library can pile up memory.
_FILES_A_CHILD = 200
# How often a file is asked for again after a late signal ended the child.
_SPURIOUS = 3
# After these a child is dead, stuck, or not to be trusted with another file.
_LAST_WORDS: frozenset[RefusalReason] = frozenset({"crashed", "too_slow", "too_much_memory"})
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
# Threads that wait in loops, and an arena each, cost more than they bring to one file.
_SET_VARIABLES = {
    "MALLOC_ARENA_MAX": "2",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}


@dataclass(frozen=True, slots=True)
class _Refused:
    reason: RefusalReason
    detail: str


@dataclass(frozen=True, slots=True)
class _Answer:
    reading: Reading | None = None
    refused: _Refused | None = None


_ANSWER = TypeAdapter(_Answer)


class Sandbox:
    """A child process that reads files, one at a time, restarted whenever it dies.

    Safe to call from several threads; calls wait for one another. `child` is the module that
    it runs.
    """

    def __init__(self, limits: Limits, child: str = "ingest.readers.sandboxing.child") -> None:
        self.limits = limits
        self._module = child
        self._child: _Child | None = None
        self._served = 0
        self._closed = False
        self._lock = threading.Lock()

    def read(self, data: bytes, suffix: str) -> Reading:
        """The canonical reading of a file's bytes. Raises FileRefused with a typed reason.

        Raises ReaderUnusable when no child can be started, or `close` was called meanwhile.
        """
        if len(data) > self.limits.max_bytes:
            raise too_large(len(data), self.limits.max_bytes)
        if not data:
            raise FileRefused("empty", "the file has no bytes")
        with self._lock:
            try:
                return _reading_of(self._ask(data, suffix), self.limits)
            except FileRefused as refused:
                if refused.reason in _LAST_WORDS:
                    self._drop_child()
                raise

    def close(self) -> None:
        """End the child, and with it a reading that goes on in another thread."""
        self._closed = True
        if child := self._child:
            child.kill()
        with self._lock:
            self._drop_child()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _ask(self, data: bytes, suffix: str) -> bytes:
        """The child's answer; asked again when the child ended for no fault of the file.

        SIGIO tells the child that its parent is gone, which is not so while we are here: the
        kernel also sends it late for bytes that were already read (pipe_write, kill_fasync).
        """
        for _ in range(_SPURIOUS):
            try:
                return self._ask_once(data, suffix)
            except _Spurious:
                continue
        return self._ask_once(data, suffix)

    def _ask_once(self, data: bytes, suffix: str) -> bytes:
        child = self._ready_child()
        try:
            answer = child.read(data, suffix, self.limits)
        except TimeoutError:
            what = f"reading took over {self.limits.seconds:g} s (PINCITE_READER_SECONDS)"
            raise FileRefused("too_slow", what) from None
        except (BrokenPipeError, EOFError):
            if self._closed:
                raise ReaderUnusable("the reader was closed while it read a file") from None
            status = child.exit_status()
            if status == -SIGIO:
                raise _Spurious from None
            raise _ended(status) from None
        self._served += 1
        return answer

    def _ready_child(self) -> _Child:
        if self._child is not None and (self._served >= _FILES_A_CHILD or not self._child.lives()):
            self._drop_child()
        if self._closed:
            raise ReaderUnusable("the reader is closed; open another one")
        if self._child is None:
            self._child, self._served = _Child(self._module, self.limits), 0
        return self._child

    def _drop_child(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.end()


class _Spurious(Exception):
    """The child took a late signal for its parent's end."""


class _Child:
    """The process, and the two pipes that lead to it. Raises ReaderUnusable if it cannot start."""

    def __init__(self, module: str, limits: Limits) -> None:
        root = str(Path(__file__).parents[3])
        with tempfile.TemporaryFile() as errors:
            self._process = subprocess.Popen(  # noqa: S603 - our own module, no shell
                # -P: the working directory is not a place to import from.
                [sys.executable, "-P", "-m", module, str(limits.memory_mb)],
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
                raise _unusable(errors.read().decode(errors="replace"), limits) from None
        assert ready == READY

    def read(self, data: bytes, suffix: str, limits: Limits) -> bytes:
        """The answer to one file. Raises TimeoutError, or EOFError when the child is gone.

        Every scanned page that was read starts the clock again.
        """
        head = json.dumps({"suffix": suffix, "limits": asdict(limits)}).encode()
        deadline = time.monotonic() + limits.seconds
        send(self._to, head, deadline)
        send(self._to, data, deadline)
        for _ in range(limits.max_pages + 1):
            answer = receive(self._from, _MAX_ANSWER, deadline)
            if answer != PAGE_READ:
                return answer
            deadline = time.monotonic() + limits.seconds
        raise EOFError("more pages than a file may have")

    def lives(self) -> bool:
        """Whether it still waits for files."""
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


def _unusable(said: str, limits: Limits) -> ReaderUnusable:
    last = said.strip().split("\n")[-1][:200] or "it said nothing"
    return ReaderUnusable(
        f"the process that reads files did not start: {last}; check the installation, or raise"
        f" PINCITE_READER_MEMORY_MB ({limits.memory_mb})"
    )


def _ended(code: int | None) -> FileRefused:
    if code == -SIGKILL:  # not by us: the kernel does it when the machine's memory runs out
        return FileRefused("too_much_memory", "the reader process was killed by the system")
    if code is None:
        return FileRefused("crashed", "the reader process did not keep to its protocol")
    how = Signals(-code).name if code < 0 else f"exit status {code}"
    what = "the file is damaged or hostile, or needs more memory (PINCITE_READER_MEMORY_MB)"
    return FileRefused("crashed", f"the reader process ended with {how}; {what}")


def _reading_of(answer: bytes, limits: Limits) -> Reading:
    """What the child said, believed only if it has the shape of an answer."""
    try:
        said = _ANSWER.validate_json(answer)
    except ValidationError:
        raise FileRefused("crashed", "the reader's answer has not the shape of one") from None
    if said.refused is not None:
        raise FileRefused(said.refused.reason, said.refused.detail)
    if said.reading is None or not _holds(said.reading, limits):
        raise FileRefused("crashed", "the reader's answer contradicts itself")
    return said.reading


def _holds(reading: Reading, limits: Limits) -> bool:
    """Whether the text is within limits, and every span within the text."""
    length = len(reading.text)
    lists = (reading.pages, reading.marks, reading.repairs)
    spans = [item.span for items in lists for item in items]
    return length <= limits.max_chars and all(0 <= s.start <= s.end <= length for s in spans)
