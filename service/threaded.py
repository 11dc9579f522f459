"""A service in a thread of this process: what benchmarks, pictures of pages and tests ask."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

import uvicorn
from starlette.types import ASGIApp

_LOOK_SECONDS = 0.01


@contextmanager
def listening() -> Iterator[socket.socket]:
    """A socket that listens on a free port of this machine."""
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        yield listener


def address_of(listener: socket.socket) -> str:
    """The address of what is served at a socket."""
    return f"http://127.0.0.1:{listener.getsockname()[1]}"


@dataclass(frozen=True, slots=True)
class Running:
    """A server and the thread that it runs in."""

    server: uvicorn.Server
    thread: threading.Thread

    def stop(self, *, at_once: bool = False) -> None:
        """End it, `at_once` without waiting for what is being answered; return when it has."""
        self.server.force_exit = at_once
        self.server.should_exit = True
        self.thread.join()


@contextmanager
def threaded(app: ASGIApp, listener: socket.socket, **config: Any) -> Iterator[Running]:
    """An app served at a socket, once it has started; it has ended afterwards.

    `config` is uvicorn's.
    """
    server = uvicorn.Server(uvicorn.Config(app, **{"log_level": "warning", **config}))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        while not server.started and thread.is_alive():
            time.sleep(_LOOK_SECONDS)
        yield Running(server, thread)
    finally:  # a thread that serves on would keep the process from ending
        server.should_exit = True
        thread.join()


@contextmanager
def served(app: ASGIApp, **config: Any) -> Iterator[str]:
    """The address of an app that is served in a thread."""
    with listening() as listener, threaded(app, listener, **config):
        yield address_of(listener)
