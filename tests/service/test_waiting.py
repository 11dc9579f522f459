"""A few questions have a turn, the rest wait in the order of coming, too many are sent away."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext, suppress

import pytest

from pincite.errors import Abandoned, Busy
from service.waiting import Turn, Turns

SOON = 10


def stays(stage: str) -> None:
    """Somebody waits."""


class Asker:
    """Waits for a turn in a thread of its own, holds it until told, and may leave."""

    def __init__(self, turns: Turns, pool: ThreadPoolExecutor) -> None:
        self.waits, self.has_turn = threading.Event(), threading.Event()
        self.done, self.gone = threading.Event(), threading.Event()
        self.turns, self.stages = turns, [""]
        self.ended: Future[None] = pool.submit(self._ask)

    def go_on(self, stage: str) -> None:
        self.stages.append(stage)
        if stage == "wait":
            self.waits.set()
        if self.gone.is_set():
            raise Abandoned("gone")

    def _ask(self) -> None:
        with self.turns.turn(self.go_on):
            self.has_turn.set()
            assert self.done.wait(SOON)


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as pool:
        yield pool


def test_those_who_come_first_are_served_first(pool: ThreadPoolExecutor) -> None:
    turns = Turns(2, 5)
    askers: list[Asker] = []
    for place in range(5):
        asker = Asker(turns, pool)
        askers.append(asker)
        assert (asker.has_turn if place < 2 else asker.waits).wait(SOON)
    assert turns.inside == 5
    for place in range(5):
        assert [one.has_turn.is_set() for one in askers] == [n < place + 2 for n in range(5)]
        askers[place].done.set()
        askers[place].ended.result(SOON)
        if place + 2 < 5:
            assert askers[place + 2].has_turn.wait(SOON)
    assert turns.inside == 0
    assert "wait" not in askers[0].stages


def test_where_no_place_is_left_one_is_told_when_to_come_back(pool: ThreadPoolExecutor) -> None:
    turns = Turns(1, 2)
    first = Asker(turns, pool)
    assert first.has_turn.wait(SOON)
    second = Asker(turns, pool)
    assert second.waits.wait(SOON)
    with pytest.raises(Busy, match="2 questions") as busy, turns.turn(stays):
        pass
    assert busy.value.seconds > 0
    first.done.set()
    first.ended.result(SOON)
    third = Asker(turns, pool)
    assert third.waits.wait(SOON)
    for one in (second, third):
        one.done.set()
        one.ended.result(SOON)


def test_who_leaves_while_waiting_frees_a_place(pool: ThreadPoolExecutor) -> None:
    turns = Turns(1, 3)
    first, leaver = Asker(turns, pool), None
    assert first.has_turn.wait(SOON)
    leaver = Asker(turns, pool)
    assert leaver.waits.wait(SOON)
    last = Asker(turns, pool)
    assert last.waits.wait(SOON)
    leaver.gone.set()
    with pytest.raises(Abandoned):
        leaver.ended.result(SOON)
    assert turns.inside == 2
    first.done.set()
    assert last.has_turn.wait(SOON)
    assert not leaver.has_turn.is_set()
    last.done.set()
    last.ended.result(SOON)


def test_a_turn_that_comes_to_one_who_leaves_is_passed_on() -> None:
    turns = Turns(1, 3)
    turns.take(stays, first=False)

    def leaves_when_called(stage: str) -> None:
        turns.give()  # the turn comes in the moment of leaving
        raise Abandoned("gone")

    with pytest.raises(Abandoned):
        turns.take(leaves_when_called, first=False)
    turns.take(never_waits, first=False)


def never_waits(stage: str) -> None:
    raise AssertionError("the turn was lost")


@pytest.mark.parametrize("within", [nullcontext, Turn.aside])
def test_an_error_gives_the_turn_back(
    within: Callable[[Turn], AbstractContextManager[object]],
) -> None:
    turns = Turns(1, 1)
    with pytest.raises(RuntimeError), turns.turn(stays) as turn, within(turn):
        raise RuntimeError("broken")
    assert turns.inside == 0
    with turns.turn(never_waits):
        pass


def test_who_stands_aside_lets_another_work_and_comes_back_first(pool: ThreadPoolExecutor) -> None:
    turns = Turns(1, 3)
    others: list[Asker] = []

    def go_on(stage: str) -> None:
        if stage == "wait":
            others[0].done.set()

    with turns.turn(go_on) as turn:
        for _ in range(2):
            others.append(Asker(turns, pool))
            assert others[-1].waits.wait(SOON)
        second, third = others
        with turn.aside():
            assert second.has_turn.wait(SOON)
        second.ended.result(SOON)
        assert not third.has_turn.is_set()
    assert third.has_turn.wait(SOON)
    third.done.set()
    third.ended.result(SOON)
    assert turns.inside == 0


def test_an_abandoned_turn_is_not_given_back_twice(pool: ThreadPoolExecutor) -> None:
    turns = Turns(1, 2)

    def gone(stage: str) -> None:
        raise Abandoned("gone")

    def asks_meanwhile() -> Asker:
        with suppress(Abandoned), turns.turn(gone) as turn, turn.aside():
            other = Asker(turns, pool)
            assert other.has_turn.wait(SOON)
        return other

    other = asks_meanwhile()
    assert turns.inside == 1
    waiting = Asker(turns, pool)
    assert waiting.waits.wait(SOON)
    assert not waiting.has_turn.is_set()
    for one in (other, waiting):
        one.done.set()
        one.ended.result(SOON)
