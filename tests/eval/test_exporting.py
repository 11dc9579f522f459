"""Rankings in TREC's form keep their ranks, whatever the scores and the ids look like."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.exporting import write_trec
from eval.records import Row
from eval.words import Given, Ranked
from pincite.types import Span


def ranked(unit: str, score: float, document: str = "d") -> Ranked:
    """A stretch of ten characters."""
    return Ranked(document, "v", Span(0, 10), score, unit)


@pytest.mark.parametrize(
    ("ranking", "columns"),
    [
        ((ranked("a", 2.5), ranked("b", 1.0)), ["a 1 2.5", "b 2 1.0"]),
        # several stretches of one unit: the first counts
        ((ranked("a", 3.0), ranked("b", 2.0), ranked("a", 1.0)), ["a 1 3.0", "b 2 2.0"]),
        # equal or rising scores would be sorted anew by trec_eval: 1/1, 1/2
        ((ranked("a", 1.0), ranked("b", 1.0)), ["a 1 1.0", "b 2 0.5"]),
        ((ranked("a", 0.1), ranked("b", 0.9)), ["a 1 1.0", "b 2 0.5"]),
        # without a unit: document and offsets
        ((ranked("", 1.0),), ["d:0-10 1 1.0"]),
        # white space would break the columns
        ((ranked("a b\t%c", 1.0),), ["a%20b%09%25c 1 1.0"]),
        ((), []),
    ],
)
def test_a_line_a_unit_in_rank_order(
    tmp_path: Path, ranking: tuple[Ranked, ...], columns: list[str]
) -> None:
    path = write_trec(tmp_path, "bm25", [Row("q 1", Given(ranking=ranking))])
    assert path.read_text().splitlines() == [f"q%201 Q0 {line} bm25" for line in columns]
