"""How a court voted is told of a ruling that is named alone, with the lines that show it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import accumulate
from types import SimpleNamespace
from typing import Any, cast

import pytest

from pincite.kinds import Kind
from pincite.types import Document, Part, Question, Section, Span
from service.answering.answerer import _of_named
from service.answering.by_rule.telling import Told
from service.answering.by_rule.votes import voted
from service.holdings import Holdings
from service.linking.held import Place
from service.vantage import Vantage

MakeDocument = Callable[..., Document]
Opinion = tuple[str, Part | None, str | None, tuple[str, ...]]
Ask = Callable[[str], Told | None]

DAY = date(2026, 11, 22)
LINEUP = (
    "OAKES, J., delivered the opinion of the Court, in which REED, C. J., joined."
    " SOTO, J., filed a dissenting opinion, in which WHITE, J., joined."
)
ALDER: Sequence[Opinion] = (
    (f"Syllabus\nFerries pay no toll.\n{LINEUP}", "syllabus", None, ()),
    ("Justice OAKES delivered the opinion of the Court.\nA ferry is no bridge.",
     "majority", "Oakes, J.", ("Reed, C. J.",)),
    ("Justice SOTO, with whom Justice WHITE joins, dissenting.\nIt is one.",
     "dissent", "Soto, J.", ("White, J.",)),
)  # fmt: skip
BIRCH: Sequence[Opinion] = (
    ("Mr. Justice GREY delivered the opinion of the Court.\nMills stand.",
     "majority", "Grey, J.", ()),
    ("Mr. Justice BOX, with whom Mr. Justice IVY joins, dissenting.\nNot these.",
     "dissent", "Box, J.", ("Ivy, J.",)),
)  # fmt: skip
CEDAR: Sequence[Opinion] = (("Opinion\nA canoe is a boat.", "majority", None, ()),)
OF_ALDER = (
    "Alder v. United States, 12 U.S. 34 (2001): Oakes, J. (joined by Reed, C. J.) wrote the"
    " majority opinion; Soto, J. (joined by White, J.) wrote in dissent."
)
OF_BIRCH = (
    "Birch Tube Co. v. Marlow, 56 U.S. 78 (2001): Grey, J. wrote the majority opinion;"
    " Box, J. (joined by Ivy, J.) wrote in dissent."
)


def ruling(
    make: MakeDocument,
    name: str,
    title: str,
    opinions: Sequence[Opinion],
    kind: Kind = Kind.COURT_RULING,
    **fields: str,
) -> Document:
    """A text of these opinions, whose bylines are their first lines."""
    text = "\n".join(words for words, *_ in opinions)
    starts = accumulate((len(words) + 1 for words, *_ in opinions), initial=0)
    sections = tuple(
        Section("Opinion", words.split("\n")[0], 0, Span(at, at + len(words)), part, author, joined)
        for at, (words, part, author, joined) in zip(starts, opinions, strict=False)
    )
    made = make(name, text, kind, title=title, status="in_force", **fields)
    return replace(made, sections=sections)


@pytest.fixture
def shelf(held: Callable[..., Holdings], document: MakeDocument) -> Holdings:
    """Rulings with a line of who joined what, with bylines and with none; a bill and a statute."""
    alder, birch, cedar = "Alder v. United States", "Birch Tube Co. v. Marlow", "Cedar v. Hale"
    made = held(
        document("georgia", "A canoe pays a toll.", jurisdiction="us/ga"),
        ruling(document, "alder", alder, ALDER, citation=f"{alder}, 12 U.S. 34 (2001)"),
        ruling(document, "birch", birch, BIRCH, citation=f"{birch}, 56 U.S. 78 (2001)"),
        ruling(document, "cedar", cedar, CEDAR, citation=f"{cedar}, 90 U.S. 12 (2001)"),
        ruling(document, "dell", "Dell v. Reed", BIRCH[:1], citation="Dell v. Reed, 9 U.S. 7"),
        # no court's, though signed as opinions are
        ruling(document, "bill", "Ferries canoes rafts mooring", BIRCH, Kind.BILL),
        ruling(document, "law", "Lighthouse keepers pilots wages", BIRCH, Kind.STATUTE),
    )
    places = {"12 us 34": (Place("alder"),), "56 us 78": (Place("birch", Span(0, 9)),)}
    links = SimpleNamespace(
        held=places, aliases={}, places=lambda key: places.get(key, ()), names_held=lambda _: True
    )
    object.__setattr__(made, "links", links)
    return made


@pytest.fixture
def ask(shelf: Holdings) -> Ask:
    return lambda question: voted(question, Vantage(DAY, works=shelf.works), shelf)


@pytest.mark.parametrize(
    "question",
    [
        "What was the vote in Alder?",
        "How did the justices vote in Alder v. United States?",
        "Was Alder unanimous?",
        "was alder v. united states unanimous",
        "What was the line-up in Alder?",
        "How did the Supreme Court split in Alder?",
        "Breakdown of Alder",
        "Who was in the minority in Alder?",
        "Which justices were on which side in Alder?",
        "What was the vote in 12 U.S. 34?",
        # a justice is named
        "How did Justice Soto vote in Alder?",
        "How did White vote in Alder?",
        "Which justices voted with Oakes in Alder?",
        "Did Oakes vote with Justice Soto in Alder?",
        "Was Justice Soto's vote in Alder in the minority?",
    ],
)
def test_a_vote_is_told_with_the_line_that_lists_all(ask: Ask, question: str) -> None:
    found = ask(question)
    assert found is not None
    (statement,), (citation,) = found.statements, found.citations
    assert statement.text == OF_ALDER
    assert statement.citations == (1,)
    assert statement.channel == citation.channel == "record"
    assert citation.quote == LINEUP
    assert found.notices == ()


def test_without_that_line_bylines_are_quoted(ask: Ask) -> None:
    found = ask("Was Birch Tube unanimous?")
    assert found is not None
    (statement,) = found.statements
    assert (statement.text, statement.channel) == (OF_BIRCH, "law")
    assert statement.citations == (1, 2)
    assert [one.quote for one in found.citations] == [
        "Mr. Justice GREY delivered the opinion of the Court.",
        "Mr. Justice BOX, with whom Mr. Justice IVY joins, dissenting.",
    ]


@pytest.mark.parametrize(
    "question",
    [
        # no ruling
        "What was the vote on Ferries canoes rafts mooring?",
        "What was the vote on Lighthouse keepers pilots wages?",
        # a matter in it, or another court's vote
        "Was Alder unanimous about tolls?",
        "May a ferry vote in Alder?",
        "How did the Ninth Circuit vote in Alder?",
        # no vote
        "Who wrote the dissent in Alder?",
        "Alder v. United States",
        # none joined it, none signed it, a stretch of one, two, one that is not held, none
        "Was Dell unanimous?",
        "Was Cedar unanimous?",
        "What was the vote in 56 U.S. 78?",
        "Were Alder and Birch Tube unanimous?",
        "Was Lisle v. Harbeck unanimous?",
        "Was the Court unanimous?",
    ],
)
def test_what_asks_for_no_vote_of_one_ruling_is_left_alone(ask: Ask, question: str) -> None:
    assert ask(question) is None


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How did the Court vote in Alder?", [OF_ALDER]),
        ("Ferries canoes rafts mooring vote", []),
    ],
)
def test_a_vote_answers_what_names_a_ruling_alone(
    shelf: Holdings, question: str, said: list[str]
) -> None:
    asking = SimpleNamespace(text=question, question=Question(question), holdings=shelf)
    view = Vantage(DAY, works=shelf.works)
    found = _of_named(cast(Any, SimpleNamespace(asking=asking, view=view)))
    assert [one.text for one in found.statements] == said if found else not said


@pytest.mark.parametrize(
    "question",
    [
        "Was Alder unanimous about a toll? " * 2_000,
        "Did Justice A" * 5_000 + " vote?",
        "Who voted with " + "A v. B " * 5_000,
        "How did the Court vote" + " " * 50_000 + "on tolls?",
    ],
)
def test_a_hostile_question_is_read_in_no_time(ask: Ask, question: str) -> None:
    started = time.perf_counter()
    assert ask(question) is None
    assert time.perf_counter() - started < 5
