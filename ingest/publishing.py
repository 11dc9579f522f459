"""The ingest job: gather, plan, read, embed and write a draft, check it, publish it.

A reader of the index sees the old generation or the new one. Whatever ends this process
before `publish`, the published generation stays as it was and the next run begins again,
with every reading that was finished already in the library.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from ingest.batch import Batch, Job
from ingest.chunking import CHUNKER_REVISION
from ingest.context import CONTEXT_REVISION
from ingest.outlines.table import OUTLINE_REVISION
from ingest.planning import Plan, batches, plan
from ingest.reading import FileReader, Outcome, limits_of
from ingest.report import Report, dry, files_of, refusals_of, unchanged
from ingest.sources import Gathered, carried, gather
from pincite.errors import IndexMismatch, IndexUnusable
from pincite.generations import IndexSpec, Manifest, Record, Refusal
from pincite.index.schema import Draft
from pincite.settings import Settings
from pincite.shelf import Shelf, mismatch

if TYPE_CHECKING:
    from ingest.pipeline import EmbedAndWrite

Progress = Callable[[int, int, str], None]
"""Called with files done, files to do, and the name of the file that was just done."""


def ingest(
    settings: Settings,
    paths: Sequence[Path],
    *,
    catalogue: Path | None = None,
    rebuild: bool = False,
    dry_run: bool = False,
    progress: Progress = lambda done, total, name: None,
) -> Report:
    """Bring the index up to date with the files under `paths`, and publish it.

    `rebuild` reads and embeds everything again, other collections from the library's originals.
    `dry_run` reads and cuts, but embeds and publishes nothing. Raises PinciteError.
    """
    started = time.perf_counter()
    gathered = gather(paths, catalogue)
    shelf = Shelf.of(settings)
    published = _published(shelf, _spec(shelf), rebuild=rebuild)
    if rebuild and published is not None:
        gathered = gathered.with_(Gathered(carried(published, shelf.library, gathered.roots)))
    with FileReader(shelf.library, limits_of(settings), again=rebuild) as reader:
        todo = plan(gathered, None if rebuild else published, reader, shelf.library)
        if not todo.changes:
            assert published is not None
            report = unchanged(published, gathered)
        elif dry_run:
            report = dry(todo, published, gathered, reader)
        else:
            report = _Work(shelf, reader, todo, published, progress).done(gathered, rebuild=rebuild)
    return replace(report, seconds=time.perf_counter() - started)


class _Work:
    """One draft being written from one plan."""

    def __init__(
        self,
        shelf: Shelf,
        reader: FileReader,
        todo: Plan,
        published: Manifest | None,
        progress: Progress,
    ) -> None:
        self.shelf, self.reader, self.todo, self.progress = shelf, reader, todo, progress
        self.published = published
        self.known = {r.entry.id: r for r in published.records} if published else {}
        self.records: list[Record] = list(todo.kept)
        self.refusals: list[Refusal] = list(todo.refusals)
        self.changed: set[str] = set()

    def done(self, gathered: Gathered, *, rebuild: bool) -> Report:
        """Write, check and publish the draft; what was done."""
        generation = _new_name()
        base = None if rebuild or self.published is None else self.published.generation
        draft = self.shelf.store.draft(generation, _spec(self.shelf), base)
        try:
            writer = self._fill(draft, known={} if base is None else self.known)
            manifest = self._manifest(generation, base)
            _check(draft.seal(), manifest)
            self.shelf.library.put_manifest(manifest)
            draft.publish()
        except BaseException:
            draft.discard()
            raise
        return self._report(manifest, gathered, writer.embedded, writer.encoder_seconds)

    def _fill(self, draft: Draft, known: dict[str, Record]) -> EmbedAndWrite:
        from ingest.pipeline import EmbedAndWrite, ingest_pipeline, run_batch

        writer = EmbedAndWrite(draft, self.shelf.dense, self.shelf.sparse)
        pipeline = ingest_pipeline(self.reader, self.shelf.library, writer)
        for entry_id in self.todo.gone:
            draft.delete_document(entry_id)
        self.reader.ahead(self.todo.work)
        done = 0
        for sources in batches(self.todo.work):
            jobs = tuple(Job(Outcome(s, None), known.get(s.entry.id)) for s in sources)
            for job in run_batch(pipeline, Batch(jobs)).jobs:
                done += 1
                self._take(job, draft)
                self.progress(done, len(self.todo.work), job.outcome.source.entry.source)
        return writer

    def _take(self, job: Job, draft: Draft) -> None:
        """Keep a job's record or refusal; a file that is refused now loses its old passages."""
        entry_id = job.outcome.source.entry.id
        if job.record is not None:
            self.records.append(job.record)
            if entry_id in self.known:
                self.changed.add(entry_id)
        elif job.outcome.refusal is not None:
            self.refusals.append(job.outcome.refusal)
            if job.known is not None:
                draft.delete_document(entry_id)

    def _manifest(self, generation: str, base: str | None) -> Manifest:
        return Manifest(
            generation=generation,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            spec=_spec(self.shelf),
            records=tuple(sorted(self.records, key=lambda record: record.entry.id)),
            refusals=tuple(sorted(self.refusals, key=lambda r: (r.root, r.source))),
            parent=base,
        )

    def _report(
        self, manifest: Manifest, gathered: Gathered, embedded: int, encoder_seconds: float
    ) -> Report:
        here = {source.entry.id for source in gathered.sources}
        kept = sum(record.entry.id in here for record in self.todo.kept)
        indexed = sum(record.entry.id in here for record in manifest.records)
        return Report(
            generation=manifest.generation,
            published=True,
            files=files_of(gathered),
            added=indexed - kept - len(self.changed),
            changed=len(self.changed),
            unchanged=kept,
            removed=self.todo.gone,
            refusals=refusals_of(manifest.refusals, gathered),
            documents=len(manifest.records),
            passages=manifest.passages,
            embedded=embedded,
            encoder_seconds=encoder_seconds,
        )


def _published(shelf: Shelf, spec: IndexSpec, *, rebuild: bool) -> Manifest | None:
    """The published manifest. Raises IndexMismatch when this process would write another spec."""
    generation = shelf.store.current()
    if generation is None:
        return None
    manifest = shelf.library.manifest(generation)
    if not rebuild and manifest.spec != spec:
        raise IndexMismatch(mismatch(manifest.spec, spec))
    return manifest


def _spec(shelf: Shelf) -> IndexSpec:
    """The spec of what this process would write."""
    return IndexSpec(
        **shelf.encoders,
        outline_revision=OUTLINE_REVISION,
        chunker_revision=CHUNKER_REVISION,
        context_revision=CONTEXT_REVISION,
    )


def _check(points: int, manifest: Manifest) -> None:
    if points != manifest.passages:
        raise IndexUnusable(
            f"the draft holds {points} points where its manifest counts {manifest.passages};"
            " nothing was published: run `pincite ingest --rebuild`"
        )


def _new_name() -> str:
    """A name that sorts by time: 20171122T093015-1f3a9c."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{uuid4().hex[:6]}"
