"""What an ingest did, in numbers, with every file accounted for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ingest.planning import Plan
from ingest.reading import FileReader
from ingest.sources import Gathered
from pincite.generations import Manifest, Refusal


@dataclass(frozen=True, slots=True)
class Report:
    """Every file is counted once: added, changed, unchanged or refused. Times are in seconds."""

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

    def as_json(self) -> dict[str, Any]:
        """The report as plain values."""
        return asdict(self)


def unchanged(published: Manifest, gathered: Gathered) -> Report:
    """The report of an ingest that found everything as published."""
    refusals = refusals_of(published.refusals, gathered)
    return Report(
        generation=published.generation,
        published=False,
        files=files_of(gathered),
        unchanged=files_of(gathered) - len(refusals),
        refusals=refusals,
        documents=len(published.records),
        passages=published.passages,
    )


def dry(todo: Plan, published: Manifest | None, gathered: Gathered, reader: FileReader) -> Report:
    """What an ingest would do, without embedding or publishing."""
    known = {record.entry.id for record in published.records} if published else set()
    outcomes = [reader.read(source) for source in todo.work]
    refused = [outcome.refusal for outcome in outcomes if outcome.refusal]
    readable = [o.source.entry.id for o in outcomes if not o.refusal]
    here = {source.entry.id for source in gathered.sources}
    return Report(
        generation=published.generation if published else None,
        published=False,
        files=files_of(gathered),
        added=sum(entry_id not in known for entry_id in readable),
        changed=sum(entry_id in known for entry_id in readable),
        unchanged=sum(record.entry.id in here for record in todo.kept),
        removed=todo.gone,
        refusals=(*refusals_of(todo.refusals, gathered), *refused),
        documents=len(todo.kept) + len(readable),
        passages=published.passages if published else 0,
        dry_run=True,
    )


def files_of(gathered: Gathered) -> int:
    """How many files an ingest was about."""
    return len(gathered.sources) + len(gathered.refusals)


def refusals_of(refusals: Sequence[Refusal], gathered: Gathered) -> tuple[Refusal, ...]:
    """The refusals of the files that this ingest was about."""
    ids = {source.entry.id for source in gathered.sources}
    names = {(refusal.root, refusal.source) for refusal in gathered.refusals}
    return tuple(r for r in refusals if r.entry_id in ids or (r.root, r.source) in names)
