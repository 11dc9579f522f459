"""The numbers that Word computes for list paragraphs: "(a)", "1.", "I.", "2.3"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: where it starts, how its number is spelt, what stands around it."""

    start: int = 1
    spelling: str = "decimal"
    pattern: str = ""


class Numbering:
    """The lists of one document, and how far each has counted."""

    def __init__(self, root: etree._Element | None) -> None:
        self._lists: dict[str, tuple[str, dict[int, Level]]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._restarted: set[tuple[str, int]] = set()
        self._restarts: dict[tuple[str, int], int] = {}
        if root is not None:
            self._read(root)

    def label(self, list_id: str, depth: int) -> str:
        """The label of the next paragraph of a list; "" for a bullet or an unknown list."""
        abstract, levels = self._lists.get(list_id, ("", {}))
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self._counts[abstract]
        if (list_id, depth) in self._restarts and (list_id, depth) not in self._restarted:
            self._restarted.add((list_id, depth))
            counts[depth] = self._restarts[list_id, depth] - 1
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        if level.spelling in ("bullet", "none"):
            return ""
        return _PLACE.sub(
            lambda place: self._spelt(counts, levels, int(place[1]) - 1), level.pattern
        )

    def _spelt(self, counts: dict[int, int], levels: dict[int, Level], depth: int) -> str:
        level = levels.get(depth, Level())
        return _SPELLINGS.get(level.spelling, str)(counts.get(depth, level.start))

    def _read(self, root: etree._Element) -> None:
        abstracts = {
            value(abstract, "abstractNumId"): {
                int(level.get(f"{W}ilvl") or 0): _level(level) for level in abstract.iter(f"{W}lvl")
            }
            for abstract in root.iter(f"{W}abstractNum")
        }
        for number in root.iter(f"{W}num"):
            list_id = number.get(f"{W}numId") or ""
            abstract = value(number.find(f"{W}abstractNumId"))
            levels = dict(abstracts.get(abstract, {}))
            for override in number.iter(f"{W}lvlOverride"):
                depth = int(override.get(f"{W}ilvl") or 0)
                if (own := override.find(f"{W}lvl")) is not None:
                    levels[depth] = _level(own)
                if (start := override.find(f"{W}startOverride")) is not None:
                    self._restarts[list_id, depth] = int(value(start) or 1)
            self._lists[list_id] = (abstract, levels)


def value(element: etree._Element | None, name: str = "val") -> str:
    """An attribute of Word's namespace, by default the value; "" where there is none."""
    return (element.get(f"{W}{name}") or "") if element is not None else ""


def _level(level: etree._Element) -> Level:
    return Level(
        start=int(value(level.find(f"{W}start")) or 1),
        spelling=value(level.find(f"{W}numFmt")) or "decimal",
        pattern=value(level.find(f"{W}lvlText")),
    )


def _letters(number: int) -> str:
    """a … z, aa, bb: Word repeats the letter."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else ""


def _roman(number: int) -> str:
    spelt = ""
    for size, digits in _ROMAN:
        spelt += digits * (number // size)
        number %= size
    return spelt


_SPELLINGS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}
