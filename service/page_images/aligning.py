"""Which characters of a page are those of a quote: two readings of one page, laid side by side.

The canonical text and PDFium's differ in white space, hyphens, quotes, ligatures, in what the
reader left out (running heads, line numbers), and now and then in the order of columns and notes.
So the whole page is compared, letters and figures alone, and the quote is looked up in that; what
stands elsewhere on the page is found in further rounds. Values only; nothing here reads or writes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import Indel

_SIGNS = "§¶"
# A match of so many letters is none of chance; a shorter one stands only beside another.
_STRONG = 5
# Matches so near one another, in letters of both texts, are one; so long it must be in all.
_NEAR, _ENOUGH = 3, 12
# What was moved on the page: the shortest stretch that is looked for elsewhere, and how often.
_MOVED, _ROUNDS = 16, 3
_MOST_LETTERS = 30_000


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters and figures of a text, folded, and where in the text each one stands."""

    folded: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Letters:
        """Without marks over letters, case, ligatures, punctuation and white space."""
        pairs = [(letter, place) for place, c in enumerate(text) for letter in _folded(c)]
        return cls("".join(letter for letter, _ in pairs), tuple(place for _, place in pairs))


@dataclass(frozen=True, slots=True)
class Match:
    """Places of the text's letters, and of the page's letters, that are the same stretch."""

    here: int
    there: int
    length: int


def matched(text: Letters, page: Letters) -> dict[int, int]:
    """For each letter of a page's canonical text that the page shows, which one it is there."""
    if max(len(text.folded), len(page.folded)) > _MOST_LETTERS:
        return {}
    found = _pairs(_sound(_matches(text.folded, page.folded), _ENOUGH, page.folded))
    found = _grown(text.folded, page.folded, found)
    for _ in range(_ROUNDS):
        more = _moved(text.folded, page.folded, found)
        if not more:
            break
        found = _grown(text.folded, page.folded, found | more)
    return found


def _matches(text: str, page: str, here: int = 0, there: int = 0) -> list[Match]:
    blocks = Indel.editops(text, page).as_matching_blocks()
    slid = _slid([Match(b.a, b.b, b.size) for b in blocks if b.size], text, page)
    return [Match(here + m.here, there + m.there, m.length) for m in slid]


def _slid(matches: Sequence[Match], text: str, page: str) -> list[Match]:
    """Each match next to the one behind it where the same letters stand there too.

    "person on a" and "on a" are alike as well from the "on" of "person".
    """
    slid: list[Match] = []
    for match in reversed(matches):
        if slid:
            here, there = slid[-1].here - match.length, slid[-1].there - match.length
            letters = page[match.there : match.there + match.length]
            beside = here == match.here or there == match.there
            onward = here >= match.here and there >= match.there
            alike = text[max(0, here) : here + match.length] == letters
            if beside and onward and alike and page.startswith(letters, there):
                match = Match(here, there, match.length)
        slid.append(match)
    return slid[::-1]


def _sound(matches: Sequence[Match], enough: int, page: str) -> list[Match]:
    """Those that are no chance: strong ones, what stands beside them, and enough of it in all."""
    chains = map(_trimmed, _chains(matches, page))
    return [m for chain in chains if sum(m.length for m in chain) >= enough for m in chain]


def _chains(matches: Sequence[Match], page: str) -> Iterator[list[Match]]:
    """Matches that follow one another closely; a number alone, as of a line, parts nothing."""
    chain: list[Match] = []
    for match in matches:
        if chain and not _follows(chain[-1], match, page):
            yield chain
            chain = []
        chain.append(match)
    if chain:
        yield chain


def _follows(last: Match, match: Match, page: str) -> bool:
    skipped = page[last.there + last.length : match.there]
    near = len(skipped) <= _NEAR or skipped.isdecimal()
    return match.here - last.here - last.length <= _NEAR and near


def _trimmed(chain: Sequence[Match]) -> list[Match]:
    """From the first strong match to the last, with one short one at either end."""
    strong = [i for i, match in enumerate(chain) if match.length >= _STRONG]
    if not strong:
        return []
    return list(chain[max(0, strong[0] - 1) : strong[-1] + 2])


def _moved(text: str, page: str, found: dict[int, int]) -> dict[int, int]:
    """The best match of the longest stretch that is not found yet, elsewhere on the page."""
    free = _stretches(len(page), set(found.values()))
    best: dict[int, int] = {}
    for start, end in _stretches(len(text), found.keys()):
        for first, last in free:
            matches = _matches(text[start:end], page[first:last], start, first)
            pairs = _pairs(_sound(matches, _MOVED, page))
            if len(pairs) > len(best):
                best = pairs
    return best


def _grown(text: str, page: str, found: dict[int, int]) -> dict[int, int]:
    """Every stretch as long as both texts go on alike: a comparison may have scattered its ends."""
    grown, taken = dict(found), set(found.values())
    for step in (-1, 1):
        for start, first in found.items():
            here, there = start + step, first + step
            while (
                0 <= here < len(text)
                and 0 <= there < len(page)
                and here not in grown
                and there not in taken
                and text[here] == page[there]
            ):
                grown[here] = there
                taken.add(there)
                here, there = here + step, there + step
    return grown


def _stretches(length: int, taken: Iterable[int]) -> list[tuple[int, int]]:
    """The stretches of so many places that are free, if they are long enough to be looked for."""
    edges = [-1, *sorted(taken), length]
    return [(a + 1, b) for a, b in pairwise(edges) if b - a - 1 >= _MOVED]


def _pairs(matches: Iterable[Match]) -> dict[int, int]:
    return {m.here + n: m.there + n for m in matches for n in range(m.length)}


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    plain = unicodedata.normalize("NFKD", character).casefold()
    return "".join(c for c in plain if c.isalnum() or c in _SIGNS)
