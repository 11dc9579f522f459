"""Whether a text is in force is said first, by rule, with the words that ended it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from pincite.kinds import Kind
from pincite.types import Document, Link
from service.answering.by_rule.status import told
from service.answering.by_rule.telling import Told
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
        "Does Executive Order 13768 still apply to a person who left the country?",
        "Does the fine under Executive Order 13768 still apply?",
        "Must an officer under Executive Order 13768 check who is still around?",
        "Executive Order 13768 is gone. Who may still be fined?",
        "Does Executive Order 13768 want the whole program scrapped?",
        "May the police ask the immigration status of a witness under Executive Order 13768?",
        "What would Int. 0214-2024 have done, had it passed?",
    ],
)
def test_a_question_about_no_standing_is_left_to_the_others(tell: Tell, question: str) -> None:
    assert tell(question) is None


@pytest.fixture
def deputies(document: MakeDocument) -> tuple[Document, Document]:
    """An order that is found by its title, and the one that revoked it."""
    return (
        document(
            "old", "§ 6. The Deputy Mayor for Policy oversees the Office of Immigrant Affairs.",
            Kind.EXECUTIVE_ORDER, title="Deputy Mayors: Office, First Deputy, Duties and Order",
            citation="N.Y.C. Exec. Order No. 14 (Jan. 25, 2016)", issued=date(2016, 1, 25),
            status="revoked",
        ),
        document(
            "new", "§ 10. Executive Order No. 14, dated January 25, 2016, is hereby REVOKED.",
            Kind.EXECUTIVE_ORDER, title="Five of them",
            citation="N.Y.C. Exec. Order No. 35 (May 25, 2018)", issued=date(2018, 5, 25),
            relations=(Link("revokes", "old"),), status="in_force",
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    "question",
    [
        "back in 2016 which first deputy mayor had the duties of that office, before that order"
        " was revoked",
        "After EO 14 of 2016 was revoked, who is first deputy mayor?",
        "After EO 14 of 2016 was revoked who is first deputy mayor?",
        "After Executive Order 14 of January 25, 2016 was revoked, who is first deputy mayor?",
        "under the order that was repealed in 2018, what were the duties of the office of the first"
        " deputy mayor?",
        "What office did the duties go to, once Executive Order 14 of 2016 was replaced?",
        "Who was first deputy mayor until EO 14 of 2016 was rescinded?",
        "What did Executive Order 14 of 2016, which was revoked in 2018, say of deputy mayors?",
        "What did the order that was revoked in 2018 say of the first deputy mayor's duties in"
        " office?",
        "What did the revoked order say of the first deputy mayor's office and duties?",
    ],
)
def test_what_only_a_clause_says_of_an_ending_is_not_asked(
    tell_of: Tell, deputies: tuple[Document, Document], question: str
) -> None:
    assert tell_of(question, *deputies) is None


@pytest.mark.parametrize(
    "question",
    [
        "Was Executive Order 14 of 2016 revoked?",
        "After Executive Order 35 of 2018, is Executive Order 14 of 2016 still in force?",
        "Is the order on the first deputy mayor's office and duties that was revoked in 2018 back"
        " in force?",
        "Was Executive Order 14 of 2016 in force until it was revoked?",
        "Since when has Executive Order 14 of 2016 not been in force?",
        "Was Executive Order 14 of 2016 once in force?",
        "Executive Order 14 of 2016, after it was revoked?",
        "If Executive Order 14 of 2016 is no longer in force, what replaced it?",
        "Do you know when Executive Order 14 of 2016 was revoked?",
    ],
)
def test_what_is_asked_beside_such_a_clause_is_told(
    tell_of: Tell, deputies: tuple[Document, Document], question: str
) -> None:
    found = tell_of(question, *deputies)
    assert found is not None
    assert [statement.text for statement in found.statements] == [
        "N.Y.C. Exec. Order No. 14 (Jan. 25, 2016) was revoked on 2018-05-25 by"
        " N.Y.C. Exec. Order No. 35 (May 25, 2018), so it is not in force on 2026-11-22."
    ]


@pytest.mark.parametrize(
    "question",
    [
        "EO 13768 still good?",
        "Executive Order 13768 - still the law?",
        "is Executive Order 13768 still operative",
        "Executive Order 13768, is it still around?",
        "Is EO 13768 gone?",
        "Executive Order 13768: is it dead now?",
        "What scrapped Executive Order 13768?",
        "Does Executive Order 13768 still stand?",
        "Does EO 13768 still apply?",
        "does Section 2 of Executive Order 13768 still exist?",
    ],
)
def test_standing_is_asked_in_everyday_words(tell: Tell, question: str) -> None:
    found = tell(question)
    assert found is not None
    assert "was revoked on 2021-01-20" in found.statements[0].text


@pytest.mark.parametrize(
    "question",
    [
        "Did Int. 0214-2024 ever pass?",
        "Did the council ever pass Int. 0214-2024 or another bill?",
        "Int. 0214-2024 - still a bill or did it become law?",
    ],
)
def test_the_fate_of_a_bill_is_asked_in_everyday_words(tell: Tell, question: str) -> None:
    found = tell(question)
    assert found is not None
    assert found.statements[0].text == "N.Y.C. Council Int. 0214-2024 is a bill, never enacted."
