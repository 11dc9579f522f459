"""What a point holds, and what a store can do. Opens no connection and reads no settings."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from pincite.generations import IndexSpec
from pincite.types import Entry, Filters, Leg, Passage, Span

_NAMESPACE = uuid.UUID("6f1cb0de-2f0a-5d0f-9b0c-7a4e5f1e9d11")

DENSE, SPARSE = "dense", "bm25"
KEYWORD_FIELDS = (
    "document_id",
    "version",
    "kind",
    "channel",
    "jurisdictions",
    "collection",
    "citations",
    "part",
    "status",
    "work",
    "standing",
)
INTEGER_FIELDS = ("issued", "effective", "expires")

# Words, not a boolean: with a boolean index both engines look every point's payload up, and
# a dense query that hides the retired takes 37 ms instead of 1 at 10,000 points.
LIVE, RETIRED = "live", "retired"

NO_DOCUMENT = ""
"""The id that no document has."""

Payload = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SparseVector:
    """Token ids and weights of one text for the BM25 leg."""

    indices: tuple[int, ...]
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A passage as it is stored: id, both vectors, and the payload."""

    id: str
    dense: Sequence[float]
    sparse: SparseVector
    payload: Payload


@dataclass(frozen=True, slots=True)
class Query:
    """One search of one leg: `dense` or `sparse` is set, or neither. `limit` counts points.

    `citations` keeps the points that carry one of them. With no vector all that pass score 1
    and stand in id order: give `dense` too when more may pass than `limit`.
    """

    limit: int
    dense: Sequence[float] | None = None
    sparse: SparseVector | None = None
    citations: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)
    include_retired: bool = False

    @property
    def wordless(self) -> bool:
        """Whether this is a BM25 query without a word: its text held none but stop words."""
        return self.dense is None and self.sparse is not None and not self.sparse.indices


@dataclass(frozen=True, slots=True)
class Condition:
    """A point passes when `field` holds one of `any_of`, or lies within `low` and `high`."""

    field: str
    any_of: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Scored:
    """A point found by one leg."""

    id: str
    score: float
    payload: Payload


class Reader(Protocol):
    """An open, complete generation. Safe to call from several threads."""

    generation: str

    def search(self, queries: Sequence[Query]) -> list[list[Scored]]:
        """The best points for each query, best first, filters applied in the engine."""

    def count(self) -> int:
        """How many points the generation holds."""

    def scroll(self, document_id: str | None = None) -> Iterable[Scored]:
        """Every point (of one document), in id order, with score 0."""

    def close(self) -> None:
        """Release files or connections; a closed reader answers no more."""


class Draft(Protocol):
    """A generation being written; readers do not see it before `publish`."""

    generation: str

    def upsert(self, points: Sequence[Point]) -> None:
        """Add or replace points."""

    def set_payload(self, payloads: Sequence[tuple[str, Payload]]) -> None:
        """Replace the whole payload of existing points, keeping their vectors."""

    def delete(self, ids: Sequence[str]) -> None:
        """Remove points; unknown ids are ignored."""

    def delete_document(self, document_id: str) -> None:
        """Remove all points of a document."""

    def ids(self, document_id: str) -> set[str]:
        """The ids of the points of a document."""

    def seal(self) -> int:
        """Flush, optimize, close and check; the number of points. Nothing can be written after."""

    def publish(self) -> None:
        """Make this the current generation, atomically."""

    def discard(self) -> None:
        """Throw the draft away."""


class Store(Protocol):
    """Where generations live."""

    name: str

    def current(self) -> str | None:
        """The published generation, or None when nothing was published."""

    def generations(self) -> list[str]:
        """All complete generations, oldest first."""

    def draft(self, generation: str, spec: IndexSpec, base: str | None = None) -> Draft:
        """A new generation, empty or a copy of `base`. Raises IndexLocked when one is open.

        IndexMismatch when `base` was built with another spec.
        """

    def open(self, generation: str) -> Reader:
        """Open a complete generation. Raises IndexMissing or IndexForeign.

        Any number of readers, in any number of processes, may have one open.
        """

    def point_at(self, generation: str) -> None:
        """Make an older complete generation the current one again (rollback)."""

    def prune(self, keep: int) -> list[str]:
        """Delete all but the newest `keep` generations (never the current one); what went."""

    def sweep(self) -> list[str]:
        """Delete unfinished drafts that a killed ingest left behind; what went."""


def point_id(document_id: str, version: str, span: Span) -> str:
    """The same passage of the same text version of the same entry has always the same id."""
    return str(uuid.uuid5(_NAMESPACE, f"{document_id}\x1f{version}\x1f{span.start}\x1f{span.end}"))


def ancestors(path: str) -> list[str]:
    """`us/ny/new-york-city` and all that it lies in: us, us/ny, us/ny/new-york-city."""
    parts = path.split("/")
    return ["/".join(parts[: depth + 1]) for depth in range(len(parts))]


def ordinal(day: date | None) -> int | None:
    """A date as the integer yyyymmdd, which engines can range over."""
    return None if day is None else day.year * 10000 + day.month * 100 + day.day


def conditions_of(query: Query) -> list[Condition]:
    """What a point must fulfil to be found by `query`; all of them hold together."""
    filters = query.filters
    words: dict[str, tuple[str, ...]] = {
        "kind": tuple(kind.value for kind in filters.kinds),
        "jurisdictions": (filters.jurisdiction,) if filters.jurisdiction else (),
        "document_id": filters.documents,
        "collection": filters.collections,
        "citations": query.citations,
        "standing": () if query.include_retired else (LIVE,),
    }
    conditions = [Condition(name, any_of) for name, any_of in words.items() if any_of]
    if filters.among is not None:  # of no document, nothing is found
        conditions.append(Condition("document_id", tuple(sorted(filters.among)) or (NO_DOCUMENT,)))
    if filters.issued_from or filters.issued_to:
        low, high = ordinal(filters.issued_from), ordinal(filters.issued_to)
        conditions.append(Condition("issued", low=low, high=high))
    return conditions


def payload_of(passage: Passage, entry: Entry, channel: str, citations: Sequence[str]) -> Payload:
    """What is stored beside the vectors: the slice, where it stands, and what filters need."""
    locator = passage.locator
    fields: Payload = {
        "document_id": passage.document_id,
        "version": passage.version,
        "start": passage.span.start,
        "end": passage.span.end,
        "text": passage.text,
        "path": list(locator.path),
        "headings": list(locator.headings),
        "part": locator.part,
        "author": locator.author,
        "page": locator.page,
        "page_label": locator.page_label,
        "standing": RETIRED if passage.retired else LIVE,
        "kind": entry.kind.value,
        "channel": channel,
        "status": entry.status,
        "work": entry.work,
        "collection": entry.collection,
        "jurisdictions": ancestors(entry.jurisdiction) if entry.jurisdiction else [],
        "citations": list(citations),
        "issued": ordinal(entry.issued),
        "effective": ordinal(entry.effective),
        "expires": ordinal(entry.expires),
    }
    return {name: value for name, value in fields.items() if value is not None}


def passage_of(payload: Payload) -> Passage:
    """The passage that a payload holds."""
    from pincite.types import Locator

    return Passage(
        document_id=payload["document_id"],
        version=payload["version"],
        span=Span(payload["start"], payload["end"]),
        text=payload["text"],
        locator=Locator(
            path=tuple(payload.get("path", ())),
            headings=tuple(payload.get("headings", ())),
            part=payload.get("part"),
            author=payload.get("author"),
            page=payload.get("page"),
            page_label=payload.get("page_label"),
        ),
        retired=payload["standing"] == RETIRED,
    )


LEGS: tuple[Leg, ...] = ("dense", "bm25", "citation")
