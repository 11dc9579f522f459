"""The shelf of originals and readings: content-addressed, append-only, on any fsspec URL.

    originals/<sha256>           the file's bytes, as they came
    texts/<version>.json         a Reading: canonical text, pages, marks, repairs
    outlines/<digest>.json       the Sections of one text under one grammar
    mentions/<digest>.json       the citations in one text, as an entry of its place cites
    work/<key>.json              what became of one file under one reader: a version, or a refusal
    manifests/<generation>.json  what a generation holds

Every text version ever published stays, so that an old citation always resolves.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

import fsspec
from pydantic import TypeAdapter, ValidationError

from pincite.citations.mentions import Mention
from pincite.errors import NotFound, SettingsError, StorageError
from pincite.generations import Manifest, Refusal
from pincite.types import Document, Entry, Reading, Section

_PART = ".part"


@cache
def _adapter(type_: Any) -> TypeAdapter[Any]:
    return TypeAdapter(type_)


def version_of(reading: Reading) -> str:
    """The text version: sha256 over the reader's name and revision and the canonical text."""
    head = f"{reader_name(reading)}\n".encode()
    return hashlib.sha256(head + reading.text.encode()).hexdigest()


def reader_name(reading: Reading) -> str:
    """A reader and its revision as one word, such as `pdf@1`."""
    return f"{reading.reader}@{reading.revision}"


class Library:
    """The store of originals, readings, outlines and manifests below one URL or folder."""

    def __init__(self, url: str | Path) -> None:
        self.url = str(url)
        try:
            self._fs, self._root = fsspec.core.url_to_fs(self.url)
        except (ImportError, ValueError) as error:  # no such protocol, or its package is missing
            raise SettingsError(f"PINCITE_LIBRARY_URL = {self.url!r}: {error}") from None

    # originals

    def put_original(self, data: bytes) -> str:
        """Keep a file's bytes; their sha256."""
        digest = hashlib.sha256(data).hexdigest()
        self._put(f"originals/{digest}", data)
        return digest

    def original(self, sha256: str) -> bytes:
        """The bytes of one original. Raises NotFound."""
        return self._get(f"originals/{sha256}", f"original {sha256[:12]}")

    # readings

    def put_reading(self, reading: Reading) -> str:
        """Keep a reading; its text version."""
        version = version_of(reading)
        self._put(f"texts/{version}.json", _adapter(Reading).dump_json(reading), replace=True)
        return version

    def reading(self, version: str) -> Reading:
        """The reading of one text version. Raises NotFound; StorageError when it was altered."""
        reading: Reading = self._load(
            Reading, f"texts/{version}.json", f"text version {version[:12]}"
        )
        if version_of(reading) != version:
            raise StorageError(
                f"text version {version[:12]} in {self.url} was altered since it was written;"
                " restore it from a backup or run `pincite ingest --rebuild`"
            )
        return reading

    def has_reading(self, version: str) -> bool:
        """Whether that text version is here."""
        return bool(self._fs.exists(self._path(f"texts/{version}.json")))

    def put_outline(self, sections: tuple[Section, ...]) -> str:
        """Keep the sections of a text; their digest."""
        data = _adapter(tuple[Section, ...]).dump_json(sections)
        digest = hashlib.sha256(data).hexdigest()
        self._put(f"outlines/{digest}.json", data)
        return digest

    def outline(self, digest: str) -> tuple[Section, ...]:
        """The sections of that digest. Raises NotFound."""
        sections: tuple[Section, ...] = self._load(
            tuple[Section, ...], f"outlines/{digest}.json", f"outline {digest[:12]}"
        )
        return sections

    def put_mentions(self, digest: str, mentions: tuple[Mention, ...]) -> None:
        """Keep the citations in a text, under what they were found with and in."""
        self._put(f"mentions/{digest}.json", _adapter(tuple[Mention, ...]).dump_json(mentions))

    def mentions(self, digest: str) -> tuple[Mention, ...] | None:
        """The citations kept under that digest; None where none were, or another release's."""
        try:
            kept: tuple[Mention, ...] = self._load(
                tuple[Mention, ...], f"mentions/{digest}.json", f"mentions {digest[:12]}"
            )
        except (NotFound, StorageError):
            return None
        return kept

    def document(self, entry: Entry, version: str, outline: str) -> Document:
        """An edition with its text and structure. Raises NotFound."""
        reading = self.reading(version)
        return Document(
            entry=entry,
            text=reading.text,
            version=version,
            pages=reading.pages,
            sections=self.outline(outline),
            marks=reading.marks,
            repairs=reading.repairs,
        )

    # what became of a file

    def put_work(self, key: str, outcome: str | Refusal) -> None:
        """Remember what reading a file came to: a text version, or a refusal."""
        self._put(f"work/{key}.json", _adapter(str | Refusal).dump_json(outcome), replace=True)

    def work(self, key: str) -> str | Refusal | None:
        """What reading that file came to before, or None."""
        try:
            outcome: str | Refusal = self._load(str | Refusal, f"work/{key}.json", key)
        except (NotFound, StorageError):
            return None
        return outcome

    # manifests

    def put_manifest(self, manifest: Manifest) -> None:
        """Keep the manifest of a generation, before the generation is published."""
        data = _adapter(Manifest).dump_json(manifest)
        self._put(f"manifests/{manifest.generation}.json", data, replace=True)

    def manifest(self, generation: str) -> Manifest:
        """The manifest of a generation. Raises NotFound."""
        manifest: Manifest = self._load(
            Manifest, f"manifests/{generation}.json", f"manifest of generation {generation}"
        )
        return manifest

    def generations_with(self, words: str, most: int) -> Iterator[Manifest]:
        """Of the newest manifests, `most` at most, those whose text holds these words.

        Manifests of all generations stay, published or not any more; damaged ones are passed over.
        """
        folder = self._path("manifests")
        with suppress(FileNotFoundError):
            names = sorted(self._fs.ls(folder, detail=False), reverse=True)
            kept = [name for name in names if name.endswith(".json")]
            for name in kept[:most]:
                if words.encode() in self._fs.cat_file(name):
                    with suppress(NotFound, StorageError):
                        yield self.manifest(name.rsplit("/", 1)[-1].removesuffix(".json"))

    # files

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"

    def sweep(self) -> None:
        """Delete the halves of files that killed processes left; for whoever alone writes."""
        with _storage_errors(self.url):
            for path in self._fs.glob(f"{self._root}/*/*{_PART}"):
                self._fs.rm_file(path)

    def _load(self, type_: Any, name: str, what: str) -> Any:
        """A value that was kept as JSON."""
        try:
            return _adapter(type_).validate_json(self._get(name, what))
        except ValidationError:
            raise StorageError(
                f"{what} in {self.url} is damaged, or was written by another release;"
                " restore it from a backup or run `pincite ingest --rebuild`"
            ) from None

    def _get(self, name: str, what: str) -> bytes:
        try:
            data: bytes = self._fs.cat_file(self._path(name))
        except FileNotFoundError:
            raise NotFound(f"{what} is not in the library at {self.url}") from None
        except OSError as error:
            raise StorageError(
                f"{what} in {self.url} cannot be read: {error.strerror or error};"
                " see who may read it"
            ) from error
        return data

    def _put(self, name: str, data: bytes, *, replace: bool = False) -> None:
        path = self._path(name)
        with _storage_errors(self.url):
            if not replace and self._fs.exists(path):
                return
            self._fs.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
            # A reader never sees half a file: write beside it, then rename.
            beside = f"{path}.{os.getpid()}{_PART}"
            self._fs.pipe_file(beside, data)
            self._fs.mv(beside, path)


@contextmanager
def _storage_errors(where: str) -> Iterator[None]:
    """Turn a full or read-only disk into one line."""
    try:
        yield
    except OSError as error:
        raise StorageError(
            f"cannot write to {where}: {error.strerror or error}; free space or change"
            " PINCITE_DATA_DIR"
        ) from error
