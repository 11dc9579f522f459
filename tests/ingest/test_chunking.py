"""Passages are verbatim, cover the text, and stay within one section."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.chunking import LONGEST_SENTENCE, MOST, passages, size_cost
from ingest.outlines.code import outline_code
from pincite.citing.bodies import body_start
from pincite.citing.outline import Outline, is_border
from pincite.kinds import Kind
from pincite.types import Document, Entry, Mark, MarkType, Section, Span


def document(text: str, marks: tuple[Mark, ...] = (), kind: Kind = Kind.STATUTE) -> Document:
    return Document(
        Entry("x", kind, "X", "x.md"),
        text,
        "v",
        sections=outline_code(text, marks, ()),
        marks=marks,
    )


def words(count: int, end: str = ".") -> str:
    return " ".join(["Word", *["word"] * (count - 1)]) + end


def cut(text: str, marks: tuple[Mark, ...] = ()) -> list[str]:
    return [passage.text for passage in passages(document(text, marks))]


def check(found: Document) -> None:
    """Every passage is its slice; they do not overlap; only white space is left out."""
    at = 0
    for passage in passages(found):
        assert passage.text == passage.span.of(found.text)
        assert passage.text == passage.text.strip() != ""
        assert passage.span.start >= at
        assert not found.text[at : passage.span.start].strip()
        at = passage.span.end
    assert not found.text[at:].strip()


LINES = st.sampled_from(
    [
        "CHAPTER 2 GATES",
        "§ 4. Gates.",
        "§ 5. Locks.",
        "Sec. 2-6. Keepers.",
        "(a) In general",
        "(a) A keeper shall:",
        "(1) sweep the gate; and",
        "(2) lock it.",
        "(b) No keeper sleeps. Some do.",
        "History. 1999, c. 4.",
        "Gates matter. See 8 U.S.C. § 1373. They open.",
        words(150),
        words(90) + " " + words(180) + " " + words(20),
        words(450, ";") + " and then.",
    ]
)


TYPES: st.SearchStrategy[MarkType | None] = st.sampled_from(
    [None, None, "heading", "note", "deleted"]
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    text, marks = "", []
    for line, kind in draw(st.lists(st.tuples(LINES, TYPES))):
        text += "\n" if text else ""
        if kind:
            marks.append(Mark(Span(len(text), len(text) + len(line)), kind, "2"))
        text += line
    return document(text, tuple(marks))


@settings(max_examples=150)
@given(documents())
def test_passages_are_verbatim_and_cover_the_text(found: Document) -> None:
    check(found)


@settings(max_examples=150)
@given(documents())
def test_no_passage_mixes_law_and_notes(found: Document) -> None:
    headings = {m.span.start for m in found.marks if m.type == "heading"}
    notes = [m.span for m in found.marks if m.type == "note"]
    for passage in passages(found):
        start, kinds = passage.span.start, set()
        for line in passage.text.split("\n"):
            if start not in headings:
                kinds.add(any(note.start <= start < note.end for note in notes))
            start += len(line) + 1
        assert len(kinds) <= 1


def test_a_short_document_is_one_passage() -> None:
    assert len(cut("§ 4. Gates.\nGates open at six.")) == 1


def test_an_empty_document_has_no_passage() -> None:
    assert cut("") == []


def test_a_passage_never_crosses_from_one_section_to_the_next() -> None:
    assert cut("§ 4. Gates.\nOpen.\n§ 5. Locks.\nShut.") == [
        "§ 4. Gates.\nOpen.",
        "§ 5. Locks.\nShut.",
    ]


def test_small_sibling_clauses_go_together_and_large_ones_alone() -> None:
    small = "§ 4. Gates.\n(a) One is open.\n(b) One is shut."
    assert cut(small) == [small]
    large = f"§ 4. Gates.\n(a) {words(120)}\n(b) {words(120)}"
    assert len(cut(large)) == 2


def test_a_lead_in_stays_with_its_list_where_it_fits() -> None:
    text = f"§ 4. Gates.\n(a) {words(30, ':')}\n(1) {words(60, ';')}\n(2) {words(60)}"
    assert cut(text) == [text]


def test_an_exception_stays_with_its_rule_where_it_fits() -> None:
    rule, exception = f"(a) {words(70)}", f"(b) Exceptions. This does not apply. {words(70)}"
    other = f"(c) {words(100)}"
    assert cut(f"§ 4. Gates.\n{rule}\n{exception}\n{other}")[0].endswith(exception)


def test_a_heading_goes_with_the_text_below_it() -> None:
    text = "CHAPTER 2 GATES\n§ 4. Gates.\nOpen."
    marks = (Mark(Span(0, 15), "heading", "1"), Mark(Span(16, 27), "heading", "2"))
    assert cut(text, marks) == [text]


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    text = " ".join([words(100)] * 5)
    found = cut(text)
    assert len(found) > 1
    assert all(one.endswith(".") and len(one.split()) <= MOST for one in found)


def test_a_long_sentence_stays_whole_unless_no_one_could_take_it() -> None:
    assert len(cut(words(LONGEST_SENTENCE))) == 1
    endless = " ".join([words(150, ";")] * 4)
    assert all(one.endswith(";") for one in cut(endless))


def test_only_a_passage_of_deleted_words_is_retired() -> None:
    text = f"§ 4. Gates.\n1. {words(70)}\n[2. {words(70)}]\n3. {words(70)} [old words]"
    start, last = text.index("[2."), text.index("[old")
    marks = (
        Mark(Span(start, text.index("]") + 1), "deleted"),
        Mark(Span(last, len(text)), "deleted"),
    )
    retired = [p.text[:3] for p in passages(document(text, marks)) if p.retired]
    assert retired == ["[2."]


def test_footnotes_stand_alone() -> None:
    text = "Body one.\nA note.\nAnother note.\nBody two."
    marks = (Mark(Span(10, 17), "footnote", "1"), Mark(Span(18, 31), "footnote", "2"))
    assert cut(text, marks) == text.split("\n")


@pytest.mark.parametrize(("better", "worse"), [(100, 20), (120, 215), (200, 260), (70, 40)])
def test_sizes_within_the_range_cost_less(better: int, worse: int) -> None:
    assert size_cost(better) < size_cost(worse)


def kind_of(path: Path) -> Kind:
    in_other = {"287g": Kind.AGREEMENT, "nyc-bill": Kind.BILL, "nyc-resolution": Kind.RESOLUTION}
    for start, kind in in_other.items():
        if path.name.startswith(start):
            return kind
    return Kind(path.parent.name)


@pytest.mark.corpus
def test_every_real_text_is_cut_verbatim_within_its_sections(corpus_dir: Path) -> None:
    from ingest.outlines.table import outline
    from ingest.readers.format import Limits
    from ingest.readers.table import read

    files = [p for p in sorted((corpus_dir / "corpus").rglob("*")) if p.suffix not in ("", ".pdf")]
    assert len(files) > 80
    sizes = []
    for path in files:
        reading, kind = read(path.read_bytes(), path.suffix, Limits()), kind_of(path)
        entry = Entry(path.stem, kind, path.stem, path.name)
        sections = outline(kind, reading)
        found = Document(entry, reading.text, "v", reading.pages, sections, reading.marks)
        check(found)
        assert not crossings(found), path.name
        sizes += [len(passage.text.split()) for passage in passages(found)]
    within = sum(30 <= size <= MOST for size in sizes) / len(sizes)
    assert within > 0.88


def crossings(found: Document) -> list[str]:
    """Passages whose first words and last words stand in different bordered sections."""
    outline = Outline(found.sections)

    def border(at: int) -> Section | None:
        return next((s for s in reversed(outline.path(at)) if is_border(s)), None)

    return [
        passage.text[:60]
        for passage, _ in pairwise([*passages(found), None])
        if passage is not None
        and border(body_start(found, passage.span)) != border(passage.span.end - 1)
    ]
