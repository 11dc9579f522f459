"""The page that searches, as the server gives it: whole without scripts, and nothing but words."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient
from lxml import html

from tests.service.conftest import page, text_of

SEARCH = "/search?q=toll+harbor+bridge"


def count(tree: Any) -> str:
    return text_of(tree.xpath("//h2[@id='count']")[0])


def test_what_is_found_stands_by_document_with_its_place(client: TestClient) -> None:
    tree = page(client, SEARCH)
    assert re.fullmatch(r"The \d+ best passages found, in 3 documents", count(tree))
    first = tree.xpath("//article")[0]
    assert text_of(first.xpath("./h3")[0]) == "Bridge tolls"
    hit = first.xpath(".//li")[0]
    assert "twelve dollars" in text_of(hit.xpath(".//blockquote")[0])
    assert {mark.text.lower() for mark in hit.xpath(".//mark")} >= {"toll", "harbor", "bridge"}
    assert re.search(r"\?v=[0-9a-f]{16}&start=\d+&end=\d+#quote", hit.xpath(".//a/@href")[0])
    assert "by words: " in text_of(hit.xpath(".//details")[0])
    assert "superseded" in text_of(tree.xpath("//article[contains(., 'before 2019')]/p")[0])


def test_a_filter_is_a_checkbox_of_the_one_form(client: TestClient) -> None:
    tree = page(client, SEARCH)
    boxes = {(box.get("name"), box.get("value")) for box in tree.xpath("//input[@form='search']")}
    assert {("status", "superseded"), ("kind", "op_ed"), ("channel", "law")} <= boxes
    for box in tree.xpath("//aside//input"):
        assert tree.xpath("//label[@for=$id]", id=box.get("id"))
    narrow = page(client, f"{SEARCH}&status=superseded")
    assert [text_of(h) for h in narrow.xpath("//h3")] == ["Bridge tolls, before 2019"]
    assert narrow.xpath("//input[@value='superseded']/@checked")
    [chip] = narrow.xpath("//ul[contains(@class, 'narrowed')]//a")
    assert "Standing: superseded" in text_of(chip)
    assert page(client, chip.get("href")).xpath("//h3")[1:]


def test_the_address_says_everything_and_nothing_twice(client: TestClient) -> None:
    tree = page(client, f"{SEARCH}&sort=newest&kind=&issued_from=&year=2019&kind=ordinance&page=1")
    [link] = tree.xpath("//a[contains(., 'Link to this search')]/@href")
    assert parse_qs(urlsplit(link).query) == {
        "q": ["toll harbor bridge"],
        "kind": ["ordinance"],
        "year": ["2019"],
        "sort": ["newest"],
    }
    assert [text_of(h) for h in page(client, link).xpath("//h3")] == ["Bridge tolls"]


def test_the_order_is_chosen_by_links(client: TestClient) -> None:
    def titles(sort: str) -> list[str]:
        return [text_of(h) for h in page(client, f"{SEARCH}&sort={sort}").xpath("//h3")]

    newest = titles("newest")
    assert newest[0].startswith("<img src=x")  # 2020, and words only
    assert newest[1:] == ["Bridge tolls", "Bridge tolls, before 2019"]
    assert titles("oldest") == newest[::-1]
    assert titles("authority")[0] == "Bridge tolls"
    held = page(client, f"{SEARCH}&sort=oldest").xpath("//input[@name='sort']")[0]
    assert (held.get("form"), held.get("value")) == ("search", "oldest")


def test_misspelt_words_and_what_is_not_held_are_told(client: TestClient) -> None:
    said = text_of(page(client, "/search?q=harbbor+bridge").xpath("//ul[@class='notices']")[0])
    assert "Read “harbbor” as “harbor”." in said
    tree = page(client, "/search?q=8+USC+1373(a)")
    [card] = tree.xpath("//section[contains(@class, 'provision')]")
    assert "8 U.S.C. § 1373(a) Recognised, and not held here." in text_of(card)
    told = page(client, "/search?q=PMC+12.34").xpath("//p[@class='notices']")[0]
    assert "is no citation that is known" in text_of(told)


def test_without_words_there_is_a_beginning_and_without_finds_a_way_on(client: TestClient) -> None:
    for path in ("/search", "/search?q=+"):
        tree = page(client, path)
        assert tree.xpath("//input[@id='q']/@autofocus")
        assert not tree.xpath("//article")
    tree = page(client, "/search?q=toll&kind=op_ed&status=superseded")
    assert count(tree) == "Nothing found"
    assert "Remove all filters" in text_of(tree)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("q=toll&kind=mars", "unknown kind 'mars'"),
        ("q=toll&sort=best", "unknown sort 'best'"),
        ("q=toll&place=mars", "unknown place 'mars'"),
        ("q=toll&year=%D9%A3", "unknown year"),
        ("q=toll&page=0", "page: "),
        ("q=toll&page=99999999999999999999", "page: "),
        ("q=toll&utm_source=x", "there is no such parameter"),
        (f"q={'toll+' * 900}", "at most 2000 are read"),
        (f"q={'x' * 30_000}", "q: "),
        ("q=toll" + "&kind=statute" * 101, "kind: "),
        (f"q=toll&kind={'x' * 400}", "kind: "),
        ("q=%00%E2%80%8B", "the question is empty"),
        ("q=%FF%FE", "the question is empty"),
    ],
)
def test_what_cannot_be_searched_is_one_line(client: TestClient, query: str, said: str) -> None:
    tree = page(client, f"/search?{query}", 422)
    [problem] = tree.xpath("//p[@role='alert']")
    assert said in text_of(problem)
    assert len(text_of(problem)) < 400


@pytest.mark.parametrize(
    "attack",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}", "\u202etoll"],
)
def test_what_is_typed_stays_words(client: TestClient, attack: str) -> None:
    response = client.get("/search", params={"q": f"{attack} toll"})
    tree: Any = html.fromstring(response.content.decode())
    assert not tree.xpath("//main//script | //main//img")
    assert "\u202e" not in response.text
    if "\u202e" not in attack:
        assert tree.xpath("//input[@id='q']/@value") == [f"{attack} toll"]


def test_what_is_ticked_is_taken_away_or_compared(client: TestClient) -> None:
    tree = page(client, SEARCH)
    pick = tree.xpath("//input[@name='pick']/@value")[0]
    assert tree.xpath("//form[@id='take']/@action") == ["/search/take"]
    query = {"pick": [pick], "q": "toll harbor bridge"}
    for to, starts in {"docx": b"PK", "markdown": b"---", "ris": b"TY", "csl-json": b"["}.items():
        response = client.get("/search/take", params={**query, "to": to})
        assert response.content.lstrip(b"\xef\xbb\xbf").startswith(starts), response.text
        assert response.headers["content-disposition"].startswith("attachment; filename=")
        assert response.headers["x-content-type-options"] == "nosniff"
    assert b"twelve dollars" in client.get("/search/take", params={**query, "to": "ris"}).content
    compared = client.get("/search/take", params={**query, "to": "compare"}, follow_redirects=False)
    assert compared.status_code == 303
    assert compared.headers["location"] == "/compare?place=zz%2Farden&q=toll+harbor+bridge"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("to=docx", "nothing is chosen"),
        ("to=docx&pick=foo", "names no passage"),
        ("to=exe&pick=hostile@{v}:0-5", "unknown format"),
        ("to=compare&pick=hostile@{v}:0-5", "is of no place"),
        ("to=xlsx&pick=hostile@{v}:0-5", "cannot be a .xlsx file"),
        ("to=docx&pick=hostile@{v}:0-5&as_of=soon", "is no date"),
    ],
)
def test_what_cannot_be_taken_is_one_line(client: TestClient, query: str, said: str) -> None:
    version = client.get("/v1/documents/hostile").json()["version"][:16]
    tree = page(client, f"/search/take?{query.replace('{v}', version)}", 422)
    assert said in text_of(tree.xpath("//p[@role='alert']")[0])


def test_a_part_is_what_the_page_holds(client: TestClient) -> None:
    response = client.get("/search/part?q=toll&sort=newest")
    assert response.status_code == 200
    part: Any = html.fragment_fromstring(response.text, create_parent="div")
    whole = page(client, "/search?q=toll&sort=newest").xpath("//div[@id='search-room']")[0]
    assert text_of(part) == text_of(whole)
    assert "<html" not in response.text
    assert client.get("/search/part?q=toll&kind=x").status_code == 422


def test_spanish_is_spoken_and_documents_are_not_translated(client: TestClient) -> None:
    response = client.get(SEARCH, headers={"Accept-Language": "es"})
    tree: Any = html.fromstring(response.content.decode())
    assert tree.get("lang") == "es"
    assert tree.xpath("//blockquote/@lang")[0] == "en"
    assert "twelve dollars" in text_of(tree)
