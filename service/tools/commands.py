"""`pincite mcp`: the tools over stdio, for an assistant that starts this process itself."""

from __future__ import annotations

from contextlib import suppress
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

from pincite.console import user_errors
from pincite.errors import PinciteError

if TYPE_CHECKING:
    from pincite.settings import Settings
    from service.engine import Engine


def mcp() -> None:
    """Serve the tools to an assistant over stdin and stdout (Model Context Protocol)."""
    with user_errors():
        from pincite.settings import load

        serve_tools(load()[0])


def serve_tools(settings: Settings) -> None:
    """Answer until stdin ends, by the running service while there is one.

    Where there is none, the models are loaded meanwhile; the first call waits for them.
    """
    import anyio

    from service.tools.relay import relayed
    from service.tools.server import over_stdio, server
    from service.web.links import linked

    async def elsewhere(name: str, arguments: dict[str, Any]) -> Any:
        address = await anyio.to_thread.run_sync(running_address, settings)
        return address and await relayed(address, name, arguments)

    link = linked(f"http://{_written(settings.host)}:{settings.port}")
    engine = Once(settings)
    loading = Thread(target=engine.warm)
    loading.start()
    try:
        anyio.run(over_stdio, server(engine.get, lambda request: link, elsewhere))
    finally:
        loading.join()
        engine.close()


def running_address(settings: Settings) -> str | None:
    """Where the service over the same data runs, if it does and may be used."""
    from service.client import running

    where = running(settings)
    return f"http://{_written(where.host)}:{where.port}" if where else None


def _written(host: str) -> str:
    """A host as addresses have it."""
    return f"[{host}]" if ":" in host else host


class Once:
    """An engine that is made when it is first needed, by whichever call comes first."""

    def __init__(self, settings: Settings) -> None:
        self._settings, self._lock = settings, Lock()
        self._engine: Engine | None = None

    def get(self) -> Engine:
        """The engine."""
        from service.engine import Engine

        with self._lock:
            if self._engine is None:
                self._engine = Engine(self._settings)
            return self._engine

    def warm(self) -> None:
        """Load the models, if they are needed. What is wrong, the first call tells."""
        if running_address(self._settings):
            return
        with suppress(PinciteError):
            engine = self.get()
            with engine.holdings():
                engine.warm()

    def close(self) -> None:
        """Close the engine, if there is one."""
        if self._engine is not None:
            self._engine.close()
