"""The report on accessibility has a row for each criterion, and each row rests on what is there."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
REPORT = (ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8")
# WCAG 2.2, levels A and AA; 4.1.1 was taken out of it.
CRITERIA = {
    "A": "1.1.1 1.2.1 1.2.2 1.2.3 1.3.1 1.3.2 1.3.3 1.4.1 1.4.2 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2"
    " 2.3.1 2.4.1 2.4.2 2.4.3 2.4.4 2.5.1 2.5.2 2.5.3 2.5.4 3.1.1 3.2.1 3.2.2 3.2.6 3.3.1 3.3.2"
    " 3.3.7 4.1.2",
    "AA": "1.2.4 1.2.5 1.3.4 1.3.5 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12 1.4.13 2.4.5 2.4.6 2.4.7"
    " 2.4.11 2.5.7 2.5.8 3.1.2 3.2.3 3.2.4 3.3.3 3.3.4 3.3.8 4.1.3",
}
RESULTS = {"supports", "partially supports", "does not support", "not applicable"}
_ROW = re.compile(r"^\| (\d\.\d\.\d+) [^|]+ \| ([^|]+) \| (.+) \|$", re.M)
_NAMED = re.compile(r"`(test_\w+)`")
# `--name: value` in the sheet of colours, and the conditions under which it is so.
_TOKEN = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{3,6})\b")
TOKENS = (ROOT / "service/web/static/styles/00-tokens.css").read_text(encoding="utf-8")
# Text on its ground, and how much darker or lighter it must be.
PAIRS = {
    **{("ink", ground): 7.0 for ground in ("paper", "raised", "tint")},
    **{("quiet", ground): 4.5 for ground in ("paper", "raised", "tint")},
    **{("link", ground): 4.5 for ground in ("paper", "raised", "tint")},
    **{(name, f"{name}-tint"): 4.5 for name in ("law", "record", "argument", "alert")},
    **{(name, "paper"): 4.5 for name in ("law", "record", "argument", "alert", "good")},
    **{("quiet", f"{name}-tint"): 4.5 for name in ("law", "record", "argument")},
    ("mark-ink", "mark"): 7.0,
    ("on-link", "link"): 4.5,
    # WCAG 1.4.11: what bounds a control, and what shows the focus.
    **{(name, ground): 3.0 for name in ("edge", "focus") for ground in ("paper", "raised", "tint")},
    ("decide", "paper"): 3.0,
}


@pytest.mark.parametrize("level", CRITERIA)
def test_each_criterion_has_a_row_at_its_level(level: str) -> None:
    part = REPORT.split(f"## Level {level}\n")[1].split("## Level ")[0]
    assert [row[0] for row in _ROW.findall(part)] == CRITERIA[level].split()


@pytest.mark.parametrize("row", _ROW.findall(REPORT), ids=lambda row: row[0])
def test_a_row_rests_on_tests_that_exist(row: tuple[str, str, str]) -> None:
    _criterion, result, how = row
    assert result in RESULTS
    assert set(_NAMED.findall(how)) <= known()
    # That there is no such content needs no test; a claim of support with none says why.
    assert len(how) > 10


def test_no_other_test_is_named() -> None:
    assert set(_NAMED.findall(REPORT)) - {"test_every_page", "test_conformance"} <= known()


@cache
def known() -> set[str]:
    """The name of every test that there is."""
    files = (ROOT / "tests").rglob("test_*.py")
    return {
        name for path in files for name in re.findall(r"^def (test_\w+)", path.read_text(), re.M)
    }


@pytest.mark.parametrize("theme", ["light", "dark", "contrast", "contrast-dark"])
def test_colours_have_contrast_in_every_theme(theme: str) -> None:
    colours = colours_of(theme)
    found = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in PAIRS}
    assert {pair: round(one, 2) for pair, one in found.items() if one < PAIRS[pair]} == {}


def colours_of(theme: str) -> dict[str, str]:
    """The colours of a theme: each block of the sheet that counts in it, one over the other."""
    blocks = re.split(r"^(?=@media|:root)", TOKENS, flags=re.M)
    colours: dict[str, str] = {}
    for block in blocks:
        asked = block.split("{")[0]
        dark, more = "scheme: dark" in asked, "contrast: more" in asked
        if (not dark or "dark" in theme) and (not more or "contrast" in theme):
            colours |= dict(_TOKEN.findall(block))
    return colours


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.2, relative luminance)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    signs = colour[1:] if len(colour) == 7 else "".join(sign * 2 for sign in colour[1:])
    parts = [int(signs[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
