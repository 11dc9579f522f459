"""Which colours of an RTF file cannot be told from its page."""

from __future__ import annotations

import re

_TABLE = re.compile(r"\\colortbl\b([^{}]{0,100000})")
_SHADE = re.compile(r"\\(red|green|blue)(\d{1,3})(?!\d)")
# Words that lay something under letters or cells: white letters may be meant for it.
_GROUND = re.compile(r"\\(?:cb|highlight|chcbpat|cbpat|clcbpat|chshdng|shading|clshdng)[1-9]")
_PALE = 245


def unseen_colours(source: str) -> frozenset[int]:
    """The numbers of the colours that are as good as white, where nothing but white lies below."""
    table = _TABLE.search(source)
    if table is None or _GROUND.search(source):
        return frozenset()
    shades = [dict(_SHADE.findall(entry)) for entry in table[1].split(";")]
    return frozenset(
        number
        for number, shade in enumerate(shades)
        if len(shade) == 3 and all(int(value) >= _PALE for value in shade.values())
    )
