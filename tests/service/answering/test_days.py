"""The time whose law a question asks for."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.answering.days import periods_named


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("In 2015, could a jail hold anyone?", "2015-01-01", "2015-12-31"),
        ("What was the rule as of April 26, 2021?", "2021-04-26", "2021-04-26"),
        ("As the code stood in mid-2019, what did it mean?", "2019-06-01", "2019-06-30"),
        ("What held on 15 June 2019?", "2019-06-15", "2019-06-15"),
        ("How many were there in mid-February 2025?", "2025-02-15", "2025-02-15"),
        ("Back in spring 2025, what work could they do?", "2025-03-01", "2025-05-31"),
        ("Which one was it by the end of January 2025?", "2025-01-31", "2025-01-31"),
        ("What was allowed before April 2021?", "2021-03-31", "2021-03-31"),
        ("What was allowed until 2014?", "2013-12-31", "2013-12-31"),
        ("What was allowed in early 2016?", "2016-01-01", "2016-04-30"),
        ("What was allowed on 2017-03-15?", "2017-03-15", "2017-03-15"),
        ("What was allowed in Feb. 2016?", "2016-02-01", "2016-02-29"),
    ],
)
def test_a_time_is_read(question: str, first: str, last: str) -> None:
    (found,) = periods_named(question)
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    "question",
    [
        "What does Local Law 58 of 2014 say?",
        "What did the order signed in January 2017 say?",
        "The order was revoked twice over on January 20, 2025. By what?",
        "What does the January 2025 order say?",
        "What happened at the 2017 conference?",
        "Was it allowed in 2012, and is it still?",
        "What does 8 U.S.C. § 1373 forbid?",
        "What was allowed on February 30, 2017?",
        "What was allowed in March?",
    ],
)
def test_a_year_that_is_a_name_is_no_time(question: str) -> None:
    assert periods_named(question) == ()


def test_two_times_are_read_in_their_order() -> None:
    found = periods_named("Who was it in early 2016, and who by the end of January 2025?")
    assert [one.last.year for one in found] == [2016, 2025]
    assert [one.words for one in found] == ["in early 2016", "by the end of January 2025"]


@given(st.dates(date(1600, 1, 1), date(2999, 12, 31)))
def test_every_day_of_the_calendar_is_read_as_itself(day: date) -> None:
    (found,) = periods_named(f"What was the law on {day:%B} {day.day}, {day.year}?")
    assert (found.first, found.last) == (day, day)


@given(st.text(max_size=200))
def test_no_text_makes_it_fail(text: str) -> None:
    for period in periods_named(text):
        assert period.first <= period.last
