"""Amendments of the federal Constitution by their names: "the Fifth and Fourteenth Amendments"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pincite.citations.mentions import Mention, mention

_UNITS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
_TEENS = ["tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth"]
_TEENS += ["seventeenth", "eighteenth", "nineteenth", "twentieth"]
_ORDINALS = {
    word: number
    for number, word in enumerate([*_UNITS, *_TEENS, *(f"twenty-{u}" for u in _UNITS)], start=1)
}
_ORDINAL = (
    r"(?:[Tt]wenty[- ])?(?:"
    + "|".join(
        f"[{w[0].upper()}{w[0]}]{w[1:]}" for w in sorted([*_UNITS, *_TEENS], key=len, reverse=True)
    )
    + ")"
)
_NAMED = re.compile(r"\s[Aa]mendments?\b")
_BEFORE = re.compile(rf"(?:{_ORDINAL}(?:,\sand\s|\sand\s|\sor\s|,\s)){{0,4}}{_ORDINAL}$")
_REACH = 90
_LAST = 27


def amendments(text: str) -> Iterator[Mention]:
    """The amendments that a text names; the last of a list has the word with it."""
    for match in _NAMED.finditer(text):
        end = match.start()
        names = _BEFORE.search(text, max(0, end - _REACH), end)
        if names is None:
            continue
        found = list(re.finditer(_ORDINAL, names[0]))
        for name in found:
            number = _ORDINALS[name[0].lower().replace(" ", "-")]
            last = match.end() if name is found[-1] else names.start() + name.end()
            if number <= _LAST:
                yield mention(names.start() + name.start(), last, f"us const amend {number}")
