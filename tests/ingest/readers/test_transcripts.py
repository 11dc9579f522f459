"""Numbered lines and word indexes."""

from __future__ import annotations

from ingest.readers.pdf.lines import Line
from ingest.readers.pdf.text import LINE_NUMBER, WORD_INDEX, PageText, draft_of
from ingest.readers.pdf.transcripts import is_word_index, line_numbers


def line(text: str, row: int, inner: float = 120) -> Line:
    return Line(text=text, x=90, inner=inner, end=530, y=720 - 26 * row, size=12)


def transcript(last: int = 25) -> list[Line]:
    return [line(f"{n} it goes on and on without an end,", n) for n in range(1, last + 1)]


def test_numbers_that_run_from_one_without_a_gap_are_line_numbers() -> None:
    assert line_numbers(transcript()) == {n: 3 if n > 8 else 2 for n in range(25)}


def test_a_short_list_or_a_gap_is_no_transcript() -> None:
    assert line_numbers(transcript(last=12)) == {}
    assert line_numbers(transcript()[3:]) == {}


def test_an_index_is_known_by_its_references() -> None:
    index = [line("detain 12:3,14 13:9 40:25 alien 7:1 8:22", n) for n in range(10)]
    assert is_word_index(index)
    assert not is_word_index([line("at 10:07 a.m. and 11:27 a.m.", n) for n in range(10)])


def test_numbers_and_index_go_on_record_and_the_paragraph_is_whole() -> None:
    index = [line("detain 12:3,14 13:9 40:25 alien 7:1 8:22", n) for n in range(10)]
    draft = draft_of([PageText(tuple(transcript())), PageText(tuple(index))])
    assert draft.text.count("it goes on") == 25
    assert "\n\n" not in draft.text.strip()
    assert not any(character.isdigit() for character in draft.text)
    assert [r.rule for r in draft.repairs].count(LINE_NUMBER) == 25
    assert [r.rule for r in draft.repairs].count(WORD_INDEX) == 10
    assert draft.pages[1].span.start == draft.pages[1].span.end
