"""The bundled corpus through the real encoder: what a newcomer sees in the first two minutes."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from ingest.publishing import ingest
from pincite.settings import Settings
from service.api.app import create_app
from service.engine import Engine

SAMPLE = Path(__file__).parents[2] / "corpora" / "sample"
QUESTIONS = tomllib.loads((SAMPLE / "questions.toml").read_text(encoding="utf-8"))

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The service over the sample corpus, without its scanned pages."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("sample"), ocr="off")
    ingest(settings, [SAMPLE])
    engine = Engine(settings)
    engine.warm()
    yield TestClient(create_app(engine), base_url="http://localhost")
    engine.close()


def ask(client: TestClient, question: dict[str, Any]) -> Any:
    body = {"question": question["question"], "place": question.get("place")}
    if "as_of" in question:
        body["as_of"] = str(question["as_of"])
    response = client.post("/v1/ask", json=body)
    assert response.status_code == 200, response.text
    return response.json()


@pytest.mark.parametrize("question", QUESTIONS["try"], ids=lambda q: q["id"])
def test_the_questions_shown_to_a_newcomer_are_answered_from_law(
    sample: TestClient, question: dict[str, Any]
) -> None:
    answer = ask(sample, question)
    assert answer["reason"] is None
    assert answer["statements"][0]["channel"] == "law"


def test_a_quote_with_deleted_words_says_so(sample: TestClient) -> None:
    listed = sample.get(
        "/v1/search",
        params={"q": "violent felony within five years", "kind": "amending_act"},
    ).json()
    deleted = [h for h in listed["hits"] if any(m["type"] == "deleted" for m in h["marks"])]
    assert deleted
    for hit in deleted:
        for mark in hit["marks"]:
            inside = hit["quote"][mark["start"] - hit["start"] : mark["end"] - hit["start"]]
            assert mark["type"] != "deleted" or inside.startswith("[")


def test_a_scan_that_is_not_read_is_told_with_its_reason(sample: TestClient) -> None:
    refused = sample.get("/v1/documents").json()["refused"]
    assert {"scan_without_ocr"} == {refusal["reason"] for refusal in refused}
    assert "Not indexed" in sample.get("/documents").text
