"""The tools over HTTP: `POST /mcp` of the service's own application."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager

from fastapi import FastAPI
from mcp.server.streamable_http_manager import (
    StreamableHTTPASGIApp,
    StreamableHTTPSessionManager,
)
from starlette.requests import Request
from starlette.routing import Route

from service.chat.writing import Link
from service.engine import Engine
from service.tools.server import server
from service.web.links import linked

PATH = "/mcp"


def mount(app: FastAPI, engine: Engine) -> AbstractAsyncContextManager[None]:
    """Add the route, which answers while the returned context is open.

    Every request stands alone: nothing is kept between two, so there is no session to steal, to
    end or to leak, and no stream to open with GET.
    """

    def link(request: Request | None) -> Link:
        assert request is not None
        return linked(str(request.base_url))

    manager = StreamableHTTPSessionManager(server(lambda: engine, link), stateless=True)
    app.router.routes.append(Route(PATH, StreamableHTTPASGIApp(manager), methods=["POST"]))
    return manager.run()
