"""A text laid out: sections have names, lines are cut at marks, and no word is changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pincite.kinds import Kind
from pincite.types import Document, Entry, Mark, Page, Section, Span
from service.web.anchors import ids, name_of, outline
from service.web.blocks import blocks
from service.web.marking import Cited, lines
from service.web.reading import window_of


def _document(text: str, *sections: Section, marks: tuple[Mark, ...] = ()) -> Document:
    return Document(Entry("x", Kind.STATUTE, "X", "x"), text, "0" * 64, (), sections, marks)


def _section(label: str, level: int, start: int, end: int, heading: str = "") -> Section:
    return Section(label, heading, level, Span(start, end))


def test_a_section_is_named_by_its_labels() -> None:
    made = ids(
        (
            _section("Title 8", 0, 0, 100),
            _section("§ 9-131", 1, 0, 60),
            _section("(b)", 2, 10, 40),
            _section("(1)", 3, 20, 30),
            _section("", 2, 40, 50, "What “this” means: <b>"),
            _section("§ 9-131", 1, 60, 90),
            _section("", 1, 90, 95, "第一条"),
        )
    )
    assert made == (
        "s-title-8",
        "s-9-131",
        "s-9-131-b",
        "s-9-131-b-1",
        "s-9-131-what-this-means-b",
        "s-9-131--2",
        "s-title-8--2",
    )


@pytest.mark.parametrize(
    ("label", "heading", "name"),
    [
        ("Syllabus", "Syllabus *", "Syllabus *"),
        ("(b)", "B is for bail", "(b) B is for bail"),
        ("n.4", "", ""),
        ("", "", ""),
        ("§ 2", "Lists\nof vessels", "§ 2 Lists of vessels"),
    ],
)
def test_a_line_of_the_outline_has_label_and_heading(label: str, heading: str, name: str) -> None:
    assert name_of(_section(label, 0, 0, 9, heading)) == name


def test_an_outline_goes_as_deep_as_can_be_read() -> None:
    wide = tuple(_section(f"§ {n}", 0, n * 10, n * 10 + 10) for n in range(100))
    deep = tuple(_section("(a)", 1, n * 10 + 1, n * 10 + 5) for n in range(100))
    sections = tuple(sorted((*wide, *deep), key=lambda one: (one.span.start, -one.span.end)))
    shown = outline(sections, Span(0, 20))
    assert [heading.name for heading in shown] == [f"§ {n}" for n in range(100)]
    assert [len(heading.below) for heading in shown[:3]] == [1, 1, 0]


def test_levels_of_headings_never_skip_one() -> None:
    text = "Title\n(i) deep\nNote\nwords\nPart"
    marks = tuple(
        Mark(Span(start, start + length), "heading", level)
        for start, length, level in [(0, 5, "1"), (6, 8, "6"), (15, 4, "4"), (26, 4, "1")]
    )
    sections = (_section("Title", 0, 0, 26), _section("(i)", 5, 6, 14), _section("Part", 0, 26, 30))
    laid = [
        one
        for block in blocks(_document(text, *sections, marks=marks), Span(0, 30))
        for one in block
    ]
    assert [one.level for one in laid] == [2, 3, 3, 0, 2]


def test_a_line_is_cut_where_its_marks_the_quote_and_pages_begin_and_end() -> None:
    text = "Heading\nwithin [ten] five years\nend"
    marks = [
        Mark(Span(0, 7), "heading", "1"),
        Mark(Span(15, 20), "deleted"),
        Mark(Span(21, 25), "inserted"),
        Mark(Span(8, 14), "paragraph", "4"),
    ]
    pages = [Page(Span(7, 15), 1, "87"), Page(Span(15, 35), 2, "88")]
    cited = [Cited(Span(26, 31), 1, "Five Years", "/documents/five")]
    whole = Span(0, len(text))
    made = list(lines(text, whole, marks, Span(8, 25), pages, cited=cited))
    assert [line.is_heading for line in made] == [True, False, False]
    assert [line.paragraph for line in made] == ["", "4", ""]
    pieces = [(p.text, sorted(p.types), p.quoted, p.first, p.page) for p in made[1].pieces]
    assert pieces == [
        ("within ", [], True, True, "87"),
        ("[ten]", ["deleted"], True, False, "88"),
        (" ", [], True, False, ""),
        ("five", ["inserted"], True, False, ""),
        (" ", [], False, False, ""),
        ("years", [], False, False, ""),
    ]
    assert made[1].pieces[-1].cited == cited[0]
    assert made[1].pieces[-1].opens
    assert "\n".join(line.text for line in made) == text


@given(st.text(alphabet="ab \n", max_size=60), st.data())
def test_no_mark_changes_a_word(text: str, data: st.DataObject) -> None:
    spot = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(spot, spot).map(sorted), max_size=6))
    marks = [Mark(Span(start, end), "deleted") for start, end in spans]
    quote = Span(*sorted((data.draw(spot), data.draw(spot))))
    made = list(lines(text, Span(0, len(text)), marks, quote))
    assert "\n".join(line.text for line in made) == text
    marked = [piece for line in made for piece in line.pieces if piece.quoted]
    assert "".join(p.text for p in marked) == quote.of(text).replace("\n", "")
    assert sum(piece.first for line in made for piece in line.pieces) <= 1


@pytest.mark.parametrize("at", [-5, 0, 1, 399_999, 400_000, 500_000, 1_999_999, 10**9])
def test_a_part_of_a_very_long_text_is_whole_lines(at: int) -> None:
    text = "\n".join("x" * 99 for _ in range(20_000))
    window = window_of(text, at)
    assert window.start == 0 or text[window.start - 1] == "\n"
    assert window.end == len(text) or text[window.end] == "\n"
    assert window.start <= max(0, min(at, len(text)))
    assert window.end - window.start < 400_200
    assert window_of(text[:500_000], at) == Span(0, 500_000)
