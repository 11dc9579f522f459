"""What the library keeps, it gives back unchanged."""

from __future__ import annotations

import errno
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pincite.errors import NotFound, SettingsError, StorageError
from pincite.generations import IndexSpec, Manifest, Record, Refusal
from pincite.kinds import Kind
from pincite.library import Library, version_of
from pincite.types import Entry, Link, Mark, Page, Reading, Repair, Section, Span

SPEC = IndexSpec("dense", "0" * 64, 384, "bm25", 1, 1, 1)
ENTRY = Entry(
    "a-law",
    Kind.STATUTE,
    "A Law",
    "a.txt",
    issued=date(2017, 1, 25),
    relations=(Link("amends", "b-law"),),
)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library")


def test_a_reading_comes_back_equal(library: Library) -> None:
    reading = Reading(
        "§ 1. Words.",
        "test",
        3,
        (Page(Span(0, 11), 1, "935"),),
        (Mark(Span(0, 3), "heading", "2"),),
        (Repair(Span(0, 1), "\ufffd", "section sign"),),
        (("title", "T"),),
    )
    assert library.reading(library.put_reading(reading)) == reading


def test_sections_and_manifests_come_back_equal(library: Library) -> None:
    sections = (Section("§ 1", "Words", 0, Span(0, 5), "dissent", "Doe, J.", ("Roe, J.",)),)
    assert library.outline(library.put_outline(sections)) == sections
    record = Record(ENTRY, "v", "o", "i", "w", "root", "s", 1, "test@1", 2, 3)
    manifest = Manifest("g1", "2017", SPEC, (record,), (Refusal("b.pdf", "empty", "no bytes"),))
    library.put_manifest(manifest)
    assert library.manifest("g1") == manifest


@given(st.text(alphabet=st.characters(codec="utf-8")), st.integers(1, 3))
def test_a_version_names_text_and_reader(text: str, revision: int) -> None:
    version = version_of(Reading(text, "test", revision))
    assert version == version_of(Reading(text, "test", revision))
    assert version != version_of(Reading(text + ".", "test", revision))
    assert version != version_of(Reading(text, "test", revision + 1))


def test_what_became_of_a_file_can_change(library: Library) -> None:
    assert library.work("key") is None
    library.put_work("key", Refusal("a", "too_slow", "d"))
    library.put_work("key", "version")
    assert library.work("key") == "version"


@pytest.mark.parametrize("ask", ["original", "reading", "outline", "manifest"])
def test_what_is_not_there_is_said(library: Library, ask: str) -> None:
    with pytest.raises(NotFound, match="not in the library"):
        getattr(library, ask)("0" * 64)


def test_an_altered_text_is_not_believed(library: Library, tmp_path: Path) -> None:
    version = library.put_reading(Reading("as it was", "test", 1))
    path = tmp_path / "library" / "texts" / f"{version}.json"
    path.write_text(path.read_text().replace("as it was", "as it is now"))
    with pytest.raises(StorageError, match="altered"):
        library.reading(version)


def test_a_full_disk_is_one_line(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(library._fs, "pipe_file", full)
    with pytest.raises(StorageError, match="No space left") as caught:
        library.put_original(b"x")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("kind", ["texts", "manifests", "outlines"])
def test_a_torn_file_is_one_line(library: Library, tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "library" / kind
    folder.mkdir(parents=True)
    (folder / "torn.json").write_text('{"text": "half')
    ask = {"texts": library.reading, "manifests": library.manifest, "outlines": library.outline}
    with pytest.raises(StorageError, match="damaged") as caught:
        ask[kind]("torn")
    assert "\n" not in str(caught.value)


def test_a_torn_note_of_what_became_of_a_file_is_no_note(library: Library, tmp_path: Path) -> None:
    library.put_work("key", "version")
    (tmp_path / "library" / "work" / "key.json").write_text('"vers')
    assert library.work("key") is None


def test_what_cannot_be_read_is_one_line(library: Library, tmp_path: Path) -> None:
    (tmp_path / "library" / "originals" / "0").mkdir(parents=True)
    with pytest.raises(StorageError, match="cannot be read"):
        library.original("0")


def test_halves_of_files_are_swept_and_nothing_else(library: Library, tmp_path: Path) -> None:
    version = library.put_reading(Reading("kept", "test", 1))
    part = tmp_path / "library" / "texts" / "abc.json.77.part"
    part.write_text("ha")
    library.sweep()
    assert not part.exists()
    assert library.has_reading(version)
    assert not library.has_reading("abc")


def test_sweeping_what_is_not_there_does_nothing(library: Library, tmp_path: Path) -> None:
    library.sweep()
    assert not (tmp_path / "library").exists()


def test_a_url_that_nothing_can_open_is_a_settings_error() -> None:
    with pytest.raises(SettingsError, match="PINCITE_LIBRARY_URL"):
        Library("nothing://here")


def test_the_library_may_live_at_any_fsspec_url() -> None:
    library = Library("memory://shelf")
    reading = Reading("kept", "test", 1)
    assert library.reading(library.put_reading(reading)) == reading
