"""Every quote of a file that was taken away, held against the library and the open generation.

White space is not compared (files keep line breaks in their own ways), nor is a character that
no file may hold; every other change of a quote is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pincite.errors import NotFound, StorageError
from pincite.generations import Manifest, Record
from pincite.library import Library
from pincite.standing import CURRENT
from pincite.types import Document, Span
from pincite.works import Works
from service.citing import cite
from service.exporting.paper import Json, Quoted, settled
from service.vantage import Vantage

State = Literal["holds", "moved", "gone", "withdrawn", "altered", "ended", "unknown"]
HOLDING: frozenset[State] = frozenset({"holds", "moved"})

# What a name of a file in the library may look like; an export may say anything.
_GENERATION = re.compile(r"[\w-]{1,80}")
_MOST_SHOWN = 80
# Many files are of few generations; each manifest takes megabytes.
_MOST_MANIFESTS = 4


@dataclass(frozen=True, slots=True)
class Export:
    """What a file says: its quotes, and which index and day they are from, where it tells."""

    quotes: tuple[Quoted, ...]
    generation: str | None = None
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """How one quote stands, in words that say what to look at."""

    quoted: Quoted
    state: State
    words: str

    @property
    def holds(self) -> bool:
        """Whether it may be relied on as it is written."""
        return self.state in HOLDING


class Checker:
    """Checks quotes over one library and the generation that is published."""

    def __init__(self, library: Library, manifest: Manifest, day: date) -> None:
        self._library, self._manifest, self._day = library, manifest, day
        self.works = Works(record.entry for record in manifest.records)
        self._kept: dict[tuple[str, str], Document] = {}
        self._manifests: dict[str, Manifest | None] = {}

    def on(self, day: date) -> Checker:
        """The same for another day, with what was read already."""
        other = copy(self)
        other._day = day
        return other

    def check(self, export: Export) -> list[Finding]:
        """Each quote of the file, in its order."""
        older = self.manifest_of(export.generation)
        return [self._finding(quoted, older) for quoted in export.quotes]

    def older(self, generation: str | None) -> str:
        """One line on the generation a file is from, where it is not the one that is open."""
        if generation in (None, self._manifest.generation):
            return ""
        gone = self.manifest_of(generation) is None
        name = str(generation)[:_MOST_SHOWN]
        return (
            f"the file is from generation {name}, which is gone: only texts that the open"
            f" generation {self._manifest.generation} holds in the same version can be checked"
            if gone
            else f"the file is from generation {name}; the open one is"
            f" {self._manifest.generation}. Its texts are in the library and were checked there."
        )

    def source(self, quoted: Quoted, generation: str) -> tuple[Document | None, str]:
        """The document that a quote holds in, or None and what is wrong."""
        now = self._manifest.record(quoted.document_id)
        then = _record_of(quoted, now, self.manifest_of(generation))
        if then is None:
            return None, f"text version {quoted.version[:12]!r} of it is not known here"
        document = self._document(then)
        span = Span(quoted.start, quoted.end)
        if not 0 <= span.start < span.end <= len(document.text):
            return None, _altered(quoted, document)
        if span.of(document.text) != quoted.quote:
            return None, _altered(quoted, document)
        return document, ""

    def manifest_of(self, generation: str | None) -> Manifest | None:
        """The manifest of a generation that is open or was once; None where it is not known."""
        if generation == self._manifest.generation:
            return self._manifest
        if generation is None or not _GENERATION.fullmatch(generation):
            return None
        if generation not in self._manifests:
            if len(self._manifests) >= _MOST_MANIFESTS:
                self._manifests.clear()
            try:
                self._manifests[generation] = self._library.manifest(generation)
            except (NotFound, StorageError):
                self._manifests[generation] = None
        return self._manifests[generation]

    def _finding(self, quoted: Quoted, older: Manifest | None) -> Finding:
        now = self._manifest.record(quoted.document_id)
        then = _record_of(quoted, now, older)
        if then is None:
            return self._unknown(quoted, now)
        source = self._document(then)
        if not _stands(quoted, source):
            return Finding(quoted, "altered", _altered(quoted, source))
        if now is None:
            words = "it holds in its version, but the open generation has no such document"
            return Finding(quoted, "withdrawn", words)
        if now.version != then.version:
            moved = self._elsewhere(quoted, now)
            if moved is None:
                words = "it holds in its version, but the document has changed; the words are gone"
                return Finding(quoted, "gone", words)
            changed = Finding(quoted, "moved", f"the document has changed; the words are {moved}")
        else:
            changed = Finding(quoted, "holds", "it is what its source says")
        return self._ended(quoted, now) or changed

    def _ended(self, quoted: Quoted, now: Record) -> Finding | None:
        """That what was quoted as law in force is so no longer."""
        standing = self.works.standing(now.entry, self._day)
        if quoted.channel != "law" or quoted.status not in CURRENT or standing.status in CURRENT:
            return None
        how = standing.words or standing.status.replace("_", " ")
        words = f"the words are its source's, but it is not in force on {self._day}: {how}"
        return Finding(quoted, "ended", words)

    def _unknown(self, quoted: Quoted, now: Record | None) -> Finding:
        if now is None:
            name = quoted.document_id[:_MOST_SHOWN]
            return Finding(quoted, "unknown", f"no document {name!r} is known here")
        place = self._elsewhere(quoted, now)
        version = quoted.version[:12]
        if place:
            words = f"text version {version} is not known here; the words are {place}"
            return Finding(quoted, "moved", words)
        words = f"text version {version} of it is not known here; the open one lacks these words"
        return Finding(quoted, "unknown", words)

    def _elsewhere(self, quoted: Quoted, now: Record) -> str | None:
        """Where the words stand in the open version, as a citation with characters."""
        document = self._document(now)
        words = settled(quoted.quote).split()
        pattern = r"\s+".join(re.escape(word) for word in words)
        if not words:
            return None
        found = [Span(*match.span()) for match in re.finditer(pattern, document.text)]
        if not found:
            return None
        span = min(found, key=lambda one: abs(one.start - quoted.start))
        citation = cite(document, span, Vantage(self._day, None, self.works))
        return f"at {citation.text}, characters {span.start}:{span.end}"

    def _document(self, record: Record) -> Document:
        name = record.entry.id, record.version
        if name not in self._kept:
            self._kept[name] = self._library.document(record.entry, record.version, record.outline)
        return self._kept[name]


def _record_of(quoted: Quoted, now: Record | None, older: Manifest | None) -> Record | None:
    """The record of the very version that is quoted: only a manifest says whose text it is."""
    then = older.record(quoted.document_id) if older else None
    return next((r for r in (now, then) if r and r.version == quoted.version), None)


def _stands(quoted: Quoted, document: Document) -> bool:
    span = Span(quoted.start, quoted.end)
    inside = 0 <= span.start < span.end <= len(document.text)
    return inside and settled(span.of(document.text)) == settled(quoted.quote)


def _altered(quoted: Quoted, document: Document) -> str:
    """What differs, by the first word that does."""
    if not 0 <= quoted.start < quoted.end <= len(document.text):
        return f"{quoted.start}:{quoted.end} lies outside its source"
    ours = settled(document.text[quoted.start : quoted.end]).split()
    theirs = settled(quoted.quote).split()
    at = next((i for i, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), None)
    if at is None:
        return "its source is longer" if len(ours) > len(theirs) else "its source is shorter"
    said, meant = theirs[at][:_MOST_SHOWN], ours[at][:_MOST_SHOWN]
    return f"it does not equal its source: “{said}” stands where the source has “{meant}”"


def findings_json(
    file: str, export: Export, findings: Sequence[Finding], day: date, note: str
) -> Json:
    """What `pincite verify` prints with --json."""
    return {
        "file": file,
        "as_of": day.isoformat(),
        "generation": export.generation,
        "note": note,
        "quotes": [
            {
                "document_id": finding.quoted.document_id,
                "version": finding.quoted.version,
                "start": finding.quoted.start,
                "end": finding.quoted.end,
                "quote": finding.quoted.quote,
                "state": finding.state,
                "holds": finding.holds,
                "words": finding.words,
            }
            for finding in findings
        ],
        "all_hold": all(finding.holds for finding in findings),
    }
