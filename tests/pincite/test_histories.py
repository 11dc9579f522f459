"""The timeline of a work: its versions and the chain of what changed and ended them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ingest.catalogue import load_catalogue
from pincite.histories import timeline
from pincite.works import Works

CATALOGUE = Path(__file__).parents[2] / "corpora" / "sanctuary" / "catalogue.toml"
WORKS = Works(load_catalogue(CATALOGUE))
DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("name", "own", "others"),
    [
        ("eo-13768", ["eo-13768"], ["eo-13993", "eo-14148", "eo-14159", "eo-14159-markdown"]),
        # from the other end: what the last order ended, and what that had ended
        ("eo-14148", ["eo-14148"], ["eo-13768", "eo-13993", "eo-14012"]),
        (
            "dc-code-24-211-07",
            ["dc-code-24-211-07-2012", "dc-code-24-211-07", "dc-code-24-211-07-perm"],
            ["dc-act-23-131", "dc-act-23-207", "dc-law-23-56", "dc-law-23-282", "dc-law-23-284"],
        ),
        (
            "nyc-local-law-2011-062",
            ["nyc-local-law-2011-062"],
            [
                "nyc-local-law-2013-022",
                "nyc-local-law-2014-058",
                "nyc-local-law-2017-228-record",
                "nyc-local-law-2017-228",
                "nyc-local-law-2026-063",
            ],
        ),
        ("youngstown-v-sawyer", ["youngstown-v-sawyer"], []),
    ],
)
def test_a_timeline_holds_the_versions_and_the_chain(
    name: str, own: list[str], others: list[str]
) -> None:
    versions = timeline(WORKS, WORKS.entries[name], DAY)
    assert [one.entry.id for one in versions if one.of_work] == own
    assert [one.entry.id for one in versions if not one.of_work] == others


def test_a_timeline_is_in_order_of_time() -> None:
    for entry in WORKS.entries.values():
        known = [one.since for one in timeline(WORKS, entry, DAY) if one.since]
        assert known == sorted(known), entry.id


def test_each_version_tells_what_it_suffers_and_what_it_does() -> None:
    versions = {one.entry.id: one for one in timeline(WORKS, WORKS.entries["eo-13768"], DAY)}
    order, revoker = versions["eo-13768"], versions["eo-13993"]
    assert (order.since, order.until) == (date(2017, 1, 25), date(2021, 1, 20))
    assert [(change.type, change.actor.id) for change in order.done_to] == [("revokes", "eo-13993")]
    assert [(kind, target.id) for kind, target in revoker.does] == [("revokes", "eo-13768")]
    assert revoker.standing.status == "revoked"
