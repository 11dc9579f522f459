"""The page of a document: its text whole and inert, its outline, what stands at its head."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from pincite.settings import Settings
from pincite.shelf import Shelf
from service.engine import Engine
from service.web.links import link
from tests.service.conftest import LocalClient, page, text_of

TOLL = "What toll does a truck with three axles pay on the harbor bridge?"


def test_the_citation_leads_to_the_marked_quote(client: TestClient) -> None:
    tree = page(client, "/", q=TOLL)
    quote = text_of(tree.xpath("//article//blockquote")[0])
    href = next(one for one in tree.xpath("//article//@href") if one.endswith("#quote"))
    marked = page(client, href).xpath("//mark")
    assert marked[0].get("id") == "quote"
    assert [m.get("id") for m in marked[1:]] == [None] * (len(marked) - 1)
    assert " ".join(text_of(m) for m in marked) == quote


@pytest.mark.parametrize(
    "query", ["start=5&end=2", "start=-4&end=-1", "start=0&end=9999999", f"start=1&end={10**30}"]
)
def test_an_impossible_stretch_marks_nothing(client: TestClient, query: str) -> None:
    assert not page(client, f"/documents/hostile?{query}").xpath("//mark")


def test_the_text_is_whole_and_says_where_each_line_starts(client: TestClient) -> None:
    held = client.get("/v1/documents/arden-code-4-12/text").json()["text"]
    shown = page(client, "/documents/arden-code-4-12").xpath("//*[@data-at]")
    assert "\n".join(line.text_content() for line in shown) == held
    for line in shown:
        assert held[int(line.get("data-at")) :].startswith(line.text_content())


def test_every_line_of_the_outline_leads_to_a_section(client: TestClient) -> None:
    tree = page(client, "/documents/arden-code-4-12")
    links = tree.xpath("//nav[@class='contents']//a/@href")
    assert links
    assert "#s-4-12-a" in links
    found = tree.xpath("//@id")
    assert len(found) == len(set(found))
    assert {one.removeprefix("#") for one in links} <= set(found)


def test_a_document_says_what_it_is_and_what_can_be_taken(client: TestClient) -> None:
    tree = page(client, "/documents/arden-code-4-12-2010", start="20", end="60")
    head = text_of(tree.xpath("//header[@class='head record']")[0])
    assert "superseded" in head
    assert "effective Apr. 1, 2010" in head
    assert "Record" in head
    copied = tree.xpath("//button/@data-copy")
    version = client.get("/v1/documents/arden-code-4-12-2010").json()["version"]
    assert copied[-1] == (
        "http://127.0.0.1:8000" + link("arden-code-4-12-2010", v=version[:16], start=20, end=60)
    )
    assert "Arden Code § 4-12" in copied[0]
    assert page(client, copied[-1].removeprefix("http://127.0.0.1:8000")).xpath("//mark")


def test_hostile_words_stay_words(client: TestClient) -> None:
    tree = page(client, "/documents/hostile", start="0", end="90")
    said = text_of(tree)
    assert "<script>alert('ferry')</script> </mark>" in said
    assert "{{ 7 * 7 }}" in said
    assert text_of(tree.xpath("//h1")[0]) == "<img src=x onerror=alert(1)> & tolls"


def test_two_documents_are_compared_word_by_word(client: TestClient) -> None:
    address = "/documents/arden-code-4-12-2010/changes?with=arden-code-4-12"
    tree = page(client, address)
    assert [text_of(one) for one in tree.xpath("//p[@class='changed']/del")][:1] == [
        "[deleted: nine]"
    ]
    assert "[inserted: twelve]" in text_of(tree)
    assert "These are two works" in text_of(tree)
    sides = [text_of(one) for one in tree.xpath("//div[@class='sides']/div/p[@class='name']")]
    assert sides == ["Arden Code § 4-12 (2010)", "Arden Code § 4-12"]
    assert tree.xpath("//h2[@class='where']/a/@href")[0].startswith("/documents/arden-code-4-12?v=")
    back = page(client, "/documents/arden-code-4-12/changes?with=arden-code-4-12-2010")
    assert text_of(back.xpath("//div[@class='sides']")[0]) == text_of(
        tree.xpath("//div[@class='sides']")[0]
    )


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/documents/nix", "no document 'nix'"),
        ("/documents/nix?v=0123456789abcdef", "no document 'nix'"),
        ("/documents/nix/changes", "no document 'nix'"),
        ("/documents/hostile/changes?with=nix", "no document 'nix'"),
        ("/documents/hostile/changes?v=0123456789abcdef", "is not known here"),
        ("/documents/hostile/changes?v=../../etc/passwd", "is not known here"),
    ],
)
def test_what_is_not_held_is_a_problem_page(client: TestClient, path: str, said: str) -> None:
    assert said in text_of(page(client, path, 404).xpath("//p[@role='alert']")[0])


def test_nothing_to_compare_with_is_said(client: TestClient) -> None:
    assert "nothing to compare" in text_of(page(client, "/documents/hostile/changes"))


def test_a_code_of_a_city_is_turned_in_parts(
    tmp_path: Path, light_shelf: Callable[[Settings], Shelf], local: LocalClient, publish: Any
) -> None:
    settings = Settings(data_dir=tmp_path, ocr="off")
    shelf = light_shelf(settings)
    publish(shelf, code="\n".join(f"Line {n} of the code. {'x' * 80}" for n in range(16_000)))
    client = local(Engine(settings, shelf))
    tree = page(client, "/documents/code")
    assert text_of(tree.xpath("//p[@class='turn']/a")[0]) == "Later text"
    later = page(client, tree.xpath("//p[@class='turn']/a/@href")[0])
    assert [text_of(one) for one in later.xpath("//p[@class='turn']/a")] == [
        "Earlier text",
        "Later text",
    ]
    quoted = page(client, "/documents/code?start=1200000&end=1200050#quote")
    assert quoted.xpath("//mark[@id='quote']")
