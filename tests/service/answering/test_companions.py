"""Which exceptions and definitions go with a quote, by rule, over laws made up for this."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.outlines.table import outline
from pincite.kinds import Kind
from pincite.types import Answer, Document, Entry, Mark, Question, Reading, Span, Statement
from service.answering.companions import (
    MOST_DEFINITIONS,
    MOST_EXCEPTIONS,
    accompanied,
    companions_of,
)
from service.citing import cite
from service.holdings import Holdings
from service.vantage import Vantage

Held = Callable[..., Holdings]
DAY = date(2026, 1, 1)

TOLLS = """§ 4-11. Definitions.
As used in this chapter, "vessel" means a boat that carries goods.
§ 4-12. Tolls.
(a) Except as provided in subsection (c), a vessel shall pay a toll.
(b) The warden may waive a toll unless:
(1) the vessel is foreign; or
(2) the harbor is closed.
(c) Ferries of the city pay no toll.
(d) Subsection (a) shall not apply on the first day of May.
(e) Nothing in this section shall be construed to conflict with federal law.
(f) This section takes effect in June.
§ 4-13. Moorings.
(a) A barge may moor for a day. However, a burning barge may not moor.
(b) For purposes of this subsection, the term "barge" means a flat vessel. A barge is towed.
(c) Each barge carries a lamp."""


def law(text: str, kind: Kind = Kind.STATUTE, marks: Sequence[Mark] = ()) -> Document:
    reading = Reading(text, "plain", 1, marks=tuple(marks))
    entry = Entry("law", kind, "A Law", "law.txt", citation="A Code")
    return Document(entry, text, text, sections=outline(kind, reading), marks=reading.marks)


def said(document: Document, quote: str, *taken: str) -> list[str]:
    """The companions of a quote as text, definitions with their term before them."""
    found = companions_of(
        document, span(document, quote), [span(document, t) for t in taken], lambda stem: 1.0
    )
    return [(f"{one.term}: " if one.term else "") + one.span.of(document.text) for one in found]


def span(document: Document, words: str) -> Span:
    start = document.text.index(words)
    return Span(start, start + len(words))


VESSEL = 'vessel: As used in this chapter, "vessel" means a boat that carries goods.'
FEDERAL = "Nothing in this section shall be construed to conflict with federal law."
MAY = "Subsection (a) shall not apply on the first day of May."


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        # what the quote points to, then what points to the quote; two at the most
        (
            "(a) Except as provided in subsection (c), a vessel shall pay a toll.",
            ["(c) Ferries of the city pay no toll.", MAY, VESSEL],
        ),
        # the items of "unless" that the quote leaves out
        (
            "(b) The warden may waive a toll unless:\n(1) the vessel is foreign; or",
            ["(2) the harbor is closed.", FEDERAL, VESSEL],
        ),
        ("(c) Ferries of the city pay no toll.", [FEDERAL]),
        # what takes back in the next sentence
        ("(a) A barge may moor for a day.", ["However, a burning barge may not moor."]),
        # a term of one subsection is not defined for another
        ("(c) Each barge carries a lamp.", []),
        # a limit, a formula and a definition state no rule
        (f"(e) {FEDERAL}", []),
        ("(f) This section takes effect in June.", [FEDERAL]),
        ('As used in this chapter, "vessel" means a boat that carries goods.', []),
    ],
)
def test_a_rule_comes_with_what_limits_and_defines_it(quote: str, expected: list[str]) -> None:
    found = said(law(TOLLS), quote)
    assert [one.replace("(d) ", "") for one in found] == expected


def test_what_the_answer_quotes_anyway_is_not_said_again() -> None:
    quote = "(a) Except as provided in subsection (c), a vessel shall pay a toll."
    ferries = "(c) Ferries of the city pay no toll."
    assert ferries in said(law(TOLLS), quote)
    assert ferries not in said(law(TOLLS), quote, ferries)


@pytest.mark.parametrize(
    ("defining", "quote", "term"),
    [
        ("“Jail” means a city prison.", "No jail is open.", "Jail"),
        ("“Jail” means a city prison.", "The jails are open.", "Jail"),
        ("The term “jail” includes a lockup.", "No jail is open.", "jail"),
        ("“Jail” shall have the meaning given in § 9.", "No jail is open.", "Jail"),
        ("The words “jail” or “lockup” shall mean a prison.", "No lockup is open.", "lockup"),
        ("Jail means a city prison.", "No jail is open.", "Jail"),
        ("Jail: A city prison.", "No jail is open.", "Jail"),
        ("“Jail”:\n(A) Means a prison.", "No jail is open.", "Jail"),
        ("“Jail” means a city prison.", "No jailer is idle.", None),
        ("A jail means trouble for the city.", "No jail is open.", None),
    ],
)
def test_terms_are_found_as_laws_define_them(defining: str, quote: str, term: str | None) -> None:
    text = f"§ 1. Definitions.\nAs used in this chapter:\n{defining}\n§ 2. Rule.\n{quote}"
    document = law(text)
    found = companions_of(document, span(document, quote), [], lambda stem: 1.0)
    assert [one.term for one in found] == ([term] if term else [])


def test_the_longer_term_hides_the_shorter_within_it() -> None:
    text = (
        "§ 1. Definitions.\nAs used in this chapter:\n“Warrant” means a paper.\n"
        "“Judicial warrant” means a warrant of a judge.\n§ 2. Rule.\nA judicial warrant is needed."
    )
    assert said(law(text), "A judicial warrant is needed.") == [
        "Judicial warrant: “Judicial warrant” means a warrant of a judge."
    ]


@pytest.mark.parametrize("type", ["deleted", "note"])
def test_deleted_words_and_notes_are_no_companions(type: str) -> None:
    limit = "Nothing in this section shall apply to a prisoner's kin."
    text = f"§ 1. Prisons.\n(a) A prisoner is fed.\n(b) {limit}"
    at = text.index(limit)
    assert said(law(text), "(a) A prisoner is fed.") == [limit]
    marked = law(text, marks=[Mark(Span(at, at + len(limit)), type)])  # type: ignore[arg-type]
    assert said(marked, "(a) A prisoner is fed.") == []


def test_a_long_clause_is_cut_between_its_items_or_left_out() -> None:
    items = "\n".join(f"({n}) {' '.join(['word'] * 25)};" for n in range(1, 7))
    head = "§ 1. Tolls.\n(a) Except as provided in subsection (b), a toll is due."
    listed = said(law(f"{head}\n(b) No toll is due from:\n{items}"), head.split("\n")[1])
    assert [one.count("word") for one in listed] == [75]
    sentence = f"(b) No toll is due {' '.join(['ever'] * 150)}."
    assert said(law(f"{head}\n{sentence}"), head.split("\n")[1]) == []


@pytest.mark.parametrize(
    ("kind", "reference"),
    [
        (Kind.STATUTE, "section 7 of title 9"),
        (Kind.STATUTE, "section 101(b) of the Harbor Act"),
        (Kind.STATUTE, "subsection (z)"),
        (Kind.STATUTE, "paragraph (1) of section 99 of title 4"),
    ],
)
def test_what_another_law_says_is_not_looked_for_here(kind: Kind, reference: str) -> None:
    text = (
        f"§ 7. Tolls.\n(a) Except as provided in {reference}, a toll is due.\n(b)\n(1) Ferries pay."
    )
    assert said(law(text, kind), f"(a) Except as provided in {reference}, a toll is due.") == []


def test_only_law_that_is_quoted_as_law_gets_companions(held: Held) -> None:
    for kind, has in ((Kind.STATUTE, True), (Kind.COURT_RULING, False), (Kind.OP_ED, False)):
        document = law(TOLLS, kind)
        document = replace(document, sections=law(TOLLS).sections)
        cited = cite(document, span(document, "(c) Ferries of the city pay no toll."), Vantage(DAY))
        answer = Answer(
            Question("q"), statements=(Statement("s", "law", (1,)),), citations=(cited,)
        )
        holdings = held(document)
        (citation,) = accompanied(answer, holdings, Vantage(DAY, None, holdings.works)).citations
        assert bool(citation.companions) is has


PIECES = st.sampled_from(
    [
        "(a) Except as provided in subsection (b), a vessel shall pay.",
        "(b) A vessel of the city pays nothing; and",
        "(1) a barge; or",
        "(2) unless the warden allows it:",
        "(c) Nothing in this section shall apply to a vessel.",
        "§ 4-13. Moorings.",
        "§ 4-14. Definitions.",
        "“Vessel” means a boat.",
        "Barge means a flat vessel.",
        "However, subsection (a) shall not apply to a barge.",
        "Notwithstanding paragraph (1), a vessel pays.",
        "As used in this chapter:",
        "CHAPTER 4 HARBORS",
        "Loose words about a barge",
    ]
)


@given(st.lists(PIECES, min_size=1, max_size=14), st.data())
def test_companions_are_whole_few_and_apart_from_the_quote(
    pieces: list[str], data: st.DataObject
) -> None:
    document = law("\n".join(pieces))
    start = data.draw(st.integers(0, len(document.text) - 1))
    quote = Span(start, data.draw(st.integers(start + 1, len(document.text))))
    found = companions_of(document, quote, [], lambda stem: float(len(stem)))
    assert sum(not one.term for one in found) <= MOST_EXCEPTIONS
    assert sum(bool(one.term) for one in found) <= MOST_DEFINITIONS
    spans = [one.span for one in found]
    assert all(0 <= one.start < one.end <= len(document.text) for one in spans)
    assert not any(one.meets(quote) for one in spans)
    assert not any(a.meets(b) for n, a in enumerate(spans) for b in spans[:n])
    assert all(one.of(document.text).strip() == one.of(document.text) for one in spans)
