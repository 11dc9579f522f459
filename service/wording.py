"""The question's own words, mended and widened before anything is looked for.

What was asked is kept and shown; only what the legs and the reranker see is changed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from pincite.places import place_name

# What the other words for a thing weigh in the BM25 leg, beside the question's own.
WIDENED_WEIGHT = 0.3
_LEAST_LETTERS = 4
# One slip in a short word, two in a long one; the first letter is hardly ever wrong.
_LONG = 7
# A word that no dictionary knows and that stands less often than this may itself be a slip.
_OFTEN = 5
_TYPED = re.compile(r"(?<![\w.§’'-])[a-z]+(?![\w’'-]|\.\w)")

# The field's everyday words, and the texts' own for the same.
_SAME = """
    ice = immigration and customs enforcement
    dhs = department of homeland security
    doj = department of justice
    ins = immigration and naturalization service
    nypd = police department
    feds = federal government
    cop, cops = police officer law enforcement
    jail, lockup = correctional facility detention
    locked up, jailed = detained confined incarcerated
    immigration hold, ice hold, ice holds, ice detainer, ice detainers = civil immigration detainer
    undocumented, illegal immigrant = alien unlawfully present
    immigrant = alien noncitizen
    deport, kicked out = removal removed
    boss = employer
    raid = enforcement operation
    strings attached = condition
    cut off, lose money = withhold funds ineligible
    sue = civil action
"""
_ROWS = [row.split("=") for row in map(str.strip, _SAME.strip().splitlines())]
SYNONYMS: Mapping[str, str] = {
    said.strip(): meant.strip() for often, meant in _ROWS for said in often.split(",")
}


@dataclass(frozen=True, slots=True)
class Wording:
    """A question as it is looked for: its text, what was respelt, what else its words may be."""

    text: str
    respelt: tuple[tuple[str, str], ...] = ()
    widened: str = ""


class Spelling:
    """The words of a corpus, and which of them a word that nobody knows is a slip of.

    They lie by first letter and length, so that a slip is held against few of them.
    """

    def __init__(self, vocabulary: Mapping[str, int], english: Collection[str]) -> None:
        self._counts, self._english = vocabulary, english
        self._alike: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        for word, count in vocabulary.items():
            if count >= _OFTEN or word in english:
                self._alike[word[0], len(word)].append(word)

    def meant(self, word: str) -> str | None:
        """The corpus's word that a word of no text and no dictionary is a slip of, if any."""
        if len(word) < _LEAST_LETTERS or word in self._counts or word in self._english:
            return None
        most = 2 if len(word) >= _LONG else 1
        near = [
            (distance, not _holds(known, word), -self._counts[known], known)
            for length in range(len(word) - most, len(word) + most + 1)
            for known, distance, _ in process.extract(
                word,
                self._alike.get((word[0], length), ()),
                scorer=OSA.distance,
                score_cutoff=most,
                limit=None,
            )
        ]
        return min(near)[3] if near else None


def worded(text: str, spelling: Spelling) -> Wording:
    """The wording of a question over a corpus of that spelling."""
    typed = dict.fromkeys(_TYPED.findall(text))
    respelt = {word: better for word in typed if (better := spelling.meant(word)) is not None}
    text = _TYPED.sub(lambda match: respelt.get(match[0], match[0]), text)
    return Wording(text, tuple(respelt.items()), widened(text))


@cache
def english_words() -> frozenset[str]:
    """The words of an English dictionary; what stands in it is no slip."""
    from spellchecker import SpellChecker

    return frozenset(SpellChecker(language="en").word_frequency.dictionary)


def _holds(known: str, word: str) -> bool:
    """Whether letters were only left out of a word, the commonest slip: "wich" is "which"."""
    letters = iter(known)
    return all(letter in letters for letter in word)


def widened(text: str) -> str:
    """The other words for what a question names: "cops" are "police officer law enforcement"."""
    lower = text.lower()
    found = [
        meant for said, meant in SYNONYMS.items() if re.search(rf"\b{re.escape(said)}\b", lower)
    ]
    return " ".join(dict.fromkeys(found))


def places_named(text: str, jurisdictions: frozenset[str]) -> tuple[str, ...]:
    """The places of the corpus that a question names, by path; "DC" and "NYC" count.

    The longest name is meant: "New York City" does not name the state as well.
    """
    pattern, paths = _place_names(jurisdictions)
    named = (paths.get(match[0].lower(), ()) for match in pattern.finditer(text))
    return tuple(sorted({path for group in named for path in group}))


def place_names(jurisdictions: frozenset[str]) -> tuple[str, ...]:
    """The names, in small letters, by which a question can name these places."""
    return tuple(_place_names(jurisdictions)[1])


@lru_cache(maxsize=8)
def _place_names(
    jurisdictions: frozenset[str],
) -> tuple[re.Pattern[str], Mapping[str, list[str]]]:
    """A pattern that finds the names of these places, and the places of each name."""
    paths: defaultdict[str, list[str]] = defaultdict(list)
    for path in jurisdictions - {"us"}:
        for name in (place_name(path).split(",")[0], *_SHORT.get(path, ())):
            paths[name.lower()].append(path)
    names = "|".join(re.escape(name) for name in sorted(paths, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{names})(?!\w)", re.I), paths


_SHORT: Mapping[str, tuple[str, ...]] = {
    "us/dc": (
        "Washington, D.C.",
        "Washington, DC",
        "Washington D.C.",
        "Washington DC",
        "D.C.",
        "DC",
    ),
    "us/ny/new-york-city": ("NYC", "N.Y.C."),
}
