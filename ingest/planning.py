"""What an ingest has to do: which files are new or changed, which stay, which left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.folder import fill_from_facts
from ingest.reading import FileReader
from ingest.sources import Gathered, Source
from pincite.generations import Manifest, Record, Refusal
from pincite.library import Library

# About this many passages go through the pipeline at a time.
BATCH_PASSAGES = 500
# A measured average over the real corpus; only the size of batches hangs on it.
_BYTES_A_PASSAGE = 1500
_MOST_FILES = 24


@dataclass(frozen=True, slots=True)
class Plan:
    """Sources to work on, records and refusals that stay as they are, entry ids that go.

    `changes` is False when what is published already says it all.
    """

    work: tuple[Source, ...]
    kept: tuple[Record, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    gone: tuple[str, ...] = ()
    changes: bool = True


def plan(
    gathered: Gathered, published: Manifest | None, reader: FileReader, library: Library
) -> Plan:
    """Compare what was gathered with what is published, by hash, without reading any text."""
    if published is None:
        return Plan(gathered.sources, refusals=gathered.refusals)
    records = {record.entry.id: record for record in published.records}
    refused = {refusal.work: refusal for refusal in published.refusals if refusal.work}
    work: list[Source] = []
    kept: list[Record] = []
    refusals = list(gathered.refusals)
    for source in gathered.sources:
        key, record = reader.key(source), records.get(source.entry.id)
        if record and record.work == key and _same_entry(source, record, library):
            kept.append(record)
        elif key in refused and refused[key].entry_id == source.entry.id:
            refusals.append(refused[key])
        else:
            work.append(source)
    others, gone = _not_gathered(gathered, published)
    refusals += _refused_elsewhere(gathered, published)
    changes = bool(work or gone) or set(refusals) != set(published.refusals)
    return Plan(tuple(work), (*kept, *others), tuple(refusals), gone, changes)


def _same_entry(source: Source, record: Record, library: Library) -> bool:
    """Whether the catalogue (or the folder and the file's own facts) says what it said before."""
    if source.root != record.root:
        return False
    if source.described:
        return source.entry == record.entry
    return fill_from_facts(source.entry, library.reading(record.version)) == record.entry


def _not_gathered(
    gathered: Gathered, published: Manifest
) -> tuple[tuple[Record, ...], tuple[str, ...]]:
    """Published records that this ingest is not about, and the ids of files that left."""
    here = {source.entry.id for source in gathered.sources}
    absent = [record for record in published.records if record.entry.id not in here]
    return (
        tuple(record for record in absent if record.root not in gathered.roots),
        tuple(record.entry.id for record in absent if record.root in gathered.roots),
    )


def _refused_elsewhere(gathered: Gathered, published: Manifest) -> list[Refusal]:
    """Refusals of other roots; those of files named now are said anew."""
    here = {(s.root, s.entry.source) for s in gathered.sources}
    here |= {(refusal.root, refusal.source) for refusal in gathered.refusals}
    return [
        refusal
        for refusal in published.refusals
        if refusal.root not in gathered.roots and (refusal.root, refusal.source) not in here
    ]


def batches(sources: Sequence[Source]) -> Iterator[tuple[Source, ...]]:
    """Sources in groups of about BATCH_PASSAGES passages, guessed from their files' sizes."""
    group: list[Source] = []
    size = 0
    for source in sources:
        group.append(source)
        size += source.size()
        if size >= BATCH_PASSAGES * _BYTES_A_PASSAGE or len(group) >= _MOST_FILES:
            yield tuple(group)
            group, size = [], 0
    if group:
        yield tuple(group)
