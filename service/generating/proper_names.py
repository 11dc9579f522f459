"""The proper names of a sentence, and whether other words hold them."""

from __future__ import annotations

import re
from functools import lru_cache

from pincite.places import states
from pincite.words import STOP_WORDS, stem, words
from service.answering.evidence import proper_terms
from service.wording import SYNONYMS

_FIRST = re.compile(r"(?:^|(?<=[.?!:] ))[\"“(]*([A-Z][\w’'-]*)(\s+[A-Z][\w’'-]*)?")


@lru_cache(maxsize=1)
def _known_places() -> frozenset[str]:
    return frozenset(stem(word) for name in states() for word in words(name)) - _COMMON


# Who acts is often named by office alone, without a capital.
_ROLES = """
    attorney auditor clerk commissioner congress council director governor judge legislature
    magistrate mayor president prosecutor secretary senate sheriff treasurer warden
"""
_OFFICES = frozenset(_ROLES.split())
_COMMON = frozenset({"of", "island", "district", "new", "north", "south", "west", "northern"})


def names_in(statement: str, seen: str) -> set[str]:
    """The stems of a statement's names and offices. At its start a capital proves nothing.

    There a word is a name where it names a state, where another capital follows, or where the
    texts at hand (`seen`) write it with a capital alone.
    """
    found = {term for term in proper_terms(statement) if not term[0].isdigit()}
    for match in _FIRST.finditer(statement):
        word = match[1].lower()
        if word in STOP_WORDS:
            continue
        first = stem(words(word)[0]) if words(word) else ""
        always = re.search(rf"(?<![.?!:] )(?<!^)\b{re.escape(match[1])}\b", seen)
        small = re.search(rf"\b{re.escape(word)}\b", seen)
        if first in _known_places() or match[2] or (always and not small):
            found.add(first)
    found |= {stem(word) for word in words(statement) if word in _OFFICES}
    return {term for term in found if term not in STOP_WORDS}


def unsupported_names(statement: str, quotes: str, known: str, seen: str) -> set[str]:
    """The names of a statement that stand neither in its quotes nor in what they are known by.

    A short name is held by its words: "ICE" by "Immigration and Customs Enforcement".
    """
    held = {stem(word) for word in words(f"{quotes} {known}")}
    held |= {stem(short) for short in _initials(f"{quotes} {known}")}
    also = {
        stem(word)
        for said, meant in SYNONYMS.items()
        if {stem(w) for w in words(meant)} <= held
        for word in words(said)
    }
    spelt = {term for term in names_in(statement, seen) - held - also if not _is_spelt(term, held)}
    return spelt


def _initials(text: str) -> set[str]:
    """The initials of runs of capitalised words: "dhs" of "Department of Homeland Security"."""
    found: set[str] = set()
    letters = ""
    for word in re.findall(r"[\w’'.-]+", text):
        if word[0].isupper():
            letters += word[0].lower()
            found.update(letters[at:] for at in range(len(letters) - 1))
        elif word.lower() not in ("of", "and", "for", "the"):
            letters = ""
        letters = letters[-8:]
    return found


def _is_spelt(term: str, held: set[str]) -> bool:
    """Whether a short name's words are held: "us" by "united" and "states"."""
    return {stem(word) for word in _SPELT.get(term, ("",))} <= held


_SPELT = {
    "u.s": ("united", "states"),
    "u": ("united", "states"),
    "s": ("united", "states"),
    "us": ("united", "states"),
    "federal": ("united", "states"),
    "american": ("united", "states"),
}
