"""What is known of a page beside its picture: its size, and where each of its characters stands.

Values only, shared by the child that reads pages and by who believes what it says.
"""

from __future__ import annotations

from typing import Annotated, Literal

from annotated_types import Ge, Le, MaxLen
from pydantic.dataclasses import dataclass

Size = Literal["page", "large"]
DOTS_PER_INCH: dict[Size, int] = {"page": 120, "large": 220}
"""How fine a page is drawn; a letter page comes to 1,020 pixels across, and to 1,870."""

EDGE = 10_000
"""Places on a page count in ten-thousandths of its width and height, from the top left."""
MOST_CHARACTERS = 40_000
"""Of a page that holds more, none can be pointed out."""
REVISION = 1
"""Raised when a picture or its characters come out otherwise; what was kept is then left alone."""

_Points = Annotated[float, Ge(0), Le(1e12)]
_Place = Annotated[int, Ge(0), Le(EDGE)]
Box = tuple[_Place, _Place, _Place, _Place]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: how many there are, its width and height in points as shown, and its characters.

    `boxes` has one box a character of `text`; what takes no room on the page is in neither.
    `words` numbers the word, parted by white space, that each character belongs to.
    """

    count: Annotated[int, Ge(1)]
    width: _Points
    height: _Points
    text: Annotated[str, MaxLen(MOST_CHARACTERS)] = ""
    boxes: Annotated[tuple[Box, ...], MaxLen(MOST_CHARACTERS)] = ()
    words: Annotated[tuple[int, ...], MaxLen(MOST_CHARACTERS)] = ()
    whole: bool = True


def pixels(sheet: Sheet, size: Size) -> tuple[int, int]:
    """The width and height of a page's picture."""
    return pixels_of(sheet.width, sheet.height, size)


_MOST_PIXELS: dict[Size, int] = {"page": 2_000_000, "large": 6_000_000}
_LONGEST = 6_000


def pixels_of(width: float, height: float, size: Size) -> tuple[int, int]:
    """The pixels of a page of so many points: bounded, whatever size the page says it has."""
    scale = DOTS_PER_INCH[size] / 72
    across, down = max(width, 1.0) * scale, max(height, 1.0) * scale
    fit = min(1.0, (_MOST_PIXELS[size] / (across * down)) ** 0.5, _LONGEST / max(across, down))
    # 1,870 pixels come to 1,869.9999 as a float
    return max(1, int(across * fit + 1e-6)), max(1, int(down * fit + 1e-6))
