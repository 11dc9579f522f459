"""The grids of cells labelled by hand, and how the cells of a comparison are counted."""

from __future__ import annotations

import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from eval.comparisons import GRIDS, Judged, figures, main
from pincite.types import Citation
from service.comparing.cells import Cell

QUOTING = Cell("quote", citation=cast(Citation, SimpleNamespace(quote="A truck shall pay a toll.")))
SILENT = Cell("silent")


def judged(cell: Cell, *wanted: str) -> Judged:
    return Judged("Must a truck pay?", "zz", cell, wanted)


@pytest.mark.parametrize("grid", GRIDS.values(), ids=GRIDS)
def test_what_is_wanted_of_a_grid_is_of_its_places(grid: Path) -> None:
    said = tomllib.loads(grid.read_text(encoding="utf-8"))
    for row in said["row"]:
        assert set(row) - {"question"} <= set(said["places"])


@pytest.mark.parametrize(
    ("cell", "wanted", "right"),
    [
        (QUOTING, ["pay a toll"], True),
        (QUOTING, ["be free", "pay a toll"], True),  # either provision is on point
        (QUOTING, ["be free"], False),
        (QUOTING, [], False),
        (SILENT, [], True),
        (SILENT, ["pay a toll"], False),
    ],
)
def test_a_cell_is_right_by_its_label(cell: Cell, wanted: list[str], right: bool) -> None:
    assert judged(cell, *wanted).right is right


def test_the_figures_count_what_they_say() -> None:
    cells = [
        judged(QUOTING, "pay a toll"),
        judged(QUOTING, "be free"),
        judged(SILENT, "pay a toll"),
        judged(SILENT, "be free"),
        judged(SILENT),
    ]
    assert figures(cells) == {
        "cells": 5,
        "quotes": 2,
        "precision": 0.5,  # of two quotes one
        "recall": 0.25,  # of four that are wanted one
        "silence_right": 0.333,  # of three silent cells one
        "cells_right": 0.4,  # the first and the last of five
    }


def test_an_unknown_grid_is_named() -> None:
    with pytest.raises(SystemExit, match="no grid 'secret'; there are first, held"):
        main(["secret"])
