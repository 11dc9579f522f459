"""A model's claims to statements that stand: as claimed, on another quote, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pincite.reranking import Reranker
from service.answering.units import units
from service.generating.checking import Ground, faults, ground, ground_at, support
from service.generating.parsing import Cited, Claim
from service.generating.passages import Given
from service.generating.plain import plain_statement

# Sentences that are tried as another quote for a statement, best first, of so many scored.
_TRIED = 5
_MOST_SENTENCES = 80


@dataclass(frozen=True, slots=True)
class Sound:
    """A statement that checked out, with what it rests on and how well that bears it out."""

    text: str
    grounds: tuple[Ground, ...]
    support: float
    repaired: bool


class Judge:
    """Checks claims against the passages that a model was given.

    `least` is the support below which a statement does not stand; `go_on` raises when nobody
    waits any more.
    """

    def __init__(
        self,
        given: Sequence[Given],
        reranker: Reranker,
        least: float,
        go_on: Callable[[], None] = lambda: None,
    ) -> None:
        self._given, self._reranker, self._least, self._go_on = given, reranker, least, go_on
        self._seen = "\n".join(one.span.of(one.document.text) for one in given)

    def sound(self, claim: Claim) -> Sound | None:
        """The claim's statement with what bears it out; None where nothing does."""
        text = plain_statement(claim.text)
        if text is None:
            return None
        claimed = [self._named(cited) for cited in claim.cited]
        for grounds, repaired in self._tries(text, claim, claimed):
            self._go_on()
            score = self._score(text, grounds)
            if score is not None:
                return Sound(text, tuple(grounds), score, repaired)
        return None

    def _tries(
        self, text: str, claim: Claim, claimed: Sequence[Ground | None]
    ) -> Iterator[tuple[list[Ground], bool]]:
        """What a statement may rest on, and whether that is a repair: its own quotes where it
        says they are, its quotes wherever they are, the sentences nearest to it.
        """
        if claimed and None not in claimed:
            yield [one for one in claimed if one is not None], False
        moved = [
            here or self._anywhere(cited) for cited, here in zip(claim.cited, claimed, strict=True)
        ]
        if None in claimed and any(moved):
            yield [one for one in moved if one is not None], True
        for one in self._nearest(text):
            yield [one], True

    def _named(self, cited: Cited) -> Ground | None:
        if cited.passage is None or not 1 <= cited.passage <= len(self._given):
            return None
        return ground(self._given[cited.passage - 1], cited)

    def _anywhere(self, cited: Cited) -> Ground | None:
        found = (ground(given, cited) for given in self._given)
        return next((one for one in found if one is not None), None)

    def _nearest(self, text: str) -> Iterator[Ground]:
        """The sentences of all passages that bear a statement out best, by the reranker alone."""
        places = [(g, span) for g in self._given for span in units(g.document, g.span)]
        places = places[:_MOST_SENTENCES]
        if not places:
            return
        scores = self._reranker.scores(text, [span.of(g.document.text) for g, span in places])
        order = sorted(range(len(places)), key=lambda at: -scores[at])
        for at in order[:_TRIED]:
            if scores[at] >= self._least and (one := ground_at(*places[at])) is not None:
                yield one

    def _score(self, text: str, grounds: Sequence[Ground]) -> float | None:
        """The support of a statement that its quotes bear out; None where they do not."""
        if faults(text, grounds, self._seen):
            return None
        score = support(self._reranker, text, "\n".join(one.words for one in grounds))
        return score if score >= self._least else None
