"""What stands before a passage in the index."""

from __future__ import annotations

import pytest

from pincite.context import context_of
from pincite.kinds import Kind
from pincite.places import place_name
from pincite.types import Entry, Locator, Passage, Span


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("us", "United States"),
        ("us/ny", "New York"),
        ("us/ny/new-york-city", "New York City, New York"),
        ("us/dc", "District of Columbia"),
        ("us/md/calvert-county", "Calvert County, Maryland"),
        (None, ""),
    ],
)
def test_a_place_is_named_in_words(path: str | None, name: str) -> None:
    assert place_name(path) == name


def passage(*path: str, headings: tuple[str, ...] = ()) -> Passage:
    return Passage("x", "v", Span(0, 1), "x", Locator(path=path, headings=headings))


def test_names_title_citation_place_and_headings() -> None:
    entry = Entry(
        "x", Kind.STATUTE, "Keeping of gates", "x.md", citation="8 U.S.C. § 4", jurisdiction="us"
    )
    found = context_of(entry, passage("§ 4", "(a)", headings=("Keeping of gates", "In general")))
    assert found == "Keeping of gates, 8 U.S.C. § 4, United States > § 4(a), In general"


def test_names_the_parties() -> None:
    entry = Entry("x", Kind.AGREEMENT, "Agreement", "x.pdf", parties=("ICE", "Elm County"))
    assert "ICE and Elm County" in context_of(entry, passage("§ I"))


def test_stays_short() -> None:
    entry = Entry("x", Kind.STATUTE, "gate " * 60, "x.md", jurisdiction="us/ny")
    assert len(context_of(entry, passage("§ 4", headings=("lock " * 30,))).split()) <= 40
