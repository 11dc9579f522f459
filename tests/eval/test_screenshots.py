"""The pictures that the documentation shows are there, and small."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

pytest.importorskip("playwright")

from eval.screenshots import IN_DOCS, PAGES, SHOWN, THEMES, small

ROOT = Path(__file__).parents[2]
_MOST_BYTES = 100_000


def test_every_picture_is_of_a_page_and_a_theme() -> None:
    assert {page for page, _ in IN_DOCS} <= set(PAGES)
    assert {theme for _, theme in IN_DOCS} <= set(THEMES)


def test_the_pictures_are_there_and_small() -> None:
    kept = {path.stem: path.stat().st_size for path in SHOWN.glob("*.png")}
    assert set(kept) == {f"{page}-{theme}" for page, theme in IN_DOCS}
    assert max(kept.values()) < _MOST_BYTES


def test_what_is_shown_is_there_and_described() -> None:
    for document in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for words, path in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", document.read_text("utf-8")):
            assert (document.parent / path).is_file(), path
            assert words


def test_a_picture_is_cut_and_narrowed(tmp_path: Path) -> None:
    Image.effect_noise((1320, 2400), 0).save(tmp_path / "whole.png")
    small(tmp_path / "whole.png", tmp_path / "small.png")
    with Image.open(tmp_path / "small.png") as image:
        assert image.size == (900, 900)
