"""What a question names alone is what is meant: the very text, law first, the code's section."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from pincite.kinds import Kind
from pincite.types import Document, Link, Section, Span
from service.answering.by_rule.alone import named_alone
from service.holdings import Holdings
from service.linking.held import Place
from service.vantage import Vantage

MakeDocument = Callable[..., Document]
Named = Callable[..., list[Place]]

TITLES = {"§ 2-6": "Moorings", "§ 2-7": "Tolls", "§ 2-8": "Pilots"}


@pytest.fixture
def named(held: Callable[..., Holdings]) -> Named:
    """What is named alone over these documents, where a citation leads to those places."""

    def made(question: str, key: str, places: list[Place], *documents: Document) -> list[Place]:
        shelf = held(*documents)
        links = SimpleNamespace(
            held={}, aliases={}, places=lambda one: tuple(places) if one == key else ()
        )
        object.__setattr__(shelf, "links", links)
        view = Vantage(date(2026, 11, 22), works=shelf.works)
        return named_alone(question, {"say"}, view, shelf)

    return made


def code_with(document: MakeDocument, *parts: tuple[str, list[str]]) -> tuple[Document, list[Span]]:
    """A code of such parts with their sections, and where each has its § 2-6."""
    text, sections, found = "", list[Section](), list[Span]()
    for label, units in parts:
        start, within = len(text), list[Section]()
        text += f"{label}\n"
        for unit in units:
            said = f"{unit} {TITLES[unit]} of {label}.\nEvery ship is told of it.\n"
            span = Span(len(text), len(text) + len(said))
            within.append(Section(unit, TITLES[unit], 2, span))
            found += [span] if unit == "§ 2-6" else []
            text += said
        sections += [Section(label, "", 1, Span(start, len(text))), *within]
    one = document("elm", text, Kind.ORDINANCE, citation="Elm, Mass., Code of Ordinances")
    return replace(one, sections=tuple(sections)), found


@pytest.mark.parametrize(("minor", "of_code"), [("Part I", "Part II"), ("App. A", "Part II")])
@pytest.mark.parametrize("first", ["the charter", "the code"])
def test_a_section_is_the_codes_and_not_that_of_its_charter_or_appendix(
    document: MakeDocument, named: Named, minor: str, of_code: str, first: str
) -> None:
    parts = [(minor, ["§ 2-6"]), (of_code, list(TITLES))]
    if first == "the code":
        parts.reverse()
    elm, spans = code_with(document, *parts)
    places = [Place("elm", span) for span in spans]
    question = "What does Elm Code § 2-6 say?"
    (place,) = named(question, "elm code 2-6", places, elm)
    assert place.span is not None
    assert place.span.of(elm.text).startswith(f"§ 2-6 Moorings of {of_code}.")


def test_the_very_text_goes_before_what_quotes_copies_or_tells_of_it(
    document: MakeDocument, named: Named
) -> None:
    text = "Every ship pays a toll to the city."
    law = document("law", text, status="in_force")
    copy = document("copy", text, status="in_force", relations=(Link("same_text_as", "law"),))
    memo = document("memo", text, Kind.DOJ_MEMO)
    whole, part = Span(0, len(text)), Span(0, 10)
    least_to_best = [
        Place("law", exact=False),
        Place("memo"),
        Place("copy"),
        Place("law", part),
        Place("law"),
    ]
    for count in range(2, len(least_to_best) + 1):
        places = least_to_best[:count]
        found = named("8 U.S.C. § 99", "8 usc 99", places, law, copy, memo)
        assert found == [places[-1]]
    assert named("8 U.S.C. § 99", "8 usc 99", [Place("law", whole, exact=False)], law) == []


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("What does 8 U.S.C. § 99 say?", 1),
        ("the text of 8 U.S.C. § 99", 1),
        ("What does 8 U.S.C. § 99 say of tolls?", 0),
        ("What does 8 U.S.C. § 98 say?", 0),
        ("What do 8 U.S.C. § 99 and 8 U.S.C. § 98 say?", 0),
    ],
)
def test_nothing_else_is_said_beside_the_name(
    document: MakeDocument, named: Named, question: str, count: int
) -> None:
    law = document("law", "Every ship pays.", title="Ships", status="in_force")
    assert len(named(question, "8 usc 99", [Place("law")], law)) == count


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("What does Elm law say?", ["law"]),
        ("What do the laws of Elm say?", ["law"]),
        ("What does Elm's boating law say?", ["law"]),  # its title says what it is of
        ("What does Elm's tax law say?", []),
        ("What does Oak law say?", ["first", "second"]),
        ("What does Ash law say?", []),  # three of its laws are held
        ("What does Elm say?", []),
    ],
)
def test_the_one_law_of_a_place_is_named_by_whose_it_is(
    named: Named, document: MakeDocument, question: str, found: list[str]
) -> None:
    places = {"law": "us/ia/elm", "first": "us/ia/oak", "second": "us/ia/oak"}
    places |= dict.fromkeys(("one", "two", "three"), "us/ia/ash")
    laws = [
        document(name, "Every ship pays.", title="Boating", jurisdiction=place, status="in_force")
        for name, place in places.items()
    ]
    deal = document("deal", "Ships pay.", Kind.AGREEMENT, jurisdiction="us/ia/elm")
    assert [place.document_id for place in named(question, "", [], *laws, deal)] == found


def test_an_order_may_be_named_with_who_signed_it(named: Named, document: MakeDocument) -> None:
    order = document(
        "order", "Every ship pays.\nMary Oster\nMayor", Kind.EXECUTIVE_ORDER, title="Ships",
        citation="Elm Exec. Order No. 12", issued=date(2008, 5, 1),
    )  # fmt: skip
    for maker in ("Mayor Oster's", "osters", "Oster"):
        (place,) = named(f"What does {maker} Executive Order 12 of 2008 say?", "", [], order)
        assert place.document_id == "order"
    assert named("What does Mayor Hale's Executive Order 12 of 2008 say?", "", [], order) == []
