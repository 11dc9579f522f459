"""The service without its doors: open the index, ask, search, follow the published generation."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from threading import RLock

from pincite.errors import IndexMissing
from pincite.settings import Settings
from pincite.shelf import Shelf
from pincite.types import Question
from service.holdings import Holdings
from service.pipeline import Asked, ask_pipeline, found, run
from service.retrieval import cleaned

_LOOK_AGAIN_SECONDS = 2.0


class Engine:
    """Answers questions over the published generation, and moves on when a new one appears."""

    def __init__(self, settings: Settings, shelf: Shelf | None = None) -> None:
        self.settings = settings
        self.shelf = shelf or Shelf.of(settings)
        self._pipeline = ask_pipeline(self.shelf, settings)
        self._holdings: Holdings | None = None
        self._looked = 0.0
        self._users: dict[Holdings, int] = {}
        self._lock = RLock()

    def warm(self) -> None:
        """Open the index and load the models, so that the first question is as fast as the next."""
        with self._using() as holdings:
            self._run(Question("warm up"), holdings)

    def ask(self, question: Question) -> Asked:
        """The verified answer to a question, with how it was found. Raises PinciteError."""
        question = self._checked(question)
        with self._using() as holdings:
            return self._run(question, holdings)

    def search(self, question: Question) -> Asked:
        """The passages found for the words, best first, without an answer. Raises PinciteError."""
        question = self._checked(question)
        with self._using() as holdings:
            asked = found(Asked(question, _day(question), holdings), self.shelf, self.settings)
            return replace(asked, hits=asked.hits[: question.top])

    @contextmanager
    def holdings(self) -> Iterator[Holdings]:
        """The generation that is open now, kept open while it is used. Raises IndexMissing."""
        with self._using() as holdings:
            yield holdings

    def close(self) -> None:
        """Close the index."""
        if self._holdings is not None:
            self._holdings.close()
            self._holdings = None

    def _run(self, question: Question, holdings: Holdings) -> Asked:
        return run(self._pipeline, Asked(question, _day(question), holdings))

    def _checked(self, question: Question) -> Question:
        return replace(question, text=cleaned(question.text, self.settings.question_max_chars))

    @contextmanager
    def _using(self) -> Iterator[Holdings]:
        """The current holdings; one that was replaced is closed when its last user has left."""
        with self._lock:
            holdings = self._current()
            self._users[holdings] = self._users.get(holdings, 0) + 1
        try:
            yield holdings
        finally:
            with self._lock:
                self._users[holdings] -= 1
                if not self._users[holdings]:
                    del self._users[holdings]
                    if holdings is not self._holdings:
                        holdings.close()

    def _current(self) -> Holdings:
        """The published generation, looked up again every two seconds."""
        now = time.monotonic()
        if self._holdings is not None and now - self._looked < _LOOK_AGAIN_SECONDS:
            return self._holdings
        self._looked = now
        published = self.shelf.store.current()
        if self._holdings is not None and published in (None, self._holdings.manifest.generation):
            return self._holdings
        if published is None:
            raise IndexMissing("nothing was ingested yet; run `pincite ingest PATH` first")
        old, self._holdings = self._holdings, Holdings.open(self.shelf, published)
        if old is not None and old not in self._users:
            old.close()
        return self._holdings


def _day(question: Question) -> date:
    return question.as_of or datetime.now(UTC).date()
