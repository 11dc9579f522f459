"""Asking in a browser: an answer that streams in, has its address, and is announced once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from pincite.settings import Settings
from service.asked import Asked
from service.engine import Engine
from tests.service.web.conftest import Visit, serving, visiting

pytestmark = [pytest.mark.browser, pytest.mark.model]

HOLD = "How long may the Port Alder jail hold a person on an immigration detainer?"
SUIT = "How much can a person recover for being held unlawfully on an immigration detainer?"
NOBODY = "Which mushrooms glow beneath Antarctic glaciers?"
HEADING = "What the documents say"


def ask(page: Page, question: str) -> None:
    page.locator("#q").fill(question)
    page.locator("#q").press("Enter")


def answered(page: Page, heading: str = HEADING) -> None:
    expect(page.locator("#result h1")).to_have_text(heading)


def told(name: str, html: str) -> str:
    return f"event: {name}\ndata: {json.dumps({'html': html})}\n\n"


def test_an_answer_comes_without_leaving_the_page_and_has_its_address(visit: Visit) -> None:
    page = visit("/")
    page.evaluate("window.same = true")
    ask(page, HOLD)
    answered(page)
    assert page.evaluate("window.same")
    assert parse_qs(urlsplit(page.url).query) == {"q": [HOLD]}
    assert page.title() == f"{HOLD} – Pincite"
    assert page.locator(".intro, .start").count() == 0
    streamed = page.locator("#result").inner_text()
    assert visit(page.url.removeprefix(origin(page))).locator("#result").inner_text() == streamed


def origin(page: Page) -> str:
    parts = urlsplit(page.url)
    return f"{parts.scheme}://{parts.netloc}"


def test_an_answer_is_announced_once_and_focus_goes_to_its_heading(visit: Visit) -> None:
    page = visit("/")
    page.evaluate("""() => {
        window.heard = [];
        new MutationObserver(() => window.heard.push(document.getElementById("said").textContent))
            .observe(document.getElementById("said"), { childList: true, characterData: true });
    }""")
    ask(page, HOLD)
    answered(page)
    expect(page.locator("#answer")).to_be_focused()
    heard = page.evaluate("window.heard")
    assert len(heard) == 2
    assert heard[0] == "Looking for the answer"
    assert "quotation" in heard[1]


def test_statements_stand_before_the_answer_is_whole(visit: Visit) -> None:
    page = visit("/")
    page.evaluate("""() => {
        window.seen = [];
        new MutationObserver(() => {
            const now = [".stage", ".arriving .statement", ".answer [data-said]"]
                .find((one) => document.querySelector(one));
            if (now && window.seen.at(-1) !== now) window.seen.push(now);
        }).observe(document.getElementById("result"), { childList: true, subtree: true });
    }""")
    ask(page, HOLD)
    answered(page)
    seen = page.evaluate("window.seen")
    assert (seen[0], seen[-1]) == (".stage", ".answer [data-said]")


def test_back_and_forward_bring_each_answer_as_it_was(visit: Visit) -> None:
    page = visit("/")
    ask(page, HOLD)
    answered(page)
    first = page.locator("#result").inner_text()
    ask(page, NOBODY)
    answered(page, "No answer in these documents")
    page.go_back()
    answered(page)
    assert page.locator("#result").inner_text() == first
    expect(page.locator("#q")).to_have_value(HOLD)
    page.go_back()
    expect(page.locator("h1")).to_have_text("Ask what the law says")
    expect(page.locator("#q")).to_have_value("")
    page.go_forward()
    answered(page)
    expect(page.locator("#q")).to_have_value(HOLD)


def test_a_follow_up_goes_on_from_the_answer(visit: Visit) -> None:
    page = visit("/")
    ask(page, HOLD)
    answered(page)
    page.locator("#more").fill("and in 2019?")
    page.locator("#more").press("Enter")
    expect(page.locator(".read strong")).to_contain_text("2019")
    assert "after=" in page.url
    assert len(page.locator("form.follow [name=after]").all()) == 2
    page.locator(".read a").click()
    expect(page.locator(".read")).to_have_count(0)


def test_an_example_and_a_filter_are_asked_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit("/")
    page.locator("#q").fill(HOLD)
    page.keyboard.press("Tab")
    expect(page.locator("form.ask button")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # opens the row of filters
    expect(page.locator("#place")).to_be_visible()
    page.locator("[name=kind][value=ordinance]").focus()
    page.keyboard.press("Space")
    page.locator("[name=kind][value=statute]").focus()
    page.keyboard.press("Space")
    page.locator("form.ask button").focus()
    page.keyboard.press("Enter")
    answered(page)
    assert parse_qs(urlsplit(page.url).query)["kind"] == ["statute", "ordinance"]
    page.keyboard.press("Tab")
    expect(page.locator("#result .source a").first).to_be_focused()


def test_a_second_question_gives_up_the_first(visit: Visit) -> None:
    page = visit("/")
    held: list[Route] = []
    page.route("**/ask/events?q=slow*", lambda route: held.append(route))
    ask(page, "slow")
    expect(page.locator("#result h1")).to_have_text("Looking for the answer")
    with page.expect_event("requestfailed") as failed:
        ask(page, HOLD)
    assert "q=slow" in failed.value.url
    answered(page)
    assert parse_qs(urlsplit(page.url).query) == {"q": [HOLD]}


BROKEN = told("stage", "<p class='stage'>Looking</p>") + told(
    "statement", "<section class='block law'><article class='statement'>One</article></section>"
)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (BROKEN, "broke off"),
        (BROKEN + 'event: error\ndata: {"detail": "weights are gone"}\n\n', "weights are gone"),
    ],
)
def test_a_stream_that_breaks_says_so_and_offers_the_plain_page(
    visit: Visit, body: str, said: str
) -> None:
    page = visit("/")
    page.route("**/ask/events?*", lambda route: route.fulfill(status=200, body=body))
    ask(page, HOLD)
    problem = page.locator("#result .problem")
    expect(problem).to_contain_text(said)
    expect(page.locator("#result .statement")).to_have_text("One")  # what came so far stays
    page.unroute("**/ask/events?*")
    problem.get_by_role("link").click()
    answered(page)


def test_a_service_that_is_gone_is_said(visit: Visit) -> None:
    page = visit("/")
    page.route("**/ask/events?*", lambda route: route.abort())
    ask(page, HOLD)
    expect(page.locator("#result .problem")).to_contain_text("could not be reached")
    assert page.locator("#q").input_value() == HOLD


def test_what_cannot_be_asked_is_said_by_the_plain_page(visit: Visit) -> None:
    page = visit("/?place=zz/marenga")
    page.locator("#place option:checked").evaluate("one => { one.value = 'mars'; }")
    ask(page, HOLD)
    expect(page.locator("#result .problem")).to_contain_text("unknown place")
    expect(page.locator("#q")).to_have_value(HOLD)


def test_a_quote_is_copied_with_its_citation(visit: Visit) -> None:
    page = visit(f"/?q={SUIT}", permissions=["clipboard-read", "clipboard-write"])
    button = page.locator(".statement .copy").first
    button.click()
    expect(button).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    citation = page.locator(".statement .source a").first.inner_text()
    assert copied.rstrip(".").endswith(citation.rstrip("."))
    assert page.locator(".statement blockquote").first.inner_text()[1:40] in copied


def test_without_scripts_nothing_is_offered_that_needs_one(visit: Visit) -> None:
    page = visit("/", scripts=False)
    page.locator("#q").fill(HOLD)
    page.locator("form.ask button").click()
    answered(page)
    assert not [one for one in page.locator(".scripted").all() if one.is_visible()]
    page.locator("#more").fill("and in 2019?")
    page.locator("form.follow button").click()
    expect(page.locator(".read strong")).to_contain_text("2019")


class Held(Engine):
    """An engine that answers when it is let."""

    let: Event

    def ask(self, *given: Any) -> Asked:
        assert self.let.wait(20)
        return super().ask(*given)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_page_says_that_it_looks_for_the_answer_until_the_answer_is_there(
    sample_engine: Engine, browser: Browser, scripts: bool
) -> None:
    held = Held(sample_engine.settings, sample_engine.shelf)
    held.let = Event()
    with serving(held) as address, visiting(browser, address) as visit:
        page = visit("/", scripts=scripts)
        page.goto(f"{address}/?q={HOLD}", wait_until="commit")
        looking = page.get_by_role("status").filter(has_text="Looking for the answer")
        expect(looking).to_be_visible()
        expect(page.locator("#q")).to_have_value(HOLD)
        held.let.set()
        answered(page)
        expect(page.get_by_text("Looking for the answer")).to_be_hidden()
        if scripts:
            expect(page.locator("#said")).to_contain_text("quotation")


@pytest.fixture
def keeping(
    sample_engine: Engine, browser: Browser, tmp_path: Path
) -> Iterator[tuple[Callable[..., Any], Path]]:
    """Pages of a service that keeps feedback, and its file."""
    log = tmp_path / "feedback.jsonl"
    settings = Settings(**{**sample_engine.settings.model_dump(), "feedback_log": log})
    with (
        serving(Engine(settings, sample_engine.shelf)) as address,
        visiting(browser, address) as visit,
    ):
        yield visit, log


@pytest.mark.parametrize("scripts", [True, False])
def test_a_reader_says_whether_it_helped(
    keeping: tuple[Visit, Path], axe: Callable[[Page], list[str]], scripts: bool
) -> None:
    visit, log = keeping
    page = visit(f"/?q={HOLD}", scripts=scripts)
    page.get_by_role("button", name="Helpful").click()
    expect(page.get_by_text("kept on this machine").first).to_be_visible()
    expect(page.locator(".feedback button")).to_have_count(0)
    [line] = log.read_text(encoding="utf-8").splitlines()
    assert (json.loads(line)["question"], json.loads(line)["verdict"]) == (HOLD, "helpful")
    if scripts:
        assert axe(page) == []
