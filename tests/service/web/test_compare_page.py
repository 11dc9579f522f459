"""The page that compares, as the server gives it: whole without scripts, bounded, only words."""

from __future__ import annotations

from threading import Event
from typing import Any
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from pincite.errors import Abandoned
from service.comparing.table import cells, grid_of
from service.comparing.topics import TOPICS, topics
from service.engine import Engine
from service.waiting import Turns
from service.web.clauses import clause
from tests.service.conftest import page, text_of

TOLL = "Must a truck pay a toll on the harbor bridge?"
OYSTERS = "May anybody sell oysters in July?"


def address(path: str, *places: str, q: tuple[str, ...] = (TOLL,), **more: str) -> str:
    asked = [*(("place", place) for place in places), *(("q", one) for one in q), *more.items()]
    return f"{path}?{urlencode(asked)}"


def states(tree: Any) -> list[str]:
    return [cell.get("class").split()[1] for cell in tree.xpath("//td")]


def test_places_that_hold_law_are_offered(client: TestClient) -> None:
    tree = page(client, "/compare")
    assert tree.xpath("//input[@type='checkbox' and @name='place']/@value") == ["zz/arden"]
    assert "2 texts of law" in text_of(tree)
    # Nothing here speaks of detainers, so no such question is suggested.
    assert not tree.xpath("//input[@type='checkbox' and @name='q']")
    assert not tree.xpath("//table")


def test_suggested_questions_are_about_what_the_corpus_knows() -> None:
    assert topics(lambda stem: True) == TOPICS
    assert topics(lambda stem: False) == ()


def test_a_quote_silence_and_absence_are_three_things(client: TestClient) -> None:
    tree = page(client, address("/compare", "zz/arden", "zz/brill", q=(TOLL, OYSTERS)))
    assert states(tree) == ["quote", "not_in_corpus", "silent", "not_in_corpus"]
    quote, absent, silent, _ = tree.xpath("//td")
    assert "twelve dollars" in text_of(quote.xpath(".//blockquote")[0])
    [link] = quote.xpath(".//p[@class='source']/a/@href")
    assert link.startswith("/documents/arden-code-4-12?v=")
    assert "in force since Apr. 1, 2019" in text_of(quote)
    assert "Not in corpus" in text_of(absent)
    assert "Silent" in text_of(silent)
    assert "no provision on it was found" in text_of(silent)


def test_the_table_says_what_each_cell_belongs_to(client: TestClient) -> None:
    tree = page(client, address("/compare", "zz/arden", "zz/brill", q=(TOLL, OYSTERS)))
    assert text_of(tree.xpath("//caption")[0]).startswith("What the law of 2 places says, as of ")
    assert tree.xpath("//thead//th/@scope") == ["col", "col"]
    assert tree.xpath("//tbody//th/@scope") == ["rowgroup", "rowgroup"]
    ids = set(tree.xpath("//@id"))
    for cell in tree.xpath("//td"):
        assert set(cell.get("headers").split()) <= ids
    region = tree.xpath("//div[@role='region']")[0]
    assert region.get("tabindex") == "0"
    assert region.get("aria-labelledby") in ids


def test_the_address_says_all_and_changes_by_links(client: TestClient) -> None:
    tree = page(client, address("/compare", "Arden, Zz", "zz/brill", q=(TOLL, OYSTERS)))
    hidden = "//form[@aria-label='Change the comparison']//input[@type='hidden']"
    assert tree.xpath(f"{hidden}/@value") == ["zz/arden", "zz/brill", TOLL, OYSTERS]
    removing = tree.xpath("//th//a[starts-with(., 'Remove')]/@href")
    assert removing[0] == address("/compare", "zz/brill", q=(TOLL, OYSTERS))
    assert removing[-1] == address("/compare", "zz/arden", "zz/brill")
    [edit] = tree.xpath("//a[contains(@href, 'edit=true')]/@href")
    chosen = page(client, edit).xpath("//input[@checked]/@value")
    assert chosen == ["zz/arden", "zz/brill", TOLL, OYSTERS]


@pytest.mark.parametrize("name", ["docx", "xlsx", "csv", "markdown", "ris", "csl-json", "json"])
def test_the_table_can_be_taken_away(client: TestClient, name: str) -> None:
    tree = page(client, address("/compare", "zz/arden"))
    [link] = [one for one in tree.xpath("//p[@class='export']//@href") if f"format={name}" in one]
    taken = client.get(link)
    assert taken.status_code == 200
    assert taken.headers["content-disposition"].startswith("attachment; ")
    assert taken.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (address("/compare", "mars"), "unknown jurisdiction 'mars'"),
        (address("/compare", "zz/arden", as_of="soon"), "is no date"),
        (address("/compare", "zz/arden", q=("w" * 3000,)), "at most 2000"),
        (address("/compare", *(f"zz/a{n}" for n in range(21))), "compare takes 1 to 20"),
        (
            address("/compare", *(f"zz/a{n}" for n in range(9)), q=tuple("abcde")),
            "9 places and 5 questions make 45 cells, and a page shows 40",
        ),
    ],
)
def test_what_cannot_be_compared_is_said_above_the_choices(
    client: TestClient, path: str, said: str
) -> None:
    tree = page(client, path, 422)
    assert said in text_of(tree.xpath("//p[@role='alert']")[0])
    assert tree.xpath("//form[@class='choose']")


@pytest.mark.parametrize(
    "attack", ["<script>alert(1)</script>", '"><svg onload=alert(1)>', "\u202e"]
)
def test_what_is_typed_stays_words(client: TestClient, attack: str) -> None:
    page(client, address("/compare", attack), 422)
    tree = page(client, address("/compare", "zz/arden", q=(f"{attack} toll on the bridge",)))
    assert "toll on the bridge" in text_of(tree.xpath("//tbody//th")[0])


def test_a_cell_looked_at_closely(client: TestClient) -> None:
    path = address("/compare/cell", "zz/brill", "zz/arden", q=(OYSTERS, TOLL), cell="1.1")
    tree = page(client, path)
    assert text_of(tree.xpath("//h1")[0]) == "Arden, Zz"
    assert "twelve dollars" in text_of(tree.xpath("//mark")[0])
    assert "harbor master may waive" in text_of(tree.xpath("//blockquote[@class='section']")[0])
    assert "Bridge tolls" in text_of(tree.xpath("//ul[@class='listing']")[0])
    [back] = [one for one in tree.xpath("//main//@href") if one.startswith("/compare?")]
    assert back == address("/compare", "zz/brill", "zz/arden", q=(OYSTERS, TOLL))
    alone = client.get(f"{path}&alone=true").text
    assert "twelve dollars" in alone
    assert "<html" not in alone


def test_silence_shows_what_was_looked_at(client: TestClient) -> None:
    tree = page(client, address("/compare/cell", "zz/arden", q=(OYSTERS,), cell="0.0"))
    assert "The nearest provisions" in text_of(tree)
    assert "not judged to answer" in text_of(tree)


@pytest.mark.parametrize("cell", ["1.0", "0.1", "x", "-1.0", "0", "9" * 40, "\u0661.0"])
def test_a_cell_that_is_not_there(client: TestClient, cell: str) -> None:
    tree = page(client, address("/compare/cell", "zz/arden", cell=cell), 422)
    assert "is not in this table" in text_of(tree.xpath("//p[@role='alert']")[0])


def test_a_cell_is_found_once(engine: Engine) -> None:
    gone = Event()
    with engine.holdings() as holdings:
        grid = grid_of(engine, holdings, ["Who shall pay fifty dollars?"], ["zz/arden"], None)
        found = list(cells(engine, grid, gone))
        gone.set()  # whoever would look anything up is stopped
        assert list(cells(engine, grid, gone)) == found
        other = grid_of(engine, holdings, ["Who waives the toll?"], ["zz/arden"], None)
        with pytest.raises(Abandoned):
            list(cells(engine, other, gone))


def test_a_busy_service_says_so_in_the_cells(engine: Engine, client: TestClient) -> None:
    turns, engine.turns = engine.turns, Turns(1, 0)
    try:
        tree = page(client, address("/compare", "zz/arden", q=("Is the service busy?",)))
    finally:
        engine.turns = turns
    assert states(tree) == ["unasked"]
    assert "Not looked up" in text_of(tree.xpath("//td")[0])
    assert "ask again" in text_of(tree.xpath("//td")[0])
    assert tree.xpath("//div[@id='told']/@data-said") == ["The comparison is not complete"]
    assert tree.xpath("//footer")


CITATION = {"start": 100, "marks": []}
WORDS = st.lists(st.sampled_from(["word", "end.", "a:", "(1)", "x;"]), max_size=200)


@given(st.lists(WORDS, min_size=1, max_size=6))
def test_the_parts_of_a_clause_are_the_clause(said: list[list[str]]) -> None:
    quote = "\n".join(" ".join(line) for line in said).strip()
    shown = clause({**CITATION, "quote": quote}, "en")
    parts = [
        piece.text
        for name in ("first", "folded", "last")
        for line in shown[name]
        for piece in line.pieces
    ]
    assert "".join("".join(parts).split()) == "".join(quote.split())
    assert (shown["more"] > 0) == bool(shown["folded"])


def test_an_item_stands_behind_its_lead_in() -> None:
    lead, item = "The city shall not:", "(9) Hold a person."
    items = "\n".join(f"({n}) {'Do something else. ' * 5}" for n in range(1, 9))
    shown = clause({**CITATION, "quote": f"{lead}\n{items}\n{item}"}, "en")
    assert [piece.text for line in shown["first"] for piece in line.pieces] == [lead]
    assert [piece.text for line in shown["last"] for piece in line.pieces] == [item]
