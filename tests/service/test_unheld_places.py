"""Places whose rules are asked for and not held are named; people, things and held places not."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from pincite.cities import CITIES
from pincite.kinds import Kind
from pincite.places import is_possible
from pincite.types import Entry
from service.holdings import Holdings
from service.unheld_places import unheld_places


def holdings() -> Holdings:
    entries = [
        Entry("a", Kind.ORDINANCE, "Code", "a.md", jurisdiction="us/ma/somerville"),
        Entry("b", Kind.OP_ED, "Boston is wrong", "b.md", jurisdiction="us/ma/boston"),
        Entry("c", Kind.OP_ED, "What California did", "c.md", jurisdiction="us/ca"),
        Entry("d", Kind.STATUTE, "Jails of Iowa", "d.md", jurisdiction="us/ia"),
        Entry("e", Kind.STATUTE, "Jails of Maine", "e.md", jurisdiction="us/me"),
        Entry("f", Kind.AGREEMENT, "An agency in Texas", "f.md", jurisdiction="us/tx"),
        Entry("g", Kind.STATUTE, "Jails", "g.md", jurisdiction="us"),
    ]
    said: dict[str, Any] = {
        "records": {entry.id: SimpleNamespace(entry=entry) for entry in entries},
        "knows": lambda stem: stem != "quahog",
        "spelling": SimpleNamespace(meant=lambda word: "somerville" if "omm" in word else None),
    }
    return cast(Holdings, SimpleNamespace(**said))


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("What is Boise's policy on detainers?", ("any law of Boise, Idaho",)),
        ("Can police in Chicago ask about status?", ("any law of Chicago, Illinois",)),
        ("may chicago police ask about status?", ("any law of Chicago, Illinois",)),
        # a name of two cities
        ("What is the law in Portland?", ("any law of Portland",)),
        # an op-ed about a city is no law of it
        ("May Boston police hold a person?", ("any law of Boston, Massachusetts",)),
        ("What is the fine for parking in Boston?", ("any law of Boston, Massachusetts",)),
        ("How much did crime fall in Chicago?", ()),
        # federal law alone is held, or an agreement of the state: no law of the city's own state
        ("May Boise refuse a detainer?", ("any law of Boise, Idaho",)),
        ("May Austin police hold a person?", ("any law of Austin, Texas",)),
        # a person, not the city
        ("Must Mr. Lowell comply with the law?", ()),
        # a name that no passage knows, and no table
        ("What is the policy in Quahog?", ("any law of Quahog",)),
        # held
        ("What is Somerville's policy?", ()),
        # a slip of a place that is held
        ("What is the policy in Sommerville?", ()),
        # not asked for rules
        ("By how much did crime rise, says the piece on Boston's mayor?", ()),
        # a state of which an op-ed alone is held; one in which a city's code is
        ("Must a sheriff in California honor detainers?", ("any law of California",)),
        ("may california sheriffs hold a person?", ("any law of California",)),
        ("May a sheriff in Massachusetts hold a person?", ()),
        ("How many people live in California?", ()),
        ("May officers visit the State of Washington's farms?", ()),
        ("Did the Court settle whether Arizona's law forbids it?", ()),
        # a state's name in a longer one
        ("What is the law in West Virginia?", ("any law of West Virginia",)),
        # people and things
        ("What did Justice Jackson say of the law?", ()),
        ("May police use mobile scanners?", ()),
        ("May an officer ask about status?", ()),
        # a case, not a place
        ("What did the Court hold in Quahog about the law?", ()),
    ],
)
def test_the_places_that_are_not_held(question: str, missing: tuple[str, ...]) -> None:
    assert unheld_places(question, holdings()) == missing


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("May police in Des Moines hold a person?", ()),
        ("May Des Moines refuse a detainer?", ()),
        ("What is the law in Des Moines?", ()),
        # what the city has made is asked for
        ("Does an ordinance of Des Moines forbid it?", ("any law of Des Moines, Iowa",)),
        ("Do the by-laws of Des Moines forbid it?", ("any law of Des Moines, Iowa",)),
        ("What is the city policy in Des Moines?", ("any law of Des Moines, Iowa",)),
        ("What did the Des Moines council forbid?", ("any law of Des Moines, Iowa",)),
        # of two cities of that name one lies in a state whose law is held
        ("May police in Portland hold a person?", ("any law of Portland",)),
        # another state's law binds nobody there
        ("May police in Des Moines or in Omaha hold?", ("any law of Omaha, Nebraska",)),
    ],
)
def test_the_law_of_its_state_binds_a_city(question: str, missing: tuple[str, ...]) -> None:
    assert unheld_places(question, holdings()) == missing


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("What does Texas law say of a hold?", ("any law of Texas",)),
        ("what do texas state laws say of a hold", ("any law of Texas",)),
        ("What does Texas's boating statute forbid?", ("any law of Texas",)),
        # not its law is asked for: the agreement may tell
        ("May a sheriff in Texas hold a person?", ()),
        ("May Texas law enforcement hold a person?", ()),
        ("What is Texas's policy?", ()),
        # law of it, or of a city in it, is held
        ("What does Iowa law say of a hold?", ()),
        ("What does Massachusetts law say of a hold?", ()),
        # what a court said of it stands in the ruling
        ("Did the Court settle whether Texas's law forbids it?", ()),
    ],
)
def test_an_agreement_of_a_state_is_no_law_of_it(question: str, missing: tuple[str, ...]) -> None:
    assert unheld_places(question, holdings()) == missing


def test_a_place_in_a_missing_source_is_not_told_twice() -> None:
    text = "What does the Boston Trust Act say of the law?"
    assert unheld_places(text, holdings(), ("Boston Trust Act",)) == ()


def test_every_city_lies_in_a_state() -> None:
    assert all(is_possible(path) for paths in CITIES.values() for path in paths)
    assert CITIES["Portland"] == ("us/me/portland", "us/or/portland")
