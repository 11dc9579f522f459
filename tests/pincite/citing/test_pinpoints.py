"""Pinpoints print as lawyers write them."""

from __future__ import annotations

import pytest

from pincite.citing.outline import Outline
from pincite.citing.pinpoints import locator, pinpoint
from pincite.kinds import Kind
from pincite.types import Document, Entry, Mark, Page, Section, Span

TEXT = "§ 4. Gates.\n(a) Gates open.\n(1) At six.\n(b) Gates close.\nHistory."


def section(label: str, level: int, words: str, end: str = "") -> Section:
    start = TEXT.index(words)
    stop = TEXT.index(end) + len(end) if end else start + len(words)
    return Section(label, "", level, Span(start, stop))


SECTIONS = (
    section("§ 4", 0, "§ 4.", "History."),
    section("(a)", 1, "(a)", "At six."),
    section("(1)", 2, "(1) At six."),
    section("(b)", 1, "(b) Gates close."),
    Section("", "", 1, Span(TEXT.index("History"), len(TEXT)), part="note"),
)


def document(
    kind: Kind = Kind.STATUTE,
    text: str = TEXT,
    sections: tuple[Section, ...] = SECTIONS,
    pages: tuple[Page, ...] = (),
    marks: tuple[Mark, ...] = (),
) -> Document:
    return Document(Entry("x", kind, "X", "x.md"), text, "v", pages, sections, marks)


def span(words: str, text: str = TEXT) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("At six.", "§ 4(a)(1)"),
        ("Gates open.", "§ 4(a)"),
        ("(a) Gates open.\n(1) At six.\n(b) Gates close.", "§ 4(a)–(b)"),
        ("§ 4. Gates.\n(a) Gates open.", "§ 4"),
        ("History.", "§ 4 note"),
    ],
)
def test_prints_the_section_of_a_span(words: str, printed: str) -> None:
    assert pinpoint(document(), span(words)) == printed


def test_a_heading_does_not_widen_the_pinpoint() -> None:
    heading = Mark(span("§ 4. Gates."), "heading", "1")
    assert pinpoint(document(marks=(heading,)), span("§ 4. Gates.\n(a) Gates open.")) == "§ 4(a)"


@pytest.mark.parametrize(
    ("kind", "label", "number", "printed"),
    [
        (Kind.COURT_RULING, "935", 3, "at 935"),
        (Kind.COURT_RULING, None, 10, "slip op. at 10"),
        (Kind.COURT_RULING, "slip op. 10", None, "slip op. at 10"),
        (Kind.COURT_RULING, "syllabus 2", None, "syllabus at 2"),
        (Kind.TRANSCRIPT, None, 5, "tr. at 5"),
        (Kind.DOJ_MEMO, None, 4, "p. 4"),
        (Kind.OP_ED, None, None, "para. 2"),
    ],
)
def test_prints_the_page_where_there_is_no_section(
    kind: Kind, label: str | None, number: int | None, printed: str
) -> None:
    text = "One.\nTwo."
    pages = (Page(Span(0, 9), number, label),) if label or number else ()
    assert pinpoint(document(kind, text, (), pages), Span(5, 9)) == printed


def test_a_footnote_is_cited_by_its_page_and_number() -> None:
    pages, marks = (Page(Span(0, 9), 3, "935"),), (Mark(Span(5, 9), "footnote", "11"),)
    found = pinpoint(document(Kind.COURT_RULING, "One.\nTwo.", (), pages, marks), Span(5, 9))
    assert found == "at 935 n.11"


def test_a_publishers_paragraph_is_cited_where_there_is_no_page() -> None:
    marks = (Mark(Span(5, 8), "paragraph", "12"),)
    found = pinpoint(document(Kind.COURT_RULING, "One.\nTwo.", (), (), marks), Span(5, 9))
    assert found == "¶ 12"


def test_a_part_that_holds_sections_is_not_cited() -> None:
    part = Section("Part II", "", 0, Span(0, len(TEXT)))
    assert pinpoint(document(sections=(part, *SECTIONS)), span("At six.")) == "§ 4(a)(1)"
    memo = document(Kind.DOJ_MEMO, "One.\nTwo.", (Section("Part II", "", 0, Span(0, 9)),))
    assert pinpoint(memo, Span(5, 9)) == "Part II"


def test_an_act_names_the_clause_that_it_rewrites() -> None:
    text = (
        "Section 1. Paragraph 2 of subdivision h of section 9-131 of the code is amended:\n2. No."
    )
    start = text.index("2. No.")
    sections = (
        Section("§ 1", "", 0, Span(0, len(text))),
        Section("(2)", "", 1, Span(start, len(text))),
    )
    found = pinpoint(document(Kind.AMENDING_ACT, text, sections), Span(start, len(text)))
    assert found == "§ 1 (amending § 9-131(h)(2))"


ACTS = {
    "Section 3. Section 12.40.040 of the code is amended to read as follows:": "amending ",
    "Section 3. Chapter 12.40 is amended by adding a new section 12.40.040 to read so:": "adding ",
    "Section 3. Section 12.40.050 of the code is amended to read as follows:": "",
}


@pytest.mark.parametrize(("lead", "deed"), ACTS.items())
def test_an_act_says_what_it_does_to_the_section_that_it_quotes(lead: str, deed: str) -> None:
    text = f"{lead}\n12.40.040 Gates.\n(a) Open them."
    quoted, start = text.index("12.40.040 Gates"), text.index("(a)")
    sections = (
        Section("Sec. 3", "", 0, Span(0, len(text))),
        Section("§ 12.40.040", "Gates", 1, Span(quoted, len(text))),
        Section("(a)", "", 2, Span(start, len(text))),
    )
    act = document(Kind.AMENDING_ACT, text, sections)
    assert pinpoint(act, Span(start, len(text))) == f"Sec. 3 ({deed}§ 12.40.040(a))"
    if text.count(" to read as follows:"):  # the lead-in widens no pinpoint, nor does a catchline
        assert pinpoint(act, Span(0, len(text))) == f"Sec. 3 ({deed}§ 12.40.040(a))"


def test_a_range_of_rewritten_clauses_is_named() -> None:
    text = "Section 1. Subdivision h of section 9-131 is amended:\nh. No.\ni. One.\nj. Two."
    starts = [text.index(letter) for letter in ("h. No", "i. One", "j. Two")]
    ends = [*starts[1:], len(text) + 1]
    clauses = (
        Section(f"({text[start]})", "", 1, Span(start, end - 1))
        for start, end in zip(starts, ends, strict=True)
    )
    act = document(Kind.AMENDING_ACT, text, (Section("§ 1", "", 0, Span(0, len(text))), *clauses))
    assert pinpoint(act, Span(starts[0], len(text))) == "§ 1 (amending § 9-131(h)–(j))"


@pytest.mark.parametrize(
    ("line", "heading"),
    [("§ 4. Gates.\n", "Gates"), ("§ 4. Gates. ", "Gates"), ("§ 4. Gates\n", "Gates")],
)
def test_a_catchline_does_not_widen_the_pinpoint(line: str, heading: str) -> None:
    text = f"{line}(a) Open.\n(b) Close."
    at = text.index("(a)")
    sections = (
        Section("§ 4", heading, 0, Span(0, len(text))),
        Section("(a)", "", 1, Span(at, text.index("\n(b)"))),
        Section("(b)", "", 1, Span(text.index("(b)"), len(text))),
    )
    assert pinpoint(document(text=text, sections=sections), Span(0, len(text))) == "§ 4(a)–(b)"


def test_a_clause_that_is_only_its_heading_is_still_cited() -> None:
    text = "§ 4.\n(a) Order 9 (Gates)\n(b) Order 10 (Locks)"
    second = text.index("(b)")
    sections = (
        Section("§ 4", "", 0, Span(0, len(text))),
        Section("(a)", "Order 9 (Gates)", 1, Span(5, second - 1)),
        Section("(b)", "Order 10 (Locks)", 1, Span(second, len(text))),
    )
    assert pinpoint(document(text=text, sections=sections), Span(5, len(text))) == "§ 4(a)–(b)"


def test_clauses_of_a_text_without_units_are_cited_as_a_range() -> None:
    text = "1. Open.\n2. Close."
    sections = (Section("(1)", "", 0, Span(0, 8)), Section("(2)", "", 0, Span(9, len(text))))
    found = pinpoint(document(Kind.RESOLUTION, text, sections), Span(0, len(text)))
    assert found == "(1)–(2)"


def test_articles_of_an_agreement_are_joined_with_points() -> None:
    sections = (Section("§ IV", "", 0, Span(0, 9)), Section("A", "", 1, Span(5, 9)))
    assert pinpoint(document(Kind.AGREEMENT, "One.\nTwo.", sections), Span(5, 9)) == "§ IV.A"


def test_clauses_of_an_appendix_follow_its_letter() -> None:
    sections = (Section("App. B", "", 0, Span(0, 9)), Section("3", "", 1, Span(5, 9)))
    assert pinpoint(document(Kind.AGREEMENT, "One.\nTwo.", sections), Span(5, 9)) == "App. B, 3"


def test_a_locator_holds_only_what_holds_all_of_the_span() -> None:
    both = Span(TEXT.index("(a)"), TEXT.index("History") - 1)
    assert locator(document(), both).path == ("§ 4",)
    assert locator(document(), span("At six.")).path == ("§ 4", "(a)", "(1)")


def test_the_outline_finds_the_path_to_an_offset() -> None:
    outline = Outline(SECTIONS)
    assert [s.label for s in outline.path(TEXT.index("At six"))] == ["§ 4", "(a)", "(1)"]
    assert outline.path(len(TEXT) + 5) == ()
