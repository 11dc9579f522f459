"""Whether a text is in force is said first, by rule, with the words that ended it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pincite.kinds import Kind
from pincite.types import Document, Hit, Link, Mark, Section, Span
from service.answering.evidence import Evidence
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


@pytest.fixture
def tell_of(held: Callable[..., Holdings], hit: Callable[..., Hit]) -> Tell:
    """What is told where these documents are held, and found in this order."""

    def made(question: str, *documents: Document, path: tuple[str, ...] = ()) -> Told | None:
        holdings: Any = held(*documents)
        hits = [hit(document, path=path) for document in documents]
        evidence = [Evidence(h, d, 1.0, 1.0) for h, d in zip(hits, documents, strict=True)]
        timing = timing_of(question, None, Vantage(DAY, works=holdings.works), hits)
        return told(question, timing, evidence, holdings)

    return made


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


@pytest.mark.parametrize(
    "question",
    [
        "Does Executive Order 13768 still apply to a person who left the country?",
        "Does the fine under Executive Order 13768 still apply?",
        "Must an officer under Executive Order 13768 check who is still around?",
        "Executive Order 13768 is gone. Who may still be fined?",
        "Does Executive Order 13768 want the whole program scrapped?",
        "May the police ask the immigration status of a witness under Executive Order 13768?",
        "What would Int. 0214-2024 have done, had it passed?",
    ],
)
def test_what_applies_to_whom_is_no_question_of_standing(tell: Tell, question: str) -> None:
    assert tell(question) is None


@pytest.fixture
def bills(document: MakeDocument) -> list[Document]:
    """A bill, a resolution that was not adopted, an adopted one, and a law."""
    steps = "Int 0214-2024\nStatus: Filed (End of Session)\nIntroduced: 2024-02-28\n"
    words = "Section 1. A person who is held may sue the department for damages in any court."
    return [
        document("bill", steps + words, Kind.BILL, title="Right of action",
                 citation="N.Y.C. Council Int. 0214-2024", status="not_enacted"),
        document("open", "Resolved, That the Council opposes every mass deportation of people.",
                 Kind.RESOLUTION, title="Mass deportation", status="not_enacted",
                 citation="N.Y.C. Council Res. 0708-2025"),
        document("adopted", "Resolved, That the Speaker may sue to stop that executive order.",
                 Kind.RESOLUTION, title="Suing", citation="N.Y.C. Council Res. 0836-2025",
                 status="in_force"),
        document("law", "No officer shall hold a person on a civil immigration detainer.",
                 Kind.ORDINANCE, title="Detainers", citation="Arden Code § 1", status="in_force"),
    ]  # fmt: skip


_ABOUT_SUING = "did that bill letting people sue the jail over detainers ever become law?"


def _subjects(found: Told | None) -> list[str]:
    return [citation.entry.id for citation in found.citations] if found else []


def test_a_bill_that_is_described_is_the_first_that_was_found(
    tell_of: Tell, bills: list[Document]
) -> None:
    bill, resolution, adopted, law = bills
    assert _subjects(tell_of(_ABOUT_SUING, law, bill, resolution)) == ["bill"]
    assert _subjects(tell_of(_ABOUT_SUING, law, adopted, resolution, bill)) == ["open"]
    opposed = "Was the resolution on deportation ever adopted?"
    assert _subjects(tell_of(opposed, bill, resolution)) == ["open"]


def test_a_bill_that_was_not_found_among_the_first_is_none(
    tell_of: Tell, bills: list[Document], document: MakeDocument
) -> None:
    bill, resolution, adopted, law = bills
    others = [document(name, "Words of law on jails.", title=name) for name in "abc"]
    assert tell_of(_ABOUT_SUING, *others, bill) is None
    assert tell_of("Was the resolution on suing ever adopted?", adopted, resolution) is None
    assert tell_of("Has the council ever passed any bill on jails?", bill, law) is None
    assert tell_of("Would that bill have reached contracts already in force?", bill) is None
    assert tell_of("Is the ordinance still in force, or has a bill replaced it?", bill) is None


def test_the_bill_to_repeal_a_law_is_asked_for_its_own_fate(
    tell_of: Tell, bills: list[Document]
) -> None:
    question = "did the bill to repeal the detainer limits ever become law?"
    assert _subjects(tell_of(question, bills[0])) == ["bill"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Int 0214-2024\nStatus: Filed (End of Session)\nA person may sue the department here.",
         "Int 0214-2024\nStatus: Filed (End of Session)"),
        ("Introduced\nSTATUS: Laid Over in Committee\nA person may sue the department here.",
         "STATUS: Laid Over in Committee"),
        ("A person may sue the department in any court here.\nLaid Over in Committee",
         "Laid Over in Committee"),
        # its steps: the last one is its end
        ("A person may sue the department in any court here.\nApril 4, 2023: Passed by the House.\n"
         "May 16, 2023: Failed in the Senate, 17 to 23. NOT ENACTED.",
         "May 16, 2023: Failed in the Senate, 17 to 23. NOT ENACTED."),
        # what tells nothing of a fate is shown where there is nothing else
        ("Int 0214-2024\nA person may sue the department in any court here.",
         "A person may sue the department in any court here."),
    ],
)  # fmt: skip
def test_a_bill_is_shown_by_its_own_line_on_its_fate(
    tell_of: Tell, document: MakeDocument, text: str, shown: str
) -> None:
    bill = document("bill", text, Kind.BILL, citation="N.Y.C. Council Int. 0214-2024",
                    status="not_enacted")  # fmt: skip
    found = tell_of("Was Int. 0214-2024 ever enacted?", bill)
    assert found is not None
    assert [citation.quote for citation in found.citations] == [shown]


_HISTORY = (
    "History. Code 1981, § 42-4-14, enacted by Ga. L. 2006, p. 105, § 5; Ga. L. 2009, p. 8, § 42;"
    " Ga. L. 2009, p. 970, § 2; Ga. L. 2011, p. 794, § 13."
)
_CONFLICT = (
    "The amendment of this Code section by Ga. L. 2009, p. 8, § 42, conflicted with and was treated"
    " as superseded by Ga. L. 2009, p. 970, § 2, effective January 1, 2010."
)
_APPLIES = (
    "Ga. L. 2011, p. 794, § 22, provides that the amendment of this Code section by that Act shall"
    " apply to offenses on or after July 1, 2011."
)
_REVIEW = "For article on 2006 enactment of this Code section, see 23 Ga. St. U.L. Rev. 247 (2006)."


@pytest.fixture
def georgia(document: MakeDocument) -> Document:
    """A section of a code, with what its publisher prints below it."""
    law = "(a) As used in this Code section, the term means a person who is present unlawfully.\n"
    notes = "\n".join((_HISTORY, "Code Commission notes.", _CONFLICT, _APPLIES, _REVIEW))
    marks = [Mark(Span(len(law), len(law + notes)), "note")]
    return document("georgia", law + notes, marks=marks, citation="Ga. Code Ann. § 42-4-14",
                    title="Determination of nationality", status="in_force")  # fmt: skip


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("O.C.G.A. § 42-4-14 was amended twice in 2009. Which amendment prevailed?", _CONFLICT),
        ("O.C.G.A. § 42-4-14: was it amended in 2011?", _APPLIES),
        ("Has O.C.G.A. § 42-4-14 been amended?", _HISTORY),
        ("Has O.C.G.A. § 42-4-14 been amended since 2011?", _HISTORY),
        ("Which act enacted O.C.G.A. § 42-4-14, in 2006?", _HISTORY),
        ("What is the history of O.C.G.A. § 42-4-14?", _HISTORY),
        # the one line that tells how it came about
        ("Is O.C.G.A. § 42-4-14 still in force?", _HISTORY),
    ],
)
def test_how_a_section_was_made_and_changed_is_shown_by_its_notes(
    tell_of: Tell, georgia: Document, question: str, shown: str
) -> None:
    found = tell_of(question, georgia)
    assert found is not None
    assert found.statements[0].text == "Ga. Code Ann. § 42-4-14 is in force, dates unknown."
    assert [citation.quote for citation in found.citations] == [shown]


@pytest.fixture
def iowa(document: MakeDocument) -> Document:
    """A chapter whose sections each end in the acts that made them."""
    texts = {
        "§ 27A.1": "27A.1 Definitions.\nAs used in this chapter a local entity is a city or county."
        "\n2018 Acts, ch 1089, §1, 12; 2023 Acts, ch 66, §6\n",
        "§ 27A.11": "27A.11 Database.\nThe attorney general shall keep a list of every such county."
        "\n2018 Acts, ch 1089, §11, 12\nReferred to in §27A.9, 27A.10\n",
        "§ 27A.12": "27A.12 Penalty.\nA city that breaks this chapter shall lose every state fund.",
    }
    sections, at = [], 0
    for label, text in texts.items():
        sections.append(Section(label, "", 0, Span(at, at + len(text))))
        at += len(text)
    made = document("iowa", "".join(texts.values()), citation="Iowa Code ch. 27A", title="Entities",
                    status="in_force")  # fmt: skip
    return replace(made, sections=tuple(sections))


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("Iowa Code § 27A.1: enacted by which act, and has it been amended since?",
         "2018 Acts, ch 1089, §1, 12; 2023 Acts, ch 66, §6"),
        ("Iowa Code § 27A.11: enacted by which act?", "2018 Acts, ch 1089, §11, 12"),
        ("Is Iowa Code § 27A.11 still in force?", "2018 Acts, ch 1089, §11, 12"),
    ],
)  # fmt: skip
def test_the_history_is_that_of_the_section_that_is_named(
    tell_of: Tell, iowa: Document, question: str, shown: str
) -> None:
    section = re.search(r"§ [\w.]+\w", question)
    found = tell_of(question, iowa, path=(section[0],) if section else ())
    assert found is not None
    assert [citation.quote for citation in found.citations] == [shown]


def test_the_history_of_another_section_is_none(tell_of: Tell, iowa: Document) -> None:
    assert tell_of("Iowa Code § 27A.12: enacted by which act?", iowa, path=("§ 27A.12",)) is None


def test_a_section_is_not_named_by_the_number_of_another(tell_of: Tell, iowa: Document) -> None:
    assert tell_of("Was Iowa Code § 27A.10 amended?", iowa, path=("§ 27A.11",)) is None


_UNDATED = "(a) The Attorney General may arrest an alien on a warrant, pending a decision."


@pytest.mark.parametrize(
    ("question", "told_of"),
    [
        # by its name, and nothing but how it stands
        ("Is 8 U.S.C. § 1226 still in force?", True),
        ("Has 8 U.S.C. § 1226 been repealed?", True),
        ("Is 8 U.S.C. § 1226 still in force, or was it repealed?", True),
        ("Is 8 U.S.C. § 1226 still in force, and who may arrest an alien?", False),
        ("Which act amended 8 U.S.C. § 1226?", False),
        ("When was 8 U.S.C. § 1226 enacted?", False),
        ("Is the law on the detention of aliens still in force?", False),
    ],
)
def test_words_that_tell_nothing_of_a_standing_are_no_proof(
    tell_of: Tell, document: MakeDocument, question: str, told_of: bool
) -> None:
    law = document("usc", _UNDATED, citation="8 U.S.C. § 1226", status="in_force",
                   title="Apprehension and detention of aliens for law")  # fmt: skip
    found = tell_of(question, law)
    assert (found is not None) is told_of


def test_a_law_that_says_when_it_begins_is_told_by_its_title(
    tell_of: Tell, document: MakeDocument
) -> None:
    begins = "Sec. 2. This act shall take effect on the first day of the year."
    law = document("usc", f"{_UNDATED}\n{begins}", citation="8 U.S.C. § 1226", status="in_force",
                   title="Apprehension and detention of aliens for law")  # fmt: skip
    found = tell_of("Is the law on the detention of aliens still in force?", law)
    assert found is not None
    assert [citation.quote for citation in found.citations] == [begins]
