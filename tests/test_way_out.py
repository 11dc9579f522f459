"""Nothing but the wire to the language model opens a connection outwards."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WIRE = "service/generating/wire.py"
ENDPOINT = "service/generating/endpoint.py"
# Who may import what reaches a network, and why.
MAY = {
    "httpcore": {WIRE, ENDPOINT},
    "openai": {ENDPOINT},
    "haystack.components": {ENDPOINT},
    # Loopback: the service asks itself, listens, and tells its own address.
    "httpx2": {"service/tools/relay.py"},
    "http.client": {"service/client.py"},
    "socket": {"service/serving.py", "service/threaded.py"},
}
NEVER = {
    "aiohttp",
    "ftplib",
    "requests",
    "smtplib",
    "ssl",
    "telnetlib",
    "urllib.request",
    "urllib3",
    "websockets",
    "xmlrpc",
}


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module} | {f"{node.module}.{name.name}" for name in node.names}
    return found


def importers(library: str) -> set[str]:
    return {
        str(path.relative_to(ROOT))
        for path in (ROOT / "service").rglob("*.py")
        if any(name == library or name.startswith(f"{library}.") for name in imports(path))
    }


@pytest.mark.parametrize("library", sorted(MAY))
def test_one_module_reaches_out(library: str) -> None:
    assert importers(library) == MAY[library]


@pytest.mark.parametrize("library", sorted(NEVER))
def test_no_module_reaches_out_otherwise(library: str) -> None:
    assert importers(library) == set()


def test_httpx_makes_no_call_of_its_own_in_the_service() -> None:
    """The wire's transport is the one that sends; tests ask the service in this process."""
    assert importers("httpx") == {WIRE, ENDPOINT}
