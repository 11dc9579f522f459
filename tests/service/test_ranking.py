"""Fusion, the reranker's share, place, and no document crowding out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pincite.index.schema import Scored, payload_of
from pincite.kinds import Kind
from pincite.settings import Settings
from pincite.types import Entry, Hit, Leg, Locator, Passage, Span
from service.ranking import (
    FUSIONS,
    by_ranks,
    by_scores,
    fuse,
    nearer,
    reranked,
    reread,
    spread,
    standardised,
)

WEIGHTS: dict[Leg, float] = {"dense": 0.5, "bm25": 0.5, "citation": 1.0}
SCORES = st.lists(st.floats(-1e6, 1e6), max_size=12)
SHARES = st.floats(0, 1)


def point(name: str, score: float = 0.5, document: str | None = None) -> Scored:
    passage = Passage(document or name, "v", Span(0, 4), "text", Locator())
    entry = Entry(document or name, Kind.STATUTE, "T", "x.md")
    return Scored(name, score, payload_of(passage, entry, "law", []))


def points(*scores: float) -> list[Scored]:
    return [point(f"p{place}", score) for place, score in enumerate(scores)]


def hit(name: str, score: float, document: str | None = None) -> Hit:
    passage = Passage(document or name, "v", Span(0, 4), name, Locator())
    return Hit(passage, score, (("dense", 1),))


def names(hits: Sequence[Hit]) -> list[str]:
    return [hit.passage.document_id for hit in hits]


@pytest.mark.parametrize(
    ("scores", "shares"),
    [
        # from 2 to 10 is 8: (10-2)/8, (4-2)/8, (2-2)/8
        ((10.0, 4.0, 2.0), (1.0, 0.25, 0.0)),
        ((0.7,), (1.0,)),
        ((3.0, 3.0), (1.0, 1.0)),
        ((), ()),
    ],
)
def test_scores_are_scaled_to_the_span_of_their_leg(
    scores: tuple[float, ...], shares: tuple[float, ...]
) -> None:
    assert by_scores(points(*scores)) == pytest.approx(list(shares))


def test_ranks_count_from_the_first_whatever_the_scores() -> None:
    # 61/61, 61/62, 61/63
    assert by_ranks(points(9.0, 0.1, 0.1)) == pytest.approx([1.0, 61 / 62, 61 / 63])
    assert by_ranks([]) == []


@pytest.mark.parametrize("fusion", sorted(FUSIONS))
@given(scores=SCORES)
def test_shares_lie_between_nothing_and_one_and_keep_the_order(
    fusion: str, scores: list[float]
) -> None:
    shares = FUSIONS[fusion](points(*sorted(scores, reverse=True)))
    assert len(shares) == len(scores)
    assert shares == sorted(shares, reverse=True)
    assert all(0 <= share <= 1 for share in shares)


def test_every_fusion_is_a_setting() -> None:
    assert set(FUSIONS) == set(get_args(Settings.model_fields["fusion"].annotation))


def test_fuses_scaled_scores() -> None:
    legs: dict[Leg, list[Scored]] = {
        "dense": [point("a", 0.9), point("b", 0.8), point("c", 0.5)],
        "bm25": [point("b", 12.0), point("c", 9.0), point("d", 2.0)],
    }
    hits = fuse(legs, WEIGHTS)
    # a: .5*1; b: .5*(.8-.5)/.4 + .5*1; c: .5*0 + .5*(9-2)/10; d: .5*0
    assert names(hits) == ["b", "a", "c", "d"]
    assert [hit.score for hit in hits] == pytest.approx([0.875, 0.5, 0.35, 0.0])
    assert hits[0].ranks == (("dense", 2), ("bm25", 1))


def test_fuses_ranks() -> None:
    legs: dict[Leg, list[Scored]] = {
        "dense": [point("a", 0.9), point("b", 0.1)],
        "bm25": [point("b", 9.0), point("c", 8.9)],
    }
    hits = fuse(legs, WEIGHTS, by_ranks)
    # b: .5*61/62 + .5*61/61; a: .5*61/61; c: .5*61/62
    assert names(hits) == ["b", "a", "c"]
    assert [hit.score for hit in hits] == pytest.approx([0.5 * 61 / 62 + 0.5, 0.5, 0.5 * 61 / 62])


def test_only_the_proportion_of_the_weights_counts() -> None:
    legs: dict[Leg, list[Scored]] = {
        "dense": [point("a", 0.9), point("b", 0.5)],
        "bm25": [point("b", 7.0)],
        "citation": [point("c", 0.2)],
    }
    once = fuse(legs, {"dense": 0.75, "bm25": 0.25, "citation": 1.0})
    assert fuse(legs, {"dense": 3.0, "bm25": 1.0, "citation": 4.0}) == once
    # a: .75*1; b: .75*0 + .25*1; c: 1*1
    assert {hit.passage.document_id: hit.score for hit in once} == pytest.approx(
        {"a": 0.75, "b": 0.25, "c": 1.0}
    )


def test_what_both_legs_put_first_scores_one_and_a_citation_adds_one() -> None:
    legs: dict[Leg, list[Scored]] = {"dense": [point("a")], "bm25": [point("a")]}
    assert fuse(legs, WEIGHTS)[0].score == pytest.approx(1.0)
    assert fuse({**legs, "citation": [point("a")]}, WEIGHTS)[0].score == pytest.approx(2.0)


def test_an_exact_citation_outweighs_one_leg_and_its_ranks_count() -> None:
    cited = [point("b", 0.31), point("c", 0.30)]
    hits = fuse({"dense": [point("a", 0.9)], "citation": cited}, WEIGHTS)
    # by its scores c would be last of the leg, and nothing
    assert names(hits) == ["b", "c", "a"]
    assert [hit.score for hit in hits] == pytest.approx([1.0, 61 / 62, 0.5])


def test_a_leg_without_weight_finds_nothing_but_the_similarity_is_kept() -> None:
    legs: dict[Leg, list[Scored]] = {
        "dense": [point("a", 0.7), point("b", 0.6)],
        "bm25": [point("b", 9.0)],
    }
    hits = fuse(legs, {"dense": 0.0, "bm25": 1.0, "citation": 1.0})
    assert names(hits) == ["b"]
    assert (hits[0].score, hits[0].similarity) == (1.0, 0.6)
    assert hits[0].ranks == (("bm25", 1),)
    assert fuse(legs, {"dense": 0.0, "bm25": 0.0, "citation": 0.0}) == []


def test_keeps_the_dense_similarity() -> None:
    hits = fuse({"dense": [point("a", 0.7)], "bm25": [point("b", 9.0)]}, WEIGHTS)
    assert [hit.similarity for hit in hits] == [0.7, None]


def test_the_fused_score_outlives_place_and_reranker() -> None:
    hits = fuse({"dense": [point("tn", 0.9), point("ny", 0.1)]}, WEIGHTS)
    moved = reranked(nearer(hits, {"tn": "us/tn", "ny": "us/ny"}, ["us/ny"]), [0.1, 0.9], 1.0)
    assert {h.passage.document_id: h.fused for h in moved} == {"tn": 0.5, "ny": 0.0}


def test_ties_go_by_id() -> None:
    assert names(fuse({"dense": [point("b"), point("a")]}, WEIGHTS)) == ["a", "b"]


def test_nothing_found_is_nothing_ranked() -> None:
    assert fuse({}, WEIGHTS) == fuse({"dense": [], "bm25": []}, WEIGHTS) == []
    assert reranked([], [], 0.7) == nearer([], {}, ["us"]) == spread([], 3) == []


def test_a_reranker_moves_what_it_reads_and_lifts_it_above_the_rest() -> None:
    before = [hit("a", 0.9), hit("b", 0.6), hit("c", 0.3), hit("d", 0.2)]
    after = reranked(before, [1.0, 2.0, 9.0], 1.0)
    assert names(after) == ["c", "b", "a", "d"]
    # mean 4, deviation sqrt(38/3) = 3.56; above .2: (9-1)/3.56, (2-1)/3.56, 0
    assert [hit.score for hit in after] == pytest.approx([2.448, 0.481, 0.2, 0.2], abs=1e-3)
    assert [hit.bearing for hit in after] == [9.0, 2.0, 1.0, None]
    assert [hit.ranks[1:] for hit in after[:3]] == [(("rerank", n),) for n in (1, 2, 3)]
    assert after[3] == before[3]


@pytest.mark.parametrize(
    ("weight", "order"),
    [
        # standardised: before 1.22, 0, -1.22; after -0.71, 1.41, -0.71
        (0.0, ["a", "b", "c"]),
        # a: .7*1.22 - .3*.71 = .65; b: .3*1.41 = .42
        (0.3, ["a", "b", "c"]),
        # a: .5*1.22 - .5*.71 = .26; b: .5*1.41 = .71; c: -.61 - .35 = -.97
        (0.5, ["b", "a", "c"]),
        # a and c bear alike; the first ranking decides
        (1.0, ["b", "a", "c"]),
    ],
)
def test_the_weight_is_the_rerankers_share(weight: float, order: list[str]) -> None:
    before = [hit("a", 0.9), hit("b", 0.6), hit("c", 0.3)]
    after = reranked(before, [2.0, 5.0, 2.0], weight)
    assert names(after) == order
    assert {h.passage.document_id: h.ranks[1] for h in after} == {
        "b": ("rerank", 1),
        "a": ("rerank", 2),
        "c": ("rerank", 3),
    }


def test_what_is_read_again_keeps_its_mean_and_its_spread() -> None:
    before = [hit("a", 3.0), hit("b", 2.0), hit("c", 1.0), hit("d", 0.5)]
    # mean 2 and deviation .816; standardised 1.22, -1.22 and 0 of what reads them again
    after = reread(before, [0.0, -8.0, 8.0], 1.0)
    assert names(after) == ["c", "a", "b", "d"]
    assert [one.score for one in after] == pytest.approx([3.0, 2.0, 1.0, 0.5])
    half = reread(before, [0.0, -8.0, 8.0], 0.5)
    assert {h.passage.document_id: round(h.score, 3) for h in half} == {
        "a": 2.5,
        "b": 1.5,
        "c": 2.0,
        "d": 0.5,
    }
    assert all(one.bearing is None for one in after)


def test_one_that_falls_far_stands_behind_what_was_not_read() -> None:
    before = [hit("a", 3.0), hit("b", 2.9), hit("c", 2.8), hit("d", 2.79)]
    assert names(reread(before, [9.0, 8.0, -9.0], 1.0)) == ["a", "b", "d", "c"]


def test_nothing_read_again_moves_nothing() -> None:
    before = [hit("a", 0.9), hit("b", 0.6)]
    assert reread(before, [], 0.5) == before
    assert names(reread(before, [1.0], 0.5)) == ["a", "b"]
    assert names(reread(before, [1.0, 9.0], 0.0)) == ["a", "b"]


def test_one_hit_and_equal_bearings_stay_where_they_are() -> None:
    (one,) = reranked([hit("a", 0.4)], [-3.0], 0.7)
    assert (one.bearing, one.ranks[1]) == (-3.0, ("rerank", 1))
    before = [hit("a", 0.9), hit("b", 0.6)]
    assert names(reranked(before, [0.5, 0.5], 1.0)) == ["a", "b"]
    assert reranked(before, [], 0.7) == before


@given(st.lists(st.floats(0, 2), max_size=12), st.lists(st.floats(-20, 20), max_size=12), SHARES)
def test_reranking_loses_nothing_and_what_was_read_stays_above(
    scores: list[float], read: list[float], weight: float
) -> None:
    ordered = sorted(scores, reverse=True)
    before = [hit(f"h{place}", score) for place, score in enumerate(ordered)]
    bearings = read[: len(before)]
    after = reranked(before, bearings, weight)
    top, rest = after[: len(bearings)], after[len(bearings) :]
    assert sorted(names(after)) == sorted(names(before))
    assert rest == before[len(bearings) :]
    assert [hit.score for hit in top] == sorted((hit.score for hit in top), reverse=True)
    assert all(hit.score >= other.score - 1e-9 for hit in top for other in rest[:1])


@pytest.mark.parametrize(
    ("values", "standard"),
    [
        # mean 2, deviation sqrt(2/3)
        ([1.0, 2.0, 3.0], [-1.2247, 0.0, 1.2247]),
        ([4.0, 4.0], [0.0, 0.0]),
        ([4.0], [0.0]),
        ([], []),
    ],
)
def test_standardised_values_lie_about_zero(values: list[float], standard: list[float]) -> None:
    assert standardised(values) == pytest.approx(standard, abs=1e-4)


PLACES = {
    "tn": "us/tn",
    "us": "us",
    "ny": "us/ny",
    "nyc": "us/ny/new-york-city",
    "buffalo": "us/ny/buffalo",
    "nyack": "us/nyack",
    "?": None,
}


@pytest.mark.parametrize(
    ("wanted", "near"),
    [
        # a state's own law, the nation's, and what is made within it; "us/nyack" only looks so
        (["us/ny"], {"us", "ny", "nyc", "buffalo", "?"}),
        (["us/ny/new-york-city"], {"us", "ny", "nyc", "?"}),
        (["us/ny/new-york-city", "us/tn"], {"us", "ny", "nyc", "tn", "?"}),
        (["us"], set(PLACES)),
        (["zz/arden"], {"?"}),
        ([], set(PLACES)),
    ],
)
def test_place_ranks_and_never_hides(wanted: list[str], near: set[str]) -> None:
    hits = [hit(name, 1.0) for name in PLACES]
    moved = nearer(hits, PLACES, wanted)
    assert {name for name, h in zip(names(moved), moved, strict=True) if h.score == 1} == near
    # among equals the first ranking's order stays
    assert names(moved) == sorted(PLACES, key=lambda name: name not in near)
    assert {h.score for h in moved if h.passage.document_id not in near} <= {0.75}


def test_a_far_text_that_bears_much_more_stays_ahead() -> None:
    hits = [hit("tn", 1.0), hit("us", 0.76), hit("ny", 0.74)]
    assert names(nearer(hits, PLACES, ["us/ny"])) == ["us", "tn", "ny"]


def test_no_document_crowds_out_the_others() -> None:
    hits = [hit(f"{n}", 1 - n / 10, "long") for n in range(5)] + [hit("other", 0.1)]
    assert names(spread(hits, 3)) == ["long"] * 3 + ["other"]
    assert [h.passage.text for h in spread(hits, 3)] == ["0", "1", "2", "other"]
