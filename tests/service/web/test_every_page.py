"""What holds on every page: accessible in every theme, whole without scripts, at any width."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from tests.service.web.conftest import THEMES, Visit

pytestmark = [pytest.mark.browser, pytest.mark.model]

ANSWERED = f"/?q={quote('What does the ordinance of Port Alder say about detainers?')}"
COMPARED = "How long may the jail hold a person on a detainer?"
PAGES = {
    "ask": "/",
    "answer": ANSWERED,
    "abstained": f"/?q={quote('Which mushrooms glow beneath Antarctic glaciers?')}",
    "corpus": "/corpus",
    "search": "/search?q=honor+a+detainer&kind=statute&kind=ordinance&sort=authority",
    "provision": "/search?q=8+USC+1373(a)",
    "reading": "/documents/state-v-port-alder-2021?start=2000&end=2300#quote",
    "reading_pdf": "/documents/port-alder-mc-12-40-2023?start=900&end=1200#quote",
    "changes": "/documents/port-alder-mc-12-40-2023/changes?with=port-alder-mc-12-40-2017",
    "old_link": "/documents/port-alder-eo-2019-04?v=0123456789abcdef&start=20&end=60",
    "compare": "/compare",
    "compared": f"/compare?place=zz%2Fmarenga%2Fport-alder&place=zz%2Fx&q={quote(COMPARED)}",
    "ingest": "/corpus/ingest",
    "alike": "/corpus/near",
    "evaluate": "/evaluate",
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
    assert page.locator("header nav [aria-current]").count() <= 1
