"""The file is appended to by one at a time, and nothing is lost without a word."""

from __future__ import annotations

import fcntl
import json
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pincite.errors import NotFound, StorageError
from service.journal.checking import Checked
from service.journal.file import LogFile

Check = Callable[..., Checked]
ROOT = Path(__file__).parents[3]
CHILD = [sys.executable, str(Path(__file__).with_name("logging_child.py"))]


def child(file: LogFile, *words: str) -> subprocess.Popen[str]:
    """The child process, over this log."""
    environ = os.environ | {"PYTHONPATH": str(ROOT)}
    words = (*CHILD, str(file.path), *words)
    return subprocess.Popen(words, env=environ, cwd=ROOT, text=True, stdout=subprocess.PIPE)


def words_of(file: LogFile) -> list[str]:
    lines = file.path.read_bytes().splitlines()
    return [json.loads(line)["question"] for line in lines]


def test_a_log_and_what_lies_beside_it_are_private(file: LogFile, make: Any) -> None:
    file.append(make("one"))
    with file.path.open("ab") as log:
        log.write(b"torn")
    file.append(make("two"))
    for path in (file.path, file.head_path, file.torn_path):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


def test_a_mode_that_somebody_chose_is_kept(file: LogFile, make: Any) -> None:
    file.append(make("one"))
    file.path.chmod(0o640)
    file.append(make("two"))
    file.rewrite(lambda lines, tip, notes: lines)
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o640


def test_two_processes_write_one_chain(file: LogFile, check: Check) -> None:
    children = [child(file, "many", "150", name) for name in ("a", "b")]
    said = [one.communicate(timeout=60) for one in children]
    assert [one.returncode for one in children] == [0, 0], said
    told = check(file)
    assert told.broken is None
    assert told.notes == ()
    wanted = [f"{name} {number}" for name in "ab" for number in range(150)]
    assert sorted(words_of(file)) == sorted(wanted)


def test_sixteen_threads_write_one_chain(file: LogFile, check: Check, make: Any) -> None:
    def write(name: int) -> None:
        for number in range(10):
            file.append(make(f"{name} {number}"))

    threads = [threading.Thread(target=write, args=(name,)) for name in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = check(file)
    assert (told.broken, told.records) == (None, 160)


@pytest.mark.parametrize("cut", ["1", "200"])
def test_a_process_killed_in_mid_write_loses_nothing_silently(
    file: LogFile, check: Check, make: Any, cut: str
) -> None:
    with child(file, "dies", cut) as dying:
        assert dying.wait(60) == -9
    torn = check(file).broken
    assert torn is not None
    assert (torn.line, torn.fault) == (2, "torn")
    assert f"{cut} bytes" in torn.words
    piece = file.path.read_bytes().split(b"\n")[1]
    file.append(make("after"))
    told = check(file)
    assert told.broken is None
    assert told.records == 2
    assert told.notes == (f"line 2: a torn line of {cut} bytes was set aside in {_name(file)}",)
    assert file.torn_path.read_bytes() == piece + b"\n"


def _name(file: LogFile) -> str:
    return file.torn_path.name


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(cut=st.integers(1, 5000))
def test_wherever_a_line_is_cut_the_next_follows_the_one_before(
    tmp_path: Path, check: Check, make: Any, cut: int
) -> None:
    file = LogFile(tmp_path / f"cut-{cut}")
    for path in (file.path, file.head_path, file.torn_path):
        path.unlink(missing_ok=True)
    file.append(make("one"))
    size, head = file.path.stat().st_size, file.head_path.read_bytes()
    file.append(make("two"))
    whole = file.path.stat().st_size
    cut = size + 1 + cut % (whole - size)
    os.truncate(file.path, cut)
    file.head_path.write_bytes(head)
    file.append(make("three"))
    told = check(file)
    assert told.broken is None
    # the line without its last byte, the newline, is torn too
    assert told.records == (3 if cut == whole else 2)
    assert file.torn_path.exists() == (cut < whole)


def test_a_full_disk_leaves_no_piece_behind(file: LogFile, check: Check, make: Any) -> None:
    file.append(make("one"))
    before = file.path.read_bytes()
    with child(file, "full", "100") as crowded:
        said, _ = crowded.communicate(timeout=60)
    assert said.strip() == f"{file.path}: cannot be written: File too large"
    assert file.path.read_bytes() == before
    file.append(make("two"))
    assert (check(file).broken, check(file).records) == (None, 2)


def test_a_log_held_by_a_process_that_hangs_is_given_up(file: LogFile, make: Any) -> None:
    file.append(make("one"))
    with file.head_path.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(StorageError, match="another process holds it"):
            LogFile(file.path, 0.02).append(make("two"))
    file.append(make("three"))


def test_records_after_a_cut_show_the_cut(file: LogFile, check: Check, make: Any) -> None:
    for words in ("one", "two", "three"):
        file.append(make(words))
    first, *_ = file.path.read_bytes().splitlines(keepends=True)
    file.path.write_bytes(first)
    file.append(make("four"))
    told = check(file)
    assert told.broken is not None
    assert (told.broken.line, told.broken.fault) == (2, "deleted")
    assert told.notes == ("line 2: the file ended before record 3, the last that was written",)


@pytest.mark.parametrize("head", [None, b"", b"nonsense"])
def test_a_lost_head_is_told_in_the_next_record(
    file: LogFile, check: Check, make: Any, head: bytes | None
) -> None:
    file.append(make("one"))
    file.head_path.unlink() if head is None else file.head_path.write_bytes(head)
    file.append(make("two"))
    assert check(file).broken is None
    assert check(file).notes == ("line 2: the head file was missing",)


def test_a_head_that_a_kill_left_behind_is_made_good(
    file: LogFile, check: Check, make: Any
) -> None:
    file.append(make("one"))
    behind = file.head_path.read_bytes()
    file.append(make("two"))
    file.head_path.write_bytes(behind)
    assert check(file).broken is None
    file.append(make("three"))
    assert (check(file).broken, check(file).notes) == (None, ())


@pytest.mark.parametrize("holds", [b"not ours\n", b"[1]\n", b"{}\n", b"\xff\xfe\n", b"[" * 9999])
def test_a_file_of_something_else_is_not_written_to(file: LogFile, make: Any, holds: bytes) -> None:
    for first in (b"first\n", b""):
        file.path.write_bytes(first + holds)
        with pytest.raises(StorageError, match="is no record"):
            file.append(make("one"))
        assert file.path.read_bytes() == first + holds
        assert not file.torn_path.exists()


@pytest.mark.parametrize("piece", [b"{", b'{"answer":', b'{"answer":"\xc3'])
def test_a_first_record_that_was_torn_is_set_aside(
    file: LogFile, check: Check, make: Any, piece: bytes
) -> None:
    file.path.write_bytes(piece)
    file.append(make("one"))
    assert (check(file).broken, check(file).records) == (None, 1)
    assert file.torn_path.read_bytes() == piece + b"\n"


def test_a_log_that_is_moved_away_goes_with_its_head(
    file: LogFile, check: Check, make: Any
) -> None:
    file.append(make("one"))
    old = LogFile(file.set_aside("answers-1.jsonl"))
    file.append(make("two"))
    assert (check(old).broken, check(file).broken) == (None, None)
    assert (asked_in(old), asked_in(file)) == (["one"], ["two"])
    with pytest.raises(StorageError, match="is there already"):
        file.set_aside("answers-1.jsonl")
    assert asked_in(file) == ["two"]


def asked_in(file: LogFile) -> list[str]:
    return [json.loads(line)["question"]["asked"] for line in file.path.read_bytes().splitlines()]


def test_a_log_that_is_moved_just_before_a_write_is_not_written_to(
    file: LogFile, check: Check, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.append(make("one"))
    moved, lock = file.path.with_name("moved"), fcntl.flock

    def late(descriptor: int, how: int) -> None:
        if not moved.exists():
            file.path.rename(moved)
            file.head_path.rename(moved.with_name("moved.head"))
        lock(descriptor, how)

    monkeypatch.setattr(fcntl, "flock", late)
    file.append(make("two"))
    for one, words in ((LogFile(moved), "one"), (file, "two")):
        assert (check(one).broken, check(one).notes, asked_in(one)) == (None, (), [words])


def test_answers_are_written_throughout_a_rotation(file: LogFile, check: Check, make: Any) -> None:
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            file.append(make("on and on"))

    threads = [threading.Thread(target=write) for _ in range(3)]
    for thread in threads:
        thread.start()
    moved: list[LogFile] = []
    other = LogFile(file.path, 30.0)
    while len(moved) < 5:
        if file.path.exists():
            moved.append(LogFile(other.set_aside(f"moved-{len(moved)}")))
    stop.set()
    for thread in threads:
        thread.join()
    for one in moved:
        assert (check(one).broken, check(one).notes) == (None, ())


def test_a_log_through_a_link_is_the_file_it_leads_to(
    file: LogFile, check: Check, make: Any
) -> None:
    file.append(make("one"))
    link = file.path.with_name("link")
    link.symlink_to(file.path)
    LogFile(link).append(make("two"))
    LogFile(link).rewrite(lambda lines, tip, notes: lines)
    assert link.is_symlink()
    assert (check(file).broken, check(file).records) == (None, 2)


def test_a_log_that_was_never_written_is_not_found(file: LogFile) -> None:
    with pytest.raises(NotFound, match="no answer has been logged"), file.reading():
        pass
    assert not file.head_path.exists()
