"""A sentence is its English, and remembers what it is made of."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import date

import pytest

from pincite.errors import QuestionError
from pincite.said import Printed, Said, counted, joined

MADE = {
    "plain": (Said("not law"), "not law"),
    "with values": (Said("{name} says", name="X"), "X says"),
    "a day as ISO": (Said("decided on {day}", day=date(2021, 11, 9)), "decided on 2021-11-09"),
    # What a document says is a value: braces in it mean nothing.
    "a hostile value": (Said("{name} says", name="{0.__class__} {x}"), "{0.__class__} {x} says"),
    "one": (counted("{count} file", "{count} files", 1), "1 file"),
    "none": (counted("{count} file", "{count} files", 0), "0 files"),
    "joined": (joined(["a", Said("b"), 3], "; "), "a; b; 3"),
    "printed": (
        Said("on {day}", day=Printed("Nov. 9, 2021", date(2021, 11, 9))),
        "on Nov. 9, 2021",
    ),
}


@pytest.mark.parametrize(("said", "english"), MADE.values(), ids=MADE)
def test_it_is_its_english(said: Said, english: str) -> None:
    assert said == english
    assert hash(said) == hash(english)
    assert json.dumps({"said": said}) == json.dumps({"said": english})


@pytest.mark.parametrize(("said", "english"), MADE.values(), ids=MADE)
@pytest.mark.parametrize("again", [copy.deepcopy, lambda said: pickle.loads(pickle.dumps(said))])
def test_a_copy_remembers_too(said: Said, english: str, again: object) -> None:
    copied = again(said)  # type: ignore[operator]
    assert copied == english
    assert (copied.template, copied.many, dict(copied.values)) == (
        said.template,
        said.many,
        dict(said.values),
    )


def test_an_error_keeps_it() -> None:
    said = Said("{name} cannot be", name="X")
    assert str(QuestionError(said)) is said


def test_what_is_cut_or_joined_is_a_plain_string() -> None:
    said = Said("not law")
    assert (
        type(said.upper())
        is type(said[:3])
        is type(f"{said}.")
        is type(", ".join([said, said]))
        is str
    )
