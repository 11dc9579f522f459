"""A child of the sandbox whose readers do, by file ending, what hostile files make readers do."""

from __future__ import annotations

import ctypes
import errno
import os
import re
import socket
import sys
import time
from collections.abc import Callable

from ingest.readers.format import Limits
from ingest.readers.ocr.pages import page_read
from ingest.readers.sandboxing import child
from pincite.types import Reading


def says(text: str) -> Reading:
    return Reading(text, "misbehaving", 1)


def never_ends(_: bytes) -> Reading:
    while True:
        pass


def never_lets_python_run(data: bytes) -> Reading:
    place = data.decode()
    if place.startswith("/"):
        with open(place, "w", encoding="ascii") as file:  # noqa: PTH123
            file.write(str(os.getpid()))
    return says(str(re.match(r"(a+)+b", "a" * 60)))


def wants_all_memory(_: bytes) -> Reading:
    held = []
    while True:
        held.append(bytearray(2**24))


def wants_all_memory_in_c(_: bytes) -> Reading:
    raise RuntimeError("std::bad_alloc")


left_behind: list[bytearray] = []


def leaves_memory_behind(_: bytes) -> Reading:
    """Most of what a child may take; a second file of the kind finds too little."""
    left_behind.append(bytearray(160 * 2**20))
    return says(f"{len(left_behind)} left behind")


def nests(_: bytes) -> Reading:
    return nests(_)


def segfaults(_: bytes) -> Reading:
    return says(str(ctypes.string_at(0)))


def aborts(_: bytes) -> Reading:
    os.abort()


def leaves(_: bytes) -> Reading:
    os._exit(3)


def leaves_politely(_: bytes) -> Reading:
    sys.exit("done")


def prints(_: bytes) -> Reading:
    print("{" * 100_000, flush=True)
    os.write(1, b"\x00" * 100_000)
    sys.stderr.write("x" * 1_000_000)
    return says(f"read {len(sys.stdin.read())} from standard input")


def goes_online(data: bytes) -> Reading:
    tried = []
    for connect in (
        lambda: socket.create_connection(("127.0.0.1", int(data)), 2),
        lambda: socket.socket().connect(("127.0.0.1", int(data))),
        lambda: socket.getaddrinfo("localhost", 80),
    ):
        try:
            connect()
            tried.append("connected")
        except OSError as error:
            tried.append(type(error).__name__)
    libc = ctypes.CDLL(None, use_errno=True)
    opened = libc.socket(socket.AF_INET, socket.SOCK_STREAM, 0)
    tried.append(errno.errorcode[ctypes.get_errno()] if opened < 0 else "opened")
    return says(" ".join(tried))


def shows_environment(_: bytes) -> Reading:
    return says(" ".join(sorted(os.environ)))


def reads_pages(data: bytes) -> Reading:
    for _ in range(int(data)):
        time.sleep(0.2)
        page_read.get()()
    return says("all pages")


def floods_pages(_: bytes) -> Reading:
    while True:
        page_read.get()()


MISDEEDS: dict[str, Callable[[bytes], Reading]] = {
    ".good": lambda data: says(data.decode()),
    ".hang": never_ends,
    ".regex": never_lets_python_run,
    ".memory": wants_all_memory,
    ".leaves": leaves_memory_behind,
    ".bad-alloc": wants_all_memory_in_c,
    ".nest": nests,
    ".segfault": segfaults,
    ".abort": aborts,
    ".exit": leaves,
    ".sys-exit": leaves_politely,
    ".print": prints,
    ".online": goes_online,
    ".environment": shows_environment,
    ".pages": reads_pages,
    ".flood": floods_pages,
    ".surrogate": lambda _: says("\ud800"),
    ".long": lambda data: says("x" * int(data)),
}

_honest_answer = child._answer


def _misread(data: bytes, suffix: str, limits: Limits) -> Reading:
    return MISDEEDS[suffix](data)


def _answer(data: bytes, suffix: str, limits: Limits) -> bytes:
    """The file itself is the answer where it ends in .raw."""
    return data if suffix == ".raw" else _honest_answer(data, suffix, limits)


if __name__ == "__main__":
    vars(child)["read"] = _misread
    child._answer = _answer
    child.main()
