"""When to say nothing, and why: silence is better than a guess.

The chance that the corpus answers is read off a few figures by a logistic curve fitted to the
development questions of `eval/benchmarks/sanctuary` and of `eval/questions` whose documents are
in the same half, never to the test half (`python -m eval.abstention`, docs/experiments.md).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import astuple, dataclass

from pincite.types import Reason

ENOUGH = 0.6
ANYTHING = 0.4


@dataclass(frozen=True, slots=True)
class Figures:
    """What the evidence looks like.

    `fused` and `names` are those of the best passage, `similarity` is the dense leg's best
    cosine, `unheld` is 1 where the question names a source that is not here. `least` is how near
    the best sentence comes to the question's least covered word, None where that is not known.
    `answers` is the selector's log-odds that the best stretch answers, None without a selector.
    """

    fused: float = 0.0
    similarity: float = 0.0
    names: float = 0.0
    unheld: float = 0.0
    least: float | None = None
    answers: float | None = None


# The weights of a curve, in the order of the figures, and its constant. With the selector they are
# fitted on questions of families that the selector had not learnt from and on the development
# questions, both sets counting alike (`python -m eval.selector.held_out`): AUROC .840 and .931 over
# folds by family, where a curve over all six figures has .823 and .936. The log-odds count .57
# instead of .68, since those of the shipped selector, which learnt from all families, spread 1.2
# to 1.3 times as wide. The constant is that of the fit and .4 more, which supposes that people ask
# more questions that have an answer.
# Without the selector: 153 questions, 8 folds by family: AUROC .898 with the least covered word,
# .893 without.
_WITH_SELECTOR = (0.0, 0.0, 0.0, -3.90, 0.0, 0.57, 1.38)
_WITH_WORDS = (2.47, 5.27, 0.76, -2.80, 3.96, 0.0, -6.48)
_WITHOUT_WORDS = (2.58, 5.50, 0.90, -2.79, 0.0, 0.0, -4.57)


def chance(figures: Figures | None) -> float:
    """How likely the corpus answers, between 0 and 1; 0 where there is no evidence."""
    if figures is None:
        return 0.0
    *weights, constant = _curve(figures)
    values = (value or 0.0 for value in astuple(figures))
    sum_ = constant + sum(w * v for w, v in zip(weights, values, strict=True))
    return 1 / (1 + math.exp(-sum_))


def _curve(figures: Figures) -> tuple[float, ...]:
    """The curve fitted with the figures that are known."""
    if figures.least is None:
        return _WITHOUT_WORDS
    return _WITH_WORDS if figures.answers is None else _WITH_SELECTOR


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
