"""Who names a text, or a clause, and no matter in it gets that clause, or what the text is for."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest

from pincite.kinds import Kind
from pincite.types import Document, Filters, Mark, Question, Section, Span
from service.answering.answerer import _of_named
from service.answering.by_rule.gists import gist
from service.answering.by_rule.wholes import lacking_clause, whole
from service.holdings import Holdings
from service.linking.held import Place
from service.vantage import Vantage

MakeDocument = Callable[..., Document]
Ask = Callable[[str], list[str]]

STATUTE = (
    "§ 1373. Communication\n(a) In general\nNo State may restrict any entity from sending it."
    "\n(b) Additional authority\nNo person may restrict any entity from keeping it."
)
DEFINING = (
    "27A.1 Definitions.\nAs used in this chapter, jail means a place where persons are held.\n"
    "27A.2 Compliance.\nA sheriff shall comply with each detainer request that is made.\n"
    "Nothing in this chapter shall be construed to bar bail."
)
ORDER = (
    "Order of May 2\nSection 1. Purpose. The last four years have been hard on every office."
    "\nSec. 2. Policy. It is the policy of this office to enforce every law on the books."
)
AMENDING = (
    "Section 1. Subdivision b is amended to read as follows:\n"
    "b. [The department shall hold any person for two days.]\n"
    "provided that the department shall tell nobody of it at all.\n"
    "c. The department shall hold nobody longer than the law of the state requires."
)
RESOLUTION = (
    "Whereas, the council must rise to the day; and\n"
    "Resolved, That the council of the city condemns the threat."
)


def sections(text: str, *headings: tuple[str, str, int]) -> tuple[Section, ...]:
    """Sections of those labels, headings and levels, each to the next of its level or the end."""
    starts = [text.index(heading or label) for label, heading, _ in headings]
    found = []
    for at, (label, heading, level) in enumerate(headings):
        later = [s for s, (*_, other) in zip(starts, headings, strict=True) if other <= level]
        end = min([s for s in later if s > starts[at]], default=len(text))
        found.append(Section(label, heading, level, Span(starts[at], end)))
    return tuple(found)


def headed(document: Document, *titles: str) -> Document:
    places = [(document.text.index(title), len(title)) for title in titles]
    marks = tuple(Mark(Span(start, start + size), "heading", "2") for start, size in places)
    return replace(document, marks=(*document.marks, *marks))


@pytest.fixture
def documents(document: MakeDocument) -> dict[str, Document]:
    """A statute, a chapter, an order, an amending act, a resolution, a news article."""
    usc = document(
        "usc", STATUTE, title="Communication", citation="8 U.S.C. § 1373", status="in_force"
    )
    iowa = document(
        "iowa", DEFINING, title="Of jails", citation="Iowa Code ch. 27A", status="in_force"
    )
    order = document(
        "eo", ORDER, Kind.EXECUTIVE_ORDER, title="Of laws", citation="Exec. Order No. 14,500"
    )
    act = document(
        "act",
        AMENDING,
        Kind.AMENDING_ACT,
        title="Of holds",
        citation="N.Y.C. Local Law No. 9 of 2014",
    )
    gone = Mark(Span(AMENDING.index("[The"), AMENDING.index("]") + 1), "deleted")
    made = [
        headed(usc, "§ 1373. Communication", "(a) In general", "(b) Additional authority"),
        replace(
            headed(iowa, "27A.1 Definitions.", "27A.2 Compliance."),
            sections=sections(
                DEFINING, ("§ 27A.1", "27A.1 Definitions.", 1), ("§ 27A.2", "27A.2 Compliance.", 1)
            ),
        ),
        replace(order, sections=sections(ORDER, ("Sec. 1", "Purpose", 1), ("Sec. 2", "Policy", 1))),
        replace(act, marks=(gone,)),
        document(
            "res", RESOLUTION, Kind.RESOLUTION, title="Of threats", citation="N.Y.C. Res. 12-2025"
        ),
        document(
            "news", "A mayor spoke today of the law.", Kind.NEWS, title="Mayor of Elm speaks today"
        ),
    ]
    return {one.entry.id: one for one in made}


@pytest.fixture
def shelf(held: Callable[..., Holdings], documents: dict[str, Document]) -> Holdings:
    """The documents, with what their citations lead to."""
    made = held(*documents.values())
    clause = STATUTE.index("(b)")
    places = {
        "8 usc 1373": (Place("usc", Span(0, len(STATUTE))),),
        "8 usc 1373(b)": (Place("usc", Span(clause, len(STATUTE))),),
        "8 usc 1373(z)": (Place("usc", Span(0, len(STATUTE)), exact=False),),
        "eo 14500": (Place("eo"),),
        "nyc ll 9/2014": (Place("act"),),
    }
    links = SimpleNamespace(
        held=places, aliases={}, places=lambda key: places.get(key, ()), names_held=lambda _: True
    )
    object.__setattr__(made, "links", links)
    return made


@pytest.fixture
def ask(shelf: Holdings) -> Ask:
    """The quotes of what is said as a whole."""

    def asked(question: str) -> list[str]:
        said = whole(question, Vantage(date(2026, 11, 22), works=shelf.works), shelf)
        return [one.quote for one in said.citations] if said else []

    return asked


@pytest.fixture
def lacking(shelf: Holdings) -> Callable[[str], str | None]:
    """The clause that is asked for and not there."""
    view = Vantage(date(2026, 11, 22), works=shelf.works)
    return lambda question: lacking_clause(question, view, shelf)


@pytest.mark.parametrize(
    ("question", "starts"),
    [
        ("What does 8 U.S.C. § 1373(b) say?", "No person may restrict"),
        ("8 USC 1373(b)", "No person may restrict"),
        ("What does 8 U.S.C. § 1373 say?", "No State may restrict"),
        ("Summarize Exec. Order No. 14,500", "It is the policy of this office"),
        ("what is executive order 14500 about", "It is the policy of this office"),
        ("What does Iowa Code chapter 27A provide?", "A sheriff shall comply"),
        ("What does Local Law 9 of 2014 do?", "c. The department shall hold nobody"),
        ("Mayor of Elm speaks today", "A mayor spoke today"),
    ],
)
def test_what_is_named_is_quoted(ask: Ask, question: str, starts: str) -> None:
    (quote,) = ask(question)
    assert quote.startswith(starts)


@pytest.mark.parametrize(
    "question",
    [
        "What does 8 U.S.C. § 1373 say about schools?",
        "Who signed Exec. Order No. 14,500?",
        "When was 8 U.S.C. § 1373?",
        "What does 8 U.S.C. § 1373(z) say?",  # no such clause is held
        "What does the law say?",
        "What does 8 U.S.C. § 9999 say?",
        "What do 8 U.S.C. § 1373 and 8 U.S.C. § 9999 say?",  # one is not held
        "What does the mayor of Elm say?",
    ],
)
def test_a_matter_is_left_to_the_ranking(ask: Ask, question: str) -> None:
    assert ask(question) == []


@pytest.mark.parametrize(
    ("question", "absent"),
    [
        ("8 USC 1373(z)", "8 U.S.C. § 1373(z)"),
        ("What does 8 U.S.C. § 1373(b) say?", None),
        ("What does 8 U.S.C. § 1373(z) say of schools?", None),  # the ranking may know
        ("What does 8 U.S.C. § 1373 say?", None),
    ],
)
def test_a_clause_that_a_held_text_lacks_is_named(
    lacking: Callable[[str], str | None], question: str, absent: str | None
) -> None:
    assert lacking(question) == absent


def test_a_ruling_may_be_named_by_a_party_in_any_letters(
    document: MakeDocument, held: Callable[..., Holdings]
) -> None:
    text = "The seizure order cannot be sustained as one of war.\nAffirmed."
    ruling = document(
        "steel", text, Kind.COURT_RULING, title="Youngforge Tube Co. v. Sawyer", status="in_force"
    )
    shelf = held(ruling)
    view = Vantage(date(2026, 11, 22), works=shelf.works)
    for question in ("Youngforge", "youngforge tube v sawyer", "Summarize Youngforge v. Sawyer"):
        said = whole(question, view, shelf)
        assert said is not None
        assert said.citations[0].quote == "The seizure order cannot be sustained as one of war."
    assert whole("Youngforge and the mills of 1952", view, shelf) is None


@pytest.mark.parametrize(
    ("filters", "shown"),
    [
        (Filters(), True),
        (Filters(documents=("usc",)), True),
        (Filters(documents=("iowa",)), False),
        (Filters(kinds=(Kind.EXECUTIVE_ORDER,)), False),
    ],
)
def test_what_the_filters_hide_is_not_told(shelf: Holdings, filters: Filters, shown: bool) -> None:
    question = Question("8 USC 1373(b)", filters=filters)
    asking = SimpleNamespace(text=question.text, question=question, holdings=shelf)
    view = Vantage(date(2026, 11, 22), works=shelf.works)
    on = cast(Any, SimpleNamespace(asking=asking, view=view))
    assert (_of_named(on) is not None) is shown


def test_a_bill_is_what_its_title_says(document: MakeDocument) -> None:
    title = "A Local Law to amend the code of the city, in relation to counting its boats"
    text = f"Status: Filed\nTitle: {title}\nSection 1. Each owner shall count every boat he has."
    spans = gist(document("int", text, Kind.BILL, title="Of boats"))
    assert spans[0].of(text) == title


def test_a_text_named_alone_is_told_of_as_such(
    held: Callable[..., Holdings], documents: dict[str, Document]
) -> None:
    shelf = held(*documents.values())
    view = Vantage(date(2026, 11, 22), works=shelf.works)
    said = whole("Mayor of Elm speaks today", view, shelf)
    assert said is not None
    (notice,) = said.notices
    assert "not a matter in it" in notice
    assert said.statements[0].channel == said.citations[0].channel == "argument"


def test_a_resolution_is_what_it_resolves(documents: dict[str, Document]) -> None:
    (span,) = gist(documents["res"])
    assert span.of(RESOLUTION).startswith("Resolved, That the council")


def test_a_text_of_nothing_is_for_nothing(document: MakeDocument) -> None:
    assert gist(document("empty", "", title="Nothing")) == []
    started = time.perf_counter()
    gist(document("long", "The city shall be construed. " * 20_000, title="Long"))
    assert time.perf_counter() - started < 10
