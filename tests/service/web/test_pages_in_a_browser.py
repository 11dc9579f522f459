"""A quote over two pages, boxed on the pictures of both, in a browser; turned and magnified."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from service.engine import Engine
from tests.service.web.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.model]

RULING = "dellarosa-v-brackwater"


@pytest.fixture(scope="module")
def over_two_pages(sample_engine: Engine) -> str:
    """The address of a stretch of the ruling that begins on one page and ends on the next."""
    with sample_engine.holdings() as holdings:
        id_ = next(name for name in holdings.records if name.startswith(RULING))
        held = holdings.document(id_)
    turn = held.pages[1].span.start
    start, end = held.text.rindex(" ", 0, turn - 120) + 1, held.text.index(" ", turn + 120)
    return f"/documents/{id_}?v={held.version[:16]}&start={start}&end={end}"


def boxes(page: Page) -> list[int]:
    return [f.locator("rect").count() for f in page.locator("figure.sheet").all()]


@pytest.mark.parametrize("scripts", [True, False])
def test_both_pages_show_their_part_of_the_quote_under_boxes(
    visit: Visit, over_two_pages: str, scripts: bool
) -> None:
    page = visit(over_two_pages + "#pages", scripts=scripts)
    for figure in page.locator("figure.sheet").all():
        figure.scroll_into_view_if_needed()
        expect(figure.locator("img")).to_have_js_property("complete", True)
        drawn, laid = figure.locator("img").bounding_box(), figure.locator("svg").bounding_box()
        assert drawn is not None
        assert laid is not None
        assert all(abs(drawn[side] - laid[side]) < 1 for side in ("x", "y", "width", "height"))
        assert figure.locator("img").evaluate("image => image.naturalWidth") == 1020
    first, second = boxes(page)
    assert first >= 1
    assert second >= 1
    last = page.locator("figure.sheet").nth(0).locator("rect").last.get_attribute("y")
    begun = page.locator("figure.sheet").nth(1).locator("rect").first.get_attribute("y")
    assert int(last or 0) > 7000
    assert int(begun or 10_000) < 2500


def test_pages_are_turned_without_a_new_page_and_it_is_said(
    visit: Visit, over_two_pages: str
) -> None:
    page = visit(over_two_pages)
    page.evaluate("window.same = true")
    page.locator("[data-turn=later]").click()
    expect(page.locator("figure.sheet")).to_have_count(1)
    expect(page.locator("figure.sheet figcaption")).to_contain_text("Page 3 of 3")
    expect(page.locator("#said")).to_have_text("Page 3 of 3")
    assert page.evaluate("window.same")
    assert "page=3" in page.url
    assert page.evaluate("document.activeElement.id || document.activeElement.dataset.turn")
    page.locator("[data-turn=quote]").click()
    expect(page.locator("figure.sheet")).to_have_count(2)
    page.locator("#goto-page").fill("1")
    page.locator("#goto-page").press("Enter")
    expect(page.locator("figure.sheet")).to_have_count(1)
    assert page.evaluate("window.same")


def test_a_picture_is_magnified_in_its_place(visit: Visit, over_two_pages: str) -> None:
    page = visit(over_two_pages)
    figure = page.locator("figure.sheet").first
    button = figure.locator("[data-zoom]")
    before = figure.locator("img").bounding_box()
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(figure.locator("img")).to_have_js_property("naturalWidth", 1870)
    after = figure.locator("img").bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] > 1.9 * before["width"]
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("theme", ["light", "forced"])
def test_axe_finds_nothing_on_two_pages(
    visit: Visit, axe: Callable[[Page], list[str]], over_two_pages: str, theme: str
) -> None:
    assert axe(visit(over_two_pages, theme)) == []


def test_two_pages_do_not_scroll_sideways_at_320_pixels(visit: Visit, over_two_pages: str) -> None:
    page = visit(over_two_pages, viewport={"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
