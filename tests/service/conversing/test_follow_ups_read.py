"""Follow-ups are read as questions that stand by themselves; what stands is never changed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pincite.kinds import Kind
from pincite.types import Entry
from service.conversing.folding import folded, read, recent
from service.conversing.turns import Known, Turn

MOST = 2000
ENTRIES = [
    Entry("usc-8-1373", Kind.STATUTE, "Communication", "a", citation="8 U.S.C. § 1373"),
    Entry(
        "somerville",
        Kind.ORDINANCE,
        "Somerville Welcoming Community Ordinance",
        "b",
        citation="Somerville, Mass., Code of Ordinances § 2-6",
    ),
    Entry(
        "printz",
        Kind.COURT_RULING,
        "Printz v. United States",
        "c",
        citation="Printz v. United States, 521 U.S. 898 (1997)",
    ),
    Entry(
        "eo-50", Kind.EXECUTIVE_ORDER, "Rikers", "d", citation="N.Y.C. Exec. Order No. 50 (2025)"
    ),
    Entry("news", Kind.NEWS, "Cities Join Forces", "e"),
]
KNOWN = Known(
    {entry.id: entry for entry in ENTRIES},
    frozenset({"us", "us/ia", "us/ny", "us/ny/new-york-city", "us/dc", "us/fl/lee-county"}),
)
IOWA = "Must a sheriff in Iowa honor ICE detainers?"


def reading(asked: str, *earlier: str, documents: tuple[str, ...] = ()) -> str | None:
    turns = [Turn(question, documents=documents) for question in earlier]
    found = read(asked, turns, KNOWN, MOST)
    return found.question if found else None


@pytest.mark.parametrize(
    ("earlier", "asked", "meant"),
    [
        # another place
        (IOWA, "and in New York?", "Must a sheriff in New York honor ICE detainers?"),
        (IOWA, "what about nyc", "Must a sheriff in NYC honor ICE detainers?"),
        (IOWA, "and in D.C.?", "Must a sheriff in D.C. honor ICE detainers?"),
        (IOWA, "Is it the same in chicago?", "Must a sheriff in Chicago honor ICE detainers?"),
        (IOWA, "And in Ames?", "Must a sheriff in Ames honor ICE detainers?"),
        (
            "May Lee County, Florida refuse?",
            "and Cook County?",
            "May Cook County refuse?",
        ),
        (
            "Under Iowa Code ch. 27A, may a city refuse?",
            "and under Ohio law?",
            "Under the law of Ohio, may a city refuse?",
        ),
        # a force of one place is none of another
        ("May the NYPD ask?", "and in Ames?", "May the police department ask in Ames?"),
        # the name of a case is no place
        (
            "What did New York v. United States hold?",
            "and in Iowa?",
            "What did New York v. United States hold in Iowa?",
        ),
        (IOWA, "Not even in Ohio?", "Must a sheriff in Ohio honor ICE detainers?"),
        (IOWA, "And Ohio, is it so there?", "Must a sheriff in Ohio honor ICE detainers?"),
        # something else, somebody else
        (IOWA, "I mean a deputy", f"{IOWA[:-1]}, and what about a deputy?"),
        (IOWA, "what about minors?", f"{IOWA[:-1]}, and what about minors?"),
        (IOWA, "and a deputy?", f"{IOWA[:-1]}, and what about a deputy?"),
        (IOWA, "Does the same apply to police?", f"{IOWA[:-1]}, and what about police?"),
        # a condition
        (IOWA, "and if it has expired?", f"{IOWA[:-1]} if it has expired?"),
        (IOWA, "Without a warrant?", f"{IOWA[:-1]} without a warrant?"),
        ("Can it pay for boats?", "And for drones?", "Can it pay for boats for drones?"),
        ("Can we spend it on boats?", "And on drones?", "Can we spend it on drones?"),
        # a bare question word
        (IOWA, "Why?", f"{IOWA[:-1]}, and why?"),
        (IOWA, "why not", f"{IOWA[:-1]}, and if not, why not?"),
        (IOWA, "how soon after booking?", f"{IOWA[:-1]}, and how soon after booking?"),
        (IOWA, "What's the maximum fine?", f"{IOWA[:-1]}, and what's the maximum fine?"),
        (IOWA, "For how long?", f"{IOWA[:-1]}, and for how long?"),
        (IOWA, "who decides?", f"{IOWA[:-1]}, and who decides?"),
        (IOWA, "Any exceptions?", f"{IOWA[:-1]}, and are there any exceptions?"),
        # a word that leans on what was said
        (IOWA, "Can they be sued for that?", f"{IOWA[:-1]}, and can they be sued for that?"),
        (IOWA, "Is a fine due there?", f"{IOWA[:-1]}, and is a fine due in Iowa?"),
        # another time
        (IOWA, "and in 2016?", "Must a sheriff in Iowa honor ICE detainers in 2016?"),
        ("What was banned in 2016?", "and before 2014?", "What was banned before 2014?"),
        ("In January 2016, was it banned?", "and now?", "Was it banned now?"),
        # another citation, case, judge
        ("What does 8 USC 1373(a) say?", "and § 1644?", "What does 8 U.S.C. § 1644 say?"),
        ("What does 8 USC 1373(a) say?", "and 1644?", "What does 8 U.S.C. § 1644 say?"),
        ("What does 8 USC 1373(a) say?", "and (b)?", "What does 8 U.S.C. § 1373(b) say?"),
        ("What does 8 USC 1373(a) say?", "and (1)?", "What does 8 U.S.C. § 1373(a)(1) say?"),
        (
            "What did Justice Stevens write in Printz?",
            "and Justice Souter?",
            "What did Justice Souter write in Printz?",
        ),
        (
            "What did Murphy v. NCAA hold?",
            "what about Printz?",
            "What did Printz v. United States hold?",
        ),
        # of a text that was named
        ("Was EO 13993 revoked?", "Who signed it?", "Who signed EO 13993?"),
        ("What is due under the Boston Trust Act?", "is that act still in force?",
         "Is the Boston Trust Act still in force?"),
        # the same again
        (IOWA, "tell me more", IOWA),
    ],
)  # fmt: skip
def test_a_follow_up_is_read_by_itself(earlier: str, asked: str, meant: str) -> None:
    assert reading(asked, earlier) == meant


@pytest.mark.parametrize(
    ("documents", "asked", "meant"),
    [
        (("usc-8-1373",), "Is it still in force?", "Is 8 U.S.C. § 1373 still in force?"),
        (
            ("somerville",),
            "what does it say about schools?",
            "What does the Somerville Welcoming Community Ordinance say about schools?",
        ),
        (
            ("usc-8-1373", "printz"),  # the opinion, not what was quoted first
            "Who wrote the opinion?",
            "Who wrote the opinion in Printz v. United States?",
        ),
        (("printz",), "What did Justice O'Connor add?",
         "What did Justice O'Connor add in Printz v. United States?"),
        (("printz",), "how did the justices vote?",
         "How did the justices vote in Printz v. United States?"),
        (("eo-50",), "When was the order revoked?", "When was N.Y.C. Exec. Order No. 50 revoked?"),
        (("news",), "does it mention Iowa?", "Does the article “Cities Join Forces” mention Iowa?"),
        # an id that is not held any more names nothing
        (("gone",), "who signed it?", "May a city refuse, and who signed it?"),
        # what was talked of, not a text
        (("printz",), "can they refuse?", "May a city refuse, and can they refuse?"),
    ],
)  # fmt: skip
def test_what_was_quoted_is_named(documents: tuple[str, ...], asked: str, meant: str) -> None:
    assert reading(asked, "May a city refuse?", documents=documents) == meant


@pytest.mark.parametrize(
    ("questions", "meant"),
    [
        ([IOWA, "and in Ohio?", "what about city police?"],
         "Must a sheriff in Ohio honor ICE detainers, and what about city police?"),
        # each addition gives way to the next of its sort
        ([IOWA, "what about minors?", "and women?"], f"{IOWA[:-1]}, and what about women?"),
        ([IOWA, "why?", "since when?"], f"{IOWA[:-1]}, and since when?"),
        ([IOWA, "if it expired?", "or if it is forged?"], f"{IOWA[:-1]} if it is forged?"),
        # a question that stands by itself begins anew
        ([IOWA, "What does Printz v. United States hold on commandeering?", "who dissented?"],
         "What does Printz v. United States hold on commandeering, and who dissented?"),
    ],
)  # fmt: skip
def test_follow_ups_of_follow_ups_are_folded_from_the_first(
    questions: list[str], meant: str
) -> None:
    assert reading(questions[-1], *questions[:-1]) == meant


STANDING = [
    "8 USC 1373(a)",
    "detainers",
    "What is a civil immigration detainer?",
    "Is there a right to a lawyer in removal proceedings?",
    "In New York City, may police ask about immigration status?",
    "And what does 8 U.S.C. § 1644 say about sending information?",
    "Is it legal for landlords to ask tenants for immigration papers?",
    "Which officers may arrest an alien, and must they tell him why?",
    "How does ICE pick the cities that it raids?",
    "can a judge overrule ICE on denying bond to somone they arrested",
    "A detective wants to match faces. Is that allowed?",
    "If ICE shows up at a school, what should the staff do?",
    "Without a warrant, may the police enter a home?",
    "Can the police buy cars with its grant?",
    "Will it rain in New York this weekend?",
    "thanks",
]


@pytest.mark.parametrize("asked", STANDING)
@pytest.mark.parametrize("documents", [(), ("usc-8-1373", "printz", "eo-50")])
def test_a_question_that_stands_by_itself_is_not_changed(
    asked: str, documents: tuple[str, ...]
) -> None:
    assert reading(asked, IOWA, documents=documents) is None


def test_nothing_is_carried_without_an_earlier_question() -> None:
    assert read("and in New York?", [], KNOWN, MOST) is None


def test_place_and_day_given_beside_a_question_go_on() -> None:
    turns = [Turn("May police use tear gas?", place="us/ia", as_of="2019-01-01")]
    why, moved = read("why?", turns, KNOWN, MOST), read("and in New York?", turns, KNOWN, MOST)
    then = read("and in 2016?", turns, KNOWN, MOST)
    assert why is not None
    assert (why.place, why.as_of) == ("us/ia", "2019-01-01")
    assert moved is not None
    assert (moved.place, moved.as_of) == ("us/ny", "2019-01-01")
    assert then is not None
    assert (then.place, then.as_of) == ("us/ia", None)  # the day that its words name


def test_a_place_that_is_unknown_leaves_none() -> None:
    found = read("and in Ames?", [Turn(IOWA, place="us/ia")], KNOWN, MOST)
    assert found is not None
    assert found.place is None


def test_a_reading_that_is_too_long_is_none() -> None:
    assert read("and if it expired?", [Turn(IOWA)], KNOWN, len(IOWA) + 5) is None
    assert read("and if it expired?", [Turn(IOWA)], KNOWN, len(IOWA) + 20) is not None


def test_a_conversation_of_200_turns_is_folded_from_its_first() -> None:
    turns = [Turn(IOWA), *(Turn(q) for q in ["and in Ohio?", "what about minors?", "why?"] * 66)]
    found = read("and in New York?", turns, KNOWN, MOST)
    assert len(turns) == 199
    assert found is not None
    assert found.question == (
        "Must a sheriff in New York honor ICE detainers, and what about minors?"
    )


def test_what_is_looked_back_on_is_bounded() -> None:
    assert len(recent([Turn("why?")] * 1000)) == 200
    assert len(recent([Turn("x" * 2000)] * 1000)) == 10
    assert recent([]) == []


@pytest.mark.parametrize(
    "piece",
    ["and ", "it ", "(", "A ", "that ", "1 ", "Justice ", "A v. ", "§ 1", "the law of the "],
)
def test_a_hostile_conversation_ends(piece: str) -> None:
    hostile = (piece * MOST)[:MOST]  # a pattern that goes back on itself would not end
    found = read(hostile, [Turn(IOWA), *[Turn(hostile)] * 300], KNOWN, MOST)
    assert found is None or len(found.question) <= MOST


PIECES = """
    and what about in if it that why the law § 1644 (b) Iowa Printz 2016 order ? . same Justice
    there who D.C. is
"""
QUESTIONS = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(PIECES.split()),
        max_size=10,
    ).map(" ".join),
)
TURNS = st.builds(
    Turn, QUESTIONS, documents=st.lists(st.sampled_from([*KNOWN.entries, "gone"])).map(tuple)
)


@settings(max_examples=300)
@given(QUESTIONS, st.lists(TURNS, max_size=5))
def test_every_conversation_has_a_reading_or_none(asked: str, turns: list[Turn]) -> None:
    found = read(asked, turns, KNOWN, MOST)
    assert found is None or (turns and 0 < len(found.question) <= MOST)
    assert (folded(turns, KNOWN) is None) == (not turns)


@settings(max_examples=100)
@given(st.sampled_from(STANDING), st.lists(TURNS, min_size=1, max_size=4))
def test_no_conversation_changes_what_stands(asked: str, turns: list[Turn]) -> None:
    assert read(asked, turns, KNOWN, MOST) is None
