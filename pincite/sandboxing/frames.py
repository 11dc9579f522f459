"""Messages over a pipe, each behind its length. Both ends of the sandbox speak with these."""

from __future__ import annotations

import os
import select
import struct
import time

READY = b"ready"
AT_WORK = b"page"
"""Said of a part of the work that is done, so that the clock starts again."""

_LENGTH = struct.Struct(">Q")
_PIECE = 1 << 20


def send(pipe: int, message: bytes, deadline: float | None = None) -> None:
    """Write one message. Raises TimeoutError, or BrokenPipeError when nobody listens.

    The deadline (of `time.monotonic`) holds on a pipe that does not block.
    """
    for part in (_LENGTH.pack(len(message)), message):
        left = memoryview(part)
        while left:
            _wait(pipe, select.POLLOUT, deadline)
            left = left[os.write(pipe, left[:_PIECE]) :]


def receive(pipe: int, most: int, deadline: float | None = None) -> bytes:
    """The next message. Raises TimeoutError, or EOFError when the other end is gone.

    One that claims more than `most` bytes is not believed, and ends the conversation too.
    """
    (length,) = _LENGTH.unpack(_exactly(pipe, _LENGTH.size, deadline))
    if length > most:
        raise EOFError(f"a message of {length} bytes")
    return _exactly(pipe, length, deadline)


def _exactly(pipe: int, count: int, deadline: float | None) -> bytes:
    got = bytearray()
    while len(got) < count:
        _wait(pipe, select.POLLIN, deadline)
        piece = os.read(pipe, min(count - len(got), _PIECE))
        if not piece:
            raise EOFError
        got += piece
    return bytes(got)


def _wait(pipe: int, event: int, deadline: float | None) -> None:
    if deadline is None:
        return
    # Not select: it cannot watch descriptors above 1023.
    watch = select.poll()
    watch.register(pipe, event)
    left = deadline - time.monotonic()
    if left <= 0 or not watch.poll(left * 1000):
        raise TimeoutError
