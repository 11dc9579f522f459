"""The same question on the same generation gives the same passages, whatever is published now."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pincite.errors import NotFound
from pincite.settings import Settings
from pincite.shelf import Shelf
from pincite.types import Question
from service.asked import Asked
from service.engine import Engine
from service.journal import replaying
from service.journal.chain import Json
from service.journal.file import LogFile
from service.journal.reading import answer
from service.journal.replaying import Replayed, replay, settings_then
from service.pipeline import run

Publish = Callable[..., str]
FERRY = "The ferry leaves the north pier at seven in the morning on every working day.\n"
BRIDGE = "The bridge is closed to carts between midnight and five in the morning.\n"
LATER = "The ferry leaves the north pier at nine in the morning on every working day.\n"
ASKED = Question("When does the ferry leave the north pier in the morning?")


class Kept:
    """A logged answer over a generation that is no longer the published one."""

    def __init__(self, folder: Path, shelf_of: Callable[[Settings], Shelf], publish: Publish):
        log = folder / "answers.jsonl"
        self.settings = Settings(data_dir=folder / "data", ocr="off", answer_log=log)
        self.shelf = shelf_of(self.settings)
        publish(self.shelf, ferry=FERRY, bridge=BRIDGE)
        self.engine = Engine(self.settings, self.shelf, look_again=0.0)
        asked = self.engine.ask(ASKED)
        assert asked.log_id is not None
        self.record = answer(LogFile(log), asked.log_id)
        publish(self.shelf, ferry=LATER, bridge=BRIDGE)

    def again(self, record: Json | None = None, settings: Settings | None = None) -> Replayed:
        """The record replayed."""
        return replay(record or self.record, settings or self.settings, self.shelf)


@pytest.fixture(scope="module")
def kept(
    tmp_path_factory: pytest.TempPathFactory,
    light_shelf: Callable[[Settings], Shelf],
    publish: Publish,
) -> Iterator[Kept]:
    """A logged answer, and a newer generation."""
    kept = Kept(tmp_path_factory.mktemp("kept"), light_shelf, publish)
    yield kept
    kept.engine.close()


def differences(told: Replayed) -> dict[str, tuple[str, ...]]:
    return {part.name: part.differences for part in told.parts if part.differences}


def test_the_same_generation_gives_the_same_passages(kept: Kept) -> None:
    again = kept.engine.ask(ASKED)
    assert "nine" in str(again.answer)
    told = kept.again()
    assert differences(told) == {}
    assert told.same
    assert told.generation != again.holdings.manifest.generation
    assert told.notes == ()


def test_a_replay_is_not_logged(kept: Kept) -> None:
    before = kept.settings.answer_log.read_bytes()  # type: ignore[union-attr]
    kept.again()
    assert kept.settings.answer_log.read_bytes() == before  # type: ignore[union-attr]


def test_settings_of_now_are_set_back_and_told(kept: Kept) -> None:
    now = Settings(**{**kept.settings.model_dump(), "dense_weight": 0.0, "leg_depth": 10})
    told = kept.again(settings=now)
    assert told.same
    assert "dense_weight was 0.5 and is 0.0 now; the former was used" in told.notes
    assert any(note.startswith("leg_depth was 100") for note in told.notes)


def test_the_day_of_the_answer_is_the_day_of_its_replay(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[date] = []

    def watched(pipeline: Any, asked: Asked) -> Asked:
        seen.append(asked.day)
        return run(pipeline, asked)

    monkeypatch.setattr(replaying, "run", watched)
    old = deepcopy(kept.record)
    old["question"]["day"] = "2019-05-06"
    kept.again(old)
    assert seen == [date(2019, 5, 6)]


CHANGES: dict[str, tuple[Callable[[Json], object], str, str]] = {
    "a passage was not found": (lambda r: r["hits"].pop(0), "passages", "new: 1. ferry"),
    "a passage is gone": (
        lambda r: r["hits"].append({**r["hits"][0], "start": 3}),
        "passages",
        "gone: 3. ferry",
    ),
    "passages changed places": (lambda r: r["hits"].reverse(), "passages", "moved: 1. is now 2."),
    "another quote": (
        lambda r: _quotes(r)[0].update(quote="The ferry sank."),
        "quotes",
        "“The ferry sank.”",
    ),
    "no quote": (lambda r: _quotes(r).clear(), "quotes", "new: 1."),
    "another reason": (
        lambda r: r["answer"].update(reason="conflicting"),
        "reason",
        "was conflicting, is ",
    ),
}


def _quotes(record: Json) -> list[Json]:
    found: list[Json] = record["answer"]["citations"] or record["answer"]["nearest"]
    return found


@pytest.mark.parametrize("change", CHANGES)
def test_each_difference_is_listed_under_its_part(kept: Kept, change: str) -> None:
    do, part, said = CHANGES[change]
    record = deepcopy(kept.record)
    do(record)
    told = kept.again(record)
    assert not told.same
    assert list(differences(told)) == [part]
    assert any(said in line for line in differences(told)[part]), differences(told)


def test_another_model_program_or_score_is_told_and_is_no_difference(kept: Kept) -> None:
    record = deepcopy(kept.record)
    record["models"]["reranker"] = {"name": "of then", "sha256": "f" * 64}
    record["program"]["code"] = "0" * 16
    record["hits"][0]["score"] += 0.25
    record["answer"]["confidence"] = 0.123
    told = kept.again(record)
    assert told.same
    said = "\n".join(told.notes)
    for note in (
        "model reranker name was of then, is None",
        "program code was 0000000000000000, is ",
        "scores differ by up to 0.2500",
        "confidence was 0.123",
    ):
        assert note in said


def test_a_generation_that_was_pruned_is_one_line_that_says_what_to_do(
    tmp_path: Path, light_shelf: Callable[[Settings], Shelf], publish: Publish
) -> None:
    kept = Kept(tmp_path, light_shelf, publish)
    kept.engine.close()
    kept.shelf.store.prune(1)
    with pytest.raises(NotFound, match=r"no longer held.*pincite recheck") as caught:
        kept.again()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda r: r["settings"].update(fusion="magic"), "its setting fusion is impossible"),
        (lambda r: r["question"]["read"].update(top="many"), "cannot be asked of this program"),
    ],
)
def test_a_record_of_another_program_is_one_line(
    kept: Kept, change: Callable[[Json], None], said: str
) -> None:
    record = deepcopy(kept.record)
    change(record)
    with pytest.raises(NotFound, match=said):
        kept.again(record)


def test_a_setting_that_only_one_program_knows_is_told(kept: Kept) -> None:
    record = deepcopy(kept.record)
    record["settings"]["warp"] = 9
    del record["settings"]["rerank_weight"]
    told = kept.again(record)
    assert "the setting warp of then is unknown to this program" in told.notes
    assert "the setting rerank_weight is newer than the record; 0.7 was used" in told.notes


def test_no_question_goes_to_an_endpoint_that_only_a_record_names(kept: Kept) -> None:
    record = deepcopy(kept.record)
    record["settings"] |= {"llm_url": "http://127.0.0.1:9", "llm_model": "m"}
    assert settings_then(record, kept.settings)[0].llm_url is None
    own = Settings(llm_url="http://127.0.0.1:8", llm_model="n")
    assert settings_then(record, own)[0].llm_url == "http://127.0.0.1:8"
    assert settings_then(record, own)[0].llm_model == "m"
    assert settings_then(kept.record, own)[0].llm_url is None


def test_no_record_names_a_server_a_folder_or_a_key(kept: Kept) -> None:
    """Its hash fits whatever somebody wrote; the keys of now would go where it says."""
    own = Settings(index_url="http://127.0.0.1:8", index_api_key="sk-own", data_dir=Path("own"))
    record = deepcopy(kept.record)
    record["settings"] |= {
        "index_url": "http://127.0.0.1:9",
        "index_api_key": "sk-other",
        "library_url": "memory://elsewhere",
        "data_dir": "elsewhere",
    }
    then, notes = settings_then(record, own)
    assert (then.index_url, then.index_api_key) == (own.index_url, own.index_api_key)
    assert (then.library_url, then.data_dir) == (None, own.data_dir)
    assert len(notes) == 4


@pytest.mark.parametrize("name", ["dense_model", "reranker"])
def test_no_model_is_fetched_because_a_record_names_it(kept: Kept, name: str) -> None:
    record = deepcopy(kept.record)
    record["settings"][name] = "hub:somebody/model"
    with pytest.raises(NotFound, match=f"set PINCITE_{name.upper()}"):
        kept.again(record)
    own = Settings(**{name: "hub:somebody/model"})  # type: ignore[arg-type]
    assert settings_then(record, own)[0].model_dump()[name] == "hub:somebody/model"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda r: r["answer"].update(reason="none"), "its answer changed"),
        (lambda r: r.update(time="then"), "its hash is another"),
    ],
)
def test_a_record_that_was_changed_is_not_replayed(
    kept: Kept, tmp_path: Path, change: Callable[[Json], None], said: str
) -> None:
    path = tmp_path / "changed.jsonl"
    record = deepcopy(kept.record)
    change(record)
    path.write_text(json.dumps(record, sort_keys=True, separators=(",", ":")) + "\n")
    with pytest.raises(NotFound, match=said):
        answer(LogFile(path), record["id"])
