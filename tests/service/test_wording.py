"""Slips are mended by the corpus's own words, everyday words widened, places recognised."""

from __future__ import annotations

import random
import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.wording import SYNONYMS, Spelling, Wording, places_named, widened, worded

# "detainre" is a reader's slip that stands once in the corpus, and is no English word.
VOCABULARY = {
    "detainer": 40,
    "detained": 30,
    "detainre": 1,
    "warrant": 20,
    "which": 50,
    "with": 90,
    "judicial": 10,
    "honor": 9,
    "preempt": 6,
    "commandeer": 2,
    "comity": 1,
    "arrest": 12,
    "tenth": 8,
    "slay": 6,
    "stay": 50,
}
ENGLISH = {"comity", "harbour", "wilt", "detention"}
SPELLING = Spelling(VOCABULARY, ENGLISH)
PLACES = frozenset(
    {
        "us",
        "us/ny",
        "us/ny/new-york-city",
        "us/ny/lee-county",
        "us/fl/lee-county",
        "us/wa",
        "us/dc",
        "us/nc",
        "us/ma/somerville",
        "zz/arden",
        "zz/a+b(c)",
    }
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("detianer", "detainer"),  # two letters changed places: one slip
        ("warrent", "warrant"),
        ("wich", "which"),  # as near as "with", but here only a letter was left out
        ("judical", "judicial"),
        ("svay", "stay"),  # of two as near, the commoner
        ("comitty", "comity"),  # stands once, but the dictionary knows it
        ("harbour", None),  # an English word, if not the corpus's
        ("detainre", None),  # the corpus has it
        ("comandeer", None),  # what it may mean is itself rare and in no dictionary
        ("honr", "honor"),
        ("hnr", None),  # too short to tell
        ("onor", None),  # a first letter is not left out
        ("waarnt", None),  # two slips in a short word
        ("prempting", None),
        ("zzzzzz", None),
        ("Detianer", None),  # a name
        ("DETIANER", None),
        ("detianer's", None),
        ("co-detianer", None),
        ("§detianer", None),
        ("detianer2", None),
        ("www.detianer.gov", None),
        ("detianer.gov", None),
        ("dètianer", None),
    ],
)
def test_a_slip_is_mended_by_a_common_word_of_the_corpus(typed: str, meant: str | None) -> None:
    asked = worded(f"may a judge {typed}?", SPELLING)
    assert asked.text == f"may a judge {meant or typed}?"
    assert asked.respelt == (((typed, meant),) if meant else ())


def test_every_place_of_a_slip_is_mended_and_told_once() -> None:
    asked = worded("a detianer is no warrent; detianer (detianer), detianers.", SPELLING)
    assert asked.text == "a detainer is no warrant; detainer (detainer), detainer."
    assert asked.respelt == (
        ("detianer", "detainer"),
        ("warrent", "warrant"),
        ("detianers", "detainer"),
    )


def test_a_mended_word_is_widened_too() -> None:
    spelling = Spelling({"deport": 9, "jail": 9}, ())
    assert worded("can they deprot me", spelling).widened == SYNONYMS["deport"]


@pytest.mark.parametrize("text", ["", "§ 1373", "8 U.S.C. § 1373(a)", "市 detainer ñ"])
def test_what_needs_no_mending_is_left_as_it_is(text: str) -> None:
    assert worded(text, SPELLING) == Wording(text)


@given(st.text())
def test_no_question_is_too_strange(text: str) -> None:
    asked = worded(text, SPELLING)
    assert all(word in text for word, _ in asked.respelt)
    assert worded(asked.text, SPELLING).text == asked.text
    assert set(places_named(text, PLACES)) <= PLACES


def test_an_empty_corpus_mends_nothing() -> None:
    assert worded("detianer", Spelling({}, ENGLISH)) == Wording("detianer")
    assert places_named("New York", frozenset()) == ()
    assert places_named("the United States", frozenset({"us"})) == ()


def test_two_thousand_characters_of_unknown_words_take_no_time() -> None:
    rng = random.Random(3)

    def word() -> str:
        return "".join(rng.choices(string.ascii_lowercase, k=rng.randint(4, 12)))

    spelling = Spelling({word(): 9 for _ in range(20_000)}, ())
    questions = [
        " ".join("s" + word() for _ in range(300))[:2000],
        " ".join(word()[:4] for _ in range(400)),
        "x" * 2000,
        "a-" * 1000,
        "a.§’'" * 400,
    ]
    for question in questions:
        started = time.process_time()
        worded(question, spelling)
        places_named(question, PLACES)
        assert time.process_time() - started < 0.5


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("Can the cops ask?", "police officer law enforcement"),
        ("What may ICE do?", "immigration and customs enforcement"),
        ("a slice of the price", ""),
        # both are named; each is said once
        ("cop and cops", "police officer law enforcement"),
        ("an ice hold", f"{SYNONYMS['ice']} civil immigration detainer"),
        ("", ""),
    ],
)
def test_everyday_words_are_widened_by_the_texts_own(question: str, other: str) -> None:
    assert widened(question) == other


def test_the_table_of_words_is_lower_cased_and_says_something_new() -> None:
    for said, meant in SYNONYMS.items():
        assert said == said.lower() == said.strip()
        assert meant
        assert said not in meant.split()


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("in New York City", ["us/ny/new-york-city"]),
        ("in nyc, N.Y.C. or NYC", ["us/ny/new-york-city"]),
        ("in New York", ["us/ny"]),
        ("New York City's law and New York's", ["us/ny", "us/ny/new-york-city"]),
        ("What of Lee County?", ["us/fl/lee-county", "us/ny/lee-county"]),
        ("in Washington", ["us/wa"]),
        ("in Washington, D.C.?", ["us/dc"]),
        ("in Washington DC", ["us/dc"]),
        ("the District of Columbia", ["us/dc"]),
        ("SOMERVILLE and north carolina", ["us/ma/somerville", "us/nc"]),
        ("Does Arden hold people?", ["zz/arden"]),
        ("in A+B(C) today", ["zz/a+b(c)"]),
        ("in AAB(C) or abc", []),
        ("Somervilles, wardens and dcs", []),
        ("in the United States of America", []),
    ],
)
def test_the_places_that_a_question_names(question: str, places: list[str]) -> None:
    assert list(places_named(question, PLACES)) == places
