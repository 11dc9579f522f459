"""A log of a few records, and a library whose texts change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pincite.generations import IndexSpec, Manifest, Record
from pincite.kinds import Kind
from pincite.library import Library
from pincite.settings import Settings
from pincite.shelf import Shelf
from pincite.types import Entry, Reading, Span
from pincite.works import Works
from service.citing import cite
from service.describing import citation_json, coverage_json, index_json
from service.engine import Engine
from service.journal.chain import Json, Tip, sealed
from service.journal.checking import Checked, checked
from service.journal.file import LogFile
from service.journal.rechecking import Recheck, Rechecked
from service.journal.recording import opened
from service.vantage import Vantage

SPEC = IndexSpec("e", "0" * 64, 4, "s", 1, 1, 1)


def made(words: str) -> Callable[[Tip, Sequence[str]], Json]:
    """Makes a record of an answer, whose question is these words."""

    def make(tip: Tip, notes: Sequence[str]) -> Json:
        private = {"question": {"asked": words}, "answer": {"reason": words}, "hits": []}
        fields = {**opened("answer"), "generation": "g", **({"notes": [*notes]} if notes else {})}
        return sealed(tip, fields, private)

    return make


@pytest.fixture
def make() -> Callable[[str], Callable[[Tip, Sequence[str]], Json]]:
    """Makes what makes a record."""
    return made


@pytest.fixture
def file(tmp_path: Path) -> LogFile:
    """A log that is not there yet."""
    return LogFile(tmp_path / "answers.jsonl", 10.0)


@pytest.fixture
def check() -> Callable[..., Checked]:
    """Checks a log's file."""

    def check(file: LogFile, noted: str | None = None) -> Checked:
        with file.reading() as (head, lines):
            return checked(lines, head, noted)

    return check


@pytest.fixture
def logged(
    engine: Engine, tmp_path: Path, light_shelf: Callable[[Settings], Shelf]
) -> Callable[..., Engine]:
    """An engine over the tiny corpus that logs its answers."""

    def logged(path: Path | None = None, **more: Any) -> Engine:
        values = {**engine.settings.model_dump(), **more}
        settings = Settings(**{**values, "answer_log": path or tmp_path / "answers.jsonl"})
        return Engine(settings, light_shelf(settings))

    return logged


class Shelved:
    """A library with texts that come, change and go."""

    def __init__(self, folder: Path) -> None:
        self.library = Library(folder / "library")
        self.held: dict[str, Record] = {}
        self.manifest = self.publish("generation-1")

    def put(self, id_: str, text: str, reader: int = 1, file: str = "", **entry: object) -> None:
        """Hold a text under that id; a second time, it is a new version."""
        fields = {"kind": Kind.ORDINANCE, "title": id_.title(), "source": f"{id_}.txt", **entry}
        one = Entry(id=id_, **fields)  # type: ignore[arg-type]
        version = self.library.put_reading(Reading(text, "plain", reader))
        outline = self.library.put_outline(())
        self.held[id_] = Record(
            one, version, outline, "", "", "", file or text, 0, "plain@1", len(text), 1
        )

    def publish(self, generation: str) -> Manifest:
        """Publish what is held now."""
        made = "2026-01-01T00:00:00+00:00"
        self.manifest = Manifest(generation, made, SPEC, tuple(self.held.values()))
        self.library.put_manifest(self.manifest)
        return self.manifest

    def record(self, id_: str, quote: str, day: date, asked_on: date | None = None) -> Json:
        """The record of an answer with one quote, as of that day."""
        held = self.held[id_]
        document = self.library.document(held.entry, held.version, held.outline)
        start = document.text.index(quote)
        works = Works(r.entry for r in self.manifest.records)
        citation = cite(document, Span(start, start + len(quote)), Vantage(day, None, works))
        answer = {
            "question": "May it?",
            "reason": None,
            "confidence": 0.9,
            "statements": [],
            "citations": [citation_json(citation, 1)],
            "nearest": [],
            "notices": [],
            "coverage": coverage_json(self.manifest),
            "index": index_json(self.manifest),
            "as_of": day.isoformat(),
        }
        question: Json = {
            "asked": "May it?",
            "read": {},
            "looked_for": None,
            "day": day.isoformat(),
        }
        private = {"question": question, "answer": answer, "hits": []}
        fields = {**opened("answer"), "generation": self.manifest.generation}
        fields |= {"settings": {}, "models": {}, "program": {}}
        fields["time"] = f"{asked_on or day}T12:00:00+00:00"
        return sealed(Tip(), fields, private)

    def recheck(self, record: Json, today: date) -> Rechecked:
        """The record, held against what is published."""
        return Recheck(self.library, self.manifest, today).one(record)

    def entry(self, id_: str, **changes: Any) -> None:
        """Change what the catalogue says of a document."""
        held = self.held[id_]
        self.held[id_] = replace(held, entry=replace(held.entry, **changes))


@pytest.fixture
def shelved(tmp_path: Path) -> Shelved:
    """An empty library."""
    return Shelved(tmp_path)
