"""The child's side of `sandbox`: waits for files on standard input, answers on standard output."""

from __future__ import annotations

import json
import os
import re
import sys
from functools import partial

from pydantic import TypeAdapter

from ingest.readers.format import Limits
from ingest.readers.ocr.pages import page_read
from ingest.readers.sandboxing.confinement import cut_network, ending_with, limit_memory
from ingest.readers.sandboxing.frames import PAGE_READ, READY, receive, send
from ingest.readers.table import read
from pincite.errors import FileRefused
from pincite.types import Reading

_READING = TypeAdapter(Reading)
_MOST = 2**31
# How libraries in other languages say what Python calls MemoryError.
_OUT_OF_MEMORY = re.compile(
    r"bad_?alloc|insufficient memory|out of memory|(?:failed|unable) to (?:re)?allocate", re.I
)


def main() -> None:
    """Serve files until standard input closes."""
    pipe_in, pipe_out = _private_pipes()
    limit_memory(int(sys.argv[1]))
    cut_network()
    page_read.set(partial(send, pipe_out, PAGE_READ))
    send(pipe_out, READY)
    while True:
        try:
            request = json.loads(receive(pipe_in, _MOST))
            data = receive(pipe_in, _MOST)
        except EOFError:
            return
        with ending_with(pipe_in):
            answer = _answer(data, request["suffix"], Limits(**request["limits"]))
        send(pipe_out, answer)


def _answer(data: bytes, suffix: str, limits: Limits) -> bytes:
    """What became of a file, as JSON: {"reading": ...} or {"refused": ...}."""
    try:
        reading = read(data, suffix, limits)
        if len(reading.text) > limits.max_chars:
            raise FileRefused(
                "expands_too_much", f"more than {limits.max_chars} characters of text"
            )
        return b'{"reading":' + _READING.dump_json(reading) + b"}"
    except FileRefused as refusal:
        return _refused(refusal.reason, refusal.detail)
    except MemoryError:
        return _too_much_memory(limits)
    except RecursionError:
        return _refused("malformed", "nested deeper than any real document")
    except Exception as error:  # noqa: BLE001 - parsers of hostile bytes raise anything at all
        if _OUT_OF_MEMORY.search(str(error)):
            return _too_much_memory(limits)
        said = " ".join(str(error)[:200].split())
        return _refused("malformed", f"the reader failed: {type(error).__name__}: {said}")


def _too_much_memory(limits: Limits) -> bytes:
    detail = f"reading needs over {limits.memory_mb} MB (PINCITE_READER_MEMORY_MB)"
    return _refused("too_much_memory", detail)


def _refused(reason: str, detail: str) -> bytes:
    detail = detail.encode(errors="replace").decode()  # it may quote half a character
    return json.dumps({"refused": {"reason": reason, "detail": detail}}).encode()


def _private_pipes() -> tuple[int, int]:
    """Both pipes, out of reach of libraries that print."""
    pipes = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return pipes


if __name__ == "__main__":
    main()
