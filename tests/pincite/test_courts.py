"""Which court decided, and where its holdings bind: courts by places."""

from __future__ import annotations

import pytest

from pincite.authority import authority_of
from pincite.courts import court_of
from pincite.kinds import Kind
from pincite.types import Entry

NYC, CHICAGO, DC = "us/ny/new-york-city", "us/il/chicago", "us/dc"


def ruling(
    issuer: str | None = None, citation: str | None = None, jurisdiction: str | None = "us"
) -> Entry:
    return Entry(
        "r",
        Kind.COURT_RULING,
        "A v. B",
        "r.md",
        citation=citation,
        jurisdiction=jurisdiction,
        issuer=issuer,
        status="in_force",
    )


SUPREME = ruling("Supreme Court of the United States", "Printz v. United States, 521 U.S. 898")
BY_CITATION = ruling(None, "Printz v. United States, 521 U.S. 898, 935 (1997)")
SECOND = ruling("United States Court of Appeals for the Second Circuit")
SECOND_CITED = ruling(None, "New York v. DOJ, 951 F.3d 84 (2d Cir. 2020)")
SEVENTH_CITED = ruling(None, "City of Chicago v. Sessions, 888 F.3d 272 (7th Cir. 2018)")
DC_CIRCUIT = ruling(None, "United States v. Jones, 615 F.3d 544 (D.C. Cir. 2010)")
FEDERAL_CIRCUIT = ruling("U.S. Court of Appeals for the Federal Circuit")
DISTRICT = ruling(None, "City of Philadelphia v. Sessions, 309 F. Supp. 3d 289 (E.D. Pa. 2018)")
NORTHERN = ruling("United States District Court for the Northern District of Illinois")
SOUTHERN = ruling(None, "States v. DOJ, 343 F. Supp. 3d 213 (S.D.N.Y. 2018)")
IN_DC_CITED = ruling(None, "A v. B, 1 F. Supp. 2 (D.D.C. 2019)")
NY_APPEALS = ruling("New York Court of Appeals", jurisdiction="us/ny")
NY_DIVISION = ruling("Supreme Court of New York, Appellate Division", jurisdiction="us/ny")
NY_TRIAL = ruling("Supreme Court of New York, Kings County", jurisdiction="us/ny")
MASSACHUSETTS = ruling("Supreme Judicial Court of Massachusetts", jurisdiction="us/ma")
SUPERIOR = ruling("Superior Court of Massachusetts", jurisdiction="us/ma")
PENNSYLVANIA = ruling("Superior Court of Pennsylvania", jurisdiction="us/pa")
COOK = ruling("Circuit Court of Cook County", jurisdiction="us/il/cook-county")
DC_LOCAL = ruling("District of Columbia Court of Appeals", jurisdiction="us/dc")
HAWAII = ruling("Circuit Court of the First Circuit, Hawaii", jurisdiction="us/hi")
BOARD = ruling("Board of Immigration Appeals", "Matter of A-B-, 27 I. & N. Dec. 316 (A.G. 2018)")
UNKNOWN = ruling()


@pytest.mark.parametrize(
    ("entry", "binding", "not_binding"),
    [
        (SUPREME, ("us", "us/ny", NYC, CHICAGO, DC, "us/pr"), ("ca/on",)),
        (BY_CITATION, (NYC, DC), ()),
        (SECOND, ("us/ny", NYC, "us/ct", "us/vt/burlington"), (CHICAGO, DC, "us/ma")),
        (SECOND_CITED, (NYC,), (CHICAGO, "us/nj")),
        (SEVENTH_CITED, (CHICAGO, "us/wi"), (NYC, "us/ia")),
        (DC_CIRCUIT, (DC,), (NYC, "us/md")),
        (FEDERAL_CIRCUIT, (), (NYC, DC)),
        # a district court binds no other court
        (DISTRICT, (), ("us/pa", "us/pa/philadelphia", NYC)),
        (NORTHERN, (), (CHICAGO,)),
        (SOUTHERN, (), (NYC,)),
        (IN_DC_CITED, (), (DC,)),
        (NY_APPEALS, ("us/ny", NYC), ("us/nj", CHICAGO)),
        (NY_DIVISION, (NYC,), ("us/nj",)),
        # the Supreme Court of New York is a court of first instance
        (NY_TRIAL, (), (NYC,)),
        (MASSACHUSETTS, ("us/ma/somerville",), (NYC,)),
        (SUPERIOR, (), ("us/ma/somerville",)),
        (PENNSYLVANIA, ("us/pa/philadelphia",), ("us/nj",)),
        (COOK, (), (CHICAGO, "us/il/cook-county")),
        (DC_LOCAL, (DC,), ("us/md",)),
        (HAWAII, (), ("us/hi", "us/ma")),
        (BOARD, (), (NYC, "us")),
        (UNKNOWN, (), (NYC,)),
    ],
)
def test_a_holding_binds_where_its_court_is_obeyed(
    entry: Entry, binding: tuple[str, ...], not_binding: tuple[str, ...]
) -> None:
    holding = authority_of(entry, "majority")
    for place in binding:
        assert holding.force(place) == "binding", place
    for place in not_binding:
        assert holding.force(place) == "persuasive", place


@pytest.mark.parametrize(
    ("entry", "name", "force"),
    [
        (SUPREME, "U.S. Supreme Court", "binding in the United States"),
        (SECOND_CITED, "U.S. Court of Appeals, Second Circuit", "binding in the Second Circuit"),
        (DC_CIRCUIT, "U.S. Court of Appeals, D.C. Circuit", "binding in the D.C. Circuit"),
        (NY_APPEALS, "New York Court of Appeals", "binding in New York"),
        (DC_LOCAL, "District of Columbia Court of Appeals", "binding in the District of Columbia"),
        (SOUTHERN, "a federal district court", "persuasive"),
    ],
)
def test_without_a_place_a_holding_says_where_it_binds(entry: Entry, name: str, force: str) -> None:
    court = court_of(entry)
    assert court is not None
    assert court.name == name
    assert authority_of(entry, "majority").force() == force


def test_a_circuit_binds_a_part_of_the_country() -> None:
    assert authority_of(SECOND, "majority").force("us") == "binding in the Second Circuit"


def test_a_court_that_nothing_names_is_not_guessed() -> None:
    assert court_of(UNKNOWN) is None
    assert court_of(ruling("Court of Nowhere", jurisdiction=None)) is None


def test_every_state_and_territory_is_in_one_circuit() -> None:
    from pincite.courts import _CIRCUITS
    from pincite.places import is_possible, states

    listed = [code for _, codes in _CIRCUITS.values() for code in codes.split()]
    assert len(listed) == len(set(listed))
    assert all(is_possible(f"us/{code}") for code in listed)
    # American Samoa is in none (28 U.S.C. § 41)
    assert len(listed) == len(states()) - 1
