"""Requests as values: what is sent for each question, and what its response is read as."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypedDict, TypeVar
from urllib.parse import quote

from pincite.client.answers import Answer, SearchResults, View
from pincite.client.documents import Comparison, Document, Listing, Lookup, Text

Json = dict[str, Any]
V = TypeVar("V", bound=View)

# Each cell of a comparison may take as long as a question does.
SECONDS_TO_COMPARE = 600.0


class Turn(TypedDict, total=False):
    """An earlier question of a conversation, and the documents that its answer quoted."""

    question: str
    place: str | None
    as_of: str | None
    documents: Sequence[str]


class Hiding(TypedDict, total=False):
    """Filters that hide documents."""

    kinds: Sequence[str]
    collections: Sequence[str]
    only_jurisdiction: str | None
    issued_from: str | date | None
    issued_to: str | date | None


class Bounds(Hiding, total=False):
    """What bounds a search: `place` ranks and labels, `as_of` is the day of the law."""

    place: str | None
    as_of: str | date | None
    documents: Sequence[str]


class Asking(Bounds, total=False):
    """What bounds a question; `history` holds the conversation's earlier turns.

    Without `llm` the answer is verbatim quotes alone, where a model would word it.
    """

    llm: bool
    history: Sequence[Turn]


@dataclass(frozen=True, slots=True)
class Call(Generic[V]):
    """A request, and the view that its response is."""

    method: str
    path: str
    view: type[V]
    query: tuple[tuple[str, str], ...] = ()
    body: Json | None = None
    seconds: float | None = None


def ask(question: str, bounds: Asking) -> Call[Answer]:
    """A question to be answered."""
    return Call("POST", "/v1/ask", Answer, body={"question": question, **_given(bounds)})


def search(words: str, top: int, bounds: Bounds) -> Call[SearchResults]:
    """Words to be looked for."""
    query = _query({"q": words, "top": top, **bounds})
    return Call("GET", "/v1/search", SearchResults, query)


def documents(hiding: Hiding) -> Call[Listing]:
    """The documents that there are."""
    return Call("GET", "/v1/documents", Listing, _query({**hiding}))


def document(id: str) -> Call[Document]:
    """One document."""
    return Call("GET", f"/v1/documents/{_safe(id)}", Document)


def text(id: str, start: int, end: int | None) -> Call[Text]:
    """A stretch of a document's text."""
    query = _query({"start": start, "end": end})
    return Call("GET", f"/v1/documents/{_safe(id)}/text", Text, query)


def compare(
    questions: Sequence[str], jurisdictions: Sequence[str], as_of: str | date | None
) -> Call[Comparison]:
    """What several places say."""
    body = _given({"questions": questions, "jurisdictions": jurisdictions, "as_of": as_of})
    return Call("POST", "/v1/compare", Comparison, body=body, seconds=SECONDS_TO_COMPARE)


def citation(written: str, passages: int, as_of: str | date | None) -> Call[Lookup]:
    """What a citation is, and who cites it."""
    query = _query({"passages": passages, "as_of": as_of})
    return Call("GET", f"/v1/citations/{_safe(written)}", Lookup, query)


_ONE_EACH = {"kinds": "kind", "documents": "document", "collections": "collection"}


def _given(names: Any) -> Json:
    """What was given, as JSON has it."""
    return {name: _plain(value) for name, value in names.items() if value is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _query(names: Json) -> tuple[tuple[str, str], ...]:
    """What was given, as an address has it: lists repeat their parameter."""
    return tuple(
        (_ONE_EACH.get(name, name), str(one))
        for name, value in _given(names).items()
        for one in (value if isinstance(value, list) else [value])
    )


def _safe(part: str) -> str:
    """A name as one part of an address, whatever is in it."""
    return quote(part, safe="")
