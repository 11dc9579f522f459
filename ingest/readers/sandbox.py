"""Reading hostile files in a child process that can be killed.

The child holds no network, bounded memory and no more than one file; the parent counts the
seconds. Whatever the child does, the parent gets a Reading or a FileRefused.
"""

from __future__ import annotations

import json
import os
import select
import struct
import subprocess
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from pydantic import TypeAdapter, ValidationError

from ingest.readers.format import Limits, too_large
from pincite.errors import FileRefused
from pincite.types import Reading

FRAME = struct.Struct(">Q")
_READING = TypeAdapter(Reading)
_START_SECONDS = 60.0
_MAX_ANSWER = 2**30
# A file is read in a fresh child after this many, so that no library can pile up memory.
_FILES_A_CHILD = 200


class Sandbox:
    """A child process that reads files, one at a time, restarted whenever it dies.

    Safe to call from several threads; calls wait for one another.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._child: subprocess.Popen[bytes] | None = None
        self._served = 0
        self._lock = threading.Lock()

    def read(self, data: bytes, suffix: str) -> Reading:
        """The canonical reading of a file's bytes. Raises FileRefused with a typed reason."""
        if len(data) > self.limits.max_bytes:
            raise too_large(len(data), self.limits.max_bytes)
        if not data:
            raise FileRefused("empty", "the file has no bytes")
        with self._lock:
            answer = self._ask(data, suffix)
        return _reading_of(answer)

    def close(self) -> None:
        """End the child."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe:
                    pipe.close()

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
        child = self._ready_child()
        head = json.dumps({"suffix": suffix, "limits": asdict(self.limits)}).encode()
        try:
            assert child.stdin is not None
            for frame in (head, data):
                child.stdin.write(FRAME.pack(len(frame)) + frame)
            child.stdin.flush()
            answer = _frame(child, time.monotonic() + self.limits.seconds)
        except TimeoutError:
            self.close()
            raise FileRefused(
                "too_slow",
                f"reading took over {self.limits.seconds:.0f} s (PINCITE_READER_SECONDS)",
            ) from None
        except (BrokenPipeError, EOFError):
            code = child.wait()
            self.close()
            raise FileRefused(
                "crashed",
                f"the reader process ended with {_ending(code)}; the file is damaged or hostile",
            ) from None
        self._served += 1
        return answer

    def _ready_child(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._served >= _FILES_A_CHILD:
            self.close()
        if self._child is None or self._child.poll() is not None:
            self.close()
            self._child, self._served = _start(self.limits), 0
        return self._child


def _start(limits: Limits) -> subprocess.Popen[bytes]:
    """A child that has imported its readers and waits for a file."""
    root = Path(__file__).parents[2]
    child = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
        [sys.executable, "-m", "ingest.readers.child", str(limits.memory_mb)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(root), *sys.path[1:]])},
    )
    _frame(child, time.monotonic() + _START_SECONDS)  # its "ready"
    return child


def _frame(child: subprocess.Popen[bytes], deadline: float) -> bytes:
    """The next frame from the child. Raises TimeoutError, or EOFError when the child is gone."""
    assert child.stdout is not None
    (length,) = FRAME.unpack(_exactly(child.stdout, FRAME.size, deadline))
    if length > _MAX_ANSWER:
        raise EOFError
    return _exactly(child.stdout, length, deadline)


def _exactly(pipe: IO[bytes], count: int, deadline: float) -> bytes:
    got = bytearray()
    while len(got) < count:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([pipe], [], [], left)[0]:
            raise TimeoutError
        piece = os.read(pipe.fileno(), min(count - len(got), 1 << 20))
        if not piece:
            raise EOFError
        got += piece
    return bytes(got)


def _reading_of(answer: bytes) -> Reading:
    """What the child said, believed only if it has the shape of an answer."""
    try:
        said: dict[str, Any] = json.loads(answer)
        if "refused" in said:
            raise FileRefused(said["refused"]["reason"], said["refused"]["detail"])
        reading: Reading = _READING.validate_python(said["reading"])
    except (ValueError, KeyError, TypeError, ValidationError) as error:
        raise FileRefused("crashed", f"the reader gave no answer: {type(error).__name__}") from None
    return reading


def _ending(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit status {code}"
