"""The service without its doors: open the index, ask, search, follow the published generation."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from threading import Event, Lock

from pincite.errors import IndexMissing, PinciteError
from pincite.settings import Settings
from pincite.shelf import Shelf
from pincite.types import Question
from service.answering.considering import Considered, considered
from service.asked import Asked, Listener
from service.holdings import NOTHING_YET, Holdings
from service.journal.recording import Journal
from service.page_images.pages import PageImages
from service.pipeline import ask_pipeline, asking, found, found_to_answer, run
from service.presenting import answer_json
from service.retrieval import cleaned
from service.vantage import today
from service.waiting import Turns

_LOOK_AGAIN_SECONDS = 0.5
# Names a section and a case, so that what finds them is loaded too.
_WARMING = (
    "Who may detain a person under 8 U.S.C. § 1357(d), and what did Printz v. United States say?"
)


class Engine:
    """Answers questions over the published generation, and moves on when a new one appears."""

    def __init__(
        self, settings: Settings, shelf: Shelf | None = None, look_again: float | None = None
    ) -> None:
        self.settings = settings
        self.shelf = shelf or Shelf.of(settings)
        self.trouble: str | None = None
        self._journal = Journal.of(settings, self.shelf)
        self._pipeline = ask_pipeline(self.shelf, settings)
        self.turns = Turns(_at_once(settings), settings.most_asking)
        self.page_images = PageImages(settings, self.shelf.library)
        self._look_again = _LOOK_AGAIN_SECONDS if look_again is None else look_again
        self._looked = float("-inf")
        self._holdings: Holdings | None = None
        self._users: dict[Holdings, int] = {}
        self._lock, self._opening = Lock(), Lock()

    def warm(self) -> None:
        """Load the models and open the index, so that the first question is as fast as the next.

        Raises IndexMissing, with the models loaded, before the first ingest.
        """
        self.shelf.dense.embed_query("warm up")
        question = Question(_WARMING)
        with self._using() as holdings:
            asked = run(self._pipeline, Asked(question, _day(question), holdings))
            answer_json(asked)

    def ask(
        self, question: Question, gone: Event | None = None, listener: Listener | None = None
    ) -> Asked:
        """The verified answer to a question, with how it was found. Raises PinciteError.

        `listener` is told of every stage that begins; setting `gone` stops the work (Abandoned).
        """
        words = question.text
        question = self._checked(question)
        with self._using() as holdings:
            asked = Asked(question, _day(question), holdings, gone=gone, listener=listener)
            with self.turn(asked) as asked:
                asked = run(self._pipeline, asked)
            return self._journal.kept(asked, words) if self._journal else asked

    def admit(self, question: Question) -> None:
        """Nothing, if `ask` would begin now. Raises what it would before any work: PinciteError."""
        self._checked(question)
        self.turns.look()

    def search(self, question: Question, gone: Event | None = None) -> Asked:
        """The passages found for the words, best first, without an answer. Raises PinciteError."""
        with self.looking(question, gone) as asked:
            asked = found(asked, self.shelf, self.settings, self.settings.per_document)
            return replace(asked, hits=asked.hits[: question.top])

    @contextmanager
    def looking(self, question: Question, gone: Event | None = None) -> Iterator[Asked]:
        """What is asked, over the open generation, when it is its turn. Raises PinciteError."""
        question = self._checked(question)
        with self._using() as holdings:
            asked = Asked(question, _day(question), holdings, gone=gone)
            with self.turn(asked) as asked:
                yield asked

    def considered(self, question: Question) -> Considered:
        """What was found on a question and how surely it answers, before anything is said."""
        question = self._checked(question)
        with self._using() as holdings:
            asked = Asked(question, _day(question), holdings)
            asked = found_to_answer(asked, self.shelf, self.settings)
            return considered(asking(asked, self.shelf), asked.view, asked.hits)

    @contextmanager
    def holdings(self) -> Iterator[Holdings]:
        """The generation that is open now, kept open while it is used. Raises IndexUnusable."""
        with self._using() as holdings:
            yield holdings

    def is_open(self, holdings: Holdings) -> bool:
        """Whether new questions use these holdings."""
        return holdings is self._holdings

    @contextmanager
    def turn(self, asked: Asked) -> Iterator[Asked]:
        """What is asked, when it is its turn. Raises Busy, and Abandoned when nobody waits."""
        with self.turns.turn(asked.go_on) as turn:
            yield replace(asked, turn=turn)

    def close(self) -> None:
        """Close the index, and end what draws pages.

        A question that is still being answered keeps the index until it is done.
        """
        self._take(None)
        self.page_images.close()

    def _checked(self, question: Question) -> Question:
        return replace(question, text=cleaned(question.text, self.settings.question_max_chars))

    @contextmanager
    def _using(self) -> Iterator[Holdings]:
        """The current holdings; one that was replaced is closed when its last user has left."""
        self._follow()
        with self._lock:
            holdings = self._holdings
            if holdings is None:
                raise IndexMissing(NOTHING_YET)
            self._users[holdings] = self._users.get(holdings, 0) + 1
        try:
            yield holdings
        finally:
            with self._lock:
                self._users[holdings] -= 1
                done = not self._users[holdings]
                if done:
                    del self._users[holdings]
                left = done and holdings is not self._holdings
            if left:
                holdings.close()

    def _follow(self) -> None:
        """Open what was published since the last look.

        One thread opens; the others go on with the generation that is open, and wait only when
        there is none. A new generation that cannot be opened leaves the old one in place.
        """
        held = self._holdings
        if held is not None and time.monotonic() - self._looked < self._look_again:
            return
        if not self._opening.acquire(blocking=held is None):
            return
        try:
            self._look()
        finally:
            self._opening.release()

    def _look(self) -> None:
        held = self._holdings
        try:
            published = self.shelf.store.current()
            if published is None or (held and published == held.manifest.generation):
                self.trouble = None
            else:
                self._take(Holdings.open(self.shelf, published))
                self.trouble = None
        except PinciteError as error:
            self.trouble = str(error)
            if held is None:
                raise
        finally:
            self._looked = time.monotonic()

    def _take(self, holdings: Holdings | None) -> None:
        """Let new questions use these holdings, and close the old ones if nobody uses them."""
        with self._lock:
            old, self._holdings = self._holdings, holdings
            unused = old is not None and old not in self._users
        if old is not None and unused:
            old.close()


def _at_once(settings: Settings) -> int:
    """One question for each core, and one that is looked up while the models work for those."""
    return (settings.threads or os.cpu_count() or 1) + 1


def _day(question: Question) -> date:
    return question.as_of or today()
