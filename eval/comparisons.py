"""`python -m eval.comparisons`: the cells of a comparison against a grid labelled by hand.

Over the published index of the sanctuary corpus, in PINCITE_DATA_DIR. A cell is right when its
quote holds words of a provision that is on point, or when it is silent where nothing is.
"""

from __future__ import annotations

import json
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

from pincite.errors import PinciteError
from pincite.settings import load
from service.comparing.table import Cell, compare
from service.engine import Engine

_GRID = Path(__file__).parent / "questions" / "sanctuary-compare.toml"


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


def judged(engine: Engine, grid: Path = _GRID) -> list[Judged]:
    """Every cell of the grid. Raises PinciteError."""
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


def main() -> None:
    """Print each wrong cell, then the figures."""
    engine = Engine(load()[0])
    try:
        cells = judged(engine)
    finally:
        engine.close()
    for one in cells:
        if not one.right:
            citation = one.cell.citation
            said = f"{citation.text}: {citation.quote[:100]!r}" if citation else one.cell.type
            print(f"wrong  {one.place:20} {one.question}\n       {said}")
    json.dump(figures(cells), sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    try:
        main()
    except PinciteError as error:
        sys.exit(f"eval.comparisons: {error}")
