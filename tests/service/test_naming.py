"""The sources that a question names, and whether any entry is known by them."""

from __future__ import annotations

import time

import pytest

from pincite.citations.keys import printed_key
from pincite.kinds import Kind
from pincite.types import Document, Entry, Hit, Locator, Passage, Span
from service.answering.evidence import Evidence
from service.naming import spoken_of, told_of, unheld_courts, unheld_names, unheld_short_names

ENTRIES = (
    Entry("printz", Kind.COURT_RULING, "Printz v. United States", "p.md", jurisdiction="us"),
    Entry("nfib", Kind.COURT_RULING, "National Federation v. Sebelius", "n.md", jurisdiction="us"),
    Entry("iowa", Kind.STATUTE, "Enforcement", "i.html", citation="Iowa Code ch. 27A"),
    Entry(
        "somerville",
        Kind.ORDINANCE,
        "Somerville Welcoming Community Ordinance",
        "s.md",
        jurisdiction="us/ma/somerville",
    ),
)


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("What did Murphy v. NCAA hold?", ("Murphy v. NCAA",)),
        ("What did Printz v. United States hold?", ()),
        ("What did NFIB v. Sebelius hold on Medicaid?", ()),
        # A case that a held case cites may be asked of it.
        ("How does Printz v. United States read Murphy v. NCAA?", ()),
        ("Under Boston's Trust Act, who may?", ("Boston's Trust Act",)),
        ("Does the Somerville Welcoming Community Ordinance bind schools?", ()),
        ("What does Iowa Code require?", ()),
        ("what is the fine under texas sb 4?", ("texas", "sb 4")),
        ("What does the Harris County 287(g) agreement say?", ("Harris County",)),
        ("Does Polk County have an agreement with ICE?", ("Polk County",)),
        ("May Harris County hold people?", ()),  # a rule of others may answer that
        ("May Ohio jails hold people?", ("Ohio",)),
        ("May Massachusetts jails hold people?", ()),
        ("Will Washington pay us back?", ()),
        ("May our jail hold people for ICE?", ()),
    ],
)  # fmt: skip
def test_names_what_no_entry_is_known_by(question: str, missing: tuple[str, ...]) -> None:
    found = unheld_names(question, ENTRIES)
    assert {name.lower() for name in found} == {name.lower() for name in missing}


@pytest.mark.parametrize("word", ["A", "A ", "S B ", "Aa v. ", "Act ", "A.’&-"])
def test_a_hostile_question_costs_no_more_than_a_long_one(word: str) -> None:
    started = time.perf_counter()
    unheld_names(word * (20_000 // len(word)), ENTRIES)
    assert time.perf_counter() - started < 5  # a fraction of it here; the square would be 100 s


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("Did the Court in Murphy say so?", ("Murphy",)),
        ("What follows under Murphy?", ("Murphy",)),
        ("Is the Commander in Chief bound by the ruling in May?", ()),
        ("What did the court in Ohio say?", ()),
        ("Did the Court in Murphy v. Smith say so?", ()),  # by both parties: the other rule's work
    ],
)
def test_a_case_may_be_named_by_one_party(question: str, missing: tuple[str, ...]) -> None:
    held = [*ENTRIES, Entry("ohio", Kind.STATUTE, "Ohio Revised Code", "o.md")]
    assert unheld_short_names(question, held) == missing
    murphy = Entry("murphy", Kind.COURT_RULING, "Murphy v. Smith", "m.md")
    assert unheld_short_names(question, [*held, murphy]) == ()


def test_what_passages_say_of_a_name_tells_of_it_and_a_named_place_holds_no_law() -> None:
    text = "Justice Breyer asks in dissent what Mitchell v. Harmony held of Austin."
    document = Document(ENTRIES[0], text, "v")
    span = Span(0, len(text))
    hit = Hit(Passage("printz", "v", span, text, Locator()), 1.0, (), None)
    evidence = [Evidence(hit, document, 0.0, 1.0)]
    names = ["Mitchell v. Harmony", "Breyer's", "Little v. Barreme", "any law of Austin"]
    assert told_of(names, evidence) == ("Mitchell v. Harmony", "Breyer's")
    assert told_of(names, []) == ()


def test_a_provision_of_the_constitution_that_is_not_held_may_be_spoken_of() -> None:
    text = "The Tenth Amendment confirms it; see also 8 U.S.C. § 1644 and the Fifth Amendment."
    document, span = Document(ENTRIES[0], text, "v"), Span(0, len(text))
    hit = Hit(Passage("printz", "v", span, text, Locator()), 1.0, (), None)
    evidence = [Evidence(hit, document, 0.0, 1.0)]
    keys = ("us const amend 10", "us const amend 16", "8 usc 1644")
    named = [printed_key(key) for key in keys]
    assert spoken_of(keys, named, evidence) == (printed_key("us const amend 10"),)
    assert spoken_of(keys, named, []) == ()


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        (
            "Are the conditions lawful, according to the Seventh Circuit?",
            ("any ruling of the Seventh Circuit",),
        ),
        ("Did the 9th Circuit uphold the order?", ("any ruling of the 9th Circuit",)),
        ("Why did the Court overrule the Ninth Circuit?", ()),
    ],
)
def test_a_court_of_appeals_that_no_held_ruling_is_of_is_missing(
    question: str, missing: tuple[str, ...]
) -> None:
    assert unheld_courts(question, ENTRIES) == missing


def test_a_court_of_appeals_is_held_by_its_rulings_and_told_of_by_others() -> None:
    of_it = Entry("chicago", Kind.COURT_RULING, "Chicago v. Barr", "c.md", issuer="Seventh Circuit")
    question = "What is due, according to the Seventh Circuit?"
    assert unheld_courts(question, [*ENTRIES, of_it]) == ()
    text = "The Court of Appeals for the Seventh Circuit affirmed the judgment."
    document, span = Document(ENTRIES[0], text, "v"), Span(0, len(text))
    hit = Hit(Passage("printz", "v", span, text, Locator()), 1.0, (), None)
    missing = unheld_courts(question, ENTRIES)
    assert told_of(missing, [Evidence(hit, document, 0.0, 1.0)]) == missing
