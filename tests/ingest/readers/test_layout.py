"""Lines set anew keep their words, their spans and their pages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.draft import Draft
from ingest.readers.rulings.layout import Piece, arranged
from pincite.types import Mark, Page, Span

PAGES = "one\nnote\ntwo\nthree"


def pieces(*order: int) -> list[Piece]:
    spans = [Span(0, 3), Span(4, 8), Span(9, 12), Span(13, 18)]
    return [Piece(spans[n], "\n\n") for n in order]


def test_a_line_set_further_down_leaves_a_repair_and_keeps_its_page() -> None:
    draft = Draft.of(PAGES).paged([Page(Span(0, 8), label="1"), Page(Span(9, 18), label="2")])
    draft, spans = arranged(draft, pieces(0, 2, 1, 3), dropped="gone", moved="note below")
    assert draft.text == "\n\none\n\ntwo\n\nnote\n\nthree"
    assert [span.of(draft.text) for span in spans] == ["one", "two", "note", "three"]
    assert [(r.span.of(draft.text), r.rule) for r in draft.repairs] == [("note", "note below")]
    assert [(page.span.of(draft.text)[:5], page.label) for page in draft.pages] == [
        ("one", "1"),
        ("two", "2"),
        ("note", "1"),
        ("three", "2"),
    ]


def test_what_stands_between_the_pieces_is_dropped_with_a_record() -> None:
    draft, _ = arranged(Draft.of(PAGES), pieces(0, 2), dropped="gone", moved="moved")
    assert draft.text == "\n\none\n\ntwo"
    assert [(r.original, r.rule) for r in draft.repairs] == [("note", "gone"), ("three", "gone")]


@given(st.permutations(range(4)))
def test_marks_go_along_with_their_words(order: list[int]) -> None:
    marks = [Mark(piece.span, "note", str(n)) for n, piece in enumerate(pieces(0, 1, 2, 3))]
    draft, _ = arranged(
        Draft.of(PAGES).marked(marks), pieces(*order), dropped="gone", moved="moved"
    )
    words = {mark.detail: mark.span.of(draft.text) for mark in draft.marks}
    assert words == {"0": "one", "1": "note", "2": "two", "3": "three"}
