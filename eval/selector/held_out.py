"""How well a selector knows an answer on families that it never saw, and which curve that asks for.

    python -m eval.selector DATA_DIR FILE --without 0/3          # learns from two thirds
    python -m eval.selector.held_out DATA_DIR FILE --part 0/3    # is asked the other third

DATA_DIR holds an index of the real corpus. The curve is fitted on that third and on the development
questions, each set counting alike; its AUROC is over folds by family (`eval.abstention`).
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Sequence
from dataclasses import astuple, replace
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score

from eval.abstention import NAMES, Labelled, fitted, held_out, labelled, silences
from eval.selector.parts import part_of
from eval.selector.questions import lessons
from pincite.errors import PinciteError
from pincite.models import Adapter, find_model
from pincite.reranking import AnswerSelector
from pincite.settings import Settings
from pincite.shelf import Shelf
from pincite.types import Question
from service.abstaining import Figures, chance
from service.engine import Engine

_CURVES = (("unheld", "answers"), ("unheld", "least", "answers"), NAMES)


def main(words: list[str] | None = None) -> int:
    """Print AUROC as set now, of each figure, and of curves fitted anew."""
    asked = _parsed(words)
    engine = _engine(asked.data, asked.selector)
    with engine.holdings() as holdings:
        every = list(lessons(lambda name: holdings.document(name).text))
    part = part_of({one.family for one in every}, asked.part)
    rows = [
        Labelled(Question(one.text), one.answerable, one.family)
        for one in every
        if one.family in part
    ]
    sets = [rows, list(labelled())]
    found = [[_figures(engine, row) for row in each] for each in sets]
    engine.close()
    for name, each, figures in zip(("held out", "dev"), sets, found, strict=True):
        _told(name, each, figures)
    _fitted(sets, found)
    return 0


def _engine(data: Path, selector: Path) -> Engine:
    """The engine with the selector of a file."""
    settings = Settings(data_dir=data)
    adapter = Adapter(selector, hashlib.sha256(selector.read_bytes()).hexdigest())
    files = replace(find_model("packaged:pincite-selector"), adapter=adapter)
    shelf = replace(Shelf.of(settings), selector=AnswerSelector(files, settings.threads))
    return Engine(settings, shelf)


def _figures(engine: Engine, row: Labelled) -> Figures:
    return engine.considered(row.question).figures or Figures(least=0.0)


def _told(name: str, rows: Sequence[Labelled], figures: Sequence[Figures]) -> None:
    right = np.array([row.answerable for row in rows])
    print(f"{name}: {len(rows)} questions, {right.sum()} answerable")
    chances = np.array([chance(one) for one in figures])
    print(f"  as set now: AUROC {roc_auc_score(right, chances):.3f}")
    for at, figure in enumerate(NAMES):
        values = [astuple(one)[at] or 0.0 for one in figures]
        print(f"  {figure} alone: {roc_auc_score(right, values):.3f}")
    silences(chances, right)


def _fitted(sets: Sequence[Sequence[Labelled]], found: Sequence[Sequence[Figures]]) -> None:
    """Curves over fewer figures and more; each set counts alike."""
    rows = [row for each in sets for row in each]
    values = np.array([[v or 0.0 for v in astuple(one)] for each in found for one in each])
    right = np.array([row.answerable for row in rows])
    families = [row.family for row in rows]
    counts = np.concatenate([np.full(len(each), len(sets[0]) / len(each)) for each in sets])
    for names in _CURVES:
        chosen = values[:, [NAMES.index(name) for name in names]]
        weights = fitted(chosen, right, counts)
        parts = zip((*names, "1"), weights, strict=True)
        print(", ".join(f"{name} {weight:.2f}" for name, weight in parts))
        told = held_out(chosen, right, families, counts)
        for name, at in (("held out", slice(len(sets[0]))), ("dev", slice(len(sets[0]), None))):
            print(f"  {name}: AUROC {roc_auc_score(right[at], told[at]):.3f}")
            silences(told[at], right[at])


def _parsed(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="eval.selector.held_out", description="a selector on families that it never saw"
    )
    parser.add_argument("data", type=Path, help="a data folder with an index of the real corpus")
    parser.add_argument("selector", type=Path, help="the additions that were learnt without them")
    parser.add_argument("--part", default="0/3", help="the part of the families, I/N")
    return parser.parse_args(words)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (PinciteError, OSError) as error:
        sys.exit(f"eval.selector.held_out: {error}")
