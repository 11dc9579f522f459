"""Which files an ingest is about: from a catalogue, a folder, single files, or the library."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.catalogue import load_catalogue
from ingest.folder import entries_of
from ingest.readers.format import too_large
from ingest.readers.table import SUFFIXES
from pincite.errors import FileRefused, NotFound, UsageError
from pincite.generations import Manifest, Refusal
from pincite.library import Library
from pincite.types import Entry

CATALOGUE = "catalogue.toml"


@dataclass(frozen=True, slots=True)
class Source:
    """One file to index: its entry, where its bytes are, and whether the entry is complete.

    `root` names the folder or collection that it belongs to: an ingest of that root decides
    what leaves the index. `described` is False when title and date may come from the file.
    """

    entry: Entry
    root: str
    load: Callable[[], bytes]
    path: Path | None = None
    described: bool = True

    @property
    def suffix(self) -> str:
        """The file's ending, such as ".pdf"."""
        return Path(self.entry.source).suffix.lower()

    def size(self) -> int:
        """The file's size in bytes; 0 where it cannot be told."""
        try:
            return self.path.stat().st_size if self.path else len(self.load())
        except (OSError, FileRefused):
            return 0

    def bytes(self, most: int) -> bytes:
        """The file's bytes, checked against the catalogue's sha256. Raises FileRefused.

        A file of more than `most` bytes is refused before it is read.
        """
        try:
            if self.path is not None and (size := self.path.stat().st_size) > most:
                raise too_large(size, most)
            data = self.load()
        except FileNotFoundError:
            raise FileRefused(
                "unreadable", "no such file; fetch it or mend the catalogue"
            ) from None
        except OSError as error:
            raise FileRefused("unreadable", f"{error.strerror}; check its permissions") from None
        wanted = self.entry.source_sha256
        if wanted and hashlib.sha256(data).hexdigest() != wanted:
            raise FileRefused(
                "sha256_differs",
                "its bytes are not those of the catalogue; fetch it again or mend the entry",
            )
        return data


@dataclass(frozen=True, slots=True)
class Gathered:
    """All sources of one ingest, what was refused on sight, and the roots that are complete."""

    sources: tuple[Source, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    roots: frozenset[str] = frozenset()

    def with_(self, other: Gathered) -> Gathered:
        """Both together."""
        return Gathered(
            self.sources + other.sources, self.refusals + other.refusals, self.roots | other.roots
        )


def gather(paths: Sequence[Path], catalogue: Path | None = None) -> Gathered:
    """What lies under the paths. Raises UsageError or CatalogueError.

    A folder with a `catalogue.toml` is read by it; `catalogue` stands for one that lies elsewhere.
    """
    gathered = Gathered()
    for path in paths:
        if not path.exists():
            raise UsageError(f"{path}: no such file or folder; name what to ingest")
        gathered = gathered.with_(_under(path, catalogue))
    _refuse_same_ids(gathered.sources)
    return gathered


def carried(manifest: Manifest, library: Library, roots: Iterable[str]) -> tuple[Source, ...]:
    """The sources of other roots in a published generation, with their bytes from the library."""
    gone = set(roots)
    return tuple(
        Source(record.entry, record.root, _from_library(library, record.source_sha256))
        for record in manifest.records
        if record.root not in gone
    )


def _under(path: Path, catalogue: Path | None) -> Gathered:
    if catalogue is None and path.is_dir() and (path / CATALOGUE).is_file():
        catalogue = path / CATALOGUE
    if catalogue is not None and path.is_dir():
        return _catalogued(path, catalogue)
    if path.is_dir():
        return _uncatalogued(path)
    return _single(path)


def _catalogued(folder: Path, catalogue: Path) -> Gathered:
    entries = load_catalogue(catalogue)
    root = entries[0].collection or str(folder.resolve()) if entries else str(folder.resolve())
    inside = folder.resolve()
    sources, refusals = [], []
    for entry in entries:
        path = folder / entry.source
        if not path.resolve().is_relative_to(inside):
            detail = "the path leaves the corpus folder; only files inside it are read"
            refusals.append(Refusal(entry.source, "outside_corpus", detail, entry.id, root))
            continue
        sources.append(Source(entry, root, path.read_bytes, path))
    return Gathered(tuple(sources), tuple(refusals), frozenset({root}))


def _uncatalogued(folder: Path) -> Gathered:
    root = str(folder.resolve())
    entries, refusals = entries_of(folder, SUFFIXES)
    sources = (
        Source(
            replace(entry, collection=entry.collection or folder.resolve().name),
            root,
            (folder / entry.source).read_bytes,
            folder / entry.source,
            described=False,
        )
        for entry in entries
    )
    return Gathered(
        tuple(sources),
        tuple(replace(refusal, root=root) for refusal in refusals),
        frozenset({root}),
    )


def _single(path: Path) -> Gathered:
    """One file of a folder: the others of its folder stay as they are."""
    whole = _uncatalogued(path.parent)
    sources = tuple(s for s in whole.sources if s.entry.source == path.name)
    refusals = tuple(r for r in whole.refusals if r.source == path.name)
    if not sources and not refusals:
        raise UsageError(f"{path}: not a file that can be ingested")
    return Gathered(sources, refusals)


def _refuse_same_ids(sources: Sequence[Source]) -> None:
    seen: dict[str, Source] = {}
    for source in sources:
        other = seen.setdefault(source.entry.id, source)
        if other is not source:
            raise UsageError(
                f"{source.entry.source}: id {source.entry.id!r} is also that of"
                f" {other.entry.source}; give one of them another id in a catalogue"
            )


def _from_library(library: Library, sha256: str) -> Callable[[], bytes]:
    def load() -> bytes:
        try:
            return library.original(sha256)
        except NotFound as error:
            raise FileRefused("unreadable", str(error)) from None

    return load
