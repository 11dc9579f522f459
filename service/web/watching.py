"""A job as events: the part of a page that tells of it, anew whenever it stands elsewhere."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable

from fastapi import Response
from fastapi.responses import StreamingResponse
from fastapi.sse import EventSourceResponse, format_sse_event

from service.jobs import Job

_SECONDS = 0.25
"""How often a job is looked at: more than an eye follows."""
_LOOKS_ALIVE = 60
_KEEP_ALIVE = b": it goes on\n\n"
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


def watched(job: Job | None, told: Callable[[], str]) -> Response:
    """Server-sent events `part`, whose data is the HTML of `told` as JSON; the last is of the end.

    204 where there is no job, after which nobody asks again.
    """
    if job is None:
        return Response(status_code=204)
    return StreamingResponse(
        _events(job, told), media_type=EventSourceResponse.media_type, headers=_HEADERS
    )


async def _events(job: Job, told: Callable[[], str]) -> AsyncIterator[bytes]:
    seen: object = None
    looks = 0
    while True:
        stands = job.stands()
        if stands != seen:
            seen = stands
            yield format_sse_event(data_str=json.dumps(told()), event="part")
        elif looks % _LOOKS_ALIVE == 0:
            yield _KEEP_ALIVE
        if stands[0] != "running":
            return
        looks += 1
        await asyncio.sleep(_SECONDS)
