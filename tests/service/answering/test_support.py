"""The least covered word of the sentence that covers the question best."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pytest

from pincite.late_interaction import Alignment
from pincite.types import Span
from service.answering.support import least_covered

WORDS = re.compile(r"\w+")


def aligned(asked: Sequence[str], text: str, near: dict[tuple[str, str], float]) -> Alignment:
    """Words as tokens, equal ones at 1, others as told, else at 0."""
    said = [(m[0], Span(*m.span())) for m in WORDS.finditer(text)]
    rows = [[1.0 if a == w else near.get((a, w), 0.0) for w, _ in said] for a in asked]
    spans = tuple(span for _, span in said)
    return Alignment(tuple(Span(0, 0) for _ in asked), spans, np.array(rows, np.float32))


TEXT = "Mayor. The council appoints the clerk. The mayor names a deputy."
HEAD, FIRST, SECOND = Span(0, 6), Span(7, 38), Span(39, 64)


@pytest.mark.parametrize(
    ("asked", "least"),
    [
        (("council", "clerk"), 1.0),
        (("council", "deputy"), 0.0),  # no one sentence holds both
        (("Mayor", "clerk"), 1.0),  # the heading is said by every sentence
        (("nominates", "deputy"), 0.6),
    ],
)
def test_the_best_sentence_answers_for_its_least_covered_word(
    asked: tuple[str, ...], least: float
) -> None:
    found = aligned(asked, TEXT, {("nominates", "names"): 0.6})
    weights = np.ones(len(asked), np.float32)
    assert least_covered(found, weights, HEAD, [FIRST, SECOND]) == pytest.approx(least)


def test_a_word_without_weight_counts_for_nothing() -> None:
    found = aligned(("the", "clerk", "zebra"), TEXT, {})
    weights = np.array([0, 1, 0], np.float32)
    assert least_covered(found, weights, HEAD, [FIRST, SECOND]) == 1.0


def test_a_passage_cut_before_its_sentences_is_read_whole() -> None:
    found = aligned(("council",), TEXT, {})
    assert least_covered(found, np.ones(1, np.float32), Span(0, 0), [Span(900, 950)]) == 1.0
