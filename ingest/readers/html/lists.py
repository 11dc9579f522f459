"""The letters that HTML lists carry in their markup: the third item of type "a" is "(c)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
# Publishers also say the type by a class, or by a style.
_TYPES = {
    "alpha": "a",
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "decimal": "1",
    "lower-roman": "i",
    "upper-roman": "I",
    "roman": "i",
}
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)")
_MOST = 10_000


def list_letters(ol: HtmlElement) -> dict[HtmlElement, str]:
    """The letter of every item of an ordered list, such as "c" or "iv"; none if it shows none."""
    kind = _kind(ol)
    return {} if kind == "none" else {li: _written(at, kind) for li, at in _numbered(ol)}


def is_lettered(ol: HtmlElement) -> bool:
    """Whether the list's type says more than "numbers"."""
    return _kind(ol) in ("a", "A", "i", "I")


def _kind(ol: HtmlElement) -> str:
    given = str(ol.get("type", ""))
    if given in ("1", "a", "A", "i", "I"):
        return given
    style = _STYLE.search(ol.get("style", ""))
    names = [*ol.get("class", "").split(), *([style[1]] if style else [])]
    said = [_TYPES[name] for name in names if name in _TYPES]
    return said[0] if said else "none" if "none" in names else "1"


def _numbered(ol: HtmlElement) -> Iterator[tuple[HtmlElement, int]]:
    items = [child for child in ol if child.tag == "li"]
    reverse = ol.get("reversed") is not None
    number = _number(ol.get("start"), len(items) if reverse else 1)
    for item in items:
        number = _number(item.get("value"), number)
        yield item, number
        number += -1 if reverse else 1


def _number(written: str | None, otherwise: int) -> int:
    try:
        return int(written) if written else otherwise
    except ValueError:
        return otherwise


def _written(number: int, kind: str) -> str:
    if not 0 < number < _MOST or kind == "1":
        return str(number)
    letters = _roman(number) if kind in "iI" else _alphabetic(number)
    return letters.upper() if kind in "AI" else letters


def _alphabetic(number: int) -> str:
    """a to z, then aa, bb, as statutes go on (and not aa, ab, as browsers do)."""
    times, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * (times + 1)


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written
