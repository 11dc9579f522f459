"""The table of statements and quotes is whole, and the checks of words hold where it says."""

from __future__ import annotations

import tomllib

import pytest

from eval.support import KINDS, TABLE, Pair, _stretch, chosen
from pincite.types import Span


def test_every_row_has_statements_of_every_kind() -> None:
    rows = tomllib.loads(TABLE.read_text(encoding="utf-8"))["row"]
    assert len(rows) > 40
    for row in rows:
        assert all(row[kind] for kind in KINDS if kind != "crossed"), row["document"]
    assert sum(len(row["right"]) for row in rows) >= 60
    assert sum(len(row["altered"]) + len(row["beyond"]) for row in rows) >= 60


@pytest.mark.parametrize(
    ("first", "last", "span"),
    [
        ("an a", "ends", Span(9, 18)),  # the shortest
        ("an a", "", Span(0, 4)),
        ("none", "", None),
        ("an a", "none", None),
    ],
)
def test_a_stretch_is_found_by_its_first_and_last_words(
    first: str, last: str, span: Span | None
) -> None:
    assert _stretch("an a and an a ends", first, last) == span


def test_the_threshold_lets_a_tenth_of_the_wrong_stand_at_most() -> None:
    wrong = [Pair("beyond", "chosen", "", score, ()) for score in (0.5, 0.6, 0.7, 0.8, 0.9)]
    told = Pair("altered", "chosen", "", 0.99, ("negation",))  # the words tell it already
    assert chosen([*wrong, told]) == pytest.approx(0.905)
