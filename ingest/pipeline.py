"""read > outline > chunk > embed > write: one Haystack pipeline, run once a batch of files.

Components are thin coats over plain functions; one value, `Batch`, travels between them.
"""

from __future__ import annotations

import hashlib
import logging
import os
import time
from collections.abc import Sequence
from dataclasses import replace

os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"

from haystack import Pipeline, component
from haystack.core.errors import PipelineRuntimeError

from ingest.batch import Batch, Job
from ingest.chunking import passages
from ingest.folder import fill_from_facts
from ingest.outlines.table import outline
from ingest.reading import FileReader
from pincite.citations.find import citations_in, citations_of
from pincite.citations.kept import mentions_in
from pincite.citing.pinpoints import pinpoints
from pincite.context import indexed_text
from pincite.embedding import DenseEncoder, SparseEncoder
from pincite.generations import Record
from pincite.index.schema import Draft, Point, payload_of, point_id
from pincite.kinds import channel_of
from pincite.library import Library, reader_name
from pincite.types import Document

# When a component fails, Haystack wants to save the state it was in, and says at length that it
# cannot; what failed is told in one line by whoever called.
logging.getLogger("haystack.utils.base_serialization").setLevel(logging.ERROR)


@component
class Read:
    """Sources to text versions in the library."""

    def __init__(self, reader: FileReader) -> None:
        self.reader = reader

    @component.output_types(batch=Batch)
    def run(self, batch: Batch) -> dict[str, Batch]:
        """Every job with its outcome."""
        jobs = tuple(replace(j, outcome=self.reader.outcome(j.outcome.seen)) for j in batch.jobs)
        return {"batch": Batch(jobs)}


@component
class Outline:
    """Text versions to documents with sections."""

    def __init__(self, library: Library) -> None:
        self.library = library

    @component.output_types(batch=Batch)
    def run(self, batch: Batch) -> dict[str, Batch]:
        """Every job with its document."""
        return {"batch": batch.each(lambda job: outlined(job, self.library))}


@component
class Chunk:
    """Documents to passages, with all that a point holds but vectors."""

    @component.output_types(batch=Batch)
    def run(self, batch: Batch) -> dict[str, Batch]:
        """Every job with its passages and its record."""
        return {"batch": batch.each(chunked)}


@component
class EmbedAndWrite:
    """Passages to points in the draft generation; only what changed is embedded."""

    def __init__(self, draft: Draft, dense: DenseEncoder, sparse: SparseEncoder) -> None:
        self.draft, self.dense, self.sparse = draft, dense, sparse
        self.embedded = 0
        self.encoder_seconds = 0.0

    @component.output_types(batch=Batch)
    def run(self, batch: Batch) -> dict[str, Batch]:
        """The same batch, once the draft holds it."""
        jobs = [job for job in batch.jobs if job.record is not None]
        fresh = [job for job in jobs if not _has_its_vectors(job)]
        self._write(fresh)
        for job in jobs:
            self._tidy(job, vectors_stay=_has_its_vectors(job))
        return {"batch": batch}

    def _write(self, jobs: Sequence[Job]) -> None:
        texts = [text for job in jobs for text in job.texts]
        if not texts:
            return
        started = time.perf_counter()
        dense = self.dense.embed(texts)
        self.encoder_seconds += time.perf_counter() - started
        self.embedded += len(texts)
        sparse = self.sparse.encode_documents(texts)
        ids = [id_ for job in jobs for id_ in job.ids]
        payloads = [payload for job in jobs for payload in job.payloads]
        self.draft.upsert(
            [Point(i, d, s, p) for i, d, s, p in zip(ids, dense, sparse, payloads, strict=True)]
        )

    def _tidy(self, job: Job, *, vectors_stay: bool) -> None:
        """Old passages go; payloads of those that stay follow the catalogue."""
        if job.known is None:
            return
        entry_id = job.outcome.seen.source.entry.id
        self.draft.delete(sorted(self.draft.ids(entry_id) - set(job.ids)))
        if vectors_stay and job.record != job.known:
            self.draft.set_payload(list(zip(job.ids, job.payloads, strict=True)))


def ingest_pipeline(reader: FileReader, library: Library, writer: EmbedAndWrite) -> Pipeline:
    """The pipeline; sockets are typed, so a wrong connection fails while it is built."""
    pipeline = Pipeline()
    pipeline.add_component("read", Read(reader))
    pipeline.add_component("outline", Outline(library))
    pipeline.add_component("chunk", Chunk())
    pipeline.add_component("write", writer)
    for before, after in (("read", "outline"), ("outline", "chunk"), ("chunk", "write")):
        pipeline.connect(f"{before}.batch", f"{after}.batch")
    return pipeline


def run_batch(pipeline: Pipeline, batch: Batch) -> Batch:
    """One run. Raises the cause of a component's failure, not Haystack's wrapper."""
    try:
        result: Batch = pipeline.run({"read": {"batch": batch}})["write"]["batch"]
    except PipelineRuntimeError as error:
        raise error.__cause__ or error from None
    return result


def outlined(job: Job, library: Library) -> Job:
    """The job with its document: sections by the grammar of its kind, kept in the library."""
    seen, version = job.outcome.seen, job.outcome.version
    assert version is not None
    reading = library.reading(version)
    source = seen.source
    entry = source.entry if source.described else fill_from_facts(source.entry, reading)
    sections = outline(entry.kind, reading)
    document = Document(
        entry, reading.text, version, reading.pages, sections, reading.marks, reading.repairs
    )
    digest = library.put_outline(sections)
    mentions_in(entry, version, library, lambda: reading.text)
    record = Record(
        entry=entry,
        version=version,
        outline=digest,
        indexed="",
        work=seen.work,
        root=source.root,
        source_sha256=seen.sha256,
        source_bytes=seen.size,
        reader=reader_name(reading),
        characters=len(reading.text),
        passages=0,
        pages=max((page.number or 0 for page in reading.pages), default=0) or None,
        ocr=any(mark.type == "ocr" for mark in reading.marks),
        marks=len(reading.marks),
        repairs=len(reading.repairs),
        facts=reading.facts,
    )
    return replace(job, document=document, outline=digest, record=record)


def chunked(job: Job) -> Job:
    """The job with its passages, what both legs see of them, and its finished record."""
    document, record = job.document, job.record
    assert document is not None
    assert record is not None
    cut = passages(document)
    entry = document.entry
    points = pinpoints(document, [passage.span for passage in cut])
    texts = tuple(indexed_text(entry, p, point) for p, point in zip(cut, points, strict=True))
    ids = tuple(point_id(entry.id, document.version, passage.span) for passage in cut)
    payloads = tuple(
        payload_of(
            passage,
            entry,
            channel_of(entry.kind, passage.locator.part),
            [*citations_of(entry, passage.locator.path), *citations_in(point)],
        )
        for passage, point in zip(cut, points, strict=True)
    )
    seen = hashlib.sha256("\x1e".join((*ids, *texts)).encode()).hexdigest()
    return replace(
        job,
        document=None,  # a batch holds passages, not texts twice
        passages=cut,
        texts=texts,
        ids=ids,
        payloads=payloads,
        record=replace(record, indexed=seen, passages=len(cut)),
    )


def _has_its_vectors(job: Job) -> bool:
    """Whether the base generation already holds these passages, embedded as they are now."""
    known, record = job.known, job.record
    return known is not None and record is not None and known.indexed == record.indexed
