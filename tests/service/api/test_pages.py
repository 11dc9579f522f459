"""The web page: what a document says is never obeyed, and everything works without scripts."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient
from lxml import html

from service.web.phrases import day, place_name
from tests.service.conftest import page, text_of

TOLL = "What toll does a truck with three axles pay on the harbor bridge?"
ATTACKS = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</textarea><script>"]


def test_a_question_is_answered_on_the_page(client: TestClient) -> None:
    tree = page(client, "/", q=TOLL)
    first = tree.xpath("//article")[0]
    assert "twelve dollars" in text_of(first.xpath(".//blockquote")[0])
    assert text_of(first.xpath("ancestor::section[contains(@class, 'block')]/h2")[0])[:3] == "Law"
    assert "in force since Apr. 1, 2019" in text_of(first.xpath(".//ul[@class='chips']")[0])
    assert tree.xpath("string(//title)") == f"{TOLL} – Pincite"


def test_no_answer_is_said_first(client: TestClient) -> None:
    tree = page(client, "/", q="Which mushrooms glow beneath Antarctic glaciers?")
    assert tree.xpath("string(//main//h1)") == "No answer in these documents"
    assert not tree.xpath("//article[contains(@class, 'statement')]")


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_a_person_types_stays_words(client: TestClient, attack: str) -> None:
    tree = page(client, "/", q=f"{attack} toll", place="", kind="")
    assert tree.xpath("//textarea")[0].text == f"{attack} toll"
    refused = page(client, "/", 422, q="toll", place=attack, kind=attack, as_of=attack)
    assert attack in text_of(refused)
    assert page(client, f"/documents/{attack.replace('/', '%2F')}", 404) is not None


def test_what_a_document_says_stays_words(client: TestClient) -> None:
    for tree in (
        page(client, "/corpus"),
        page(client, "/documents/hostile"),
        page(client, "/", q="Who enjoyed a ferry timetable?", kind="op_ed"),
    ):
        assert "<img src=x onerror=alert(1)> & tolls" in text_of(tree)
    said = text_of(page(client, "/documents/hostile"))
    assert "<script>alert('ferry')</script> </mark>" in said
    assert "{{ 7 * 7 }}" in said


def test_every_field_has_a_label_and_every_page_a_language(client: TestClient) -> None:
    tree = page(client, "/")
    assert tree.get("lang") == "en"
    labels = set(tree.xpath("//label/@for"))
    for field in tree.xpath("//textarea | //select | //input[@type != 'hidden' or not(@type)]"):
        assert field.get("id") in labels or field.xpath("ancestor::label"), html.tostring(field)
    assert tree.xpath("//form[@method='get']//button")
    assert tree.xpath("//main")
    assert tree.xpath("//nav[@aria-label]")
    assert tree.xpath("//a[@class='skip']/@href") == ["#main"]


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/?q=toll&place=mars", 422, "unknown place 'mars'"),
        ("/?q=toll&as_of=soon", 422, "is no date"),
        (f"/?q={'toll+' * 2000}", 422, "at most 2000"),
        ("/documents/nix", 404, "no document 'nix'"),
        ("/documents/hostile?start=x", 422, "start: "),
        ("/nix", 404, "Not Found"),
    ],
)
def test_a_problem_is_a_page_in_a_browser(
    client: TestClient, path: str, status: int, said: str
) -> None:
    response = client.get(path, headers={"Accept": "text/html,*/*;q=0.8"})
    assert response.status_code == status
    tree: Any = html.fromstring(response.content.decode())
    assert said in text_of(tree.xpath("//p[@role='alert']")[0])


def test_the_documents_are_listed_by_kind(client: TestClient) -> None:
    tree = page(client, "/corpus")
    links = tree.xpath("//main//a/@href[starts-with(., '/documents/')]")
    assert sorted(set(links)) == [
        "/documents/arden-code-4-12",
        "/documents/arden-code-4-12-2010",
        "/documents/hostile",
    ]
    assert "superseded" in text_of(tree)


def test_names_are_plain() -> None:
    assert place_name("us/ny/new-york-city") == "New York City, NY, US"
    assert day("2023-05-01") == "May\u00a01,\u00a02023"
    assert day("2014-09-12") == "Sept.\u00a012,\u00a02014"
