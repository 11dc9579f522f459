"""Files into a catalogued folder, then its ingest. Whatever fails, the folder is as it was.

    read each > copy to KIND/NAME > write entries > ingest

What cannot be read does not enter. A file lies in its kind's folder under its own name, and gets
an entry in `catalogue.toml` whose title is that name: what a title and a day of its own are, the
file tells, as it does in a folder without a catalogue.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from ingest.catalogue import CATALOGUE_FILE, load_catalogue
from ingest.catalogue_writing import catalogue_toml
from ingest.drafting import Progress
from ingest.folder import slug
from ingest.publishing import ingest
from ingest.reading import FileReader, limits_of
from ingest.report import Report
from ingest.sources import OnDisk, Source
from pincite.errors import FileRefused, IndexMissing, StorageError, UsageError
from pincite.file_names import checked
from pincite.generations import Refusal
from pincite.index.generation import WriterLock
from pincite.kinds import Kind
from pincite.settings import Settings
from pincite.shelf import Shelf, library_of, published_manifest
from pincite.types import Entry

_HEAD = "# Written as files were added; what is written here by hand stays.\n"
_LOCK = ".adding.lock"


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of all the files that are added at a time."""

    kind: Kind
    jurisdiction: str | None = None
    issued: date | None = None


@dataclass(frozen=True, slots=True)
class Included:
    """What became of files: those that are in now, those refused, the ingest that took them."""

    added: tuple[str, ...]
    refused: tuple[Refusal, ...]
    report: Report | None

    def as_json(self) -> dict[str, Any]:
        """The same as plain values."""
        return asdict(self)


def include(
    settings: Settings,
    files: Sequence[Path],
    into: Path,
    said: Said,
    *,
    progress: Progress = lambda done, total, name: None,
    shelf: Shelf | None = None,
) -> Included:
    """Put files into the folder `into` and ingest it. Raises PinciteError."""
    entries = _entries_of(into)
    with WriterLock(into / _LOCK):
        new = list(_described(files, entries, _held(settings), said, into))
        read, refused = _read(settings, files, new, progress)
        if not read:
            return Included((), refused, None)
        with _placed(into, read):
            report = ingest(settings, [into], progress=progress, shelf=shelf)
    return Included(tuple(entry.source for _, entry in read), refused, report)


def _entries_of(folder: Path) -> tuple[Entry, ...]:
    """What the folder's catalogue lists; none for a folder that is new. Raises UsageError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        there = [path for path in folder.iterdir() if not path.name.startswith(".")]
    except OSError as error:
        raise UsageError(f"{folder}: {error.strerror}; name a folder for the corpus") from None
    if (folder / CATALOGUE_FILE).is_file():
        return load_catalogue(folder / CATALOGUE_FILE)
    if there:
        raise UsageError(
            f"{folder}: holds files and no {CATALOGUE_FILE}, so their descriptions would be lost;"
            " write one for them, or add to an empty folder"
        )
    return ()


def _held(settings: Settings) -> frozenset[str]:
    """The ids of the index."""
    try:
        manifest = published_manifest(settings, library_of(settings))
    except IndexMissing:
        return frozenset()
    return frozenset(record.entry.id for record in manifest.records)


def _described(
    files: Sequence[Path], entries: Sequence[Entry], held: frozenset[str], said: Said, into: Path
) -> Iterator[Entry]:
    """An entry for each file. Raises UsageError for a name that is taken, or that none can have."""
    ids = {entry.id for entry in entries} | held
    taken = {entry.source.casefold() for entry in entries}
    for file in files:
        source = f"{said.kind.value}/{checked(file.name)}"
        if source.casefold() in taken or (into / source).exists():
            raise UsageError(f"{source}: a file of that name is there already; rename this one")
        taken.add(source.casefold())
        stem = slug(file.stem) or "document"
        names = (stem if n == 1 else f"{stem}-{n}" for n in count(1))
        id = next(name for name in names if name not in ids)
        ids.add(id)
        yield Entry(
            id,
            said.kind,
            file.name,
            source,
            jurisdiction=said.jurisdiction,
            issued=said.issued,
        )


def _read(
    settings: Settings, files: Sequence[Path], new: Sequence[Entry], progress: Progress
) -> tuple[list[tuple[Path, Entry]], tuple[Refusal, ...]]:
    """Those that a reader can read, and why the others are refused; the library keeps the texts."""
    good: list[tuple[Path, Entry]] = []
    refused: list[Refusal] = []
    with FileReader(library_of(settings), limits_of(settings)) as reader:
        for done, (file, entry) in enumerate(zip(files, new, strict=True)):
            progress(done, len(new), file.name)
            try:
                seen = reader.look(Source(entry, "", OnDisk(file)))
                refusal = seen if isinstance(seen, Refusal) else reader.read(seen).refusal
            except FileRefused as unknown:  # no reader has that ending
                refusal = Refusal(entry.source, unknown.reason, unknown.detail, entry.id)
            if refusal is None:
                good.append((file, entry))
            else:
                refused.append(refusal)
    return good, tuple(refused)


@contextmanager
def _placed(into: Path, read: Sequence[tuple[Path, Entry]]) -> Iterator[None]:
    """Within, the files and their entries stand in the folder; after a failure they do not."""
    catalogue = into / CATALOGUE_FILE
    before = catalogue.read_bytes() if catalogue.exists() else None
    placed: list[Path] = []
    try:
        for file, entry in read:
            place = into / entry.source
            place.parent.mkdir(exist_ok=True)
            placed.append(place)
            with file.open("rb") as source, place.open("xb") as target:
                shutil.copyfileobj(source, target)
        _write(catalogue, before, [entry for _, entry in read])
        yield
    except BaseException as error:
        _put_back(catalogue, before, placed)
        if isinstance(error, OSError):
            raise StorageError(f"{into}: cannot be written: {error.strerror}") from None
        raise


def _write(catalogue: Path, before: bytes | None, entries: Sequence[Entry]) -> None:
    """Add entries at the end of the catalogue, once it is known that it can be read so."""
    head = _HEAD.encode() if before is None else before.rstrip() + b"\n"
    beside = catalogue.with_name(f".{CATALOGUE_FILE}.adding")
    try:
        beside.write_bytes(head + b"\n" + catalogue_toml(entries).encode())
        load_catalogue(beside)
        beside.replace(catalogue)
    finally:
        beside.unlink(missing_ok=True)


def _put_back(catalogue: Path, before: bytes | None, placed: Sequence[Path]) -> None:
    if before is None:
        catalogue.unlink(missing_ok=True)
    else:
        catalogue.write_bytes(before)
    for place in placed:
        place.unlink(missing_ok=True)
        with suppress(OSError):  # others are in it
            place.parent.rmdir()
