"""When to say nothing, and why: silence is better than a guess."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pincite.types import Reason


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Least scores of the best candidate. Below `corpus` nothing here is about the question."""

    corpus: float
    evidence: float


THRESHOLDS = Thresholds(corpus=0.40, evidence=0.48)


def reason_for(scores: Sequence[float], thresholds: Thresholds) -> Reason | None:
    """Why the best candidates do not answer, or None when they do."""
    if not scores or scores[0] < thresholds.corpus:
        return "not_in_corpus"
    if scores[0] < thresholds.evidence:
        return "weak_evidence"
    return None
