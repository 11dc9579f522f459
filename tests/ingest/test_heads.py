"""The day that a document bears: read when it is stated, never guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ingest.heads import date_of, day_in, title_of
from pincite.types import Mark, Reading, Span


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2017-01-25", date(2017, 1, 25)),
        ("2014-11-14T00:00:00Z", date(2014, 11, 14)),
        ("January 25, 2017", date(2017, 1, 25)),
        ("Jan. 25,  2017", date(2017, 1, 25)),
        ("SEPT. 17, 2003", date(2003, 9, 17)),
        ("December 2,2025", date(2025, 12, 2)),
        ("Wednesday, 25 April 2012", date(2012, 4, 25)),
        ("01/02/2017", None),  # two days, as one counts
        ("2017-02-30", None),
        ("February 30, 2017", None),
        ("2017-01", None),
        ("March 2017", None),
        ("May 12 and May 13, 1952", None),
        ("Decided June 2, 1952, amended June 3, 1952", None),
        ("Section 12, 2017", None),
        ("", None),
    ],
)
def test_a_day_is_read_only_when_it_can_mean_one(text: str, day: date | None) -> None:
    assert day_in(text) == day


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("EXECUTIVE ORDER NO. 34\nMAY 13, 2003\nCITY POLICY", date(2003, 5, 13)),
        ("Executive Order 13768 of January 25, 2017\nEnhancing", date(2017, 1, 25)),
        ("**Date:** January 25, 2017", date(2017, 1, 25)),
        ("Argued Dec. 3, 1996.\nDecided June 27, 1997.", date(1997, 6, 27)),
        ("Decided June 2, 1952.\nDecided June 9, 1952.", None),
        ("An act, effective December 11, 2012, is amended.", None),
        ("Text\n" * 20 + "May 13, 2003", None),  # not the head
        ("Revised on the street", None),
    ],
)
def test_the_head_gives_a_day_when_it_names_one(head: str, day: date | None) -> None:
    assert date_of(Reading(head, "txt", 1)) == day


def test_metadata_goes_before_the_head_even_when_it_cannot_be_read() -> None:
    assert date_of(Reading("May 13, 2003", "md", 1, facts=(("date", "01/02/2003"),))) is None


def test_a_file_name_left_by_a_word_processor_is_no_title() -> None:
    facts = (("title", "Microsoft Word - MOA final.docx"),)
    assert title_of(Reading("text", "pdf", 1, facts=facts)) is None


def reading_of(*lines: str) -> Reading:
    """A reading in which "#" and "##" make headings."""
    text, marks = "", []
    for line in lines:
        words = line.lstrip("#")
        level = len(line) - len(words)
        if level:
            span = Span(len(text), len(text) + len(words.strip()))
            marks.append(Mark(span, "heading", str(level)))
        text += words.strip() + "\n"
    return Reading(text, "md", 1, marks=tuple(marks))


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["## Part", "# The Great Act", "Words"], "The Great Act"),
        (["City of Arden", "# The Great Act", "Words"], "The Great Act"),
        (["# Title 8", "## Chapter 12", "### § 7. Notice", "#### (a) In general"], "§ 7. Notice"),
        (["Be it enacted:", "Section 1 reads:", "as follows:", "# § 9-1. Persons"], None),
        (["# Syllabus", "Words"], None),
        (["# " + "long " * 80], None),
        (["Words"], None),
    ],
)
def test_a_title_is_a_heading_that_opens_the_document(lines: list[str], title: str | None) -> None:
    assert title_of(reading_of(*lines)) == title


def test_a_heading_handed_on_as_the_title_is_still_weighed_with_the_others() -> None:
    reading = replace(reading_of("# Title 8", "## § 7. Notice"), facts=(("title", "Title 8"),))
    assert title_of(reading) == "§ 7. Notice"
