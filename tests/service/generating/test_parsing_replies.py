"""What models send, read as far as it can be."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.generating import parsing
from service.generating.parsing import Cited, Claim, claims_in
from service.generating.trouble import Trouble

TEXT, QUOTE = "A truck shall pay.", "A truck with three axles shall pay"
WANTED = [Claim(TEXT, (Cited(2, QUOTE),))]
ROW = {"text": TEXT, "citations": [{"passage": 2, "quote": QUOTE}]}
GOOD = json.dumps({"statements": [ROW]})


@pytest.mark.parametrize(
    "reply",
    [
        GOOD,
        f"```json\n{GOOD}\n```",
        f"Here is what the passages say:\n\n{GOOD}\n\nI hope that helps!",
        f"The set {{1, 2}} is meant. {GOOD}",
        GOOD.replace("}]}]}", "},],},],}"),  # trailing commas
        json.dumps([ROW]),
        json.dumps(ROW),
        json.dumps({"answer": [ROW]}),
        json.dumps({"statements": [{"statement": TEXT, "passage": "[2]", "quote": QUOTE}]}),
        json.dumps({"statements": [{"text": TEXT, "passage": 2.0, "quote": QUOTE}]}),
        json.dumps({"statements": [{"text": TEXT, "passages": [2], "quotes": [QUOTE]}]}),
        json.dumps({"statements": [{"text": TEXT, "sources": [{"number": 2, "text": QUOTE}]}]}),
        GOOD + GOOD,
        f"<think>It is [a] {{thing}}.</think>{GOOD}",
    ],
)
def test_claims_are_found_in_every_form(reply: str) -> None:
    assert claims_in(reply) == WANTED


def test_plain_sentences_with_marks_are_claims() -> None:
    reply = f'The law is clear. A truck pays, as "{QUOTE}" says [2]. No more is said.'
    assert claims_in(reply) == [Claim(f'A truck pays, as "{QUOTE}" says .', (Cited(2, QUOTE),))]


@pytest.mark.parametrize(
    ("row", "cited"),
    [
        ({"text": TEXT, "passage": [1, 2], "quote": QUOTE}, [1, 2]),
        ({"text": TEXT, "passage": None, "quote": QUOTE}, [None]),
        ({"text": TEXT, "passage": True, "quote": QUOTE}, [None]),
        ({"text": TEXT, "passage": -3, "quote": QUOTE}, [3]),  # still to be found in passage 3
        ({"text": TEXT, "passage": 10**30, "quote": QUOTE}, [None]),
        ({"text": TEXT, "passage": {"n": 1}, "quote": QUOTE}, [None]),
        ({"text": TEXT, "passage": 2, "quote": 7}, []),
        ({"text": TEXT}, []),
    ],
)
def test_odd_citations_name_what_they_can(row: object, cited: list[int | None]) -> None:
    [claim] = claims_in(json.dumps({"statements": [row]}))
    assert [one.passage for one in claim.cited] == cited


@pytest.mark.parametrize(
    "rows", [[], [7, None, "x"], [{"text": 7}], [{"text": None, "citations": []}], [[]]]
)
def test_rows_that_are_no_statements_are_none(rows: list[object]) -> None:
    assert claims_in(json.dumps({"statements": rows})) == []


@pytest.mark.parametrize(
    "reply",
    [
        "I do not know.",
        '{"statements": [{"text": "A truck',
        '{"statements": "none"}',
        "[" * 30_000,
        "{" * 30_000,
        "null",
        "[1, 2, 3]",
        "\x00\ud800",
    ],
)
def test_what_has_no_form_is_trouble(reply: str) -> None:
    with pytest.raises(Trouble):
        claims_in(reply)


@pytest.mark.parametrize(
    "reply",
    [
        json.dumps({"text": TEXT, "passages": [1] * 900, "quotes": ["a"] * 45}),
        "[1]" * 500 + '"12345678"' * 200,
    ],
)
def test_no_more_pairs_are_made_than_are_kept(reply: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reply of 40,000 characters can name fifty million."""
    made: list[Cited] = []

    def counted(passage: int | None, words: str) -> Cited:
        made.append(Cited(passage, words))
        return made[-1]

    monkeypatch.setattr(parsing, "Cited", counted)
    [claim] = claims_in(reply)
    assert claim.cited == tuple(made)
    assert len(made) == 4


@pytest.mark.parametrize(
    "said", ["\u201copen \u201c{}\u201d [1].", "\u00abopen \u00ab{}\u00bb [1]."]
)
def test_a_quote_begins_at_the_last_mark_that_opens_one(said: str) -> None:
    """Else every mark of a long row of them is a quote to be looked for to the reply's end."""
    [claim] = claims_in(said.format(QUOTE))
    assert claim.cited == (Cited(1, QUOTE),)


@given(st.text(alphabet='{}[]",:abc12 \n\\', max_size=120))
def test_no_reply_breaks_the_parser(reply: str) -> None:
    with suppress(Trouble):
        claims_in(reply)
