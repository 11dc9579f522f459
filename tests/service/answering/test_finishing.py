"""The order of quotes: what decides first among equals, a rule before its exception."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from pincite.kinds import Kind
from pincite.types import (
    Answer,
    Composition,
    Document,
    Entry,
    Question,
    Section,
    Span,
    Statement,
)
from service.answering.finishing import finished
from service.citing import cite
from service.holdings import Holdings
from service.vantage import Vantage

VIEW = Vantage(date(2026, 11, 22))
ASKED = "May a vessel moor at night?"
RULE = "(a) No vessel may moor at night."
LIMIT = "(b) Subsection (a) does not apply to ferries that moor at night."
TERM = "(c) A vessel is a boat that can moor."
TEXT = f"§ 1. Moorings.\n{RULE}\n{LIMIT}\n{TERM}"


def law(kind: Kind = Kind.STATUTE) -> Document:
    entry = Entry("law", kind, "A Law", "law.md", citation="1 Code § 1", status="in_force")
    whole = Section("§ 1", "Moorings", 0, Span(0, len(TEXT)))
    clauses = [
        Section(f"({words[1]})", "", 1, Span(TEXT.index(words), TEXT.index(words) + len(words)))
        for words in (RULE, LIMIT, TERM)
    ]
    return Document(entry, TEXT, "v1", sections=(whole, *clauses))


@pytest.fixture
def order(held: Callable[..., Holdings]) -> Callable[..., Answer]:
    """An answer of these quotes, finished."""

    def made(*quotes: str, model: str | None = None) -> Answer:
        document = law()
        citations = tuple(
            cite(document, Span(TEXT.index(one), TEXT.index(one) + len(one)), VIEW)
            for one in quotes
        )
        statements = tuple(Statement(one, "law", (n,)) for n, one in enumerate(quotes, start=1))
        answer = Answer(
            Question(ASKED), statements, citations, composition=Composition(model=model)
        )
        return finished(answer, ASKED, held(document), VIEW)

    return made


def test_the_quote_that_decides_goes_first(order: Callable[..., Answer]) -> None:
    answer = order(TERM, RULE)
    assert [one.text for one in answer.statements] == [RULE, TERM]
    assert [one.citations for one in answer.statements] == [(1,), (2,)]
    assert [one.quote for one in answer.citations] == [RULE, TERM]
    assert [span.of(RULE) for span in answer.citations[0].deciding] == ["No", "may moor"]


def test_the_rule_comes_before_its_exception(order: Callable[..., Answer]) -> None:
    assert [one.text for one in order(LIMIT, RULE).statements] == [RULE, LIMIT]
    assert [one.text for one in order(RULE, LIMIT).statements] == [RULE, LIMIT]


def test_every_quote_has_its_lead(order: Callable[..., Answer]) -> None:
    leads = [one.lead for one in order(TERM, RULE).statements]
    assert leads == ["1 Code § 1(a) provides:", "1 Code § 1(c) provides:"]


def test_what_a_model_wrote_is_left_as_it_is(order: Callable[..., Answer]) -> None:
    answer = order(TERM, RULE, model="small")
    assert [one.text for one in answer.statements] == [TERM, RULE]
    assert {one.lead for one in answer.statements} == {""}
