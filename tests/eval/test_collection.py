from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.collection import Catalogued, page_unit, precut
from pincite.settings import Settings
from pincite.types import Span

TEXTS = st.lists(st.text(max_size=30), max_size=8)


@given(TEXTS)
def test_units_are_verbatim_and_in_order(texts: list[str]) -> None:
    document, empty = precut("d", "D", [(str(n), "", text) for n, text in enumerate(texts)])
    kept = {unit.id: unit.span.of(document.text) for unit in document.units}
    assert kept == {str(n): text for n, text in enumerate(texts) if text.strip()}
    assert empty == tuple(str(n) for n, text in enumerate(texts) if not text.strip())
    assert document.text == "\n".join(kept.values())
    assert [unit.span for unit in document.units] == sorted(unit.span for unit in document.units)


def test_a_unit_keeps_its_heading() -> None:
    document, _ = precut("d", "D", [("a", "1.1", "one"), ("b", "1.2", ""), ("c", "1.3", "three")])
    assert [(unit.id, unit.span, unit.heading) for unit in document.units] == [
        ("a", Span(0, 3), "1.1"),
        ("c", Span(4, 9), "1.3"),
    ]


def test_a_text_version_changes_with_the_text_alone() -> None:
    first, _ = precut("d", "D", [("a", "", "one")])
    same, _ = precut("other", "Other", [("b", "x", "one")])
    changed, _ = precut("d", "D", [("a", "", "two")])
    assert first.version == same.version != changed.version


def test_pages_are_named_after_their_document() -> None:
    assert page_unit("nike-2018-10k", 38) == "nike-2018-10k#38"


@pytest.mark.parametrize("overrides", [{"ocr": "off"}, {}])
def test_the_benchmarks_settings_win(overrides: dict[str, str]) -> None:
    base = Settings(ocr="tesseract", leg_depth=50)
    settings = Catalogued(Path("catalogue.toml"), Path(), overrides).settings(base)
    assert (settings.ocr, settings.leg_depth) == (overrides.get("ocr", "tesseract"), 50)
