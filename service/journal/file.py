"""The file of a log of answers: appended to by one writer at a time, whatever process it is in.

    answers.jsonl         one record a line, mode 0600
    answers.jsonl.head    held by who writes: how many records, the last one's hash, bytes
    answers.jsonl.torn    pieces of lines that a killed process or a full disk left

The head tells a cut end, which no chain can tell of itself. A record is on the disk before its
answer goes out; the head may lag behind it by what one killed process wrote.
"""

from __future__ import annotations

import fcntl
import os
import stat
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from pincite.errors import NotFound, StorageError
from pincite.index.folders import sync_folder
from service.journal.chain import Json, Tip, canonical, parsed
from service.journal.head import Head, read_head, write_head

_PRIVATE_MODE = 0o600
# An answer waits no longer than this for its turn to be written.
_SECONDS_TO_WAIT = 5.0
_SECONDS_BETWEEN = 0.005
_CHUNK = 1 << 16
TORN = b"\0"
"""Stands at the end of a line that was read without its newline; no record holds it."""

Make = Callable[[Tip, Sequence[str]], Json]
Change = Callable[[Iterator[bytes], Tip, Sequence[str]], Iterator[bytes]]


class LogFile:
    """One log and the files beside it. Any number of threads and processes may share it."""

    def __init__(self, path: Path, seconds_to_wait: float = _SECONDS_TO_WAIT) -> None:
        self.path = path = path.resolve()  # a link is followed once, and the head lies by the file
        self.head_path = path.with_name(f"{path.name}.head")
        self.torn_path = path.with_name(f"{path.name}.torn")
        self._wait = seconds_to_wait
        self._turn = threading.Lock()

    def append(self, make: Make) -> Json:
        """Write the record that `make` makes for the end of the chain, and what befell that.

        Raises StorageError; then nothing of it stays in the file.
        """
        with _told(self.path), self._held() as head_file, self._opened() as log:
            size = os.fstat(log).st_size
            tip, size, notes = self._end(log, size, read_head(head_file))
            record = make(tip, notes)
            size = self._write(log, size, canonical(record) + b"\n")
            write_head(head_file, Head(Tip(record["n"], record["hash"]), size))
            if record["n"] == 1:
                sync_folder(self.path.parent)
        return record

    def rewrite(self, change: Change) -> None:
        """Replace all lines at once by what `change` makes of them. Raises StorageError."""
        fresh = self.path.with_name(f"{self.path.name}.new")
        with _told(self.path), self._held() as head_file, self._opened() as log:
            tip, size, notes = self._end(log, os.fstat(log).st_size, read_head(head_file))
            try:
                with _created(fresh) as out:
                    os.fchmod(out, stat.S_IMODE(os.fstat(log).st_mode))
                    last = b""
                    for last in change(_lines(log, size), tip, notes):
                        _write_all(out, last + b"\n")
                    os.fsync(out)
                    written = os.fstat(out).st_size
                fresh.replace(self.path)
            finally:
                fresh.unlink(missing_ok=True)
            sync_folder(self.path.parent)
            record = parsed(last)
            end = Tip(record["n"], record["hash"]) if record else tip
            write_head(head_file, Head(end, written))

    def set_aside(self, name: str) -> Path:
        """Move the log away with what lies beside it; the next answer begins a new one."""
        target = self.path.with_name(name)
        moves = [
            (path, target.with_name(path.name.replace(self.path.name, target.name, 1)))
            for path in (self.path, self.torn_path, self.head_path)
        ]
        with _told(self.path), self._held():
            if taken := next((new for _, new in moves if new.exists()), None):
                raise StorageError(f"{taken}: is there already; nothing was moved")
            for old, new in moves:
                if old.exists():
                    old.rename(new)
            sync_folder(self.path.parent)
        return target

    @contextmanager
    def reading(self) -> Iterator[tuple[Head | None, Iterator[bytes]]]:
        """The head, and the lines as they are now; a last one without its end keeps none.

        Raises NotFound where there is no log. Answers may be written meanwhile.
        """
        with self._snapshot() as (head, log, size):
            yield head, _lines(log, size)

    @contextmanager
    def _snapshot(self) -> Iterator[tuple[Head | None, int, int]]:
        with _told(self.path, "read"):
            if self.head_path.exists():
                with self._held(os.O_RDONLY) as head_file:
                    head, log = read_head(head_file), self._to_read()
                    size = os.fstat(log).st_size
            elif self.path.exists():
                head, log = None, self._to_read()
                size = os.fstat(log).st_size
            else:
                raise NotFound(f"{self.path}: no answer has been logged there yet")
        try:
            yield head, log, size
        finally:
            os.close(log)

    def _to_read(self) -> int:
        """The log; one that was deleted has no lines."""
        try:
            return os.open(self.path, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            return os.open(os.devnull, os.O_RDONLY | os.O_CLOEXEC)

    @contextmanager
    def _opened(self) -> Iterator[int]:
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC
        descriptor = os.open(self.path, flags, _PRIVATE_MODE)
        try:
            yield descriptor
        finally:
            os.close(descriptor)

    @contextmanager
    def _held(self, flags: int = os.O_RDWR | os.O_CREAT) -> Iterator[int]:
        """The head file, locked: by one thread of this process, and by one process."""
        deadline = time.monotonic() + self._wait
        if not self._turn.acquire(timeout=self._wait):
            raise StorageError(f"{self.path}: other answers are still being written to it")
        try:
            descriptor = self._locked(flags, deadline)
            try:
                yield descriptor
            finally:
                os.close(descriptor)
        finally:
            self._turn.release()

    def _locked(self, flags: int, deadline: float) -> int:
        while True:
            descriptor = os.open(self.head_path, flags | os.O_CLOEXEC, _PRIVATE_MODE)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if os.path.samestat(os.fstat(descriptor), self.head_path.stat()):
                    return descriptor
            except (BlockingIOError, FileNotFoundError):  # held, or moved away meanwhile
                pass
            except BaseException:
                os.close(descriptor)
                raise
            os.close(descriptor)
            if time.monotonic() > deadline:
                raise StorageError(f"{self.path}: another process holds it")
            time.sleep(_SECONDS_BETWEEN)

    def _end(self, log: int, size: int, head: Head | None) -> tuple[Tip, int, list[str]]:
        """Where the chain ends, how long the whole lines are, and what was found amiss."""
        if head is not None and head.size == size:
            return head.tip, size, []
        whole = _whole(log, size)
        start = _last_line_start(log, whole)
        last = parsed(os.pread(log, whole - start, start).rstrip(b"\n")) if whole else None
        foreign = last is None if whole else not _is_ours(log, size)
        if size and foreign and head is None:
            raise StorageError(f"{self.path}: its last line is no record; move the file away")
        notes = [self._torn(log, whole, size)] if whole < size else []
        size = whole
        if head is None:
            notes += ["the head file was missing"] if size else []
            return (Tip(last["n"], last["hash"]) if last else Tip()), size, notes
        if last and last["n"] > head.tip.n:
            return Tip(last["n"], last["hash"]), size, notes
        if (last["n"] if last else 0) < head.tip.n:
            notes.append(f"the file ended before record {head.tip.n}, the last that was written")
        return head.tip, size, notes

    def _torn(self, log: int, start: int, size: int) -> str:
        """Move the piece of a line at the end into a file of its own."""
        piece = os.pread(log, size - start, start)
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC
        aside = os.open(self.torn_path, flags, _PRIVATE_MODE)
        try:
            _write_all(aside, piece + b"\n")
            os.fsync(aside)
        finally:
            os.close(aside)
        os.ftruncate(log, start)
        return f"a torn line of {len(piece)} bytes was set aside in {self.torn_path.name}"

    def _write(self, log: int, size: int, line: bytes) -> int:
        try:
            _write_all(log, line)
            os.fsync(log)
        except OSError:
            with suppress(OSError):  # what cannot be cut off is found by the next write
                os.ftruncate(log, size)
            raise
        return size + len(line)


def _write_all(descriptor: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]


def _whole(log: int, size: int) -> int:
    """Where the last whole line ends."""
    torn = size and os.pread(log, 1, size - 1) != b"\n"
    return _last_line_start(log, size) if torn else size


def _is_ours(log: int, size: int) -> bool:
    """Whether a file without one whole line may hold the beginning of a record."""
    begins = b'{"'[:size]
    return os.pread(log, len(begins), 0) == begins


def _last_line_start(log: int, size: int) -> int:
    """Where the last line begins, whole or torn."""
    at = max(size - 1, 0)  # the newline that ends the last line begins none
    while at > 0:
        begin = max(at - _CHUNK, 0)
        found = os.pread(log, at - begin, begin).rfind(b"\n")
        if found >= 0:
            return begin + found + 1
        at = begin
    return 0


def _lines(log: int, size: int) -> Iterator[bytes]:
    """Each line without its newline; a torn last one ends in TORN."""
    held, at = b"", 0
    while at < size:
        chunk = os.pread(log, min(_CHUNK, size - at), at)
        if not chunk:
            break
        at += len(chunk)
        *whole, held = (held + chunk).split(b"\n")
        yield from whole
    if held:
        yield held + TORN


@contextmanager
def _created(path: Path) -> Iterator[int]:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC
    descriptor = os.open(path, flags, _PRIVATE_MODE)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def _told(path: Path, done: str = "written") -> Iterator[None]:
    """What the system says about the file, as one line."""
    try:
        yield
    except OSError as error:
        raise StorageError(f"{path}: cannot be {done}: {error.strerror or error}") from error
