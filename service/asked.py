"""What travels from a question to its answer."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date
from threading import Event
from typing import Any

from pincite.embedding import Vectors
from pincite.errors import Abandoned
from pincite.types import Answer, Hit, Question
from service.holdings import Holdings
from service.vantage import Vantage
from service.waiting import Turn
from service.wording import Wording

Listener = Callable[[str, "Asked"], None]
"""Is told a stage that begins and what is known so far. It may not take long: the work waits."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on its way to an answer, over the generation that was open when it came.

    `timings` holds pairs of a stage's name and its milliseconds; `dropped` counts citations
    that did not check out; `log_id` names the record where answers are logged; `gone` is set
    when nobody waits for the answer any more; `listener` is told of every stage that begins;
    `turn` is its turn at the models. It is passed on, never changed, so deep copies may share it.
    """

    question: Question
    day: date
    holdings: Holdings
    wording: Wording | None = None
    vector: Vectors | None = field(default=None, compare=False)
    hits: tuple[Hit, ...] = ()
    answer: Answer | None = None
    dropped: int = 0
    timings: tuple[tuple[str, float], ...] = ()
    log_id: str | None = None
    gone: Event | None = field(default=None, compare=False)
    listener: Listener | None = field(default=None, compare=False)
    turn: Turn | None = field(default=None, compare=False)

    def __deepcopy__(self, memo: dict[int, Any]) -> Asked:
        return self

    @property
    def view(self) -> Vantage:
        """From when and where it is asked."""
        return Vantage(self.day, self.question.place, self.holdings.works)

    def go_on(self, stage: str = "") -> None:
        """Nothing, while somebody waits; who listens hears which stage begins, if one does.

        Raises Abandoned when nobody waits: stages ask before costly work.
        """
        if self.gone is not None and self.gone.is_set():
            raise Abandoned("whoever asked has gone")
        if stage and self.listener is not None:
            self.listener(stage, self)

    def aside(self) -> AbstractContextManager[None]:
        """While inside, others have the models: for what waits on another machine."""
        return nullcontext() if self.turn is None else self.turn.aside()

    def timed(self, stage: str, started: float) -> Asked:
        """The same, with the time since `started` noted for a stage."""
        spent = (time.perf_counter() - started) * 1000
        return replace(self, timings=(*self.timings, (stage, round(spent, 2))))
