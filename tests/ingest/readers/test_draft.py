"""Edits move every span along and leave a record."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.draft import Draft
from pincite.types import Page, Reading, Repair, Span

TEXTS = st.text(alphabet=st.characters(codec="utf-8"), max_size=200)


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, list[tuple[int, int, str]]]:
    text = draw(TEXTS)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return text, [(start, end, draw(st.text(max_size=4))) for start, end in pairs]


def undone(reading_text: str, repairs: tuple[Repair, ...]) -> str:
    """The text with every repair taken back, last first."""
    for repair in reversed(repairs):
        reading_text = (
            reading_text[: repair.span.start] + repair.original + reading_text[repair.span.end :]
        )
    return reading_text


@given(edits())
def test_every_repair_can_be_taken_back(case: tuple[str, list[tuple[int, int, str]]]) -> None:
    text, changes = case
    # White space alone is not recorded, so it is made visible here.
    text = text.replace(" ", "_")
    seen = [(s, e, n) for s, e, n in changes if text[s:e].strip() or n.strip()]
    if all(text[s:e].strip() or n.strip() for s, e, n in seen):
        draft = Draft.of(text).replace(seen, "test")
        assert undone(draft.text, draft.repairs) == text


@given(edits())
def test_text_outside_the_edits_keeps_its_mark(
    case: tuple[str, list[tuple[int, int, str]]],
) -> None:
    text, changes = case
    whole = Draft.of(f"<{text}>").mark(0, 1, "note").mark(len(text) + 1, len(text) + 2, "note")
    moved = whole.replace([(s + 1, e + 1, n) for s, e, n in changes], "test")
    assert [mark.span.of(moved.text) for mark in moved.marks] == ["<", ">"]


@given(TEXTS)
def test_finished_text_is_canonical(text: str) -> None:
    reading = Draft.of(text).finish("test", 1)
    assert unicodedata.is_normalized("NFC", reading.text)
    assert reading.text == reading.text.strip()
    assert (
        all(line and line == line.strip() for line in reading.text.split("\n")) or not reading.text
    )
    assert "  " not in reading.text
    assert not set(reading.text) & {"\r", "\x00", "\u00ad", "\ufeff", "\t"}


@given(TEXTS)
def test_finishing_a_finished_text_changes_nothing(text: str) -> None:
    once = Draft.of(text).finish("test", 1)
    again = Draft.of(once.text).finish("test", 1)
    assert again.text == once.text
    assert again.repairs == ()


def test_a_removed_stretch_leaves_an_empty_span() -> None:
    draft = Draft.of("exam\u00adple").replace([(4, 5, "")], rule="soft hyphen")
    assert (draft.text, draft.repairs) == (
        "example",
        (Repair(Span(4, 4), "\u00ad", "soft hyphen"),),
    )


def test_white_space_is_no_repair() -> None:
    assert Draft.of("a  b\r\n\r\nc").finish("test", 1) == Reading("a b\nc", "test", 1)


def test_a_page_begins_where_its_first_word_went() -> None:
    draft = Draft.of("HEAD one HEAD two").paged([Page(Span(0, 9), 1), Page(Span(9, 17), 2)])
    reading = draft.sub("HEAD ", "", "running head").finish("test", 1)
    assert [page.span.of(reading.text) for page in reading.pages] == ["one ", "two"]


def test_overlapping_edits_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="overlapping"):
        Draft.of("abcdef").replace([(0, 3, "x"), (2, 4, "y")], "test")
