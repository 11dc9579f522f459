"""Pictures of pages read by an OCR engine, once: what a page came to is kept by its hash.

Nothing is corrected: words that an engine is unsure of stay as it read them.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar
from pathlib import Path
from typing import Literal

from ingest.readers.format import Limits
from ingest.readers.ocr.engines import ENGINES, EngineName
from pincite.errors import FileRefused, SettingsError

Wanted = Literal["auto", "off", "rapidocr", "tesseract"]
Engine = Literal["off", "rapidocr", "tesseract"]

page_read: ContextVar[Callable[[], None]] = ContextVar("page_read", default=lambda: None)
"""Called after each page: reading a scan is slow, and whoever counts the time wants to know."""

_REVISION = 2  # raise it when a change below can alter what a page comes to


def engine_named(wanted: Wanted) -> Engine:
    """The engine to use: `auto` takes the first that is installed, or none.

    Raises SettingsError for one that is asked for by name and missing.
    """
    if wanted == "off":
        return "off"
    if wanted == "auto":
        return next((name for name, row in ENGINES.items() if not row.missing()), "off")
    if missing := ENGINES[wanted].missing():
        raise SettingsError(f"PINCITE_OCR={wanted}: {missing}, or set PINCITE_OCR=auto")
    return wanted


def read_scanned_page(image: bytes, limits: Limits) -> tuple[str, str]:
    """The lines of a page's picture (PNG or JPEG), and the engine that read them.

    Paragraphs stand apart by a blank line. Raises FileRefused when the engine fails.
    """
    name = engine_named(limits.ocr)
    if name == "off":
        raise FileRefused("scan_without_ocr", "a page is a picture; turn OCR on (PINCITE_OCR)")
    kept = _place(image, name, limits.ocr_cache)
    text = _known(kept)
    if text is None:
        text = ENGINES[name].read(image, limits)
        _keep(kept, text)
    page_read.get()()
    return text, name


def _place(image: bytes, name: EngineName, folder: str | None) -> Path | None:
    """Where the text of this picture by this engine is kept."""
    if folder is None:
        return None
    reader = f"{name} {ENGINES[name].version()} {_REVISION}\n".encode()
    key = hashlib.sha256(reader + hashlib.sha256(image).digest()).hexdigest()
    return Path(folder) / key[:2] / f"{key}.txt"


def _known(kept: Path | None) -> str | None:
    try:
        return None if kept is None else kept.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _keep(kept: Path | None, text: str) -> None:
    """Write whole or not at all. A cache that cannot be written costs time, not the file."""
    if kept is None:
        return
    with suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=kept.parent)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
                file.write(text)
            Path(name).replace(kept)
        except OSError:
            Path(name).unlink()
            raise
