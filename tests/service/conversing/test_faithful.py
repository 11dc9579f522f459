"""A model's reading is used only where it names what was said, and nothing else."""

from __future__ import annotations

import pytest

from service.conversing.faithful import is_faithful, names

IOWA = "Must a sheriff in Iowa honor ICE detainers?"
OHIO = "Must a sheriff in Ohio honor ICE detainers?"


@pytest.mark.parametrize(
    ("reading", "faithful"),
    [
        ("Does a sheriff in Ohio have to honor ICE detainers?", True),
        ("Does a sheriff have to honor ICE detainers?", False),  # the place is lost
        ("Does a sheriff in Ohio have to honor detainers of the FBI and ICE?", False),
        ("Must a sheriff in Ohio honor ICE detainers for 48 hours?", False),
        ("Must a sheriff in Ohio honor ICE detainers under 8 U.S.C. § 1373?", False),
        ("Must a sheriff in Ohio or Iowa honor ICE detainers?", True),  # both were spoken of
        ("", False),
    ],
)
def test_every_name_is_kept_and_none_is_new(reading: str, faithful: bool) -> None:
    assert is_faithful(reading, ("and in Ohio?", OHIO), [IOWA]) is faithful


def test_numbers_and_citations_are_kept() -> None:
    carried = ("and § 1644?", "What does 8 U.S.C. § 1644 say?")
    assert is_faithful("What does 8 U.S.C. 1644 say?", carried, ["What does 8 USC 1373 say?"])
    assert not is_faithful("What does 8 U.S.C. § 1373 say?", carried, ["8 U.S.C. § 1373"])


def test_the_first_word_of_a_sentence_is_no_name() -> None:
    assert names("Must Iowa pay 1,000 dollars? Does it?") == {"iowa", "1000"}
