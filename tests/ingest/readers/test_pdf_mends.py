"""Mends of characters: only where it is certain what stands there."""

from __future__ import annotations

import pytest

from ingest.readers.draft import Draft
from ingest.readers.pdf.mends import mended
from ingest.readers.pdf.runs import GLYPH_NUMBERS


def numbers(text: str) -> str:
    """ASCII as glyph numbers in the standard order: the space is glyph 3."""
    return "".join(chr(GLYPH_NUMBERS + ord(c) - 29) for c in text)


@pytest.mark.parametrize(
    ("text", "expected", "rule"),
    [
        ("of\ufb01cers", "officers", "ligature"),
        ("\uf0b7 The power", "• The power", "symbol font"),
        (
            "o f f i c e r s o r e m p l o y e e s of it; officers or employees",
            "officers or employees of it; officers or employees",
            "letters set apart",
        ),
        ("P R O C E E D I N G S", "PROCEEDINGS", "letters set apart"),
        ("decision in " + numbers("Giglio v. United States"), "decision in Giglio v. United States",
         "glyph numbers"),
        (numbers("kqzx wvut pfgh"), "\ufffd", "unreadable glyphs"),
    ],
)  # fmt: skip
def test_a_mend_is_made_and_recorded(text: str, expected: str, rule: str) -> None:
    draft = mended(Draft.of(text))
    assert draft.text == expected
    assert {repair.rule for repair in draft.repairs} == {rule}
    assert draft.repairs[0].span.of(draft.text) in expected


@pytest.mark.parametrize("text", ["A B C D E F G", "x y z", "tennination oc suspension"])
def test_what_has_no_certain_reading_stays(text: str) -> None:
    assert mended(Draft.of(text)) == Draft.of(text)
