"""Where the words of a passage stand in other texts, word for word or nearly so."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence

from pincite.types import Span

_WORD = re.compile(r"\w+")
_RUN = 5
# What ends a sentence or a quotation behind its last word.
_CLOSING = re.compile(r"[.,;:!?)\]\"'”’]*")
# So much of a passage must be found, in its order, in a stretch not much longer than it is.
_FOUND = 0.5
_SHIFT = 0.25


class PhraseIndex:
    """The runs of five words of some texts, with where each stands."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = dict(texts)
        self._words: dict[str, list[Span]] = {}
        self._runs: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
        for name, text in texts.items():
            spans, runs = _runs(text)
            self._words[name] = spans
            for at, run in enumerate(runs):
                self._runs[run].append((name, at))

    def find(self, passage: str) -> dict[str, Span]:
        """For every text that holds most of the passage's words in a row, where it does."""
        spans, runs = _runs(passage)
        found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for at, run in enumerate(runs):
            for name, place in self._runs.get(run, ()):
                found[name].append((place - at, at))
        wanted = max(1, int(_FOUND * len(runs)))
        placed = (
            (name, self._stretch(name, pairs, len(spans)))
            for name, pairs in found.items()
            if len(pairs) >= wanted
        )
        return {name: span for name, span in placed if span is not None}

    def _stretch(self, name: str, pairs: list[tuple[int, int]], length: int) -> Span | None:
        """The stretch of a text that most runs point at, each by its distance from there."""
        pairs.sort()
        shifts = [shift for shift, _ in pairs]
        most, best = 0, 0
        for first, shift in enumerate(shifts):
            inside = bisect_left(shifts, shift + 1 + int(_SHIFT * length), first) - first
            if inside > most:
                most, best = inside, first
        near = sorted(pairs[best : best + most], key=lambda pair: pair[1])
        if len({at for _, at in near}) < _FOUND * (length - _RUN + 1):
            return None
        spans = self._words[name]
        first = max(0, near[0][0])
        last = min(len(spans), near[-1][0] + length)
        if not first < last:
            return None
        end = spans[last - 1].end
        closing = _CLOSING.match(self._texts[name], end)
        return Span(spans[first].start, closing.end() if closing else end)


def _runs(text: str) -> tuple[list[Span], list[int]]:
    """The words of a text by their places, and its runs of five as numbers of this process."""
    matches = list(_WORD.finditer(text))
    said = [match[0].lower() for match in matches]
    return [Span(*match.span()) for match in matches], _numbered(said)


def _numbered(said: Sequence[str]) -> list[int]:
    rows = (said[shift:] for shift in range(_RUN))
    return [hash(run) for run in zip(*rows, strict=False)]
