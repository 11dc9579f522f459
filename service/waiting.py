"""Whose turn it is: a few questions are worked on at once, some wait, more are sent away.

One question keeps every core busy in the models already, so more at once would only share the
cores and hold their passages in memory. Whoever waits is served in the order of coming.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock

from pincite.errors import Busy

# How long a question waits before it looks whether anybody still wants it, in seconds.
_LOOK_AGAIN = 0.05
_COME_BACK = 5

GoOn = Callable[[str], None]
"""Is told the stage that begins, and raises Abandoned when nobody waits for the answer."""


class Turns:
    """`at_once` questions are worked on; with those that wait there are `most`."""

    def __init__(self, at_once: int, most: int) -> None:
        self._most, self._free = most, at_once
        self._inside = 0
        self._waiting: deque[Event] = deque()
        self._lock = Lock()

    @property
    def inside(self) -> int:
        """How many questions have a place: worked on, waiting, or set aside."""
        return self._inside

    def look(self) -> None:
        """Nothing, while a place is left. Raises Busy."""
        if self._inside >= self._most:
            raise Busy(self._inside, _COME_BACK)

    @contextmanager
    def turn(self, go_on: GoOn) -> Iterator[Turn]:
        """A turn, after those who came before. Raises Busy at once where no place is left."""
        with self._lock:
            self.look()
            self._inside += 1
        turn = Turn(self, go_on)
        try:
            turn.take(first=False)
            yield turn
        finally:
            turn.give()
            with self._lock:
                self._inside -= 1

    def take(self, go_on: GoOn, *, first: bool) -> None:
        """Wait for a turn, before all who wait or behind them. Raises what `go_on` raises."""
        with self._lock:
            if self._free:
                self._free -= 1
                return
            called = Event()
            (self._waiting.appendleft if first else self._waiting.append)(called)
        try:
            go_on("wait")
            while not called.wait(_LOOK_AGAIN):
                go_on("")
        except BaseException:
            self._leave(called)
            raise

    def give(self) -> None:
        """Pass a turn on to whoever waits longest."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1

    def _leave(self, called: Event) -> None:
        """Out of the queue; a turn that came in that moment is passed on."""
        with self._lock:
            if not called.is_set():
                self._waiting.remove(called)
                return
        self.give()


class Turn:
    """One question's turn at the models."""

    def __init__(self, turns: Turns, go_on: GoOn) -> None:
        self._turns, self._go_on, self._held = turns, go_on, False

    def take(self, *, first: bool) -> None:
        """Wait for it. Raises Abandoned when nobody waits for the answer."""
        self._turns.take(self._go_on, first=first)
        self._held = True

    def give(self) -> None:
        """Let the next one work, if this one did."""
        if self._held:
            self._held = False
            self._turns.give()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """While inside, others work: for what waits on another machine and uses no model here."""
        self.give()
        try:
            yield
        finally:
            self.take(first=True)
