"""Pages in a browser: first contentful paint, bytes, requests, and what a reader waits for.

The figures are the browser's own (Paint, Resource and Event Timing). Every page is opened with an
empty cache. Another room adds its pages to PAGES.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote

from eval.corpus import ROOT, indexed
from eval.speed.asking import served
from ingest.publishing import ingest
from pincite.settings import Settings
from service.engine import Engine

Pages = Sequence[tuple[str, str]]

_SAMPLE = "How long may the Port Alder jail hold a person on an immigration detainer?"
_REAL = "May a city hold a person on a detainer?"
PAGES: Pages = [
    ("ask", "/"),
    ("answer", "/?q={question}"),
]
"""Each page's name and path; `{question}` is one that the corpus answers."""
_ROUNDS = 5
_PAINT_MS, _KB, _INTERACTION_MS = 500, 100, 100
_QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
_MEASURED = """() => {
    const entries = [...performance.getEntriesByType("navigation"),
                     ...performance.getEntriesByType("resource")];
    const paint = performance.getEntriesByName("first-contentful-paint")[0];
    const sent = performance.getEntriesByType("navigation")[0].responseStart;
    return [paint.startTime, paint.startTime - sent,
            entries.reduce((sum, one) => sum + one.transferSize, 0), entries.length];
}"""
_WATCHED = """() => {
    window.slowest = 0;
    new PerformanceObserver((list) => {
        const slow = list.getEntries().map((one) => one.duration);
        window.slowest = Math.max(window.slowest, ...slow);
    }).observe({ type: "event", durationThreshold: 16, buffered: true });
    const result = document.getElementById("result");
    document.addEventListener("submit", () => { window.sent = performance.now(); }, true);
    new MutationObserver(() => {
        if (!window.first && result.querySelector(".stage")) window.first = performance.now();
        if (result.querySelector("[data-said]")) window.last ??= performance.now();
    }).observe(result, { childList: true, subtree: true });
}"""


@dataclass(frozen=True, slots=True)
class Opened:
    """One page opened once: milliseconds to the first paint, and of these since the first byte."""

    paint_ms: float
    own_ms: float
    bytes: int
    requests: int


def run(data: Path) -> None:
    """Print the figures of every page, over the sample corpus and the real one."""
    if _chromium() is None:
        print("no Chromium here: apt-get install chromium")
        return
    with tempfile.TemporaryDirectory() as folder:
        sample = Settings(data_dir=Path(folder), ocr="off")
        ingest(sample, [ROOT / "corpora" / "sample"])
        over(sample, "sample corpus", _SAMPLE)
    over(indexed(data), "real corpus", _REAL)


def over(settings: Settings, name: str, question: str, pages: Pages = PAGES) -> None:
    """Print the figures of pages over the index of these settings, in a service of its own."""
    engine = Engine(settings)
    engine.warm()
    print(f"{name}: median of {_ROUNDS}, targets {_PAINT_MS} ms and {_KB} kB")
    with served(engine) as port, browsing() as browser:
        address = f"http://127.0.0.1:{port}"
        for page, path in pages:
            said = path.format(question=quote(question))
            print(f"  {page}: {printed([opened(browser, address + said) for _ in range(_ROUNDS)])}")
        print(f"  {asked(browser, address, question)}")
    engine.close()


def printed(times: Sequence[Opened]) -> str:
    """The medians of a page that was opened several times."""
    first = times[0]
    paint, own = median(t.paint_ms for t in times), median(t.own_ms for t in times)
    return (
        f"first contentful paint {paint:.0f} ms ({own:.0f} after the first byte),"
        f" {first.bytes / 1000:.1f} kB in {first.requests} requests"
    )


def opened(browser: Any, address: str) -> Opened:
    """One page opened in a fresh profile."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    paint, own, size, requests = page.evaluate(_MEASURED)
    context.close()
    return Opened(paint, own, int(size), int(requests))


def asked(browser: Any, address: str, question: str) -> str:
    """From the key that asks to what is shown first, and the slowest of the reader's doings."""
    firsts, lasts, slowest = [], [], []
    for _ in range(_ROUNDS):
        context = browser.new_context()
        page = context.new_page()
        page.goto(address)
        page.evaluate(_WATCHED)
        page.locator("#q").press_sequentially(question)
        page.locator(".bounds summary").click()
        page.locator("#q").press("Enter")
        page.locator("[data-said]").wait_for()
        page.locator("#result details.card summary").click()
        page.locator(".copy").first.focus()
        page.wait_for_timeout(100)  # the browser tells of an event after the paint that follows
        sent, first, last, slow = page.evaluate("[sent, window.first, last, slowest]")
        firsts.append(first - sent)
        lasts.append(last - sent)
        slowest.append(slow)
        context.close()
    return (
        f"asking: first event shown after {median(firsts):.0f} ms, the answer after"
        f" {median(lasts):.0f} ms; slowest interaction of a round: median {median(slowest):.0f} ms,"
        f" worst {max(slowest):.0f} ms (target {_INTERACTION_MS})"
    )


@contextmanager
def browsing() -> Iterator[Any]:
    """Debian's Chromium, driven by Playwright."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=_QUIET)
        yield browser
        browser.close()


def _chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")
