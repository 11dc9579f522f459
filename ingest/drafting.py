"""One draft generation: filled by the pipeline, checked, published or thrown away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from ingest.batch import Batch, Job
from ingest.gathering import Gathered
from ingest.planning import Plan, batches
from ingest.reading import FileReader, Outcome
from ingest.report import Report, published_report, unpublished
from pincite.errors import IndexLocked, IndexUnusable, UsageError
from pincite.generations import IndexSpec, Manifest, Record, Refusal
from pincite.index.schema import Draft
from pincite.shelf import Shelf

if TYPE_CHECKING:
    from ingest.pipeline import EmbedAndWrite

Progress = Callable[[int, int, str], None]
"""Called with files done, files to do, and the name of the file that was just done."""


class Drafting:
    """Turns a plan into the next generation."""

    def __init__(
        self, shelf: Shelf, spec: IndexSpec, reader: FileReader, todo: Plan, progress: Progress
    ) -> None:
        self.shelf, self.spec, self.reader, self.progress = shelf, spec, reader, progress
        self.todo = todo
        self.records: list[Record] = list(todo.kept)
        self.refusals: list[Refusal] = list(todo.refusals)

    def done(
        self, gathered: Gathered, published: Manifest | None, current: str | None, *, fresh: bool
    ) -> Report:
        """Write, check and publish the draft; what was done.

        The plan was made for `published`, when `current` was the published generation; `fresh`
        begins without its points. Raises IndexLocked when another ingest was faster, UsageError
        when no document would be left. A first generation without documents is not published.
        """
        known = {r.entry.id: r for r in published.records} if published else {}
        base = None if fresh or published is None else published.generation
        draft = self.shelf.store.draft(_new_name(), self.spec, base)
        try:
            self._refuse_if_overtaken(current)
            self.shelf.library.sweep()
            writer = self._fill(draft, {} if base is None else known)
            manifest = self._manifest(draft.generation, base)
            if manifest.records:
                self._publish(draft, manifest)
            else:
                _refuse_to_empty(known)
                draft.discard()
                return unpublished(self.refusals, gathered)
        except BaseException:
            draft.discard()
            raise
        embedded, seconds = writer.embedded, writer.encoder_seconds
        return published_report(manifest, known, self.todo, gathered, embedded, seconds)

    def _refuse_if_overtaken(self, planned_for: str | None) -> None:
        """The lock is held only now: the plan may have been made for an older generation."""
        current = self.shelf.store.current()
        if current != planned_for:
            raise IndexLocked(f"another ingest published {current} meanwhile; run it again")

    def _fill(self, draft: Draft, known: Mapping[str, Record]) -> EmbedAndWrite:
        # Loading the pipeline's libraries takes seconds, in which files are read already.
        self.reader.ahead(self.todo.work)
        from ingest.pipeline import EmbedAndWrite, ingest_pipeline, run_batch

        writer = EmbedAndWrite(draft, self.shelf.dense, self.shelf.sparse)
        pipeline = ingest_pipeline(self.reader, self.shelf.library, writer)
        for entry_id in known.keys() & {*self.todo.removed, *self.todo.lost}:
            draft.delete_document(entry_id)
        done = 0
        for files in batches(self.todo.work):
            jobs = tuple(Job(Outcome(seen), known.get(seen.source.entry.id)) for seen in files)
            for job in run_batch(pipeline, Batch(jobs)).jobs:
                done += 1
                self._take(job, draft)
                self.progress(done, len(self.todo.work), job.outcome.seen.source.entry.source)
        return writer

    def _take(self, job: Job, draft: Draft) -> None:
        """Keep a job's record or refusal; a file that is refused now loses its old passages."""
        if job.record is not None:
            self.records.append(job.record)
        elif job.outcome.refusal is not None:
            self.refusals.append(job.outcome.refusal)
            if job.known is not None:
                draft.delete_document(job.known.entry.id)

    def _publish(self, draft: Draft, manifest: Manifest) -> None:
        """The manifest first: no generation is ever complete without one."""
        self.shelf.library.put_manifest(manifest)
        points = draft.seal()
        if points != manifest.passages:
            raise IndexUnusable(
                f"the draft holds {points} points where its manifest counts {manifest.passages};"
                " nothing was published: run `pincite ingest --rebuild`"
            )
        draft.publish()

    def _manifest(self, generation: str, base: str | None) -> Manifest:
        return Manifest(
            generation=generation,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            spec=self.spec,
            records=tuple(sorted(self.records, key=lambda record: record.entry.id)),
            refusals=tuple(sorted(self.refusals, key=lambda r: (r.root, r.source))),
            parent=base,
        )


def _refuse_to_empty(known: Mapping[str, Record]) -> None:
    if known:
        raise UsageError(
            f"none of the {len(known)} indexed documents would be left; nothing was published:"
            " mend the files, or delete the index by hand"
        )


def _new_name() -> str:
    """A name that sorts by time: 20171122T093015-1f3a9c."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{uuid4().hex[:6]}"
