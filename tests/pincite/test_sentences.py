"""Sentences of legal prose."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pincite.sentences import sentences


@pytest.mark.parametrize(
    "whole",
    [
        "Nothing in 8 U.S.C. Section 1373 or 28 C.F.R. Part 66 applies.",
        "§ 1. Definitions apply here.",
        "Sec. 2. Policy of the city.",
        "Bill No. 5 and Nos. 6 and 7 failed.",
        "Printz v. United States controls.",
        "Acme, Inc. (the company) pays.",
        "Some duties, e.g. Sweeping, are light.",
        "Justice Antonin G. Scalia wrote it.",
        "(a) The keeper sweeps.",
        "He wrote that “the gate . . . Stays open” at night.",
        "See Ga. L. 2006, p. 105, and Mich. Comp. Laws.",
        "Arizona v. United States, 567 U.S. 387, 400 (2012), holds so.",
    ],
)
def test_does_not_break_inside(whole: str) -> None:
    assert [span.of(whole) for span in sentences(whole)] == [whole]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One rule. Another rule.", ["One rule.", "Another rule."]),
        ("It binds the U.S. The States differ.", ["It binds the U.S.", "The States differ."]),
        ("Under subdivision b. The rest stays.", ["Under subdivision b.", "The rest stays."]),
        ("See 567 U.S. 387 (2012). It held so.", ["See 567 U.S. 387 (2012).", "It held so."]),
        ("He said “no.” Then he left.", ["He said “no.”", "Then he left."]),
        ("Why? Because. Go!", ["Why?", "Because.", "Go!"]),
        ("(a) Sweep it. (b) Lock it.", ["(a) Sweep it.", "(b) Lock it."]),
        ("One line\nanother line", ["One line", "another line"]),
    ],
)
def test_breaks_between(text: str, parts: list[str]) -> None:
    assert [span.of(text) for span in sentences(text)] == parts


@given(st.text(alphabet="aB. \n?!1(“”§", max_size=80))
def test_sentences_cover_all_but_white_space(text: str) -> None:
    at = 0
    for span in sentences(text):
        assert at <= span.start < span.end
        assert not text[at : span.start].strip()
        at = span.end
    assert not text[at:].strip()


@pytest.mark.parametrize("word", ["No. 13,768 ", "A. ", "521 U.S. 898, ", "Aa v. ", "§ 1. "])
def test_a_hostile_line_costs_no_more_than_a_long_one(word: str) -> None:
    started = time.perf_counter()
    sentences(word * (100_000 // len(word)))
    assert time.perf_counter() - started < 5  # tenths here; the square would be minutes
