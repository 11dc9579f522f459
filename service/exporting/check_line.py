"""The line under every quote that says where its words stand, to write and to read back."""

from __future__ import annotations

import re

from service.exporting.paper import Quoted, inert

_LINE = re.compile(
    r"Check:\s+(?P<id>\S+)\s+version\s+(?P<version>[0-9a-f]{64})\s+characters\s+(?P<start>\d{1,12})"
    r":(?P<end>\d{1,12})\s+\((?P<channel>law|record|argument),\s+(?P<status>[a-z_]+)\)"
)


def check_line(quoted: Quoted) -> str:
    """Document, text version and characters, with the channel and status of the day.

    For instance `Check: arden-code-4-12 version 9f2c… characters 26:112 (law, in_force)`.
    """
    where = f"{quoted.document_id} version {quoted.version}"
    told = f"({quoted.channel}, {quoted.status})"
    return inert(f"Check: {where} characters {quoted.start}:{quoted.end} {told}")


def read_check_line(line: str, quote: str) -> Quoted | None:
    """The quote that a line is about, with `quote` for its words; None when it is no such line."""
    found = _LINE.search(line)
    if found is None:
        return None
    return Quoted(
        document_id=found["id"],
        version=found["version"],
        start=int(found["start"]),
        end=int(found["end"]),
        quote=quote,
        citation="",
        title="",
        kind="",
        channel=found["channel"],
        authority="",
        status=found["status"],
    )
