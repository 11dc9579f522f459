"""Characters that no page shows: they hide words, turn writing round, or drive a terminal.

Readers take them out of a text on record; doors show U+FFFD in the place of those that come some
other way, such as in a file's name.
"""

from __future__ import annotations

import re

# Tab, newline, vertical tab, form feed, return and U+0085 are white space. U+00AD is a hyphen
# that a line may need; U+200C and U+200D join letters in some scripts.
_CONTROLS = ((0x00, 0x08), (0x0E, 0x1F), (0x7F, 0x84), (0x86, 0x9F))
_FORMAT = (
    (0x034F, 0x034F),  # combining grapheme joiner
    (0x061C, 0x061C),  # Arabic letter mark
    (0x115F, 0x1160),  # Hangul fillers, and two more below
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200B),
    (0x200E, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),  # variation selectors: any bytes can be told in them, and not one is seen
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF9, 0xFFFB),
    (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),  # tags and more selectors: a whole alphabet without a glyph
)
_CLASS = "".join(f"{chr(a)}-{chr(b)}" for a, b in (*_CONTROLS, *_FORMAT))
_BREAKS = (0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029)

UNSEEN = re.compile(f"[{_CLASS}]")
# Joiners behind a letter that joins nothing.
IDLE_JOINERS = re.compile(
    "[\u200c\u200d](?<![\u0600-\u18af\u2600-\u27bf\ua800-\uabff\U0001f000-\U0001faff][\u200c\u200d])"
)
_HIDING = re.compile(f"[{_CLASS}{''.join(map(chr, _BREAKS))}]")
_VISIBLY = {
    code: "\ufffd" for a, b in (*_CONTROLS, *_FORMAT) for code in range(a, b + 1)
} | dict.fromkeys(_BREAKS, "\ufffd")


def without_unseen(text: str) -> str:
    """The text without what is not seen of it."""
    return IDLE_JOINERS.sub("", UNSEEN.sub("", text))


def visibly(text: str) -> str:
    """The text with U+FFFD for every such character; a tab and a newline stay."""
    # Nearly every text hides nothing, and to look takes a tenth of the time of replacing.
    return text.translate(_VISIBLY) if _HIDING.search(text) else text
