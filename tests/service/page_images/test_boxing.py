"""The words under the boxes are the quote's, and no others; where that is unsure, none is boxed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pincite.types import Span
from service.page_images.aligning import Letters, matched
from service.page_images.boxing import Boxed, boxed
from service.page_images.sheets import Box, Sheet

WIDE, HIGH = 100, 200
WORDS = [
    *("detainer", "request", "warrant", "officer", "shall", "not", "of", "the", "a", "immigration"),
    *("custody", "notify", "§", "287(g)", "person", "is", "or", "city", "“agency”", "8", "1373"),
]
some_words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=80)


def sheet_of(lines: Sequence[str], left: int = 500, top: int = 500) -> Sheet:
    """A page of lines in letters of one size."""
    text, boxes, words, number = "", [], [], 0
    for row, line in enumerate(lines):
        number += 1
        for column, character in enumerate(line):
            if character == " ":
                number += 1
                continue
            x, y = left + column * WIDE, top + row * HIGH
            text += character
            boxes.append((x, y, x + WIDE, y + HIGH))
            words.append(number)
    return Sheet(1, 612.0, 792.0, text, tuple(boxes), tuple(words))


def wrapped(words: Sequence[str], columns: int = 60) -> list[str]:
    """Words in lines as a page has them."""
    lines = [""]
    for word in words:
        if len(lines[-1]) + len(word) + 1 > columns:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def under(sheet: Sheet, boxes: Sequence[Box]) -> str:
    """The words whose characters stand under boxes, by place alone."""
    words: dict[int, str] = {}
    for character, word, (left, top, right, bottom) in zip(
        sheet.text, sheet.words, sheet.boxes, strict=True
    ):
        x, y = (left + right) / 2, (top + bottom) / 2
        if any(b[0] <= x <= b[2] and b[1] <= y <= b[3] for b in boxes):
            words[word] = words.get(word, "") + character
    return " ".join(words.values())


def letters(text: str) -> str:
    return Letters.of(text).folded


def box(lines: Sequence[str], text: str, quote: str) -> tuple[Sheet, Boxed]:
    sheet, start = sheet_of(lines), text.index(quote)
    return sheet, boxed(sheet, text, Span(start, start + len(quote)))


@given(st.text(max_size=300), st.text(max_size=300))
def test_matched_letters_are_alike_and_none_is_matched_twice(one: str, other: str) -> None:
    here, there = Letters.of(one), Letters.of(other)
    pairs = matched(here, there)
    assert all(here.folded[a] == there.folded[b] for a, b in pairs.items())
    assert len(set(pairs.values())) == len(pairs)


@given(some_words, some_words, st.data())
def test_whatever_a_page_shows_only_words_of_the_quote_are_boxed(
    page: list[str], said: list[str], data: st.DataObject
) -> None:
    text = " ".join(said)
    start = data.draw(st.integers(0, len(text) - 1))
    quote = Span(start, data.draw(st.integers(start + 1, len(text))))
    sheet = sheet_of(wrapped(page))
    found = boxed(sheet, text, quote)
    shown = Counter(letters("".join(sheet.text[i] for i in found.characters)))
    assert found.outcome == "boxed" or not found.boxes
    assert not shown - Counter(letters(quote.of(text)))


@given(some_words, st.data())
def test_on_its_own_page_a_quote_is_boxed_whole_in_spite_of_heads_and_numbers(
    words: list[str], data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    text, quote = " ".join(words), " ".join(words[first:last])
    start = len(" ".join(words[:first])) + (first > 0)
    lines = ["Official Reporter", *wrapped(words, 30), "Page 17"]
    sheet = sheet_of([f"{n} {line}" for n, line in enumerate(lines, start=1)])
    found = boxed(sheet, text, Span(start, start + len(quote)))
    if len(letters(text)) >= 12 and letters(quote):
        assert found.outcome == "boxed" or found.covered < 0.9
    if found.outcome == "boxed":
        assert set(letters(under(sheet, found.boxes))) <= set(letters(quote))


PAGE = [
    "The sheriff shall not hold a person on the",
    "strength of a civil immigration de-",
    "tainer alone, nor arrest one for it. The ﬁnal",
    "rule of “this city” binds every ofﬁcer.2",
]
TEXT = (
    "The sheriff shall not hold a person on the strength of a civil immigration detainer alone,"
    ' nor arrest one for it. The final rule of "this city" binds every officer.'
)


@pytest.mark.parametrize(
    ("quote", "expected", "lines"),
    [
        ("shall not hold", "shall not hold", 1),
        ("civil immigration detainer alone", "civil immigration de tainer alone", 2),
        ('final rule of "this city" binds every officer', "rule of “this city”", 2),
        ("a person on the strength of a civil", "a person on the strength of a civil", 2),
    ],
)
def test_a_quote_gets_one_box_a_line(quote: str, expected: str, lines: int) -> None:
    sheet, found = box(PAGE, TEXT, quote)
    assert found.outcome == "boxed"
    assert len(found.boxes) == lines
    assert letters(expected) in letters(under(sheet, found.boxes))
    assert letters(under(sheet, found.boxes)).rstrip("2") == letters(quote)


def test_words_that_come_twice_are_boxed_where_they_are_quoted() -> None:
    text = "No officer may ask. The clerk files a form. No officer may ask."
    sheet = sheet_of(["No officer may ask.", "The clerk files a form.", "No officer may ask."])
    second = text.rindex("No officer")
    found = boxed(sheet, text, Span(second, len(text)))
    assert [b[1] for b in found.boxes] == [sheet.boxes[-1][1]]


def test_columns_that_the_page_has_in_another_order_are_found() -> None:
    left = ["The first column tells of the county jail", "and of who may be held in it at night."]
    right = ["The second column tells of the federal", "warrants that a judge must have signed."]
    text = " ".join([*left, *right])
    for quote in (" ".join(left), " ".join(right)):
        sheet, found = box([*right, *left], text, quote)
        assert letters(under(sheet, found.boxes)) == letters(quote)


def test_lines_of_two_columns_get_boxes_of_their_own() -> None:
    one = sheet_of(["of the county jail", "and at night"], left=500)
    two = sheet_of(["a judge must sign", "each warrant"], left=5500)
    words = (*one.words, *(w + 100 for w in two.words))
    sheet = Sheet(1, 612, 792, one.text + two.text, one.boxes + two.boxes, words)
    text = "of the county jail and at night a judge must sign each warrant"
    found = boxed(sheet, text, Span(0, len(text)))
    assert len(found.boxes) == 4
    assert all(b[2] < 5500 or b[0] >= 5500 for b in found.boxes)


def test_turned_words_get_one_box_a_line() -> None:
    boxes = tuple((900, 9000 - n * 60, 1050, 9060 - n * 60) for n in range(30))
    sheet = Sheet(1, 612, 792, "thirtyletterswithoutanyspacesx", boxes, (1,) * 30)
    found = boxed(sheet, sheet.text, Span(0, 30))
    assert found.boxes == ((900, 7260, 1050, 9060),)


def test_a_page_without_the_words_gets_no_box() -> None:
    text = "A wholly different sentence about ferries and their timetables stands here instead."
    assert boxed(sheet_of(PAGE), text, Span(2, 60)).outcome == "unsure"


def test_a_page_whose_words_only_ocr_has_read_is_a_scan() -> None:
    assert boxed(Sheet(1, 612, 792), TEXT, Span(0, 40)) == Boxed("scan")


def test_a_page_of_more_characters_than_are_read_gets_no_box() -> None:
    assert boxed(Sheet(1, 612, 792, whole=False), TEXT, Span(0, 40)).outcome == "unsure"
