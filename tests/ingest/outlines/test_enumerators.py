"""Enumerators are placed by the sequence in which they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.outlines.enumerators import Series, Token, leading, readings, roman, to_roman


def depths(*printed: str) -> list[int | None]:
    tokens = [leading(f"{one} x", 0, len(one) + 2)[0] for one in printed]
    series = Series()
    return [series.place(token, tokens[at + 1 :]) for at, token in enumerate(tokens)]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("(a) (1) (A) (i) (ii) (B) (2) (b)", [0, 1, 2, 3, 3, 2, 1, 0]),
        # the ninth letter after (h), not the first Roman numeral
        ("(g) (h) (i) (j)", [0, 0, 0, 0]),
        # the first Roman numeral, because (ii) comes before (j); then the letter
        ("(h) (1) (A) (i) (ii) (i) (j)", [0, 1, 2, 3, 3, 0, 0]),
        # headed by nothing, a lone (i) after (h)(1) with a list of its own further down
        ("(h) (i) (1) (A) (i) (ii)", [0, 0, 1, 2, 3, 3]),
        # the way New York City writes
        ("a. 1. i. ii. A. B. 2. b.", [0, 1, 2, 2, 3, 3, 1, 0]),
        ("(z) (aa) (bb)", [0, 0, 0]),
        ("(u) (v) (w)", [0, 0, 0]),
        ("(iv) (v) (vi)", [0, 0, 0]),
        # repealed (c) leaves a gap
        ("(a) (b) (d)", [0, 0, 0]),
        ("(3) (3A) (4)", [0, 0, 0]),
        # OCR's (l) for (1)
        ("a. (l) (2) b.", [0, 1, 1, 0]),
        # an amendment begins in the middle of a series
        ("f. 1. 2. g.", [0, 1, 1, 0]),
    ],
)
def test_places_by_sequence(printed: str, expected: list[int]) -> None:
    assert depths(*printed.split()) == expected


def test_deleted_enumerators_do_not_advance_the_live_series() -> None:
    def token(value: str, deleted: bool = False) -> Token:
        return Token(0, 2, "dot", value, deleted)

    series = Series()
    row = [token("1"), token("2"), token("3", True), token("4", True), token("3"), token("4")]
    assert [series.place(one) for one in row] == [0] * 6
    assert series.levels[0].live == 4


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("(b) (1) In general", ["b", "1"]),
        ("(b)(1)(A) In general", ["b", "1", "A"]),
        ("[5] 3. “Department” shall mean", ["3"]),
        ("[7. i. “Pending” shall mean", ["7", "i"]),
        ("“(d) Notwithstanding any law", ["d"]),
        ("(INA) is the statute", []),
        ("U.S. officers shall", []),
        ("1996 was the year", []),
    ],
)
def test_reads_the_enumerators_of_a_line(line: str, values: list[str]) -> None:
    assert [token.value for token in leading(line, 0, len(line))] == values


@given(st.integers(1, 39))
def test_roman_numerals_print_and_read_back(number: int) -> None:
    assert roman(to_roman(number)) == number


def test_i_is_both_letter_and_numeral() -> None:
    assert set(readings("i")) == {("lower", 9), ("roman", 1)}
