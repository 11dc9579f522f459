"""The page's follow-up box: hidden fields carry the conversation, and nothing in them is obeyed."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient
from lxml import html

from service.api.conversation import alone, carried, turns_of
from service.conversing.turns import Turn
from tests.service.conftest import assert_inert

TOLL = "What toll does a truck with three axles pay on the harbor bridge?"
FOLLOW = "and without a gate?"


def page(client: TestClient, status: int = 200, **query: Any) -> Any:
    response = client.get("/", params=query, headers={"Accept": "text/html"})
    assert response.status_code == status
    tree: Any = html.fromstring(response.content.decode())
    assert_inert(tree)
    assert not tree.xpath("//img")
    return tree


def hidden(tree: Any) -> list[str]:
    return [
        str(value) for value in tree.xpath("//form[@class='follow']/input[@name='after']/@value")
    ]


def test_an_answer_has_a_box_that_brings_the_question_along(client: TestClient) -> None:
    tree = page(client, q=TOLL, place="zz/arden", kind="ordinance")
    (turn,) = map(json.loads, hidden(tree))
    assert (turn["question"], turn["place"]) == (TOLL, "zz/arden")
    assert turn["documents"][0] == "arden-code-4-12"
    form = tree.xpath("//form[@class='follow']")[0]
    assert (form.get("method"), form.get("action")) == ("get", "/")
    assert form.xpath("string(.//input[@name='kind']/@value)") == "ordinance"
    assert form.xpath(".//label[@for='more']")


def test_there_is_no_box_before_the_first_question(client: TestClient) -> None:
    assert not page(client).xpath("//form[@class='follow']")


def test_a_follow_up_is_shown_as_it_is_read_once_with_a_way_to_ask_it_alone(
    client: TestClient,
) -> None:
    tree = page(client, q=FOLLOW, after=hidden(page(client, q=TOLL)))
    read = f"{TOLL[:-1]} without a gate?"
    shown = tree.xpath("//p[@class='read']")[0]
    assert shown.xpath("string(strong)") == read
    assert tree.xpath("string(//main)").count(read) == 1
    assert [json.loads(value)["question"] for value in hidden(tree)] == [TOLL, FOLLOW]
    literal = client.get(shown.xpath("string(a/@href)"), headers={"Accept": "text/html"})
    assert "Read as" not in literal.text
    taken = urlsplit(tree.xpath("//p[@class='export']/a/@href")[0])
    assert parse_qs(taken.query)["q"] == [read]


def test_the_form_stands_where_the_turn_before_stood(client: TestClient) -> None:
    first = page(client, q=TOLL, place="zz/arden", as_of="2020-01-02")
    second = page(client, q=FOLLOW, after=hidden(first))
    assert second.xpath("//select[@id='place']/option[@selected]/@value") == ["zz/arden"]
    assert second.xpath("string(//input[@id='as_of']/@value)") == "2020-01-02"


def test_what_was_asked_is_never_markup(client: TestClient) -> None:
    attack = '"><script>alert(1)</script> <img src=x onerror=alert(1)> toll?'
    first = page(client, q=attack)
    second = page(client, q="why?", after=hidden(first))
    assert json.loads(hidden(second)[0])["question"] == attack
    assert "<script>" in second.xpath("string(//p[@class='read']/strong)")


@pytest.mark.parametrize(
    "field",
    ["", "{}", "[" * 5000, '{"question": 1}', '{"question": "a", "b": 1}', "\x00", "x" * 9000],
)
def test_a_field_that_is_no_turn_is_a_line_on_the_page(client: TestClient, field: str) -> None:
    tree = page(client, 422, q="why?", after=[field])
    assert "after, turn 1" in tree.xpath("string(//p[@class='problem'])")


def answer(question: str, read: str | None = None) -> dict[str, Any]:
    read_as = {"question": read, "place": "us/ia", "as_of": None} if read else None
    cited = [{"document_id": f"d{n}"} for n in (1, 1, 2, 3, 4, 5, 6, 7)]
    return {"question": question, "read_as": read_as, "citations": cited, "notices": []}


def test_the_fields_are_read_back_as_the_turns_that_they_were() -> None:
    turns = (Turn("a", "us/ia", "2017-01-01", ("d9",)), Turn("why?"))
    fields = carried(turns, answer("b"), "us", "")
    assert turns_of(fields) == (*turns, Turn("b", "us", None, ("d1", "d2", "d3", "d4", "d5")))


@pytest.mark.parametrize("turns", [[Turn("x" * 600)] * 8, [Turn("why?")] * 30])
def test_a_long_conversation_is_carried_by_what_it_came_to(turns: list[Turn]) -> None:
    (field,) = carried(turns, answer("why?", "Must Iowa pay, and why?"), "", "")
    assert json.loads(field)["question"] == "Must Iowa pay, and why?"
    assert json.loads(field)["place"] == "us/ia"


def test_a_download_needs_no_conversation() -> None:
    read = alone(answer("why?", "Must Iowa pay, and why?"), "us/ny", "2017-01-01")
    assert read == {"q": "Must Iowa pay, and why?", "place": "us/ia", "as_of": ""}
    assert alone(answer("b"), "us/ny", "") == {"q": "b", "place": "us/ny", "as_of": ""}
