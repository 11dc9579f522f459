"""Printed page numbers in running text become pages, and nothing else does."""

from __future__ import annotations

from ingest.readers.draft import Draft
from ingest.readers.rulings.star_pages import star_pages


def test_star_pages_become_pages_and_leave_the_sentence() -> None:
    reading = star_pages(Draft.of("Case\n[*7] We start\nand go [*8] on.")).finish("t", 1)
    assert reading.text == "Case\nWe start\nand go on."
    assert [(p.label, p.span.of(reading.text).strip()) for p in reading.pages] == [
        ("7", "We start\nand go"),
        ("8", "on."),
    ]
    assert {repair.rule for repair in reading.repairs} == {"star page"}


def test_bracketed_numbers_that_do_not_count_up_stay() -> None:
    for text in ("see [*7]", "a [*7] b [*3] c"):
        assert star_pages(Draft.of(text)).text == text
