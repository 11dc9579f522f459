"""Where a stretch of a document stands, when its text makes that hard."""

from __future__ import annotations

import pytest

from pincite.citing.pinpoints import pin, pinpoint
from pincite.citing.printing import printed
from pincite.kinds import Kind
from pincite.types import Document, Entry, Mark, Page, Section, Span


def document(
    text: str,
    *sections: Section,
    kind: Kind = Kind.STATUTE,
    citation: str | None = None,
    pages: tuple[Page, ...] = (),
    marks: tuple[Mark, ...] = (),
) -> Document:
    return Document(
        Entry("x", kind, "X", "x.md", citation=citation), text, "v", pages, sections, marks
    )


def section(
    text: str, label: str, level: int, words: str, end: str = "", **known: object
) -> Section:
    start = text.index(words)
    stop = text.index(end) + len(end) if end else start + len(words)
    return Section(label, known.pop("heading", ""), level, Span(start, stop), **known)  # type: ignore[arg-type]


def at(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


OPINION = (
    "Justice BLACK delivered the opinion of the Court.\nThe first page goes on *11 to the second"
    " and then *12 to the third, where it ends.\nJustice WHITE, dissenting.\nNo. [*14] Never."
)


def test_star_pages_of_the_text_are_the_reporters() -> None:
    ruling = document(OPINION, kind=Kind.COURT_RULING, citation="A v. B, 5 U.S. 10 (1803)")
    for words, place in (
        ("The first page", "at 10"),
        ("to the second", "at 11"),
        ("to the third", "at 12"),
        ("to the second and then *12 to the third", "at 11–12"),
        ("Never", "at 14"),
    ):
        assert pinpoint(ruling, at(OPINION, words)) == place
    assert (
        printed(ruling.entry, pin(ruling, at(OPINION, "to the second")))
        == "A v. B, 5 U.S. 10, 11 (1803)"
    )


@pytest.mark.parametrize(
    ("text", "citation"),
    [
        (OPINION, "A v. B, 5 U.S. 500 (1803)"),  # the stars do not count up from page 500
        (OPINION, None),
        ("See note *11 and note *10 below.", "A v. B, 5 U.S. 10 (1803)"),
        ("See note *11 alone.", "A v. B, 5 U.S. 10 (1803)"),
    ],
)
def test_no_page_is_invented_from_other_stars(text: str, citation: str | None) -> None:
    ruling = document(text, kind=Kind.COURT_RULING, citation=citation)
    assert pinpoint(ruling, Span(4, 9)) == "para. 1"


def test_without_pages_a_ruling_is_cited_by_part_and_paragraph() -> None:
    text = "Syllabus\nHeld.\nAlso.\nJustice BLACK delivered it.\nII\nOne.\nTwo."
    sections = (
        section(text, "Syllabus", 0, "Syllabus", "Also.", part="syllabus"),
        section(text, "Opinion of the Court", 0, "Justice", "Two.", part="majority"),
        section(text, "II", 1, "II", "Two.", part="majority"),
    )
    marks = (
        Mark(at(text, "Syllabus"), "heading", "2"),
        Mark(at(text, "One"), "paragraph", "8"),
        Mark(at(text, "Two"), "paragraph", "9"),
    )
    ruling = document(text, *sections, kind=Kind.COURT_RULING, marks=marks)
    assert pinpoint(ruling, at(text, "One.")) == "Part II, ¶ 8"
    assert pinpoint(ruling, at(text, "One.\nTwo.")) == "Part II, ¶¶ 8–9"
    assert pinpoint(ruling, at(text, "Also.")) == "syllabus, para. 2"


def test_several_whole_footnotes_are_a_range() -> None:
    text = "Body.\nOne.\nTwo."
    marks = (Mark(at(text, "One."), "footnote", "1"), Mark(at(text, "Two."), "footnote", "2"))
    ruling = document(
        text, kind=Kind.COURT_RULING, marks=marks, pages=(Page(Span(0, 15), 1, "935"),)
    )
    assert pinpoint(ruling, at(text, "One.\nTwo.")) == "at 935 nn.1–2"


RUN = (
    "§ 4. Keys.\n(e) in the case of gates, (i) the one is open or (ii) the other is shut. Both"
    " stand under paragraph (i) or (ii) of § 9."
)


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("the one is open", "§ 4(e)(i)"),
        ("the other is shut", "§ 4(e)(ii)"),
        ("in the case of gates", "§ 4(e)"),
        ("the one is open or (ii) the other", "§ 4(e)"),
        ("Both stand", "§ 4(e)"),
        ("of § 9", "§ 4(e)"),
    ],
)
def test_a_clause_that_runs_on_inside_a_line_is_cited(words: str, place: str) -> None:
    sections = (
        section(RUN, "§ 4", 0, RUN, heading="Keys"),
        section(RUN, "(e)", 1, RUN[RUN.index("(e)") :]),
    )
    assert pinpoint(document(RUN, *sections), at(RUN, words)) == place


def test_deleted_words_make_no_run() -> None:
    text = "§ 4. Keys.\n(e) of gates, including: (a) [the one, (b)] the other."
    unit = Section("§ 4", "Keys", 0, Span(0, len(text)))
    struck = Mark(at(text, "[the one, (b)]"), "deleted")
    assert pinpoint(document(text, unit, marks=(struck,)), at(text, "the other")) == "§ 4"


LIST = "§ 6. The deputy shall:\na. Open it.\nb. Close it.\n1. At six.\n2. At ten.\nc. Rest."
LISTED = (
    section(LIST, "§ 6", 0, LIST),
    section(LIST, "(a)", 1, "a. Open it."),
    section(LIST, "(b)", 1, "b. Close it.", "At ten."),
    section(LIST, "(1)", 2, "1. At six."),
    section(LIST, "(2)", 2, "2. At ten."),
    section(LIST, "(c)", 1, "c. Rest."),
)


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("§ 6. The deputy shall:\na. Open it.", "§ 6(a)"),
        ("§ 6. The deputy shall:\na. Open it.\nb. Close it.", "§ 6"),
        ("a. Open it.\nb. Close it.\n1. At six.\n2. At ten.", "§ 6(a)–(b)"),
        ("a. Open it.\nb. Close it.\n1. At six.", "§ 6(a)–(b)(1)"),
        ("2. At ten.\nc. Rest.", "§ 6(b)(2)–(c)"),
    ],
)
def test_a_longer_stretch_is_cited_by_what_it_covers(words: str, place: str) -> None:
    assert pinpoint(document(LIST, *LISTED), at(LIST, words)) == place


def test_sections_of_a_chapter_are_cited_as_a_range() -> None:
    text = "§ 7-68-103. One.\nA.\n§ 7-68-104. Two.\nB.\n§ 7-68-105. Three.\nC."
    units = [
        section(text, f"§ 7-68-{n}", 1, f"§ 7-68-{n}", w) for n, w in ((103, "A."), (104, "B."))
    ]
    units.append(section(text, "§ 7-68-105", 1, "§ 7-68-105", "C."))
    chapter = Section("Ch. 68", "", 0, Span(0, len(text)))
    assert pinpoint(document(text, chapter, *units), Span(0, len(text))) == "§§ 7-68-103 to -105"


CHARTER = (
    "PART I CHARTER\n§ 1-1. City.\nPART II CODE\n§ 1-1. Title.\n§ 1-2. Words.\n"
    "APPENDIX B\nRule 1. Talk."
)


def test_a_number_that_stands_twice_is_cited_with_its_part() -> None:
    sections = (
        section(CHARTER, "Part I", 0, "PART I CHARTER", "City."),
        section(CHARTER, "§ 1-1", 1, "§ 1-1. City."),
        section(CHARTER, "Part II", 0, "PART II CODE", "Words."),
        section(CHARTER, "§ 1-1", 1, "§ 1-1. Title."),
        section(CHARTER, "§ 1-2", 1, "§ 1-2. Words."),
        section(CHARTER, "App. B", 0, "APPENDIX B", "Talk."),
        section(CHARTER, "Rule 1", 1, "Rule 1. Talk."),
    )
    code = document(CHARTER, *sections, kind=Kind.ORDINANCE)
    assert pinpoint(code, at(CHARTER, "City.")) == "Part I, § 1-1"
    assert pinpoint(code, at(CHARTER, "Title.")) == "§ 1-1"
    assert pinpoint(code, at(CHARTER, "Talk.")) == "App. B, Rule 1"


def test_a_section_of_a_constitution_is_cited_with_its_article() -> None:
    text = "Article I\nSection 8. Powers.\nTo coin money."
    sections = (
        Section("Art. I", "", 0, Span(0, len(text))),
        Section("§ 8", "Powers", 1, Span(10, len(text))),
    )
    found = document(text, *sections, kind=Kind.CONSTITUTION, citation="U.S. Const.")
    place = pin(found, at(text, "coin"))
    assert printed(found.entry, place) == "U.S. Const. art. I, § 8"


def test_an_editorial_note_is_cited_by_its_name() -> None:
    text = "§ 4. Keys.\nOpen.\nHistory. 2010.\nOPINIONS OF THE ATTORNEY GENERAL\nIt may open."
    unit = Section("§ 4", "Keys", 0, Span(0, len(text)))
    note = section(text, "", 1, "History", "open.", part="note")
    code = document(text, unit, note)
    assert pinpoint(code, at(text, "2010")) == "§ 4 note, History"
    assert pinpoint(code, at(text, "may open")) == "§ 4 note, Opinions of the Attorney General"


@pytest.mark.parametrize(
    ("kind", "text", "words", "place"),
    [
        (
            Kind.RESOLUTION,
            "By Roe.\nWhereas, A;\nWhereas, B;\nResolved, That C.",
            "B;",
            "Whereas cl. 2",
        ),
        (Kind.RESOLUTION, "By Roe.\nWhereas, A;\nResolved, That C.", "C.", "Resolved cl. 1"),
        (Kind.EXECUTIVE_ORDER, "Order 6\nWHEREAS, A; and\nWHEREAS, B;", "B;", "pmbl., para. 3"),
        (Kind.AMENDING_ACT, "Act\nTo amend the code to open gates.", "open", "long title"),
    ],
)
def test_what_stands_above_the_sections_is_named(
    kind: Kind, text: str, words: str, place: str
) -> None:
    assert pinpoint(document(text, kind=kind), at(text, words)) == place


NESTED = (
    "Sec. 2. Chapter 4 of the District of Columbia Official Code is amended as follows:\n"
    "(b) Section 13-443 is amended as follows:\n"
    "(3) A new subsection (d) is added to read as follows:\n"
    "(d) Gates open."
)


def test_what_a_clause_of_an_act_adds_is_cited_under_that_clause() -> None:
    sections = tuple(
        Section(label, "", level, Span(NESTED.index(words), len(NESTED)))
        for level, (label, words) in enumerate(
            [("Sec. 2", "Sec. 2"), ("(b)", "(b)"), ("(3)", "(3)"), ("(d)", "(d) Gates")]
        )
    )
    act = document(NESTED, *sections, kind=Kind.AMENDING_ACT, citation="D.C. Law 24-257")
    place = pin(act, at(NESTED, "Gates open"))
    assert place.text == "Sec. 2(b)(3) (adding § 13-443(d))"
    assert printed(act.entry, place) == "D.C. Law 24-257, § 2(b)(3), adding D.C. Code § 13-443(d)"


def test_such_code_is_the_code_that_was_named_before() -> None:
    text = (
        "Section 1. Section 9-1 of the administrative code is amended:\na. One.\n"
        "§ 2. Subdivision h of section 9-131 of such code is amended to read as follows:\nh. Two."
    )
    second = text.index("§ 2.")
    sections = (
        Section("§ 1", "", 0, Span(0, second - 1)),
        Section("§ 2", "", 0, Span(second, len(text))),
        section(text, "(h)", 1, "h. Two."),
    )
    law = document(
        text, *sections, kind=Kind.AMENDING_ACT, citation="N.Y.C. Local Law No. 9 of 2014"
    )
    form = "N.Y.C. Local Law No. 9 (2014) § 2, amending Admin. Code § 9-131(h)"
    assert printed(law.entry, pin(law, at(text, "Two."))) == form


@pytest.mark.parametrize(
    ("kind", "text", "author"),
    [
        (Kind.NEWS, "Gates open\nBy Jane Q. Roe\nThe city said.", "Jane Q. Roe"),
        (Kind.DOJ_MEMO, "MEMORANDUM\nFROM: Jane Roe, Director\nIt may.", "Jane Roe, Director"),
        (Kind.NEWS, "Gates open\nBy then the city had\nspoken.", ""),
        (Kind.STATUTE, "By Jane Roe\n§ 1.", ""),
    ],
)
def test_the_author_is_whom_the_head_of_the_text_names(kind: Kind, text: str, author: str) -> None:
    assert pin(document(text, kind=kind), Span(0, 4)).author == author


def test_the_clauses_of_an_act_that_amends_as_follows_are_its_own() -> None:
    text = (
        "Sec. 301. Section 102 of the Gates Act (D.C. Official Code § 2-1401.02) is amended as"
        " follows:\n(a) Paragraph (2) is struck.\n(b) A new paragraph (12A) is added to read as"
        " follows:\n(12A) Gates."
    )
    sections = (
        Section("Sec. 301", "", 0, Span(0, len(text))),
        section(text, "(a)", 1, "(a) Paragraph (2) is struck."),
        section(text, "(b)", 1, "(b) A new", "Gates."),
        section(text, "(12A)", 2, "(12A) Gates."),
    )
    act = document(text, *sections, kind=Kind.AMENDING_ACT, citation="D.C. Law 24-257")
    assert pinpoint(act, at(text, "is struck")) == "Sec. 301(a)"
    form = "D.C. Law 24-257, § 301(b), adding D.C. Code § 2-1401.02(12A)"
    assert printed(act.entry, pin(act, at(text, ") Gates."))) == form
