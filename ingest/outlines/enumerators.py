"""Enumerators: what "(i)" is after "(h)", and what it is after "(A)".

A token alone is ambiguous; its place follows from the sequence in which it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

Style = Literal["paren", "dot"]
Family = Literal["number", "lower", "upper", "roman", "ROMAN"]

# Opening quotes and brackets of quoted or deleted matter, and the old number that a new one
# replaces: `[5] 3. Department` is 3. A few of them, or a line of quotes would take for ever.
_BEFORE = r"""[\s"“”‘'\[]{0,12}(?:\[?[\w.()]{1,5}\]\s{0,4})?[\s"“‘'\[]{0,12}"""
_VALUE = r"(?:\d{1,3}(?:[A-Z]{1,2}|-[A-Z\d]{1,2})?|[a-z]{1,5}|[A-Z]{1,5})"
_AT_START = re.compile(rf"{_BEFORE}(?:\((?P<paren>{_VALUE})\)|(?P<dot>{_VALUE})\.(?=\s|$))")
_NEXT = re.compile(rf"\s*(?:\((?P<paren>{_VALUE})\)|(?P<dot>{_VALUE})\.(?=\s|$))")
# Inside a line a clause starts after a full stop or a colon, with a capital.
_INSIDE = re.compile(rf"""(?<=[.:;])\s+["“\[]*\((?P<paren>{_VALUE})\)(?=\s*["“\[]*[A-Z])""")
# After a catchline ("Immigration enforcement. a. Definitions.") a dotted series may begin.
_INSIDE_DOT = re.compile(r"""(?<=[.:])\s+["“\[]*(?P<dot>a|1|i)\.(?=\s+["“\[]*[A-Z])""")
_ROMAN = re.compile(r"(?=.)(?:x{0,3})(?:ix|iv|v?i{0,3})")
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10}
_LOOK_AHEAD = 60
# No line of law opens more clauses at once: "(b) (1) (A) (i) (I)".
_MOST_LEADING = 12
# What follows the first of each family, and what follows the letter that looks the same.
_SECOND: dict[Family, tuple[str, str]] = {
    "roman": ("ii", "j"),
    "ROMAN": ("II", "J"),
    "number": ("2", "m"),
}


@dataclass(frozen=True, slots=True)
class Token:
    """An enumerator as printed: where its clause starts and ends in the text, "(a)" or "a."."""

    start: int
    end: int
    style: Style
    value: str
    deleted: bool = False
    heading: int | None = None  # the level of the heading that the line is, if it is one

    @property
    def label(self) -> str:
        """The label as lawyers cite it: "(a)" for "a." too."""
        return f"({self.value})"


def roman(value: str) -> int | None:
    """The number that a lower-case Roman numeral under 40 stands for."""
    if not _ROMAN.fullmatch(value):
        return None
    digits = [_ROMAN_DIGITS[c] for c in value]
    return sum(-d if d < max(digits[at:]) else d for at, d in enumerate(digits))


def to_roman(number: int) -> str:
    """The lower-case Roman numeral of a number under 40."""
    tens, ones = divmod(number, 10)
    return "x" * tens + ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"][ones]


def readings(value: str) -> list[tuple[Family, float]]:
    """All that an enumerator may mean: "i" is the ninth letter and the first Roman numeral."""
    if value[0].isdigit():
        digits = re.match(r"\d+", value)
        number = int(digits[0]) if digits else 0
        extra = value[len(digits[0]) :] if digits else ""
        return [("number", number + sum(ord(c) % 32 for c in extra) / 1000)]
    found: list[tuple[Family, float]] = []
    lower = value.lower()
    if len(set(lower)) == 1 and len(lower) <= 3:  # (aa) follows (z), (bb) follows (aa)
        letter = ord(lower[0]) - ord("a") + 1 + 26 * (len(lower) - 1)
        found.append(("lower" if value == lower else "upper", letter))
    number_ = roman(lower)
    if value == "l":  # what OCR makes of (1)
        found.append(("number", 1))
    if number_ is not None and (value == lower or value == value.upper()):
        family: Family = "roman" if value == lower else "ROMAN"
        found.insert(len(found) if len(value) == 1 else 0, (family, number_))
    return found


def leading(text: str, start: int, end: int) -> list[Token]:
    """The enumerators with which a line begins: `(b) (1)` and `7. i.` give two each."""
    found: list[Token] = []
    match = _AT_START.match(text, start, end)
    at = start
    while match and len(found) < _MOST_LEADING:
        token = _token(match, at)
        if not readings(token.value):
            break
        found.append(token)
        at = match.end()
        match = _NEXT.match(text, at, end)
    return found


def inside(text: str, start: int, end: int) -> Iterator[Token]:
    """Enumerators that open a sentence further on in a line."""
    every = [*_INSIDE.finditer(text, start, end), *_INSIDE_DOT.finditer(text, start, end)]
    for match in sorted(every, key=lambda m: m.start()):
        at = match.start() + len(match[0]) - len(match[0].lstrip())
        token = _token(match, at)
        if readings(token.value):
            yield token


def _token(match: re.Match[str], start: int) -> Token:
    style: Style = "paren" if match.groupdict().get("paren") else "dot"
    return Token(start, match.end(), style, match[style])


@dataclass(slots=True)
class _Level:
    style: Style
    family: Family
    live: float
    dead: float = 0
    heading: int | None = None

    def holds(self, style: Style, family: Family) -> bool:
        return (self.style, self.family) == (style, family)

    def follows(self, number: float, deleted: bool) -> bool:
        """Whether `number` comes right after the last one: (4) or (3A) after (3)."""
        last = max(self.live, self.dead) if deleted else self.live
        return last < number <= int(last) + 1


@dataclass(slots=True)
class Series:
    """The open enumerator series of one unit, outermost first."""

    levels: list[_Level] = field(default_factory=list)

    def place(
        self,
        token: Token,
        upcoming: Sequence[Token] = (),
        strict: bool = False,
        below: bool = False,
    ) -> int | None:
        """The depth at which a token's clause stands (0 is outermost), or None: no enumerator.

        `upcoming` are the tokens that follow; `strict` takes a next or a first one only; `below`
        begins a list of its own, wherever in that list the token stands.
        """
        meanings = readings(token.value)
        if below and meanings:
            return self._set(len(self.levels), token, *meanings[0])
        after = self._continuation(token, meanings)
        first = next((f for f, n in meanings if n == 1 and not self._has(token.style, f)), None)
        if after and first and not self._is_child(token, after[1], first, upcoming):
            return self._set(after[0], token, *after[1:])
        if first and (not after or self._is_child(token, after[1], first, upcoming)):
            return self._set(len(self.levels), token, first, 1)
        if after:
            return self._set(after[0], token, *after[1:])
        return None if strict else self._loose(token, meanings)

    def _continuation(
        self, token: Token, meanings: Sequence[tuple[Family, float]]
    ) -> tuple[int, Family, float] | None:
        for depth in range(len(self.levels) - 1, -1, -1):
            for family, number in meanings:
                level = self.levels[depth]
                if level.holds(token.style, family) and level.follows(number, token.deleted):
                    return depth, family, number
        return None

    def _is_child(
        self, token: Token, family: Family, first: Family, upcoming: Sequence[Token]
    ) -> bool:
        """After (h): (ii) before (j) makes (i) the first of a new list."""
        if family == first:
            return False
        if first not in _SECOND or self._is_set_alike(token, family):
            return False
        second, sibling = _SECOND[first]
        for other in upcoming[:_LOOK_AHEAD]:
            # Another (i) before any (ii) begins a list below this one.
            if other.style == token.style and other.value in (second, sibling, token.value):
                return other.value == second
        return False

    def _is_set_alike(self, token: Token, family: Family) -> bool:
        """Whether the token is a heading of the same level as its elder siblings."""
        return token.heading is not None and any(
            level.holds(token.style, family) and level.heading == token.heading
            for level in self.levels
        )

    def _loose(self, token: Token, meanings: Sequence[tuple[Family, float]]) -> int | None:
        """A gap or a restart in an open series; at the very beginning, and in parentheses, any."""
        for depth in range(len(self.levels) - 1, -1, -1):
            for family, number in meanings:
                level = self.levels[depth]
                if level.holds(token.style, family) and level.live < number <= level.live + 6:
                    return self._set(depth, token, family, number)
        for depth in range(len(self.levels) - 1, -1, -1):
            for family, number in meanings:
                if self.levels[depth].holds(token.style, family) and number == 1:
                    return self._set(depth, token, family, number)
        if meanings and (not self.levels or token.style == "paren"):
            family, number = meanings[0]
            known = [d for d, one in enumerate(self.levels) if one.holds(token.style, family)]
            return self._set(known[0] if known else len(self.levels), token, family, number)
        return None

    def _has(self, style: Style, family: Family) -> bool:
        return any(level.holds(style, family) for level in self.levels)

    def _set(self, depth: int, token: Token, family: Family, number: float) -> int:
        del self.levels[depth + 1 :]
        fresh = depth == len(self.levels)
        live = number if not token.deleted else (0 if fresh else self.levels[depth].live)
        dead = number if token.deleted else (0 if fresh else self.levels[depth].dead)
        level = _Level(token.style, family, live, dead, token.heading)
        self.levels[depth:] = [level]
        return depth
