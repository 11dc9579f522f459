"""Reading files ahead: a background thread keeps the child process busy while others embed.

What a file came to is remembered in the library under its work key, so that an unchanged
file is never read twice and a killed ingest does not begin again. A refusal is remembered
too, until the file, its reader or a limit changes; `--rebuild` reads everything again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from types import TracebackType

from ingest.readers.format import Limits
from ingest.readers.ocr.pages import engine_named
from ingest.readers.sandboxing.sandbox import Sandbox
from ingest.readers.table import format_of
from ingest.sources import Source
from pincite.errors import FileRefused
from pincite.generations import Refusal
from pincite.library import Library, version_of
from pincite.settings import Settings
from pincite.types import Reading


@dataclass(frozen=True, slots=True)
class Seen:
    """A file that was looked at: its hash, its size, and the name of the work on it.

    `work` names these bytes, this reader and revision, these limits.
    """

    source: Source
    sha256: str
    size: int
    work: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: a text version, or a refusal; neither before it is read."""

    seen: Seen
    version: str | None = None
    refusal: Refusal | None = None


def limits_of(settings: Settings) -> Limits:
    """The limits that the settings put on one file."""
    return Limits(
        seconds=settings.reader_seconds,
        memory_mb=settings.reader_memory_mb,
        max_bytes=settings.reader_max_mb * 2**20,
        max_pages=settings.reader_max_pages,
        max_chars=settings.reader_max_chars,
        ocr=engine_named(settings.ocr),
        ocr_cache=str((settings.data_dir / "ocr").resolve()),
    )


class FileReader:
    """Reads files in a sandbox, one after another, ahead of whoever asks for them.

    `again` reads what was read before; without `keep` nothing is written to the library.
    """

    def __init__(
        self, library: Library, limits: Limits, *, again: bool = False, keep: bool = True
    ) -> None:
        self._library, self._limits, self._again, self._keep = library, limits, again, keep
        self._sandbox = Sandbox(limits)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="reader")
        self._ahead: dict[str, Future[Outcome]] = {}

    def __enter__(self) -> FileReader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._thread.shutdown(wait=False, cancel_futures=True)
        self._sandbox.close()
        self._thread.shutdown(wait=True)

    def look(self, source: Source) -> Seen | Refusal:
        """A file's hash and the name of the work on it, or why its bytes cannot be had."""
        try:
            return self._seen(source, source.bytes(self._limits.max_bytes))
        except FileRefused as refused:
            return _refusal(source, refused)

    def ahead(self, files: Sequence[Seen]) -> None:
        """Begin reading these, in this order."""
        for seen in files:
            self._ahead[seen.source.entry.id] = self._thread.submit(self.read, seen)

    def outcome(self, seen: Seen) -> Outcome:
        """What became of a file; waits for a reading that was begun."""
        future = self._ahead.pop(seen.source.entry.id, None)
        return self.read(seen) if future is None else future.result()

    def read(self, seen: Seen) -> Outcome:
        """Read one file, or remember what reading it came to. Never raises FileRefused."""
        known = None if self._again else self._remembered(seen.work)
        if known is None:
            try:
                data = seen.source.bytes(self._limits.max_bytes)
            except FileRefused as refused:
                return Outcome(seen, refusal=_refusal(seen.source, refused))
            seen = self._seen(seen.source, data)  # it may have changed since it was looked at
            known = self._read_now(seen, data)
        if isinstance(known, Refusal):
            again = FileRefused(known.reason, known.detail)
            return Outcome(seen, refusal=_refusal(seen.source, again, seen.work))
        return Outcome(seen, version=known)

    def _seen(self, source: Source, data: bytes) -> Seen:
        format = format_of(source.suffix)
        limits = {n: value for n, value in asdict(self._limits).items() if n != "ocr_cache"}
        sha256 = hashlib.sha256(data).hexdigest()
        named = json.dumps([sha256, format.name, format.revision, limits], sort_keys=True)
        return Seen(source, sha256, len(data), hashlib.sha256(named.encode()).hexdigest())

    def _remembered(self, work: str) -> str | Refusal | None:
        """What reading came to before, if the library still holds the text."""
        known = self._library.work(work)
        lost = isinstance(known, str) and not self._library.has_reading(known)
        return None if lost else known

    def _read_now(self, seen: Seen, data: bytes) -> str | Refusal:
        known: str | Refusal
        try:
            known = self._kept(self._reading(seen, data), data)
        except FileRefused as refused:
            known = _refusal(seen.source, refused, seen.work)
        if self._keep:
            self._library.put_work(seen.work, known)
        return known

    def _reading(self, seen: Seen, data: bytes) -> Reading:
        reading = self._sandbox.read(data, seen.source.suffix)
        if not reading.text.strip():
            raise FileRefused("no_text", "the reader found no words in it")
        return reading

    def _kept(self, reading: Reading, data: bytes) -> str:
        if not self._keep:
            return version_of(reading)
        self._library.put_original(data)
        return self._library.put_reading(reading)


def _refusal(source: Source, refused: FileRefused, work: str | None = None) -> Refusal:
    entry = source.entry
    return Refusal(entry.source, refused.reason, refused.detail, entry.id, source.root, work)
