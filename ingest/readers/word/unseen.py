"""Words of a Word file that it does not print, or not so that anybody could read them."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from ingest.readers.word.numbering import W, value

_PALE = 245
_UNREADABLE = 4  # half points
_OFF = ("none", "0", "false", "off")
# What may lay a ground below letters: a shape, a cell of a table.
_GROUNDS = tuple(f"{W}{name}" for name in ("txbxContent", "tc"))


def is_on(look: etree._Element | None, name: str) -> bool:
    """Whether a run property is there and not switched off."""
    found = look.find(f"{W}{name}") if look is not None else None
    return found is not None and value(found) not in _OFF


def is_unseen(run: etree._Element, styles: Iterable[etree._Element]) -> bool:
    """Whether the run is hidden, white on white, or too small to be read; its own word counts."""
    looks = [run.find(f"{W}rPr"), *(style.find(f"{W}rPr") for style in styles)]
    said = [look for look in looks if look is not None]
    return _hidden(said) or _small(said) or (_pale(said) and not _on_a_ground(run, said))


def _first(looks: Iterable[etree._Element], name: str) -> etree._Element | None:
    return next((found for look in looks if (found := look.find(f"{W}{name}")) is not None), None)


def _hidden(looks: list[etree._Element]) -> bool:
    found = _first(looks, "vanish")
    return found is not None and value(found) not in _OFF


def _small(looks: list[etree._Element]) -> bool:
    size = value(_first(looks, "sz"))
    return size.isdigit() and int(size) < _UNREADABLE


def _pale(looks: list[etree._Element]) -> bool:
    colour = _first(looks, "color")
    if colour is None:
        return False
    if value(colour, "themeColor") in ("background1", "light1"):
        return True
    try:
        shades = bytes.fromhex(value(colour))
    except ValueError:  # "auto"
        return False
    return len(shades) == 3 and min(shades) >= _PALE


def _on_a_ground(run: etree._Element, looks: list[etree._Element]) -> bool:
    """Whether something that is not white may lie below the run."""
    if _first(looks, "shd") is not None or _first(looks, "highlight") is not None:
        return True
    if run.getroottree().find(f"{W}background") is not None:
        return True
    paragraph = next(run.iterancestors(f"{W}p"), None)
    shaded = paragraph is not None and paragraph.find(f"{W}pPr/{W}shd") is not None
    return shaded or any(above.tag in _GROUNDS for above in run.iterancestors())
