"""A hostile answer and a library that holds its source."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pincite.generations import IndexSpec, Manifest, Record
from pincite.kinds import Kind
from pincite.library import Library
from pincite.types import Entry, Reading, Span
from pincite.works import Works
from service.citing import cite
from service.describing import citation_json, index_json
from service.exporting.checking import Checker
from service.exporting.paper import Json
from service.vantage import Vantage

SPEC = IndexSpec("e", "0" * 64, 4, "s", 1, 1, 1)
TODAY = date(2026, 1, 1)


class Held:
    """A library with one published generation of a few documents."""

    def __init__(self, folder: Path) -> None:
        self.library = Library(folder / "library")
        self.records: dict[str, Record] = {}
        self.manifest = self.publish("generation-1")

    def put(self, id_: str, text: str, **entry: object) -> None:
        """Hold a text under that id; a second time, it is a new version."""
        fields = {"kind": Kind.ORDINANCE, "title": id_.title(), "source": f"{id_}.txt", **entry}
        made = Entry(id=id_, **fields)  # type: ignore[arg-type]
        version = self.library.put_reading(Reading(text, "plain", 1))
        outline = self.library.put_outline(())
        self.records[id_] = Record(
            made, version, outline, "", "", "", "", 0, "plain@1", len(text), 1
        )

    def publish(self, generation: str) -> Manifest:
        """Publish what is held now."""
        made = "2026-01-01T00:00:00+00:00"
        self.manifest = Manifest(generation, made, SPEC, tuple(self.records.values()))
        self.library.put_manifest(self.manifest)
        return self.manifest

    def checker(self, day: date = TODAY) -> Checker:
        """A checker over what is published."""
        return Checker(self.library, self.manifest, day)

    def answer(self, id_: str, *quotes: str, question: str = "May it?") -> Json:
        """An answer of that document's quotes, as the API gives one."""
        record = self.records[id_]
        document = self.library.document(record.entry, record.version, record.outline)
        view = Vantage(TODAY, None, Works(r.entry for r in self.records.values()))
        spans = [Span(at, at + len(q)) for q in quotes for at in [document.text.index(q)]]
        citations = [
            citation_json(cite(document, span, view), n) for n, span in enumerate(spans, 1)
        ]
        return {
            "question": question,
            "reason": None,
            "confidence": 0.9,
            "statements": [],
            "citations": citations,
            "nearest": [],
            "notices": ["=2+3 is a note\r\nER  - \r\nTY  - CASE"],
            "coverage": {
                "documents": 1,
                "passages": 1,
                "kinds": {},
                "jurisdictions": [],
                "refused": {},
            },
            "index": index_json(self.manifest),
            "as_of": TODAY.isoformat(),
            "timings_ms": {},
        }

    def comparison(self, *cells: tuple[str, str]) -> Json:
        """A comparison of one question over (document, quote) pairs, and a silent place."""
        answers = [self.answer(id_, quote)["citations"][0] for id_, quote in cells]
        places = [f"zz/{id_}" for id_, _ in cells]
        first = self.answer(*cells[0], question="+May it?")
        shown = [
            {"jurisdiction": place, "type": "quote", "words": "", "citation": one, "changes": []}
            for place, one in zip(places, answers, strict=True)
        ]
        silent = {"jurisdiction": "zz/none", "type": "not_in_corpus", "words": "no document"}
        return {
            "jurisdictions": [
                {"jurisdiction": place, "name": place.title(), "documents": 1, "around": []}
                for place in (*places, "zz/none")
            ],
            "rows": [
                {
                    "question": first["question"],
                    "cells": [*shown, {**silent, "citation": None, "changes": []}],
                }
            ],
            **{name: first[name] for name in ("notices", "coverage", "index", "as_of")},
        }


@pytest.fixture
def held(tmp_path: Path) -> Held:
    """An empty library."""
    return Held(tmp_path)


@pytest.fixture
def publish_texts(held: Held) -> Callable[..., Held]:
    """Holds these texts and publishes them."""

    def publish(**texts: str) -> Held:
        for id_, text in texts.items():
            held.put(id_.replace("_", "-"), text)
        held.publish("generation-1")
        return held

    return publish
