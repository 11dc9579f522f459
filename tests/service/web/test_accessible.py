"""What WCAG 2.2 asks of every page beyond what axe can see, measured in the browser.

`docs/accessibility.md` names these tests, criterion by criterion.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from service.web import messages
from tests.service.web.conftest import Visit, visiting
from tests.service.web.test_every_page import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.model]

PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w*(?:!r)?\}")
MEASURES = (Path(__file__).parent / "measures.js").read_text(encoding="utf-8")
# So many stops of the Tab key are followed on a page.
_MOST_STOPS = 150
_PARTS = 4
_TWICE: ViewportSize = {"width": 640, "height": 512}
_FOUR_TIMES: ViewportSize = {"width": 320, "height": 256}


@pytest.fixture(scope="module")
def opening(browser: Browser, site: str) -> Iterator[Visit]:
    """Opens pages for several tests; the browser's complaints fail the last of them."""
    with visiting(browser, site) as opened:
        yield opened


@pytest.fixture(scope="module", params=PAGES)
def seen(request: pytest.FixtureRequest, opening: Visit) -> Page:
    """A page as somebody sees it who asked for less motion, ready to be measured."""
    return measured(opening(PAGES[request.param], reduced_motion="reduce"))


def measured(page: Page) -> Page:
    """The page, with what measures it."""
    page.evaluate(MEASURES)
    return page


def test_headings_are_in_order(seen: Page) -> None:
    assert seen.evaluate("measures.headings()") == []


def test_landmarks_are_there_and_named(seen: Page) -> None:
    assert seen.evaluate("measures.landmarks()") == []


def test_ids_are_unique_and_references_lead_somewhere(seen: Page) -> None:
    assert seen.evaluate("measures.references()") == []


def test_targets_are_large_enough_or_apart(seen: Page) -> None:
    assert seen.evaluate("measures.targets()") == []


def test_a_name_begins_with_the_words_that_are_seen(seen: Page) -> None:
    assert seen.evaluate("measures.labels()") == []


def test_links_in_sentences_are_told_by_more_than_colour(seen: Page) -> None:
    assert seen.evaluate("measures.colour()") == []


def test_nothing_moves_where_less_motion_is_asked_for(seen: Page) -> None:
    assert seen.evaluate("measures.motion()") == []


def test_words_set_further_apart_still_fit(seen: Page) -> None:
    assert seen.evaluate("measures.spaced()") == []


def test_a_title_says_which_page_it_is(seen: Page) -> None:
    assert seen.title().endswith("Pincite")
    assert (seen.title() == "Pincite") == (
        seen.evaluate("location.pathname + location.search") == "/"
    )


def test_the_site_is_navigated_the_same_way_everywhere(seen: Page) -> None:
    links = seen.locator("body > header nav a").all_inner_texts()
    assert links[:4] == ["Ask", "Search", "Compare", "Corpus"]
    assert seen.locator("body > footer form[action='/language'] button").count() == 1


def test_everything_is_reached_by_tab_in_order_and_seen(seen: Page) -> None:
    expected = min(seen.evaluate("(measures.order = measures.focusables()).length"), _MOST_STOPS)
    seen.evaluate("measures.order[0].focus()")  # a page may begin elsewhere, such as in its field
    places, unseen = [0], []
    # A field for a date has a stop for each of its parts.
    for _ in range(expected + _PARTS * seen.locator("input[type=date]").count()):
        seen.keyboard.press("Tab")
        stop = seen.evaluate("measures.focused()")
        if stop is None or stop["place"] >= expected:
            break
        if stop["place"] == places[-1]:
            continue
        places.append(stop["place"])
        if not (stop["ring"] and stop["inside"] and stop["open"]):
            unseen.append(stop)
        if places[-1] == expected - 1:
            break
    assert unseen == []
    assert places == list(range(expected))  # each once, in the page's order


def test_the_focus_leaves_the_page_again(seen: Page) -> None:
    seen.evaluate("[...document.querySelectorAll('footer button')].at(-1).focus()")
    seen.keyboard.press("Tab")
    assert seen.evaluate("document.activeElement.closest('footer') === null")


def test_the_first_stop_skips_to_the_content(seen: Page) -> None:
    assert seen.evaluate("measures.focusables()[0].matches('a.skip')")
    skip = seen.locator("a.skip")
    skip.focus()
    box = skip.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["y"] >= 0
    seen.keyboard.press("Enter")
    assert seen.evaluate("document.activeElement.id") == "main"
    seen.evaluate("measures.order = measures.focusables()")
    seen.keyboard.press("Tab")
    assert seen.evaluate("document.activeElement.closest('main, footer') !== null")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_enlarged_twice_and_four_times_still_fits(opening: Visit, name: str) -> None:
    page = measured(opening(PAGES[name], viewport=_TWICE))  # 1280 by 1024 pixels at 200 %
    assert page.evaluate("measures.unfit()") == []
    page.set_viewport_size(_FOUR_TIMES)
    assert page.evaluate("measures.unfit()") == []
    assert page.evaluate("measures.spaced()") == []
    assert page.evaluate("measures.targets()") == []
    page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_spanish_page_is_as_accessible_and_speaks_spanish(
    opening: Visit, axe: Callable[[Page], list[str]], name: str
) -> None:
    page = opening(PAGES[name], locale="es-MX")
    assert page.evaluate("document.documentElement.lang") == "es"
    assert axe(page) == []
    assert [words for words in page.evaluate(SPANISH) if is_english(words)] == []
    page.context.close()


# The words of a page that are in no other language than its own, a text each.
SPANISH = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.parentElement.closest("[lang]:not(html), script, template"))
      found.push(node.data.trim().replace(/\\s+/g, " "));
  }
  return found.filter(Boolean);
}"""


@cache
def _english() -> re.Pattern[str]:
    """Every sentence and title of the catalogue that reads otherwise in Spanish."""
    forms = []
    for message in messages.read("es"):
        english = message.id if isinstance(message.id, tuple | list) else [message.id]
        spanish = message.string if isinstance(message.string, tuple | list) else [message.string]
        forms += [one for one in english if one not in spanish and _is_telling(one)]
    patterns = ("(?s:.+?)".join(map(re.escape, re.split(PLACEHOLDER, one))) for one in forms)
    return re.compile("|".join(patterns))


def _is_telling(message: str) -> bool:
    """Whether a string is more than a word that a document may say too."""
    words = re.sub(PLACEHOLDER, "", message).strip()
    return " " in words or words[:1].isupper()


def is_english(words: str) -> bool:
    """Whether a text is a sentence of the interface as it reads in English."""
    return _english().fullmatch(words) is not None


def test_an_english_sentence_of_ours_is_known() -> None:
    assert is_english("Skip to content")
    assert is_english("decided on 2021-11-09")
    assert not is_english("Saltar al contenido")
