"""A doctrine is asked of the courts in their words, and only where nothing else is asked."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ingest.publishing import ingest
from pincite.kinds import Kind
from pincite.settings import Settings
from pincite.shelf import Shelf
from pincite.types import Answer, Document, Part, Question, Section, Span, Statement
from service.answering.doctrines import as_doctrine, doctrine_of
from service.citing import cite
from service.engine import Engine
from service.generating.composing import may_be_worded
from service.vantage import Vantage

PLACES = frozenset({"us", "us/ia", "us/ny", "us/ny/new-york-city"})
COMPEL = (
    "May the Federal Government compel the States, or command their officers, to administer"
    " or enforce a federal regulatory program?"
)
FIELD = "Are States precluded from regulating conduct in a field that Congress has determined"
STEM = "Does the President's power to issue an order have to stem from an act of Congress"
RULING = (
    "The Federal Government may not compel the States, or command their officers, to administer a"
    " federal regulatory program: they stay masters of their own house."
)


@pytest.mark.parametrize(
    ("question", "starts"),
    [
        ("Can the federal government force local police to enforce immigration law?", COMPEL),
        ("can the feds make our sheriff do it?", COMPEL),
        ("Is it legal for Congress to compel state legislatures?", COMPEL),
        ("Is it constitutional for the federal government to draft the police?", COMPEL),
        ("Does the constitution allow Congress to commandeer the police?", COMPEL),
        ("Does Congress have the power to coerce states?", COMPEL),
        ("Are the feds allowed to order cities to do so?", COMPEL),
        ("Can a city be forced to help ICE?", COMPEL),
        ("What is the anti-commandeering doctrine?", COMPEL),
        ("anticommandeering", COMPEL),
        ("Is commandeering lawful?", COMPEL),
        ("Must cities enforce immigration law?", COMPEL),
        ("Do local police have to enforce federal immigration law?", COMPEL),
        ("Can states make their own immigration laws?", FIELD),
        ("Is immigration only a federal matter?", FIELD),
        ("Who controls immigration?", FIELD),
        ("Can the president make laws?", STEM),
        ("Where does the president's power come from?", STEM),
        ("Does an executive order need a statute?", STEM),
    ],
)
def test_a_doctrine_is_put_as_courts_put_it(question: str, starts: str) -> None:
    words = doctrine_of(question, PLACES)
    assert words is not None
    assert words.startswith(starts)


@pytest.mark.parametrize(
    "question",
    [
        # a text, a court or a place is named
        "Does 8 U.S.C. § 1373 let Congress force cities?",
        "Did the Court say whether Congress can compel states?",
        "Can Congress force states, as Justice Gray wrote?",
        "Can Iowa police be forced to help ICE?",
        # a condition on money compels nobody
        "Can Congress force states to take conditions on grants?",
        # nobody is made to do anything, or somebody else is, by somebody else
        "Can ICE make arrests at city hall?",
        "Can the federal government require schools to report?",
        "May a city require police to help ICE?",
        "Can Congress make states' laws void?",
        "Did Congress make states comply?",
        "Do local police honor detainers?",
        "Can cities enforce immigration law?",
        "Can a county adopt an immigration policy?",
        "Can the president sign a bill?",
        COMPEL,
        "",
    ],
)
def test_other_questions_are_asked_as_they_stand(question: str) -> None:
    assert doctrine_of(question, PLACES) is None


def test_what_police_must_do_is_asked_of_the_law_where_the_asker_stands() -> None:
    assert doctrine_of("Must cities enforce immigration law?", PLACES, "us/ia") is None
    forced = "Can Congress force cities to enforce immigration law?"
    assert doctrine_of(forced, PLACES, "us/ia") == COMPEL


@pytest.mark.parametrize("hostile", ["can the ", "must the states ", "is it ", "a ", "\t"])
def test_a_hostile_question_costs_no_more_than_a_long_one(hostile: str) -> None:
    started = time.perf_counter()
    doctrine_of("Can the feds " + hostile * (20_000 // len(hostile)), PLACES)
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize(
    ("kind", "part", "taken"),
    [
        (Kind.COURT_RULING, "majority", True),
        (Kind.COURT_RULING, "dissent", False),
        (Kind.STATUTE, None, False),
        (Kind.OP_ED, None, False),
    ],
)
def test_only_a_courts_own_words_answer_a_doctrine(
    document: Callable[..., Document], kind: Kind, part: Part | None, taken: bool
) -> None:
    whole = Span(0, len(RULING))
    one = document("one", RULING, kind, title="Arden v. Elm", jurisdiction="us")
    one = replace(one, sections=(Section("", "", 0, whole, part),) if part else ())
    shown = cite(one, whole, Vantage(date(2026, 11, 22)))
    said = Statement(RULING, shown.channel, (1,), support=0.9)
    notices = ("Later history unknown.",)
    found = Answer(Question(COMPEL), (said,), (shown,), notices=notices, confidence=0.95)
    assert as_doctrine(replace(found, confidence=0.85), Question("?")) is None
    asked = Question("Can the feds make our sheriff do it?")
    answer = as_doctrine(found, asked)
    if not taken:
        assert answer is None
        return
    assert answer is not None
    assert (answer.question, answer.citations) == (asked, (shown,))
    assert not may_be_worded(replace(answer, question=replace(asked, llm=True)))
    assert answer.notices == (
        f"The question was read as: “{COMPEL}”",
        "Later history unknown.",
    )


def test_where_nothing_is_quoted_no_doctrine_answers() -> None:
    assert as_doctrine(Answer(Question(COMPEL)), Question("?")) is None


CATALOGUE = """
[[entry]]
id = "ruling"
file = "ruling.md"
kind = "court_ruling"
title = "Arden v. Elm"
citation = "Arden v. Elm, 9 U.S. 9 (1999)"
jurisdiction = "us"
issued = 1999-01-01
status = "in_force"

[[entry]]
id = "order"
file = "order.md"
kind = "executive_order"
title = "Police"
jurisdiction = "us"
issued = 2001-01-01
status = "in_force"
"""
ORDER = "Local police enforce immigration law with the federal government, and a force of police."


def test_who_asks_in_plain_words_is_answered_by_the_court(
    tmp_path: Path, light_shelf: Callable[[Settings], Shelf]
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    texts = {"catalogue.toml": CATALOGUE, "ruling.md": RULING, "order.md": ORDER}
    for name, text in texts.items():
        (corpus / name).write_text(text, encoding="utf-8")
    settings = Settings(data_dir=tmp_path / "data", ocr="off")
    shelf = light_shelf(settings)
    ingest(settings, [corpus], shelf=shelf)
    engine = Engine(settings, shelf)
    question = Question("Can the federal government force local police to enforce immigration law?")
    answer = engine.ask(question).answer
    engine.close()
    assert answer is not None
    assert [one.entry.id for one in answer.citations] == ["ruling"]
    assert answer.question.text == question.text
    assert answer.notices[0] == f"The question was read as: “{COMPEL}”"
