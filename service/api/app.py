"""The application: engine, routes, problems, headers. Wired here and nowhere else."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from importlib.metadata import PackageNotFoundError, version

from anyio.to_thread import current_default_thread_limiter, run_sync
from fastapi import APIRouter, FastAPI
from fastapi.responses import JSONResponse
from starlette.middleware.gzip import GZipMiddleware

from pincite.errors import IndexUnusable
from pincite.settings import Settings
from service.api import chat, citations, comparisons, exports, problems
from service.api.agreements import router as agreements
from service.api.guard import Guard
from service.api.history import router as history
from service.api.routes import router
from service.engine import Engine
from service.examples import Example
from service.jobs import Jobs
from service.remembering import Remembering
from service.tools.mounting import mount
from service.web import adding, site
from service.web.rendering import problem_page

_MOST_BYTES = 256 * 1024
# A long opinion shrinks to a quarter in 15 ms; a higher level takes twice as long for a tenth.
_LEAST_ZIPPED, _ZIPPED = 2_048, 4
_EVERYWHERE = {"0.0.0.0", "::", ""}  # noqa: S104
_ROUTERS = (
    router,
    chat.router,
    citations.router,
    history,
    agreements,
    comparisons.router,
    exports.router,
    site.router,
)


def create_app(
    engine: Engine,
    instance: str = "",
    rooms: Iterable[APIRouter] = (),
    examples: Sequence[Example] = (),
) -> FastAPI:
    """The service over an engine, whose index may appear later, with pages of other packages.

    `instance` is what /healthz says, so that a client knows this process from another; `examples`
    are questions for a newcomer (without them, plain ones about what is held).
    """
    app = FastAPI(
        title="Pincite",
        version=_version(),
        description="Cited, verbatim, pinpoint answers from policy texts.",
        lifespan=_lifespan,
        docs_url=None,  # the bundled pages load their scripts from the network
        redoc_url=None,
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    app.state.engine = engine
    app.state.jobs = Jobs(engine.settings)
    app.state.examples = tuple(examples)
    _health(app, engine, instance)
    for routes in (*_ROUTERS, *rooms):
        app.include_router(routes)
    app.state.tools = mount(app, engine)
    problems.install(app, problem_page)
    _wrap(app, engine.settings)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Tools answer while the application runs; its jobs and its engine end with it."""
    ahead = Remembering(app.state.engine)
    engine: Engine = app.state.engine
    # Whoever waits for an answer holds a thread; pages and /healthz keep theirs beside those.
    current_default_thread_limiter().total_tokens += engine.settings.most_asking
    async with app.state.tools:
        ahead.start()
        try:
            yield
        finally:
            await run_sync(ahead.stop)
            await run_sync(app.state.jobs.close)
    engine.close()


def _wrap(app: FastAPI, settings: Settings) -> None:
    """Answers are compressed, after what may not be asked was refused."""
    # Event streams are left alone; other streams are flushed chunk by chunk.
    app.add_middleware(GZipMiddleware, minimum_size=_LEAST_ZIPPED, compresslevel=_ZIPPED)
    refusal = partial(problems.refusal, hosts=_hosts(settings))
    app.add_middleware(Guard, refusal=refusal, most_bytes=partial(_most_bytes, settings))


def _health(app: FastAPI, engine: Engine, instance: str) -> None:
    @app.get("/healthz")
    async def healthz() -> dict[str, str]:
        """The process lives."""
        return {"status": "ok", "service": "pincite", "instance": instance}

    @app.get("/readyz", responses={503: {"description": "no index can be asked, and why"}})
    def readyz() -> JSONResponse:
        """An index is open and can be asked; `trouble` says why a newer one is not.

        `questions_leave_for` names the host of the model that words answers, if one does.
        """
        try:
            with engine.holdings() as holdings:
                said = {"status": "ready", "generation": holdings.manifest.generation}
            if host := engine.settings.llm_host:
                said["questions_leave_for"] = host
        except IndexUnusable as error:
            return JSONResponse({"status": "not ready", "detail": str(error)}, 503)
        return JSONResponse(said | ({"trouble": engine.trouble} if engine.trouble else {}))


def _most_bytes(settings: Settings, path: str) -> int:
    """What the body of a request may have: conversations are long, files longer."""
    more = {chat.PATH: chat.MOST_BYTES, adding.PATH: adding.most_bytes(settings)}
    return more.get(path, _MOST_BYTES)


def _hosts(settings: Settings) -> set[str]:
    """The hosts that are allowed, and the address we listen on unless that is every one."""
    own = f"[{settings.host}]" if ":" in settings.host else settings.host
    own_too = () if settings.host in _EVERYWHERE else (own,)
    return {host.lower() for host in (*settings.allowed_hosts, *own_too)}


def _version() -> str:
    try:
        return version("pincite")
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "0+unknown"
