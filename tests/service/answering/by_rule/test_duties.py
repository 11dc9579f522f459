"""What a text says that somebody shall do is asked by who that is."""

from __future__ import annotations

import time

import pytest

from service.answering.by_rule.duties import duties_in

SHALL = {
    "the Secretary": "The Secretary shall count every boat.",
    "the Attorney General": "The Attorney General, with the Mayor of Elm, shall count boats.",
    "the harbor master": "The clerk and the harbor master must count boats.",
    "agencies": "Each agency is required to count boats.",
    "sheriffs": "A sheriff (of any county) shall further count boats.",
    "the clerk": "The clerk and the harbor master must count boats.",
    "the Director of Boats": "The Director of Boats shall count every boat.",
}


@pytest.mark.parametrize("who", SHALL)
@pytest.mark.parametrize(
    "form",
    [
        "What does Exec. Order No. 9 tell {} to do?",
        "what does the order of May direct {} to do",
        "What must {} do under Elm Code § 9?",
        "What is {} required to do under Elm law?",
        "What are the duties of {} under Elm Code chapter 9?",
    ],
)
def test_what_somebody_shall_do_is_known_by_who_that_is(form: str, who: str) -> None:
    asked = duties_in(form.format(who))
    assert asked is not None
    rest, sort = asked
    assert who not in rest
    assert sort.holds.search(SHALL[who])
    for text in SHALL.values():
        assert text == SHALL[who] or not sort.holds.search(text)


@pytest.mark.parametrize(
    "text",
    [
        "A town for which the Secretary has a list shall count boats.",
        "The Secretary may count boats.",
        "The Secretary of Elm Harbor shall count boats.",
        "What the Secretary has seen. It shall be counted.",
    ],
)
def test_what_another_shall_do_is_none_of_it(text: str) -> None:
    asked = duties_in("What does Exec. Order No. 9 tell the Secretary to do?")
    assert asked is not None
    assert not asked[1].holds.search(text)


@pytest.mark.parametrize(
    "question",
    [
        "What does Executive Order 9 do?",
        "What does Elm Code § 9 require?",
        "What must be done under Elm Code § 9?",
        "Who must count boats under Elm Code § 9?",
        "",
    ],
)
def test_other_questions_name_nobody(question: str) -> None:
    assert duties_in(question) is None


def test_an_orders_name_tells_nobody_to_do_anything() -> None:
    asked = duties_in("What does Executive Order 9 tell the Secretary to do?")
    assert asked is not None
    assert asked[0].split() == ["What", "does", "Executive", "Order", "9", "tell", "to", "do?"]


@pytest.mark.parametrize("hostile", ["what must ", "duties of the ", "tell the ", "a ", "\t"])
def test_a_hostile_question_costs_no_more_than_a_long_one(hostile: str) -> None:
    started = time.perf_counter()
    duties_in("What must " + hostile * (20_000 // len(hostile)))
    assert time.perf_counter() - started < 2
