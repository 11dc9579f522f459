"""When to say nothing, and why: silence is better than a guess.

The chance that the corpus answers is read off four figures by a logistic curve fitted to the
development questions of `eval/benchmarks/sanctuary` and of `eval/questions` whose documents are
in the same half, never to the test half (docs/experiments.md).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from pincite.types import Reason

_FUSED, _SIMILARITY, _NAMES, _UNHELD, _CONSTANT = 1.6, 5.06, 0.77, -2.15, -3.66
# Fitted on 146 questions; 8-fold by family, AUROC .78. At .6, 92 to 94 % of the answerable ones are
# answered, and three of four that are not answered had no answer.
ENOUGH = 0.6
ANYTHING = 0.4


def chance(similarity: float, fused: float, names: float, *, unheld: bool) -> float:
    """How likely the corpus answers, between 0 and 1.

    `similarity` is the dense leg's best cosine; `fused` and `names` are those of the best
    passage; `unheld` tells whether the question names a source that is not here.
    """
    sum_ = _FUSED * fused + _SIMILARITY * similarity + _NAMES * names + _CONSTANT
    return 1 / (1 + math.exp(-(sum_ + (_UNHELD if unheld else 0.0))))


def reason_for(likely: float, *, unheld: bool) -> Reason | None:
    """Why evidence of that chance is no answer, or None when it is."""
    if likely >= ENOUGH:
        return None
    return "weak_evidence" if likely >= ANYTHING and not unheld else "not_in_corpus"


def names_unheld(named: Sequence[str], held: Collection[str]) -> bool:
    """Whether the question names texts by citation and none of them is here.

    A bare section ("§ 287(g)") names no text: it may be one of an act that is held as a code's.
    """
    texts = {name for name in named if not name.startswith("§")}
    return bool(texts) and not set(named) & set(held)
