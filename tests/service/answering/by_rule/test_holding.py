"""What a ruling holds as a whole is quoted where the Court says so, and nowhere else."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import accumulate

import pytest

from pincite.kinds import Kind
from pincite.types import Document, Hit, Part, Section, Span
from service.answering.asking import Wanted
from service.answering.by_rule.holding import held as what_is_held
from service.answering.by_rule.holding import holding_of
from service.answering.evidence import Evidence
from service.answering.stretches import stretches
from service.holdings import Holdings
from service.vantage import Vantage

MakeDocument = Callable[..., Document]
Ask = Callable[[str], list[str]]
Opinion = tuple[str, Part]

HOLDS = "Today we hold that no town may be made to keep it."
ALDER: Sequence[Opinion] = (
    ("Held: a register may not be asked for. We now hold it.", "syllabus"),
    (
        "The Court of Appeals held that it may. Petitioners argue that we hold towns to less.\n"
        "In Dane we said: “we hold that a register is light.” We conclude that it is not.\n"
        f"We held in Dane that no State may be told. {HOLDS} It matters not why."
        " The Government asserts a need.\n"
        "The judgment of the Court of Appeals is reversed.",
        "majority",
    ),
    ("1 We hold nothing on fees.", "note"),
    ("We now hold otherwise, I would say. The judgment is affirmed.", "dissent"),
)
BIRCH: Sequence[Opinion] = (
    (
        "The order came in April. The order cannot be sustained as one of war.\nAffirmed.",
        "majority",
    ),
)
CEDAR: Sequence[Opinion] = (("The toll is ten dollars. Both sides rest.", "majority"),)


def ruling(make: MakeDocument, name: str, title: str, opinions: Sequence[Opinion]) -> Document:
    text = "\n".join(words for words, _ in opinions)
    starts = accumulate((len(words) + 1 for words, _ in opinions), initial=0)
    sections = tuple(
        Section("", "", 0, Span(start, start + len(words)), part)
        for start, (words, part) in zip(starts, opinions, strict=False)
    )
    entry = {
        "citation": f"{title}, {len(text)} U.S. 1 (2001)",
        "status": "in_force",
        "jurisdiction": "us",
    }
    return replace(make(name, text, Kind.COURT_RULING, title=title, **entry), sections=sections)


@pytest.fixture
def documents(document: MakeDocument) -> dict[str, Document]:
    """Three rulings and a statute."""
    made = [
        ruling(document, "alder", "Alder v. United States", ALDER),
        ruling(document, "birch", "Birch Tube Co. v. Marlow", BIRCH),
        ruling(document, "cedar", "Cedar v. United States", CEDAR),
        document("law", "A sheriff shall keep a register.", title="Registers", status="in_force"),
    ]
    return {one.entry.id: one for one in made}


@pytest.fixture
def ask(held: Callable[..., Holdings], documents: dict[str, Document]) -> Ask:
    """The quotes of what is held."""
    shelf = held(*documents.values())

    def asked(question: str) -> list[str]:
        said = what_is_held(question, Vantage(date(2026, 11, 22), works=shelf.works), shelf)
        return [one.quote for one in said.citations] if said else []

    return asked


@pytest.mark.parametrize(
    "question",
    [
        "What did the Court hold in Alder?",
        "holding of Alder v. United States",
        "What was decided in Alder v. United States (2001)?",
        "What does Alder stand for?",
        "How did Alder come out?",
    ],
)
def test_the_court_says_what_it_holds_in_the_present_and_in_its_own_name(
    ask: Ask, question: str
) -> None:
    assert ask(question) == [
        f"We held in Dane that no State may be told. {HOLDS} It matters not why.",
        "The judgment of the Court of Appeals is reversed.",
    ]


def test_older_rulings_say_what_cannot_stand(ask: Ask) -> None:
    birch = ["The order cannot be sustained as one of war.", "Affirmed."]
    assert ask("What did the Supreme Court rule in Birch Tube?") == birch
    assert len(ask("What did Birch Tube and Alder decide?")) == 4


@pytest.mark.parametrize(
    "question",
    [
        "What did Alder hold about fees?",
        "What did the dissent in Alder conclude?",
        "What did the Court of Appeals hold in Alder?",
        "What did the Court hold?",
        "What is the toll in Cedar?",
        "What did the Court hold in Cedar?",  # nothing, in words that are known
        "What did the Court hold of Registers?",
    ],
)
def test_what_asks_of_one_matter_is_left_to_the_ranking(ask: Ask, question: str) -> None:
    assert ask(question) == []


def test_a_long_opinion_is_read_in_no_time(document: MakeDocument) -> None:
    text = "The order and the law and the section " * 20_000
    made = ruling(document, "elm", "Elm v. Oak", [(text, "majority")])
    started = time.perf_counter()
    assert holding_of(made) == []
    assert time.perf_counter() - started < 5


def test_what_merely_cites_is_not_quoted(document: MakeDocument, hit: Callable[..., Hit]) -> None:
    text = "6 §1701, 111 Stat. 1101.\n25 See n. 29, infra.\nThe lock box was never opened."
    made = ruling(document, "fir", "Fir v. Gale", [(text, "majority")])
    one = Evidence(hit(made), made, 0.0, 1.0)
    found = [span.of(made.text) for _, span, _ in stretches([one], Wanted({}), None)]
    assert found == ["The lock box was never opened."]
