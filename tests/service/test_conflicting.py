"""Two laws that truly disagree, ingested and asked about: both are quoted beside the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from ingest.publishing import ingest
from pincite.settings import Settings
from pincite.shelf import Shelf
from service.engine import Engine

RULE = "The city jail shall release a person held on a civil detainer within {} hours of booking."
ENTRY = """
[[entry]]
id = "{id}"
file = "{id}.md"
kind = "ordinance"
title = "{title}"
citation = "{citation}"
jurisdiction = "zz/arden"
effective = {since}
status = "{status}"
"""
LAWS = (
    ("jail", "Jails", "Arden Code § 9-1", "2019-04-01", "in_force", RULE.format(24)),
    ("detainer", "Detainers", "Arden Code § 30-7", "2021-04-01", "in_force", RULE.format(48)),
    (
        "status",
        "Status",
        "Arden Code § 9-2",
        "2019-04-01",
        "in_force",
        "A city officer may ask a person in custody about immigration status.",
    ),
)
ASKED = "How many hours may the city jail hold a person on a civil detainer?"


@pytest.fixture(scope="module")
def client(
    tmp_path_factory: pytest.TempPathFactory,
    light_shelf: Callable[[Settings], Shelf],
    local: Callable[[Engine], TestClient],
) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("laws")
    for id_, _, citation, *_rest, text in LAWS:
        section = citation.rpartition(" ")[2]
        (folder / f"{id_}.md").write_text(f"# Law\n\n§ {section}. {text}\n", encoding="utf-8")
    names = ("id", "title", "citation", "since", "status")
    catalogue = "".join(ENTRY.format(**dict(zip(names, law, strict=False))) for law in LAWS)
    (folder / "catalogue.toml").write_text(catalogue, encoding="utf-8")
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"), ocr="off")
    shelf = light_shelf(settings)
    ingest(settings, [folder], shelf=shelf)
    engine = Engine(settings, shelf)
    yield local(engine)
    engine.close()


def ask(client: TestClient, question: str, **more: Any) -> Any:
    response = client.post("/v1/ask", json={"question": question, **more})
    assert response.status_code == 200, response.text
    return response.json()


def test_both_are_quoted_beside_the_reason(client: TestClient) -> None:
    answer = ask(client, ASKED)
    assert answer["reason"] == "conflicting"
    quotes = [one["text"] for one in answer["statements"]]
    assert len(quotes) == 2
    assert {"24" in quote for quote in quotes} == {True, False}
    assert {one["lead"] for one in answer["statements"]} == {
        "Arden Code § 9-1 provides:",
        "Arden Code § 30-7 provides:",
    }
    marked = [
        citation["quote"][slice(*citation["deciding"][0])] for citation in answer["citations"]
    ]
    assert sorted(marked) == ["within 24 hours", "within 48 hours"]
    assert answer["notices"][0].startswith("The sources disagree: ")


def test_before_the_second_was_in_force_there_was_no_conflict(client: TestClient) -> None:
    answer = ask(client, ASKED, as_of="2020-01-01")
    assert answer["reason"] is None
    assert "24 hours" in answer["statements"][0]["text"]


def test_another_question_of_the_same_laws_has_no_conflict(client: TestClient) -> None:
    assert ask(client, "May a city officer ask about immigration status?")["reason"] is None


def test_the_page_says_that_the_sources_disagree(client: TestClient) -> None:
    page = client.get("/", params={"q": ASKED}, headers={"Accept": "text/html"}).text
    assert "The sources disagree" in page
    assert page.count('class="leadin"') == 2
