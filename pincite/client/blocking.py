"""The client for code that waits."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from datetime import date
from types import TracebackType
from typing import Self, TypeVar, Unpack

import httpx

from pincite.client import calls
from pincite.client.answers import Answer, Event, SearchResults, View
from pincite.client.calls import Asking, Bounds, Call, Hiding
from pincite.client.documents import Comparison, Document, Listing, Lookup, Text
from pincite.client.events import EventReader
from pincite.client.failures import error_of, read_as
from pincite.client.sending import HERE, RETRIES, SECONDS, STREAM, built, timeout_of, unreachable

V = TypeVar("V", bound=View)


class Pincite:
    """A Pincite service. Methods raise the errors of `pincite.errors` that it raised.

        with Pincite() as pincite:
            answer = pincite.ask("May the jail hold a person on a detainer?", place="us/ny")
            for citation in answer.citations:
                print(citation.citation, citation.quote)

    Nothing is sent twice but what could not be sent at all.
    """

    def __init__(
        self,
        base_url: str = HERE,
        *,
        seconds: float = SECONDS,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._http = httpx.Client(
            base_url=base_url,
            timeout=timeout_of(seconds),
            transport=transport or httpx.HTTPTransport(retries=RETRIES),
        )

    def ask(self, question: str, **bounds: Unpack[Asking]) -> Answer:
        """The answer to a question, or why there is none."""
        return self._sent(calls.ask(question, bounds))

    def ask_events(self, question: str, **bounds: Unpack[Asking]) -> Generator[Event, None, None]:
        """What happens on the way to the answer, which comes last. Closing it ends the work."""
        reader = EventReader()
        request = built(self._http, calls.ask(question, bounds), STREAM)
        with unreachable(self._http):
            response = self._http.send(request, stream=True)
            try:
                if response.status_code != httpx.codes.OK:
                    raise error_of(response.status_code, response.read(), response.headers)
                for chunk in response.iter_bytes():
                    yield from reader.fed(chunk)
            finally:
                response.close()
        reader.end()

    def search(self, words: str, top: int = 10, **bounds: Unpack[Bounds]) -> SearchResults:
        """Passages for the words, best first."""
        return self._sent(calls.search(words, top, bounds))

    def documents(self, **hiding: Unpack[Hiding]) -> Listing:
        """The documents that there are, and the files that could not be read."""
        return self._sent(calls.documents(hiding))

    def document(self, id: str) -> Document:
        """One document: its entry, its sections, how it was read."""
        return self._sent(calls.document(id))

    def text(self, id: str, start: int = 0, end: int | None = None) -> Text:
        """A stretch of a document's text, by character offsets."""
        return self._sent(calls.text(id, start, end))

    def compare(
        self,
        questions: Sequence[str],
        jurisdictions: Sequence[str],
        as_of: str | date | None = None,
    ) -> Comparison:
        """What several places' own law says on the same questions."""
        return self._sent(calls.compare(questions, jurisdictions, as_of))

    def citation(self, written: str, passages: int = 5, as_of: str | date | None = None) -> Lookup:
        """What a citation is, in any written form; where it is held; who cites it."""
        return self._sent(calls.citation(written, passages, as_of))

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def _sent(self, call: Call[V]) -> V:
        with unreachable(self._http):
            response = self._http.send(built(self._http, call))
        if response.status_code != httpx.codes.OK:
            raise error_of(response.status_code, response.content, response.headers)
        return read_as(call.view, response.content)
