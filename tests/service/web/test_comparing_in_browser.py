"""Comparing in a browser: a table that stacks, a cell in a dialog, the end said once."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from service.comparing.closer import closer
from service.comparing.table import compare, grid_of
from service.engine import Engine
from tests.service.web.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.model]

PORT_ALDER, HALVORSEN, NOWHERE = "zz/marenga/port-alder", "zz/marenga/halvorsen", "zz/marenga/x"
DETAINERS = "How long may the jail hold a person on an immigration detainer?"
PLACES = [("place", place) for place in (PORT_ALDER, HALVORSEN, NOWHERE)]
PATHS = [path for _, path in PLACES]
TABLE = f"/compare?{urlencode([*PLACES, ('q', DETAINERS)])}"


@pytest.fixture(scope="module", autouse=True)
def found(sample_engine: Engine) -> None:
    """The cells, found before any page waits for them: what is tested here is the page."""
    with sample_engine.holdings() as holdings:
        compare(sample_engine, [DETAINERS], PATHS, None)
        closer(sample_engine, grid_of(sample_engine, holdings, [DETAINERS], PATHS[:1], None))


def test_from_the_choice_to_the_table_to_the_clause(visit: Visit) -> None:
    page = visit("/compare", scripts=False)
    page.get_by_label("Port Alder").check()
    page.get_by_label("Halvorsen").check()
    page.get_by_label("A question of your own").fill(DETAINERS)
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("td")).to_have_count(2)
    page.get_by_label("Add a place").fill(NOWHERE)
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("td.not_in_corpus")).to_have_count(1)
    page.get_by_role("button", name="Look closer: Port Alder").click()
    expect(page.locator("h1")).to_contain_text("Port Alder")
    assert page.locator("mark").count()
    page.get_by_role("link", name="Back to the comparison").click()
    page.locator("td .source a").first.click()
    expect(page.locator("#quote").first).to_be_visible()


def test_a_cell_opens_in_a_dialog_and_gives_the_focus_back(
    visit: Visit, axe: Callable[[Page], list[str]]
) -> None:
    page = visit(TABLE)
    expect(page.locator("#said")).to_have_text("The comparison is complete")
    button = page.get_by_role("button", name="Look closer: Port Alder")
    button.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Port Alder")
    expect(dialog.locator("mark").first).to_be_visible()
    assert axe(page) == []
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(button).to_be_focused()


def test_cells_stack_under_their_places_on_a_narrow_screen(visit: Visit) -> None:
    page = visit(TABLE, scripts=False, viewport={"width": 320, "height": 640})
    boxes = [cell.bounding_box() for cell in page.locator("td").all()]
    assert all(box and box["x"] < 30 and box["width"] < 320 for box in boxes)
    assert (
        page.locator("td .where").all_inner_texts() == page.locator("th .place").all_inner_texts()
    )
    expect(page.locator("td .where").first).to_be_visible()
