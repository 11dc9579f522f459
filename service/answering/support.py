"""How well the best sentence of a passage covers a question: the word that it covers least.

A sentence that holds all of a question but one word answers another question: "who appoints the
deputy" is not answered by who appoints the officer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from pincite.context import indexed_text
from pincite.onnx import Numbers
from pincite.reranking import Alignment, LateInteraction, Reranker
from pincite.sentences import sentences
from pincite.types import Span
from pincite.words import STOP_WORDS, stem
from service.abstaining import Figures
from service.answering.evidence import Evidence

Support = Callable[[Evidence], float | None]
"""A passage to how near its best sentence comes to the question's least covered word."""


def unknown(one: Evidence) -> float | None:
    """The support of a passage where no model tells its words apart."""
    return None


def figures_of(evidence: Sequence[Evidence], support: Support, *, unheld: bool) -> Figures | None:
    """What abstention looks at, of evidence that is sorted; None where there is none."""
    if not evidence:
        return None
    best = evidence[0]
    return Figures(
        fused=best.hit.fused,
        similarity=max(one.hit.similarity or 0.0 for one in evidence),
        names=best.names,
        unheld=float(unheld),
        least=support(best),
    )


def support_of(reranker: Reranker | None, question: str, rarity: Callable[[str], float]) -> Support:
    """How passages are judged; None for each where the reranker tells no words apart."""
    if not isinstance(reranker, LateInteraction):
        return unknown
    return lambda one: _support(reranker, question, rarity, one)


def _support(
    reranker: LateInteraction, question: str, rarity: Callable[[str], float], one: Evidence
) -> float:
    passage = one.hit.passage
    text = indexed_text(one.document.entry, passage)
    at = len(text) - len(passage.text)
    own = [Span(at + s.start, at + s.end) for s in sentences(passage.text)]
    found = reranker.alignment(question, text)
    weights = np.array([_weight(question, span, rarity) for span in found.asked], np.float32)
    if not weights.any():
        weights = np.ones_like(weights)
    return least_covered(found, weights, Span(0, at), own)


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


def _columns(found: Alignment, span: Span) -> NDArray[np.bool_]:
    """Which of the passage's tokens stand in a stretch."""
    middles = [(one.start + one.end) / 2 if one.end > one.start else -1.0 for one in found.said]
    return np.array([span.start <= middle < span.end for middle in middles])


def _weight(question: str, span: Span, rarity: Callable[[str], float]) -> float:
    """A token weighs what its word part is worth by rarity; stop words and marks nothing."""
    word = span.of(question).lower()
    return rarity(stem(word)) if word.isalnum() and word not in STOP_WORDS else 0.0
