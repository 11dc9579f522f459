"""Fusion, place, and no document crowding out the others."""

from __future__ import annotations

import pytest

from pincite.index.schema import Scored, payload_of
from pincite.kinds import Kind
from pincite.types import Entry, Hit, Leg, Locator, Passage, Span
from service.ranking import fuse, nearer, spread

WEIGHTS: dict[Leg, float] = {"dense": 1.0, "bm25": 1.0, "citation": 2.0}


def point(name: str, document: str | None = None, score: float = 0.5) -> Scored:
    passage = Passage(document or name, "v", Span(0, 4), "text", Locator())
    entry = Entry(document or name, Kind.STATUTE, "T", "x.md")
    return Scored(name, score, payload_of(passage, entry, "law", []))


def names(hits: list[Hit]) -> list[str]:
    return [hit.passage.document_id for hit in hits]


def test_fuses_by_reciprocal_rank() -> None:
    legs = {"dense": [point("a"), point("b")], "bm25": [point("b"), point("c")]}
    hits = fuse(legs, WEIGHTS)  # type: ignore[arg-type]
    # b: 1/62 + 1/61; a: 1/61; c: 1/62
    assert names(hits) == ["b", "a", "c"]
    assert hits[0].score == pytest.approx(1 / 62 + 1 / 61)
    assert hits[0].ranks == (("dense", 2), ("bm25", 1))


def test_an_exact_citation_outweighs_one_leg() -> None:
    hits = fuse({"dense": [point("a")], "citation": [point("b")]}, WEIGHTS)
    assert names(hits) == ["b", "a"]


def test_keeps_the_dense_similarity() -> None:
    hits = fuse({"dense": [point("a", score=0.7)], "bm25": [point("b", score=9.0)]}, WEIGHTS)
    assert [hit.similarity for hit in hits] == [0.7, None]


def test_place_ranks_and_never_hides() -> None:
    hits = fuse(
        {"dense": [point("tn"), point("us"), point("ny"), point("nyc"), point("?")]}, WEIGHTS
    )
    places = {"tn": "us/tn", "us": "us", "ny": "us/ny", "nyc": "us/ny/new-york-city", "?": None}
    moved = nearer(hits, places, "us/ny")
    assert names(moved) == ["us", "ny", "nyc", "?", "tn"]
    assert nearer(hits, places, None) == hits


def test_no_document_crowds_out_the_others() -> None:
    points = [point(f"{n}", "long") for n in range(5)] + [point("other")]
    assert names(spread(fuse({"dense": points}, WEIGHTS), 3)) == ["long"] * 3 + ["other"]
