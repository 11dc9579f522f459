"""A call passed on to the running service, so that a second process loads no model."""

from __future__ import annotations

from typing import Any

from mcp import Client
from mcp.shared.exceptions import MCPError
from mcp_types import CallToolResult

from pincite.errors import ServiceUnusable
from service.tools.mounting import PATH


async def relayed(address: str, name: str, arguments: dict[str, Any]) -> CallToolResult:
    """What the service at an address gives. Raises ServiceUnusable when it stops answering."""
    try:
        async with Client(address + PATH) as client:
            return await client.call_tool(name, arguments)
    except (MCPError, ExceptionGroup):
        raise ServiceUnusable(f"the service at {address} stopped answering; call again") from None
