"""Citations as people type them are written as texts print them, and nothing else changes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.linking.writing_out import written_out

HELD = ("roxbury code 2-6", "port alder code 12.40.040")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("roxbury code 2-6(e)(4)", "Roxbury Code 2-6(e)(4)"),
        ("violate port alder code § 12.40.040", "violate Port Alder Code § 12.40.040"),
        ("boston code 2-6", "boston Code 2-6"),  # not held: left as it is
        ("Georgia code 42-4-14(c)?", "Georgia Code 42-4-14(c)?"),
        (
            "What does subsection (2) of Miss. Code Ann. § 25-1-119 say?",
            "What does Miss. Code Ann. § 25-1-119(2) say?",
        ),
        ("paragraph b of 8 U.S.C. § 1373", "8 U.S.C. § 1373(b)"),
        ("int 274-2024 status", "Int. 274-2024 status"),
        ("which code section 5 means", "which Code section 5 means"),
        ("the city code § 4-2", "the city Code § 4-2"),
        ("the building code of Roxbury", "the building code of Roxbury"),
        ("subsection (b) of 8 U.S.C. § 1373(a)", "subsection (b) of 8 U.S.C. § 1373(a)"),
        ("an int of 12 and a code of conduct", "an int of 12 and a code of conduct"),
    ],
)
def test_what_is_typed_is_printed(typed: str, printed: str) -> None:
    assert written_out(typed, HELD) == printed


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_any_text_can_be_written_out_twice(text: str) -> None:
    once = written_out(text, HELD)
    assert written_out(once, HELD) == once


def test_a_long_question_is_read_in_no_time() -> None:
    started = time.perf_counter()
    written_out("abc code of " * 5_000, HELD)
    written_out("paragraph a of " * 5_000, HELD)
    written_out("abc def code 2-6 " * 1_500, HELD)
    assert time.perf_counter() - started < 5
