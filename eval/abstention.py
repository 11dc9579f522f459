"""Fit the curve of `service/abstaining.py` on questions that may be tuned on, and print it.

    python -m eval.abstention      # over the real corpus; prints weights, AUROC, and a table

The questions are the development half of `sanctuary` and those of `eval/questions/sanctuary-dev`
that are asked of the same half or of nothing. AUROC is that of eight folds by family.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from eval.benchmark import load, source_of
from eval.formats.spans import FAMILIES, read_families
from eval.question_sets import load_questions
from eval.systems import InProcess, open_system
from pincite.errors import PinciteError
from pincite.settings import Settings
from pincite.types import Question
from service.abstaining import ENOUGH, Figures, chance

NAMES = ("fused", "similarity", "names", "unheld", "least", "answers")
_FOLDS, _STRENGTH = 8, 0.3
_THRESHOLDS = (0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question, whether the corpus answers it, and the family that it is of."""

    question: Question
    answerable: bool
    family: str


def labelled() -> Iterator[Labelled]:
    """The questions that the curve may be fitted on."""
    families = read_families(source_of("sanctuary").folder / FAMILIES)
    assert families is not None
    for case in load("sanctuary", split="dev").cases:
        yield Labelled(case.question, bool(case.answerable), case.family)
    for asked in load_questions("sanctuary-dev"):
        of = [families.of.get(document, "") for document in asked.documents]
        if all(families.halves.get(family) == "dev" for family in of):
            question = Question(asked.text, place=asked.place)
            yield Labelled(question, asked.reason is None, of[0] if of else asked.id)


def figures(system: InProcess, rows: Sequence[Labelled]) -> list[Figures]:
    """What abstention looks at for each question; nothing found is all 0."""
    return [system.figures(row.question) or Figures(least=0.0) for row in rows]


def fitted(
    values: NDArray[np.float64],
    answerable: NDArray[np.bool_],
    counts: NDArray[np.float64] | None = None,
) -> NDArray[np.float64]:
    """The weights of the figures in their own units, then the constant.

    `counts` is how much each question counts; without it, all count alike.
    """
    model = make_pipeline(StandardScaler(), LogisticRegression(C=_STRENGTH))
    model.fit(values, answerable, logisticregression__sample_weight=counts)
    scaler, curve = model[0], model[1]
    weights = curve.coef_[0] / scaler.scale_
    return np.append(weights, curve.intercept_[0] - weights @ scaler.mean_)


def held_out(
    values: NDArray[np.float64],
    answerable: NDArray[np.bool_],
    families: Sequence[str],
    counts: NDArray[np.float64] | None = None,
) -> NDArray[np.float64]:
    """Each question's chance by a curve that saw none of its family."""
    told = np.zeros(len(answerable))
    for learnt, asked in GroupKFold(_FOLDS).split(values, answerable, families):
        counted = counts[learnt] if counts is not None else None
        *weights, constant = fitted(values[learnt], answerable[learnt], counted)
        told[asked] = 1 / (1 + np.exp(-(values[asked] @ np.array(weights) + constant)))
    return told


def main() -> int:
    """Print the curve without the words of stretches, with them, and with the selector.

    The selector learnt from other questions on the same families: what it adds looks better here
    than on families that it never saw (docs/experiments.md).
    """
    rows = list(labelled())
    system = open_system("default", load("sanctuary", split="dev"), Settings(data_dir=_data_dir()))
    found = figures(system, rows)
    system.close()
    answerable = np.array([row.answerable for row in rows])
    families = [row.family for row in rows]
    every = np.array([[value or 0.0 for value in astuple(one)] for one in found])
    print(f"{len(rows)} questions, {answerable.sum()} answerable, of {len(set(families))} families")
    print(f"as set now: AUROC {roc_auc_score(answerable, [chance(one) for one in found]):.3f}")
    for names in (NAMES[:-2], NAMES[:-1], NAMES):
        values = every[:, : len(names)]
        told = held_out(values, answerable, families)
        _report(names, fitted(values, answerable), told, answerable)
    return 0


def _data_dir() -> Path:
    return Settings().data_dir / "eval" / "indexes"


def _report(
    names: Sequence[str],
    weights: NDArray[np.float64],
    told: NDArray[np.float64],
    answerable: NDArray[np.bool_],
) -> None:
    parts = [f"{name} {weight:.2f}" for name, weight in zip((*names, "1"), weights, strict=True)]
    print(f"\n{', '.join(parts)}\n  held out: AUROC {roc_auc_score(answerable, told):.3f}")
    silences(told, answerable)


def silences(told: NDArray[np.float64], answerable: NDArray[np.bool_]) -> None:
    """Print at several operating points how often silence is right, and how often it is wrong."""
    for threshold in _THRESHOLDS:
        silent = told < threshold
        mark = " (now)" if threshold == ENOUGH else ""
        print(
            f"  silent under {threshold}{mark}: {(silent & ~answerable).sum()} of"
            f" {(~answerable).sum()} rightly, {(silent & answerable).sum()} of"
            f" {answerable.sum()} wrongly"
        )


if __name__ == "__main__":
    try:
        sys.exit(main())
    except PinciteError as error:
        sys.exit(f"eval.abstention: {error}")
