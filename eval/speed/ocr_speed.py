"""OCR of every scanned agreement of the real corpus, from an empty cache: seconds a page."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from eval.corpus import CATALOGUE
from ingest.catalogue import load_catalogue
from ingest.readers.format import Limits
from ingest.readers.ocr.pages import engine_named
from ingest.readers.sandboxing.sandbox import Sandbox
from pincite.errors import FileRefused


def run(data: Path) -> None:
    """Read each file that is refused as a scan without OCR, with the engine that `auto` finds."""
    engine = engine_named("auto")
    print(f"engine: {engine}")
    if engine == "off":
        return
    with (
        tempfile.TemporaryDirectory() as cache,
        Sandbox(Limits(ocr=engine, ocr_cache=cache)) as sandbox,
    ):
        for path in _scans(data):
            _read(sandbox, path)


def _scans(data: Path) -> list[Path]:
    found = []
    with Sandbox(Limits()) as sandbox:
        for entry in load_catalogue(CATALOGUE):
            path = data / "corpus" / entry.source
            if path.suffix == ".pdf":
                try:
                    sandbox.read(path.read_bytes(), path.suffix)
                except FileRefused:
                    found.append(path)
    return found


def _read(sandbox: Sandbox, path: Path) -> None:
    started = time.perf_counter()
    try:
        reading = sandbox.read(path.read_bytes(), path.suffix)
    except FileRefused as refused:
        print(f"{path.name}: {refused}")
        return
    spent, pages = time.perf_counter() - started, len(reading.pages)
    print(
        f"{path.name}: {pages} pages, {spent:.0f} s, {spent / pages:.1f} s a page,"
        f" {len(reading.text.split())} words"
    )
