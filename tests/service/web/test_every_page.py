"""What holds on every page: accessible in every theme, whole without scripts, at any width."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from tests.service.web.conftest import THEMES, Visit

pytestmark = [pytest.mark.browser, pytest.mark.model]

ANSWERED = f"/?q={quote('What does the ordinance of Port Alder say about detainers?')}"
PAGES = {
    "ask": "/",
    "answer": ANSWERED,
    "corpus": "/corpus",
    "problem": "/documents/there-is-none",
}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(
    visit: Visit, axe: Callable[[Page], list[str]], name: str, theme: str
) -> None:
    assert axe(visit(PAGES[name], theme)) == []


@pytest.mark.parametrize("name", PAGES)
def test_no_page_scrolls_sideways_at_320_pixels(visit: Visit, name: str) -> None:
    page = visit(PAGES[name], viewport={"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_without_scripts(visit: Visit, name: str) -> None:
    page = visit(PAGES[name], scripts=False)
    assert page.locator("main h1").count() == 1
    assert page.locator("nav [aria-current]").count() <= 1
