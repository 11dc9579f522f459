"""The events of a streamed answer, from the bytes that come.

Lines end with a line feed alone: a quote may hold characters that Python takes for line ends.
"""

from __future__ import annotations

from collections.abc import Iterator

from pincite.client.answers import EVENTS, Answer, Event
from pincite.client.failures import error_told, read_as
from pincite.errors import ServiceUnusable


class EventReader:
    """Reads one stream; what it does not know by name it leaves aside."""

    def __init__(self) -> None:
        self._rest = b""
        self._name, self._data = "", b""
        self._answered = False

    def fed(self, chunk: bytes) -> Iterator[Event]:
        """The events that are whole with this chunk. Raises the error that the stream tells."""
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        for line in lines:
            field, _, value = line.rstrip(b"\r").partition(b":")
            value = value.removeprefix(b" ")
            if field == b"event":
                self._name = value.decode("utf-8", "replace")
            elif field == b"data":
                self._data += value
            elif not line.strip():
                yield from self._told()

    def end(self) -> None:
        """Nothing, after an answer. Raises ServiceUnusable for a stream that broke off."""
        if not self._answered:
            raise ServiceUnusable("the service broke off before the answer; ask again")

    def _told(self) -> Iterator[Event]:
        name, data = self._name, self._data
        self._name, self._data = "", b""
        if name == "error":
            raise error_told(data)
        if name in EVENTS:
            event = read_as(EVENTS[name], data)
            self._answered = self._answered or isinstance(event, Answer)
            yield event
