"""What a published index is: its spec, its manifest, and what became of every file.

Values only; the library stores manifests, `pincite.index` stores points.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass

from pincite.errors import RefusalReason
from pincite.types import Entry

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class IndexSpec:
    """Everything that decides what a point holds. Two indexes with equal specs may be mixed."""

    encoder: str
    encoder_sha256: str
    dimension: int
    sparse_encoder: str
    outline_revision: int
    chunker_revision: int
    context_revision: int
    schema_version: int = SCHEMA_VERSION

    @property
    def digest(self) -> str:
        """A short name for this spec."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Record:
    """One indexed edition: its entry, the text version that was read, and how it was cut.

    `work` names the reading of the file (source, reader, limits), `outline` the stored sections,
    `indexed` hashes what both legs saw of the passages: while it is unchanged, nothing is
    embedded again. `root` is the folder or collection the file was ingested with.
    """

    entry: Entry
    version: str
    outline: str
    indexed: str
    work: str
    root: str
    source_sha256: str
    source_bytes: int
    reader: str
    characters: int
    passages: int
    pages: int | None = None
    ocr: bool = False
    marks: int = 0
    repairs: int = 0
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """One file that is not indexed, and why."""

    source: str
    reason: RefusalReason
    detail: str
    entry_id: str | None = None
    root: str = ""
    work: str | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation holds. The service reads documents and coverage from here alone."""

    generation: str
    created: str
    spec: IndexSpec
    records: tuple[Record, ...]
    refusals: tuple[Refusal, ...] = ()
    parent: str | None = None

    @property
    def passages(self) -> int:
        """How many points the index of this generation must hold."""
        return sum(record.passages for record in self.records)

    @property
    def corpus_digest(self) -> str:
        """A short name for exactly these text versions of exactly these entries."""
        pairs = sorted((record.entry.id, record.version) for record in self.records)
        return hashlib.sha256(json.dumps(pairs).encode()).hexdigest()[:16]

    def record(self, entry_id: str) -> Record | None:
        """The record of one entry, or None."""
        return next((record for record in self.records if record.entry.id == entry_id), None)
