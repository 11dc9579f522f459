"""A question of two texts is asked as two; one of a single clause stays one."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

import pytest

from pincite.citations.find import citations_in
from pincite.kinds import Kind
from pincite.types import Answer, Citation, Entry, Locator, Question, Reason, Span, Statement
from service.answering.joining import joined
from service.answering.parting import loose_parts, parts_of

PLACES = ("Iowa", "Georgia", "New York City")


def parts(question: str) -> tuple[str, ...]:
    return parts_of(
        question, citations_in, lambda text: [place for place in PLACES if place in text]
    )


@pytest.mark.parametrize(
    ("question", "halves"),
    [
        (
            "What does 8 U.S.C. § 1373 forbid, and how does Exec. Order No. 14,287 enforce it?",
            ("What does 8 U.S.C. § 1373 forbid?", "How does Exec. Order No. 14,287 enforce it?"),
        ),
        (
            "Must a sheriff in Iowa honor a detainer? How soon does Georgia check a status?",
            ("Must a sheriff in Iowa honor a detainer?", "How soon does Georgia check a status?"),
        ),
        (
            "The order wants police to help. What does it ask, and may New York City agree under"
            " 8 U.S.C. § 1357?",
            (
                "The order wants police to help. What does it ask?",
                "May New York City agree under 8 U.S.C. § 1357?",
            ),
        ),
        (
            "Does Iowa let a town tell its police not to help, and what does Georgia say of that?",
            (
                "Does Iowa let a town tell its police not to help?",
                "Does Georgia let a town tell its police not to help?",
            ),
        ),
        (
            "Does Iowa let a town tell its police not to help, and why does Georgia mind that?",
            (
                "Does Iowa let a town tell its police not to help?",
                "Why does Georgia mind that: Does let a town tell its police not to help?",
            ),
        ),
        (
            "How long may a jail in Iowa hold a person, and how long in Georgia?",
            (
                "How long may a jail in Iowa hold a person?",
                "How long may a jail in Georgia hold a person?",
            ),
        ),
        (
            "May police in Iowa ask about status, and may they in Georgia?",
            ("May police in Iowa ask about status?", "May police in Georgia ask about status?"),
        ),
        (
            "How long does a grant run by law, and what does 34 U.S.C. § 10153 ask of applicants?",
            (
                "How long does a grant run by law?",
                "What does 34 U.S.C. § 10153 ask of applicants?",
            ),
        ),
    ],
)
def test_a_question_of_two_texts_is_parted(question: str, halves: tuple[str, str]) -> None:
    assert parts(question) == halves


@pytest.mark.parametrize(
    "question",
    [
        "Who may end the agreement, and on what notice may that be done?",  # one clause
        "Who may end the agreement with Iowa, and when does Iowa have to be told?",
        "What is the penalty for it, and how long is it in Georgia?",  # the place is of both
        "How do Iowa and Georgia differ on what a jail has to do?",
        "What does 8 U.S.C. § 1373 say and do?",
        "Iowa and Georgia, and what else?",
        "",
    ],
)
def test_a_question_of_one_text_stays_one(question: str) -> None:
    assert parts(question) == ()


@pytest.mark.parametrize(
    ("question", "halves"),
    [
        (
            "What is the lowest bond for release pending removal, and how soon must aliens go?",
            (
                "What is the lowest bond for release pending removal?",
                "How soon must aliens go?",
            ),
        ),
        ("Who may end the agreement, and on what notice may that be done?", ()),
        ("When a complaint goes straight to the agency, who tells the sheriff's office?", ()),
        ("What does the order ask of the agencies and the sheriffs of the state?", ()),
    ],
)
def test_a_question_on_which_nothing_was_found_is_parted_by_its_form(
    question: str, halves: tuple[str, ...]
) -> None:
    assert loose_parts(question) == halves


def test_a_hostile_question_costs_no_more_than_a_long_one() -> None:
    started = time.perf_counter()
    assert parts("what and is " * 2_000) == ()
    assert loose_parts("what and is " * 2_000) == ()
    assert time.perf_counter() - started < 5


def cited(name: str, at: int = 0) -> Citation:
    entry = Entry(name, Kind.ORDINANCE, name.title(), f"{name}.txt")
    return Citation(
        entry, "v", Span(at, at + 5), "words", Locator(), name, "", "law", "", "in_force"
    )


def answered(text: str, *citations: Citation, confidence: float = 0.9) -> Answer:
    statements = tuple(
        Statement(one.quote, one.channel, (place,)) for place, one in enumerate(citations, start=1)
    )
    reason: Reason | None = None if citations else "weak_evidence"
    return Answer(
        Question(text),
        statements,
        citations,
        reason,
        notices=(f"on {text}",),
        confidence=confidence,
        as_of=date(2026, 1, 1),
    )


def test_both_halves_are_quoted_in_turn_each_quote_once() -> None:
    first = answered("a", cited("one"), cited("one", 9), cited("both"), confidence=0.8)
    second = answered("b", cited("two"), cited("both"))
    answer = joined(Question("a and b"), [first, second])
    assert answer is not None
    assert [(c.entry.id, c.span.start) for c in answer.citations] == [
        ("one", 0),
        ("two", 0),
        ("one", 9),
    ]
    assert [statement.citations for statement in answer.statements] == [(1,), (2,), (3,)]
    assert (answer.reason, answer.confidence, answer.as_of) == (None, 0.8, date(2026, 1, 1))
    assert answer.notices == ("on a", "on b")


def test_what_is_said_of_a_quote_by_rule_is_kept_beside_the_quote() -> None:
    quoted, told = answered("what it holds", cited("one")), answered("does it stand", cited("one"))
    stands = replace(told.statements[0], text="One is in force.")
    answer = joined(Question("both"), [quoted, replace(told, statements=(stands,))])
    assert answer is not None
    assert [one.text for one in answer.statements] == ["words", "One is in force."]


def test_a_half_without_an_answer_is_told() -> None:
    answer = joined(Question("both"), [answered("What of it?"), answered("b", cited("two"))])
    assert answer is not None
    assert answer.notices == (
        "on b",
        "Of “What of it?” nothing was found that could be quoted as an answer.",
    )
    assert [statement.citations for statement in answer.statements] == [(1,)]


def test_where_no_half_is_answered_the_whole_is_asked() -> None:
    assert joined(Question("both"), [answered("a"), answered("b")]) is None
    assert joined(Question("one"), []) is None
