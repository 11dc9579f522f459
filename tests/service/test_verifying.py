"""Verbatim or nothing: an altered citation is refused, whoever made it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pincite.errors import NotFound, VerificationError
from pincite.kinds import Kind
from pincite.types import Answer, Citation, Document, Entry, Mark, Question, Span, Statement
from service.citing import cite
from service.vantage import Vantage
from service.verifying import verified, verify

TEXT = "§ 1. Rule.\nNo officer [shall] may hold a person. The end of it."
ENTRY = Entry("law", Kind.STATUTE, "A Law", "law.md", citation="1 Code § 1")
DELETED = Mark(Span(22, 29), "deleted")
DOCUMENT = Document(ENTRY, TEXT, "v1", marks=(DELETED,))
DAY = date(2017, 3, 27)


def documents(name: str) -> Document:
    if name != "law":
        raise NotFound(f"no document {name!r}")
    return DOCUMENT


def citation(start: int = 11, end: int = 48) -> Citation:
    return cite(DOCUMENT, Span(start, end), Vantage(DAY))


@given(st.data())
def test_every_slice_stands(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(TEXT) - 1))
    end = data.draw(st.integers(start + 1, len(TEXT)))
    verify(citation(start, end), documents)


@given(st.integers(0, 36), st.characters(codec="utf-8"))
def test_one_altered_character_is_refused(at: int, character: str) -> None:
    true = citation()
    quote = true.quote[:at] + character + true.quote[at + 1 :]
    if quote != true.quote:
        with pytest.raises(VerificationError):
            verify(replace(true, quote=quote), documents)


@pytest.mark.parametrize(
    "altered",
    [
        replace(citation(), span=Span(12, 49)),
        replace(citation(), span=Span(10, 47)),
        replace(citation(), span=Span(11, 47)),
        replace(citation(), version="v2"),
        replace(citation(), entry=replace(ENTRY, id="other")),
        replace(citation(), entry=replace(ENTRY, status="in_force")),
        replace(citation(), span=Span(0, 10_000)),
        replace(citation(), span=Span(-37, 0)),
        replace(citation(), span=Span(5, 5), quote=""),
        replace(citation(), marks=()),  # the deleted word no longer shows
    ],
)
def test_a_moved_or_redirected_citation_is_refused(altered: Citation) -> None:
    with pytest.raises(VerificationError):
        verify(altered, documents)


def test_a_statement_falls_with_any_of_its_citations() -> None:
    sound, false = citation(), replace(citation(), quote="No officer may hold a person.")
    answer = Answer(
        Question("q"),
        statements=(
            Statement("a", "law", (1, 2)),
            Statement("b", "law", (3,)),
        ),
        citations=(sound, false, sound),
    )
    kept, dropped = verified(answer, documents)
    assert [statement.text for statement in kept.statements] == ["b"]
    assert kept.statements[0].citations == (1,)
    assert (kept.citations, dropped, kept.reason) == ((sound,), 1, None)


def test_an_answer_that_loses_everything_says_so() -> None:
    false = replace(citation(), version="v2")
    answer = Answer(Question("q"), (Statement("a", "law", (1,)),), (false,), nearest=(false,))
    kept, dropped = verified(answer, documents)
    assert (kept.statements, kept.citations, kept.nearest) == ((), (), ())
    assert (kept.reason, dropped) == ("weak_evidence", 2)
