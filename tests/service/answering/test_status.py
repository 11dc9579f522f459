"""Whether a text is in force is said first, by rule, with the words that ended it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from pincite.kinds import Kind
from pincite.types import Document, Link
from service.answering.status import Told, told
from service.answering.timing import timing_of
from service.holdings import Holdings
from service.vantage import Vantage

MakeDocument = Callable[..., Document]
Tell = Callable[..., Told | None]

DAY = date(2026, 11, 22)


@pytest.fixture
def orders(document: MakeDocument) -> list[Document]:
    """A chain of orders: each revokes the one before, and the last is in force."""
    return [
        document(
            "first", "Section 1. Every agency shall enforce the immigration laws in full.\n"
            "Sec. 2. This order shall take effect on the day after its date.",
            Kind.EXECUTIVE_ORDER, title="Enforcement",
            citation="Exec. Order No. 13,768, 82 Fed. Reg. 8799", issued=date(2017, 1, 25),
            status="revoked", expires=date(2021, 1, 20),
        ),
        document(
            "second", "Sec. 1. The policy is here set forth for every agency that enforces laws.\n"
            "Sec. 2. Executive Order 13768 of January 25, 2017, is hereby revoked.",
            Kind.EXECUTIVE_ORDER, title="Revision",
            citation="Exec. Order No. 13,993", issued=date(2021, 1, 20),
            relations=(Link("revokes", "first"),), status="revoked",
        ),
        document(
            "third", "Sec. 2. The following executive actions are hereby revoked:\n"
            "(h) Executive Order 13993 of January 20, 2021 (Revision of Priorities).\n"
            "Sec. 3. This order shall take effect on the day it is signed.",
            Kind.EXECUTIVE_ORDER, title="Rescissions",
            citation="Exec. Order No. 14,148", issued=date(2025, 1, 20),
            relations=(Link("revokes", "second"),), status="in_force",
        ),
        document(
            "bill", "Section 1. A person who is held may sue the city for damages in any court.",
            Kind.BILL, title="Damages", citation="N.Y.C. Council Int. 0214-2024",
            status="not_enacted",
        ),
    ]  # fmt: skip


@pytest.fixture
def tell(held: Callable[..., Holdings], orders: list[Document]) -> Tell:
    def made(question: str, day: date = DAY) -> Told | None:
        holdings: Any = held(*orders)
        timing = timing_of(question, None, Vantage(day, works=holdings.works), ())
        return told(question, timing, (), holdings)

    return made


@pytest.mark.parametrize(
    "question",
    [
        "Is Executive Order 13768 still in force?",
        "Was Executive Order 13768 revoked?",
        "What revoked Executive Order 13768?",
        "When did Executive Order 13768 end?",
        "Has E.O. 13,768 been rescinded?",
        "What is the status of EO 13768?",
    ],
)
def test_the_clause_that_ended_it_is_quoted_under_what_it_means(tell: Tell, question: str) -> None:
    found = tell(question)
    assert found is not None
    (statement,), (citation,) = found.statements, found.citations
    assert statement.text == (
        "Exec. Order No. 13,768 was revoked on 2021-01-20 by Exec. Order No. 13,993,"
        " so it is not in force on 2026-11-22."
    )
    assert statement.citations == (1,)
    assert citation.entry.id == "second"
    assert "Executive Order 13768 of January 25, 2017, is hereby revoked." in citation.quote
    assert found.notices == (
        "Exec. Order No. 13,993 was itself revoked on 2025-01-20 by Exec. Order No. 14,148;"
        " that alone does not bring back Exec. Order No. 13,768.",
    )


def test_a_clause_of_a_list_is_found(tell: Tell) -> None:
    found = tell("Is Executive Order 13993 still in effect?")
    assert found is not None
    assert found.citations[0].quote.startswith("(h) Executive Order 13993")


def test_on_a_day_before_its_end_it_is_in_force(tell: Tell) -> None:
    found = tell("Is Executive Order 13768 still in force?", date(2020, 1, 1))
    assert found is not None
    assert found.statements[0].text == (
        "Exec. Order No. 13,768 is in force since 2017-01-25;"
        " revoked on 2021-01-20 by Exec. Order No. 13,993."
    )
    assert "shall take effect" in found.citations[0].quote


def test_a_bill_was_never_enacted(tell: Tell) -> None:
    found = tell("Was Int. 0214-2024 ever enacted?")
    assert found is not None
    assert found.statements[0].text == "N.Y.C. Council Int. 0214-2024 is a bill, never enacted."
    assert found.statements[0].channel == "record"


@pytest.mark.parametrize(
    "question",
    [
        "What does Executive Order 13768 say about agencies?",
        "May an agency act where Executive Order 13768 must be revoked first?",
        "Is it still in force?",
        "May a jail hold a person?",
    ],
)
def test_a_question_about_no_standing_is_left_to_the_others(tell: Tell, question: str) -> None:
    assert tell(question) is None
