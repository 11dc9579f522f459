"""Pictures of every page of the reading room over the sample corpus: `make screenshots`.

Writes one PNG a page and theme into a folder; with `--docs` also the few small ones that README.md
and docs/ show. Needs Chromium and the development dependencies; opens no network.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from eval.room import router as evaluation
from ingest.publishing import ingest
from pincite.settings import Settings
from service.api.app import create_app
from service.engine import Engine
from service.examples import questions_to_try
from service.threaded import served

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "corpora" / "sample"
SHOWN = ROOT / "docs" / "screenshots"
_ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--hide-scrollbars")
_DETAINER = "How long may the Port Alder jail hold a person on an immigration detainer?"
_PLACES = ["zz/marenga/port-alder", "zz/marenga/halvorsen"]
_COMPARED = [
    "May the jail hold a person on a detainer without a judicial warrant?",
    "May an officer ask about immigration status?",
]
PAGES = {
    "start": "/",
    "ask": f"/?{urlencode({'q': _DETAINER, 'place': _PLACES[0]})}",
    "abstained": f"/?{urlencode({'q': 'What does a dog licence cost in Halvorsen?'})}",
    "read": "/documents/port-alder-mc-12-40-2023?start=2320&end=2989#quote",
    "changes": "/documents/port-alder-mc-12-40-2023/changes?with=port-alder-mc-12-40-2017",
    "search": f"/search?{urlencode({'q': 'detainer without a judicial warrant'})}",
    "compare": f"/compare?{urlencode({'place': _PLACES, 'q': _COMPARED}, doseq=True)}",
    "corpus": "/corpus",
    "evaluate": "/evaluate",
}
THEMES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "contrast": {"color_scheme": "light", "contrast": "more"},
    "phone": {"color_scheme": "light", "viewport": {"width": 390, "height": 844}},
    "spanish": {"color_scheme": "light", "locale": "es-US"},
}
# What the documentation shows: page, theme.
IN_DOCS = [
    ("ask", "light"),
    ("ask", "dark"),
    ("read", "light"),
    ("search", "light"),
    ("compare", "light"),
]
_WINDOW = {"width": 1320, "height": 990}
_MOST_HEIGHT = 2400
# Of the pictures in the documentation: pixels across, colours, bytes.
_WIDTH, _COLOURS, _MOST_BYTES = 900, 64, 100_000


def main() -> int:
    """Take every picture; say where they are."""
    parser = argparse.ArgumentParser(prog="python -m eval.screenshots", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "var" / "screenshots")
    parser.add_argument("--docs", action="store_true", help="write docs/screenshots as well")
    asked = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.stderr.write("no Chromium is here; on Debian `apt-get install chromium` brings it\n")
        return 2
    asked.folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as data,
        _serving(Path(data)) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        for theme in THEMES:
            _shoot(browser, address, theme, asked.folder)
        browser.close()
    for page, theme in IN_DOCS if asked.docs else ():
        SHOWN.mkdir(exist_ok=True)
        small(asked.folder / f"{page}-{theme}.png", SHOWN / f"{page}-{theme}.png")
    sys.stdout.write(f"{len(PAGES) * len(THEMES)} pictures in {asked.folder}\n")
    return 0


@contextmanager
def _serving(data: Path) -> Iterator[str]:
    """The address of a service over the sample corpus, in a thread."""
    settings = Settings(data_dir=data)
    ingest(settings, [SAMPLE])
    engine = Engine(settings)
    engine.warm()
    tries = questions_to_try(SAMPLE / "questions.toml")
    with served(create_app(engine, "screenshots", (evaluation,), tries), lifespan="off") as address:
        yield address
    engine.close()


def _shoot(browser: Browser, address: str, theme: str, folder: Path) -> None:
    options = {"locale": "en-US", "viewport": _WINDOW, "reduced_motion": "reduce", **THEMES[theme]}
    context = browser.new_context(**options)
    page = context.new_page()
    width, height = (options["viewport"][side] for side in ("width", "height"))
    for name, path in PAGES.items():
        page.goto(address + path, wait_until="networkidle")
        if "#" not in path:  # one that opens at a passage is shown there
            tall = page.evaluate("document.documentElement.scrollHeight")
            # The window itself grows, since what sticks to its edges would be pictured midway.
            page.set_viewport_size({"width": width, "height": min(tall, _MOST_HEIGHT)})
        page.screenshot(path=folder / f"{name}-{theme}.png")
        page.set_viewport_size({"width": width, "height": height})
    context.close()


def small(picture: Path, kept: Path) -> None:
    """The picture as the documentation shows it: narrower, cut, of few colours."""
    with Image.open(picture) as image:
        height = min(image.height, image.width)  # no taller than wide
        part = image.convert("RGB").crop((0, 0, image.width, height))
        small = part.resize(
            (_WIDTH, round(height * _WIDTH / image.width)), Image.Resampling.LANCZOS
        )
        few = small.quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        few.save(kept, optimize=True)
    if kept.stat().st_size > _MOST_BYTES:
        raise SystemExit(f"{kept.name} has {kept.stat().st_size} bytes; {_MOST_BYTES} are too many")


if __name__ == "__main__":
    sys.exit(main())
