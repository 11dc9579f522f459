"""What readers say of answers: kept only where a file is named, private, bounded."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from lxml import html

from pincite.errors import StorageError
from pincite.settings import Settings, load
from service.engine import Engine
from service.feedback import Feedback, FeedbackError, keep

LocalClient = Callable[[Engine], TestClient]
TOLL = "What toll does a truck with three axles pay on the harbor bridge?"
PAGE = {"Accept": "text/html"}


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Where feedback is kept."""
    return tmp_path / "kept" / "feedback.jsonl"


@pytest.fixture
def kept(engine: Engine, local: LocalClient, log: Path) -> TestClient:
    """A service that keeps feedback."""
    settings = Settings(**{**engine.settings.model_dump(), "feedback_log": log})
    return local(Engine(settings, engine.shelf))


def form_of(client: TestClient) -> dict[str, Any]:
    tree: Any = html.fromstring(client.get("/", params={"q": TOLL}, headers=PAGE).text)
    [form] = tree.xpath("//form[@data-feedback]")
    assert (form.get("method"), form.get("action")) == ("post", "/feedback")
    fields: dict[str, Any] = {}
    for field in form.xpath(".//input"):
        fields.setdefault(field.get("name"), []).append(field.get("value"))
    return fields


def test_nothing_is_kept_unless_a_file_is_named(client: TestClient, tmp_path: Path) -> None:
    assert Settings().feedback_log is None
    assert load({"PINCITE_FEEDBACK_LOG": ""}, tmp_path)[0].feedback_log is None
    assert "data-feedback" not in client.get("/", params={"q": TOLL}, headers=PAGE).text
    sent = client.post("/feedback", data={"question": TOLL, "verdict": "helpful"})
    assert sent.status_code == 404
    assert "feedback_log" in sent.json()["detail"]
    assert client.get("/feedback").status_code == 404


def test_a_word_on_an_answer_is_one_private_line(kept: TestClient, log: Path) -> None:
    fields = form_of(kept)
    sent = kept.post(
        "/feedback", data={**fields, "verdict": "wrong", "note": "It was\nrepealed."}, headers=PAGE
    )
    assert (sent.status_code, sent.url.path) == (200, "/feedback")
    assert "Thank you" in sent.text
    [line] = log.read_text(encoding="utf-8").splitlines()
    said = json.loads(line)
    assert (said["question"], said["verdict"]) == (TOLL, "wrong")
    assert said["note"] == "It was\nrepealed."
    assert said["cited"][0].startswith("/documents/arden-code-4-12?v=")
    assert said["generation"]
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_thanks_lead_back_to_the_answer_and_nowhere_else(kept: TestClient) -> None:
    fields = form_of(kept) | {"verdict": "helpful"}
    sent = kept.post("/feedback", data=fields, headers=PAGE)
    tree: Any = html.fromstring(sent.text)
    assert tree.xpath("//main//a/@href")[0].startswith("/?q=What+toll")
    away = kept.get("/feedback", params={"back": "https://evil.example/"}, headers=PAGE)
    tree = html.fromstring(away.text)
    assert tree.xpath("//main//a/@href") == ["/"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"verdict": "great"},
        {"verdict": ""},
        {"question": " "},
        {"question": "x" * 3000},
        {"note": "x" * 1001},
        {"cited": ["x"] * 31},
        {"cited": ["x" * 601]},
        {"log_id": "x" * 601},
    ],
)
def test_what_says_nothing_of_an_answer_is_refused(
    kept: TestClient, log: Path, wrong: dict[str, Any]
) -> None:
    sent = kept.post("/feedback", data={"question": TOLL, "verdict": "wrong", **wrong})
    assert sent.status_code == 422
    shown = kept.post(
        "/feedback", data={"question": TOLL, "verdict": "wrong", **wrong}, headers=PAGE
    )
    assert shown.status_code == 422
    assert shown.headers["content-type"].startswith("text/html")
    assert not log.exists()


def test_a_page_of_another_site_cannot_send_any(kept: TestClient, log: Path) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        sent = kept.post("/feedback", data={"question": TOLL, "verdict": "wrong"}, headers=headers)
        assert sent.status_code == 403
    assert not log.exists()


def test_a_line_stays_a_line_whatever_is_said(log: Path) -> None:
    said = Feedback('a"\n\u2028{"', "helpful", "\x00\ud800", ("\n",))
    keep(said, log, 2000)
    [line] = log.read_bytes().splitlines()
    assert json.loads(line)["question"] == said.question


def test_many_at_once_are_a_line_each(log: Path) -> None:
    said = Feedback("q" * 1500, "helpful", "n" * 1000)
    with ThreadPoolExecutor(8) as senders:
        list(senders.map(lambda _: keep(said, log, 2000), range(64)))
    lines = log.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 64
    assert all(json.loads(line)["note"] == said.note for line in lines)


def test_the_file_does_not_grow_for_ever(log: Path) -> None:
    said = Feedback("q", "helpful")
    keep(said, log, 2000, most_bytes=250)
    with pytest.raises(StorageError, match="is full"):
        keep(said, log, 2000, most_bytes=250)
    assert len(log.read_bytes().splitlines()) == 1


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be kept"):
        keep(Feedback("q", "helpful"), tmp_path, 2000)
    with pytest.raises(FeedbackError):
        keep(Feedback("q", "no"), tmp_path / "x", 2000)
