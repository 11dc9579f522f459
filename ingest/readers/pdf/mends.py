"""Small mends of a PDF's characters, each on record: ligatures, bullets, letters set apart.

Fonts without a map to Unicode give glyph numbers only. Most number their glyphs in the order
that TrueType calls standard; it is taken where it yields words, and else nothing is made up.
"""

from __future__ import annotations

import re
from functools import cache

from ingest.readers.draft import Draft, Match
from ingest.readers.hyphens import Vocabulary
from ingest.readers.pdf.runs import GLYPH_NUMBERS

_LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
# Symbol fonts put their bullets into the private use area.
_BULLETS = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "▸", "\uf0fc": "✓", "\uf02d": "-"}
_APART = re.compile(r"(?<!\S)[A-Za-z](?: [A-Za-z]){4,}(?!\S)")
_LONGEST = 60
_NUMBERED = re.compile(f"[{chr(GLYPH_NUMBERS)}-{chr(GLYPH_NUMBERS + 0xFFFF)}]+")
_LONE = re.compile(rf"^{_NUMBERED.pattern[:-1]}(?= )", re.M)  # a symbol that opens a line
_STANDARD_ORDER = ord(" ") - 3  # glyph 3 is the space, and ASCII follows
_KNOWN_SHARE = 0.5  # names are not in any list


def mended(draft: Draft) -> Draft:
    """The draft with its characters mended where it is certain what stands there."""
    draft = draft.sub(_any_of(_LIGATURES), lambda m: _LIGATURES[m[0]], "ligature")
    draft = draft.sub(_any_of(_BULLETS), lambda m: _BULLETS[m[0]], "symbol font")
    draft = _numbers_read(draft)
    if not _APART.search(draft.text):
        return draft
    words = Vocabulary.of(_APART.sub(" ", draft.text))
    return draft.sub(_APART, lambda m: _closed_up(m, words), "letters set apart")


def _numbers_read(draft: Draft) -> Draft:
    """Glyph numbers as characters in the standard order, or as unreadable."""
    if not _NUMBERED.search(draft.text):
        return draft
    draft = draft.sub(_LONE, lambda m: m[0] if _in_order(m[0]) != "\ufffd" else "•", "symbol font")
    found = _NUMBERED.findall(draft.text)
    words = re.findall(r"[^\W\d_]{3,}", " ".join(map(_in_order, found)))
    vocabulary = Vocabulary.of(draft.text)
    known = sum(vocabulary.knows(word) for word in words)
    if words and known >= _KNOWN_SHARE * len(words):
        return draft.sub(_NUMBERED, lambda m: _in_order(m[0]), "glyph numbers")
    return draft.sub(_NUMBERED, "\ufffd", "unreadable glyphs")


def _in_order(numbers: str) -> str:
    codes = (ord(number) - GLYPH_NUMBERS + _STANDARD_ORDER for number in numbers)
    return "".join(chr(code) if 0x20 <= code <= 0x7E else "\ufffd" for code in codes)


def _closed_up(found: Match, words: Vocabulary) -> str:
    """ "o f f i c e r s o r" as "officers or", where the document's own words allow one reading."""
    letters = found[0].replace(" ", "")
    if len(letters) > _LONGEST:
        return found[0]

    @cache
    def readings(start: int) -> tuple[tuple[str, ...], ...]:
        """The ways to read the rest in the fewest words."""
        if start == len(letters):
            return ((),)
        found = [
            (letters[start:end], *rest)
            for end in range(start + 1, len(letters) + 1)
            if words.uses(letters[start:end]) and (end - start > 1 or letters[start] in "aAI")
            for rest in readings(end)
        ]
        fewest = min(map(len, found), default=0)
        return tuple(reading for reading in found if len(reading) == fewest)

    best = readings(0)
    if not best and words.knows(letters):
        return letters
    return " ".join(best[0]) if len(best) == 1 else found[0]


def _any_of(characters: dict[str, str]) -> re.Pattern[str]:
    return re.compile(f"[{''.join(characters)}]")
