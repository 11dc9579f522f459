"""The application: engine, routes, problems, headers. Wired here and nowhere else."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.concurrency import run_in_threadpool
from starlette.middleware.trustedhost import TrustedHostMiddleware

from pincite.errors import IndexUnusable, ModelError
from pincite.settings import Settings
from service.api import pages, problems
from service.api.routes import router
from service.engine import Engine

_STATIC = Path(__file__).parents[1] / "web" / "static"
_MOST_BYTES = 256 * 1024
# No script but our own file, nothing from elsewhere, no framing: what a document says stays text.
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
        " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def create_app(settings: Settings, engine: Engine | None = None) -> FastAPI:
    """The service over the index that the settings name. The index may appear later."""
    engine = engine or Engine(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        try:
            await run_in_threadpool(engine.warm)
        except IndexUnusable:
            pass  # /readyz says so, and every question gets the one-line reason
        yield
        engine.close()

    app = FastAPI(
        title="Pincite",
        version=version("pincite"),
        description="Cited, verbatim, pinpoint answers from policy texts.",
        lifespan=lifespan,
        docs_url=None,  # the bundled pages load their scripts from the network
        redoc_url=None,
        telemetry={"tracing": False, "metrics": False, "logs": False},
        max_body_size=_MOST_BYTES,
    )
    app.state.engine = engine
    app.include_router(router)
    app.include_router(pages.router)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    problems.install(app)
    _guard(app, settings)
    _health(app, engine)
    return app


def _guard(app: FastAPI, settings: Settings) -> None:
    """Only known Host headers, so that no web page elsewhere can reach a local service."""
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(settings.allowed_hosts))

    @app.middleware("http")
    async def headers(
        request: Request, go_on: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        response = await go_on(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        return response


def _health(app: FastAPI, engine: Engine) -> None:
    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        """The process lives."""
        return {"status": "ok", "service": "pincite"}

    @app.get("/readyz", response_model=None)
    def readyz() -> dict[str, str] | JSONResponse:
        """An index is open and can be asked."""
        try:
            with engine.holdings() as holdings:
                return {"status": "ready", "generation": holdings.manifest.generation}
        except (IndexUnusable, ModelError) as error:
            return JSONResponse({"status": "not ready", "detail": str(error)}, 503)
