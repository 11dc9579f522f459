"""The real corpus as benchmarks and tests take it: its files, its readings, its index."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from eval.indexing import kept_current
from ingest.catalogue import load_catalogue
from ingest.readers.format import Limits
from ingest.readers.sandboxing.sandbox import Sandbox
from pincite.errors import FileRefused
from pincite.settings import Settings
from pincite.types import Entry, Reading

ROOT = Path(__file__).parents[1]
CATALOGUE = ROOT / "corpora" / "sanctuary" / "catalogue.toml"


def indexed(data: Path) -> Settings:
    """Settings of an index over the whole corpus without OCR, kept between benchmarks.

    It lies in `var/bench`; an ingest brings it up to date first, which embeds only what changed.
    """
    settings = Settings(
        data_dir=ROOT / "var" / "bench", ocr="off", allowed_hosts=("testserver", "127.0.0.1")
    )
    kept_current(settings, data / "corpus", CATALOGUE)
    return settings


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One file of the corpus: its entry and its reading, or why it was refused."""

    entry: Entry
    path: Path
    reading: Reading | None
    refused: FileRefused | None = None


def read_all(data: Path, limits: Limits | None = None) -> Iterator[ReadFile]:
    """Every catalogued file of the corpus below `data/corpus`, read in the sandbox."""
    with Sandbox(limits or Limits()) as sandbox:
        for entry in load_catalogue(CATALOGUE):
            path = data / "corpus" / entry.source
            try:
                reading = sandbox.read(path.read_bytes(), path.suffix)
            except FileRefused as refused:
                yield ReadFile(entry, path, None, refused)
            else:
                yield ReadFile(entry, path, reading)
