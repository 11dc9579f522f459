"""When to say nothing, and why: silence is better than a guess.

The chance that the best passage answers is read off three figures by a logistic curve fitted to
the development questions (`eval/questions/sanctuary-dev.toml`), never to the test questions.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from pincite.types import Reason

# Fitted by logistic regression on 85 development questions; 10-fold AUROC .96.
_SIMILARITY, _SCORE, _NAMES, _CONSTANT = 6.77, 5.54, 1.93, -9.36
# At .7, 95 % of the answerable development questions are answered and 88 % of the others not.
ENOUGH = 0.7
ANYTHING = 0.4


def chance(similarity: float, score: float, names: float) -> float:
    """How likely the evidence answers, between 0 and 1.

    `similarity` is the dense leg's best cosine, `score` and `names` are those of the best passage.
    """
    sum_ = _SIMILARITY * similarity + _SCORE * score + _NAMES * names + _CONSTANT
    return 1 / (1 + math.exp(-sum_))


def reason_for(likely: float) -> Reason | None:
    """Why evidence of that chance is no answer, or None when it is."""
    if likely >= ENOUGH:
        return None
    return "weak_evidence" if likely >= ANYTHING else "not_in_corpus"


def names_unheld(named: Sequence[str], held: Collection[str]) -> bool:
    """Whether the question names texts by citation and none of them is here."""
    return bool(named) and not set(named) & set(held)
