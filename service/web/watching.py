"""What pages do with a job: cancel it, and watch it as events.

An event holds the part of a page that tells of the job, anew whenever the job stands elsewhere.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse, StreamingResponse
from fastapi.sse import EventSourceResponse, format_sse_event

from service.jobs import Job, Jobs
from service.web.rendering import part

Json = dict[str, Any]

_SECONDS = 0.25
"""How often a job is looked at: more than an eye follows."""
_LOOKS_ALIVE = 60
_KEEP_ALIVE = b": it goes on\n\n"
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


def add_routes(
    router: APIRouter, path: str, name: str, template: str, told: Callable[[Job | None], Json]
) -> None:
    """Routes below a page's path, to cancel the last job of that name and to watch it.

    `told` is what the template, a part of the page, names of the job.
    """

    @router.post(f"{path}/cancel")
    def cancel(request: Request) -> Response:
        """End the job, and go back to its page."""
        if job := last_job(request, name):
            job.cancel()
        return RedirectResponse(path, 303)

    @router.get(f"{path}/watch")
    def watch(request: Request) -> Response:
        """How far the job is, as events."""
        job = last_job(request, name)
        return _watched(job, lambda: part(request, template, told(job)))


def jobs_of(request: Request) -> Jobs:
    """The jobs of the service that is asked."""
    jobs: Jobs = request.app.state.jobs
    return jobs


def last_job(request: Request, name: str) -> Job | None:
    """The job of that name that was begun last."""
    return jobs_of(request).last(name)


def _watched(job: Job | None, told: Callable[[], str]) -> Response:
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
