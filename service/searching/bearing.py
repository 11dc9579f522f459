"""Which of the passages that the legs bring up bear on the words at all.

Each leg gives its nearest hundred however far those are. In an order by relevance the far ones
stand last; in an order by date they would stand first.
"""

from __future__ import annotations

from collections.abc import Callable

from pincite.types import Hit, Passage
from service.searching.matching import said

# Of each leg, so many bear whatever they say; of the others, those with half of what was asked.
_FIRST = 20
_HALF = 0.5
_BESIDE = ("note", "furniture")


class Bearing:
    """Tells for one search whether a passage bears on it; each passage is read once."""

    def __init__(self, stems: frozenset[str], rarity: Callable[[str], float]) -> None:
        self._stems, self._rarity = stems, rarity
        self._all = sum(map(rarity, stems))
        self._read: dict[tuple[str, int, int], float] = {}

    def __call__(self, hit: Hit) -> bool:
        """Whether a leg puts it among its first, several found it, or it says half of the words.

        What no leg ranked is law of a place or a text that is named. A publisher's note, or what
        stands before and behind a text, must say one of the words in any case.
        """
        ranks = {stage: rank for stage, rank in hit.ranks if stage != "rerank"}
        if "citation" in ranks:
            return True
        share = self._share(hit.passage)
        if hit.passage.locator.part in _BESIDE and not share:
            return False
        return len(ranks) != 1 or min(ranks.values()) <= _FIRST or share >= _HALF

    def _share(self, passage: Passage) -> float:
        """How much of the words a passage says, by their weight."""
        key = passage.document_id, passage.span.start, passage.span.end
        if key not in self._read:
            text = "\n".join((*passage.locator.headings, passage.text))
            weight = sum(map(self._rarity, said(text, self._stems)))
            self._read[key] = weight / self._all if self._all else 0.0
        return self._read[key]
