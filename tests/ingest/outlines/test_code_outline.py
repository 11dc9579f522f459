"""Statutes, acts and orders become nested sections."""

from __future__ import annotations

import re

import pytest

from ingest.outlines.code import outline_code
from ingest.outlines.order import outline_order
from pincite.types import Mark, Section, Span


def tree(text: str, marks: tuple[Mark, ...] = ()) -> list[tuple[int, str, str]]:
    return [(s.level, s.label, s.heading) for s in outline_code(text, marks, ())]


def headings(text: str, *lines: str) -> tuple[Mark, ...]:
    return tuple(
        Mark(Span(m.start(), m.end()), "heading", str(level))
        for level, line in enumerate(lines, 1)
        for m in re.finditer(re.escape(line), text)
    )


def test_nests_clauses_under_a_section_under_its_chapter() -> None:
    text = (
        "CHAPTER 12— GATES\n§ 40. Opening hours\n(a) In general\nGates open at six.\n"
        "(b) Exceptions\n(1) No gate opens in frost.\n(2) The mill gate stays shut."
    )
    marks = headings(text, "CHAPTER 12— GATES", "§ 40. Opening hours")
    assert tree(text, marks) == [
        (0, "Ch. 12", "GATES"),
        (1, "§ 40", "Opening hours"),
        (2, "(a)", "In general"),
        (2, "(b)", "Exceptions"),
        (3, "(1)", ""),
        (3, "(2)", ""),
    ]


def test_a_clause_heading_and_its_paragraph_are_one_section() -> None:
    text = "§ 40. Hours.\n(a) In general\nGates open at six.\n(b) Frost\nNone opens."
    first = next(s for s in outline_code(text, (), ()) if s.label == "(a)")
    assert first.span.of(text) == "(a) In general\nGates open at six."


def test_a_quoted_section_nests_below_the_act_that_enacts_it() -> None:
    text = (
        "Section 1. Title 3 of the code is amended by adding a section 3-120 to read as follows:\n"
        "§ 3-120 Gate keeping. a. Definitions. In this section:\n1. “Gate” means a gate.\n"
        "b. No keeper shall sleep.\n§ 2. This local law takes effect immediately."
    )
    assert [(level, label) for level, label, _ in tree(text)] == [
        (0, "§ 1"),
        (1, "§ 3-120"),
        (2, "(a)"),
        (3, "(1)"),
        (2, "(b)"),
        (0, "§ 2"),
    ]


def test_quoted_plain_numbers_stay_below_the_amending_section() -> None:
    text = (
        "Section 1. Hours.\nSection 2. Sections 7 and 8 of Order 9 are amended as follows:\n"
        "Section 7. Gates.\na. Gates open at six.\nSection 8. Locks.\na. Locks are kept.\n"
        "Section 3. This order shall take effect now."
    )
    assert [(level, label) for level, label, _ in tree(text) if "Sec" in label] == [
        (0, "Sec. 1"),
        (0, "Sec. 2"),
        (1, "Sec. 7"),
        (1, "Sec. 8"),
        (0, "Sec. 3"),
    ]


@pytest.mark.parametrize(
    ("line", "label", "heading"),
    [
        ("§ 1373. Communication between agencies.", "§ 1373", "Communication between agencies"),
        ("Sec. 2-6. Welcoming ordinance.", "Sec. 2-6", "Welcoming ordinance"),
        ("SECTION 1-1: INCORPORATION", "Sec. 1-1", "INCORPORATION"),
        ("42-4-14. “Gate” defined; who keeps it.", "§ 42-4-14", "“Gate” defined; who keeps it"),
        ("27A.1 Definitions.", "§ 27A.1", "Definitions"),
        ("12.40.040 Civil detainers.", "§ 12.40.040", "Civil detainers"),
        ("7-68-103. Policies prohibited.", "§ 7-68-103", "Policies prohibited"),
        ("9-60.020 Purpose.", "§ 9-60.020", "Purpose"),
        ("Rule 4. Agenda.", "Rule 4", "Agenda"),
        ("§5. Severability.", "§ 5", "Severability"),
        ("Secs. 7-3-7-15. Reserved.", "Secs. 7-3-7-15", "Reserved"),
    ],
)
def test_reads_the_ways_of_heading_a_section(line: str, label: str, heading: str) -> None:
    assert tree(f"{line}\nWords of the law.", headings(line, line))[0][1:] == (label, heading)


@pytest.mark.parametrize(
    "line",
    ["42-4-14. Gates.", "27A.1 Gates.", "12.40.040 Gates.", "9-60.020 Gates.", "12.40.040 [Gates]"],
)
def test_a_bare_number_of_a_code_opens_a_section_without_a_heading_mark(line: str) -> None:
    assert [label for _, label, _ in tree(f"{line}\n(a) Open them.")] == [
        f"§ {line.split()[0].rstrip('.')}",
        "(a)",
    ]


def test_a_bare_section_that_an_act_quotes_nests_below_the_act() -> None:
    text = (
        "Section 1. Section 12.40.040 of the code is amended to read as follows:\n"
        "12.40.040 Gates.\n(a) Open them.\nSection 2. This takes effect now."
    )
    assert [(level, label) for level, label, _ in tree(text)] == [
        (0, "Sec. 1"),
        (1, "§ 12.40.040"),
        (2, "(a)"),
        (0, "Sec. 2"),
    ]


@pytest.mark.parametrize(
    "line", ["BE IT ENACTED BY THE COUNCIL:", "Adopted May 4, 2022. Signed May 7, 2022."]
)
def test_a_line_that_heads_nothing_is_no_heading(line: str) -> None:
    text = f"{line}\nSec. 1. Gates.\nOpen them."
    assert [label for _, label, _ in tree(text, headings(text, line))] == ["Sec. 1"]


def test_what_befell_a_bill_is_no_section_of_it() -> None:
    last = outline_code("SECTION 1. Gates.\nOpen.\nHISTORY OF THE BILL\nMay 4: Failed.", (), ())[-1]
    assert (last.level, last.part) == (0, "note")


@pytest.mark.parametrize(
    "line",
    [
        "2.7.1. The fee is due.",
        "12.40.040 applies here.",
        "Section 3 of the City Charter provides that the mayor shall govern.",
        "Sections 3 and 4 of such Executive Order are amended.",
        "§ 1373(a) binds no one here.",
    ],
)
def test_a_sentence_about_a_section_opens_none(line: str) -> None:
    assert tree(line) == []


def test_a_heading_printed_again_opens_nothing() -> None:
    text = "§ 40. Hours\n(a) Gates open.\n§ 40. Hours\n(b) Gates close."
    labels = [label for _, label, _ in tree(text, headings(text, "§ 40. Hours"))]
    assert labels == ["§ 40", "(a)", "(b)"]


def test_text_after_a_list_returns_to_the_clause_that_opened_it() -> None:
    text = (
        "§ 4. Gates.\n(a) A keeper shall\n(1) sweep; and\n(2) lock.\nA keeper may rest.\n(b) End."
    )
    second = next(s for s in outline_code(text, (), ()) if s.label == "(2)")
    assert second.span.of(text) == "(2) lock."


def test_clauses_that_run_on_in_one_line_are_found() -> None:
    text = "Sec. 2-6. Gates.\n(e) Order. (1) Equal treatment. All pass. (2) Inquiries. None ask."
    assert [label for _, label, _ in tree(text)] == ["Sec. 2-6", "(e)", "(1)", "(2)"]


def test_notes_are_sections_that_are_never_law() -> None:
    text = "§ 4. Gates.\n(a) Gates open.\nHistory. 1999, c. 4.\n(b) not law\n§ 5. Locks.\nLock all."
    start, end = text.index("History"), text.index("\n§ 5")
    sections = outline_code(text, (Mark(Span(start, end), "note"),), ())
    notes = [s for s in sections if s.part == "note"]
    assert [s.span for s in notes] == [Span(start, end)]
    assert "(b)" not in [s.label for s in sections]


def test_what_explains_an_order_is_a_note() -> None:
    text = "Section 1. Gates.\nOpen them.\nStatement of Basis and Purpose.\nGates matter."
    last = outline_order(text, (), ())[-1]
    assert (last.level, last.part) == (0, "note")


def test_sections_nest_by_span_in_reading_order() -> None:
    text = "§ 4. Gates.\n(a) One\n(1) two\n(2) three\n(b) four\n§ 5. Locks.\n(a) five"
    sections = outline_code(text, (), ())
    assert [s.span.start for s in sections] == sorted(s.span.start for s in sections)
    open_: list[Section] = []
    for section in sections:
        while open_ and not open_[-1].span.holds(section.span):
            open_.pop()
        assert section.level == len(open_)
        open_.append(section)
