"""The engine follows what is published, and closes what was replaced when nobody reads it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from pincite.errors import IndexForeign, IndexMismatch, IndexMissing, PinciteError, QuestionError
from pincite.settings import Settings
from pincite.shelf import Shelf
from pincite.types import Question
from service.engine import Engine
from service.holdings import Holdings

Publish = Callable[..., str]
Empty = tuple[Settings, Shelf, Engine]


FERRY = "The ferry leaves the north pier at seven in the morning on every working day.\n"
BRIDGE = "The bridge is closed to carts between midnight and five in the morning.\n"


def test_an_index_that_appears_is_found_without_a_restart(empty: Empty, publish: Publish) -> None:
    _, shelf, engine = empty
    with pytest.raises(IndexMissing, match="pincite ingest"):
        engine.ask(Question("When does the ferry leave?"))
    publish(shelf, ferry=FERRY)
    assert engine.search(Question("When does the ferry leave?")).hits
    engine.close()


def test_warming_loads_the_encoder_even_without_an_index(empty: Empty) -> None:
    settings, shelf, _ = empty
    asked: list[str] = []

    class Listening:
        name, sha256, dimension = shelf.dense.name, shelf.dense.sha256, shelf.dense.dimension
        embed = staticmethod(shelf.dense.embed)

        def embed_query(self, text: str) -> object:
            asked.append(text)
            return shelf.dense.embed_query(text)

    with pytest.raises(IndexMissing):
        Engine(settings, replace(shelf, dense=Listening())).warm()  # type: ignore[arg-type]
    assert asked


def test_a_replaced_generation_is_closed_when_its_last_user_left(
    empty: Empty, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, shelf, engine = empty
    closed: list[str] = []
    close = Holdings.close

    def closing(self: Holdings) -> None:
        closed.append(self.manifest.generation)
        close(self)

    monkeypatch.setattr(Holdings, "close", closing)
    publish(shelf, ferry=FERRY)
    with engine.holdings() as old:
        publish(shelf, ferry=FERRY, bridge=BRIDGE)
        with engine.holdings() as new:
            assert new.manifest.generation != old.manifest.generation
            assert len(new.records) == 2
        assert closed == []
        assert old.reader.count() == 1
    assert closed == [old.manifest.generation]
    engine.close()
    assert closed == [old.manifest.generation, new.manifest.generation]


def test_an_unused_generation_is_closed_at_once(empty: Empty, publish: Publish) -> None:
    _, shelf, engine = empty
    publish(shelf, ferry=FERRY)
    with engine.holdings() as old:
        pass
    publish(shelf, ferry=FERRY, bridge=BRIDGE)
    with engine.holdings() as new:
        assert new is not old
    assert engine._users == {}
    engine.close()


def test_questions_are_answered_throughout_a_swap(empty: Empty, publish: Publish) -> None:
    _, shelf, engine = empty
    publish(shelf, ferry=FERRY)
    seen: list[str] = []
    failed: list[Exception] = []
    stop = threading.Event()

    def asking() -> None:
        while not stop.is_set():
            try:
                asked = engine.ask(Question("When does the ferry leave the north pier?"))
                assert asked.hits
                seen.append(asked.holdings.manifest.generation)
            except (PinciteError, AssertionError, RuntimeError) as error:
                failed.append(error)
                return

    threads = [threading.Thread(target=asking) for _ in range(4)]
    for thread in threads:
        thread.start()
    last = None
    for number in range(3):
        last = publish(shelf, ferry=FERRY, **{f"n{number}": BRIDGE})
        time.sleep(0.1)
    deadline = time.monotonic() + 10
    while last not in seen and time.monotonic() < deadline and not failed:
        time.sleep(0.02)
    stop.set()
    for thread in threads:
        thread.join()
    assert failed == []
    assert last in seen
    assert engine._users == {}
    engine.close()


def test_the_others_do_not_wait_while_one_opens(
    empty: Empty, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, shelf, engine = empty
    publish(shelf, ferry=FERRY)
    with engine.holdings() as old:
        pass
    publish(shelf, ferry=FERRY, bridge=BRIDGE)
    opening, go_on = threading.Event(), threading.Event()
    open_ = Holdings.open

    def slowly(shelf: Shelf, generation: str | None = None) -> Holdings:
        opening.set()
        assert go_on.wait(10)
        return open_(shelf, generation)

    monkeypatch.setattr(Holdings, "open", slowly)
    opener = threading.Thread(target=lambda: engine.search(Question("ferry")))
    opener.start()
    assert opening.wait(10)
    with engine.holdings() as meanwhile:
        assert meanwhile is old
    go_on.set()
    opener.join()
    with engine.holdings() as now:
        assert now is not old
    engine.close()


def test_a_new_generation_that_cannot_be_opened_leaves_the_old_one(
    empty: Empty, publish: Publish
) -> None:
    settings, shelf, engine = empty
    publish(shelf, ferry=FERRY)
    assert engine.search(Question("ferry")).hits
    other = publish(shelf, ferry=FERRY, bridge=BRIDGE)
    manifest = settings.data_dir / "library" / "manifests" / f"{other}.json"
    kept = manifest.read_bytes()
    manifest.write_text("{}", encoding="utf-8")
    assert len(engine.search(Question("ferry")).holdings.records) == 1
    assert "rebuild" in (engine.trouble or "")
    manifest.write_bytes(kept)
    assert len(engine.search(Question("ferry")).holdings.records) == 2
    assert engine.trouble is None
    engine.close()


def test_an_index_of_another_encoder_is_refused_with_the_command_that_mends_it(
    engine: Engine, light_shelf: Callable[[Settings], Shelf]
) -> None:
    settings = Settings(data_dir=engine.settings.data_dir, bm25_average_length=33.0)
    with pytest.raises(IndexMismatch, match="--rebuild"):
        Engine(settings, light_shelf(settings)).warm()


@pytest.mark.parametrize("manifest", [None, "{}", "no json"])
def test_a_lost_manifest_is_no_missing_document(
    empty: Empty, publish: Publish, manifest: str | None
) -> None:
    settings, shelf, engine = empty
    made = publish(shelf, ferry=FERRY)
    path = settings.data_dir / "library" / "manifests" / f"{made}.json"
    path.unlink() if manifest is None else path.write_text(manifest, encoding="utf-8")
    with pytest.raises(IndexForeign, match="rebuild"):
        engine.ask(Question("ferry"))


@pytest.mark.parametrize("text", ["", "  ", "\u0000", "¿?", "word " * 500])
def test_an_impossible_question_is_refused_before_anything_is_searched(
    engine: Engine, text: str
) -> None:
    with pytest.raises(QuestionError):
        engine.ask(Question(text))
