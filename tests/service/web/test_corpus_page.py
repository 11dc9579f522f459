"""The room of the corpus: three orders, filters, a timeline, ingests, what is alike or absent."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from fastapi.testclient import TestClient

from pincite.errors import RefusalReason
from pincite.generations import IndexSpec, Manifest, Record, Refusal
from pincite.kinds import Kind
from pincite.library import Library
from pincite.nearness import Nearness
from pincite.types import Entry, Link
from service.curating.ingests import how_read, ingests
from service.curating.shelves import PAGE, Wanted, options, shelves
from service.curating.survey import Survey, alike
from service.curating.timeline import timeline
from service.web.refusals import REFUSALS
from tests.service.conftest import page, text_of

SPEC = IndexSpec("e", "0", 3, "s", 1, 1, 1)


def record(name: str, year: int | None = 2020, version: str = "1", **entry: Any) -> Record:
    facts = {"kind": Kind.STATUTE, "title": f"Title of {name}", "source": f"{name}.txt"} | entry
    issued = date(year, 5, 1) if year else None
    made = Entry(id=name, issued=issued, **facts)
    return Record(made, version, "o", "i", "w", "root", "s", 10, "txt@1", 100, 2)


def manifest(name: str, records: Sequence[Record], **more: Any) -> Manifest:
    return Manifest(name, f"2026-01-0{name[-1]}T00:00:00+00:00", SPEC, tuple(records), **more)


# The pages


@pytest.mark.parametrize(
    ("query", "heads"),
    [
        ("", ["Ordinance 2", "Op-ed 1"]),
        ("?by=kind", ["Ordinance 2", "Op-ed 1"]),
        ("?by=place", ["Arden, Zz 2", "No place given 1"]),
        ("?by=year", ["2020 1", "2019 1", "2010 1"]),
        ("?by=colour", ["Ordinance 2", "Op-ed 1"]),
        ("?kind=op_ed", ["Op-ed 1"]),
        ("?place=zz", ["Ordinance 2"]),
        ("?place=none", ["Op-ed 1"]),
        ("?status=superseded", ["Ordinance 1"]),
        ("?by=year&year=2019", ["2019 1"]),
        ("?q=tolls+before", ["Ordinance 1"]),
        ("?q=%00%F0%9F%A6%91&place=mars", []),
        ("?page=99999999999999", ["Ordinance 2", "Op-ed 1"]),
        ("?page=-4", ["Ordinance 2", "Op-ed 1"]),
    ],
)
def test_the_list_in_three_orders_and_filtered(
    client: TestClient, query: str, heads: list[str]
) -> None:
    tree = page(client, f"/corpus{query}")
    assert [text_of(head) for head in tree.xpath("//h3")] == heads
    if not heads:
        assert "No document passes these filters" in text_of(tree)


def test_groups_and_orders_are_links(client: TestClient) -> None:
    tree = page(client, "/corpus?by=place&status=in_force")
    assert tree.xpath("//ul[@aria-label='Order']//@href") == [
        "/corpus?by=kind&status=in_force",
        "/corpus?by=place&status=in_force",
        "/corpus?by=year&status=in_force",
        "/corpus?by=place",
    ]
    tree = page(client, "/corpus?by=year")
    assert "/corpus?by=year&year=2019" in tree.xpath("//ul[@class='groups']//@href")


def test_the_timeline_has_its_table(client: TestClient) -> None:
    tree = page(client, "/corpus")
    figure = tree.xpath("//figure[@class='timeline']")[0]
    assert len(figure.xpath(".//rect")) == 3
    assert figure.xpath("./div[@aria-hidden='true']//svg")
    rows = [text_of(row) for row in figure.xpath(".//tbody/tr")]
    assert rows == ["20101", "20191", "20201"]  # a year and its count


def test_a_document_is_shown_as_it_stands_today(client: TestClient) -> None:
    rows = [text_of(row) for row in page(client, "/corpus").xpath("//section[@class='held']//li")]
    assert "in force since Apr. 1, 2019" in next(row for row in rows if "§ 4-12 ·" not in row)
    assert any("superseded" in row for row in rows)


def test_the_last_ingest_is_told(client: TestClient) -> None:
    tree = page(client, "/corpus/ingest")
    said = text_of(tree)
    assert "is what every answer stands on" in said
    assert "Every file was indexed." in said
    assert text_of(tree.xpath("//tbody/tr[1]/th")[0]).startswith("markdown@")


def test_what_is_alike_leads_to_the_differences(client: TestClient) -> None:
    tree = page(client, "/corpus/near")
    assert "runs of five words" in text_of(tree)
    for href in tree.xpath("//a[starts-with(., 'Differences')]/@href"):
        assert "/changes?with=" in href


@pytest.mark.parametrize("number", ["", "?page=1", "?page=77"])
def test_what_is_cited_and_not_held(client: TestClient, number: str) -> None:
    assert "not held" in text_of(page(client, f"/corpus/missing{number}"))


@pytest.mark.parametrize("path", ["/corpus?page=x", f"/corpus?q={'w' * 300}"])
def test_a_wrong_address_is_a_problem(client: TestClient, path: str) -> None:
    assert page(client, path, 422).xpath("//p[@role='alert']")


# What they are made of


def test_every_reason_has_words() -> None:
    assert set(REFUSALS) == set(get_args(RefusalReason))


def test_five_thousand_documents_are_shown_a_hundred_at_a_time() -> None:
    records = [
        record(f"d{n:04}", 1900 + n % 120, jurisdiction=f"us/ca/city-{n % 400}")
        for n in range(5000)
    ]
    started = time.perf_counter()
    for by in ("kind", "place", "year"):
        seen = [
            r.entry.id
            for at in (1, 7, 50)
            for s in shelves(records, Wanted(by), at).shelves
            for r in s.records
        ]
        assert len(seen) == len(set(seen)) == 3 * PAGE
    last = shelves(records, Wanted("year"), 10**9)
    assert (last.page, last.pages) == (50, 50)
    assert len(timeline(records).bins) == 31
    options(records)
    assert time.perf_counter() - started < 2


def test_a_place_holds_what_lies_in_it() -> None:
    records = [record("a", jurisdiction="us/ny"), record("b", jurisdiction="us/ny/new-york-city")]
    records.append(record("c", jurisdiction="us/nyx"))
    assert len(shelves(records, Wanted(place="us/ny")).all) == 2


def test_years_long_past_share_a_bar() -> None:
    told = timeline([record("a", 1787), record("b", 1952), record("c", 2026), record("d", None)])
    assert (told.bins[0], told.bins[-1], told.undated) == ("–1996", "2026", 1)
    assert told.rows == (("statute", (2, *(0,) * 29, 1)),)


def test_an_ingest_is_told_against_the_one_before(tmp_path: Path) -> None:
    library = Library(tmp_path)
    kept, old, gone = record("kept"), record("old"), record("gone")
    refusal = Refusal("bad.pdf", "encrypted", "locked")
    first = manifest("g1", [kept, old, gone, record("entry")])
    retitled = replace(record("entry"), entry=replace(record("entry").entry, title="New"))
    second = manifest(
        "g2",
        [kept, record("old", version="2"), retitled, record("new")],
        parent="g1",
        refusals=(refusal,),
    )
    anew = manifest("g3", second.records, refusals=(refusal,))
    for one in (first, second, anew):
        library.put_manifest(one)
    third, told, begun = ingests(library, anew)
    assert told.counts == {"added": 1, "changed": 1, "recatalogued": 1, "removed": 1}
    assert (told.added, told.removed) == ((("new", "Title of new"),), (("gone", "Title of gone"),))
    assert told.refusals == (refusal,)
    assert (third.before, third.anew, set(third.counts.values())) == ("g2", True, {0})
    assert (begun.before, begun.anew) == (None, False)


def test_how_files_were_read_is_summed_by_reader() -> None:
    scanned = replace(record("b"), reader="pdf@3", pages=4, ocr=True, repairs=7)
    assert how_read([scanned, scanned, record("a")]) == [
        ("pdf@3", 2, 8, 200, 14, 2),
        ("txt@1", 1, 0, 100, 0, 0),
    ]


def test_likenesses_hang_together_by_what_is_declared() -> None:
    link = (Link("same_text_as", "a"),)
    records = [*map(record, "abc"), record("d", relations=link)]
    pairs = [Nearness(one, other, 9, 0.9, 0.9, one) for one, other in ("ab", "bc", "ad")]
    chain, declared = alike(records, pairs)
    assert (chain.declared, chain.names, len(chain.pairs)) == ("undeclared", ("a", "b", "c"), 2)
    assert (declared.declared, declared.names) == ("same_text", ("a", "d"))


def test_a_text_that_is_gone_stops_no_survey(tmp_path: Path) -> None:
    survey = Survey([record("a")], Library(tmp_path))
    assert survey.wait(5)
    assert (survey.unread, survey.alike, survey.done) == (["a"], (), 1)
