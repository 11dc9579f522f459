"""Where a block begins, and what is a heading."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.readers.pdf.blocks import (
    Measure,
    Numbering,
    continues_over_page,
    heading_level,
    starts_block,
)
from ingest.readers.pdf.lines import Line

MEASURE = Measure(leading=12, left=50, right=550, size=10)
FULL = 550.0


def line(text: str, *, y: float = 700, x: float = 50, end: float = FULL, **more: object) -> Line:
    return Line(text=text, x=x, inner=x, end=end, y=y, size=10, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("above", "below", "begins"),
    [
        (line("the Secretary shall publish a list"), line("of States.", y=688), False),
        (line("the list is published."), line("The Attorney General", y=672), True),  # a gap
        (line("It ends early.", end=120), line("The next one", y=688), True),
        # kept together by its no-break spaces, not a paragraph's end
        (line("to the extent required by", end=480), line("8 U.S.C. § 1357", y=688), False),
        (line("as provided in 5 U.S.C.", end=480), line("§ 552a, as amended", y=688), False),
        (line("subject to the terms of section"), line("(a) of this order", y=688), False),
        (line("as the law requires."), line("(b) The agency shall", y=688, x=60), True),
        (line("among other things: (i) a term;"), line("(ii) the scope of it", y=688), False),
        (line("(a) A clause that hangs and then"), line("goes on below", y=688, x=70), False),
        (line("the following:"), line("• The power to arrest", y=688), True),
        (line("if the DHS had --"), line("MR. CLEMENT: Yes.", y=688, x=110), True),
        # rows of a table are as wide as the page
        (line("Net sales 14 16", cells=3), line("Cost of sales 9 12", y=688, cells=3), True),
        # a value filled in with smaller type opens this line
        (line("Homeland Security, and"), replace(line("Hardee County", y=688), size=8), False),
        (line("• The power under"), line("8 U.S.C. § 1357(a)", y=688, x=70), False),
        (line("(a) The agency shall"), line("(i) publish it", y=688, x=70), True),
        (line("PURPOSE", bold=True, end=100), line("The purpose of it", y=688), True),
    ],
)
def test_a_block_begins_where_the_page_says_so(above: Line, below: Line, begins: bool) -> None:
    assert starts_block(below, above, MEASURE) is begins


@pytest.mark.parametrize(
    ("last", "first", "continues"),
    [
        ("under section 2(a) of this", "order, the head of each agency", True),
        ("shall notify the Attorney", "General and the Secretary", True),
        ("is hereby ordered.", "The prior administration", False),
        ("the following persons", "(b) an officer", False),
    ],
)
def test_a_sentence_goes_on_over_the_page(last: str, first: str, continues: bool) -> None:
    assert continues_over_page(line(first), line(last), MEASURE) is continues


@pytest.mark.parametrize(
    ("text", "bold", "level"),
    [
        ("I. PURPOSE", True, 2),
        ("APPENDIX A", True, 2),
        ("A. Referral of Complaints", False, 3),
        ("1. Complaint Reporting Procedures", True, 4),
        ("MEMORANDUM OF AGREEMENT", True, 1),
        ("POINTS OF CONTACT", False, 3),
        ("The LEA agrees to the following terms", False, None),
        ("(b) an officer of the LEA; or", False, None),
        ("THE WHITE HOUSE,", False, None),
        ("Net sales $ 14,694 $ 14,544", True, None),
        ("Date:_____________ Signature", True, None),
    ],
)
def test_a_heading_is_short_and_set_off(text: str, bold: bool, level: int | None) -> None:
    assert heading_level([line(text, bold=bold)], MEASURE) == level


def test_a_single_letter_is_read_by_the_headings_before_it() -> None:
    headings = ["I. X", "II. X", "A. X", "B. X", "C. X", "D. X", "III. X", "A. X", "IV. X", "V. X"]
    numbering = Numbering()
    assert [numbering.level(text, 2) for text in headings] == [2, 2, 3, 3, 3, 3, 2, 3, 2, 2]


def test_a_word_in_capitals_is_no_enumerator() -> None:
    numbering = Numbering()
    assert numbering.level("DATE. Of this agreement", 1) == 1
    assert numbering.level("A. Purpose", 3) == 3
    assert numbering.level("TERM. Of this agreement", 1) == 1
    assert numbering.level("B. Policy", 3) == 3
