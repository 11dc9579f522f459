"""Hard-wrapped lines made whole: hyphens at line ends, then the line breaks themselves.

    join_hyphens(Draft.of("Federal immigra-\\ntion law-\\nenforcement")).text

is "Federal immigration law-enforcement": a hyphen goes only where the word without it is
known, from the document itself or from a word list. A single newline is a hard wrap here,
and a blank line parts two blocks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from spellchecker import SpellChecker

from ingest.readers.draft import Draft, Edit, Match

_LETTER = r"[^\W\d_]"
_BROKEN = re.compile(
    rf"(?P<left>{_LETTER}(?:{_LETTER}|['’-])*)?(?P<hyphen>[-\u2010\u00ad])"
    rf"(?P<gap>[^\S\n]*\n[^\S\n]*)(?=\S)(?=(?P<right>{_LETTER}*)(?P<next>.?))"
)
_WORD = re.compile(rf"{_LETTER}+(?:['’]{_LETTER}+)?(?:[-\u2010]{_LETTER}+)*")
_WRAP = re.compile(r"(?<=\S)[^\S\n]*\n[^\S\n]*(?=\S)")
_GLUE = "–—/"  # a line may be broken after these, and no space stood there
# "short- and long-term": the hyphen hangs, and the next word stands apart.
_HANGING = frozenset({"and", "or", "to", "nor", "but"})
# Compounds of these are printed with their hyphen, even where a closed form exists.
_ALWAYS_HYPHENATED = frozenset({"all", "cross", "ex", "half", "quasi", "self", "well"})
# Endings that the word list often lacks beside the plain word.
_ENDINGS = ("s", "es", "ed", "ing", "ly", "al", "able", "ness", "’s", "'s")


def join_hyphens(draft: Draft, lexicon: Container[str] | None = None) -> Draft:
    """The draft without line breaks after hyphens, and without hyphens that only broke a word.

    A compound whose hyphenated form occurs in the document keeps its hyphen, and so does
    whatever is not known as one word. `lexicon` holds lower-case words; the default is a
    packaged English list.
    """
    breaks = list(_BROKEN.finditer(draft.text))
    if not breaks:
        return draft
    words = Vocabulary.of(_BROKEN.sub(" \n", draft.text), lexicon)
    joins: list[Edit] = []
    gaps: list[Edit] = []
    for found in breaks:
        if _is_one_word(found, words):
            joins.append((found.start("hyphen"), found.end("gap"), ""))
        elif found["hyphen"] == "\u00ad":
            joins.append((found.start("hyphen"), found.end("gap"), "-"))
        else:
            gaps.append((found.start("gap"), found.end("gap"), _gap(found)))
    return draft.replace(gaps, "space") if not joins else _both(draft, joins, gaps)


def unwrap(draft: Draft) -> Draft:
    """The draft with every single newline made a space; blank lines stay."""
    text = draft.text
    return draft.sub(
        _WRAP, lambda m: "" if text[m.start() - 1] in _GLUE and _tight(text, m) else " ", "space"
    )


@lru_cache(maxsize=1)
def english() -> Container[str]:
    """The packaged English word list; read once, when a word first needs it."""
    return cast(Container[str], SpellChecker(language="en", distance=1))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words and compounds that a document uses away from line ends, lower case."""

    counts: Counter[str]
    lexicon: Container[str] | None = None

    @classmethod
    def of(cls, text: str, lexicon: Container[str] | None = None) -> Vocabulary:
        """The vocabulary of a text."""
        return cls(Counter(_plain(word) for word in _WORD.findall(text)), lexicon)

    def uses(self, word: str) -> int:
        """How often the document itself has the word."""
        return self.counts[_plain(word)]

    def knows(self, word: str) -> bool:
        """Whether the document or the word list has the word, or has it without its ending."""
        word = _plain(word)
        lexicon = english() if self.lexicon is None else self.lexicon
        if self.counts[word] or word in lexicon:
            return True
        stems = (word.removesuffix(end) for end in _ENDINGS if word.endswith(end))
        return any(len(stem) > 3 and stem in lexicon for stem in stems)


def _is_one_word(found: Match, words: Vocabulary) -> bool:
    left, right = found["left"] or "", found["right"]
    first = re.split("[-\u2010]", left)[-1]
    if len(first) < 2 or not right or (right[0].isupper() and not first.isupper()):
        return False
    closed, hyphenated = words.uses(first + right), words.uses(f"{first}-{right}")
    if closed or hyphenated:
        return closed >= hyphenated
    if _plain(first) in _ALWAYS_HYPHENATED:
        return False
    if found["hyphen"] == "\u00ad" and not (words.knows(first) and words.knows(right)):
        return True
    return words.knows(first + right)


def _gap(found: Match) -> str:
    hangs = found["right"].lower() in _HANGING and found["next"].isspace()
    dash = not found["left"] and not found.string[: found.start("hyphen")][-1:].isalnum()
    return " " if hangs or dash else ""


def _both(draft: Draft, joins: list[Edit], gaps: list[Edit]) -> Draft:
    """Joined hyphens are recorded; a gap is white space, which `replace` leaves unrecorded."""
    return draft.replace([*joins, *gaps], "line-end hyphen")


def _tight(text: str, wrap: Match) -> bool:
    """Whether the dash before a line break stands close to the word before it."""
    return wrap.start() > 1 and not text[wrap.start() - 2].isspace()


def _plain(word: str) -> str:
    return word.lower().replace("’", "'").replace("\u2010", "-")
