"""Every answer is logged once, by whatever door it went out; nothing else is."""

from __future__ import annotations

import fcntl
import json
import logging
import resource
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from pincite.errors import Abandoned, QuestionError, SettingsError
from pincite.settings import Settings, load
from pincite.types import Filters, FollowUp, Question
from service.engine import Engine
from service.journal import recording
from service.journal.chain import Json
from service.journal.checking import Checked
from service.journal.file import LogFile
from service.journal.recording import moving

Logged = Callable[..., Engine]
Check = Callable[..., Checked]
TOLL = "What toll does a truck with three axles pay on the harbor bridge?"
NOTHING = "Which mushrooms glow beneath Antarctic glaciers?"


def records(path: Path) -> list[Json]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the log is."""
    return tmp_path / "answers.jsonl"


def test_nothing_is_kept_unless_a_file_is_named(engine: Engine, tmp_path: Path) -> None:
    assert Settings().answer_log is None
    assert load({"PINCITE_ANSWER_LOG": ""}, tmp_path)[0].answer_log is None
    assert engine.settings.answer_log is None
    assert engine.ask(Question(TOLL)).log_id is None


def test_a_record_says_what_was_asked_and_said_and_with_what(logged: Logged, path: Path) -> None:
    engine = logged(leg_depth=50)
    question = Question(
        f"  {TOLL}\n",
        place="zz/arden",
        filters=Filters(documents=("arden-code-4-12",)),
        as_of=date(2020, 1, 2),
    )
    asked = engine.ask(question)
    (record,) = records(path)
    assert record["id"] == asked.log_id
    assert record["question"]["asked"] == f"  {TOLL}\n"
    read = record["question"]["read"]
    assert (read["text"], read["place"], read["as_of"]) == (TOLL, "zz/arden", "2020-01-02")
    assert read["filters"]["documents"] == ["arden-code-4-12"]
    assert record["question"]["day"] == "2020-01-02"
    cited = record["answer"]["citations"][0]
    assert "twelve dollars" in cited["quote"]
    document = asked.holdings.document(cited["document_id"])
    assert document.text[cited["start"] : cited["end"]] == cited["quote"]
    assert cited["version"] == document.version
    assert record["answer"]["confidence"] == asked.answer.confidence  # type: ignore[union-attr]
    first = record["hits"][0]
    assert (first["document_id"], first["ranks"]["bm25"]) == ("arden-code-4-12", 1)
    assert record["generation"] == asked.holdings.manifest.generation
    assert record["settings"]["leg_depth"] == 50
    assert record["models"]["dense"] == {"name": "hashed-words", "sha256": "0" * 64}
    assert len(record["program"]["code"]) == 16
    engine.close()


def test_a_follow_up_is_logged_as_it_was_typed_and_as_it_was_read(
    logged: Logged, path: Path
) -> None:
    engine = logged()
    engine.ask(Question(TOLL, follow_up=FollowUp("And with three axles?", "rules")))
    question = records(path)[0]["question"]
    assert (question["asked"], question["read"]["text"]) == ("And with three axles?", TOLL)
    assert question["read"]["follow_up"]["by"] == "rules"
    engine.close()


def test_an_answer_that_is_none_is_logged_with_its_reason(logged: Logged, path: Path) -> None:
    engine = logged()
    engine.ask(Question(NOTHING))
    (record,) = records(path)
    assert record["answer"]["reason"] in ("weak_evidence", "not_in_corpus")
    engine.close()


STREAMED = {"Accept": "text/event-stream"}
CHAT = {"model": "pincite", "messages": [{"role": "user", "content": TOLL}]}
DOORS: dict[str, Callable[[TestClient], Any]] = {
    "ask": lambda c: c.post("/v1/ask", json={"question": TOLL}),
    "stream": lambda c: c.post("/v1/ask", json={"question": TOLL}, headers=STREAMED),
    "chat": lambda c: c.post("/v1/chat/completions", json=CHAT),
    "page": lambda c: c.get("/", params={"q": TOLL}),
    "export": lambda c: c.post("/v1/export", json={"question": TOLL, "format": "docx"}),
}
NOT_LOGGED: dict[str, Callable[[TestClient], Any]] = {
    "search": lambda c: c.get("/v1/search", params={"q": TOLL}),
    "documents": lambda c: c.get("/v1/documents"),
    "empty page": lambda c: c.get("/"),
    "ready": lambda c: c.get("/readyz"),
}


@pytest.mark.parametrize("door", DOORS)
def test_every_door_logs_an_answer_once(
    logged: Logged, path: Path, local: Callable[[Engine], TestClient], door: str
) -> None:
    engine = logged()
    response = DOORS[door](local(engine))
    assert response.status_code == 200, response.text
    (record,) = records(path)
    if door == "ask":
        assert response.json()["log_id"] == record["id"]
    if door in ("stream", "page"):
        assert record["id"] in response.text
    engine.close()


@pytest.mark.parametrize("door", NOT_LOGGED)
def test_what_is_no_answer_is_not_logged(
    logged: Logged, path: Path, local: Callable[[Engine], TestClient], door: str
) -> None:
    engine = logged()
    engine.warm()
    assert NOT_LOGGED[door](local(engine)).status_code == 200
    assert not path.exists()
    engine.close()


def test_a_question_that_cannot_be_asked_is_not_logged(logged: Logged, path: Path) -> None:
    engine = logged()
    with pytest.raises(QuestionError):
        engine.ask(Question(" "))
    assert not path.exists()
    engine.close()


def test_nothing_that_reads_the_log_is_served(
    logged: Logged, path: Path, local: Callable[[Engine], TestClient]
) -> None:
    engine = logged()
    client = local(engine)
    asked = client.post("/v1/ask", json={"question": TOLL}).json()
    routes = [str(getattr(route, "path", "")) for route in client.app.routes]  # type: ignore[attr-defined]
    assert not [r for r in routes if any(w in r for w in ("log", "replay", "recheck", "journal"))]
    for url in (f"/v1/log/{asked['log_id']}", "/v1/log", "/log", "/static/../answers.jsonl"):
        assert client.get(url).status_code == 404
    engine.close()


def test_sixteen_askers_leave_one_whole_chain(logged: Logged, path: Path, check: Check) -> None:
    engine = logged()
    failed: list[object] = []

    def ask(name: int) -> None:
        for number in range(4):
            asked = engine.ask(Question(f"{TOLL} Asker {name}, {number}."))
            if asked.log_id is None:
                failed.append(asked)

    threads = [threading.Thread(target=ask, args=(name,)) for name in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    told = check(LogFile(path))
    assert (told.broken, told.answers) == (None, 64)
    assert len({r["question"]["asked"] for r in records(path)}) == 64
    engine.close()


@contextmanager
def no_room(size: int) -> Iterator[None]:
    """No file of this process can grow beyond that size."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_breaks_no_answer_and_is_told(
    logged: Logged, path: Path, check: Check, caplog: pytest.LogCaptureFixture
) -> None:
    engine = logged()
    first = engine.ask(Question(TOLL))
    before = path.read_bytes()
    with no_room(len(before) + 10), caplog.at_level(logging.WARNING):
        asked = engine.ask(Question(TOLL))
    assert asked.answer is not None
    assert asked.answer.citations == first.answer.citations  # type: ignore[union-attr]
    assert asked.log_id is None
    assert asked.answer.notices[-1].startswith("This answer was not written to the log")
    assert str(path) not in asked.answer.notices[-1]
    assert "File too large" in caplog.text
    assert path.read_bytes() == before
    assert engine.ask(Question(TOLL)).log_id
    assert (check(LogFile(path)).broken, check(LogFile(path)).records) == (None, 2)
    engine.close()


def test_a_log_that_another_process_holds_breaks_no_answer(
    logged: Logged, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "LogFile", lambda path: LogFile(path, 0.02))
    engine = logged()
    assert engine.ask(Question(TOLL)).log_id
    with path.with_name("answers.jsonl.head").open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        asked = engine.ask(Question(TOLL))
    assert (asked.log_id, asked.answer is None) == (None, False)
    engine.close()


def test_a_torn_line_is_told_to_whoever_runs_the_service(
    logged: Logged, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    engine = logged()
    engine.ask(Question(TOLL))
    with path.open("ab") as log:
        log.write(b'{"n":2')
    with caplog.at_level(logging.WARNING):
        assert engine.ask(Question(TOLL)).log_id
    assert "a torn line of 6 bytes was set aside in answers.jsonl.torn" in caplog.text
    engine.close()


def test_an_answer_that_nobody_waited_for_is_not_logged(logged: Logged, path: Path) -> None:
    engine = logged()
    gone = threading.Event()
    gone.set()
    with pytest.raises(Abandoned):
        engine.ask(Question(TOLL), gone)
    assert not path.exists()
    engine.close()


def test_a_log_in_an_impossible_place_is_refused_at_once(logged: Logged, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for place, said in (
        (tmp_path, "is no file"),
        (Path(tmp_path.root, "dev", "full"), "is no file"),
        (tmp_path / "file" / "answers.jsonl", "name another file"),
    ):
        with pytest.raises(SettingsError, match=said):
            logged(place)


def test_the_folder_of_a_log_is_made(logged: Logged, tmp_path: Path) -> None:
    place = tmp_path / "kept" / "here" / "answers.jsonl"
    engine = logged(place)
    assert engine.ask(Question(TOLL)).log_id
    assert place.exists()
    engine.close()


SECRET: dict[str, Any] = {
    name: "s3cret"
    for name, field in Settings.model_fields.items()
    if not field.repr or name.endswith(("_key", "_token", "_secret", "_password"))
}


def test_no_secret_and_no_address_is_recorded() -> None:
    assert SECRET
    settings = Settings(**SECRET, index_url="http://u:p4ss@host", library_url="memory://p4ss")
    said = json.dumps(moving(settings))
    assert "s3cret" not in said
    assert "p4ss" not in said
    assert {"dense_model", "reranker", "rerank_weight", "per_document"} <= moving(settings).keys()
