"""The bundled corpus through the real encoder: what a newcomer sees in the first two minutes."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from eval.question_sets import says
from ingest.publishing import ingest
from pincite.settings import Settings
from service.api.app import create_app
from service.engine import Engine

SAMPLE = Path(__file__).parents[2] / "corpora" / "sample"
QUESTIONS = tomllib.loads((SAMPLE / "questions.toml").read_text(encoding="utf-8"))

# What today's system misses, and what it says instead. Each is expected to fail: one that passes
# fails the suite until it is struck from here.
KNOWN_MISSES: dict[str, str] = {
    "municipal-aid": "the ruling that applies the statute comes before it",
}

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


def _checked(question: dict[str, Any]) -> Any:
    miss = KNOWN_MISSES.get(question["id"])
    marks = [pytest.mark.xfail(strict=True, reason=miss)] if miss else []
    return pytest.param(question, id=question["id"], marks=marks)


@pytest.mark.parametrize(
    "question", [_checked(q) for q in QUESTIONS["check"] if "reason" not in q and "needs" not in q]
)
def test_a_check_question_is_answered_first_by_its_document_with_its_quote(
    sample: TestClient, question: dict[str, Any]
) -> None:
    answer = ask(sample, question)
    assert answer["reason"] is None, [near["document_id"] for near in answer["nearest"]]
    cited = [(one["document_id"], one["quote"]) for one in answer["citations"]]
    assert cited[0][0] == question["document"], cited
    quotes = [quote for document, quote in cited if document == question["document"]]
    assert any(says(quote, [question["quote"]]) for quote in quotes), quotes


@pytest.mark.parametrize("question", [_checked(q) for q in QUESTIONS["check"] if "reason" in q])
def test_a_check_question_without_an_answer_is_told_why(
    sample: TestClient, question: dict[str, Any]
) -> None:
    answer = ask(sample, question)
    assert (answer["reason"], answer["statements"]) == (question["reason"], [])
    near = {one["document_id"] for one in answer["nearest"]}
    assert question.get("document") is None or question["document"] in near


def test_at_least_ten_of_the_check_questions_are_answered_as_expected() -> None:
    asked = {question["id"] for question in QUESTIONS["check"] if "needs" not in question}
    assert set(KNOWN_MISSES) <= asked
    assert len(asked) - len(KNOWN_MISSES) >= 10  # of 19: the twentieth asks about the scan


def test_a_question_of_two_cities_is_answered_from_both(sample: TestClient) -> None:
    text = (
        "May Port Alder's jail hold somebody on a detainer, and what may a Halvorsen employee"
        " tell the Service?"
    )
    answer = ask(sample, {"question": text})
    assert {one["jurisdiction"] for one in answer["citations"]} == {
        "zz/marenga/port-alder",
        "zz/marenga/halvorsen",
    }
    assert answer["question"] == text
    assert [one["citations"] for one in answer["statements"]] == [[1], [2]]


def test_a_half_without_an_answer_is_told_beside_the_other(sample: TestClient) -> None:
    text = "How long may Port Alder hold someone, and what is the fine for parking in Halvorsen?"
    answer = ask(sample, {"question": text})
    assert answer["statements"]
    silent = "Of “What is the fine for parking in Halvorsen?” nothing was found"
    assert any(notice.startswith(silent) for notice in answer["notices"])


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
    assert "Files that are not indexed" in sample.get("/corpus/ingest").text
