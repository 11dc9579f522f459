"""A passage is found in other texts where its words stand, or nearly all of them."""

from __future__ import annotations

import random

import pytest

from pincite.phrases import PhraseIndex

CLAUSE = "The sheriff shall not hold a person beyond the time when the person would be released."
BEFORE = "Section one. Nothing here concerns the jail at all, or whoever may be in it.\n"
AFTER = "\nSection three. The county board may ask for a report on the first day of each month."


@pytest.mark.parametrize(
    ("passage", "found"),
    [
        (CLAUSE, CLAUSE),
        (CLAUSE.replace("shall not", "shall  NOT").replace("person,", "person"), CLAUSE),
        (CLAUSE.replace("released", "set free"), None),  # one word more is still most of it
        ("Nobody shall be asked for a report by any county board of the state.", ""),
        ("too short here", ""),
        ("", ""),
    ],
)
def test_a_passage_is_found_by_its_words(passage: str, found: str | None) -> None:
    text = BEFORE + CLAUSE + AFTER
    span = PhraseIndex({"one": text}).find(passage).get("one")
    if found is None:
        assert span is not None
        assert span.of(text).startswith("The sheriff shall not hold")
    else:
        assert (span.of(text) if span else "") == found


def test_every_text_that_has_the_passage_is_named_with_its_place() -> None:
    index = PhraseIndex({"a": CLAUSE + AFTER, "b": BEFORE + CLAUSE, "c": BEFORE + AFTER})
    found = index.find(CLAUSE)
    assert {name: span.start for name, span in found.items()} == {"a": 0, "b": len(BEFORE)}


def test_words_that_stand_scattered_are_no_place() -> None:
    draw = random.Random(1)
    words = [f"w{n}" for n in range(60)]
    pieces = [words[at : at + 6] for at in range(0, 60, 6)]
    draw.shuffle(pieces)
    far = " ".join(" ".join(piece) + " filler" * 80 for piece in pieces)
    assert PhraseIndex({"far": far}).find(" ".join(words)) == {}
