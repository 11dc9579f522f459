"""Errors as RFC 9457 problem details: one shape, one line, never a traceback."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from pincite.errors import (
    IndexUnusable,
    ModelError,
    NotFound,
    PinciteError,
    StorageError,
    UsageError,
)

STATUS: list[tuple[type[PinciteError], int]] = [
    (UsageError, 422),
    (NotFound, 404),
    (IndexUnusable, 503),
    (ModelError, 503),
    (StorageError, 507),
    (PinciteError, 500),
]


def problem(status: int, detail: str, request: Request, kind: str | None = None) -> JSONResponse:
    """The response for one problem; `kind` is the error's class name."""
    body = {
        "type": f"urn:pincite:problem:{kind or HTTPStatus(status).name.lower()}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": request.url.path,
    }
    return JSONResponse(body, status, media_type="application/problem+json")


def status_of(error: PinciteError) -> int:
    """The HTTP status of one of our errors."""
    return next(status for type_, status in STATUS if isinstance(error, type_))


def install(app: FastAPI) -> None:
    """Answer every error of ours, of validation and of routing with a problem."""

    @app.exception_handler(PinciteError)
    async def ours(request: Request, error: PinciteError) -> JSONResponse:
        return problem(status_of(error), str(error), request, type(error).__name__)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"] if part not in ("body", "query"))
        return problem(422, f"{where or 'body'}: {first['msg']}", request, "InvalidRequest")

    @app.exception_handler(HTTPException)
    async def routing(request: Request, error: HTTPException) -> JSONResponse:
        return problem(error.status_code, str(error.detail), request)
