"""Facets: what passes, what is counted, and in which order what passes is shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from pincite.authority import Rank
from pincite.errors import QuestionError
from pincite.kinds import Kind
from pincite.types import Entry, Hit, Locator, Passage, Span
from service.engine import Engine
from service.searching.facets import Found, counts, passing
from service.searching.finding import survey
from service.searching.showing import shown, why
from service.searching.sorting import grouped
from service.searching.wanted import wanted_of

Made = Callable[..., Found]


@pytest.fixture
def made() -> Made:
    """A passage found, of which a test says only what matters."""

    def found(id_: str, at: int = 1, **more: Any) -> Found:
        entry = Entry(
            id_,
            more.get("kind", Kind.STATUTE),
            id_,
            "f",
            issued=more.get("issued"),
            jurisdiction=more.get("jurisdiction", "us"),
        )
        hit = Hit(Passage(id_, "v", Span(at, at + 1), "x", Locator()), 1.0 / at)
        rank, channel = more.get("rank", Rank.STATUTE), more.get("channel", "law")
        return Found(hit, entry, "in_force", channel, rank, more.get("reach", 0), at)

    return found


def test_of_one_facet_any_and_of_several_all(made: Made) -> None:
    law = made("a", issued=date(2014, 1, 1))
    bill = made("b", kind=Kind.BILL, issued=date(2014, 5, 1))
    old = made("c", issued=date(1996, 1, 1))
    found = [law, bill, old]
    assert passing(found, {"kind": ("statute", "bill")}) == found
    assert passing(found, {"kind": ("statute", "bill"), "year": ("2014",)}) == [law, bill]
    assert passing(found, {"kind": ("bill",), "year": ("1996",)}) == []


def test_values_chosen_are_counted_in_what_is_shown_and_the_rest_without_them(made: Made) -> None:
    shown_, others = [made("a"), made("b")], [made("a"), made("c", kind=Kind.BILL)]
    assert counts(shown_, others, "kind", ("statute",)) == [("statute", 2), ("bill", 1)]
    assert counts(shown_, (), "kind", ()) == [("statute", 2)]
    assert counts((), others, "kind", ("resolution",)) == [
        ("bill", 1),
        ("statute", 1),
        ("resolution", 0),
    ]


def test_years_stand_newest_first(made: Made) -> None:
    days = [date(1996, 1, 1), date(2014, 1, 1), date(1996, 2, 1), None]
    found = [made(str(at), issued=day) for at, day in enumerate(days)]
    assert counts(found, (), "year", ()) == [("2014", 1), ("1996", 2), ("none", 1)]


def test_documents_stand_by_the_first_of_their_passages(made: Made) -> None:
    found = [
        made("opinion", 1, rank=Rank.SEPARATE_OPINION, channel="argument", issued=date(1997, 1, 1)),
        made("city", 2, rank=Rank.STATUTE, reach=2, issued=date(2014, 1, 1)),
        made("nation", 3, rank=Rank.STATUTE, reach=0),
        made("opinion", 4, rank=Rank.HOLDING, issued=date(1997, 1, 1)),
    ]

    def order(sort: str) -> list[str]:
        return [group.entry.id for group in grouped(found, sort)]

    assert order("relevance") == ["opinion", "city", "nation"]
    assert order("newest") == ["city", "opinion", "nation"]  # what has no date comes last
    assert order("oldest") == ["opinion", "city", "nation"]
    assert order("authority") == ["nation", "city", "opinion"]
    assert [one.at for one in grouped(found, "authority")[-1].found] == [4, 1]


def test_a_survey_counts_and_filters_in_the_engine(engine: Engine) -> None:
    with engine.holdings() as holdings:
        every = survey(engine, wanted_of("toll harbor bridge", holdings))
        old = survey(
            engine, wanted_of("toll harbor bridge", holdings, chosen={"status": ["superseded"]})
        )
    assert {one.entry.id for one in every.found} == {
        "arden-code-4-12",
        "arden-code-4-12-2010",
        "hostile",
    }
    assert {one.entry.id for one in old.found} == {"arden-code-4-12-2010"}
    assert dict(old.counts["kind"]) == {"ordinance": len(old.found)}
    # The other values stay in sight, counted without the filter.
    assert dict(old.counts["status"])["in_force"] == dict(every.counts["status"])["in_force"]
    assert [one.at for one in every.found] == [*range(1, len(every.found) + 1)]


def test_what_no_document_has_is_not_looked_for(engine: Engine) -> None:
    with engine.holdings() as holdings:
        wanted = wanted_of(
            "toll", holdings, chosen={"kind": ["op_ed"], "status": ["superseded"]}, page=7
        )
    found = survey(engine, wanted)
    assert found.found == ()
    assert (shown(found).pages, shown(found).groups) == (1, [])


def test_why_a_passage_is_here_is_its_rank_in_every_leg(engine: Engine) -> None:
    with engine.holdings() as holdings:
        found = survey(engine, wanted_of("harbor master ambulance", holdings))
    first = why(found.found[0])
    assert first["ranks"]["bm25"] == 1
    assert first["ranks"]["citation"] is None
    assert not first["lifted"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"chosen": {"kind": ["law"]}}, "unknown kind 'law'"),
        ({"chosen": {"status": ["gone"]}}, "known are, for instance: in_force"),
        ({"chosen": {"year": ["1800"]}}, "unknown year '1800'"),
        ({"sort": "best" * 200}, "known are: relevance, newest, oldest, authority"),
        ({"issued_from": "soon"}, "is no date"),
    ],
)
def test_an_unknown_value_is_answered_with_the_known_ones(
    engine: Engine, typed: Any, said: str
) -> None:
    with engine.holdings() as holdings, pytest.raises(QuestionError) as raised:
        wanted_of("toll", holdings, **typed)
    assert said in str(raised.value)
    assert len(str(raised.value)) < 400
