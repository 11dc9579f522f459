"""What is held is read ahead while nobody asks, once a generation, and no longer than is wanted."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from pincite.cache import Cache
from pincite.errors import ModelError
from pincite.settings import Settings
from pincite.shelf import Shelf
from service.api.app import create_app
from service.engine import Engine
from service.remembering import Remembering, texts_of
from tests.pincite.test_reranking import TinyModel, late
from tests.service.conftest import Publish

Empty = tuple[Settings, Shelf, Engine]


def until(holds: Callable[[], bool]) -> bool:
    end = time.monotonic() + 20
    while not holds() and time.monotonic() < end:
        time.sleep(0.02)
    return holds()


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.remembering._LOOK_AGAIN_SECONDS", 0.01)


@pytest.fixture
def reading(empty: Empty, tmp_path: Path) -> tuple[Engine, Shelf, TinyModel]:
    settings, shelf, _ = empty
    model, tiny = late(stored=Cache(tmp_path / "words", 10_000_000))
    shelf = replace(shelf, reranker=model)
    return Engine(settings, shelf, look_again=0.0), shelf, tiny


def test_every_generation_is_read_once(
    reading: tuple[Engine, Shelf, TinyModel], publish: Publish
) -> None:
    engine, shelf, tiny = reading
    ahead = Remembering(engine)
    ahead.start()  # before the first ingest
    publish(shelf, a="A toll of two dollars.", b="No toll.", c="A ferry.")
    assert until(lambda: len(tiny.seen) == 3)
    publish(shelf, a="A toll of two dollars.", b="No toll but one.", c="A ferry.")
    assert until(lambda: len(tiny.seen) == 4)
    time.sleep(0.1)
    ahead.stop()
    assert sorted(map(str, tiny.seen)) == sorted(set(map(str, tiny.seen)))
    with engine.holdings() as holdings:
        assert set(tiny.seen) > set(texts_of(holdings))
    engine.close()


def test_while_somebody_asks_nothing_is_read(
    reading: tuple[Engine, Shelf, TinyModel], publish: Publish
) -> None:
    engine, shelf, tiny = reading
    publish(shelf, a="A toll of two dollars.")
    ahead = Remembering(engine)
    with engine.turns.turn(lambda stage: None):
        ahead.start()
        time.sleep(0.2)
        assert tiny.seen == []
    assert until(lambda: len(tiny.seen) == 1)
    ahead.stop()
    engine.close()


def test_a_service_that_ends_while_somebody_asks_does_not_wait(
    reading: tuple[Engine, Shelf, TinyModel], publish: Publish
) -> None:
    engine, shelf, tiny = reading
    publish(shelf, a="A toll of two dollars.")
    ahead = Remembering(engine)
    with engine.turns.turn(lambda stage: None):
        ahead.start()
        time.sleep(0.1)
        ahead.stop()
    assert tiny.seen == []
    engine.close()


def test_a_model_that_cannot_be_had_is_told_once(
    reading: tuple[Engine, Shelf, TinyModel],
    publish: Publish,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    engine, shelf, tiny = reading
    publish(shelf, a="A toll of two dollars.")

    def broken(texts: object) -> object:
        raise ModelError("the model is not installed; pip install it")

    monkeypatch.setattr(tiny, "run", broken)
    ahead = Remembering(engine)
    with caplog.at_level(logging.WARNING):
        ahead.start()
        assert until(lambda: bool(caplog.records))
        ahead.stop()
    assert [record.getMessage() for record in caplog.records] == [
        "nothing is read ahead, so answers take longer: the model is not installed; pip install it"
    ]
    engine.close()


def test_the_service_reads_ahead_from_its_start_to_its_end(
    reading: tuple[Engine, Shelf, TinyModel], publish: Publish
) -> None:
    engine, shelf, tiny = reading
    publish(shelf, a="A toll of two dollars.")
    with TestClient(create_app(engine)):
        assert until(lambda: len(tiny.seen) == 1)
    publish(shelf, a="Another toll.")
    time.sleep(0.1)
    assert len(tiny.seen) == 1


@pytest.mark.parametrize("stored", [False, True])
def test_there_is_no_thread_where_nothing_can_be_kept(empty: Empty, stored: bool) -> None:
    settings, shelf, _ = empty
    model = late()[0] if stored else None  # keeps nothing on disk, or there is no reranker
    ahead = Remembering(Engine(settings, replace(shelf, reranker=model)))
    ahead.start()
    assert not ahead._thread.is_alive()
    ahead.stop()
