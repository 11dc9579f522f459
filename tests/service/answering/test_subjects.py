"""Which texts of the real catalogue a question names."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.catalogue import load_catalogue
from pincite.works import Works
from service.answering.subjects import (
    is_of,
    meant,
    mentions,
    named_texts,
    unheld_numbers,
    years_of_texts,
)

CATALOGUE = Path(__file__).parents[3] / "corpora" / "sanctuary" / "catalogue.toml"
WORKS = Works(load_catalogue(CATALOGUE))


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Is Executive Order 13768 still in force?", ("eo-13768",)),
        ("What did Local Law 62 of 2011 provide?", ("nyc-local-law-2011-062",)),
        ("Was Executive Order No. 124 of 1989 revoked?", ("nyc-eo-1989-124",)),
        ("Under E.O. 49 (Mar. 24, 2025), who acts?", ("nyc-eo-2025-049",)),
        ("What does the Sanctuary Values Temporary Amendment Act of 2019 say?", ("dc-law-23-56",)),
        ("Under Executive Order 49, who acts?", ()),  # of which year?
        ("What are the laws on the enforcement of immigration?", ()),  # common words of a title
        ("May a jail hold a person?", ()),
        # a title of everyday words: Tennessee's, where no other place is named
        ("What limits the enforcement of federal immigration law?", ("tenn-code-7-68",)),
        (
            "May a county in Tennessee limit enforcement of federal immigration law?",
            ("tenn-code-7-68",),
        ),
        ("May a county in Georgia limit enforcement of federal immigration law?", ()),
    ],
)
def test_a_text_is_named_by_citation_number_or_title(question: str, names: tuple[str, ...]) -> None:
    assert named_texts(question, WORKS) == names


def test_a_citation_that_editions_share_names_them_all() -> None:
    named = named_texts("What does D.C. Code § 24-211.07 say?", WORKS)
    assert set(named) == {
        "dc-code-24-211-07",
        "dc-code-24-211-07-perm",
        "dc-code-24-211-07-2012",
    }


@pytest.mark.parametrize(
    ("question", "absent"),
    [
        ("What did Executive Order No. 9 of April 3, 2015 create?", ("Executive Order 9 of 2015",)),
        ("What does Local Law 7 of 2001 say?", ("Local Law 7 of 2001",)),
        ("What does Local Law 58 of 2014 say?", ()),
        ("Did Executive Order 35 of 2018 revoke Executive Order 9 of 2015?", ()),
    ],
)
def test_an_order_that_is_named_and_not_held_is_told(
    question: str, absent: tuple[str, ...]
) -> None:
    assert unheld_numbers(question, WORKS) == absent


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("Under the 2012 D.C. law, when could jails hold someone?", ((2012, None),)),
        ("What does the April 2025 order say?", ((2025, 4),)),
        ("What did the order signed in January 2017 say?", ((2017, 1),)),
        ("Who was mayor in 2012?", ()),
    ],
)
def test_a_year_tells_texts_apart(question: str, years: tuple[tuple[int, int | None], ...]) -> None:
    assert years_of_texts(question) == years


def test_an_edition_is_of_the_year_in_which_it_was_made_or_began() -> None:
    order, old = WORKS.entries["eo-13768"], WORKS.entries["dc-code-24-211-07-2012"]
    assert is_of(order, [(2017, 1)])
    assert not is_of(order, [(2017, 2)])
    assert is_of(old, [(2012, None)])


def test_an_order_is_meant_by_most_of_its_title() -> None:
    question = (
        "Is the order on restoring faith in the legal immigration system and on"
        " inclusion efforts for new Americans still in force?"
    )
    found = meant(question, WORKS.entries.values(), rulings=False)
    assert found is not None
    assert found.id == "eo-14012"
    assert meant("Is it still in force?", WORKS.entries.values(), rulings=False) is None


def test_a_ruling_is_meant_by_its_first_party_where_rulings_are_asked_for() -> None:
    rulings = [WORKS.entries["printz-v-united-states"], WORKS.entries["trump-v-hawaii"]]
    found = meant("Was Printz overruled?", rulings, rulings=True)
    assert found is rulings[0]
    assert meant("Was Printz a sheriff?", rulings, rulings=False) is None


@pytest.mark.parametrize(
    ("text", "name", "says"),
    [
        ("Executive Order 13768 of January 25, 2017, is hereby revoked.", "eo-13768", True),
        ("Executive Order No. 124, dated August 7, 1989, is REVOKED.", "nyc-eo-1989-124", True),
        ("Executive Order No. 124, dated August 7, 1999, is REVOKED.", "nyc-eo-1989-124", False),
        ("as added by local law number 62 for the year 2011", "nyc-local-law-2011-062", True),
        ("as added by local law number 63 for the year 2011", "nyc-local-law-2011-062", False),
    ],
)  # fmt: skip
def test_a_clause_names_the_text_it_ends(text: str, name: str, says: bool) -> None:
    assert mentions(text, WORKS.entries[name]) is says
