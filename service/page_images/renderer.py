"""The parent's side: a few confined children that draw pages, ended when nobody asks for long."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock, Semaphore, Timer
from typing import Literal

from pydantic import BaseModel, TypeAdapter, ValidationError

from pincite.errors import FileRefused, NotFound, ReaderUnusable, RefusalReason
from pincite.sandboxing.confined import Closed, Confined, Ended, NotStarted
from service.page_images.sheets import Sheet, Size

_DRAWN, _READ, _REFUSED = b"P", b"S", b"R"
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Limits:
    """What pages may cost: children at once, seconds a picture and a sheet, memory, bytes a file.

    A child that nobody asked for `idle` seconds is ended; who waits `patience` seconds for one is
    sent away.
    """

    children: int = 2
    picture_seconds: float = 15.0
    sheet_seconds: float = 5.0
    memory_mb: int = 1024
    max_bytes: int = 100 * 2**20
    idle: float = 120.0
    patience: float = 20.0


class _Refused(BaseModel):
    reason: RefusalReason | Literal["not_found"]
    detail: str


_SHEET = TypeAdapter(Sheet)


class Renderer:
    """Draws pages of PDFs in children that can be killed. Safe to call from several threads."""

    def __init__(
        self, limits: Limits | None = None, child: str = "service.page_images.child"
    ) -> None:
        self.limits = limits or Limits()
        self._module = child
        self._free: list[Confined] = []
        self._every: set[Confined] = set()
        self._places = Semaphore(self.limits.children)
        self._lock = Lock()
        self._timer: Timer | None = None
        self._closed = False

    def picture(self, data: bytes, number: int, size: Size) -> bytes:
        """A page, counted from 1, as a PNG. Raises FileRefused, NotFound and ReaderUnusable."""
        answer = self._asked(data, number, size, self.limits.picture_seconds)
        if answer[:1] != _DRAWN or not answer[1:].startswith(_PNG):
            raise FileRefused("crashed", "what draws pages did not answer with a picture")
        return answer[1:]

    def sheet(self, data: bytes, number: int) -> Sheet:
        """A page's size and characters. Raises FileRefused, NotFound and ReaderUnusable."""
        answer = self._asked(data, number, None, self.limits.sheet_seconds)
        sheet = sheet_of(answer[1:]) if answer[:1] == _READ else None
        if sheet is None:
            raise FileRefused("crashed", "what reads pages did not answer with one")
        return sheet

    def close(self) -> None:
        """End the children, and with them what they draw for other threads."""
        with self._lock:
            self._closed = True
            every, free, self._free = list(self._every), self._free, []
            if self._timer:
                self._timer.cancel()
        for child in every:
            child.kill()
        for child in free:  # who uses one of the others drops it
            child.drop()

    def _asked(self, data: bytes, number: int, size: Size | None, seconds: float) -> bytes:
        if len(data) > self.limits.max_bytes:
            raise FileRefused("too_large", f"{len(data) / 2**20:.0f} MB are too many to draw from")
        head = json.dumps({"page": number, "size": size}).encode()
        with self._child() as child:
            try:
                answer = child.ask(head, data, seconds)
            except TimeoutError:
                child.drop()
                raise FileRefused("too_slow", f"page {number} took over {seconds:g} s") from None
            except Ended as ended:
                child.drop()
                reason: RefusalReason = "too_much_memory" if ended.by_system else "crashed"
                raise FileRefused(reason, f"page {number} ended its process: {ended.how}") from None
            except NotStarted as error:
                raise ReaderUnusable(f"what draws pages did not start: {error}") from None
            except Closed:
                raise ReaderUnusable("the service is ending and draws no more pages") from None
        if answer[:1] == _REFUSED:
            raise _error(answer[1:])
        return answer

    @contextmanager
    def _child(self) -> Iterator[Confined]:
        """A child for one request, when one is free."""
        if not self._places.acquire(timeout=self.limits.patience):
            raise ReaderUnusable("more pages are asked for than can be drawn; come back in a while")
        try:
            child = self._taken()
            try:
                yield child
            finally:
                self._given_back(child)
        finally:
            self._places.release()

    def _taken(self) -> Confined:
        with self._lock:
            if self._closed:
                raise ReaderUnusable("the service is ending and draws no more pages")
            child = (
                self._free.pop() if self._free else Confined(self._module, self.limits.memory_mb)
            )
            self._every.add(child)
            return child

    def _given_back(self, child: Confined) -> None:
        with self._lock:
            if self._closed:
                self._every.discard(child)
            else:
                self._free.append(child)
                self._wait()
                return
        child.drop()

    def _wait(self) -> None:
        """End what is free once nobody has asked for a while."""
        if self._timer:
            self._timer.cancel()
        self._timer = Timer(self.limits.idle, self._rest)
        self._timer.daemon = True
        self._timer.start()

    def _rest(self) -> None:
        with self._lock:
            resting, self._free = self._free, []
            self._every.difference_update(resting)
        for child in resting:
            child.drop()


def sheet_of(said: bytes) -> Sheet | None:
    """A sheet as JSON, believed only if it has the shape of one."""
    try:
        sheet = _SHEET.validate_json(said)
    except ValidationError:
        return None
    return sheet if len(sheet.text) == len(sheet.boxes) == len(sheet.words) else None


def _error(said: bytes) -> FileRefused | NotFound:
    try:
        refused = _Refused.model_validate_json(said)
    except ValidationError:
        return FileRefused("crashed", "what draws pages did not answer with a word")
    if refused.reason == "not_found":
        return NotFound(refused.detail)
    return FileRefused(refused.reason, refused.detail)
