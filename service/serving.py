"""Starting the service: one socket, one line that says where it is, questions to try."""

from __future__ import annotations

import signal
import socket
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from pincite.errors import IndexMissing, SettingsError
from pincite.settings import Settings
from service.client import announced
from service.examples import Example, questions_to_try

if TYPE_CHECKING:
    from fastapi import APIRouter

_SECONDS_TO_FINISH = 5


def serve(
    settings: Settings,
    questions: Path | None = None,
    rooms: Callable[[], Iterable[APIRouter]] = tuple,
) -> None:
    """Run the service until it is interrupted or terminated, with `rooms` of other packages.

    Raises PinciteError when it cannot listen, or when the index was built with other settings.
    Before the first ingest it runs, and says that it is not ready.
    """
    tries = questions_to_try(questions) if questions else []
    # Begun in the background by a script, a process would ignore SIGINT.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    with _listening(settings.host, settings.port) as listener:
        try:
            _run(settings, listener, tries, rooms)
        except KeyboardInterrupt:
            print("stopped", file=sys.stderr)


def _run(
    settings: Settings,
    listener: socket.socket,
    tries: Sequence[Example],
    rooms: Callable[[], Iterable[APIRouter]],
) -> None:
    print("loading the models", file=sys.stderr, flush=True)
    # These take seconds, and a busy port is to be told at once.
    import uvicorn
    from anyio.to_thread import run_sync

    from service.api.app import create_app
    from service.engine import Engine

    host, port = settings.host, listener.getsockname()[1]
    engine = Engine(settings)
    if settings.answer_log:
        print(f"answers are logged in {settings.answer_log}", file=sys.stderr, flush=True)
    if settings.feedback_log:
        print(f"feedback is kept in {settings.feedback_log}", file=sys.stderr, flush=True)
    try:
        engine.warm()
    except IndexMissing as error:
        print(f"not ready: {error}", file=sys.stderr, flush=True)

    class Server(uvicorn.Server):
        """A server that says where it is once it can answer."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                print(greeting(host, port, tries), flush=True)

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            # First, for pages that watch a job wait for its end, and the server for those pages.
            await run_sync(app.state.jobs.close)
            await super().shutdown(sockets)

    with announced(settings, host, port) as instance:
        app = create_app(engine, instance, rooms(), tries)
        config = uvicorn.Config(
            app,
            log_level="warning",
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=_SECONDS_TO_FINISH,
        )
        Server(config).run(sockets=[listener])


def _interrupt(number: int, frame: FrameType | None) -> None:
    """Both end as Ctrl-C does: by way of every `finally`."""
    raise KeyboardInterrupt


def _listening(host: str, port: int) -> socket.socket:
    """A socket that is bound. Raises SettingsError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise SettingsError(
            f"cannot listen on {host}:{port}: {error.strerror}; choose another with --port"
        ) from None
    return listener


def greeting(host: str, port: int, tries: Sequence[Example]) -> str:
    """Where the service is, and what one may ask it."""
    shown = f"[{host}]" if ":" in host else host
    lines = [f"Pincite is at http://{shown}:{port}/  (stop it with Ctrl-C)"]
    if tries:
        lines += ["Three questions to try:", *(f"  {one.question}" for one in tries[:3])]
    return "\n".join(lines)
