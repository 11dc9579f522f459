"""A citation in the search box: the provision itself, or that it is not held."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from service.engine import Engine
from service.holdings import Holdings
from service.searching.lookup import LookedUp, doubt, looked_up, spelled_out
from service.vantage import Vantage, today


@pytest.fixture
def holdings(engine: Engine) -> Iterator[Holdings]:
    with engine.holdings() as held:
        yield held


def found(text: str, holdings: Holdings) -> list[LookedUp]:
    return looked_up(text, holdings, Vantage(today(), works=holdings.works))


def test_what_is_cited_and_not_held_is_told(holdings: Holdings) -> None:
    [one] = found("what does 8 USC 1373(a) say", holdings)
    assert (one.citation, one.places, one.documents) == ("8 U.S.C. § 1373(a)", (), 0)


def test_several_citations_are_each_looked_up_once_and_not_without_end(holdings: Holdings) -> None:
    said = "8 USC 1373, 8 U.S.C. § 1373, 521 U.S. 898, 935; 8 CFR 287.7; 8 USC 1357"
    assert [one.citation for one in found(said, holdings)] == [
        "8 U.S.C. § 1373",
        "521 U.S. 898",
        "8 C.F.R. § 287.7",
    ]


@pytest.mark.parametrize("words", ["tolls", "nobody v. nobody", "PMC 12.34", "in Spanish", "v."])
def test_words_are_not_looked_up(words: str, holdings: Holdings) -> None:
    assert found(words, holdings) == []


def test_a_citys_initials_are_spelled_out(holdings: Holdings) -> None:
    assert spelled_out("SMC § 4.18.015") == "Seattle Municipal Code 4.18.015"
    assert spelled_out("the SMC and 4.18") == "the SMC and 4.18"
    assert [one.citation for one in found(spelled_out("SMC 4.18.015"), holdings)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("PMC 12.34", "is no citation that is known; write it as"),
        ("section 77-7777", "is no citation that is known; write it as"),
        ("tolls on bridges", ""),
        ("toll 12", ""),
    ],
)
def test_what_reads_as_a_citation_and_is_none_is_told(
    text: str, said: str, holdings: Holdings
) -> None:
    told = doubt(text, holdings)
    assert said in told
    assert bool(said) == bool(told)
