"""How well the words of a passage cover those of a question, and which word they cover least.

A sentence that holds all of a question but one word answers another question: "who appoints the
deputy" is not answered by who appoints the officer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pincite.context import indexed_text
from pincite.late_interaction import Alignment, LateInteraction
from pincite.onnx import Numbers
from pincite.reranking import Reranker
from pincite.sentences import sentences
from pincite.types import Passage, Span
from pincite.words import STOP_WORDS, stem
from service.answering.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Covering:
    """A question's tokens held against a passage's behind its context.

    `weights` are those of the question's tokens, and sum to 1; `above` is the context, before
    `at`, where the passage's own text begins.
    """

    found: Alignment
    weights: Numbers
    above: Span

    @property
    def at(self) -> int:
        """Where the passage's own text begins."""
        return self.above.end


class Support:
    """How well passages cover a question, where a model tells their words apart."""

    def __init__(
        self, reranker: LateInteraction, question: str, rarity: Callable[[str], float]
    ) -> None:
        self._reranker, self._question, self._rarity = reranker, question, rarity
        self._held: dict[Passage, Covering] = {}

    def least(self, one: Evidence) -> float:
        """How near the passage's best sentence comes to the question's least covered word."""
        held, passage = self._covering(one), one.hit.passage
        own = [Span(held.at + s.start, held.at + s.end) for s in sentences(passage.text)]
        return least_covered(held.found, held.weights, held.above, own)

    def covered(self, one: Evidence, span: Span) -> float:
        """How near a stretch of the document comes to the question's words, on average.

        What stands in the passage's context (title, headings) counts as said.
        """
        held, start = self._covering(one), one.hit.passage.span.start
        own = Span(held.at + span.start - start, held.at + span.end - start)
        columns = _columns(held.found, own) | _columns(held.found, held.above)
        if not columns.any():
            return 0.0
        return float(held.found.near[:, columns].max(axis=1) @ held.weights)

    def _covering(self, one: Evidence) -> Covering:
        passage = one.hit.passage
        if passage not in self._held:
            text = indexed_text(one.document.entry, passage)
            found = self._reranker.alignment(self._question, text)
            weights = [_weight(self._question, span, self._rarity) for span in found.asked]
            above = Span(0, len(text) - len(passage.text))
            self._held[passage] = Covering(found, _shares(weights), above)
        return self._held[passage]


def support_of(
    reranker: Reranker | None, question: str, rarity: Callable[[str], float]
) -> Support | None:
    """How passages are judged; None where the reranker tells no words apart."""
    if not isinstance(reranker, LateInteraction):
        return None
    return Support(reranker, question, rarity)


def least_covered(
    found: Alignment, weights: Numbers, context: Span, sentences: list[Span]
) -> float:
    """The least cosine of a weighty token with the sentence that covers the question best.

    What stands in the context (title, headings) counts as said by every sentence.
    """
    above = _columns(found, context)
    rows = [
        found.near[:, columns | above].max(axis=1)
        for sentence in sentences
        if (columns := _columns(found, sentence)).any()
    ] or [found.near.max(axis=1)]
    best = max(rows, key=lambda row: float(row @ weights))
    return float(best[weights > 0].min())


def covered_by(
    reranker: LateInteraction, question: str, text: str, rarity: Callable[[str], float]
) -> float:
    """How near a whole text comes to a question's words, on average, the rare ones first."""
    found = reranker.alignment(question, text)
    weights = _shares([_weight(question, span, rarity) for span in found.asked])
    return float(found.near.max(axis=1) @ weights)


def _columns(found: Alignment, span: Span) -> NDArray[np.bool_]:
    """Which of the passage's tokens stand in a stretch."""
    middles = [(one.start + one.end) / 2 if one.end > one.start else -1.0 for one in found.said]
    return np.array([span.start <= middle < span.end for middle in middles])


def _shares(weights: Sequence[float]) -> Numbers:
    """The weights as shares of their sum; all alike where there is none."""
    found = np.array(weights, np.float32)
    if not found.any():
        found = np.ones_like(found)
    shares: Numbers = found / found.sum()
    return shares


def _weight(question: str, span: Span, rarity: Callable[[str], float]) -> float:
    """A token weighs what its word part is worth by rarity; stop words and marks nothing."""
    word = span.of(question).lower()
    return rarity(stem(word)) if word.isalnum() and word not in STOP_WORDS else 0.0
