"""A question asks for one sort of clauses, and a clause is of a sort by its words."""

from __future__ import annotations

import time

import pytest

from service.answering.by_rule.clause_sorts import SORTS, Sort
from service.answering.by_rule.provisions import _ENDS, _ENUMERATOR

EXCEPTIONS, PENALTIES = "exceptions in it", "penalties under it"
ENFORCED, PROHIBITS = "Who enforces it?", "What does it prohibit?"
REPORTS, REQUIRES = "What reports does it require?", "What does it require?"
PERMITS, EXPIRES = "What does it permit?", "When does it expire?"
EFFECT, SEVERABLE = "When does it take effect?", "Is it severable?"
RIGHT, AUTHORITY = "Does it create a private right of action?", "By what authority is it made?"
DEFINES = "What terms does it define?"


def sort_of(question: str) -> Sort:
    return next(sort for sort in SORTS if sort.asks.search(question))


def is_of(clause: str, sort: Sort) -> bool:
    return sort.holds.search(clause) is not None and sort.lacks.search(clause) is None


def test_every_sort_is_asked_for_here() -> None:
    asked = [EXCEPTIONS, PENALTIES, DEFINES, SEVERABLE, EXPIRES, EFFECT, REPORTS, AUTHORITY]
    asked += [ENFORCED, RIGHT, PROHIBITS, REQUIRES, PERMITS]
    assert [sort_of(question) for question in asked] == list(SORTS)


@pytest.mark.parametrize(
    ("question", "same"),
    [
        ("Which ships does it exempt?", EXCEPTIONS),
        ("What does it exempt from what it prohibits?", EXCEPTIONS),
        ("What are the consequences of breaking it?", PENALTIES),
        ("What remedies are there under it?", PENALTIES),
        ("What defined terms are in it?", DEFINES),
        ("What is its severability clause?", SEVERABLE),
        ("Does it have a sunset?", EXPIRES),
        ("What is its effective date?", EFFECT),
        ("When did it go into force?", EFFECT),
        ("What reporting does it require?", REPORTS),
        ("On whose authority was it issued?", AUTHORITY),
        ("How is it enforced?", ENFORCED),
        ("May a captain sue under it?", RIGHT),
        ("What is forbidden by it?", PROHIBITS),
        ("What does it mandate?", REQUIRES),
        ("What does it authorise?", PERMITS),
    ],
)
def test_a_sort_is_asked_for_in_other_words_too(question: str, same: str) -> None:
    assert sort_of(question) is sort_of(same)


@pytest.mark.parametrize(
    "question",
    ["What does it say?", "Who signed it?", "How many ships are held?", "When was it issued?"],
)
def test_what_asks_for_no_sort_is_of_none(question: str) -> None:
    assert not any(sort.asks.search(question) for sort in SORTS)


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        (EXCEPTIONS, "No ship is held here, unless it is at war with us."),
        (EXCEPTIONS, "This chapter does not apply to a ship of war."),
        (EXCEPTIONS, "All ships other than barges pay a toll."),
        (PENALTIES, "A city that holds ships shall be denied all funds."),
        (PENALTIES, "The license of such a pilot is revoked at once."),
        (PENALTIES, "The captain is liable for all damages."),
        (DEFINES, "As used here, the term “pier” has the meaning of a dock."),
        (DEFINES, "A vessel is defined as whatever floats."),
        (SEVERABLE, "The provisions of this chapter are severable from one another."),
        (SEVERABLE, "If any part of it is void, the rest stands."),
        (EXPIRES, "These rules remain in effect for two years and no longer."),
        (EXPIRES, "On that day this chapter is deemed repealed."),
        (EFFECT, "These rules are effective immediately in every harbor."),
        (REPORTS, "A report on tolls must be sent to the council."),
        (AUTHORITY, "Pursuant to the authority of the crown, it is so ordered."),
        (ENFORCED, "Complaints may be brought to the council by any captain."),
        (ENFORCED, "The warden shall hear, weigh and investigate every complaint."),
        (RIGHT, "This order creates no right or benefit."),
        (RIGHT, "A captain may sue the city in any court."),
        (PROHIBITS, "It is unlawful to moor at the pier by night."),
        (PROHIBITS, "No captain of a ship of war shall moor at the pier."),
        (PROHIBITS, "A pilot may only board a ship by day."),
        (REQUIRES, "Each captain is required to moor at the pier."),
        (PERMITS, "Pilots are hereby authorized to ask for the papers."),
    ],
)
def test_a_clause_is_of_a_sort_by_its_words(question: str, clause: str) -> None:
    assert is_of(clause, sort_of(question))
    assert not is_of("Every ship pays a toll to the city.", sort_of(question))


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        (EXCEPTIONS, "Unless all of it falls, what is left is severable."),
        (PENALTIES, "A section that is void is severable from all others."),
        (REPORTS, "The master shall not report a ship to the crown."),
        (REPORTS, "A report is a paper. The master shall read it."),
        (ENFORCED, "No right or benefit follows from a violation of this chapter."),
        (PROHIBITS, "This chapter shall not be construed to bar a toll."),
        (PROHIBITS, "A captain shall not be required to pay by night."),
        (REQUIRES, "This chapter shall be known as the law of harbors."),
        (REQUIRES, "The master shall not hold a ship for its flag."),
        (REQUIRES, "“Ship” means what the council shall call so."),
        (PERMITS, "A ship may not be held for its flag."),
        (PERMITS, "This chapter may be cited as the law of harbors."),
        (PERMITS, "Nothing in this chapter bars what a pilot may do by day."),
    ],
)
def test_a_clause_that_says_the_words_may_be_of_another_sort(question: str, clause: str) -> None:
    assert not is_of(clause, sort_of(question))


@pytest.mark.parametrize(
    ("question", "heading", "headed"),
    [
        (EXCEPTIONS, "Exemptions for barges", True),
        (EXCEPTIONS, "No exceptions", False),
        (PENALTIES, "Violations", True),
        (PENALTIES, "Loss of a berth", True),
        (DEFINES, "“Definitions.”", True),
        (SEVERABLE, "Severability", True),
        (REPORTS, "Reporting of tolls", True),
        (ENFORCED, "Complaints", True),
        (ENFORCED, "Enforcement of federal tolls", False),
        (ENFORCED, "Enforcement of immigration tolls", False),
        (PROHIBITS, "Prohibitions", False),
    ],
)
def test_some_sorts_have_headings_of_their_own(question: str, heading: str, headed: bool) -> None:
    assert bool(sort_of(question).headed.match(heading)) is headed


_HOSTILE = ["how is ", "the term “", "no ", "report ", "shall ", "shall a,", "and ", "\t", "” "]


@pytest.mark.parametrize(
    "hostile", [*_HOSTILE, "(a) ", "; ", "a", "if any a ", "terms ", "civil action ", "what a "]
)
def test_hostile_words_cost_no_more_than_long_ones(hostile: str) -> None:
    text = hostile * (20_000 // len(hostile)) + "!"
    started = time.perf_counter()
    for sort in SORTS:
        for form in (sort.asks, sort.holds, sort.lacks):
            form.search(text)
        sort.headed.match(text)
    _ENDS.search(text)
    _ENUMERATOR.match(text)
    assert time.perf_counter() - started < 10
