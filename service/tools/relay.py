"""A call passed on to the running service, so that a second process loads no model."""

from __future__ import annotations

from typing import Any

import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.exceptions import MCPError
from mcp_types import CallToolResult

from pincite.errors import ServiceUnusable
from service.tools.mounting import PATH

# An answer may wait behind others before it is worked on.
_TIMEOUT = httpx2.Timeout(30.0, read=300.0)


async def relayed(address: str, name: str, arguments: dict[str, Any]) -> CallToolResult:
    """What the service at an address gives. Raises ServiceUnusable when it stops answering."""
    try:
        # A proxy that the environment names would be shown every question.
        async with (
            httpx2.AsyncClient(timeout=_TIMEOUT, trust_env=False) as http,
            Client(streamable_http_client(address + PATH, http_client=http)) as client,
        ):
            return await client.call_tool(name, arguments)
    except (MCPError, ExceptionGroup):
        raise ServiceUnusable(f"the service at {address} stopped answering; call again") from None
