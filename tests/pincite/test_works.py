"""Editions of works in time, over the real catalogue's facts and over made chains."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.catalogue import load_catalogue
from pincite.kinds import Kind
from pincite.types import Entry, Link, Status
from pincite.works import Works

CATALOGUE = Path(__file__).parents[2] / "corpora" / "sanctuary" / "catalogue.toml"
REAL = Works(load_catalogue(CATALOGUE))
TODAY = date(2026, 11, 22)


def in_force(names: tuple[str, ...], day: str) -> set[str]:
    on = date.fromisoformat(day)
    return {name for name in names if REAL.standing(REAL.entries[name], on).status == "in_force"}


DC = (
    "dc-code-24-211-07-2012",
    "dc-code-24-211-07",
    "dc-law-19-194",
    "dc-act-23-131",
    "dc-act-23-207",
    "dc-law-23-56",
    "dc-law-23-282",
    "dc-law-23-284",
    "dc-law-24-257",
)


@pytest.mark.parametrize(
    ("day", "law"),
    [
        ("2012-12-10", set()),
        ("2015-06-01", {"dc-code-24-211-07-2012", "dc-law-19-194"}),
        ("2020-01-20", {"dc-code-24-211-07-2012", "dc-law-19-194", "dc-act-23-131"}),
        ("2020-01-21", {"dc-code-24-211-07-2012", "dc-law-19-194"}),
        (
            "2020-04-25",
            {"dc-code-24-211-07-2012", "dc-law-19-194", "dc-act-23-207", "dc-law-23-56"},
        ),
        ("2020-10-09", {"dc-code-24-211-07-2012", "dc-law-19-194"}),
        ("2021-04-27", {"dc-code-24-211-07", "dc-law-23-282"}),
        ("2021-12-25", {"dc-code-24-211-07", "dc-law-23-282", "dc-law-23-284"}),
        ("2021-12-26", {"dc-code-24-211-07", "dc-law-23-282"}),
        ("2023-02-23", {"dc-code-24-211-07", "dc-law-23-282", "dc-law-24-257"}),
    ],
)
def test_the_law_of_the_district_on_detainers_on_a_day(day: str, law: set[str]) -> None:
    assert in_force(DC, day) == law


ORDERS = ("eo-13768", "eo-13993", "eo-14148", "eo-14159", "eo-14159-markdown")


@pytest.mark.parametrize(
    ("day", "law"),
    [
        ("2017-01-24", set()),
        ("2017-01-25", {"eo-13768"}),
        ("2021-01-19", {"eo-13768"}),
        ("2021-01-20", {"eo-13993"}),
        ("2025-01-19", {"eo-13993"}),
        ("2025-01-20", {"eo-14148", "eo-14159", "eo-14159-markdown"}),
        ("2026-11-22", {"eo-14148", "eo-14159", "eo-14159-markdown"}),
    ],
)
def test_revoking_a_revocation_revives_nothing(day: str, law: set[str]) -> None:
    assert in_force(ORDERS, day) == law


CITY = tuple(
    f"nyc-local-law-{name}"
    for name in ("2011-062", "2013-021", "2013-022", "2014-058", "2014-059", "2017-228", "2026-063")
)


@pytest.mark.parametrize(
    ("day", "law"),
    [
        ("2012-03-20", set()),
        ("2012-03-21", {"2011-062"}),
        ("2013-07-16", {"2011-062", "2013-021", "2013-022"}),
        ("2014-12-14", {"2014-058", "2014-059"}),
        ("2018-01-30", {"2014-058", "2014-059", "2017-228"}),
        ("2026-01-29", {"2014-058", "2014-059", "2017-228", "2026-063"}),
    ],
)
def test_the_local_laws_of_new_york_city_on_a_day(day: str, law: set[str]) -> None:
    assert in_force(CITY, day) == {f"nyc-local-law-{name}" for name in law}


@pytest.mark.parametrize(
    ("name", "day", "words"),
    [
        ("dc-code-24-211-07-2012", TODAY, "superseded on 2021-04-27 by D.C. Law 23-282"),
        ("dc-law-19-194", TODAY, "superseded on 2021-04-27 by D.C. Law 23-282"),
        ("dc-code-23-1321", TODAY, "superseded on 2021-04-27 by D.C. Law 23-282"),
        ("eo-13768", TODAY, "revoked on 2021-01-20 by Exec. Order No. 13,993"),
        (
            "eo-13993",
            TODAY,
            "revoked on 2025-01-20 by Exec. Order No. 14,148 and Exec. Order No. 14,159",
        ),
        # by an order that is not held
        ("nyc-eo-2025-050", TODAY, "revoked on 2026-01-01"),
        ("dc-act-23-131", TODAY, "expired on 2020-01-21"),
        (
            "nyc-local-law-2013-022",
            TODAY,
            "superseded on 2014-12-14 by N.Y.C. Local Law No. 58 of 2014",
        ),
        (
            "nyc-local-law-2014-058",
            date(2020, 1, 1),
            "in force since 2014-12-14, amended from 2018-01-30 by"
            " N.Y.C. Local Law No. 228 of 2017",
        ),
        (
            "dc-code-24-211-07-2012",
            date(2019, 11, 15),
            "in force since 2012-12-11, temporarily amended from 2019-10-23 until 2020-01-21"
            " by D.C. Act 23-131; superseded on 2021-04-27 by D.C. Law 23-282",
        ),
        (
            "dc-code-24-211-07",
            date(2021, 6, 1),
            "in force since 2021-04-27, temporarily amended from 2021-05-15 until 2021-12-26"
            " by D.C. Law 23-284",
        ),
        ("nyc-int-0214-2024", TODAY, "bill, never enacted"),
        ("usc-8-1373", TODAY, "in force, dates unknown"),
    ],
)  # fmt: skip
def test_the_words_say_what_ended_or_changed_it(name: str, day: date, words: str) -> None:
    assert REAL.standing(REAL.entries[name], day).words == words


@pytest.mark.parametrize(
    ("day", "current"),
    [("2025-04-07", False), ("2025-04-08", True), ("2025-12-31", True), ("2026-01-01", False)],
)
def test_the_order_on_rikers_island_ended_with_its_mayor(day: str, current: bool) -> None:
    order = REAL.entries["nyc-eo-2025-050"]
    assert REAL.standing(order, date.fromisoformat(day)).current is current
    assert "9-131(h)(2)" in (order.notice or "")  # the clause it rests on was deleted


def test_what_becomes_of_a_revocation_is_told() -> None:
    order = REAL.entries["eo-13768"]
    assert REAL.aftermath(order, date(2024, 12, 31)) == ""
    told = REAL.aftermath(order, TODAY)
    assert told.startswith("Exec. Order No. 13,993 was itself revoked on 2025-01-20")
    assert told.endswith("that alone does not bring back Exec. Order No. 13,768.")


@pytest.mark.parametrize(
    ("name", "heirs"),
    [
        ("dc-code-24-211-07-2012", {"dc-code-24-211-07", "dc-law-23-282"}),
        ("nyc-local-law-2011-062", {"nyc-local-law-2014-058"}),
        ("eo-13768", set()),  # a revocation puts nothing in its place
    ],
)
def test_what_stands_in_the_place_of_a_superseded_text(name: str, heirs: set[str]) -> None:
    assert {e.id for e in REAL.successors(REAL.entries[name], TODAY)} == heirs


def test_every_entry_of_the_real_catalogue_stands_somehow_on_every_day() -> None:
    for entry in REAL.entries.values():
        for year in (1, 1900, 2013, 2020, 2026, 9999):
            REAL.standing(entry, date(year, 6, 1))


def test_a_copy_ends_with_its_original() -> None:
    old = made("old", date(2010, 1, 1))
    copy = made("copy", date(2010, 1, 1), ("same_text_as", "old"))
    new = made("new", date(2020, 1, 1), ("revokes", "old"))
    works = Works([old, copy, new])
    assert works.standing(copy, TODAY).words == "revoked on 2020-01-01 by new"
    assert works.standing(new, TODAY).current


def test_an_excerpt_ends_with_its_whole_and_not_the_other_way_round() -> None:
    whole, part = made("whole", None), made("part", None, ("excerpt_of", "whole"))
    ended = Works([whole, part, made("act", date(2020, 1, 1), ("repeals", "whole"))])
    assert ended.standing(part, TODAY).status == "repealed"
    kept = Works([whole, part, made("act", date(2020, 1, 1), ("repeals", "part"))])
    assert kept.standing(whole, TODAY).status == "in_force"


def test_what_was_never_enacted_ends_nothing() -> None:
    law = made("law", date(2010, 1, 1))
    bill = made("bill", date(2020, 1, 1), ("repeals", "law"), status="not_enacted")
    assert Works([law, bill]).standing(law, TODAY).current


def test_what_ended_on_a_day_unknown_is_not_current() -> None:
    law, act = made("law", date(2010, 1, 1)), made("act", None, ("repeals", "law"))
    found = Works([law, act]).standing(law, TODAY)
    assert (found.status, found.words) == ("repealed", "repealed by act, on a day not known")


def test_a_circle_of_endings_is_no_endless_loop() -> None:
    one = made("one", date(2010, 1, 1), ("revokes", "two"))
    two = made("two", date(2020, 1, 1), ("revokes", "one"))
    works = Works([one, two])
    assert works.standing(one, TODAY).status == "revoked"
    assert works.successors(one, TODAY) == ()


def made(
    name: str, begun: date | None, *links: tuple[Any, str], status: Status = "in_force", **more: Any
) -> Entry:
    relations = tuple(Link(kind, target) for kind, target in links)
    return Entry(
        name, Kind.ORDINANCE, name, f"{name}.md", effective=begun, status=status,
        citation=name, relations=relations, **more,
    )  # fmt: skip


days = st.dates(date(1990, 1, 1), date(2030, 12, 31))


@st.composite
def chains(draw: st.DrawFn) -> list[Entry]:
    """The editions of one work, each ended by the next, some with their last day written down."""
    begun = sorted(draw(st.sets(days, min_size=1, max_size=6)))
    editions = []
    for place, day in enumerate(begun):
        links = [("supersedes", f"e{place - 1}")] if place else []
        last = place == len(begun) - 1
        told = not last and draw(st.booleans())
        editions.append(
            made(
                f"e{place}", day, *links, work="work",
                status="superseded" if told else "in_force",
                expires=begun[place + 1] if told else None,
            )
        )  # fmt: skip
    return editions


@given(chains(), days)
def test_at_most_one_edition_of_a_chain_is_in_force_and_exactly_one_once_begun(
    editions: list[Entry], day: date
) -> None:
    works = Works(editions)
    current = [e.id for e in editions if works.standing(e, day).status == "in_force"]
    begun = [e for e in editions if e.effective and e.effective <= day]
    assert current == ([begun[-1].id] if begun else [])


@given(chains(), days, st.integers(0, 10_000))
def test_what_has_ended_is_never_in_force_again(
    editions: list[Entry], day: date, later: int
) -> None:
    works = Works(editions)
    for edition in editions:
        if works.standing(edition, day).status == "superseded":
            assert works.standing(edition, day + timedelta(later)).status == "superseded"


@given(chains(), st.lists(days, max_size=8))
def test_standings_do_not_depend_on_what_was_asked_before(
    editions: list[Entry], asked: list[date]
) -> None:
    works = Works(editions)
    for day in [*asked, *reversed(asked)]:
        for edition in editions:
            assert works.standing(edition, day) == Works(editions).standing(edition, day)
