"""Reading hostile files in a child process that can be killed (`pincite/sandboxing/`).

Whatever the child does, the parent gets a Reading or a FileRefused.
"""

from __future__ import annotations

import json
import threading
from dataclasses import asdict, dataclass
from types import TracebackType

from pydantic import TypeAdapter, ValidationError

from ingest.readers.format import Limits, too_large
from pincite.errors import FileRefused, ReaderUnusable, RefusalReason
from pincite.sandboxing.confined import Closed, Confined, Ended, NotStarted
from pincite.types import Reading

# After these a child is dead, stuck, or not to be trusted with another file.
_LAST_WORDS: frozenset[RefusalReason] = frozenset({"crashed", "too_slow", "too_much_memory"})


@dataclass(frozen=True, slots=True)
class _Refused:
    reason: RefusalReason
    detail: str


@dataclass(frozen=True, slots=True)
class _Answer:
    reading: Reading | None = None
    refused: _Refused | None = None


_ANSWER = TypeAdapter(_Answer)


class Sandbox:
    """A child process that reads files, one at a time, restarted whenever it dies.

    Safe to call from several threads; calls wait for one another. `child` is the module that
    it runs.
    """

    def __init__(self, limits: Limits, child: str = "ingest.readers.sandboxing.child") -> None:
        self.limits = limits
        self._confined = Confined(child, limits.memory_mb)
        self._lock = threading.Lock()
        # Whether the child has been given a file, and whether the last was its first.
        self._used, self._fresh = False, True

    def read(self, data: bytes, suffix: str) -> Reading:
        """The canonical reading of a file's bytes. Raises FileRefused with a typed reason.

        Raises ReaderUnusable when no child can be started, or `close` was called meanwhile.
        """
        if len(data) > self.limits.max_bytes:
            raise too_large(len(data), self.limits.max_bytes)
        if not data:
            raise FileRefused("empty", "the file has no bytes")
        with self._lock:
            try:
                return self._read(data, suffix)
            except FileRefused as refused:
                if refused.reason != "too_much_memory" or self._fresh:
                    raise
                # What earlier files left behind in the child counted too: once more, in a new one.
                return self._read(data, suffix)

    def close(self) -> None:
        """End the child, and with it a reading that goes on in another thread."""
        self._confined.kill()
        with self._lock:
            self._confined.drop()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _read(self, data: bytes, suffix: str) -> Reading:
        """What the child makes of a file; a child that cannot be trusted any more is ended."""
        self._fresh, self._used = not self._used, True
        try:
            return _reading_of(self._ask(data, suffix), self.limits)
        except FileRefused as refused:
            if refused.reason in _LAST_WORDS:
                self._confined.drop()
                self._used = False
            raise

    def _ask(self, data: bytes, suffix: str) -> bytes:
        """The child's answer; every scanned page that was read starts the clock again."""
        limits = self.limits
        head = json.dumps({"suffix": suffix, "limits": asdict(limits)}).encode()
        try:
            return self._confined.ask(head, data, limits.seconds, limits.max_pages)
        except TimeoutError:
            what = f"reading took over {limits.seconds:g} s (PINCITE_READER_SECONDS)"
            raise FileRefused("too_slow", what) from None
        except Closed:
            raise ReaderUnusable("the reader is closed; open another one") from None
        except NotStarted as error:
            raise ReaderUnusable(
                f"the process that reads files did not start: {error}; check the installation,"
                f" or raise PINCITE_READER_MEMORY_MB ({limits.memory_mb})"
            ) from None
        except Ended as ended:
            raise _refusal(ended) from None


def _refusal(ended: Ended) -> FileRefused:
    if ended.by_system:
        return FileRefused("too_much_memory", "the reader process was killed by the system")
    if ended.status is None:
        return FileRefused("crashed", "the reader process did not keep to its protocol")
    what = "the file is damaged or hostile, or needs more memory (PINCITE_READER_MEMORY_MB)"
    return FileRefused("crashed", f"the reader process ended with {ended.how}; {what}")


def _reading_of(answer: bytes, limits: Limits) -> Reading:
    """What the child said, believed only if it has the shape of an answer."""
    try:
        said = _ANSWER.validate_json(answer)
    except ValidationError:
        raise FileRefused("crashed", "the reader's answer has not the shape of one") from None
    if said.refused is not None:
        raise FileRefused(said.refused.reason, said.refused.detail)
    if said.reading is None or not _holds(said.reading, limits):
        raise FileRefused("crashed", "the reader's answer contradicts itself")
    return said.reading


def _holds(reading: Reading, limits: Limits) -> bool:
    """Whether the text is within limits, and every span within the text."""
    length = len(reading.text)
    lists = (reading.pages, reading.marks, reading.repairs)
    spans = [item.span for items in lists for item in items]
    return length <= limits.max_chars and all(0 <= s.start <= s.end <= length for s in spans)
