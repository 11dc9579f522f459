"""A city's name is a place's where it stands as one: not a person's, not in a longer word."""

from __future__ import annotations

import time

import pytest

from pincite.cities import CITIES, cities_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # before the name stands what makes it a place's
        ("May a jail in Boise hold a person?", ["Boise"]),
        ("Do the police of Salem report?", ["Salem"]),
        ("may a jail in the city of fargo hold a person?", ["Fargo"]),
        # or behind it: whose or what it is
        ("What is Boise's policy?", ["Boise"]),
        ("What is Boise’s policy?", ["Boise"]),
        ("may chicago police ask?", ["Chicago"]),
        ("May the Tulsa public schools ask?", ["Tulsa"]),
        # or a verb that asks, and the name has its capital
        ("May Nashville refuse a detainer?", ["Nashville"]),
        ("may Nashville refuse a detainer?", ["Nashville"]),
        ("may nashville refuse a detainer?", []),
        ("If it is asked, must Salt Lake City answer?", ["Salt Lake City"]),
        ("Is it lawful? Can Denver refuse?", ["Denver"]),
        ("A jail may refuse, but must Denver pay?", ["Denver"]),
        # all of them, once each
        ("May Tampa police do what jails in Fargo do, and can Tampa pay?", ["Tampa", "Fargo"]),
        # the longer name
        ("May a jail in Charlottesville hold a person?", ["Charlottesville"]),
        ("May Winston-Salem police hold a person?", ["Winston-Salem"]),
        # a person
        ("What did Justice Houston write?", []),
        ("What did Austin say of the law?", []),
        ("Must Mr. Lowell comply?", []),
        ("May Austin Smith refuse a detainer?", []),
        ("Did Madison v. Austin let a jail hold a person?", []),
        # a county of that name, a word that begins or ends so
        ("May a jail in Dallas County hold a person?", []),
        ("May a jail in Renoir hold a person?", []),
        ("May a jail in Miami-Dade hold a person?", []),
        ("May West Des Moines police hold a person?", []),
        ("May a jail in the District of Columbia hold a person?", []),
        ("What is Jerusalem's policy?", []),
        # as often a person's or a thing's
        ("Is Jackson right, and may a jail in Orange hold a person?", []),
        ("", []),
    ],
)
def test_a_city_is_named_where_its_name_is_a_places(text: str, found: list[str]) -> None:
    assert cities_in(text) == found


@pytest.mark.parametrize("name", CITIES)
def test_every_city_of_the_table_is_known_by_its_name(name: str) -> None:
    assert cities_in(f"may a jail in {name.lower()} hold a person?") == [name]
    assert cities_in(f"May {name} police hold a person?") == [name]
    assert cities_in(f"Must {name} comply?") == [name]


@pytest.mark.parametrize("hostile", ["in ", "May Boise ", "boise a ", "\t", "of the city of "])
def test_a_hostile_question_costs_no_more_than_a_long_one(hostile: str) -> None:
    text = "May Boise " + hostile * (50_000 // len(hostile))
    started = time.perf_counter()
    cities_in(text)
    assert time.perf_counter() - started < 2


def test_cities_that_share_a_name_are_all_meant() -> None:
    assert CITIES["Kansas City"] == ("us/ks/kansas-city", "us/mo/kansas-city")
    assert CITIES["Richmond"] == ("us/ca/richmond", "us/va/richmond")
    assert CITIES["St. Paul"] == CITIES["Saint Paul"] == ("us/mn/st-paul",)
