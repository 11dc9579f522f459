"""Errors as RFC 9457 problem details: one shape, one line, never a traceback.

A person who opens a page in a browser gets the same line as a page.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Collection, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from pincite.errors import (
    Busy,
    IndexUnusable,
    JobRunning,
    ModelError,
    NotFound,
    PinciteError,
    UsageError,
)
from service.api.guard import HEADERS, host_of
from service.api.responses import Problem

MEDIA_TYPE = "application/problem+json"
STATUS: list[tuple[type[PinciteError], int]] = [
    (JobRunning, 409),
    (UsageError, 422),
    (NotFound, 404),
    (IndexUnusable, 503),
    (ModelError, 503),
    (Busy, 503),
    (PinciteError, 500),
]
_MOST_SHOWN = 3
_NO_PAGES = "/mcp"
_READING = ("GET", "HEAD", "OPTIONS")
_CRASHED = "the service failed; its log says how"
_log = logging.getLogger(__name__)

Json = dict[str, Any]
Page = Callable[[Request, int, str], Response]


def problem(
    status: int,
    detail: str,
    request: Request,
    kind: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """The response for one problem; `kind` is the error's class name."""
    body = problem_json(status, detail, request, kind)
    # A crash is answered outside the guard, so the headers come with the problem.
    return JSONResponse(body, status, {**HEADERS, **(headers or {})}, media_type=MEDIA_TYPE)


def problem_json(status: int, detail: str, request: Request, kind: str | None = None) -> Json:
    """One problem as plain values."""
    return {
        "type": f"urn:pincite:problem:{_dashed(kind or HTTPStatus(status).name)}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": request.url.path,
    }


def told_late(request: Request, error: BaseException) -> Json:
    """The problem of an error that comes when a response has begun; a crash goes to the log."""
    if isinstance(error, PinciteError):
        return problem_json(status_of(error), str(error), request, type(error).__name__)
    _log.error("%s failed", request.url.path, exc_info=error)
    return problem_json(500, _CRASHED, request)


def described(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """These statuses as OpenAPI describes them: a problem each."""
    schema = {"schema": Problem.model_json_schema()}
    return {s: {"description": "problem", "content": {MEDIA_TYPE: schema}} for s in statuses}


def status_of(error: PinciteError) -> int:
    """The HTTP status of one of our errors."""
    return next(status for type_, status in STATUS if isinstance(error, type_))


def refusal(request: Request, hosts: Collection[str]) -> Response | None:
    """The problem of a request that no route should see, or None.

    Only known hosts are answered, so that no web page elsewhere can reach a local service; MCP
    wants the page that asks (its Origin) to be looked at as well.
    """
    host = request.headers.get("host", "")
    if host_of(host) not in hosts:
        what = f"host {host[:80]!r} is not answered; PINCITE_ALLOWED_HOSTS lists those that are"
        return problem(400, what, request, "UnknownHost")
    origin = request.headers.get("origin", "")
    guarded = origin and request.url.path.startswith(_NO_PAGES)
    if guarded and _host_of_origin(origin) not in hosts:
        what = f"pages of {origin[:80]!r} are not answered; PINCITE_ALLOWED_HOSTS lists those"
        return problem(403, what, request, "UnknownOrigin")
    if request.method not in _READING and not guarded and _from_elsewhere(request):
        return problem(403, "a page of another site may not send this", request, "CrossSite")
    return None


def _from_elsewhere(request: Request) -> bool:
    """Whether a browser says that another site's page sends this (Fetch Metadata; else Origin).

    What is no browser says nothing, and can be made to send nothing.
    """
    if site := request.headers.get("sec-fetch-site"):
        return site not in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != request.headers.get("host", "")


def install(app: FastAPI, page: Page) -> None:
    """Answer every error of ours, of validation, of routing and every crash with a problem."""

    def answered(
        request: Request,
        status: int,
        detail: str,
        kind: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        if _wants_page(request):
            return page(request, status, detail)
        return problem(status, detail, request, kind, headers)

    @app.exception_handler(PinciteError)
    async def ours(request: Request, error: PinciteError) -> Response:
        again = {"Retry-After": str(error.seconds)} if isinstance(error, Busy) else None
        return answered(request, status_of(error), str(error), type(error).__name__, again)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        sent = request.headers.get("content-type", "")
        if request.method == "POST" and "json" not in sent:
            return answered(request, 415, "send the question as application/json")
        shown = error.errors()[:_MOST_SHOWN]
        return answered(request, 422, "; ".join(map(_said, shown)), "InvalidRequest")

    @app.exception_handler(HTTPException)
    async def routing(request: Request, error: HTTPException) -> Response:
        return answered(request, error.status_code, str(error.detail), headers=error.headers)

    @app.exception_handler(Exception)
    async def crash(request: Request, error: Exception) -> Response:
        return answered(request, 500, _CRASHED)


def _wants_page(request: Request) -> bool:
    accepted = request.headers.get("accept", "")
    return request.method == "GET" and "text/html" in accepted and not _for_programs(request)


def _for_programs(request: Request) -> bool:
    return request.url.path.startswith(("/v1/", _NO_PAGES))


def _host_of_origin(origin: str) -> str:
    """The host of `https://example.org:8000`; of `null`, which is nobody, `null`."""
    return host_of(origin.rpartition("/")[2])


def _said(error: Any) -> str:
    """One line on one invalid part: which it is, and what is wrong with it."""
    where = ".".join(str(part) for part in error["loc"][1:] if isinstance(part, str))
    if error["type"] == "extra_forbidden":
        return f"{where}: there is no such parameter; /openapi.json lists them"
    return f"{where or 'body'}: {error['msg']}"


def _dashed(name: str) -> str:
    """`NotFound` and `NOT_FOUND` as `not-found`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|_", "-", name).lower()
