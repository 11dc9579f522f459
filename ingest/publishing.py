"""The ingest job: gather, plan, write a draft, publish it.

A reader of the index sees the old generation or the new one. Whatever ends this process
before `publish`, the published generation stays as it was, the next run sweeps away what was
left and begins again, with every reading that was finished already in the library.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ingest.chunking import CHUNKER_REVISION
from ingest.drafting import Drafting, Progress
from ingest.gathering import carried, gather
from ingest.outlines.table import OUTLINE_REVISION
from ingest.planning import plan
from ingest.reading import FileReader, limits_of
from ingest.report import Report, dry, unchanged
from pincite.context import CONTEXT_REVISION
from pincite.errors import IndexMismatch, IndexMissing, NotFound, StorageError
from pincite.generations import IndexSpec, Manifest
from pincite.settings import Settings
from pincite.shelf import Shelf, mismatch


def ingest(
    settings: Settings,
    paths: Sequence[Path],
    *,
    catalogue: Path | None = None,
    rebuild: bool = False,
    dry_run: bool = False,
    progress: Progress = lambda done, total, name: None,
    shelf: Shelf | None = None,
) -> Report:
    """Bring the index up to date with the files under `paths`, and publish it.

    `rebuild` reads and embeds everything again, other roots from the library's originals, and
    lets a root go whose files are all gone. `dry_run` reads, but embeds, keeps and publishes
    nothing. An index without a document is never published. Raises PinciteError.
    """
    started = time.perf_counter()
    shelf = shelf or Shelf.of(settings)
    spec, current = _spec(shelf), shelf.store.current()
    published = None if current is None else _published(current, shelf, spec, rebuild=rebuild)
    roots = {record.root for record in published.records} if published else set()
    gathered = gather(paths, catalogue, roots)
    if rebuild and published is not None:
        gathered += carried(published, shelf.library, gathered)
    if not dry_run:
        shelf.store.sweep()
    with _reader(settings, shelf, again=rebuild, keep=not dry_run) as reader:
        todo = plan(gathered, published, reader, shelf.library, rebuild=rebuild)
        if not todo.changes(published):
            report = unchanged(published, gathered)
        elif dry_run:
            report = dry(todo, published, gathered, reader)
        else:
            drafting = Drafting(shelf, spec, reader, todo, progress)
            report = drafting.done(gathered, published, current, fresh=rebuild)
    return replace(report, seconds=time.perf_counter() - started)


def _reader(settings: Settings, shelf: Shelf, *, again: bool, keep: bool) -> FileReader:
    limits = limits_of(settings)
    if not keep:
        limits = replace(limits, ocr_cache=None)
    return FileReader(shelf.library, limits, again=again, keep=keep)


def _published(generation: str, shelf: Shelf, spec: IndexSpec, *, rebuild: bool) -> Manifest | None:
    """The published manifest. Raises IndexMismatch when this process would write another spec.

    A rebuild begins from nothing where the manifest is damaged or gone.
    """
    try:
        manifest = shelf.library.manifest(generation)
    except (NotFound, StorageError) as error:
        if rebuild:
            return None
        raise IndexMissing(f"{error}; run `pincite ingest --rebuild`") from None
    if rebuild:
        return manifest
    if manifest.spec != spec:
        raise IndexMismatch(mismatch(manifest.spec, spec))
    if generation not in shelf.store.generations():
        raise IndexMissing(f"generation {generation} is gone; run `pincite ingest --rebuild`")
    return manifest


def _spec(shelf: Shelf) -> IndexSpec:
    """The spec of what this process would write."""
    return IndexSpec(
        **shelf.encoders,
        outline_revision=OUTLINE_REVISION,
        chunker_revision=CHUNKER_REVISION,
        context_revision=CONTEXT_REVISION,
    )
