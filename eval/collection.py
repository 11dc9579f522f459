"""What a benchmark searches: documents already cut into units, files of a catalogue, or PDFs.

A benchmark's ids of passages and pages are its units; how a system cuts for itself is its own
affair. Opens no index.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pincite.library import version_of
from pincite.settings import Settings
from pincite.types import Entry, Reading, Span

# The name under which a text that no reader read is kept; part of its text version.
READER, REVISION = "benchmark", 1


@dataclass(frozen=True, slots=True)
class Unit:
    """What a benchmark judges: `span.of(document.text)` is the passage's text, to the letter."""

    id: str
    span: Span
    heading: str = ""


@dataclass(frozen=True, slots=True)
class PrecutDocument:
    """A document as its units in order, joined by line ends; `text` is kept as it was given."""

    id: str
    title: str
    text: str
    units: tuple[Unit, ...]

    @property
    def reading(self) -> Reading:
        """The text as the library keeps it."""
        return Reading(self.text, READER, REVISION)

    @property
    def version(self) -> str:
        """The text version that gold spans of this document count in."""
        return version_of(self.reading)


@dataclass(frozen=True, slots=True)
class Precut:
    """Documents that come as passages. Ids of units are unique in the whole collection.

    `empty` names the units that hold no text: they cannot be indexed, and nothing finds them.
    """

    documents: tuple[PrecutDocument, ...]
    empty: tuple[str, ...] = ()

    @property
    def units(self) -> int:
        """How many units can be searched."""
        return sum(len(document.units) for document in self.documents)


@dataclass(frozen=True, slots=True)
class Catalogued:
    """Files that the real ingest reads: a catalogue, and the folder that its paths start from.

    `overrides` are settings by name that the benchmark needs ("ocr": "off").
    """

    catalogue: Path
    root: Path
    overrides: Mapping[str, Any] = field(default_factory=dict)

    def settings(self, base: Settings) -> Settings:
        """`base` with the benchmark's own settings."""
        return Settings(**{**base.model_dump(), **self.overrides})


@dataclass(frozen=True, slots=True)
class Pdfs:
    """PDF files whose pages are the units: `page_unit(entry.id, number)`, numbers from 1."""

    entries: tuple[Entry, ...]
    root: Path


Collection = Precut | Catalogued | Pdfs


def page_unit(document_id: str, number: int) -> str:
    """The id of a page; `number` is the physical page, from 1."""
    return f"{document_id}#{number}"


def precut(
    document_id: str, title: str, passages: Iterable[tuple[str, str, str]]
) -> tuple[PrecutDocument, tuple[str, ...]]:
    """The document made of (id, heading, text) passages, and the ids of those without text."""
    units, texts, empty, at = list[Unit](), list[str](), list[str](), 0
    for unit_id, heading, text in passages:
        if not text.strip():
            empty.append(unit_id)
            continue
        units.append(Unit(unit_id, Span(at, at + len(text)), heading))
        texts.append(text)
        at += len(text) + 1
    return PrecutDocument(document_id, title, "\n".join(texts), tuple(units)), tuple(empty)
