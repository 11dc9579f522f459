"""Whether whoever sent a request still waits for the response."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from threading import Event
from typing import Annotated

from fastapi import Depends, Request
from starlette.exceptions import HTTPException


async def gone_of(request: Request) -> AsyncIterator[Event]:
    """An event that is set when the client closes the connection, and when all is sent."""
    gone = Event()
    watching = asyncio.create_task(_watch(request, gone))
    try:
        yield gone
    finally:
        gone.set()
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)


async def _watch(request: Request, gone: Event) -> None:
    try:
        while (await request.receive())["type"] != "http.disconnect":
            pass
    except HTTPException:  # a body that nobody reads, and longer than any may be
        return
    gone.set()


Gone = Annotated[Event, Depends(gone_of)]
"""Set when nobody waits for the response to this request any more; what works on it asks."""
