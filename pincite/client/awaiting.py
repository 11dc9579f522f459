"""The client for code that runs in an event loop; what `blocking.py` has, awaited."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
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


class AsyncPincite:
    """A Pincite service. Methods raise the errors of `pincite.errors` that it raised.

        async with AsyncPincite() as pincite:
            answer = await pincite.ask("May the jail hold a person on a detainer?", place="us/ny")
            for citation in answer.citations:
                print(citation.citation, citation.quote)

    Nothing is sent twice but what could not be sent at all.
    """

    def __init__(
        self,
        base_url: str = HERE,
        *,
        seconds: float = SECONDS,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._http = httpx.AsyncClient(
            base_url=base_url,
            timeout=timeout_of(seconds),
            transport=transport or httpx.AsyncHTTPTransport(retries=RETRIES),
        )

    async def ask(self, question: str, **bounds: Unpack[Asking]) -> Answer:
        """The answer to a question, or why there is none."""
        return await self._sent(calls.ask(question, bounds))

    async def ask_events(
        self, question: str, **bounds: Unpack[Asking]
    ) -> AsyncGenerator[Event, None]:
        """What happens on the way to the answer, which comes last. Closing it ends the work."""
        reader = EventReader()
        request = built(self._http, calls.ask(question, bounds), STREAM)
        with unreachable(self._http):
            response = await self._http.send(request, stream=True)
            try:
                if response.status_code != httpx.codes.OK:
                    raise error_of(response.status_code, await response.aread(), response.headers)
                async for chunk in response.aiter_bytes():
                    for event in reader.fed(chunk):
                        yield event
            finally:
                await response.aclose()
        reader.end()

    async def search(self, words: str, top: int = 10, **bounds: Unpack[Bounds]) -> SearchResults:
        """Passages for the words, best first."""
        return await self._sent(calls.search(words, top, bounds))

    async def documents(self, **hiding: Unpack[Hiding]) -> Listing:
        """The documents that there are, and the files that could not be read."""
        return await self._sent(calls.documents(hiding))

    async def document(self, id: str) -> Document:
        """One document: its entry, its sections, how it was read."""
        return await self._sent(calls.document(id))

    async def text(self, id: str, start: int = 0, end: int | None = None) -> Text:
        """A stretch of a document's text, by character offsets."""
        return await self._sent(calls.text(id, start, end))

    async def compare(
        self,
        questions: Sequence[str],
        jurisdictions: Sequence[str],
        as_of: str | date | None = None,
    ) -> Comparison:
        """What several places' own law says on the same questions."""
        return await self._sent(calls.compare(questions, jurisdictions, as_of))

    async def citation(
        self, written: str, passages: int = 5, as_of: str | date | None = None
    ) -> Lookup:
        """What a citation is, in any written form; where it is held; who cites it."""
        return await self._sent(calls.citation(written, passages, as_of))

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        await self.close()

    async def _sent(self, call: Call[V]) -> V:
        with unreachable(self._http):
            response = await self._http.send(built(self._http, call))
        if response.status_code != httpx.codes.OK:
            raise error_of(response.status_code, response.content, response.headers)
        return read_as(call.view, response.content)
