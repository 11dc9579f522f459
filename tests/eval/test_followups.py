"""The labelled follow-ups: what is in them, how they are scored, and the targets."""

from __future__ import annotations

import pytest

from eval.followups import (
    MOST_FALSE,
    TARGET,
    Judged,
    Pair,
    benchmark_pairs,
    judge,
    known,
    load,
    scores,
)
from service.conversing.turns import Turn

PAIRS = load()


@pytest.mark.parametrize(("part", "follow_ups", "standing"), [("dev", 30, 24), ("test", 30, 24)])
def test_each_half_has_its_pairs(part: str, follow_ups: int, standing: int) -> None:
    half = [pair for pair in PAIRS if pair.split == part]
    assert sum(bool(pair.holds) for pair in half) == follow_ups
    assert sum(not pair.holds for pair in half) == standing


def test_no_pair_is_asked_twice() -> None:
    assert len({(pair.earlier, pair.asked) for pair in PAIRS}) == len(PAIRS)


@pytest.mark.parametrize("part", ["dev", "test", "late", "fresh"])
def test_follow_ups_are_read_right_and_nothing_is_carried_falsely(part: str) -> None:
    said = scores(judge([pair for pair in PAIRS if pair.split == part], known()))
    assert min(said.precision, said.recall) >= TARGET
    assert said.false_carry <= MOST_FALSE


def test_no_question_of_the_benchmark_is_changed() -> None:
    judged = judge(tuple(benchmark_pairs()), known())
    assert len(judged) > 90
    assert [one for one in judged if not one.is_right] == []


FOLLOWS = Pair("dev", (Turn("Must Iowa pay?"),), "and Ohio?", ("Ohio|Oh.", "pay"), ("Iowa",))
STANDS = Pair("dev", (Turn("Must Iowa pay?"),), "May Ohio sue?")


@pytest.mark.parametrize(
    ("pair", "reading", "right"),
    [
        (FOLLOWS, "Must Ohio pay?", True),
        (FOLLOWS, "must oh. pay?", True),  # either name
        (FOLLOWS, "Must Ohio?", False),
        (FOLLOWS, "Must Ohio or Iowa pay?", False),
        (FOLLOWS, None, False),
        (STANDS, None, True),
        (STANDS, "Must Iowa pay, and may Ohio sue?", False),
    ],
)
def test_a_reading_is_right_by_its_label(pair: Pair, reading: str | None, right: bool) -> None:
    assert Judged(pair, reading).is_right is right


def test_the_shares_count_what_they_say() -> None:
    judged = [
        Judged(FOLLOWS, "Must Ohio pay?"),
        Judged(FOLLOWS, None),
        Judged(STANDS, "Must Iowa pay?"),
        Judged(STANDS, None),
    ]
    said = scores(judged)
    assert said.precision == 1 / 2  # two readings were made, one is right
    assert said.recall == 1 / 2  # of two follow-ups, one
    assert said.false_carry == 1 / 2
    assert (said.follow_ups, said.standing) == (2, 2)
