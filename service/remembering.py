"""Reading ahead while nobody asks: word vectors of what is held, so that an answer finds them kept.

They are two thirds of what an answer computes, and depend on no question.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from itertools import islice
from threading import Event, Thread

from pincite.context import indexed_text
from pincite.errors import IndexUnusable, PinciteError
from pincite.index.schema import passage_of
from pincite.late_interaction import LateInteraction
from service.engine import Engine
from service.holdings import Holdings

_log = logging.getLogger(__name__)
# Whoever asks meanwhile waits for no more than these, about 50 ms.
_AT_ONCE = 2
_LOOK_AGAIN_SECONDS = 0.5


class Remembering:
    """A thread that goes through every generation that the engine opens, once."""

    def __init__(self, engine: Engine) -> None:
        self._engine, self._ended = engine, Event()
        self._model = engine.shelf.reranker
        self._thread = Thread(target=self._run, name="reading ahead", daemon=True)

    def start(self) -> None:
        """Begin, where the reranker keeps anything on disk."""
        if isinstance(self._model, LateInteraction) and self._model.keeps:
            self._thread.start()

    def stop(self) -> None:
        """End it; returns when the texts in hand are done."""
        self._ended.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        done = ""
        while not self._ended.wait(_LOOK_AGAIN_SECONDS):
            try:
                with self._engine.holdings() as holdings:
                    generation = holdings.manifest.generation
                    if generation != done and self._all_of(holdings):
                        done = generation
            except IndexUnusable:
                continue  # nothing was ingested yet, or nothing that can be opened
            except PinciteError as error:
                _log.warning("nothing is read ahead, so answers take longer: %s", error)
                return

    def _all_of(self, holdings: Holdings) -> bool:
        """Read what is held as far as there is room; False where it did not come to the end."""
        assert isinstance(self._model, LateInteraction)
        self._model.make_room(texts_of(holdings))
        texts = texts_of(holdings)
        while some := list(islice(texts, _AT_ONCE)):
            if not self._idle() or not self._engine.is_open(holdings):
                return False
            if not self._model.remember(some):
                return True
        return True

    def _idle(self) -> bool:
        """Wait until nobody asks; False when the service ends."""
        while self._engine.turns.inside:
            if self._ended.wait(_LOOK_AGAIN_SECONDS):
                return False
        return not self._ended.is_set()


def texts_of(holdings: Holdings) -> Iterator[str]:
    """What the reranker reads of every passage."""
    for point in holdings.reader.scroll():
        passage = passage_of(point.payload)
        yield indexed_text(holdings.record(passage.document_id).entry, passage)
