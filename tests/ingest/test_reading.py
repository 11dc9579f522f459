"""What a file came to is remembered, until the file, its reader or a limit changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ingest.readers.format import Limits
from ingest.readers.sandboxing.sandbox import Sandbox
from ingest.reading import FileReader, Seen
from ingest.sources import OnDisk, Source
from pincite.errors import ReaderUnusable
from pincite.generations import Refusal
from pincite.kinds import Kind
from pincite.library import Library
from pincite.types import Entry, Reading


class Counted:
    """Reads by the shared sandbox, and counts."""

    def __init__(self, inner: Sandbox) -> None:
        self.inner, self.files = inner, 0

    def read(self, data: bytes, suffix: str) -> Reading:
        self.files += 1
        return self.inner.read(data, suffix)

    def close(self) -> None:
        """The session ends it."""


@pytest.fixture
def counted(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Counted:
    counted = Counted(sandbox)
    monkeypatch.setattr("ingest.reading.Sandbox", lambda limits: counted)
    return counted


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library")


def source(path: Path, words: str) -> Source:
    path.write_text(words, encoding="utf-8")
    return Source(Entry(path.stem, Kind.OTHER, path.name, path.name), "root", OnDisk(path))


def seen(reader: FileReader, source: Source) -> Seen:
    looked = reader.look(source)
    assert isinstance(looked, Seen)
    return looked


def test_a_file_is_read_once(tmp_path: Path, library: Library, counted: Counted) -> None:
    a, empty = source(tmp_path / "a.md", "# A\n\nWords.\n"), source(tmp_path / "b.md", "")
    for _ in range(2):
        with FileReader(library, Limits()) as reader:
            first, second = reader.read(seen(reader, a)), reader.read(seen(reader, empty))
        assert library.reading(first.version or "").text == "A\nWords."
        assert second.refusal is not None
        assert second.refusal.reason == "empty"
    assert counted.files == 2
    with FileReader(library, Limits(), again=True) as reader:
        assert reader.read(seen(reader, a)) == first
    assert counted.files == 3


def test_the_same_words_under_another_name_are_not_read_again(
    tmp_path: Path, library: Library, counted: Counted
) -> None:
    with FileReader(library, Limits()) as reader:
        one = reader.read(seen(reader, source(tmp_path / "a.md", "")))
        two = reader.read(seen(reader, source(tmp_path / "b.md", "")))
    assert one.refusal is not None
    assert two.refusal == replace(one.refusal, source="b.md", entry_id="b")
    assert counted.files == 1


@pytest.mark.parametrize(
    ("limits", "same"),
    [
        (Limits(), True),
        (Limits(ocr_cache="/elsewhere"), True),  # where pages are kept changes no text
        (Limits(max_chars=1000), False),
        (Limits(ocr="tesseract"), False),
    ],
)
def test_a_work_is_named_by_bytes_reader_and_limits(
    tmp_path: Path, library: Library, counted: Counted, limits: Limits, same: bool
) -> None:
    a = source(tmp_path / "a.md", "# A\n\nWords.\n")
    with FileReader(library, Limits()) as one, FileReader(library, limits) as two:
        assert (seen(one, a).work == seen(two, a).work) is same
    assert counted.files == 0


def test_what_cannot_be_had_is_refused_without_a_name_for_the_work(
    tmp_path: Path, library: Library, counted: Counted
) -> None:
    a = source(tmp_path / "a.md", "words")
    (tmp_path / "a.md").unlink()
    with FileReader(library, Limits()) as reader:
        refusal = reader.look(a)
    assert isinstance(refusal, Refusal)
    assert (refusal.reason, refusal.work) == ("unreadable", None)


def test_a_file_that_changes_after_it_was_looked_at_is_read_as_it_is(
    tmp_path: Path, library: Library, counted: Counted
) -> None:
    a = source(tmp_path / "a.md", "# A\n\nOld.\n")
    with FileReader(library, Limits()) as reader:
        before = seen(reader, a)
        source(tmp_path / "a.md", "# A\n\nNew.\n")
        outcome = reader.read(before)
        assert outcome.seen == seen(reader, a)
    assert library.reading(outcome.version or "").text == "A\nNew."
    assert library.original(outcome.seen.sha256) == b"# A\n\nNew.\n"
    assert library.work(before.work) is None


def test_without_keep_nothing_is_written(
    tmp_path: Path, library: Library, counted: Counted
) -> None:
    a = source(tmp_path / "a.md", "# A\n\nWords.\n")
    with FileReader(library, Limits(), keep=False) as reader:
        version = reader.read(seen(reader, a)).version
    assert not Path(library.url).exists()
    with FileReader(library, Limits()) as reader:
        assert reader.read(seen(reader, a)).version == version


def test_files_are_read_ahead_in_order(tmp_path: Path, library: Library, counted: Counted) -> None:
    with FileReader(library, Limits()) as reader:
        files = [seen(reader, source(tmp_path / f"{n}.md", f"# {n}\n\nWords.\n")) for n in "abc"]
        reader.ahead(files)
        assert [reader.outcome(file).seen for file in files] == files
    assert counted.files == 3


def test_leaving_ends_a_reading_that_goes_on(tmp_path: Path, library: Library) -> None:
    """The child is killed, what waits is cancelled, and nothing is remembered of either."""
    with FileReader(library, Limits()) as reader:
        files = [seen(reader, source(tmp_path / f"{n}.md", f"# {n}\n\nWords.\n")) for n in "abc"]
        reader.ahead(files)
    assert all(library.work(file.work) is None for file in files[1:])


def test_what_goes_wrong_in_the_background_is_raised_in_front(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unusable(*_: Any) -> Reading:
        raise ReaderUnusable("it does not start")

    monkeypatch.setattr(Sandbox, "read", unusable)
    with FileReader(library, Limits()) as reader:
        file = seen(reader, source(tmp_path / "a.md", "words"))
        reader.ahead([file])
        with pytest.raises(ReaderUnusable):
            reader.outcome(file)
    assert library.work(file.work) is None
