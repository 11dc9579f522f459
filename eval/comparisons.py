"""`python -m eval.comparisons [GRID]`: the cells of a comparison against grids labelled by hand.

Over the published index of the sanctuary corpus, in PINCITE_DATA_DIR. A cell is right when its
quote holds words of a provision that is on point, or when it is silent where nothing is. The
figures of the grid `first` flatter: the rules were chosen on it. Those of `held` do not.
"""

from __future__ import annotations

import json
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

from eval.question_sets import FOLDER
from pincite.errors import PinciteError
from pincite.settings import load
from service.comparing.cells import Cell
from service.comparing.table import compare
from service.engine import Engine

GRIDS = {
    "first": FOLDER / "sanctuary-compare.toml",
    "held": FOLDER / "sanctuary-compare-held.toml",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """One cell, the words that would be on point, and whether it is as it should be."""

    question: str
    place: str
    cell: Cell
    wanted: tuple[str, ...]

    @property
    def quotes(self) -> bool:
        """Whether the cell says anything."""
        return self.cell.citation is not None

    @property
    def right(self) -> bool:
        """Whether the quote is on point, or there is none where there should be none."""
        if self.cell.citation is None:
            return not self.wanted
        quote = self.cell.citation.quote
        return any(words in quote for words in self.wanted)


def judged(engine: Engine, grid: Path) -> list[Judged]:
    """Every cell of a grid. Raises PinciteError."""
    said = tomllib.loads(grid.read_text(encoding="utf-8"))
    places = said["places"]
    told = compare(engine, [row["question"] for row in said["row"]], places, None)
    return [
        Judged(row.question, place, cell, tuple(wanted.get(place, ())))
        for row, wanted in zip(told.rows, said["row"], strict=True)
        for place, cell in zip(places, row.cells, strict=True)
    ]


def figures(cells: list[Judged]) -> dict[str, float]:
    """Precision of the quotes, recall of what is on point, and how often silence is right."""
    quoting = [one for one in cells if one.quotes]
    silent = [one for one in cells if not one.quotes]
    wanted = [one for one in cells if one.wanted]
    right = sum(one.right for one in quoting)
    return {
        "cells": len(cells),
        "quotes": len(quoting),
        "precision": round(right / max(1, len(quoting)), 3),
        "recall": round(right / max(1, len(wanted)), 3),
        "silence_right": round(sum(one.right for one in silent) / max(1, len(silent)), 3),
        "cells_right": round(sum(one.right for one in cells) / max(1, len(cells)), 3),
    }


def main(names: list[str]) -> None:
    """Print each wrong cell of the grids named, or of all, then their figures."""
    unknown = [name for name in names if name not in GRIDS]
    if unknown:
        sys.exit(f"eval.comparisons: no grid {unknown[0]!r}; there are {', '.join(GRIDS)}")
    engine = Engine(load()[0])
    try:
        told = {name: judged(engine, GRIDS[name]) for name in names or GRIDS}
    finally:
        engine.close()
    for name, cells in told.items():
        for one in cells:
            if not one.right:
                print(f"wrong  {name}  {one.place:20} {one.question}\n       {_said(one.cell)}")
    json.dump({name: figures(cells) for name, cells in told.items()}, sys.stdout, indent=2)
    print()


def _said(cell: Cell) -> str:
    citation = cell.citation
    return f"{citation.text}: {citation.quote[:100]!r}" if citation else cell.type


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except PinciteError as error:
        sys.exit(f"eval.comparisons: {error}")
