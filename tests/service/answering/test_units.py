"""What can stand as an answer: sentences, and lead-ins with items that say something."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pincite.types import Document, Span
from service.answering.units import units

MakeDocument = Callable[..., Document]

LEAD = "The harbor master shall not:"
AMENDS = "The code is amended to read as follows:"
ITEMS = ["(a) hold a ship for a week;", "(b) ask where its crew was born."]


@pytest.mark.parametrize(
    ("blocks", "found"),
    [
        (["Every ship pays a toll."], ["Every ship pays a toll."]),
        ([LEAD, *ITEMS], [f"{LEAD}\n{ITEMS[0]}", f"{LEAD}\n{ITEMS[0]}\n{ITEMS[1]}", *ITEMS]),
        # a lead-in that leads to nothing but another says nothing yet
        (["The harbor master:", "(a) shall not:"], []),
        # what drafts stands apart from what it adds
        ([AMENDS, "Section 9. Tolls."], [AMENDS]),
        ([AMENDS, "Every ship pays a toll."], [AMENDS, "Every ship pays a toll."]),
    ],
)
def test_what_can_stand_as_an_answer(
    document: MakeDocument, blocks: list[str], found: list[str]
) -> None:
    text = "\n".join(blocks)
    one = document("one", text)
    assert [span.of(text) for span in units(one, Span(0, len(text)))] == found
