"""Operators to runs: where spaces are, and where they are not."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from ingest.readers.pdf.lines import Line, lines_of
from ingest.readers.pdf.runs import Form, Glyph, Image, Ink, Operation, Painter


class HalfEm:
    """A font whose every glyph is half an em wide."""

    bold = False
    space = 0.5
    drawn = False

    def glyphs(self, data: bytes) -> Iterable[Glyph]:
        return [Glyph(chr(code), 0.5, code == 32) for code in data]


class Sheet:
    """Resources with that one font and the drawings given."""

    def __init__(self, **drawings: Image | Form) -> None:
        self.drawings = drawings

    def face(self, name: str) -> HalfEm:
        return HalfEm()

    def drawing(self, name: str) -> Image | Form | None:
        return self.drawings.get(name)

    def space(self, name: str) -> str:
        return name

    def opacity(self, name: str) -> float | None:
        return None


def paint(*operations: Operation, resources: Sheet | None = None) -> Ink:
    painter = Painter()
    painter.paint(operations, resources or Sheet())
    return painter.ink


def lines(*operations: Operation) -> list[Line]:
    return lines_of(paint(([], b"BT"), (["/F", 10], b"Tf"), *operations).runs, 600, 800)


@pytest.mark.parametrize(
    ("operations", "expected"),
    [
        # kerning draws letters together or a little apart
        ([([[b"M", -100, b"OA"]], b"TJ")], "MOA"),
        # an offset of a word's distance is a space
        ([([[b"the", -400, b"law"]], b"TJ")], "the law"),
        # letters set apart by character spacing are still one word
        ([([1], b"Tc"), ([b"MOA"], b"Tj"), ([16.5, 0], b"Td"), ([b"s"], b"Tj")], "MOAs"),
        # a drop cap drawn by itself: the rest starts where it ends
        ([([b"B"], b"Tj"), ([5.1, 0], b"Td"), ([b"efore"], b"Tj")], "Before"),
        ([([b"X."], b"Tj"), ([40, 0], b"Td"), ([b"COSTS"], b"Tj")], "X. COSTS"),
        # a footnote number is raised, and stands on the line
        ([([b"law"], b"Tj"), ([3], b"Ts"), ([15, 0], b"Td"), ([b"2"], b"Tj")], "law2"),
        # drawn twice to look bold
        ([([b"Act"], b"Tj"), ([0.2, 0], b"Td"), ([b"Act"], b"Tj")], "Act"),
    ],
)
def test_a_space_stands_where_the_page_shows_one(
    operations: list[Operation], expected: str
) -> None:
    assert [line.text for line in lines(([100, 700], b"Td"), *operations)] == [expected]


def test_the_page_is_read_from_top_to_bottom_whatever_was_drawn_first() -> None:
    found = lines(
        ([1, 0, 0, 1, 100, 50], b"Tm"), ([b"foot"], b"Tj"),
        ([1, 0, 0, 1, 100, 700], b"Tm"), ([b"first"], b"Tj"),
        ([1, 0, 0, 1, 100, 680], b"Tm"), ([b"second"], b"Tj"),
    )  # fmt: skip
    assert [line.text for line in found] == ["first", "second", "foot"]


def test_columns_are_read_one_after_the_other() -> None:
    drawn: list[Operation] = []
    for x in (50, 300):
        for row in range(4):
            drawn += [([1, 0, 0, 1, x, 700 - 12 * row], b"Tm"), ([f"a b {x}".encode()], b"Tj")]
    assert [line.text for line in lines(*drawn)] == ["a b 50"] * 4 + ["a b 300"] * 4


def test_a_value_written_over_a_blank_stands_behind_it() -> None:
    found = lines(
        ([1, 0, 0, 1, 50, 700], b"Tm"), ([b"the ________, pursuant"], b"Tj"),
        ([1, 0, 0, 1, 72, 703], b"Tm"), ([b"City"], b"Tj"),
    )  # fmt: skip
    assert [line.text for line in found] == ["the ________ City , pursuant"]


def test_invisible_text_and_image_area_are_told() -> None:
    ink = paint(
        ([], b"q"), ([600, 0, 0, 400, 0, 0], b"cm"), (["Im"], b"Do"), ([], b"Q"),
        ([], b"BT"), (["/F", 10], b"Tf"), ([3], b"Tr"), ([b"under"], b"Tj"),
        resources=Sheet(Im=Image()),
    )  # fmt: skip
    assert ink.image_area == 600 * 400
    assert [run.hidden for run in ink.runs] == [True]


def test_a_form_that_draws_itself_is_drawn_once() -> None:
    sheet = Sheet()
    draw: list[Operation] = [
        (["X"], b"Do"), ([], b"BT"), (["/F", 10], b"Tf"), ([b"once"], b"Tj"),
    ]  # fmt: skip
    sheet.drawings["X"] = Form(1, (1, 0, 0, 1, 0, 0), lambda: draw, sheet)
    assert [run.text for run in paint((["X"], b"Do"), resources=sheet).runs] == ["once"]


@pytest.mark.parametrize(
    "operation", [([], b"Tf"), ([], b"cm"), ([], b"Td"), ([None], b"TJ"), ([], b"Q"), ([], b'"')]
)
def test_operators_without_their_operands_are_passed_over(operation: Operation) -> None:
    rest: list[Operation] = [([], b"BT"), (["/F", 10], b"Tf"), ([b"text"], b"Tj")]
    assert [run.text for run in paint(operation, *rest).runs] == ["text"]
