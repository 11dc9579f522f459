"""Reading in a real browser: the jump to the quote, the outline that follows, steps by key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from pincite.settings import Settings
from pincite.shelf import Shelf
from service.engine import Engine
from tests.service.web.conftest import Visit, serving, visiting

pytestmark = [pytest.mark.browser, pytest.mark.model]

RULING = "/documents/state-v-port-alder-2021"
LONG = "\n".join(
    f"{n}. The court holds in this place, as it held before, that a gate is open."
    for n in range(6_000)
)
EDITIONS = "/documents/port-alder-mc-12-40-2023/changes?with=port-alder-mc-12-40-2017"


@pytest.fixture(scope="module")
def long_text(
    tmp_path_factory: pytest.TempPathFactory, light_shelf: Callable[[Settings], Shelf], publish: Any
) -> Iterator[str]:
    """The address of a service that holds one text of 460 kB."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("long"), ocr="off")
    shelf = light_shelf(settings)
    publish(shelf, long=LONG)
    engine = Engine(settings, shelf)
    with serving(engine) as address:
        yield address
    engine.close()


def _in_view(page: Page, selector: str) -> bool:
    box = page.locator(selector).first.bounding_box()
    size = page.viewport_size
    return bool(box and size and box["y"] >= 0 and box["y"] + 10 < size["height"])


@pytest.mark.parametrize("scripts", [True, False])
def test_the_jump_lands_on_the_quote_deep_in_a_long_text(
    browser: Browser, long_text: str, scripts: bool
) -> None:
    start = LONG.index("5432. The court")
    with visiting(browser, long_text) as visit:
        page = visit(f"/documents/long?start={start}&end={start + 60}#quote", scripts=scripts)
        expect(page.locator("#quote")).to_be_in_viewport()
        page.wait_for_timeout(300)
        assert _in_view(page, "#quote")
        assert page.locator("#quote").inner_text().startswith("5432. The court")


def test_all_of_a_long_text_is_on_the_page_and_prints(browser: Browser, long_text: str) -> None:
    with visiting(browser, long_text) as visit:
        page = visit("/documents/long")
        assert page.evaluate("document.querySelector('.text').textContent.includes('5999. The')")
        far = "getComputedStyle(document.querySelector('.stretch:last-child')).contentVisibility"
        assert page.evaluate(far) == "auto"
        page.emulate_media(media="print")
        assert page.evaluate(far) == "visible"


def test_keys_step_through_the_citations_and_can_be_turned_off(visit: Visit) -> None:
    page = visit(RULING)
    count = page.locator(".text .cite[id]").count()
    assert count > 1
    page.keyboard.press("n")
    expect(page.locator("#said")).to_contain_text(f"Citation 1 of {count}")
    assert page.evaluate("document.activeElement.id") == "c1"
    page.keyboard.press("n")
    page.keyboard.press("p")
    page.keyboard.press("p")
    expect(page.locator("#said")).to_contain_text(f"Citation {count} of {count}")
    page.get_by_label("Keys n and p").uncheck()
    page.reload()
    expect(page.get_by_label("Keys n and p")).not_to_be_checked()
    page.keyboard.press("n")
    assert page.locator(".stopped").count() == 0
    page.get_by_role("button", name="Next citation").click()
    assert page.evaluate("document.activeElement.id") == "c1"


def test_the_outline_tells_the_section_that_is_read(visit: Visit) -> None:
    page = visit(RULING, viewport={"width": 1280, "height": 700})
    last = page.locator(".contents a").last
    expect(last).to_be_visible()
    last.click()
    expect(page.locator(".contents a[aria-current]")).to_have_count(1)
    told = page.locator(".contents a[aria-current]").inner_text()
    page.evaluate("scrollTo(0, document.querySelector('.text').offsetTop)")
    expect(page.locator(".contents a[aria-current]", has_text=told)).to_have_count(0)


def test_the_outline_is_folded_where_there_is_no_room_beside_the_text(visit: Visit) -> None:
    page = visit(RULING, viewport={"width": 390, "height": 700})
    expect(page.locator(".contents a").first).not_to_be_visible()
    page.get_by_text("Outline", exact=True).click()
    expect(page.locator(".contents a").first).to_be_visible()


def test_steps_go_from_change_to_change(visit: Visit) -> None:
    page = visit(EDITIONS)
    page.keyboard.press("n")
    expect(page.locator("#said")).to_contain_text("Change 1 of")
    assert _in_view(page, ".changed.stopped")


def test_chosen_words_have_a_permanent_link_of_their_own(visit: Visit) -> None:
    page = visit(RULING, permissions=["clipboard-read", "clipboard-write"])
    button = page.get_by_role("button", name="Copy link to these words")
    expect(button).not_to_be_visible()
    words = page.evaluate("""() => {
        const line = document.querySelectorAll('.text p')[12];
        const words = document.createTreeWalker(line, NodeFilter.SHOW_TEXT).nextNode();
        getSelection().setBaseAndExtent(words, 3, words, 17);
        return getSelection().toString();
    }""")
    button.click()
    address = page.evaluate("navigator.clipboard.readText()")
    assert f"{RULING}?v=" in address
    page.goto(address)
    assert page.locator("#quote").inner_text() == words
