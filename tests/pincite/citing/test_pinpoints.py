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
