"""Addresses of pages: every passage has one that lasts, for it carries the version of the text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, urlencode

Json = dict[str, Any]

# Of a version's 64 hexadecimal digits, as many as an address needs to name one text of a document.
VERSION_DIGITS = 16


def link(id: str, **query: Any) -> str:
    """The address of a document's page, pointing at a stretch if `start` and `end` are given."""
    asked = f"?{urlencode(query)}" if query else ""
    return f"/documents/{quote(id, safe='')}{asked}{'#quote' if 'start' in query else ''}"


def passage_link(citation: Json) -> str:
    """The permanent address of a citation's passage: document, version, characters."""
    version = citation["version"][:VERSION_DIGITS]
    return link(citation["document_id"], v=version, start=citation["start"], end=citation["end"])


def linked(base: str) -> Callable[[Json], str]:
    """What gives the full address of a citation's page, where the service is reached at `base`."""
    root = base.rstrip("/")
    return lambda c: root + passage_link(c)


def address(path: str, fields: Mapping[str, Any], **more: str) -> str:
    """The address of a page with these fields; an empty one is left out."""
    asked = {name: value for name, value in {**fields, **more}.items() if value}
    return f"{path}?{urlencode(asked, doseq=True)}" if asked else path


def own_path(address: str) -> str:
    """The path and query of a page here; `/` for an address elsewhere."""
    own = address.startswith("/") and not address.startswith("//")
    sound = own and "\\" not in address and address.isprintable()
    return address if sound else "/"
