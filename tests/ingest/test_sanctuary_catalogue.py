"""The catalogue of the real corpus: facts that were checked by reading the documents."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from ingest.catalogue import check_files, load_catalogue
from ingest.fetch import Corpus, check, fetch
from pincite.kinds import Kind, channel_of
from pincite.types import Entry, Link

CATALOGUE = Path(__file__).parents[2] / "corpora" / "sanctuary" / "catalogue.toml"
ENTRIES: dict[str, Entry] = {entry.id: entry for entry in load_catalogue(CATALOGUE)}


@pytest.mark.parametrize(
    ("id", "field", "value"),
    [
        ("usc-8-1373", "citation", "8 U.S.C. § 1373"),
        ("miss-code-25-1-119", "effective", date(2017, 3, 27)),  # "from and after passage"
        ("dc-code-24-211-07", "effective", date(2021, 4, 27)),
        ("dc-code-24-211-07-2012", "status", "superseded"),
        ("dc-code-24-211-07-2012", "expires", date(2021, 4, 27)),
        ("dc-law-23-282", "issued", date(2021, 1, 13)),
        ("dc-act-23-131", "kind", Kind.AMENDING_ACT),
        ("dc-act-23-131", "expires", date(2020, 1, 21)),  # 90 days after October 23, 2019
        ("dc-law-23-56", "expires", date(2020, 10, 9)),  # 225 days after February 27, 2020
        ("nyc-local-law-2011-062", "status", "superseded"),
        ("nyc-local-law-2014-058", "status", "in_force"),
        ("nyc-local-law-2014-058", "effective", date(2014, 12, 14)),  # 30 days after it became law
        ("nyc-local-law-2017-228", "effective", date(2018, 1, 30)),  # 60 days after it became law
        ("nyc-int-0515-2026", "status", "pending"),
        ("nyc-int-0945-2024", "status", "not_enacted"),
        ("nyc-res-0714-2025", "issued", None),  # introduced Jan. 23, adopted on a day unknown
        ("eo-13768", "citation", "Exec. Order No. 13,768, 82 Fed. Reg. 8799 (Jan. 25, 2017)"),
        ("eo-13768", "status", "revoked"),
        ("eo-13768", "effective", None),  # the order does not say
        ("eo-13993", "expires", date(2025, 1, 20)),  # EO 14148 § 2(h), EO 14159 § 3(a)
        ("nyc-eo-1989-124", "expires", date(2003, 5, 13)),  # N.Y.C. EO 34 § 1
        ("nyc-eo-2003-034", "effective", date(2003, 5, 13)),  # "immediately"
        ("nyc-eo-2025-046", "expires", date(2025, 3, 24)),  # N.Y.C. EO 49 § 14
        ("arizona-v-united-states", "citation", "Arizona v. United States, 567 U.S. 387 (2012)"),
        ("287g-desoto-county-sheriff", "effective", date(2019, 10, 15)),  # the later signature
        ("287g-york-county-sheriff", "effective", date(2020, 6, 9)),  # so its addendum says
        ("287g-grayson-county-detention-center", "effective", None),  # one signature has no date
        ("287g-arcadia-police", "jurisdiction", "us/fl/arcadia"),
        ("somerville-code-2-6", "relations", (Link("excerpt_of", "somerville-code"),)),
    ],
)
def test_a_fact_is_what_the_document_says(id: str, field: str, value: Any) -> None:
    assert getattr(ENTRIES[id], field) == value


def test_every_kind_is_listed_as_often_as_the_corpus_holds_it() -> None:
    assert Counter(entry.kind.value for entry in ENTRIES.values()) == {
        "statute": 28,  # 24 files of the folder, four of the D.C. Code
        "executive_order": 27,
        "amending_act": 18,
        "agreement": 17,
        "court_ruling": 9,
        "op_ed": 9,
        "bill": 7,
        "resolution": 6,
        "other": 3,  # two Legistar records and the casebook edit
        "ordinance": 2,
        "fact_sheet": 2,
        "news": 2,
        "transcript": 1,
    }


@pytest.mark.parametrize(
    ("old", "new", "relation"),
    [
        ("dc-code-24-211-07-2012", "dc-code-24-211-07", "supersedes"),
        ("nyc-local-law-2011-062", "nyc-local-law-2014-058", "supersedes"),
        ("nyc-local-law-2013-021", "nyc-local-law-2014-059", "supersedes"),
        ("nyc-local-law-2013-022", "nyc-local-law-2014-058", "supersedes"),
        ("nyc-local-law-2014-059", "nyc-local-law-2026-063", "amends"),
        ("eo-13768", "eo-13993", "revokes"),
        ("eo-13993", "eo-14148", "revokes"),
        ("eo-13993", "eo-14159", "revokes"),
        ("nyc-eo-1989-124", "nyc-eo-2003-034", "revokes"),
        ("nyc-eo-2003-034", "nyc-eo-2003-041", "amends"),
        ("eo-14159", "eo-14159-markdown", "same_text_as"),
        ("eo-14287", "eo-14287-whitehouse", "same_text_as"),
        ("dc-code-24-211-07", "dc-code-24-211-07-perm", "same_text_as"),
        ("nyc-local-law-2017-228", "nyc-local-law-2017-228-record", "same_text_as"),
        ("printz-v-united-states", "printz-casebook-edit", "excerpt_of"),
    ],
)
def test_what_became_of_a_text_is_a_link(old: str, new: str, relation: Any) -> None:
    assert Link(relation, old) in ENTRIES[new].relations


@pytest.mark.parametrize(
    ("issued", "days", "id"),
    [
        ("2011-11-22", 120, "nyc-local-law-2011-062"),
        ("2013-03-18", 120, "nyc-local-law-2013-021"),
        ("2013-03-18", 120, "nyc-local-law-2013-022"),
        ("2014-11-14", 30, "nyc-local-law-2014-059"),
    ],
)
def test_a_day_is_counted_as_the_law_says(issued: str, days: int, id: str) -> None:
    assert ENTRIES[id].effective == date.fromisoformat(issued) + timedelta(days=days)


def test_an_ended_text_of_law_says_when_it_ended() -> None:
    ended = ("superseded", "revoked", "repealed", "expired")
    assert [e.id for e in ENTRIES.values() if e.status in ended and e.expires is None] == []
    assert [e.id for e in ENTRIES.values() if e.status not in ended and e.expires is not None] == []


def test_what_must_not_be_quoted_as_law_is_in_another_channel() -> None:
    for id in ("printz-casebook-edit", "nyc-local-law-2017-228-record", "nyc-res-1321-2016"):
        assert channel_of(ENTRIES[id].kind) == "record"


def test_addresses_are_pinned_to_a_commit_and_copies_share_a_work() -> None:
    urls = [entry.url for entry in ENTRIES.values() if entry.url]
    assert len(urls) == len(set(urls)) == 82
    assert all(len(url.split("/")[5]) == 40 for url in urls)
    for entry in ENTRIES.values():
        for link in entry.relations:
            if link.type == "same_text_as":
                assert entry.work == ENTRIES[link.target].work is not None


@pytest.mark.corpus
def test_every_file_of_the_corpus_is_listed_with_its_sha256(corpus_dir: Path) -> None:
    assert check_files(CATALOGUE, corpus_dir / "corpus") == []
    files = {
        path.relative_to(corpus_dir / "corpus").as_posix()
        for path in (corpus_dir / "corpus").rglob("*")
        if path.is_file()
    }
    assert files == {entry.source for entry in ENTRIES.values()}


@pytest.mark.corpus
def test_the_corpus_is_fetched_from_its_mirror(corpus_dir: Path, tmp_path: Path) -> None:
    corpus = Corpus("sanctuary", CATALOGUE)
    results = fetch(corpus, tmp_path, mirror=corpus_dir)
    assert Counter(result.outcome for result in results) == {"fetched": 131}
    assert check(corpus, tmp_path) == []
    again = fetch(corpus, tmp_path, mirror=corpus_dir)
    assert Counter(result.outcome for result in again) == {"present": 131}
