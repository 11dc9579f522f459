"""What stands before every route: who may ask how much, and headers that keep a browser safe."""

from __future__ import annotations

from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Our own scripts and styles from files alone, nothing from elsewhere, no framing: what a document
# says stays text. Only the policy that static/js/html.js makes may turn a string into HTML.
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
        " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none';"
        " trusted-types pincite; require-trusted-types-for 'script'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Guard:
    """Puts the headers on every response; `refusal` may answer a request in the app's place.

    `most_bytes` says how long the body of a request for a path may be.
    """

    def __init__(
        self,
        app: ASGIApp,
        refusal: Callable[[Request], Response | None],
        most_bytes: Callable[[str], int],
    ) -> None:
        self.app, self.refusal, self.most_bytes = app, refusal, most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, refused or passed on; every response gets the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        app = self.refusal(Request(scope)) or self.app
        await app(scope, self._counted(receive, self.most_bytes(scope["path"])), with_headers)

    def _counted(self, receive: Receive, most: int) -> Receive:
        """A body that stops at the limit, whatever length it declared."""
        got = 0

        async def counted() -> Message:
            nonlocal got
            message = await receive()
            got += len(message.get("body", b""))
            if got > most:
                raise HTTPException(413, f"a request may have {most} bytes at most")
            return message

        return counted


def host_of(header: str) -> str:
    """The host of a Host header, without its port: `[::1]:8000` is `[::1]`."""
    host, colon, port = header.rpartition(":")
    return (host if colon and port.isdecimal() else header).lower()
