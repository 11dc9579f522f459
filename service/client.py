"""Asking the running service over loopback, so that a one-shot question loads no model."""

from __future__ import annotations

import http.client
import json
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from pincite.errors import IndexUnusable, NotFound, PinciteError, QuestionError
from pincite.settings import Settings

_NOTE = "service.json"
_SECONDS_TO_CONNECT = 3.0
_MOST_BYTES = 10_000
_SECONDS_TO_ANSWER = 60.0


@contextmanager
def announced(settings: Settings, host: str, port: int) -> Iterator[str]:
    """While inside, data_dir says where the service over it listens; the name of this instance.

    The note of a service that was killed stays: the instance tells it from who listens there now.
    """
    note, instance = settings.data_dir / _NOTE, uuid4().hex
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    said = {"host": reachable, "port": port, "instance": instance}
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        beside = note.with_suffix(f".{instance}")
        beside.write_text(json.dumps(said), encoding="utf-8")
        beside.replace(note)
    except OSError as error:
        # Only one-shot commands miss the note; they load the models themselves.
        print(f"{note}: cannot be written: {error.strerror}", file=sys.stderr)
    try:
        yield instance
    finally:
        if _noted(note).get("instance") == instance:
            note.unlink(missing_ok=True)


class Client:
    """The service over one data_dir."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port

    def get(self, path: str, **query: Any) -> dict[str, Any]:
        """The JSON of a GET. Raises the error that the service had."""
        pairs = [(k, v) for k, values in query.items() for v in _several(values)]
        return self._call(
            "GET", f"{path}?{urlencode(pairs, errors='replace')}" if pairs else path, None
        )

    def post(
        self, path: str, body: dict[str, Any], seconds: float = _SECONDS_TO_ANSWER
    ) -> dict[str, Any]:
        """The JSON of a POST. Raises the error that the service had."""
        return self._call("POST", path, json.dumps(body).encode(), seconds)

    def is_instance(self, instance: str) -> bool:
        """Whether the service of that name answers there, and answers this host."""
        try:
            with self._connected(_SECONDS_TO_CONNECT) as connection:
                connection.request("GET", "/healthz")
                said = json.loads(connection.getresponse().read(_MOST_BYTES))
        except (OSError, ValueError, OverflowError, http.client.HTTPException):
            return False
        return isinstance(said, dict) and said.get("instance") == instance

    def _connected(self, seconds: float) -> closing[http.client.HTTPConnection]:
        return closing(http.client.HTTPConnection(self.host, self.port, timeout=seconds))

    def _call(
        self, method: str, path: str, body: bytes | None, seconds: float = _SECONDS_TO_ANSWER
    ) -> dict[str, Any]:
        try:
            with self._connected(seconds) as connection:
                connection.request(method, path, body, {"Content-Type": "application/json"})
                response = connection.getresponse()
                said: dict[str, Any] = json.loads(response.read())
        except (OSError, ValueError, http.client.HTTPException) as error:
            where = f"{self.host}:{self.port}"
            raise IndexUnusable(f"the service at {where} stopped answering: {error}") from None
        if response.status != 200:
            raise _error(response.status, str(said.get("detail", said)))
        return said


def running(settings: Settings) -> Client | None:
    """The service over this data_dir, if one runs and the settings let it be used."""
    if not settings.use_service:
        return None
    said = _noted(settings.data_dir / _NOTE)
    host, port, instance = said.get("host"), said.get("port"), said.get("instance")
    if not (isinstance(host, str) and isinstance(port, int) and isinstance(instance, str)):
        return None
    client = Client(host, port)
    return client if client.is_instance(instance) else None


def _noted(note: Path) -> dict[str, Any]:
    """What a service wrote of itself; nothing when there is no note that can be read."""
    try:
        said = json.loads(note.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def _error(status: int, detail: str) -> PinciteError:
    if status in (400, 413, 422):
        return QuestionError(detail)
    return NotFound(detail) if status == 404 else IndexUnusable(detail)


def _several(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]
