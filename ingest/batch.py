"""What travels through the ingest pipeline: a batch of files, each on its way to points."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from ingest.reading import Outcome
from pincite.generations import Record
from pincite.index.schema import Payload
from pincite.types import Document, Passage


@dataclass(frozen=True, slots=True)
class Job:
    """One file: what reading came to, then its document, its passages, its record.

    `texts` are what both legs index, passage by passage; `known` is the record of the same
    entry in the generation that this one grows from.
    """

    outcome: Outcome
    known: Record | None = None
    document: Document | None = None
    outline: str = ""
    passages: tuple[Passage, ...] = ()
    texts: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    payloads: tuple[Payload, ...] = ()
    record: Record | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Some jobs. It is passed on, never changed, so Haystack's deep copies may share it."""

    jobs: tuple[Job, ...]

    def __deepcopy__(self, memo: dict[int, Any]) -> Batch:
        return self

    def each(self, step: Callable[[Job], Job]) -> Batch:
        """The batch with a step done on every job that was not refused."""
        return replace(
            self, jobs=tuple(job if job.outcome.refusal else step(job) for job in self.jobs)
        )

    @property
    def passages(self) -> int:
        """How many passages it holds."""
        return sum(len(job.passages) for job in self.jobs)
