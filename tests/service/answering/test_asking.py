"""What sort of words answers a question."""

from __future__ import annotations

import time

import pytest

from service.answering.asking import expected, wanted_of


@pytest.mark.parametrize(
    ("question", "holds", "lacks"),
    [
        ("How long may the jail hold him?", "for forty-eight (48) hours", "for so long as needed"),
        ("how many days is the notice", "at least 30 calendar days before", "in 4 copies"),
        ("How often must it report?", "shall report annually", "shall report to the council"),
        ("How much is the fine?", "a fine of $1,500", "a fine set by the court"),
        ("What percentage may be kept?", "not more than 10 percent", "not more than 10 officers"),
        ("How many deputies are there?", "there are five deputies", "there are deputies"),
        ("When did it take effect?", "on January 25, 2017", "upon its passage"),
        ("When did the order kick in?", "This order shall take effect immediately.", "an order"),
        ("What year was it passed?", "in 1996", "in that year"),
        ("What happens if they ignore it?", "may be disciplined", "shall read it with care"),
        ("wat happens or what hapens to a clerk?", "shall be fined $5", "shall be a resident"),
        ("What is the penalty?", "is guilty of a misdemeanor", "is a duty of the clerk"),
    ],
)
def test_an_answer_holds_what_is_asked_for(question: str, holds: str, lacks: str) -> None:
    sort = expected(question)
    assert sort is not None
    assert sort.search(holds)
    assert not sort.search(lacks)


@pytest.mark.parametrize(
    "question",
    ["When may the police honor a detainer?", "Who signs it?", "May a city refuse?", ""],
)
def test_most_questions_ask_for_no_one_sort(question: str) -> None:
    assert expected(question) is None


@pytest.mark.parametrize("hostile", ["how many ", "9" * 40, "one ", "9,9.", "forty-eight ("])
def test_hostile_words_cost_no_more_than_long_ones(hostile: str) -> None:
    started = time.perf_counter()
    text = hostile * (20_000 // len(hostile))
    for question in (text, "How long?", "How much?", "How many?", "What year?"):
        sort = expected(question)
        if sort is not None:
            sort.search(text + "x")
    assert time.perf_counter() - started < 5


def test_a_questions_terms_have_their_rarity() -> None:
    wanted = wanted_of("How many detainers?", {"detain": 2.0, "mani": 1.0}.__getitem__)
    assert wanted.terms == {"detain": 2.0, "mani": 1.0}
    assert wanted.sort is expected("how many")
