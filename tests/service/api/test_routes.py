"""The API: the shape of answers, documents and their sources, and the ways in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.abstaining import ENOUGH

JSON = {"Content-Type": "application/json"}
TOLL = "What toll does a truck with three axles pay on the harbor bridge?"

ANSWER = {
    "question": str,
    "reason": (str, type(None)),
    "confidence": float,
    "statements": list,
    "citations": list,
    "nearest": list,
    "notices": list,
    "coverage": dict,
    "index": dict,
    "timings_ms": dict,
}
CITATION: dict[str, Any] = {
    "n": int,
    "document_id": str,
    "version": str,
    "title": str,
    "kind": str,
    "jurisdiction": (str, type(None)),
    "citation": str,
    "pinpoint": str,
    "quote": str,
    "start": int,
    "end": int,
    "page": (str, int, type(None)),
    "source": str,
    "authority": str,
    "status": str,
    "in_force": dict,
    "current_through": (str, type(None)),
    "ocr": bool,
    "marks": list,
    "repaired": list,
}


def ask(client: TestClient, **body: Any) -> Any:
    response = client.post("/v1/ask", json={"question": TOLL, **body})
    assert response.status_code == 200, response.text
    return response.json()


def has_shape(value: dict[str, Any], shape: dict[str, Any]) -> bool:
    return all(name in value and isinstance(value[name], type_) for name, type_ in shape.items())


def test_an_answer_has_every_field_and_cites_the_clause(client: TestClient) -> None:
    answer = ask(client)
    assert has_shape(answer, ANSWER)
    assert answer["reason"] is None
    assert answer["statements"][0]["citations"] == [1]
    first = answer["citations"][0]
    assert has_shape(first, CITATION)
    assert first["document_id"] == "arden-code-4-12"
    assert "twelve dollars" in first["quote"]
    assert first["in_force"] == {"from": "2019-04-01", "to": None}
    assert first["source"] == "code.md"
    assert {"retrieve", "rank", "answer", "verify"} <= set(answer["timings_ms"])
    assert answer["index"]["generation"]


def test_every_quote_is_the_slice_that_the_text_route_gives(client: TestClient) -> None:
    answer = ask(client)
    for cited in answer["citations"] + answer["nearest"]:
        got = client.get(
            f"/v1/documents/{cited['document_id']}/text",
            params={"start": cited["start"], "end": cited["end"]},
        ).json()
        assert got["text"] == cited["quote"]
        assert got["version"] == cited["version"]


def test_no_answer_has_a_reason_and_no_statement(client: TestClient) -> None:
    answer = ask(client, question="Which mushrooms glow beneath Antarctic glaciers?")
    assert answer["reason"] == "not_in_corpus"
    assert answer["statements"] == answer["citations"] == []


@pytest.mark.parametrize(
    "question", [TOLL, "Which mushrooms glow beneath Antarctic glaciers?", "the ferry's glaciers"]
)
def test_whether_there_are_statements_hangs_on_the_confidence(
    client: TestClient, question: str
) -> None:
    answer = ask(client, question=question)
    assert 0 <= answer["confidence"] <= 1
    assert bool(answer["statements"]) == (answer["confidence"] >= ENOUGH)


def test_the_confidence_is_described(client: TestClient) -> None:
    body = client.get("/openapi.json").json()["components"]["schemas"]["AnswerBody"]
    assert "confidence" in body["required"]
    assert "0 to 1" in body["properties"]["confidence"]["description"]
    assert body["examples"][0]["confidence"] >= ENOUGH


def test_filters_hide(client: TestClient) -> None:
    hits = client.get("/v1/search", params={"q": TOLL, "kind": "op_ed"}).json()["hits"]
    assert {hit["kind"] for hit in hits} == {"op_ed"}
    params = {"q": TOLL, "document": "arden-code-4-12-2010"}
    hits = client.get("/v1/search", params=params).json()["hits"]
    assert {hit["document_id"] for hit in hits} == {"arden-code-4-12-2010"}
    params = {"q": TOLL, "issued_from": "2019-01-01", "issued_to": "2019-12-31"}
    hits = client.get("/v1/search", params=params).json()["hits"]
    assert {hit["document_id"] for hit in hits} == {"arden-code-4-12"}


def test_hits_are_numbered_and_explained(client: TestClient) -> None:
    found = client.get("/v1/search", params={"q": "harbor bridge", "top": 2}).json()
    assert [hit["rank"] for hit in found["hits"]] == [1, 2]
    assert set(found["hits"][0]["ranks"]) <= {"dense", "bm25", "citation"}


def test_a_place_may_be_named_by_its_last_part(client: TestClient) -> None:
    assert ask(client, place="arden")["citations"]


def test_the_law_of_an_earlier_day_is_its_own(client: TestClient) -> None:
    answer = ask(client, as_of="2015-01-01", documents=["arden-code-4-12-2010"])
    assert answer["citations"][0]["status"] == "in_force"
    assert "nine dollars" in answer["citations"][0]["quote"]


def test_documents_are_listed_and_filtered(client: TestClient) -> None:
    listed = client.get("/v1/documents").json()
    assert [d["id"] for d in listed["documents"]] == [
        "arden-code-4-12",
        "arden-code-4-12-2010",
        "hostile",
    ]
    assert listed["coverage"]["documents"] == 3
    fewer = client.get("/v1/documents", params={"kind": "op_ed"}).json()["documents"]
    assert [d["id"] for d in fewer] == ["hostile"]
    early = client.get("/v1/documents", params={"issued_to": "2012-01-01"}).json()["documents"]
    assert [d["id"] for d in early] == ["arden-code-4-12-2010"]


def test_a_document_tells_its_sections_within_its_text(client: TestClient) -> None:
    document = client.get("/v1/documents/arden-code-4-12").json()
    assert document["citation"] == "Arden Code § 4-12"
    assert document["sections"]
    for section in document["sections"]:
        assert 0 <= section["start"] < section["end"] <= document["characters"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, "whole"),
        ({"start": 3, "end": 3}, ""),
        ({"start": 0, "end": 6}, "first"),
        ({"start": 5}, "rest"),
    ],
)
def test_text_is_given_by_offsets(client: TestClient, query: Any, expected: str) -> None:
    whole = client.get("/v1/documents/arden-code-4-12/text").json()["text"]
    wanted = {"whole": whole, "": "", "first": whole[:6], "rest": whole[5:]}[expected]
    got = client.get("/v1/documents/arden-code-4-12/text", params=query).json()
    assert got["text"] == wanted
    assert got["characters"] == len(whole)


def test_a_source_is_the_files_bytes_and_never_active(
    client: TestClient, tiny_corpus: Path
) -> None:
    response = client.get("/v1/documents/hostile/source")
    assert response.content == (tiny_corpus / "hostile.html").read_bytes()
    assert response.headers["content-type"] == "application/octet-stream"
    assert response.headers["content-disposition"] == 'attachment; filename="hostile.html"'
    assert "sandbox" in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "question",
    [
        "<script>alert(1)</script> toll on the bridge",
        "{{ 7 * 7 }} {% raw %} ${jndi:ldap://x/y} toll",
        "(((((a+)+)+)+$" * 140,
        "§" * 1000 + "a" * 900,
        "8 U.S.C. § 1373(a)(1)(A)(i) " * 70,
        "Wie hoch ist die Maut? 橋の通行料は？ ¿Cuánto cuesta? 🌉🌉🌉",
        "' OR 1=1; DROP TABLE points; -- toll",
        "\u202etoll\u202c bridge\u0000\u001b[31m",
        "lone \ud800 surrogate toll",
    ],
)
def test_a_hostile_question_is_a_question(client: TestClient, question: str) -> None:
    response = client.post("/v1/ask", content=json_of(question), headers=JSON)
    assert response.status_code == 200, response.text
    assert response.json()["reason"] in (None, "not_in_corpus", "weak_evidence", "superseded_only")


def json_of(question: str) -> bytes:
    """JSON with every character escaped, so that even a lone surrogate travels."""
    return json.dumps({"question": question}).encode("ascii")


def test_openapi_has_examples_and_loads_nothing_from_elsewhere(client: TestClient) -> None:
    spec = client.get("/openapi.json").json()
    paths = set(spec["paths"])
    assert {
        "/v1/ask",
        "/v1/search",
        "/v1/documents",
        "/v1/documents/{id}",
        "/v1/documents/{id}/text",
        "/v1/documents/{id}/source",
        "/healthz",
        "/readyz",
    } <= paths
    assert spec["components"]["schemas"]["AskBody"]["examples"]
    assert spec["components"]["schemas"]["AnswerBody"]["examples"]
    for path, methods in spec["paths"].items():
        for parameter in next(iter(methods.values())).get("parameters", []):
            assert parameter.get("description") or parameter["in"] == "path", (path, parameter)
    problems = spec["paths"]["/v1/ask"]["post"]["responses"]["422"]["content"]
    assert list(problems) == ["application/problem+json"]
    for page in ("/docs", "/redoc"):
        assert client.get(page).status_code == 404


def test_the_example_answer_is_an_answer(client: TestClient) -> None:
    """OpenAPI leaves out what is null; nothing else may be missing, and nothing invented."""
    example = client.get("/openapi.json").json()["components"]["schemas"]["AnswerBody"]["examples"]
    answer = ask(client)
    assert set(answer) - set(example[0]) == {"reason", "log_id", "read_as"}
    assert set(example[0]) <= set(answer)
    assert set(example[0]["citations"][0]) <= set(answer["citations"][0])
