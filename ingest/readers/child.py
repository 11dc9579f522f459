"""The child's side of `sandbox`: waits for files on standard input, answers on standard output."""

from __future__ import annotations

import json
import os
import resource
import socket
import sys
from typing import IO, Any, NoReturn

from pydantic import TypeAdapter

from ingest.readers.format import Limits
from ingest.readers.sandbox import FRAME
from ingest.readers.table import read
from pincite.errors import FileRefused
from pincite.types import Reading

_READING = TypeAdapter(Reading)


def main() -> None:
    """Serve files until standard input closes."""
    bytes_in, bytes_out = _private_pipes()
    _limit_memory(int(sys.argv[1]))
    _cut_network()
    _write(bytes_out, b"ready")
    while head := _read(bytes_in):
        request = json.loads(head)
        answer, healthy = _answer(_read(bytes_in), request["suffix"], Limits(**request["limits"]))
        _write(bytes_out, answer)
        if not healthy:  # what is left after a MemoryError cannot be trusted
            sys.exit(1)


def _answer(data: bytes, suffix: str, limits: Limits) -> tuple[bytes, bool]:
    try:
        reading = read(data, suffix, limits)
    except FileRefused as refusal:
        return _refused(refusal.reason, refusal.detail), True
    except MemoryError:
        detail = f"reading needs over {limits.memory_mb} MB (PINCITE_READER_MEMORY_MB)"
        return _refused("too_much_memory", detail), False
    except RecursionError:
        return _refused("malformed", "nested deeper than any real document"), True
    except Exception as error:  # noqa: BLE001 - parsers of hostile bytes raise anything at all
        detail = f"the reader failed: {type(error).__name__}: {str(error)[:200]}"
        return _refused("malformed", " ".join(detail.split())), True
    return b'{"reading":' + _READING.dump_json(reading) + b"}", True


def _refused(reason: str, detail: str) -> bytes:
    return json.dumps({"refused": {"reason": reason, "detail": detail}}).encode()


def _private_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Both pipes, out of reach of libraries that print."""
    bytes_in, bytes_out = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return bytes_in, bytes_out


def _limit_memory(megabytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (megabytes * 2**20, megabytes * 2**20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _cut_network() -> None:
    def refuse(*_: Any, **__: Any) -> NoReturn:
        raise OSError("readers have no network")

    socket.socket.connect = refuse  # type: ignore[method-assign]
    socket.getaddrinfo = refuse


def _read(pipe: IO[bytes]) -> bytes:
    head = pipe.read(FRAME.size)
    return pipe.read(FRAME.unpack(head)[0]) if len(head) == FRAME.size else b""


def _write(pipe: IO[bytes], frame: bytes) -> None:
    pipe.write(FRAME.pack(len(frame)) + frame)
    pipe.flush()


if __name__ == "__main__":
    main()
