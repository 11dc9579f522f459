"""A section that was named by another name, or by half of one, is read as the one that is held."""

from __future__ import annotations

import pytest

from service.linking.named import as_codified
from service.wording import Wording

HELD = ("nyc admin code 9-131", "arden admin code 4-2", "nyc admin code 4-2", "8 usc 1357")


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        (
            "What did Admin. Code § 9-131(f) say?",
            "What did N.Y.C. Admin. Code § 9-131(f) say?",
        ),
        ("Does INA § 287(g) allow it?", "Does 8 U.S.C. § 1357(g) allow it?"),
        ("What did Admin. Code § 4-2 say?", None),  # of which city, nobody knows
        ("What did Admin. Code § 9-999 say?", None),
        ("What did N.Y.C. Admin. Code § 9-131 say?", None),
        ("What does 8 U.S.C. § 1357(g) say?", None),
    ],
)
def test_a_section_is_read_under_the_name_of_its_code(asked: str, read: str | None) -> None:
    wording = as_codified(Wording(asked), HELD)
    assert wording.text == (read or asked)
    assert bool(wording.respelt) == (read is not None)
