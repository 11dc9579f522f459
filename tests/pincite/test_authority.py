"""What sort of authority words are, and what they are worth to whom."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.catalogue import load_catalogue
from pincite.authority import Authority, Rank, authority_of, in_words, is_recital
from pincite.kinds import KINDS, Channel, Kind, channel_of
from pincite.types import Entry, Part, Status

CORPORA = Path(__file__).parents[2] / "corpora"
NYC = "us/ny/new-york-city"
PARTS: tuple[Part | None, ...] = (None, *get_args(Part))


def entry(kind: Kind, **fields: Any) -> Entry:
    return Entry("x", kind, "T", "x.md", **fields)


COURT = {"issuer": "Supreme Court of the United States", "jurisdiction": "us"}


@pytest.mark.parametrize(
    ("kind", "fields", "rank", "label", "force"),
    [
        (
            Kind.CONSTITUTION,
            {"jurisdiction": "us"},
            Rank.CONSTITUTION,
            "federal constitution",
            "binding in the United States",
        ),
        (
            Kind.STATUTE,
            {"jurisdiction": "us/ga"},
            Rank.STATUTE,
            "statute of Georgia",
            "binding in Georgia",
        ),
        (
            Kind.ORDINANCE,
            {"jurisdiction": "us/ma/somerville"},
            Rank.LOCAL_LAW,
            "local law of Somerville",
            "binding in Somerville",
        ),
        # an act of the District's Council is a statute, one of a city's council a local law
        (
            Kind.AMENDING_ACT,
            {"jurisdiction": "us/dc"},
            Rank.STATUTE,
            "amending act of the District of Columbia",
            "binding in the District of Columbia",
        ),
        (
            Kind.AMENDING_ACT,
            {"jurisdiction": NYC},
            Rank.LOCAL_LAW,
            "amending act of New York City",
            "binding in New York City",
        ),
        (
            Kind.EXECUTIVE_ORDER,
            {"jurisdiction": "us", "issuer": "President of the United States"},
            Rank.ORDER,
            "executive order of the President",
            "binding on federal agencies",
        ),
        (
            Kind.EXECUTIVE_ORDER,
            {"jurisdiction": NYC, "issuer": "Mayor Eric Adams (by the First Deputy Mayor)"},
            Rank.ORDER,
            "executive order of the Mayor of New York City",
            "binding on the agencies of New York City",
        ),
        (Kind.STATUTE, {}, Rank.STATUTE, "statute", "law, its place not known"),
        (
            Kind.DOJ_MEMO,
            {"issuer": "Department of Justice, Office of Legal Counsel"},
            Rank.AGENCY,
            "position of the Department of Justice, Office of Legal Counsel, not law",
            "not law",
        ),
        (
            Kind.FACT_SHEET,
            {"issuer": "The White House"},
            Rank.AGENCY,
            "statement of the White House, not law",
            "not law",
        ),
        (
            Kind.AGREEMENT,
            {},
            Rank.AGREEMENT,
            "agreement between its parties, not law",
            "not law",
        ),
        (
            Kind.RESOLUTION,
            {"issuer": "New York City Council"},
            Rank.RESOLUTION,
            "resolution of the New York City Council, not law",
            "not law",
        ),
        (
            Kind.BILL,
            {"issuer": "New York City Council"},
            Rank.BILL,
            "bill before the New York City Council, not law",
            "not law",
        ),
        (
            Kind.OP_ED,
            {"issuer": "Noor Castellane, Port Alder Courier"},
            Rank.ADVOCACY,
            "opinion piece by Noor Castellane, Port Alder Courier, not law",
            "not law",
        ),
        (Kind.NEWS, {}, Rank.ADVOCACY, "press report, not law", "not law"),
    ],
)
def test_kinds_are_ranked_and_named(
    kind: Kind, fields: dict[str, Any], rank: Rank, label: str, force: str
) -> None:
    found = authority_of(entry(kind, **fields))
    assert (found.rank, found.label, found.force()) == (rank, label, force)


@pytest.mark.parametrize(
    ("part", "rank", "channel", "force"),
    [
        ("majority", Rank.HOLDING, "law", "binding"),
        ("per_curiam", Rank.HOLDING, "law", "binding"),
        ("plurality", Rank.PLURALITY, "law", "persuasive"),
        ("syllabus", Rank.RECORD, "record", "not law"),
        ("concurrence", Rank.SEPARATE_OPINION, "argument", "not law"),
        ("in_part", Rank.SEPARATE_OPINION, "argument", "not law"),
        ("dissent", Rank.SEPARATE_OPINION, "argument", "not law"),
        ("note", Rank.RECORD, "record", "not law"),
        ("furniture", Rank.RECORD, "record", "not law"),
        # which part it is of is not known: nobody may take it for a holding
        (None, Rank.PLURALITY, "law", "persuasive"),
    ],
)
def test_of_an_opinion_only_the_majority_holds(
    part: Part | None, rank: Rank, channel: Channel, force: str
) -> None:
    found = authority_of(entry(Kind.COURT_RULING, **COURT), part)
    assert (found.rank, found.channel, found.force(NYC)) == (rank, channel, force)
    assert ("not" in found.label) == (part not in ("majority", "per_curiam", None))


STATUTE = entry(Kind.STATUTE, jurisdiction="us/ny")
LOCAL = entry(Kind.ORDINANCE, jurisdiction=NYC)
FEDERAL = entry(Kind.STATUTE, jurisdiction="us")
PRESIDENT = entry(Kind.EXECUTIVE_ORDER, jurisdiction="us", issuer="President of the United States")
MAYOR = entry(Kind.EXECUTIVE_ORDER, jurisdiction=NYC, issuer="Mayor Eric Adams")


@pytest.mark.parametrize(
    ("law", "place", "force"),
    [
        (FEDERAL, "us", "binding"),
        (FEDERAL, NYC, "binding"),
        (FEDERAL, "us/il/chicago", "binding"),
        (FEDERAL, "ca/on", "law of the United States, not binding here"),
        (STATUTE, "us/ny", "binding"),
        (STATUTE, NYC, "binding"),
        (STATUTE, "us/nj", "law of New York, not binding here"),
        # a place is no other's because its name begins alike
        (STATUTE, "us/nyx", "law of New York, not binding here"),
        # it binds in a part of the asker's place
        (STATUTE, "us", "binding in New York"),
        (LOCAL, NYC, "binding"),
        (LOCAL, "us/ny", "binding in New York City"),
        (LOCAL, "us/ny/yonkers", "law of New York City, not binding here"),
        (PRESIDENT, NYC, "binding on federal agencies"),
        (PRESIDENT, None, "binding on federal agencies"),
        (MAYOR, NYC, "binding on the agencies of New York City"),
        (MAYOR, "us/ny", "binding on the agencies of New York City"),
        (MAYOR, "us/ga", "law of New York City, not binding here"),
    ],
)
def test_law_binds_in_its_place_and_all_that_lies_in_it(
    law: Entry, place: str | None, force: str
) -> None:
    assert authority_of(law).force(place) == force


@pytest.mark.parametrize(
    ("status", "force"),
    [
        ("in_force", "binding"),
        ("unknown", "binding"),
        ("superseded", "no longer law"),
        ("repealed", "no longer law"),
        ("revoked", "no longer law"),
        ("expired", "no longer law"),
        ("pending", "not yet law"),
        ("not_enacted", "never law"),
    ],
)
def test_what_is_not_in_force_binds_nobody(status: Status, force: str) -> None:
    assert authority_of(LOCAL).force(NYC, status) == force


def test_a_recital_of_an_order_is_no_law() -> None:
    recital = authority_of(MAYOR, recital=True)
    assert (recital.channel, recital.force(NYC)) == ("record", "not law")
    assert is_recital("WHEREAS, it is so;")
    assert not is_recital("A recital binds nobody.")


def test_an_argument_stays_one_in_a_recital() -> None:
    assert authority_of(entry(Kind.OP_ED), recital=True).channel == "argument"


PLACES = st.sampled_from(["us", "us/ny", NYC, "us/dc", "us/ma/somerville", "us/il/chicago", "zz/a"])
ENTRIES = st.builds(
    entry,
    st.sampled_from(list(Kind)),
    jurisdiction=st.none() | PLACES,
    issuer=st.none()
    | st.sampled_from(
        [
            "Supreme Court of the United States",
            "United States Court of Appeals for the Second Circuit",
            "Mayor of Arden",
            "The White House",
        ]
    ),
)


@given(ENTRIES, st.sampled_from(PARTS), st.none() | PLACES, st.booleans())
def test_record_and_argument_never_bind(
    one: Entry, part: Part | None, place: str | None, recital: bool
) -> None:
    found = authority_of(one, part, recital=recital)
    force = found.force(place)
    if found.channel != "law":
        assert force == "not law"
    if force.startswith("binding"):
        assert channel_of(one.kind, part) == "law"
        assert found.rank <= Rank.HOLDING


@given(ENTRIES, st.sampled_from(PARTS))
def test_the_channel_is_that_of_kind_and_part(one: Entry, part: Part | None) -> None:
    assert authority_of(one, part).channel == channel_of(one.kind, part)


@given(ENTRIES, st.sampled_from(PARTS), PLACES, PLACES)
def test_what_binds_in_a_place_binds_in_all_that_lies_in_it(
    one: Entry, part: Part | None, place: str, other: str
) -> None:
    found = authority_of(one, part)
    if other.startswith(f"{place}/") and found.force(place) == "binding":
        assert found.force(other) == "binding"


@given(ENTRIES, st.sampled_from(PARTS), st.sampled_from(get_args(Status)), st.none() | PLACES)
def test_what_has_ended_never_binds(
    one: Entry, part: Part | None, status: Status, place: str | None
) -> None:
    force = authority_of(one, part).force(place, status)
    assert status in ("in_force", "unknown") or not force.startswith("binding")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("us", "the United States"),
        ("us/dc", "the District of Columbia"),
        ("us/ny", "New York"),
        (NYC, "New York City"),
        ("zz", "its country"),
    ],
)
def test_a_place_stands_in_a_sentence(path: str, name: str) -> None:
    assert in_words(path) == name


def entries() -> Iterator[Entry]:
    for corpus in ("sample", "sanctuary"):
        yield from load_catalogue(CORPORA / corpus / "catalogue.toml")


REAL = list(entries())


@pytest.mark.parametrize("one", REAL, ids=lambda one: one.id)
def test_every_real_entry_has_a_label_and_a_force(one: Entry) -> None:
    part: Part | None = "majority" if one.kind is Kind.COURT_RULING else None
    found = authority_of(one, part)
    assert found.label
    assert "None" not in found.label
    assert isinstance(found, Authority)
    for place in (None, "us", NYC, "zz/marenga/port-alder"):
        force = found.force(place, one.status)
        assert force
        assert (force == "not law") == (KINDS[one.kind].channel != "law")
        assert force != "law, its place not known"


def test_every_real_ruling_is_of_a_known_court() -> None:
    rulings = {one.id: one for one in REAL if one.kind is Kind.COURT_RULING}
    federal = {id for id, one in rulings.items() if one.collection == "sanctuary"}
    assert len(federal) == 9
    assert {authority_of(rulings[id], "majority").force() for id in federal} == {
        "binding in the United States"
    }
    own = authority_of(rulings["state-v-port-alder-2021"], "majority")
    assert own.force("zz/marenga/port-alder") == "binding"
    district = authority_of(rulings["dellarosa-v-brackwater-2020"], "majority")
    assert district.force("zz/marenga/brackwater") == "persuasive"
