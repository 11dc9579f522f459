"""Measures of answers: what is right, cited, verified."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eval.measures import Context, measure, rightness
from eval.words import Case, Cited, Given, Group, Said, Support
from pincite.types import Question, Span

TEXT = "Gates open at six. " * 20
CONTEXT = Context(lambda document, version: TEXT if (document, version) == ("a", "v1") else None)


def gold(start: int, end: int, document: str = "a", pinpoint: str = "§ 4(a)") -> Support:
    return Support(document, "v1", Span(start, end), TEXT[start:end], pinpoint)


def cited(start: int, end: int, document: str = "a", pinpoint: str = "§ 4(a)") -> Cited:
    quote, span = TEXT[start:end], Span(start, end)
    return Cited(document, "v1", span, quote, pinpoint, "Code", "law", "in_force", "statute")


def case(*groups: tuple[Support, ...]) -> Case:
    return Case("q", Question("?"), True, groups=tuple(map(Group, groups)))


def answer(*citations: Cited) -> Given:
    """A statement a citation."""
    said = tuple(Said(one.quote, "law", (place,)) for place, one in enumerate(citations, start=1))
    return Given(statements=said, citations=citations)


ONE = case((gold(100, 120),))
TWO = case((gold(100, 120),), (gold(0, 20, "b"),))
SILENT = Given(reason="weak_evidence")
NOWHERE_ASKED = "no answer was asked for"


@pytest.mark.parametrize(
    ("start", "end", "right"),
    [
        (100, 120, 1),
        (50, 300, 1),  # the clause around it
        (110, 200, 1),  # half of it
        (111, 200, 0),  # less than half
        (112, 115, 1),  # a piece of it
        (0, 100, 0),
        (110, 110, 0),  # no character
    ],
)
def test_a_quote_is_right_by_half_or_from_within(start: int, end: int, right: int) -> None:
    assert rightness(ONE, answer(cited(start, end))).value == right


def test_the_first_statement_decides() -> None:
    assert rightness(ONE, answer(cited(0, 50), cited(100, 120))).value == 0
    both = Given(
        statements=(Said("It is so.", "law", (1, 2)),), citations=(cited(0, 50), cited(100, 120))
    )
    assert rightness(ONE, both).value == 1


def test_a_citation_that_is_not_there_is_no_support() -> None:
    lost = Given(statements=(Said("It is so.", "law", (2,)),), citations=(cited(100, 120),))
    assert rightness(ONE, lost).value == 0


def test_silence_is_right_only_where_there_is_no_answer() -> None:
    unanswerable = Case("q", Question("?"), False)
    assert rightness(unanswerable, SILENT).value == 1
    assert rightness(unanswerable, answer(cited(0, 9))).value == 0
    judged = rightness(ONE, SILENT)
    assert (judged.value, judged.reason) == (0, "wrongly silent: weak_evidence")


def test_nothing_tells_without_gold_or_without_an_answer() -> None:
    assert rightness(Case("q", Question("?")), answer(cited(0, 9))).value is None
    assert rightness(ONE, Given(latency_ms={"search": 1.0})).reason == NOWHERE_ASKED


@pytest.mark.parametrize(
    ("asked", "given", "expected"),
    [
        (ONE, answer(cited(100, 120)), 20 / 20),
        (ONE, answer(cited(90, 130)), 40 / 40),  # a right quote counts whole
        (ONE, answer(cited(90, 130), cited(0, 60)), 40 / (40 + 60)),
        (ONE, answer(cited(0, 10), cited(10, 20), cited(20, 30), cited(100, 120)), 0 / 30),
        (ONE, SILENT, None),
        (TWO, answer(cited(0, 20, "b")), 1),
    ],
)
def test_citation_precision_is_of_characters(
    asked: Case, given: Given, expected: float | None
) -> None:
    assert measure("CitationP").score(asked, given).value == expected


@pytest.mark.parametrize(
    ("asked", "given", "expected"),
    [
        (ONE, answer(cited(0, 10), cited(0, 20, "b"), cited(90, 130)), 1),
        (ONE, answer(cited(0, 10), cited(10, 20), cited(20, 30), cited(100, 120)), 0),  # the fourth
        (TWO, answer(cited(100, 120)), 1 / 2),
        (TWO, answer(cited(100, 120), cited(0, 20, "b")), 2 / 2),
        (ONE, SILENT, 0),
        (ONE, Given(), None),
    ],
)
def test_citation_recall_is_of_groups(asked: Case, given: Given, expected: float | None) -> None:
    assert measure("CitationR").score(asked, given).value == expected


def test_a_long_quote_is_wrong_unless_it_is_one_clause() -> None:
    clause = replace(cited(0, 300), quote="word " * 121)
    clauses = replace(clause, quote="word " * 60 + "\n" + "word " * 61)
    assert measure("CitationP").score(ONE, answer(clause)).value == 1
    assert measure("CitationP").score(ONE, answer(clauses)).value == 0
    assert measure("CitationR").score(ONE, answer(clauses)).value == 0
    words = measure("QuoteWords").score(ONE, answer(clauses, cited(0, 18)))
    assert words.value == (121 + 4) / 2
    assert words.reason == "121, 4 words; 1 overlong"


@pytest.mark.parametrize(("document", "expected"), [("a", 1), ("b", 1), ("c", 0)])
def test_right_document_is_any_gold_one(document: str, expected: int) -> None:
    score = measure("RightDocument").score(TWO, answer(cited(300, 310, document)))
    assert score.value == expected
    assert document in score.reason


@pytest.mark.parametrize(
    ("pinpoint", "wanted", "expected"),
    [
        ("§ 4(a)", "§ 4(a)", 1),
        ("4(a)", "§ 4(a)", 1),
        ("§ 4(a)(1)", "§ 4(a)", 1),
        ("§ 4(a)–(b)", "§ 4(a)", 1),
        ("§ 4", "§ 4(a)", 0),
        ("§ 4(ab)", "§ 4(a)", 0),
        ("§ 44", "§ 4", 0),
        ("§ 4 note", "§ 4", 0),  # a note to a section is not the section
        ("at 935 n.11", "at 935", 1),
        ("at 935–36", "at 935", 1),
        ("at 935", "at 935–36", 1),
        ("at 936", "at 935", 0),
        ("", "§ 4", 0),
    ],
)
def test_a_pinpoint_is_right_there_or_inside(pinpoint: str, wanted: str, expected: int) -> None:
    asked = case((gold(100, 120, pinpoint=wanted),))
    given = answer(cited(300, 310, pinpoint=pinpoint))
    assert measure("RightPinpoint").score(asked, given).value == expected


def test_the_right_pinpoint_of_another_document_is_wrong() -> None:
    assert measure("RightPinpoint").score(ONE, answer(cited(0, 9, "b"))).value == 0


def test_without_a_gold_pinpoint_it_does_not_apply() -> None:
    asked = case((gold(100, 120, pinpoint=""),))
    assert measure("RightPinpoint").score(asked, answer(cited(0, 9))).value is None


def test_a_quote_is_verified_to_the_letter() -> None:
    sound, changed = cited(0, 18), replace(cited(0, 18), quote="Gates open at ten.")
    elsewhere = replace(cited(0, 18), span=Span(1, 19))
    unheld = replace(cited(0, 18), version="v0")
    score = measure("QuoteVerified").score(ONE, answer(sound, changed, elsewhere, unheld), CONTEXT)
    assert score.value == 1 / 4
    assert measure("QuoteVerified").score(ONE, answer(sound), CONTEXT).value == 1


@pytest.mark.parametrize(
    ("given", "right", "wrong"),
    [
        (answer(cited(100, 120)), 1, 0),
        (answer(cited(0, 20)), 0, 1),
        (SILENT, 0, 0),
        (Given(), None, None),
    ],
)
def test_answers_are_right_wrong_or_missing(
    given: Given, right: int | None, wrong: int | None
) -> None:
    assert measure("AnsweredRight").score(ONE, given).value == right
    assert measure("AnsweredWrong").score(ONE, given).value == wrong
    assert measure("Accuracy").score(ONE, given).value == right
