"""Reading files ahead: a background thread keeps the child process busy while others embed.

What a file came to is remembered in the library under its work key, so that an unchanged
file is never read twice and a killed ingest does not begin again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from types import TracebackType

from ingest.readers.format import Limits
from ingest.readers.ocr import engine_named
from ingest.readers.sandbox import Sandbox
from ingest.readers.table import format_of
from ingest.sources import Source
from pincite.errors import FileRefused
from pincite.generations import Refusal
from pincite.library import Library
from pincite.settings import Settings


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source: a text version in the library, or a refusal."""

    source: Source
    work: str | None
    source_sha256: str | None = None
    source_bytes: int = 0
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
    """Reads sources in a sandbox, one after another, ahead of whoever asks for them."""

    def __init__(self, library: Library, limits: Limits, *, again: bool = False) -> None:
        self._library, self._limits, self._again = library, limits, again
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

    def ahead(self, sources: Sequence[Source]) -> None:
        """Begin reading these, in this order."""
        for source in sources:
            self._ahead[source.entry.id] = self._thread.submit(self.read, source)

    def outcome(self, source: Source) -> Outcome:
        """What became of a source; waits for a reading that was begun."""
        future = self._ahead.pop(source.entry.id, None)
        return self.read(source) if future is None else future.result()

    def key(self, source: Source) -> str | None:
        """The name of the work on a source; None when its bytes are refused unread."""
        try:
            return self._work_key(source.bytes(self._limits.max_bytes), source.suffix)
        except FileRefused:
            return None

    def read(self, source: Source) -> Outcome:
        """Read one source, or remember what reading it came to. Never raises FileRefused."""
        try:
            data = source.bytes(self._limits.max_bytes)
            key = self._work_key(data, source.suffix)
        except FileRefused as refused:
            return Outcome(source, None, refusal=_refusal(source, refused, None))
        sha256 = hashlib.sha256(data).hexdigest()
        known = None if self._again else self._library.work(key)
        if known is None:
            known = self._read_now(source, data, key)
            self._library.put_work(key, known)
        if isinstance(known, Refusal):
            again = _refusal(source, FileRefused(known.reason, known.detail), key)
            return Outcome(source, key, sha256, len(data), refusal=again)
        return Outcome(source, key, sha256, len(data), version=known)

    def _read_now(self, source: Source, data: bytes, key: str) -> str | Refusal:
        try:
            reading = self._sandbox.read(data, source.suffix)
            if not reading.text.strip():
                raise FileRefused("no_text", "the reader found no words in it")
        except FileRefused as refused:
            return _refusal(source, refused, key)
        self._library.put_original(data)
        return self._library.put_reading(reading)

    def _work_key(self, data: bytes, suffix: str) -> str:
        """Names the work: these bytes, this reader and revision, these limits."""
        format = format_of(suffix)
        limits = {
            name: value for name, value in asdict(self._limits).items() if name != "ocr_cache"
        }
        head = json.dumps([format.name, format.revision, limits], sort_keys=True)
        return hashlib.sha256(head.encode() + b"\n" + data).hexdigest()


def _refusal(source: Source, refused: FileRefused, work: str | None) -> Refusal:
    entry = source.entry
    return Refusal(entry.source, refused.reason, refused.detail, entry.id, source.root, work)
