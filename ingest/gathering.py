"""Which files an ingest is about: from a catalogue, a folder, single files, or the library.

Every file has a root: the collection of its catalogue, or its folder. Naming a folder is a
word on all that it holds, so what is no longer there leaves the index; naming a file is not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.catalogue import CATALOGUE_FILE, load_catalogue
from ingest.folder import entries_of
from ingest.readers.table import SUFFIXES
from ingest.sources import InLibrary, OnDisk, Source
from pincite.errors import RefusalReason, UsageError
from pincite.generations import Manifest, Refusal
from pincite.library import Library
from pincite.types import Entry


@dataclass(frozen=True, slots=True)
class Gathered:
    """All sources of one ingest, and what was refused on sight.

    `roots` were named as wholes. `former` are names that files of the same folders had in
    earlier ingests: whatever is still indexed under them leaves.
    """

    sources: tuple[Source, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    roots: frozenset[str] = frozenset()
    former: frozenset[str] = frozenset()

    def __add__(self, other: Gathered) -> Gathered:
        return Gathered(
            self.sources + other.sources,
            self.refusals + other.refusals,
            self.roots | other.roots,
            self.former | other.former,
        )

    @property
    def whole(self) -> frozenset[str]:
        """Roots of which nothing stays in the index but what was gathered."""
        return self.roots | self.former

    @property
    def files(self) -> int:
        """How many files these are."""
        return len(self.sources) + len(self.refusals)


def gather(
    paths: Sequence[Path], catalogue: Path | None = None, known_roots: Collection[str] = ()
) -> Gathered:
    """What lies under the paths. Raises UsageError or CatalogueError.

    A folder with a `catalogue.toml` is read by it; `catalogue` stands for one that lies
    elsewhere. `known_roots` are those of the published index: a single file belongs to the
    innermost of them that holds it, and folders inside a named folder are now part of it.
    """
    gathered = Gathered()
    for path in _outermost(paths):
        part = _whole_folder if path.is_dir() else _single
        gathered += part(path, catalogue, known_roots)
    _refuse_same_ids(gathered.sources)
    return gathered


def carried(published: Manifest, library: Library, gathered: Gathered) -> Gathered:
    """The published documents that were not gathered, their bytes from the library."""
    here = {source.entry.id for source in gathered.sources}
    return Gathered(
        tuple(
            Source(r.entry, r.root, InLibrary(library, r.source_sha256, r.source_bytes))
            for r in published.records
            if r.root not in gathered.whole and r.entry.id not in here
        )
    )


def _outermost(paths: Sequence[Path]) -> Iterator[Path]:
    """The paths, each once, without those that lie in another one."""
    for path in paths:
        try:
            path.stat()
        except OSError as error:
            raise UsageError(f"{path}: {error.strerror}; name a file or folder to ingest") from None
    places = {path.resolve(): path for path in paths}
    for place, path in places.items():
        if not any(parent in places for parent in place.parents):
            yield path


def _whole_folder(path: Path, catalogue: Path | None, known_roots: Collection[str]) -> Gathered:
    if catalogue is None and (path / CATALOGUE_FILE).is_file():
        catalogue = path / CATALOGUE_FILE
    here = path.resolve()
    above = [root for root in known_roots if Path(root) in here.parents]
    if above and catalogue is None:
        raise UsageError(f"{path}: is part of {above[0]}, which is indexed; ingest that folder")
    gathered = _catalogued(path, catalogue) if catalogue else _uncatalogued(path)
    inside = {root for root in known_roots if Path(root).is_relative_to(here)}
    return replace(gathered, former=frozenset(inside) - gathered.roots)


def _catalogued(folder: Path, catalogue: Path) -> Gathered:
    entries = load_catalogue(catalogue)
    collections = {entry.collection for entry in entries}
    name = collections.pop() if len(collections) == 1 else None
    root = name or str(folder.resolve())
    sources, refusals = [], []
    for entry in entries:
        path = folder / entry.source
        if refusal := _refused_on_sight(path, folder.resolve(), entry, root):
            refusals.append(refusal)
        else:
            # Where a file's name stands for its title, the file tells title and day itself.
            described = entry.title != path.name
            sources.append(Source(entry, root, OnDisk(path), described=described))
    return Gathered(tuple(sources), tuple(refusals), frozenset({root}))


def _refused_on_sight(path: Path, inside: Path, entry: Entry, root: str) -> Refusal | None:
    reason: RefusalReason
    try:
        if path.resolve().is_relative_to(inside):
            return None
        reason, detail = "outside_corpus", "the path leaves the corpus folder; copy the file in"
    except RuntimeError:  # Path.resolve up to Python 3.12 says so of links that lead to each other
        reason, detail = "link_loop", "a link that leads to itself; remove it"
    return Refusal(entry.source, reason, detail, entry.id, root)


def _uncatalogued(folder: Path) -> Gathered:
    root = folder.resolve()
    entries, refusals = entries_of(folder, SUFFIXES)
    sources = (
        Source(
            replace(entry, collection=entry.collection or root.name or None),
            str(root),
            OnDisk(folder / entry.source),
            described=False,
        )
        for entry in entries
    )
    named = tuple(replace(refusal, root=str(root)) for refusal in refusals)
    return Gathered(tuple(sources), named, frozenset({str(root)}))


def _single(path: Path, catalogue: Path | None, known_roots: Collection[str]) -> Gathered:
    """One file; the others of its folder stay as they are."""
    if catalogue is not None:
        return _listed(path, catalogue)
    place = path.parent.resolve() / path.name
    above = place.parents
    for folder in above:
        if (folder / CATALOGUE_FILE).is_file():
            return _listed(place, folder / CATALOGUE_FILE)
    folder = next((parent for parent in above if str(parent) in known_roots), place.parent)
    return _only(place.relative_to(folder).as_posix(), _uncatalogued(folder), path)


def _listed(path: Path, catalogue: Path) -> Gathered:
    """A file by the entry that a catalogue has for it."""
    place = path.parent.resolve() / path.name
    sources = {entry.source for entry in load_catalogue(catalogue)}
    for folder in place.parents:
        name = place.relative_to(folder).as_posix()
        if name in sources:
            return _only(name, _catalogued(folder, catalogue), path)
    raise UsageError(f"{path}: {catalogue} has no entry for it; add one, or move the file out")


def _only(name: str, whole: Gathered, path: Path) -> Gathered:
    sources = tuple(source for source in whole.sources if source.entry.source == name)
    refusals = tuple(refusal for refusal in whole.refusals if refusal.source == name)
    if not sources and not refusals:
        raise UsageError(f"{path}: not a file that can be ingested")
    return Gathered(sources, refusals)


def _refuse_same_ids(sources: Sequence[Source]) -> None:
    seen: dict[str, Source] = {}
    for source in sources:
        other = seen.setdefault(source.entry.id, source)
        if other is not source:
            raise UsageError(
                f"{source.place}: id {source.entry.id!r} is also that of {other.place};"
                " give one of them another id in a catalogue"
            )
