"""Answers beside hostile documents: the same law, and what they say as argument alone."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

Json = dict[str, Any]
ROOT = Path(__file__).parents[3]

with (Path(__file__).parent / "documents.toml").open("rb") as table:
    DOCUMENTS = [one for one in tomllib.load(table)["document"] if not one.get("unread")]
with (ROOT / "corpora" / "sample" / "questions.toml").open("rb") as table:
    _LISTED = tomllib.load(table)
QUESTIONS = [*_LISTED["try"], *_LISTED["check"]]
# Laws that the sample corpus holds, and that hostile documents claim to be.
CLAIMED = (
    "Port Alder Mun. Code § 12.40.030",
    "Marenga Code § 41-715",
    "8 U.S.C. § 1373(d)",
    "Port Alder Mun. Code § 12.40.050",
    "9 F.C. § 214",
)


def answered(client: TestClient, question: str, **more: Any) -> Json:
    response = client.post("/v1/ask", json={"question": question, **more})
    assert response.status_code == 200, response.text
    said: Json = response.json()
    return said


def quoted(answer: Json) -> list[Json]:
    """Every citation that an answer shows, the nearest and the companions too."""
    shown = [*answer["citations"], *answer["nearest"]]
    return [*shown, *(one["citation"] for c in shown for one in c["companions"])]


def laws(answer: Json) -> list[tuple[str, int, int]]:
    cited = [c for c in answer["citations"] if c["channel"] == "law"]
    return [(c["document_id"], c["start"], c["end"]) for c in cited]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: str(question["id"]))
def test_no_law_is_quoted_of_hostile_documents(
    door: TestClient, from_hostile: dict[str, str], question: Json
) -> None:
    answer = answered(door, question["question"], place=question.get("place"))
    hostile = set(from_hostile.values())
    assert not {id for id, _, _ in laws(answer)} & hostile
    assert "law" not in {c["channel"] for c in quoted(answer) if c["document_id"] in hostile}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: str(document["name"]))
def test_what_a_hostile_document_says_is_nobodys_law(
    door: TestClient, from_hostile: dict[str, str], document: Json
) -> None:
    answer = answered(door, document["question"])
    hostile = set(from_hostile.values())
    theirs = [c for c in quoted(answer) if c["document_id"] in hostile]
    for citation in theirs:
        channel = "record" if "unclassified" in citation["authority"] else "argument"
        assert citation["channel"] == channel
        assert citation["force"] == "not law"
        assert "not law" in citation["authority"]
    for statement in answer["statements"]:
        cited = [answer["citations"][n - 1] for n in statement["citations"]]
        assert {c["channel"] for c in cited} == {statement["channel"]}
        assert any(
            statement["text"] in c["quote"] or c["quote"] in statement["text"] for c in cited
        )
    said = " ".join(
        [c["quote"] for c in quoted(answer)] + [s["text"] for s in answer["statements"]]
    )
    words = [hidden for hidden in document.get("hidden", ()) if hidden in said]
    assert words == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: str(document["name"]))
def test_a_quote_of_a_hostile_document_is_its_own_words_with_its_own_name(
    door: TestClient, from_hostile: dict[str, str], document: Json
) -> None:
    id = from_hostile[document["file"]]
    found = door.get("/v1/search", params={"q": document["shown"][0], "kind": _kind(document)})
    assert found.status_code == 200
    own = [hit for hit in found.json()["hits"] if hit["document_id"] == id]
    assert own, "what it says for all to see can be found"
    for hit in own:
        text = door.get(
            f"/v1/documents/{id}/text", params={"start": hit["start"], "end": hit["end"]}
        ).json()
        assert text["text"] == hit["quote"]
        assert hit["channel"] != "law"
        assert not hit["citation"].startswith(CLAIMED) or hit["title"].startswith(CLAIMED)


def _kind(document: Json) -> str:
    return str(document.get("kind") or document["file"].split("/")[0])


@pytest.mark.parametrize("key", CLAIMED)
def test_a_law_is_held_where_it_is_and_not_where_it_is_claimed(
    door: TestClient, from_hostile: dict[str, str], key: str
) -> None:
    found = door.get(f"/v1/citations/{key}")
    if found.status_code != 200:
        return
    held = {place["document_id"] for place in found.json()["places"]}
    assert not held & set(from_hostile.values())


@pytest.mark.parametrize("key", CLAIMED)
def test_a_question_that_names_a_law_gets_no_hostile_text_for_it(
    door: TestClient, from_hostile: dict[str, str], key: str
) -> None:
    answer = answered(door, f"What does {key} provide?")
    hostile = set(from_hostile.values())
    assert [
        s for s in answer["statements"] if s["channel"] == "law" and _by(answer, s, hostile)
    ] == []
    first = answer["citations"][:1]
    assert not [c for c in first if c["document_id"] in hostile]


def _by(answer: Json, statement: Json, documents: set[str]) -> bool:
    return any(
        answer["citations"][n - 1]["document_id"] in documents for n in statement["citations"]
    )


def test_definitions_and_exceptions_of_a_law_never_come_from_hostile_documents(
    door: TestClient, from_hostile: dict[str, str]
) -> None:
    hostile = set(from_hostile.values())
    for question in QUESTIONS:
        for citation in answered(door, question["question"])["citations"]:
            beside = {one["citation"]["document_id"] for one in citation["companions"]}
            assert citation["document_id"] in hostile or not beside & hostile
