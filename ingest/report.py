"""What an ingest did, in numbers, with every file accounted for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ingest.gathering import Gathered
from ingest.planning import Plan
from ingest.reading import FileReader
from pincite.generations import Manifest, Record, Refusal


@dataclass(frozen=True, slots=True)
class Report:
    """Every file is counted once: added, changed, unchanged or refused. Times are in seconds.

    `removed` holds the ids of documents whose files left; `documents` and `passages` count the
    whole index.
    """

    generation: str | None
    published: bool
    files: int
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: tuple[str, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    documents: int = 0
    passages: int = 0
    embedded: int = 0
    seconds: float = 0.0
    encoder_seconds: float = 0.0
    dry_run: bool = False

    @property
    def indexed(self) -> int:
        """How many of the files are in the index (or would be, after a dry run)."""
        return self.added + self.changed + self.unchanged

    def as_json(self) -> dict[str, Any]:
        """The report as plain values."""
        return asdict(self)


def unchanged(published: Manifest | None, gathered: Gathered) -> Report:
    """The report of an ingest that found everything as published."""
    if published is None:
        return unpublished((), gathered)
    refusals = refusals_of(published.refusals, gathered)
    return Report(
        generation=published.generation,
        published=False,
        files=gathered.files,
        unchanged=gathered.files - len(refusals),
        refusals=refusals,
        documents=len(published.records),
        passages=published.passages,
    )


def unpublished(refusals: Iterable[Refusal], gathered: Gathered) -> Report:
    """The report of a first ingest that found no file it could index."""
    said = refusals_of(refusals, gathered)
    return Report(generation=None, published=False, files=gathered.files, refusals=said)


def published_report(
    manifest: Manifest,
    known: Mapping[str, Record],
    todo: Plan,
    gathered: Gathered,
    embedded: int,
    encoder_seconds: float,
) -> Report:
    """The report of an ingest that published `manifest`, where `known` was indexed before."""
    here = {source.entry.id for source in gathered.sources}
    kept = {record.entry.id for record in todo.kept} & here
    worked = {record.entry.id for record in manifest.records} & here - kept
    return Report(
        generation=manifest.generation,
        published=True,
        files=gathered.files,
        added=len(worked - set(known)),
        changed=len(worked & set(known)),
        unchanged=len(kept),
        removed=todo.removed,
        refusals=refusals_of(manifest.refusals, gathered),
        documents=len(manifest.records),
        passages=manifest.passages,
        embedded=embedded,
        encoder_seconds=encoder_seconds,
    )


def dry(todo: Plan, published: Manifest | None, gathered: Gathered, reader: FileReader) -> Report:
    """What an ingest would do, without embedding, keeping or publishing anything."""
    known = {record.entry.id for record in published.records} if published else set()
    outcomes = [reader.read(seen) for seen in todo.work]
    refused = [outcome.refusal for outcome in outcomes if outcome.refusal]
    readable = [o.seen.source.entry.id for o in outcomes if not o.refusal]
    here = {source.entry.id for source in gathered.sources}
    return Report(
        generation=published.generation if published else None,
        published=False,
        files=gathered.files,
        added=sum(entry_id not in known for entry_id in readable),
        changed=sum(entry_id in known for entry_id in readable),
        unchanged=sum(record.entry.id in here for record in todo.kept),
        removed=todo.removed,
        refusals=(*refusals_of(todo.refusals, gathered), *refused),
        documents=len(todo.kept) + len(readable),
        passages=published.passages if published else 0,
        dry_run=True,
    )


def refusals_of(refusals: Iterable[Refusal], gathered: Gathered) -> tuple[Refusal, ...]:
    """The refusals of the files that this ingest was about."""
    ids = {source.entry.id for source in gathered.sources}
    names = {(refusal.root, refusal.source) for refusal in gathered.refusals}
    return tuple(r for r in refusals if r.entry_id in ids or (r.root, r.source) in names)
