"""Who asks for one sort of clauses of a text gets those, in its words, or that it has none."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest

from pincite.kinds import Kind
from pincite.types import Answer, Document, Filters, Hit, Mark, Question, Section, Span
from service.abstaining import ENOUGH
from service.answering.answerer import _of_named, answer_from
from service.answering.by_rule.provisions import provisions
from service.answering.by_rule.telling import Told
from service.answering.considering import Asking
from service.holdings import Holdings
from service.linking.held import Place
from service.vantage import Vantage
from service.wording import Wording

MakeDocument = Callable[..., Document]
MakeHeld = Callable[..., Holdings]
MakeHit = Callable[..., Hit]
Chapter = Callable[..., Document]
Tell = Callable[..., Told | None]
Ask = Callable[..., list[str]]

DAY = date(2026, 11, 22)
NONE = "No clause of that sort was found in Elm Harbor Code ch. 9."
TOLL = "Every ship pays a toll to the city."
FINE = "Whoever sinks a ship pays a fine of two crowns."
DEFINES = "“Ship” means a vessel that has a mast and a crew."
VESTED = "By virtue of the power vested in me, the harbor is open."
LEDGER = "The harbor master shall keep a ledger of all tolls."
NO_HOLD = "The harbor master shall not hold any ship for its flag."
PAPERS = "A pilot may ask any captain for the papers of a ship."
DISTRESS = "Nothing in this chapter binds a ship that is in distress."
GUILTY = "Whoever wrecks a ship is guilty of a misdemeanor for each day."
ENFORCE = "The council shall enforce every rule on tolls by suit."
REPORT = "The harbor master shall send a report to the council each spring."
CAUSE = "A captain has a cause of action over a toll that is wrong."
STAND = "If any section of this chapter falls, the others stand."
EXPIRES = "This chapter expires on the first of May 2030."
EFFECT = "This chapter takes effect on the first of June 2020."
HARBORS = [TOLL, DEFINES, VESTED, LEDGER, NO_HOLD, PAPERS, DISTRESS, GUILTY, ENFORCE, REPORT]
HARBORS += [CAUSE, STAND, EXPIRES, EFFECT]
OR_SILENT = [
    ("What are the exceptions in {}?", [DISTRESS]),
    ("What penalties does {} provide?", [GUILTY]),
    ("What terms does {} define?", [DEFINES]),
    ("Definitions in {}", [DEFINES]),
    ("Is {} severable?", [STAND]),
    ("When does {} expire?", [EXPIRES]),
    ("What reports does {} require?", [REPORT]),
    ("Under what authority was {} issued?", [VESTED]),
    ("Who enforces {}?", [ENFORCE]),
    ("Does {} create a private right of action?", [CAUSE]),
]
OR_RANKED = [
    ("When does {} take effect?", [EFFECT]),
    ("What does {} prohibit?", [NO_HOLD]),
    ("What does {} require?", [LEDGER, ENFORCE, REPORT]),
    ("What does {} permit?", [PAPERS]),
]


def about(question: str) -> str:
    return question.format("Elm Harbor Code chapter 9")


@pytest.fixture
def chapter(document: MakeDocument) -> Chapter:
    """A chapter on harbors of that text."""

    def made(text: str, marks: tuple[Mark, ...] = (), place: str = "Elm", **more: Any) -> Document:
        number = {"Elm": 9, "Oak": 4}[place]
        entry = {"title": f"Harbors of {place}", "citation": f"{place} Harbor Code ch. {number}"}
        one = document(place, text, Kind.ORDINANCE, marks, status="in_force", **entry)
        return replace(one, **more)

    return made


@pytest.fixture
def tell(held: MakeHeld) -> Tell:
    """What is told of these documents."""

    def made(question: str, *documents: Document) -> Told | None:
        shelf = held(*documents)
        return provisions(about(question), Vantage(DAY, works=shelf.works), shelf)

    return made


@pytest.fixture
def ask(tell: Tell) -> Ask:
    """The quotes of what is told."""

    def asked(question: str, *documents: Document) -> list[str]:
        said = tell(question, *documents)
        return [one.quote for one in said.citations] if said else []

    return asked


@pytest.mark.parametrize(("question", "found"), [*OR_SILENT, *OR_RANKED])
def test_the_clauses_of_the_sort_that_is_asked_for_are_told_and_no_others(
    tell: Tell, chapter: Chapter, question: str, found: list[str]
) -> None:
    said = tell(question, chapter("\n".join(HARBORS)))
    assert said is not None
    assert [str(one.text) for one in said.statements] == found
    assert [one.quote for one in said.citations] == found
    assert [one.citations for one in said.statements] == [(at + 1,) for at in range(len(found))]
    assert {one.channel for one in said.statements} == {"law"}
    assert said.notices == ()


@pytest.mark.parametrize("question", [question for question, _ in OR_SILENT])
def test_a_text_without_such_words_is_said_to_have_none(
    tell: Tell, chapter: Chapter, question: str
) -> None:
    assert tell(question, chapter(TOLL)) == Told((), (), (NONE,))
    gone = Mark(Span(0, len(TOLL)), "deleted")  # what stays may say it, and not in such words
    assert tell(question, chapter(TOLL, (gone,))) is None


@pytest.mark.parametrize("question", [question for question, _ in OR_RANKED])
def test_what_may_be_said_in_any_words_is_left_to_the_ranking(
    tell: Tell, chapter: Chapter, question: str
) -> None:
    assert tell(question, chapter(TOLL)) is None


@pytest.mark.parametrize(
    ("question", "heading"),
    [("What penalties does {} provide?", "Penalties"), ("the penalty under {}", "Violations")],
)
def test_clauses_under_a_heading_of_the_sort_go_before_the_others(
    ask: Ask, chapter: Chapter, question: str, heading: str
) -> None:
    text = f"{FINE}\n{heading}\n{GUILTY}\n{TOLL}"
    under = Section("§ 9-2", heading, 1, Span(len(FINE) + 1, len(text)))
    assert ask(question, chapter(text)) == [FINE, GUILTY]
    assert ask(question, chapter(text, sections=(under,))) == [GUILTY]
    empty = replace(under, span=Span(text.index(TOLL), len(text)))
    assert ask(question, chapter(text, sections=(empty,))) == [FINE, GUILTY]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        (["This chapter does not apply to:", "(a) a ship in distress."], [0, 2]),
        (["It is:", "(a) for all ships here except barges;", "(b) for us."], [0, 2]),
        # the item that has the words, without the items before it
        (["(a) He keeps:", "(1) ink;", "(b) A ship pays unless it is wrecked."], [2, 3]),
        (["1. He keeps:", "(a) ink;", "2. A ship pays unless it is wrecked."], [2, 3]),
        (["A. He keeps:", "(1) ink;", "B. A ship pays unless it is wrecked."], [2, 3]),
        # all items of a lead that has them, which say nothing alone
        (["No harbor may do so unless", "(a) it is night;", "(b) a ship sinks."], [0, 3]),
        # an item of an item stays with it
        (["(a) He keeps:", "(i) ink, but for ships, except by night;"], [0, 2]),
        (["(a) He keeps:", "(1) ink, but for ships, except by night;"], [0, 2]),
        (["A. He keeps:", "a. ink, but for ships, except by night;"], [0, 2]),
        (["1. He keeps:", "(1) ink, but for ships, except by night;"], [0, 2]),
    ],
)
def test_an_item_stands_with_its_lead_and_without_its_siblings(
    ask: Ask, chapter: Chapter, text: list[str], quoted: list[int]
) -> None:
    whole = "\n".join(text[slice(*quoted)])
    assert ask("What are the exceptions in {}?", chapter("\n".join(text))) == [whole]


@pytest.mark.parametrize(
    "other",
    [
        "Section 2. The penalty of chapter 9 is amended to read as follows:",
        "provided, however, that a fine of two crowns is due from a wrecker.",
        "and pays a fine of two crowns for each wreck.",
        "The penalties for the wrecking of any ship",
        "Wreckers pay a fine.",
        f"Wreckers pay a fine of {'two or ' * 60}three crowns.",
    ],
)
def test_what_is_no_whole_rule_is_left_out(ask: Ask, chapter: Chapter, other: str) -> None:
    assert ask("What penalties does {} provide?", chapter(f"{other}\n{FINE}")) == [FINE]


def test_struck_words_and_notes_are_left_out(ask: Ask, chapter: Chapter) -> None:
    question, text = "What penalties does {} provide?", f"{GUILTY}\n{FINE}"
    assert ask(question, chapter(text)) == [GUILTY, FINE]
    struck = Mark(Span(GUILTY.index("misdemeanor"), len(GUILTY)), "deleted")
    assert ask(question, chapter(text, (struck,))) == [FINE]
    note = Section("", "Penalties", 1, Span(0, len(GUILTY)), "note")
    assert ask(question, chapter(text, sections=(note,))) == [FINE]


def test_more_than_three_are_counted(tell: Tell, chapter: Chapter) -> None:
    fines = [f"Whoever sinks {count} ships pays a fine." for count in ("two", "six", "ten", "all")]
    said = tell("What penalties does {} provide?", chapter("\n".join(fines)))
    assert said is not None
    assert [one.quote for one in said.citations] == fines[:3]
    assert said.notices == (
        "Quoted are the first 3 of 4 clauses of Elm Harbor Code ch. 9 of that sort; read the rest.",
    )


def test_of_two_texts_the_clauses_of_both_are_told(tell: Tell, chapter: Chapter) -> None:
    both = "What penalties do {} and Oak Harbor Code chapter 4 provide?"
    said = tell(both, chapter(FINE), chapter(GUILTY, place="Oak"))
    assert said is not None
    assert [one.quote for one in said.citations] == [FINE, GUILTY]
    assert [one.citations for one in said.statements] == [(1,), (2,)]
    one = tell(both, chapter(FINE), chapter(TOLL, place="Oak"))
    assert one is not None
    assert [citation.quote for citation in one.citations] == [FINE]
    assert tell(both, chapter(TOLL), chapter(TOLL, place="Oak")) is None


@pytest.mark.parametrize(
    "question",
    [
        "What penalties for wrecking does {} provide?",
        "What penalties does {} provide for pilots?",
        "What penalties does Ash Harbor Code chapter 2 provide?",
        "What penalties does the law provide?",
        "What does {} say?",
        "Who signed {}?",
    ],
)
def test_what_else_is_asked_is_left_to_others(tell: Tell, chapter: Chapter, question: str) -> None:
    shelf = chapter(FINE), chapter(FINE, place="Oak")
    assert tell(question, *shelf) is None
    assert tell("What penalties does {} provide?", *shelf) is not None


@pytest.mark.parametrize(("size", "told_of"), [(200_000, True), (200_001, False)])
def test_all_of_a_code_is_left_to_the_ranking(
    tell: Tell, chapter: Chapter, size: int, told_of: bool
) -> None:
    long = chapter(FINE + "\n" * (size - len(FINE)))
    assert (tell("What penalties does {} provide?", long) is not None) is told_of


@pytest.mark.parametrize(
    ("section", "quotes", "notices"),
    [
        ("9-1", [FINE], ()),  # the heading of the other section is none of its own
        ("9-2", [GUILTY], ()),
        ("9-3", [], ("No clause of that sort was found in Elm Harbor Code § 9-3.",)),
    ],
)
def test_of_a_section_that_is_named_only_its_own_clauses_are_told(
    held: MakeHeld, chapter: Chapter, section: str, quotes: list[str], notices: tuple[str, ...]
) -> None:
    text, headings, sections = "", ("Wrecks", "Penalties", "Tolls"), list[Section]()
    for at, (heading, clause) in enumerate(zip(headings, (FINE, GUILTY, TOLL), strict=True), 1):
        said = f"§ 9-{at} {heading}\n{clause}\n"
        span = Span(len(text), len(text) + len(said))
        sections.append(Section(f"§ 9-{at}", heading, 1, span))
        text += said
    shelf = held(chapter(text, sections=tuple(sections)))
    keys = {f"elm code 9-{at}": (Place("Elm", one.span),) for at, one in enumerate(sections, 1)}
    links = SimpleNamespace(held=keys, aliases={}, places=lambda key: keys.get(key, ()))
    object.__setattr__(shelf, "links", links)
    question = f"What penalties does Elm Code § {section} provide?"
    said_ = provisions(question, Vantage(DAY, works=shelf.works), shelf)
    assert said_ is not None
    assert [one.quote for one in said_.citations] == quotes
    assert said_.notices == notices


@pytest.mark.parametrize(
    ("filters", "shown"),
    [
        (Filters(), True),
        (Filters(documents=("Elm",)), True),
        (Filters(documents=("Oak",)), False),
        (Filters(kinds=(Kind.STATUTE,)), False),
    ],
)
def test_what_the_filters_hide_is_not_told(
    held: MakeHeld, chapter: Chapter, filters: Filters, shown: bool
) -> None:
    shelf = held(chapter(FINE))
    question = Question(about("What penalties does {} provide?"), filters=filters)
    asking = SimpleNamespace(text=question.text, question=question, holdings=shelf)
    on = cast(Any, SimpleNamespace(asking=asking, view=Vantage(DAY, works=shelf.works)))
    assert (_of_named(on) is not None) is shown


@pytest.mark.parametrize("found", [True, False])
def test_an_answer_tells_the_clauses_or_that_there_are_none(
    held: MakeHeld, chapter: Chapter, hit: MakeHit, told: Callable[..., Any], found: bool
) -> None:
    """Whatever the ranking is sure of: little where there are such clauses, much where not."""
    one, encoder = chapter(f"{TOLL}\n{FINE}" if found else TOLL), told(otherwise=0.7)
    strength = {"similarity": 0.1, "fused": 0.1} if found else {"similarity": 0.8, "fused": 1.0}
    shelf, text = held(one), about("What penalties does {} provide?")
    asking = Asking(Question(text), Wording(text), encoder.embed_query(text), shelf, encoder)
    answer: Answer = answer_from(asking, Vantage(DAY, works=shelf.works), [hit(one, **strength)])
    assert [statement.text for statement in answer.statements] == ([FINE] if found else [])
    assert answer.reason == (None if found else "weak_evidence")
    assert ((answer.confidence or 0.0) >= ENOUGH) is found
    if not found:
        weak, none = answer.notices
        assert weak.startswith("No passage here answers that question well enough")
        assert none == NONE


@pytest.mark.parametrize(
    "block", ["\t", "; ", "a", "“Dock” ", "(a) the pier:\n", "the dock: ", f"{NO_HOLD}\n"]
)
def test_a_long_text_is_read_in_no_time(tell: Tell, chapter: Chapter, block: str) -> None:
    long = chapter(block * (30_000 // len(block)))
    started = time.perf_counter()
    for question in ("What penalties does {} provide?", "What does {} prohibit?"):
        tell(question, long)
    assert time.perf_counter() - started < 10
