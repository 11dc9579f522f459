"""What both clients do with httpx: build a request, and tell of a service that is not there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from pincite.client.calls import Call
from pincite.errors import ServiceUnusable

HERE = "http://127.0.0.1:8000"
SECONDS = 60.0
STREAM = "text/event-stream"
# Connecting is tried again; a request that was sent is not.
RETRIES = 1
_SECONDS_TO_CONNECT = 5.0


def timeout_of(seconds: float) -> httpx.Timeout:
    """How long each step of a request may take; connecting is quick, or not at all."""
    return httpx.Timeout(seconds, connect=min(seconds, _SECONDS_TO_CONNECT))


def built(
    http: httpx.Client | httpx.AsyncClient, call: Call[Any], accept: str = "application/json"
) -> httpx.Request:
    """The request of a call."""
    timeout = http.timeout if call.seconds is None else timeout_of(call.seconds)
    return http.build_request(
        call.method,
        call.path,
        params=call.query or None,
        json=call.body,
        headers={"Accept": accept},
        timeout=timeout,
    )


@contextmanager
def unreachable(http: httpx.Client | httpx.AsyncClient) -> Iterator[None]:
    """Raises ServiceUnusable where the connection fails or takes too long."""
    where = str(http.base_url).rstrip("/")
    try:
        yield
    except httpx.TimeoutException:
        raise ServiceUnusable(f"the service at {where} did not answer in time") from None
    except httpx.HTTPError as error:
        what = f"the service at {where} cannot be reached: {error}"
        raise ServiceUnusable(f"{what}; start it with `pincite serve`") from None
