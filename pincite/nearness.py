"""How nearly texts agree: by the runs of words that they share, counted, not sampled.

Broder, "On the Resemblance and Containment of Documents" (SEQUENCES 1997), on whole sets.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from pincite.words import words

# Words a run. Five words in a row are seldom shared by chance.
RUN = 5
# A run that more texts share is a form's boilerplate: it makes no pair by itself.
_MOST_SHARING = 200
_MIX = np.uint64(6364136223846793005)

Runs = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Nearness:
    """Two texts by name, with the runs of words that they share.

    `resemblance` is the share of the runs of either that both have, `containment` the share of
    the runs of the text that has fewer. `smaller` names that text.
    """

    one: str
    other: str
    shared: int
    resemblance: float
    containment: float
    smaller: str


def runs_of(text: str) -> Runs:
    """The runs of five words of a text as numbers, each once, in order of size.

    A shorter text is one run.
    """
    numbers = np.array([_number(word) for word in words(text)], dtype=np.uint64)
    length = min(RUN, len(numbers))
    mixed = np.zeros(max(0, len(numbers) - length + 1) if length else 0, np.uint64)
    for shift in range(length):
        mixed = mixed * _MIX + numbers[shift : shift + len(mixed)]
    return np.unique(mixed)


def near_pairs(texts: Mapping[str, Runs], containment: float) -> list[Nearness]:
    """Every two texts of which one holds at least that share of the other's runs, nearest first."""
    names = sorted(texts)
    shared: Counter[tuple[int, int]] = Counter()
    for holders in _holders([texts[name] for name in names]):
        shared.update(combinations(holders, 2))
    found = (
        _nearness(names[a], names[b], count, texts) for (a, b), count in sorted(shared.items())
    )
    near = [pair for pair in found if pair.containment >= containment]
    return sorted(near, key=lambda pair: (-pair.containment, -pair.resemblance))


def _nearness(one: str, other: str, shared: int, texts: Mapping[str, Runs]) -> Nearness:
    sizes = len(texts[one]), len(texts[other])
    smaller = one if sizes[0] <= sizes[1] else other
    either = sum(sizes) - shared
    return Nearness(one, other, shared, shared / either, shared / min(sizes), smaller)


def _holders(texts: list[Runs]) -> Iterator[list[int]]:
    """For each run that several texts have, those texts."""
    if not texts:
        return
    runs = np.concatenate(texts)
    owners = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    order = np.argsort(runs, kind="stable")
    starts = np.flatnonzero(np.diff(runs[order])) + 1
    for group in np.split(owners[order], starts):
        if 1 < len(group) <= _MOST_SHARING:
            yield group.tolist()


@lru_cache(maxsize=200_000)
def _number(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "big")
