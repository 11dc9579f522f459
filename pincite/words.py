"""Words of English text as search sees them: lower-cased, stemmed, without function words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from threading import Lock

import snowballstemmer

_WORD = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:[.:–-]\d+)*[a-z]?|[^\W\d_]+(?:['’][^\W\d_]+)?", re.I)
_STEMMER = snowballstemmer.stemmer("english")
# The stemmer works on the word inside itself: two threads in it at once get each other's stems.
_STEMMING = Lock()

# Function words and the words that make a sentence a question. No word that the law gives
# weight to is here: "shall", "may", "not", "must", "only", "unless" stay.
_FUNCTION_WORDS = """
    a about am an and any are as at be been being but by can could did do does doing for from
    had has have having he her here hers him his how i if in into is it its itself just me
    mine my myself of on or our ours out over own same she should so some such than that the
    their theirs them then there these they this those to too under up us very was we were
    what when where which while who whom why will with would you your yours tell explain
    please say says said according
"""
STOP_WORDS = frozenset(_FUNCTION_WORDS.split())


def words(text: str) -> list[str]:
    """The words of a text, lower-cased, in order; "24-211.07" is one word, "13,768" is "13768"."""
    return [_plain(match[0]) for match in _WORD.finditer(text)]


def words_at(text: str) -> Iterator[tuple[int, int, str]]:
    """The same words, each behind where it starts and ends in the text."""
    for match in _WORD.finditer(text):
        yield match.start(), match.end(), _plain(match[0])


def _plain(word: str) -> str:
    return word.lower().replace("’", "'").replace(",", "")


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The Snowball stem of a lower-cased word."""
    with _STEMMING:
        stemmed: str = _STEMMER.stemWord(word.removesuffix("'s"))
    return stemmed


def terms(text: str) -> list[str]:
    """The stems of the words that carry meaning, in order."""
    return [stem(word) for word in words(text) if word not in STOP_WORDS]
