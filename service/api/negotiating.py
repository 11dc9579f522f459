"""Which form of a response a client wants, of those there are (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence

_QUALITY = re.compile(r"\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*", re.I)


def preferred(accept: str, offered: Sequence[str]) -> str:
    """The media type that is wanted most; the first one offered where several are, or none is.

    Of two types that are wanted alike, one that is named stands before one that `*/*` lets in.
    """
    ranges = [_range(part) for part in accept.split(",") if part.strip()]
    wanted = [(_wanted(media, ranges), -place) for place, media in enumerate(offered)]
    return offered[-max(wanted)[1]]


def _wanted(media: str, ranges: Sequence[tuple[str, float]]) -> tuple[float, int]:
    """How much a type is wanted, by the range that names it most closely, and how closely."""
    main = media.partition("/")[0]
    for closeness, name in ((2, media), (1, f"{main}/*"), (0, "*/*")):
        found = [quality for range_, quality in ranges if range_ == name]
        if found:
            return max(found), closeness if max(found) else 0
    return 0.0, 0


def _range(part: str) -> tuple[str, float]:
    """One range and its quality; a quality that cannot be read is that of a range without one."""
    name, *parameters = part.split(";")
    found = next((m for p in parameters if (m := _QUALITY.fullmatch(p))), None)
    return name.strip().lower(), min(float(found[1]), 1.0) if found else 1.0


def preferred_language(accept: str, offered: Sequence[str]) -> str:
    """The language wanted most of those offered; the first one where none of them is wanted.

    `es-MX` wants `es` (RFC 4647, section 3.4: basic lookup).
    """
    ranges = [_range(part) for part in accept.split(",") if part.strip()]
    wanted = {
        tag: max((q for name, q in ranges if name.split("-")[0] == tag), default=0.0)
        for tag in offered
    }
    best = max(offered, key=lambda tag: wanted[tag])
    return best if wanted[best] else offered[0]
