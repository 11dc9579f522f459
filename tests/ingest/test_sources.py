"""A file's bytes, or the typed reason why they cannot be had."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from ingest.sources import InLibrary, OnDisk, Place, Source
from pincite.errors import FileRefused
from pincite.kinds import Kind
from pincite.library import Library
from pincite.types import Entry

WORDS = b"The harbour is open."


def source(place: Place, sha256: str | None = None) -> Source:
    return Source(Entry("a", Kind.OTHER, "A", "a.MD", source_sha256=sha256), "root", place)


def test_bytes_come_from_the_disk_and_from_the_library(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(WORDS)
    library = Library(tmp_path / "library")
    sha256 = library.put_original(WORDS)
    for place in (OnDisk(path), InLibrary(library, sha256, len(WORDS))):
        assert source(place, sha256).bytes(100) == WORDS
        assert place.size() == len(WORDS)
    assert source(OnDisk(path)).suffix == ".md"


def missing(folder: Path) -> Place:
    return OnDisk(folder / "missing.md")


def folder_itself(folder: Path) -> Place:
    return OnDisk(folder)


def pipe(folder: Path) -> Place:
    os.mkfifo(folder / "pipe")
    return OnDisk(folder / "pipe")


def through_a_file(folder: Path) -> Place:
    (folder / "file").write_bytes(WORDS)
    return OnDisk(folder / "file" / "a.md")


def lost_original(folder: Path) -> Place:
    return InLibrary(Library(folder / "library"), "0" * 64, 5)


@pytest.mark.parametrize("place", [missing, folder_itself, pipe, through_a_file, lost_original])
def test_what_cannot_be_read_is_refused(tmp_path: Path, place: object) -> None:
    with pytest.raises(FileRefused) as caught:
        source(place(tmp_path)).bytes(100)  # type: ignore[operator]
    assert caught.value.reason == "unreadable"


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.md"
    with path.open("wb") as file:
        file.truncate(2**40)  # a hole: nobody could load it
    with pytest.raises(FileRefused) as caught:
        source(OnDisk(path)).bytes(2**20)
    assert caught.value.reason == "too_large"


def test_other_bytes_than_the_catalogues_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(WORDS)
    assert source(OnDisk(path), hashlib.sha256(WORDS).hexdigest()).bytes(100)
    path.write_bytes(WORDS + b" ")
    with pytest.raises(FileRefused) as caught:
        source(OnDisk(path), hashlib.sha256(WORDS).hexdigest()).bytes(100)
    assert caught.value.reason == "sha256_differs"
