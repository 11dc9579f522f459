"""The page that answers, as HTML: its box and filters, its blocks, what it offers to do next."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from fastapi.testclient import TestClient
from lxml import html

from pincite.kinds import Kind
from pincite.types import Entry
from service.api.app import create_app
from service.engine import Engine
from service.examples import Example, about_held
from service.web.answered import answered, blocks
from service.web.ask_form import AskQuery
from service.web.labels import chips, copied, facts
from service.web.links import address, own_path
from service.web.phrases import capitalised, days
from tests.service.conftest import assert_inert

Json = dict[str, Any]
LocalClient = Callable[[Engine], TestClient]
TOLL = "What toll does a truck with three axles pay on the harbor bridge?"
NOBODY = "Which mushrooms glow beneath Antarctic glaciers?"
ATTACK = '"><script>alert(1)</script> <img src=x onerror=alert(1)> toll?'


def page(client: TestClient, path: str = "/", status: int = 200, **query: Any) -> Any:
    response = client.get(path, params=query or None, headers={"Accept": "text/html"})
    assert response.status_code == status, response.text
    tree: Any = html.fromstring(response.content.decode())
    assert_inert(tree)
    return tree


def words_of(tree: Any) -> str:
    return " ".join(tree.text_content().split())


def events(client: TestClient, **query: Any) -> list[tuple[str, Json]]:
    response = client.get("/ask/events", params=query, headers={"Accept": "text/event-stream"})
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith("text/event-stream")
    told = []
    for block in response.text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line[1:])
        if "event" in fields:
            told.append((fields["event"], json.loads(fields["data"])))
    return told


def test_the_start_page_asks_only_about_what_is_held(client: TestClient) -> None:
    tree = page(client)
    shown = tree.xpath("//ul[@class='examples']//a")
    assert [words_of(a) for a in shown] == ["What does Arden Code § 4-12 say?"]
    answer = page(client, shown[0].get("href"))
    assert answer.xpath("//article[@class='statement']")
    assert "not legal advice" in words_of(tree.xpath("//main")[0])


def test_questions_given_at_the_start_are_shown_with_their_place(engine: Engine) -> None:
    app = create_app(
        engine, examples=[Example(TOLL, "zz/arden"), Example("Mars?", "zz/mars"), Example(ATTACK)]
    )
    tree = page(TestClient(app, base_url="http://127.0.0.1"))
    first, second = tree.xpath("//ul[@class='examples']//a")
    assert dict(parse_qsl(urlsplit(first.get("href")).query)) == {"q": TOLL, "place": "zz/arden"}
    assert words_of(second) == ATTACK


def entry(id_: str, kind: Kind, **more: Any) -> Entry:
    return Entry(id_, kind, f"Title {id_}", f"{id_}.md", **{"status": "in_force", **more})


def test_an_example_names_the_newest_that_stands_of_a_kind() -> None:
    held = [
        entry("a", Kind.STATUTE, citation="1 Code § 1"),
        entry("b", Kind.STATUTE, citation="1 Code § 2", status="repealed"),
        entry("c", Kind.STATUTE),  # it has no citation to be asked about by
        entry("d", Kind.STATUTE, citation="1 Code § " + "9" * 100),
        entry("e", Kind.STATUTE, citation="1 Código § 3", language="es"),
        entry("f", Kind.COURT_RULING),
        entry("g", Kind.OP_ED, citation="A View"),
    ]
    asked = [one.question for one in about_held(held)]
    assert asked == ["What does 1 Code § 1 say?", "What did the Court hold in Title f?"]


def test_several_kinds_may_be_ticked_and_stay_ticked(client: TestClient) -> None:
    query: Json = {
        "q": TOLL,
        "kind": ["ordinance", "op_ed"],
        "place": "zz/arden",
        "as_of": "2015-02-03",
    }
    tree = page(client, **query)
    assert tree.xpath("//form[@role='search']//input[@name='kind'][@checked]/@value") == [
        "ordinance",
        "op_ed",
    ]
    chosen = words_of(tree.xpath("//span[@class='chosen']")[0])
    assert "Arden" in chosen
    assert "Feb. 3, 2015" in chosen
    hidden = tree.xpath("//form[@class='follow']/input[@name='kind']/@value")
    assert hidden == ["ordinance", "op_ed"]
    taken = urlsplit(tree.xpath("//p[@class='export']/a/@href")[0])
    assert parse_qs(taken.query)["kind"] == ["ordinance", "op_ed"]
    assert "nine dollars" in words_of(tree.xpath("//blockquote")[0])


def test_a_question_may_be_bound_to_a_document(client: TestClient) -> None:
    tree = page(client, q="Who pays a toll?", document="arden-code-4-12-2010")
    assert tree.xpath("//input[@name='document']/@value") == ["arden-code-4-12-2010"] * 2
    sources = tree.xpath("//p[@class='source']/a/@href")
    assert sources
    assert all(href.startswith("/documents/arden-code-4-12-2010?v=") for href in sources)
    export = tree.xpath("//p[@class='export']/a[text()='Markdown']/@href")[0]
    assert client.get(export).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        {"kind": "mars"},
        {"place": "x" * 5000},
        {"as_of": "2015-02-30"},
        {"document": ["nix"] * 200},
        {"q": "x" * 9000},
        {"q": "\u202etoll", "place": "\u200b"},
        {"kind": ATTACK, "document": ATTACK},
    ],
)
def test_what_cannot_be_asked_is_said_on_the_page(client: TestClient, query: Json) -> None:
    tree = page(client, status=422, **{"q": "toll", **query})
    assert words_of(tree.xpath("//p[@role='alert']")[0])
    assert tree.xpath("//textarea[@name='q']")
    response = client.get("/export", params={"q": "toll", "format": "ris", **query})
    assert response.status_code == 422


def test_each_statement_says_what_it_quotes(client: TestClient) -> None:
    tree = page(client, q=TOLL, kind="ordinance")
    block = tree.xpath("//section[contains(@class, 'block')]")[0]
    assert block.get("class") == "block law"
    assert words_of(block.xpath("h2")[0]).startswith("Law what binds")
    shown = block.xpath("article")[0]
    labels = [words_of(one) for one in shown.xpath(".//ul[@class='chips']/li")]
    assert labels == [
        "Ordinance",
        "Local law of Arden",
        "binding in Arden",
        "in force since Apr. 1, 2019",
    ]
    link = shown.xpath(".//p[@class='source']/a")[0]
    assert words_of(link) == "Arden Code § 4-12(a)"
    [button] = shown.xpath(".//button[@data-copy]")
    quote = words_of(shown.xpath(".//blockquote")[0])
    assert button.get("data-copy") == f"“{quote}” Arden Code § 4-12(a)."
    assert button.get("data-copied")


def test_law_record_and_argument_are_blocks_apart() -> None:
    said = [{"channel": channel} for channel in ("law", "law", "record", "argument", "law")]
    apart = [(channel, len(together)) for channel, together in blocks(said)]
    assert apart == [("law", 2), ("record", 1), ("argument", 1), ("law", 1)]


def test_the_nearest_passages_are_no_answer(client: TestClient) -> None:
    tree = page(client, q=NOBODY)
    assert not tree.xpath("//section[contains(@class, 'block')] | //article")
    assert tree.xpath("string(//h1)") == "No answer in these documents"
    [section] = tree.xpath("//section[@class='nearest']")
    assert words_of(section.xpath("h2")[0]) == "Nearest, not an answer"
    assert section.xpath(".//blockquote")
    assert tree.xpath("//details[@class='card'][@open]")


def test_a_page_has_one_first_heading_in_every_state(client: TestClient) -> None:
    wrong = page(client, q="toll", place="mars", status=422)
    blank = page(client, q=" ")
    for tree in (page(client), blank, page(client, q=TOLL), page(client, q=NOBODY), wrong):
        assert len(tree.xpath("//main//h1[not(ancestor::template)]")) == 1


def test_the_stream_ends_with_what_the_page_shows(client: TestClient) -> None:
    told = events(client, q=TOLL, place="zz/arden")
    names = [name for name, _ in told]
    assert names == ["stage", "stage", "stage", "statement", "answer"][-len(names) :]
    fresh: Any = html.fromstring(f"<div>{told[-1][1]['html']}</div>")
    shown = page(client, q=TOLL, place="zz/arden").xpath("//div[@id='result']")[0]
    assert words_of(fresh) == words_of(shown)
    assert [a.get("href") for a in fresh.xpath("//a")] == [
        a.get("href") for a in shown.xpath(".//a")
    ]
    assert fresh.xpath("//section[@class='answer']/@data-place") == ["zz/arden"]


def test_each_statement_comes_as_the_page_sets_it(client: TestClient) -> None:
    told = events(client, q=TOLL)
    whole = words_of(html.fromstring(told[-1][1]["html"]))
    pieces = [data["html"] for name, data in told if name == "statement"]
    assert pieces
    for piece in pieces:
        tree: Any = html.fromstring(piece)
        assert words_of(tree.xpath("//article")[0]) in whole


def test_stages_name_what_is_read(client: TestClient) -> None:
    stages = [html.fromstring(d["html"]) for name, d in events(client, q=TOLL) if name == "stage"]
    said = " ".join(map(words_of, stages))
    assert "Looking for passages" in said
    assert "Arden Code § 4-12" in said
    assert all(tree.xpath("//progress/@aria-label") for tree in stages)


def test_nothing_of_a_question_or_a_document_becomes_markup_in_a_stream(
    client: TestClient,
) -> None:
    for query in ({"q": ATTACK}, {"q": "Who enjoyed a ferry timetable?", "kind": "op_ed"}):
        for _, data in events(client, **query):
            assert_inert(html.fromstring(f"<div>{data['html']}</div>"))
            assert "<img" not in data["html"]
            assert "<script" not in data["html"]


@pytest.mark.parametrize(
    ("query", "status"),
    [({}, 422), ({"q": "toll", "place": "mars"}, 422), ({"q": "toll", "after": "x"}, 422)],
)
def test_a_stream_that_cannot_begin_is_a_plain_problem(
    client: TestClient, query: Json, status: int
) -> None:
    response = client.get("/ask/events", params=query, headers={"Accept": "text/event-stream"})
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"


def test_the_language_switch_comes_back_to_the_question(client: TestClient) -> None:
    [back] = page(client, q=TOLL, kind="ordinance").xpath("//input[@name='back']/@value")
    assert dict(parse_qsl(urlsplit(back).query)) == {"q": TOLL, "kind": "ordinance"}


def test_where_the_place_decides_each_place_found_is_offered() -> None:
    def cited(place: str | None) -> Json:
        return {"jurisdiction": place, "document_id": "d", "version": "v", "start": 0, "end": 1}

    answer: Json = {"question": "May a city?", "read_as": None, "statements": [], "notices": []}
    answer |= {"citations": [cited("us/ia")], "nearest": [cited("us/ny"), cited(None)]}
    asked = AskQuery(q="May a city?")
    offered = answered(answer | {"reason": "needs_jurisdiction"}, asked, ())["by_place"]
    assert offered == ["us/ia", "us/ny"]
    assert answered(answer | {"reason": None}, asked, ())["by_place"] == []


CITED: Json = {
    "kind": "court_ruling",
    "authority": "opinion of the Court, U.S. Supreme Court",
    "force": "binding in the United States",
    "standing": "decided on 2018-06-26",
    "status": "in_force",
    "in_force": {"from": None, "to": None},
    "issued": "2018-06-26",
    "current_through": None,
    "title": "Trump v. Hawaii",
    "citation": "Trump v. Hawaii, 585 U.S. 667 (2018), slip op. at 38",
    "page": "slip op. 38",
    "author": "Roberts, C. J.",
    "ocr": False,
    "repaired": [],
    "quote": "It was “gravely wrong” the day it was decided.",
}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, ["Court ruling", "Opinion of the Court, U.S. Supreme Court", "Roberts, C. J."]),
        ({"author": None}, ["binding in the United States", "decided on June 26, 2018"]),
        ({"status": "repealed", "standing": ""}, ["repealed"]),
        ({"standing": "", "author": None}, ["in force"]),
        ({"kind": "statute", "authority": "statute of Iowa"}, ["Statute of Iowa"]),
        ({"kind": "statute", "authority": "federal statute"}, ["Federal statute"]),
    ],
)
def test_chips_say_each_thing_once(changed: Json, said: list[str]) -> None:
    shown = [words.replace("\u00a0", " ") for _, words in chips(CITED | changed)]
    assert set(said) <= set(shown)
    assert len(set(shown)) == len(shown)


def test_facts_leave_out_what_the_citation_prints() -> None:
    assert facts(CITED) == []
    more = {"page": 6, "current_through": "2023-06-30", "ocr": True, "repaired": [{}, {}]}
    assert facts(CITED | more) == [
        "page 6",
        "text current through June\u00a030,\u00a02023",
        "read by machine from page images",
        "2 repairs in reading",
    ]


def test_a_copy_is_quoted_as_lawyers_quote() -> None:
    assert copied(CITED) == f"“It was ‘gravely wrong’ the day it was decided.” {CITED['citation']}."
    long = " ".join(["word"] * 50)
    assert copied(CITED | {"quote": long}) == f"{long}\n{CITED['citation']}."
    assert copied(CITED | {"quote": "a\nb", "citation": "1 F.3d 2 (2d Cir.)."}).endswith("Cir.).")


def test_days_within_a_sentence_read_as_days() -> None:
    assert days("in force since 2018-01-30, not 2018-02-31") == (
        "in force since Jan.\u00a030,\u00a02018, not 2018-02-31"
    )
    assert days("Int. 0395-2024-01") == "Int. 0395-2024-01"
    assert capitalised("op-ed") == "Op-ed"


def test_addresses_leave_out_what_is_empty() -> None:
    assert address("/", {"q": "a b", "kind": ["x", "y"], "place": ""}) == "/?q=a+b&kind=x&kind=y"
    assert address("/", {"q": ""}) == "/"
    assert [own_path(one) for one in ("//evil", "https://evil/", "/\\evil", "/ok?x=1")] == [
        "/",
        "/",
        "/",
        "/ok?x=1",
    ]


def test_quotes_say_their_language(engine: Engine, local: LocalClient) -> None:
    tree = page(local(engine), q=TOLL)
    assert set(tree.xpath("//blockquote/@lang")) == {"en"}
