"""The words that show how a text stands: a bill's fate, a section's history, its beginning."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from pincite.kinds import Kind
from pincite.types import Document, Mark, Section, Span
from service.answering.by_rule.telling import Told

MakeDocument = Callable[..., Document]
Tell = Callable[..., Told | None]


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
