"""Asking the running service over loopback, so that a one-shot question loads no model."""

from __future__ import annotations

import http.client
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from pincite.errors import IndexUnusable, NotFound, PinciteError, QuestionError
from pincite.settings import Settings

_NOTE = "service.json"
_SECONDS_TO_CONNECT = 1.0
_SECONDS_TO_ANSWER = 60.0


@contextmanager
def announced(settings: Settings, host: str, port: int) -> Iterator[None]:
    """While inside, data_dir says where the service over it listens."""
    note = settings.data_dir / _NOTE
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    note.write_text(json.dumps({"host": reachable, "port": port, "pid": os.getpid()}))
    try:
        yield
    finally:
        note.unlink(missing_ok=True)


class Client:
    """The service over one data_dir."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port

    def get(self, path: str, **query: Any) -> dict[str, Any]:
        """The JSON of a GET. Raises the error that the service had."""
        pairs = [(k, v) for k, values in query.items() for v in _several(values)]
        return self._call("GET", f"{path}?{urlencode(pairs)}" if pairs else path, None)

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """The JSON of a POST. Raises the error that the service had."""
        return self._call("POST", path, json.dumps(body).encode())

    def alive(self) -> bool:
        """Whether a service answers there and has an index open."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=_SECONDS_TO_CONNECT)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _call(self, method: str, path: str, body: bytes | None) -> dict[str, Any]:
        connection = http.client.HTTPConnection(self.host, self.port, timeout=_SECONDS_TO_ANSWER)
        try:
            connection.request(method, path, body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            said: dict[str, Any] = json.loads(response.read())
        except (OSError, ValueError, http.client.HTTPException) as error:
            where = f"{self.host}:{self.port}"
            raise IndexUnusable(f"the service at {where} stopped answering: {error}") from None
        finally:
            connection.close()
        if response.status != 200:
            raise _error(response.status, str(said.get("detail", said)))
        return said


def running(settings: Settings) -> Client | None:
    """The service over this data_dir, if one runs and the settings let it be used."""
    if not settings.use_service:
        return None
    try:
        said = json.loads(Path(settings.data_dir / _NOTE).read_text())
        client = Client(str(said["host"]), int(said["port"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return client if client.alive() else None


def _error(status: int, detail: str) -> PinciteError:
    if status in (400, 413, 422):
        return QuestionError(detail)
    return NotFound(detail) if status == 404 else IndexUnusable(detail)


def _several(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]
