"""What a benchmark searches, indexed as everything else is: same library, engine and encoders.

An index is kept between runs in a folder named after the benchmark and the index's spec, so
that systems with other encoders never meet in one. Passages of documents that come cut already
are indexed as they are; files go through the real ingest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from eval.collection import Catalogued, Collection, Pdfs, Precut, PrecutDocument
from ingest.publishing import ingest
from pincite.context import CONTEXT_REVISION, indexed_text
from pincite.embedding import word_counts
from pincite.errors import IndexMismatch, StorageError
from pincite.generations import IndexSpec, Manifest, Record
from pincite.index.schema import Draft, Point, payload_of, point_id
from pincite.kinds import Kind
from pincite.library import reader_name
from pincite.settings import Settings
from pincite.shelf import Shelf
from pincite.types import Entry, Locator, Passage

Progress = Callable[[int, int], None]
_BATCH = 512


def indexed(
    name: str,
    collection: Collection,
    settings: Settings,
    progress: Progress = lambda done, total: None,
) -> Settings:
    """Settings whose index holds the collection, brought up to date first.

    `settings.data_dir` is where benchmarks' indexes lie. Raises PinciteError.
    """
    if isinstance(collection, Precut):
        length = _average_length(collection)
        settings = Settings(**{**settings.model_dump(), "bm25_average_length": length})
        settings = _placed(settings, name)
        _index_precut(collection, settings, progress)
        return settings
    if isinstance(collection, Catalogued):
        settings = _placed(collection.settings(settings), name)
        catalogue, root = collection.catalogue, collection.root
    else:
        settings = _placed(settings, name)
        catalogue, root = _catalogue_of(collection, settings.data_dir), collection.root
    kept_current(settings, root, catalogue, progress)
    return settings


def kept_current(
    settings: Settings,
    root: Path,
    catalogue: Path,
    progress: Progress = lambda done, total: None,
) -> None:
    """Bring a kept index of files up to date; one that an older program built is built anew."""

    def told(done: int, total: int, _: str) -> None:
        progress(done, total)

    try:
        ingest(settings, [root], catalogue=catalogue, progress=told)
    except IndexMismatch:
        ingest(settings, [root], catalogue=catalogue, progress=told, rebuild=True)
    Shelf.of(settings).store.prune(keep=1)


def _placed(settings: Settings, name: str) -> Settings:
    encoders = Shelf.of(settings).encoders
    digest = hashlib.sha256(json.dumps(encoders, sort_keys=True).encode()).hexdigest()[:8]
    place = settings.data_dir / f"{name}-{digest}"
    return Settings(**{**settings.model_dump(), "data_dir": place})


def indexed_texts(collection: Precut) -> list[str]:
    """What both legs index of every passage, context included."""
    return [text for document in collection.documents for _, text in _passages(document)]


def _average_length(collection: Precut) -> float:
    """The corpus's own mean length in words, as BM25 counts them, context included."""
    counts = word_counts(indexed_texts(collection))
    return float(max(1, round(sum(counts) / max(1, len(counts)))))


def _index_precut(collection: Precut, settings: Settings, progress: Progress) -> None:
    shelf = Shelf.of(settings)
    spec = _spec(shelf)
    cut = {document.id: _cut(document) for document in collection.documents}
    current = shelf.store.current()
    if current is not None:
        held = shelf.library.manifest(current)
        if held.spec == spec and {r.entry.id: r.indexed for r in held.records} == cut:
            return
    shelf.store.sweep()
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{uuid4().hex[:6]}"
    draft = shelf.store.draft(name, spec)
    try:
        records = tuple(_record(document, shelf) for document in collection.documents)
        _write(collection.documents, draft, shelf, progress)
        created = datetime.now(UTC).isoformat(timespec="seconds")
        shelf.library.put_manifest(Manifest(draft.generation, created, spec, records))
        draft.seal()
        draft.publish()
    except BaseException:
        draft.discard()
        raise


def _write(
    documents: Sequence[PrecutDocument], draft: Draft, shelf: Shelf, progress: Progress
) -> None:
    total, done = sum(len(document.units) for document in documents), 0
    every = [pair for document in documents for pair in _passages(document)]
    entries = {document.id: _entry(document) for document in documents}
    for start in range(0, total, _BATCH):
        batch = every[start : start + _BATCH]
        texts = [text for _, text in batch]
        dense, sparse = shelf.dense.embed(texts), shelf.sparse.encode_documents(texts)
        draft.upsert(
            [
                Point(
                    point_id(p.document_id, p.version, p.span),
                    vector,
                    words,
                    payload_of(p, entries[p.document_id], "record", ()),
                )
                for (p, _), vector, words in zip(batch, dense, sparse, strict=True)
            ]
        )
        done += len(batch)
        progress(done, total)


def _passages(document: PrecutDocument) -> Iterator[tuple[Passage, str]]:
    """Each unit as a passage, with what both legs index of it."""
    entry, version = _entry(document), document.version
    for unit in document.units:
        headings = (unit.heading,) if unit.heading else ()
        text = unit.span.of(document.text)
        passage = Passage(document.id, version, unit.span, text, Locator(headings=headings))
        yield passage, indexed_text(entry, passage)


def _cut(document: PrecutDocument) -> str:
    """A digest of a document's text version, its title, and how it is cut and headed."""
    units = [(unit.span.start, unit.span.end, unit.heading) for unit in document.units]
    said = [document.version, document.title, units]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _entry(document: PrecutDocument) -> Entry:
    return Entry(document.id, Kind.OTHER, document.title, document.id, status="in_force")


def _record(document: PrecutDocument, shelf: Shelf) -> Record:
    reading = document.reading
    version = shelf.library.put_reading(reading)
    return Record(
        entry=_entry(document),
        version=version,
        outline=shelf.library.put_outline(()),
        indexed=_cut(document),
        work="",
        root="benchmark",
        source_sha256="",
        source_bytes=0,
        reader=reader_name(reading),
        characters=len(reading.text),
        passages=len(document.units),
    )


def _catalogue_of(collection: Pdfs, folder: Path) -> Path:
    """The entries of a set of PDFs as a catalogue, which is what the ingest takes."""
    path = folder / "catalogue.toml"
    rows = [_catalogue_row(entry) for entry in collection.entries]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(rows), encoding="utf-8")
    except OSError as error:
        raise StorageError(f"{path}: cannot be written: {error.strerror}") from error
    return path


def _catalogue_row(entry: Entry) -> str:
    said = {
        "id": entry.id,
        "kind": entry.kind.value,
        "title": entry.title,
        "file": entry.source,
        "issuer": entry.issuer,
    }
    # A JSON string is a TOML string as long as no letter is escaped as a pair of surrogates.
    lines = [f"{k} = {json.dumps(v, ensure_ascii=False)}\n" for k, v in said.items() if v]
    return "".join(["[[entry]]\n", *lines])


def _spec(shelf: Shelf) -> IndexSpec:
    """The units are the benchmark's own, so no outline and no chunker had a part in them."""
    return IndexSpec(
        **shelf.encoders,
        outline_revision=0,
        chunker_revision=0,
        context_revision=CONTEXT_REVISION,
    )
