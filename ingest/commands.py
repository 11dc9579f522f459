"""What the ingesting half of the command line does. Values in, plain values out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.report import Report
from pincite.errors import NotFound
from pincite.generations import Manifest
from pincite.index.opening import open_store
from pincite.library import Library
from pincite.progress import telling
from pincite.settings import Settings
from pincite.shelf import library_of, published_manifest

if TYPE_CHECKING:
    from ingest.fetch import Corpus

Json = dict[str, Any]


def ingest_with_progress(
    settings: Settings,
    paths: Sequence[Path],
    catalogue: Path | None,
    *,
    rebuild: bool,
    dry_run: bool,
    quiet: bool,
    lines: bool = False,
) -> Report:
    """Ingest, with progress on standard error. Raises PinciteError."""
    from ingest.publishing import ingest

    with telling("reading", quiet=quiet, lines=lines) as progress:
        return ingest(
            settings,
            paths,
            catalogue=catalogue,
            rebuild=rebuild,
            dry_run=dry_run,
            progress=progress,
        )


def index_list(settings: Settings) -> Json:
    """All complete generations, oldest first."""
    store, library = open_store(settings), library_of(settings)
    current = store.current()
    rows = []
    for generation in store.generations():
        try:
            manifest = library.manifest(generation)
        except NotFound:
            continue
        rows.append({**_row(manifest), "published": generation == current})
    return {"generations": rows, "published": current}


def index_info(settings: Settings) -> Json:
    """The published generation. Raises IndexMissing."""
    manifest = published_manifest(settings, library_of(settings))
    return {
        **_row(manifest),
        "store": open_store(settings).name,
        "corpus": manifest.corpus_digest,
        "spec": manifest.spec.digest,
        "sparse_encoder": manifest.spec.sparse_encoder,
        "refused": len(manifest.refusals),
        "parent": manifest.parent,
    }


def index_rollback(settings: Settings, generation: str | None) -> Json:
    """Publish an older generation; by default the one before. Raises NotFound."""
    store, library = open_store(settings), library_of(settings)
    known = store.generations()
    if generation is None:
        generation = _before(store.current(), known, library)
    if generation not in known:
        raise NotFound(f"no generation {generation!r}; `pincite index list` shows what is there")
    library.manifest(generation)  # without it the index could not be opened
    store.point_at(generation)
    return index_info(settings)


def _before(current: str | None, known: Sequence[str], library: Library) -> str:
    """The generation that the current one grew from, else the newest that is older."""
    parent = library.manifest(current).parent if current else None
    older = known[: known.index(current)] if current in known else known
    if not older:
        raise NotFound("there is no older generation; `pincite index list` shows what is there")
    return parent if parent and parent in known else older[-1]


def index_prune(settings: Settings, keep: int) -> Json:
    """Delete all but the newest generations."""
    store = open_store(settings)
    deleted = store.prune(keep)
    return {"deleted": deleted, "kept": store.generations()}


def _row(manifest: Manifest) -> Json:
    return {
        "generation": manifest.generation,
        "created": manifest.created,
        "documents": len(manifest.records),
        "passages": manifest.passages,
        "encoder": manifest.spec.encoder,
    }


def corpora_list(settings: Settings) -> Json:
    """The corpora that have a catalogue here, and where their files are."""
    from ingest.catalogue import load_catalogue
    from ingest.fetch import list_corpora

    return {
        "corpora": [
            {
                "name": corpus.name,
                "catalogue": str(corpus.catalogue),
                "entries": len(load_catalogue(corpus.catalogue)),
                "folder": str(_files_of(corpus, settings)),
                "here": _files_of(corpus, settings).is_dir(),
            }
            for corpus in list_corpora(corpora_root())
        ]
    }


def corpora_fetch(settings: Settings, name: str, mirror: Path | None) -> Json:
    """Bring a corpus' files here. Raises PinciteError."""
    from ingest.fetch import corpus_named, fetch

    corpus = corpus_named(corpora_root(), name)
    folder = corpus.destination(settings.data_dir)
    results = fetch(corpus, folder, mirror=mirror)
    return {
        "corpus": name,
        "folder": str(folder),
        "catalogue": str(corpus.catalogue),
        "complete": all(result.here for result in results),
        "counts": dict(Counter(result.outcome for result in results)),
        "files": [{"file": r.source, "status": r.outcome, "detail": r.detail} for r in results],
    }


def corpora_check(settings: Settings, name: str) -> Json:
    """Every problem of a catalogue or of the files it lists. Raises PinciteError."""
    from ingest.catalogue import load_catalogue
    from ingest.fetch import check, corpus_named

    corpus = corpus_named(corpora_root(), name)
    problems = check(corpus, _files_of(corpus, settings))
    return {
        "corpus": name,
        "folder": str(_files_of(corpus, settings)),
        "complete": not problems,
        "counts": {
            "entries": 0 if problems else len(load_catalogue(corpus.catalogue)),
            "problems": len(problems),
        },
        "files": [{"file": p.path, "status": "problem", "detail": str(p)} for p in problems],
    }


def corpora_root() -> Path:
    """The project's folder of catalogues."""
    return Path(__file__).parents[1] / "corpora"


def _files_of(corpus: Corpus, settings: Settings) -> Path:
    """A bundled corpus has its files beside its catalogue; others are fetched into data_dir."""
    entries_here = any(path.is_dir() for path in corpus.folder.iterdir())
    return corpus.folder if entries_here else corpus.destination(settings.data_dir)
