"""The one way out of the machine: a connection to one host, bounded in time and size.

Nothing is followed elsewhere, no proxy of the environment is used, nothing is decompressed, and
whoever no longer waits for the answer is noticed between any two bytes of it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import httpcore
import httpx

from service.generating.completions import plain_completion
from service.generating.trouble import Trouble

# How long the endpoint is listened to before looking whether anybody still waits, in seconds.
_LISTENED = 0.05
_SECONDS_TO_CONNECT = 5.0
_REDIRECTS = 300  # here statuses that carry no answer begin
# What a request says of this machine: its host, its length, its key, and nothing more.
_SAID = frozenset({b"host", b"content-type", b"content-length", b"authorization"})

GoOn = Callable[[], None]


class Bounds:
    """How long an endpoint may take, and how much it may send, over all calls for one answer."""

    def __init__(self, seconds: float, most_bytes: int, go_on: GoOn) -> None:
        self.seconds, self._until = seconds, time.monotonic() + seconds
        self._most, self._taken, self._go_on = most_bytes, 0, go_on

    def left(self) -> float:
        """The seconds that are left. Raises Trouble, and what `go_on` raises."""
        self._go_on()
        left = self._until - time.monotonic()
        if left <= 0:
            raise Trouble(f"the endpoint did not answer within {self.seconds:g} s")
        return left

    def take(self, size: int) -> None:
        """Count what came. Raises Trouble when it is too much."""
        self._taken += size
        if self._taken > self._most:
            raise Trouble(f"the endpoint sent more than {self._most // 1024} KB")


class Wire(httpx.BaseTransport):
    """Requests to one origin, over a connection of their own, within bounds."""

    def __init__(self, origin: httpx.URL, bounds: Bounds) -> None:
        self._origin = origin
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context() if origin.scheme == "https" else None,
            network_backend=_Backend(bounds),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The reply, whole, with nothing in it but its words. Raises Trouble and httpcore's."""
        url = request.url
        if (url.scheme, url.host, url.port) != _where(self._origin):
            raise Trouble("a request to another host was not sent")
        headers = [pair for pair in request.headers.raw if pair[0].lower() in _SAID]
        said = self._pool.handle_request(
            httpcore.Request(
                request.method,
                httpcore.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=[*headers, (b"Accept", b"application/json")],
                content=request.stream,
            )
        )
        try:
            body = said.read()
        finally:
            said.close()
        if any(name.lower() == b"content-encoding" for name, _ in said.headers):
            raise Trouble("the endpoint sent a reply that is compressed, unasked")
        # What an endpoint says of its failures may repeat the key; only the number is kept.
        body = plain_completion(body) if said.status < _REDIRECTS else b"{}"
        return httpx.Response(
            said.status, headers={"Content-Type": "application/json"}, content=body
        )

    def close(self) -> None:
        """Close the connection."""
        self._pool.close()


def _where(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


class _Backend(httpcore.NetworkBackend):
    """Connections whose every byte is counted and timed."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds, self._sockets = bounds, httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.NetworkStream:
        most = min(self._bounds.left(), _SECONDS_TO_CONNECT)
        return _Stream(self._sockets.connect_tcp(host, port, most), self._bounds)


class _Stream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, bounds: Bounds) -> None:
        self._stream, self._bounds = stream, bounds

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        while True:
            listened = min(self._bounds.left(), _LISTENED)
            try:
                data = self._stream.read(max_bytes, listened)
            except httpcore.ReadTimeout:
                continue
            self._bounds.take(len(data))
            return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._bounds.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._bounds.left()
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, left), self._bounds)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
