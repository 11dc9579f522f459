"""The pages in a real browser, over the sample corpus and the packaged models.

What a browser says against a page fails the test: a console error, a script that failed, a
violation of the page's policy, a request to anywhere but the service.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from fastapi import APIRouter
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from eval.room import router as evaluation
from ingest.publishing import ingest
from pincite.settings import Settings
from service.api.app import create_app
from service.engine import Engine
from service.threaded import served

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
THEMES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "contrast": {"color_scheme": "light", "contrast": "more"},
    "forced": {"forced_colors": "active"},
}
"""How a reader may want pages to look, as a browser is told."""
# WCAG 2.2 A and AA, and what axe knows to be good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_MILLISECONDS = 10_000


class Visit(Protocol):
    """Opens a path of the service in a browser of its own."""

    def __call__(
        self, path: str, theme: str = "light", scripts: bool = True, **context: Any
    ) -> Page: ...


@contextmanager
def serving(engine: Engine, *rooms: APIRouter) -> Iterator[str]:
    """The address of a service over an engine, in a thread."""
    with served(create_app(engine, "test-instance", rooms), lifespan="off") as address:
        yield address


@pytest.fixture(scope="session")
def sample_engine(sample_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The engine over the ingested sample corpus, with the packaged models."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("sample"), ocr="off")
    ingest(settings, [sample_dir])
    engine = Engine(settings)
    engine.warm()
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def site(sample_engine: Engine) -> Iterator[str]:
    """The address of the service over the sample corpus."""
    with serving(sample_engine, evaluation) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; it ends with a module's tests, for its event loop bars theirs."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("no Chromium here")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visit]:
    """Opens pages of the sample corpus; afterwards none of them may have anything to say."""
    with visiting(browser, site) as opened:
        yield opened


@contextmanager
def visiting(browser: Browser, address: str) -> Iterator[Visit]:
    """What opens paths of a service, and at the end fails for what the browser complained of."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def visit(path: str, theme: str = "light", scripts: bool = True, **context: Any) -> Page:
        options = {"locale": "en-US", "java_script_enabled": scripts, **THEMES[theme], **context}
        contexts.append(browser.new_context(**options))
        contexts[-1].set_default_timeout(_MILLISECONDS)
        page = contexts[-1].new_page()
        _watch(page, address, complaints)
        page.goto(address + path)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert not complaints


def _watch(page: Page, address: str, complaints: list[str]) -> None:
    host = urlsplit(address).netloc

    def asked(url: str) -> None:
        if urlsplit(url).netloc != host and not url.startswith(("data:", "blob:", "about:")):
            complaints.append(f"asked elsewhere: {url}")

    page.on("request", lambda request: asked(request.url))
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    # A policy's violation is a console error too. A status that a test expects is said by it.
    page.on(
        "console",
        lambda said: (
            complaints.append(said.text)
            if said.type == "error" and "Failed to load resource" not in said.text
            else None
        ),
    )


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """What axe-core finds wrong with a page as it stands: rule, place and advice, a line each."""
    rules = Axe()

    def violations(page: Page) -> list[str]:
        found = rules.run(page, options={"runOnly": {"type": "tag", "values": RULES}})
        return [
            f"{broken['id']}: {node['target']}: {node['failureSummary']}"
            for broken in found.response["violations"]
            for node in broken["nodes"]
        ]

    return violations
