"""The coverage card: what is held on a question and what lacks; and how an answer shows it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from lxml import html

from ingest.publishing import ingest
from pincite.settings import Settings
from pincite.shelf import Shelf
from service.api.answer_bodies import AnswerBody, AnswerCoverage
from service.coverage import card_lines
from service.emphasis import pieces
from service.engine import Engine
from service.exporting.markdown import markdown
from service.exporting.paper import paper_of
from service.printing import print_answer

TOLL = "What toll does a truck with three axles pay on the harbor bridge?"
MAY = "May the harbor master waive the toll for an ambulance?"
NOTHING = "What is the law of Boise on glowing mushrooms beneath glaciers?"


def ask(client: TestClient, question: str, **more: Any) -> Any:
    response = client.post("/v1/ask", json={"question": question, **more})
    assert response.status_code == 200, response.text
    return response.json()


def test_an_answer_says_what_is_held_on_its_question(client: TestClient) -> None:
    card = ask(client, TOLL)["coverage"]["on_this"]
    assert card["documents"] >= 2
    assert card["kinds"]["ordinance"] == 2
    assert card["jurisdictions"] == ["zz/arden"]
    assert (card["earliest"], card["latest"]) == ("2010-04-01", "2020-01-01")
    assert card["newest"]["document_id"] == "hostile"
    assert card["missing"] == {
        "named": [],
        "cited": 0,
        "cited_first": [],
        "refused": 0,
        "dated": [],
    }


def test_a_place_counts_with_all_that_is_held_of_it(client: TestClient) -> None:
    held = ask(client, "What does Arden say of mushrooms?")["coverage"]["on_this"]
    assert held["kinds"]["ordinance"] == 2


def test_what_is_named_and_not_held_is_on_the_card(client: TestClient) -> None:
    answer = ask(client, NOTHING)
    assert answer["reason"] == "not_in_corpus"
    assert answer["coverage"]["on_this"]["missing"]["named"] == ["any law of Boise, Idaho"]
    assert "This corpus does not hold any law of Boise, Idaho." in answer["notices"]


def test_the_card_is_of_its_type(client: TestClient) -> None:
    answer = AnswerBody.model_validate(ask(client, TOLL))
    assert isinstance(answer.coverage, AnswerCoverage)
    assert answer.coverage.on_this is not None


CARD = {
    "documents": 2,
    "kinds": {"ordinance": 1, "statute": 1},
    "jurisdictions": ["zz"],
    "earliest": "2011-09-01",
    "latest": "2023-01-01",
    "newest": {"document_id": "a", "citation": "1 Code § 2", "date": "2023-01-01"},
    "missing": {
        "named": ["any law of Boise, Idaho"],
        "cited": 7,
        "cited_first": ["8 C.F.R. § 287.7", "U.S. Const. amend. X"],
        "refused": 1,
        "dated": [{"document_id": "a", "citation": "1 Code § 2", "current_through": "2022-01-01"}],
    },
}


def test_the_card_in_lines() -> None:
    assert card_lines(CARD) == [
        "Held nearest to this: 2 documents (ordinance 1, statute 1).",
        "Dated 2011-09-01 to 2023-01-01; the newest is 1 Code § 2.",
        "Named and not held: any law of Boise, Idaho.",
        "Cited by what is shown and not held (7): 8 C.F.R. § 287.7; U.S. Const. amend. X and"
        " others.",
        "1 Code § 2: words known up to 2022-01-01 only.",
        "1 file of the corpus could not be read.",
    ]


LAW = """# Ferries

§ 1. Status. No officer may ask a ferry passenger about status, 8 U.S.C. § 1373(a) aside.

§ 2. Fares. Fares follow 49 C.F.R. § 37.5, and 49 C.F.R. § 37.5 alone sets them.
"""
LAWS = """
[[entry]]
id = "ferries"
file = "ferries.md"
kind = "statute"
title = "Ferries"
citation = "1 Code §§ 1, 2"
jurisdiction = "zz"
effective = 2019-04-01
current_through = 2020-01-01
status = "in_force"
"""


def test_what_the_quote_cites_stands_before_what_its_document_cites(
    tmp_path: Path, light_shelf: Callable[[Settings], Shelf], local: Callable[..., TestClient]
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ferries.md").write_text(LAW, encoding="utf-8")
    (tmp_path / "in" / "catalogue.toml").write_text(LAWS, encoding="utf-8")
    settings = Settings(data_dir=tmp_path / "data", ocr="off")
    shelf = light_shelf(settings)
    ingest(settings, [tmp_path / "in"], shelf=shelf)
    engine = Engine(settings, shelf)
    try:
        answer = ask(local(engine), "May an officer ask a ferry passenger about status?")
    finally:
        engine.close()
    missing = answer["coverage"]["on_this"]["missing"]
    assert missing["cited"] == 2
    assert missing["cited_first"] == ["8 U.S.C. § 1373", "49 C.F.R. § 37.5"]
    assert [one["current_through"] for one in missing["dated"]] == ["2020-01-01"]


@pytest.mark.parametrize(
    ("quote", "deciding", "shown"),
    [
        ("may not hold", [[0, 7]], [("may not", True), (" hold", False)]),
        ("it may", [[3, 6]], [("it ", False), ("may", True)]),
        ("it may", [], [("it may", False)]),
        # offsets that lie about the quote mark nothing
        ("it may", [[3, 99], [-1, 2]], [("it may", False)]),
        ("a b c", [[2, 3], [0, 3]], [("a b", True), (" c", False)]),
    ],
)
def test_a_quote_in_pieces(
    quote: str, deciding: list[list[int]], shown: list[tuple[str, bool]]
) -> None:
    assert list(pieces(quote, deciding)) == shown
    assert "".join(words for words, _ in pieces(quote, deciding)) == quote


def test_the_page_shows_lead_deciding_words_and_card(client: TestClient) -> None:
    response = client.get("/", params={"q": MAY}, headers={"Accept": "text/html"})
    tree: Any = html.fromstring(response.content.decode())
    article = tree.xpath("//article")[0]
    assert article.xpath("string(.//p[@class='leadin'])") == "Arden Code § 4-12(b) provides:"
    assert article.xpath(".//blockquote//mark[@class='deciding']/text()") == ["may waive"]
    said = tree.xpath("//details[@class='card']//li/text()")
    assert said[0].startswith("Held nearest to this: ")


def test_the_terminal_shows_lead_and_card(
    client: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    print_answer(ask(client, MAY))
    out = " ".join(capsys.readouterr().out.split())
    assert "Arden Code § 4-12(b) provides:" in out
    assert "“(b) The harbor master may waive the toll for an ambulance that answers a call.”" in out
    assert "Held nearest to this: " in out


def test_what_is_nearest_is_said_to_be_no_answer(
    client: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = ask(client, NOTHING)
    assert answer["nearest"]
    print_answer(answer)
    assert "Nearest, not an answer:" in capsys.readouterr().out


def test_sources_that_disagree_are_headed_by_that(
    client: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = {**ask(client, MAY), "reason": "conflicting"}
    print_answer(answer)
    assert capsys.readouterr().out.strip().startswith("Conflicting:")
    memo = markdown(paper_of(answer)).decode()
    assert "Conflicting." in memo
    assert "No answer" not in memo


def test_exports_show_the_lead_and_keep_the_quote(client: TestClient) -> None:
    paper = paper_of(ask(client, MAY))
    assert paper.quotes[0].said == "Arden Code § 4-12(b) provides:"
    memo = markdown(paper).decode()
    assert "Arden Code § 4-12(b) provides:" in memo
    assert "> (b) The harbor master may waive the toll" in memo
