"""A quote from inside a list that forbids says what it stands under."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pincite.kinds import Kind
from pincite.types import Answer, Document, Question, Section, Span
from service.answering.governing import governed, lead_over
from service.citing import cite
from service.holdings import Holdings
from service.vantage import Vantage

MakeDocument = Callable[..., Document]

LEAD = "(a) Absent a warrant, the District shall not:"
FIRST = "(1) Hold a person past release;"
UNLESS = "(2) Permit an interview unless:"
COUNSEL = "(A) The person has counsel; or"
ROOM = "(3) Provide a room."
LAST = "(b) The District shall train its officers."


def law(document: MakeDocument, lead: str = LEAD, kind: Kind = Kind.ORDINANCE) -> Document:
    lines = [lead, FIRST, UNLESS, COUNSEL, ROOM, LAST]
    text = "\n".join(lines)
    at = {line: text.index(line) for line in lines}

    def section(label: str, level: int, first: str, end: int) -> Section:
        return Section(label, "", level, Span(at[first], end))

    sections = [
        section("(a)", 0, lead, at[LAST]),
        section("(1)", 1, FIRST, at[UNLESS]),
        section("(2)", 1, UNLESS, at[ROOM]),
        section("(A)", 2, COUNSEL, at[ROOM]),
        section("(3)", 1, ROOM, at[LAST]),
        section("(b)", 0, LAST, len(text)),
    ]
    return replace(document("law", text, kind), sections=tuple(sections))


@pytest.mark.parametrize(
    ("first", "last", "under"),
    [
        (ROOM, ROOM, LEAD),
        (FIRST, ROOM, LEAD),
        (COUNSEL, ROOM, f"{LEAD} {UNLESS}"),
        (COUNSEL, COUNSEL, f"{LEAD} {UNLESS}"),
        (LEAD, ROOM, ""),  # the lead-in is quoted
        (LAST, LAST, ""),  # stands by itself
    ],
)
def test_a_quote_is_said_to_stand_under_what_it_lacks(
    document: MakeDocument, held: Callable[..., Holdings], first: str, last: str, under: str
) -> None:
    made = law(document)
    holdings = held(made)
    view = Vantage(date(2026, 11, 22), works=holdings.works)
    span = Span(made.text.index(first), made.text.index(last) + len(last))
    citation = cite(made, span, view)
    assert lead_over(citation, made) == under
    answer = governed(Answer(Question("?"), citations=(citation,), notices=("one",)), holdings)
    said = (f"{citation.text} stands under these words: “{under}”",) if under else ()
    assert answer.notices == ("one", *said)


@pytest.mark.parametrize(
    ("lead", "more"),
    [
        ("(a) The District shall:", {}),  # allows what it says
        ("(a) Chapter 2 is amended, and not repealed, to read as follows:", {}),
        (LEAD, {"kind": Kind.COURT_RULING}),
    ],
)
def test_what_turns_nothing_is_not_said(
    document: MakeDocument, held: Callable[..., Holdings], lead: str, more: dict[str, Any]
) -> None:
    made = law(document, lead, **more)
    view = Vantage(date(2026, 11, 22), works=held(made).works)
    start = made.text.index(ROOM)
    assert lead_over(cite(made, Span(start, start + len(ROOM)), view), made) == ""


def test_of_a_long_lead_in_its_end_is_said(document: MakeDocument, held: Any) -> None:
    made = law(document, "(a) " + "word " * 60 + "the District shall not:")
    view = Vantage(date(2026, 11, 22), works=held(made).works)
    start = made.text.index(ROOM)
    lead = lead_over(cite(made, Span(start, start + len(ROOM)), view), made)
    assert lead.startswith("… word")
    assert lead.endswith("the District shall not:")
    assert len(lead.split()) == 41
