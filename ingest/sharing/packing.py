"""A corpus to one checked file. The same corpus makes the same bytes, whenever it is packed."""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from ingest.catalogue import CATALOGUE_FILE, check_catalogue, check_files, load_catalogue
from ingest.catalogue_writing import catalogue_toml
from ingest.folder import slug
from ingest.sharing.form import (
    FILES,
    FORMAT,
    MANIFEST_FILE,
    MOST_BYTES,
    MOST_FILE_BYTES,
    MOST_FILES,
    VERSION,
    LeftOut,
    PackedFile,
    PackManifest,
    may_be_shared,
)
from pincite.errors import StorageError, UsageError
from pincite.generations import Manifest
from pincite.library import Library
from pincite.types import Entry

# ZIP's first day: the same for every file of every pack.
_WHEN = (1980, 1, 1, 0, 0, 0)
_MODE = 0o100644 << 16

Load = Callable[[Entry], bytes]


@dataclass(frozen=True, slots=True)
class Corpus:
    """What is packed: a name, the entries, and where the bytes of each come from."""

    name: str
    entries: tuple[Entry, ...]
    load: Load


def from_generation(manifest: Manifest, library: Library, collection: str | None) -> Corpus:
    """The documents of an index, or one collection of it. Raises UsageError."""
    records = [
        record
        for record in manifest.records
        if collection is None or record.entry.collection == collection
    ]
    if not records:
        held = sorted({r.entry.collection for r in manifest.records if r.entry.collection})
        known = ", ".join(held) or "none"
        raise UsageError(f"no document of collection {collection!r} is indexed; held are: {known}")
    hashes = {record.entry.id: record.source_sha256 for record in records}
    entries = (replace(r.entry, source_sha256=r.source_sha256) for r in records)
    return Corpus(
        slug(collection or "") or "corpus",
        tuple(entries),
        lambda entry: library.original(hashes[entry.id]),
    )


def from_catalogue(catalogue: Path, folder: Path) -> Corpus:
    """The files of a folder that a catalogue lists. Raises CatalogueError."""
    entries = load_catalogue(catalogue)
    if problems := check_files(catalogue, folder):
        raise problems[0]
    collections = {entry.collection for entry in entries}
    name = collections.pop() if len(collections) == 1 else None
    return Corpus(
        slug(name or folder.resolve().name) or "corpus",
        entries,
        lambda entry: (folder / entry.source).read_bytes(),
    )


def pack(corpus: Corpus, out: Path, *, everything: bool = False) -> PackManifest:
    """Write the pack, in place of one that is there; what it holds.

    Texts whose licence lets nobody pass them on are named, not packed, unless `everything`.
    Raises UsageError or StorageError; then nothing was written.
    """
    packed: list[Entry] = []
    left_out: list[Entry] = []
    for entry in corpus.entries:
        free = everything or may_be_shared(entry.licence)
        (packed if free else left_out).append(entry)
    if not packed:
        raise UsageError(
            f"none of the {len(left_out)} texts has a licence that lets it be passed on;"
            " say it in the catalogue (licence), or pack with --all"
        )
    with _beside(out) as file:
        return _write(file, corpus, packed, left_out)


def _write(
    file: IO[bytes], corpus: Corpus, packed: Sequence[Entry], left_out: Sequence[Entry]
) -> PackManifest:
    files: list[PackedFile] = []
    entries: list[Entry] = []
    total = 0
    with zipfile.ZipFile(file, "w") as archive:
        for entry in sorted(packed, key=lambda entry: entry.source):
            data = _loaded(corpus, entry)
            total += len(data)
            if total > MOST_BYTES or len(files) == MOST_FILES:
                most = f"{MOST_FILES} files of {MOST_BYTES // 2**20} MB"
                raise UsageError(f"the corpus has more than {most}; pack it by collection")
            digest = hashlib.sha256(data).hexdigest()
            _put(archive, f"{FILES}/{entry.source}", data)
            files.append(
                PackedFile(
                    path=entry.source,
                    sha256=digest,
                    bytes=len(data),
                    id=entry.id,
                    licence=entry.licence,
                )
            )
            entries.append(replace(entry, source_sha256=digest))
        entries.sort(key=lambda entry: entry.id)
        entries, lost = _linked_inside(entries)
        catalogue = _checked(catalogue_toml(entries))
        _put(archive, CATALOGUE_FILE, catalogue)
        manifest = PackManifest(
            format=FORMAT,
            version=VERSION,
            name=corpus.name,
            catalogue_sha256=hashlib.sha256(catalogue).hexdigest(),
            files=tuple(files),
            left_out=tuple(_left_out(corpus, e) for e in sorted(left_out, key=lambda e: e.id)),
            links_left_out=lost,
        )
        _put(archive, MANIFEST_FILE, f"{manifest.model_dump_json(indent=1)}\n".encode())
    return manifest


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, _WHEN)
    info.create_system, info.external_attr = 3, _MODE
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, data, compresslevel=6)


def _loaded(corpus: Corpus, entry: Entry) -> bytes:
    try:
        data = corpus.load(entry)
    except OSError as error:
        raise UsageError(f"{entry.source} cannot be read: {error.strerror}") from None
    if len(data) > MOST_FILE_BYTES:
        most = MOST_FILE_BYTES // 2**20
        raise UsageError(f"{entry.source} has more than {most} MB; leave it out of the catalogue")
    return data


def _left_out(corpus: Corpus, entry: Entry) -> LeftOut:
    return LeftOut(
        id=entry.id,
        title=entry.title,
        sha256=entry.source_sha256 or hashlib.sha256(_loaded(corpus, entry)).hexdigest(),
        url=entry.url,
        licence=entry.licence,
        why="its licence lets nobody pass it on" if entry.licence else "it has no licence",
    )


def _linked_inside(entries: Sequence[Entry]) -> tuple[list[Entry], tuple[str, ...]]:
    """The entries without links that lead out of them, and those links in words."""
    inside = {entry.id for entry in entries}
    lost = [
        f"{entry.id} {link.type} {link.target}"
        for entry in entries
        for link in entry.relations
        if link.target not in inside
    ]
    kept = [
        replace(entry, relations=tuple(link for link in entry.relations if link.target in inside))
        for entry in entries
    ]
    return kept, tuple(lost)


def _checked(text: str) -> bytes:
    """The catalogue's bytes, if whoever takes them can load them. Raises CatalogueError."""
    data = text.encode()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / CATALOGUE_FILE
        path.write_bytes(data)
        if problems := check_catalogue(path):
            first = problems[0]
            raise UsageError(f"these entries make no catalogue: {first.what}; mend it, then pack")
    return data


@contextmanager
def _beside(out: Path) -> Iterator[IO[bytes]]:
    """A file to write in, which takes the place of `out` only when all went well."""
    if out.is_dir():
        raise UsageError(f"{out}: is a folder; name the file to write, like {out / 'corpus.zip'}")
    part = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(out)
    except OSError as error:
        raise StorageError(f"{out}: cannot be written: {error.strerror or error}") from None
    finally:
        part.unlink(missing_ok=True)
