"""What a reader is: a function from a file's bytes to a Reading, within limits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from pincite.errors import FileRefused
from pincite.types import Reading


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may cost. Time and memory are enforced from outside, by `sandbox`."""

    seconds: float = 120.0
    memory_mb: int = 1536
    max_bytes: int = 100 * 2**20
    max_pages: int = 3000
    max_chars: int = 20_000_000
    ocr: Literal["auto", "off", "rapidocr", "tesseract"] = "off"
    ocr_cache: str | None = None


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, the revision of its reader, its file endings, and its reader.

    `read` takes bytes and limits, returns a canonical Reading and raises FileRefused. A change
    that can alter any text raises `revision`, which makes new text versions.
    """

    name: str
    revision: int
    suffixes: tuple[str, ...]
    read: Callable[[bytes, Limits], Reading]


def too_large(size: int, most: int) -> FileRefused:
    """The refusal of a file of `size` bytes where at most `most` are read."""
    return FileRefused(
        "too_large",
        f"{size / 2**20:.0f} MB; at most {most / 2**20:.0f} MB are read (PINCITE_READER_MAX_MB)",
    )
