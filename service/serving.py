"""Starting the service: one socket, one line that says where it is, questions to try."""

from __future__ import annotations

import socket
import sys
import tomllib
from pathlib import Path
from typing import Any

import uvicorn

from pincite.errors import SettingsError, UsageError
from pincite.settings import Settings
from service.api.app import create_app
from service.client import announced


def serve(settings: Settings, questions: Path | None = None) -> None:
    """Run the service until it is interrupted. Raises SettingsError when it cannot listen."""
    tries = _questions(questions) if questions else []
    listener = _listen(settings.host, settings.port)
    port = listener.getsockname()[1]
    print("loading the models", file=sys.stderr, flush=True)
    config = uvicorn.Config(create_app(settings), log_level="warning", server_header=False)
    with listener, announced(settings, settings.host, port):
        _Server(config, _greeting(settings.host, port, tries)).run(sockets=[listener])


class _Server(uvicorn.Server):
    """A server that says where it is once it can answer."""

    def __init__(self, config: uvicorn.Config, greeting: str) -> None:
        super().__init__(config)
        self.greeting = greeting

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            print(self.greeting, flush=True)


def _listen(host: str, port: int) -> socket.socket:
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


def _greeting(host: str, port: int, tries: list[dict[str, Any]]) -> str:
    shown = f"[{host}]" if ":" in host else host
    lines = [f"Pincite is at http://{shown}:{port}/  (stop it with Ctrl-C)"]
    if tries:
        lines += ["Three questions to try:", *(f"  {one['question']}" for one in tries[:3])]
    return "\n".join(lines)


def _questions(path: Path) -> list[dict[str, Any]]:
    try:
        said: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["try"]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError) as error:
        raise UsageError(f"{path}: no [[try]] questions can be read from it: {error}") from None
    return said
