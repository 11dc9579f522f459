"""Paths that lead astray: nothing outside the corpus is read, nothing endless is begun."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.folder import MAX_DEPTH, entries_of
from ingest.gathering import gather
from ingest.readers.table import SUFFIXES
from ingest.sources import OnDisk, Source
from pincite.errors import CatalogueError, FileRefused
from pincite.kinds import Kind
from pincite.types import Entry

MOST = 100 * 2**20


def source(path: Path, sha256: str | None = None) -> Source:
    entry = Entry("a", Kind.OTHER, "A", path.name, source_sha256=sha256)
    return Source(entry, str(path.parent), OnDisk(path))


def refused(read: Callable[[], object]) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        read()
    return caught.value


def catalogued(folder: Path, *paths: str) -> Path:
    """A folder with a catalogue that lists these paths."""
    rows = [
        f'[[entry]]\nid = "e{number}"\nkind = "other"\ntitle = "T"\nfile = "{path}"\n'
        for number, path in enumerate(paths)
    ]
    folder.mkdir(exist_ok=True)
    (folder / "catalogue.toml").write_text("\n".join(rows), encoding="utf-8")
    return folder


def test_200_megabytes_are_refused_before_they_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    big = tmp_path / "big.txt"
    with big.open("wb") as file:
        file.truncate(200 * 2**20)  # sparse: no block of it is written
    monkeypatch.setattr(OnDisk, "load", lambda _: pytest.fail("it was read"))
    refusal = refused(lambda: source(big).bytes(MOST))
    assert refusal.reason == "too_large"
    assert "PINCITE_READER_MAX_MB" in refusal.detail


def test_a_file_that_may_not_be_read_is_refused_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root may read everything, so the refusal of the system is put on."""
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("text", encoding="utf-8")
    honest = Path.open

    def guarded(self: Path, *args: object, **more: object) -> object:
        if self.name == "a.md":
            raise PermissionError(13, "Permission denied")
        return honest(self, *args, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", guarded)
    entries, [refusal] = entries_of(tmp_path, SUFFIXES)
    assert [entry.source for entry in entries] == ["b.md"]
    assert (refusal.source, refusal.reason) == ("a.md", "unreadable")


def test_a_folder_that_may_not_be_listed_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shut").mkdir()
    (tmp_path / "b.md").write_text("text", encoding="utf-8")
    honest = os.scandir

    def guarded(path: Path) -> object:
        if Path(path).name == "shut":
            raise PermissionError(13, "Permission denied")
        return honest(path)

    monkeypatch.setattr(os, "scandir", guarded)
    entries, [refusal] = entries_of(tmp_path, SUFFIXES)
    assert [entry.source for entry in entries] == ["b.md"]
    assert (refusal.source, refusal.reason) == ("shut", "unreadable")


@pytest.mark.parametrize(
    "error",
    [
        FileNotFoundError(2, "No such file"),
        PermissionError(13, "Permission denied"),
        OSError(5, "Input/output error"),
    ],
)
def test_a_file_that_fails_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    path = tmp_path / "a.md"
    path.write_text("text", encoding="utf-8")

    def fails(_: Path) -> bytes:
        raise error

    monkeypatch.setattr(Path, "read_bytes", fails)
    assert refused(lambda: source(path).bytes(MOST)).reason == "unreadable"


def test_other_bytes_than_the_catalogues_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("text", encoding="utf-8")
    assert refused(lambda: source(path, "0" * 64).bytes(MOST)).reason == "sha256_differs"


@pytest.mark.parametrize(
    "way", ["../secret.md", "sub/../../secret.md", "link.md", "folder/secret.md"]
)
def test_a_catalogue_leads_to_no_file_outside_its_folder(tmp_path: Path, way: str) -> None:
    (tmp_path / "secret.md").write_text("secret", encoding="utf-8")
    folder = tmp_path / "corpus"
    (folder / "sub").mkdir(parents=True)
    (folder / "link.md").symlink_to(tmp_path / "secret.md")
    (folder / "folder").symlink_to(tmp_path)
    assert not reached(folder, way)


def test_a_catalogue_names_no_absolute_path(tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("secret", encoding="utf-8")
    assert not reached(tmp_path / "corpus", str(secret))


def reached(folder: Path, path: str) -> bool:
    """Whether the catalogue's path becomes a source; if not, a refusal or an error says why."""
    try:
        gathered = gather([catalogued(folder, path)])
    except CatalogueError:
        return False
    if not gathered.sources:
        assert [refusal.reason for refusal in gathered.refusals] == ["outside_corpus"]
    return bool(gathered.sources)


def test_pipes_and_sockets_are_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    with socket.socket(socket.AF_UNIX) as listening:
        here = Path.cwd()
        os.chdir(tmp_path)  # the name of a socket must be short
        try:
            listening.bind("socket.md")
        finally:
            os.chdir(here)
        entries, refusals = entries_of(tmp_path, SUFFIXES)
    assert entries == ()
    assert {(r.source, r.reason) for r in refusals} == {
        ("pipe.md", "unreadable"),
        ("socket.md", "unreadable"),
    }


def test_a_pipe_in_a_catalogue_is_never_opened(tmp_path: Path) -> None:
    folder = catalogued(tmp_path / "corpus", "pipe.md")
    os.mkfifo(folder / "pipe.md")
    gathered = gather([folder])
    reasons = [refusal.reason for refusal in gathered.refusals]
    reasons += [refused(lambda s=s: s.bytes(MOST)).reason for s in gathered.sources]  # type: ignore[misc]
    assert reasons == ["unreadable"]


def test_links_in_a_ring_end(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "up").symlink_to("..")
    (tmp_path / "sub" / "here").symlink_to(".")
    entries, refusals = entries_of(tmp_path, SUFFIXES)
    assert entries == ()
    assert {r.source: r.reason for r in refusals} == {
        "a": "link_loop",
        "b": "link_loop",
        "sub/up": "link_loop",
        "sub/here": "link_loop",
    }


def test_folders_without_end_are_refused(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["d"] * (MAX_DEPTH + 1))
    deep.mkdir(parents=True)
    (deep / "a.md").write_text("text", encoding="utf-8")
    entries, [refusal] = entries_of(tmp_path, SUFFIXES)
    assert entries == ()
    assert refusal.reason == "unreadable"
    assert str(MAX_DEPTH) in refusal.detail
