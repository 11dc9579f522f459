"""An answer as the content of a message: whole quotes, numbered, with their places in it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.chat.writing import safe, tokens, written

Json = dict[str, Any]


def citation(n: int, quote: str, text: str = "Arden Code § 4-12", **more: Any) -> Json:
    return {
        "n": n,
        "document_id": f"doc-{n}",
        "start": 10,
        "end": 10 + len(quote),
        "quote": quote,
        "citation": text,
        "channel": "law",
        "authority": "local law of Arden",
        "force": "",
        "standing": "",
        "companions": [],
    } | more


def statement(text: str, *cited: int, lead: str = "") -> Json:
    return {"text": text, "channel": "law", "citations": list(cited), "lead": lead}


def answer(statements: list[Json], citations: list[Json], **more: Any) -> Json:
    said: Json = {"reason": None, "nearest": [], "notices": []}
    return said | {"statements": statements, "citations": citations} | more


def link(cited: Json) -> str:
    return f"http://here/{cited['document_id']}"


def test_a_quote_stands_with_its_lead_number_citation_worth_and_page() -> None:
    told = answer(
        [statement("The toll is $12.", 1, lead="Arden Code § 4-12 provides:")],
        [citation(1, "The toll is $12.", force="binding in Arden")],
    )
    assert written(told, link).text == (
        "Arden Code § 4-12 provides:\n"
        "“The toll is $12.”\n"
        "— [1] Arden Code § 4-12 (law; local law of Arden; binding in Arden)\n"
        "  http://here/doc-1"
    )


def test_what_a_model_wrote_keeps_its_numbers_and_gets_its_quotes() -> None:
    told = answer([statement("Twelve dollars.", 1, 2)], [citation(1, "$12."), citation(2, "12!")])
    text = written(told, link).text
    assert text.startswith("Twelve dollars. [1] [2]\n“$12.”\n— [1]")
    assert "“12!”\n— [2]" in text


def test_an_exception_stands_below_its_rule_and_is_cited_too() -> None:
    clause = citation(0, "Ambulances are exempt.", "Arden Code § 4-13")
    rule = citation(1, "$12.", companions=[{"type": "exception", "term": "", "citation": clause}])
    content = written(answer([statement("$12.", 1)], [rule]), link)
    assert "But:\n“Ambulances are exempt.”\n— Arden Code § 4-13" in content.text
    assert [one.title for one in content.cited] == ["Arden Code § 4-12", "Arden Code § 4-13"]


def test_what_a_quote_is_worth_is_said_once() -> None:
    cited = citation(1, "A.", authority="opinion piece, not law", force="not law")
    text = written(answer([statement("A.", 1)], [cited]), link).text
    assert "(law; opinion piece, not law)" in text


def test_no_answer_says_why_and_what_is_nearest_without_annotations() -> None:
    near = [citation(n, f"Ferry {n}.") for n in range(1, 6)]
    content = written(answer([], [], reason="weak_evidence", nearest=near), link)
    assert "(weak_evidence)." in content.text
    assert "Nearest, not an answer:\n“Ferry 1.”\n— (1) Arden Code § 4-12" in content.text
    assert content.text.count("Nearest, not an answer:") == 1
    assert "(3)" in content.text
    assert "(4)" not in content.text
    assert content.cited == ()


HOSTILE = [
    "![x](http://evil/pixel.png)",
    "see [here](http://evil)",
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "![x][ref]\n[ref]: //evil/a.png",
    "`code` and ```fence```",
    "go to www.evil.example",
]


@pytest.mark.parametrize("quote", HOSTILE)
def test_a_quote_that_could_act_as_markup_is_fenced_and_untouched(quote: str) -> None:
    text = written(answer([statement(quote, 1)], [citation(1, quote)]), link).text
    fence = text.split("\n", 1)[0]
    assert set(fence) == {"`"}
    assert text.startswith(f"{fence}\n{quote}\n{fence}\n")
    assert fence not in quote


@pytest.mark.parametrize("title", HOSTILE)
def test_a_printed_citation_cannot_act_as_markup(title: str) -> None:
    line = written(answer([statement("A.", 1)], [citation(1, "A.", title)]), link).text
    shown = safe(title)
    assert f"— [1] {shown}" in line
    assert shown.startswith("`")


def test_legal_brackets_and_stars_are_left_as_they_are() -> None:
    quote = "[T]he * * * officer (a) shall [not] hold § 1373_a."
    assert f"“{quote}”" in written(answer([statement(quote, 1)], [citation(1, quote)]), link).text


quotes = st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=5)


@given(quotes, st.integers(1, 60))
def test_however_short_every_annotation_holds_its_whole_quote(said: list[str], most: int) -> None:
    cited = [citation(n, quote) for n, quote in enumerate(said, start=1)]
    told = answer([statement(quote, n) for n, quote in enumerate(said, start=1)], cited)
    whole, content = written(told, link), written(told, link, most)
    assert tokens(content.text) <= most
    assert content.cut == (content.text != whole.text)
    assert whole.text.startswith(content.text)
    for one, quote in zip(content.cited, said, strict=False):
        stretch = content.text[one.start : one.end]
        assert quote in stretch
        assert stretch.endswith(one.title)
