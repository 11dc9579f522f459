"""The child's side: waits for requests on standard input, answers on standard output."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from functools import partial

from pincite.sandboxing.confinement import cut_network, ending_with, limit_memory
from pincite.sandboxing.frames import AT_WORK, READY, receive, send

Answerer = Callable[[bytes, bytes, Callable[[], None]], bytes]
"""A request's head and body to its answer; calling the third starts the parent's clock again."""

_MOST = 2**31
# How libraries in other languages say what Python calls MemoryError.
_OUT_OF_MEMORY = re.compile(
    r"bad_?alloc|insufficient memory|out of memory|(?:failed|unable) to (?:re)?allocate", re.I
)


def serve(answer: Answerer, memory_mb: int) -> None:
    """Give up network and memory, then answer until standard input closes."""
    pipe_in, pipe_out = _private_pipes()
    limit_memory(memory_mb)
    cut_network()
    at_work = partial(send, pipe_out, AT_WORK)
    send(pipe_out, READY)
    while True:
        try:
            head, body = receive(pipe_in, _MOST), receive(pipe_in, _MOST)
        except EOFError:
            return
        with ending_with(pipe_in):
            said = answer(head, body, at_work)
        send(pipe_out, said)


def ran_out_of_memory(error: Exception) -> bool:
    """Whether an error says that memory ran out, in whatever words."""
    return isinstance(error, MemoryError) or bool(_OUT_OF_MEMORY.search(str(error)))


def _private_pipes() -> tuple[int, int]:
    """Both pipes, out of reach of libraries that print."""
    pipes = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return pipes
