"""Whether any stretch answers a question, or all merely speak of it: answer sentence selection.

A small cross-encoder reads question and stretch together (Garg, Vu and Moschitti, "TANDA", AAAI
2020); it was trained on questions with the clauses that answer them and with near misses
(docs/experiments.md). It is slow, so it reads only what covers the question best.
"""

from __future__ import annotations

from collections.abc import Sequence

from pincite.context import context_of
from pincite.reranking import Reranker
from pincite.types import Span
from service.answering.stretches import COVERED, Stretch

# What is read of one set of passages, about 20 ms each on one core. Of 696 questions on families
# that the selector had not learnt from, 3, 5 and 8 put the right stretch first for .575, .589 and
# .593 (.513 without), and know an answer from none alike (docs/experiments.md).
_MOST_READ = 5
# What a step of its log-odds counts for beside nearness and coverage: of 404 such questions .25,
# .5, .75, 1 and 1.5 put the right clause first for .762, .777, .785, .782 and .782.
_WEIGHT = 0.75


class Selector:
    """How surely stretches answer one question. What was read once is not read again."""

    def __init__(self, model: Reranker, question: str) -> None:
        self._model, self._question = model, question
        self._read: dict[tuple[str, Span], float] = {}

    def best(self, places: Sequence[Stretch]) -> float | None:
        """The log-odds of the stretch that answers most surely, against no answer."""
        return max(self._scores(_worth_reading(places)), default=None)

    def preferred(self, places: Sequence[Stretch]) -> list[float]:
        """What each stretch is worth more than the least sure of those that are read.

        What is not read is worth as little; of each passage something is read.
        """
        known = [place for place in places if _key(place) in self._read]
        read = [*known, *_one_of_each(places)]
        scores = dict(zip(map(_key, read), self._scores(read), strict=True))
        least = min(scores.values(), default=0.0)
        return [_WEIGHT * (scores.get(_key(place), least) - least) for place in places]

    def odds(self, place: Stretch) -> float | None:
        """The log-odds that a stretch answers; None where it was not read."""
        return self._read.get(_key(place))

    def _scores(self, places: Sequence[Stretch]) -> list[float]:
        new = [place for place in places if _key(place) not in self._read]
        scores = self._model.scores(self._question, [_with_context(place) for place in new])
        self._read |= zip(map(_key, new), scores, strict=True)
        return [self._read[_key(place)] for place in places]


def selector_of(model: Reranker | None, question: str) -> Selector | None:
    """What reads stretches for a question; None where no model does."""
    return Selector(model, question) if model is not None else None


def _worth_reading(places: Sequence[Stretch]) -> list[Stretch]:
    """Those of the best passages that cover the question best."""
    return _by_cover(places)[:_MOST_READ]


def _one_of_each(places: Sequence[Stretch]) -> list[Stretch]:
    """Those that cover the question best, one of each passage before a second of any.

    A passage none of whose stretches is read would lose to one that is, whatever it says.
    """
    ranked = _by_cover(places)
    first = {id(place[0]): place for place in reversed(ranked)}
    return sorted(ranked, key=lambda place: place is not first[id(place[0])])[:_MOST_READ]


def _by_cover(places: Sequence[Stretch]) -> list[Stretch]:
    return sorted(places, key=lambda place: -(place[0].score + COVERED * place[2]))


def _with_context(place: Stretch) -> str:
    """A stretch behind the title and the headings that it stands under."""
    one, span, _ = place
    passage = one.hit.passage
    return f"{context_of(one.document.entry, passage)}\n{span.of(one.document.text)}"


def _key(place: Stretch) -> tuple[str, Span]:
    return place[0].document.entry.id, place[1]
