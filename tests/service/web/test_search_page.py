"""Searching in a browser: filters in place, addresses that last, what is kept and taken away."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.service.web.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.model]

DETAINERS = "/search?q=honor+a+detainer"


def titles(page: Page) -> list[str]:
    return page.locator("article h3").all_inner_texts()


def test_a_filter_changes_what_is_found_in_place(visit: Visit) -> None:
    page = visit(DETAINERS)
    before = titles(page)
    page.evaluate("document.body.dataset.stays = 'yes'")
    expect(page.locator(".apply")).to_be_hidden()
    page.locator("#kind-ordinance").check()
    expect(page.locator(".narrowed")).to_contain_text("Kind: ordinance")
    assert page.url.endswith("/search?q=honor+a+detainer&kind=ordinance")
    # The focus stays on the box, the number is said once, and no new page was loaded.
    expect(page.locator("#kind-ordinance")).to_be_focused()
    expect(page.locator("#said")).to_have_text(page.locator("#count").inner_text())
    assert page.evaluate("document.body.dataset.stays") == "yes"
    assert titles(page) != before
    # The same address gives the same page, and going back gives the one before.
    narrowed = titles(page)
    page.reload()
    assert titles(page) == narrowed
    page.go_back()
    expect(page.locator(".narrowed")).to_have_count(0)
    assert titles(page) == before
    expect(page.locator("#kind-ordinance")).not_to_be_checked()


def test_order_chips_and_new_words_stay_on_the_page(visit: Visit) -> None:
    page = visit(DETAINERS)
    page.evaluate("document.body.dataset.stays = 'yes'")
    page.get_by_role("link", name="date, oldest first").click()
    expect(page.locator(".over strong")).to_have_text("date, oldest first")
    expect(page.locator("#count")).to_be_focused()
    page.locator("#kind-statute").check()
    page.locator(".narrowed a").click()
    expect(page.locator(".narrowed")).to_have_count(0)
    page.locator("#q").fill("house bill 77")
    page.locator("#q").press("Enter")
    expect(page.locator("article h3").first).to_be_visible()
    page.wait_for_url("**/search?q=house+bill+77&sort=oldest")
    assert page.evaluate("document.body.dataset.stays") == "yes"
    page.go_back()
    expect(page.locator("#q")).to_have_value("honor a detainer")


def test_everything_works_without_scripts(visit: Visit) -> None:
    page = visit(DETAINERS, scripts=False)
    page.locator("#kind-statute").check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page.locator(".narrowed")).to_contain_text("Kind: statute")
    page.locator(".reason summary").first.click()
    expect(page.locator(".reason p").first).to_contain_text("by words")
    page.locator("input[name=pick]").first.check()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Markdown").click()
    assert taken.value.suggested_filename == "pincite-honor-a-detainer.md"


def test_what_is_ticked_is_taken_whole(visit: Visit, tmp_path: Path) -> None:
    page = visit(DETAINERS)
    quotes = page.locator(".hit blockquote").all_inner_texts()
    for at in (0, 1):
        page.locator("input[name=pick]").nth(at).check()
    expect(page.locator("#ticked")).to_have_text("With the 2 passages ticked:")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Export as RIS").click()
    taken.value.save_as(tmp_path / "taken.ris")
    text = " ".join((tmp_path / "taken.ris").read_text("utf-8").split())
    assert text.count("TY - ") == 2
    for quote in quotes[:2]:
        assert quote.strip("… ").split("\n")[0][:60] in text


def test_a_search_is_kept_in_the_browser_and_nowhere_else(visit: Visit) -> None:
    page = visit(f"{DETAINERS}&sort=authority")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    expect(page.locator("#saved")).to_be_hidden()
    page.get_by_role("button", name="Save this search").click()
    expect(page.locator("#said")).to_contain_text("Saved in this browser")
    page.locator("#saved summary").click()
    page.get_by_role("button", name="Rename honor a detainer").click()
    page.locator("#saved input").fill("<b>Holds</b> in jails")
    page.locator("#saved input").press("Enter")
    expect(page.locator("#saved a")).to_have_text("<b>Holds</b> in jails")
    expect(page.get_by_role("button", name="Rename <b>Holds</b> in jails")).to_be_focused()
    assert [url for url in asked if "/static/" not in url] == []
    page.goto(page.url.split("?")[0])
    page.locator("#saved summary").click()
    page.locator("#saved a").click()
    page.wait_for_url("**/search?q=honor+a+detainer&sort=authority")
    page.locator("#saved summary").click()
    page.get_by_role("button", name=re.compile("Delete .*")).click()
    expect(page.locator("#saved")).to_be_hidden()
    assert page.evaluate("localStorage.getItem('pincite.searches')") == "[]"


def test_what_a_browser_keeps_is_not_trusted(visit: Visit) -> None:
    page = visit("/search")
    page.evaluate(
        """() => localStorage.setItem('pincite.searches', JSON.stringify([
            {name: 'x', query: '//elsewhere.example'}, {name: 'y', query: 'javascript:alert(1)'},
            7, null, {name: '<img src=x onerror=alert(1)>', query: '?q=toll'}]))"""
    )
    page.reload()
    page.locator("#saved summary").click()
    assert page.locator("#saved a").all_inner_texts() == ["<img src=x onerror=alert(1)>"]
    page.evaluate("localStorage.setItem('pincite.searches', '{')")
    page.reload()
    expect(page.locator("#saved")).to_be_hidden()


def test_all_of_it_goes_by_keyboard(visit: Visit) -> None:
    page = visit("/search")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("honor a detainer")
    page.keyboard.press("Enter")
    expect(page.locator("article h3").first).to_be_visible()
    page.locator("#channel-law").focus()
    page.keyboard.press("Space")
    expect(page.locator(".narrowed")).to_contain_text("Counts as: Law")
    expect(page.locator("#channel-law")).to_be_focused()
    page.locator(".hit summary").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".reason p").first).to_be_visible()


def test_filters_fold_away_on_a_small_screen(visit: Visit) -> None:
    page = visit(DETAINERS, viewport={"width": 360, "height": 740})
    expect(page.locator(".facet").first).to_be_hidden()
    page.locator(".facets > details > summary").click()
    page.locator("#kind-ordinance").check()
    expect(page.locator(".narrowed")).to_contain_text("Kind: ordinance")
    expect(page.locator("#kind-ordinance")).to_be_focused()


def test_axe_finds_nothing_where_the_pages_do_not_look(
    visit: Visit, axe: Callable[[Page], list[str]]
) -> None:
    page = visit(f"{DETAINERS}&kind=statute&kind=ordinance")
    page.get_by_role("button", name="Save this search").click()
    for summary in page.locator("summary:visible").all():
        if not summary.evaluate("one => one.parentElement.open"):
            summary.click()
    assert axe(page) == []
