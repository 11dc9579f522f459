"""The web page: what a document says is never obeyed, and everything works without scripts."""

from __future__ import annotations

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient
from lxml import html
from service.web.phrases import day, place_name
from service.web.reading import window_of

from pincite.types import Mark, Page, Span
from service.web.marking import lines

TOLL = "What toll does a truck with three axles pay on the harbor bridge?"
ACTIVE = re.compile(r"(?i)\s*(javascript:|vbscript:|data:[^,])")
ATTACKS = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</textarea><script>"]


def page(client: TestClient, path: str, **query: str) -> Any:
    response = client.get(path, params=query or None, headers={"Accept": "text/html"})
    assert response.headers["content-type"].startswith("text/html")
    tree: Any = html.fromstring(response.content.decode())
    assert not tree.xpath("//script | //img | //iframe | //object | //@onerror | //@onclick")
    assert not [
        a for a in tree.xpath("//@href | //@src") if re.match(r"(?i)\s*(java|data:[^,])", a)
    ]
    return tree


def text_of(tree: Any) -> str:
    return " ".join(tree.text_content().split())


def test_a_question_is_answered_on_the_page(client: TestClient) -> None:
    tree = page(client, "/", q=TOLL)
    first = tree.xpath("//article")[0]
    assert "twelve dollars" in text_of(first.xpath(".//blockquote")[0])
    assert "Law" in text_of(first.xpath(".//p[@class='label']")[0])
    assert "effective Apr. 1, 2019" in text_of(first)
    assert tree.xpath("string(//title)") == f"{TOLL} – Pincite"


def test_the_citation_leads_to_the_marked_quote(client: TestClient) -> None:
    tree = page(client, "/", q=TOLL)
    quote = text_of(tree.xpath("//article//blockquote")[0])
    href = tree.xpath("//article//p[@class='source']/a/@href")[0]
    assert href.endswith("#quote")
    shown = page(client, href)
    marked = shown.xpath("//mark")
    assert marked[0].get("id") == "quote"
    assert [m.get("id") for m in marked[1:]] == [None] * (len(marked) - 1)
    assert " ".join(text_of(m) for m in marked) == quote


def test_no_answer_is_said_first(client: TestClient) -> None:
    tree = page(client, "/", q="Which mushrooms glow beneath Antarctic glaciers?")
    assert tree.xpath("string(//section[@class='answer']/h1)") == "No answer in these documents"
    assert not tree.xpath("//article[contains(@class, 'statement')]")


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_a_person_types_stays_words(client: TestClient, attack: str) -> None:
    tree = page(client, "/", q=f"{attack} toll", place="", kind="")
    assert tree.xpath("//textarea")[0].text == f"{attack} toll"
    assert attack in text_of(page(client, "/", q="toll", place=attack, kind=attack, as_of=attack))
    assert page(client, f"/documents/{attack.replace('/', '%2F')}") is not None


def test_what_a_document_says_stays_words(client: TestClient) -> None:
    for tree in (
        page(client, "/documents"),
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
    for field in tree.xpath("//textarea | //select | //input"):
        assert field.get("id") in labels, html.tostring(field)
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


@pytest.mark.parametrize("query", ["start=5&end=2", "start=-4&end=-1", "start=0&end=9999999"])
def test_an_impossible_stretch_marks_nothing(client: TestClient, query: str) -> None:
    assert not page(client, f"/documents/hostile?{query}").xpath("//mark")


def test_the_documents_are_listed_by_kind(client: TestClient) -> None:
    tree = page(client, "/documents")
    links = tree.xpath("//ul[@class='listing']//a/@href")
    assert links == [
        "/documents/hostile",
        "/documents/arden-code-4-12",
        "/documents/arden-code-4-12-2010",
    ]
    assert "superseded" in text_of(tree)


def test_a_line_is_cut_where_its_marks_and_the_quote_begin_and_end() -> None:
    text = "Heading\nwithin [ten] five years\nend"
    marks = [
        Mark(Span(0, 7), "heading", "1"),
        Mark(Span(15, 20), "deleted"),
        Mark(Span(21, 25), "inserted"),
    ]
    made = list(lines(text, Span(0, len(text)), marks, Span(8, 25), [Page(Span(8, 35), 2, "88")]))
    assert [line.is_heading for line in made] == [True, False, False]
    assert [line.pages for line in made] == [(), ("88",), ()]
    pieces = [(p.text, sorted(p.types), p.quoted, p.first) for p in made[1].pieces]
    assert pieces == [
        ("within ", [], True, True),
        ("[ten]", ["deleted"], True, False),
        (" ", [], True, False),
        ("five", ["inserted"], True, False),
        (" years", [], False, False),
    ]
    assert "\n".join("".join(p.text for p in line.pieces) for line in made) == text


@pytest.mark.parametrize("at", [-5, 0, 1, 39_999, 40_000, 50_000, 99_999, 10**9])
def test_a_window_is_whole_lines(at: int) -> None:
    text = "\n".join("x" * 99 for _ in range(1000))
    window = window_of(text, at)
    assert window.start == 0 or text[window.start - 1] == "\n"
    assert window.end == len(text) or text[window.end] == "\n"
    assert window.start <= max(0, min(at, len(text)))


def test_names_are_plain() -> None:
    assert place_name("us/ny/new-york-city") == "New York City, NY, US"
    assert day("2023-05-01") == "May\u00a01,\u00a02023"
    assert day("2014-09-12") == "Sept.\u00a012,\u00a02014"
