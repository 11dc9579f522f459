"""The page in a real browser: what a person sees, and what the browser says against it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from lxml import html

from tests.service.conftest import assert_inert

TOLL = "What toll does a truck with three axles pay on the harbor bridge?"
Browse = Callable[[str], str]
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-logging=stderr",
)

pytestmark = pytest.mark.browser


@pytest.fixture
def browse(service: str, tmp_path: Path) -> Browse:
    """Opens a path of the running service; the page as it then stands."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("no Chromium here")

    def opened(path: str) -> str:
        profile = f"--user-data-dir={tmp_path / 'profile'}"
        done = subprocess.run(
            [chromium, *QUIET, profile, "--dump-dom", service + path],
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        assert "Content Security Policy" not in done.stderr, done.stderr
        return done.stdout

    return opened


def test_the_page_answers_and_leads_to_the_marked_quote(browse: Browse) -> None:
    tree: Any = html.fromstring(browse(f"/?q={quote(TOLL)}"))
    assert "twelve dollars" in tree.xpath("//article")[0].text_content()
    href = tree.xpath("//article//p[@class='source']/a/@href")[0]
    shown: Any = html.fromstring(browse(href))
    assert "twelve dollars" in shown.xpath("//mark[@id='quote']")[0].text_content()


def test_a_hostile_document_runs_nothing(browse: Browse) -> None:
    tree: Any = html.fromstring(browse("/documents/hostile"))
    assert_inert(tree)
    assert not tree.xpath("//main//img")
    assert "alert('ferry')" in tree.text_content()
