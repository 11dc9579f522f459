"""The evaluators' room in a browser: watched without a new page, whole without scripts."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from eval.room import router
from eval.words import Case, Cited, Given, Group, Said, Support
from pincite.settings import Settings
from pincite.shelf import Shelf
from pincite.types import Question, Span
from service.engine import Engine
from tests.eval.conftest import WrittenRuns
from tests.service.web.conftest import THEMES, Visit, serving, visiting

pytestmark = pytest.mark.browser

ONE, OTHER = "20260101T010101-tiny", "20260102T010101-tiny"
PAGES = {
    "list": "/evaluate",
    "run": f"/evaluate/runs/{ONE}",
    "plots": f"/evaluate/runs/{ONE}?plots=1",
    "compare": f"/evaluate/compare?run={ONE}&run={OTHER}",
    "refused": f"/evaluate/compare?run={ONE}",
}
QUOTE = "A truck pays twelve dollars on the harbor bridge."
# In the place of the command line: it goes on when the test says so.
STAND_IN = """
import json, sys, time
from pathlib import Path
from pincite.progress import telling
go = Path(__file__).with_name("go")
with telling("", lines=True) as progress:
    progress(0, 48, "default: indexing")
    while not go.exists():
        time.sleep(0.02)
    progress(30, 48, "default")
    while go.read_text() != "end":
        time.sleep(0.02)
print(json.dumps({"run": "/runs/RUN"}))
""".replace("RUN", ONE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The data of a service, with two runs."""
    gold = Group((Support("tolls", "v1", Span(0, len(QUOTE)), QUOTE),))
    cases = [Case(f"q{n}", Question(f"Who pays {n}?"), True, groups=(gold,)) for n in range(30)]
    cited = Cited(
        "tolls", "v1", Span(0, 20), QUOTE[:20], "", "Tolls 1", "law", "in_force", "statute"
    )
    right = Given(statements=(Said(QUOTE[:20], "law", (1,)),), citations=(cited,))
    silent = Given(reason="not_in_corpus", confidence=0.1)
    measures = ("RightDocument", "CharR@5", "AnsweredRight")
    written = WrittenRuns(tmp_path / "var" / "eval" / "runs")
    written.write(cases, {"default": [right, silent] * 15}, measures, name=ONE)
    written.write(cases, {"default": [right] * 30}, measures, name=OTHER)
    return tmp_path


@pytest.fixture
def visit(
    browser: Browser,
    folder: Path,
    light_shelf: Callable[[Settings], Shelf],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Visit]:
    """Opens pages of a service with the room, where an evaluation is the stand-in."""
    (folder / "stand_in.py").write_text(STAND_IN)
    monkeypatch.setenv("PYTHONPATH", str(folder))
    monkeypatch.setattr("service.jobs.jobs.COMMAND_LINE", "stand_in")
    settings = Settings(data_dir=folder / "var")
    engine = Engine(settings, light_shelf(settings))
    with serving(engine, router) as address, visiting(browser, address) as opened:
        yield opened


@pytest.mark.parametrize("theme", THEMES)
def test_its_pages_are_accessible_at_any_width(
    visit: Visit, axe: Callable[[Page], list[str]], theme: str
) -> None:
    for path in PAGES.values():
        page = visit(path, theme, viewport={"width": 320, "height": 640})
        for closed in page.locator("main > details:not([open]) > summary").all()[:3]:
            closed.click()
        assert axe(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_a_run_is_started_and_followed_on_the_page(visit: Visit, folder: Path) -> None:
    page = visit("/evaluate")
    page.get_by_role("button", name="Run the sample benchmark").click()
    job = page.locator("#job")
    expect(job).to_contain_text("0 of 48")
    page.reload()
    expect(job).to_contain_text("default: indexing")
    page.get_by_role("button", name="Cancel").focus()
    (folder / "go").write_text("on")
    expect(job.get_by_role("progressbar")).to_have_attribute("value", "30")
    expect(page.get_by_role("button", name="Cancel")).to_be_focused()  # it was not put in anew
    (folder / "go").write_text("end")
    expect(page.locator("#said")).to_have_text("The run has ended.")
    job.get_by_role("link", name="See what it found").click()
    expect(page.locator("h1")).to_have_text("Tiny")


def test_without_scripts_it_is_followed_by_a_link(visit: Visit, folder: Path) -> None:
    page = visit("/evaluate", scripts=False)
    page.get_by_role("button", name="Run the sample benchmark").click()
    (folder / "go").write_text("end")
    latest = time.monotonic() + 60  # a machine with other work takes long to load the models
    while time.monotonic() < latest:
        again = page.get_by_role("link", name="See how far it is")
        if not again.count():
            break
        again.click()
        page.wait_for_timeout(100)
    expect(page.locator("#job")).to_contain_text("The run has ended.")


def test_two_runs_are_chosen_by_keyboard_and_a_third_takes_the_place_of_one(visit: Visit) -> None:
    page: Any = visit("/evaluate")
    boxes = page.get_by_role("checkbox")
    for n in range(2):
        boxes.nth(n).press("Space")
    page.get_by_role("button", name="Compare two").press("Enter")
    expect(page.locator("main")).to_contain_text("15 gains")
