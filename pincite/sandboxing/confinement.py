"""What a process gives up before it touches a hostile file: memory, the network, outliving us."""

from __future__ import annotations

import ctypes
import fcntl
import os
import platform
import resource
import select
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

_LARGEST_FILE = 256 * 2**20  # what a child may write: OCR programs have working files

# Of the audit names of Linux: the architecture, and the number of its call `socket`.
_CALLS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
_IO_URING_SETUP = 425  # the same everywhere; a ring opens sockets without calling `socket`
_X32 = 0x40000000  # calls from here on are those of another convention

_SET_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 1  # refused with EPERM


def limit_memory(megabytes: int) -> None:
    """Bound what this process may allocate and write, and leave no core dumps."""
    for limit, most in (
        (resource.RLIMIT_DATA, megabytes * 2**20),
        (resource.RLIMIT_FSIZE, _LARGEST_FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))


def cut_network() -> None:
    """No more sockets: refused by the kernel on Linux, by Python's own module elsewhere too."""

    def refuse(*_: Any, **__: Any) -> NoReturn:
        raise PermissionError("what reads files has no network")

    socket.socket.connect = refuse  # type: ignore[method-assign]
    socket.getaddrinfo = refuse
    if sys.platform == "linux" and platform.machine() in _CALLS:
        _refuse_sockets(*_CALLS[platform.machine()])


@contextmanager
def ending_with(pipe: int) -> Iterator[None]:
    """Within, this process dies at once when the other end of `pipe` closes.

    The signal needs no thread of ours, so that it reaches a library that never returns. (Its
    kin PR_SET_PDEATHSIG looks at the parent's thread, which may end long before the parent.)
    """
    flags = fcntl.fcntl(pipe, fcntl.F_GETFL)
    fcntl.fcntl(pipe, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(pipe, fcntl.F_SETFL, flags | os.O_ASYNC)
    watch = select.poll()
    watch.register(pipe, select.POLLHUP)
    if watch.poll(0):  # it had closed before the signal was asked for
        sys.exit(1)
    try:
        yield
    finally:
        fcntl.fcntl(pipe, fcntl.F_SETFL, flags)


class _Step(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_uint16),
        ("if_true", ctypes.c_uint8),
        ("if_false", ctypes.c_uint8),
        ("value", ctypes.c_uint32),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("steps", ctypes.POINTER(_Step)))


def _refuse_sockets(architecture: int, call: int) -> None:
    """A seccomp filter; where the kernel refuses it, Python's own refusal stands alone."""
    steps = [
        _Step(_LOAD, 0, 0, 4),  # the architecture
        _Step(_EQUAL, 0, 4, architecture),
        _Step(_LOAD, 0, 0, 0),  # the number of the call
        _Step(_AT_LEAST, 2, 0, _X32),
        _Step(_EQUAL, 1, 0, call),
        _Step(_EQUAL, 0, 1, _IO_URING_SETUP),
        _Step(_RETURN, 0, 0, _REFUSE),
        _Step(_RETURN, 0, 0, _ALLOW),
    ]
    program = _Program(len(steps), (_Step * len(steps))(*steps))
    control = ctypes.CDLL(None).prctl
    control.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
    if control(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0:
        control(_SET_SECCOMP, _FILTER, ctypes.addressof(program), 0, 0)
