"""A Qdrant server: one collection a generation, one alias for the published one.

A collection's metadata holds its seal; one without a seal is a draft. Two ingests on one
machine are kept apart by a lock file; two on different machines are not, but neither can
publish half a generation.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from qdrant_client import QdrantClient, models
from qdrant_client.common.client_exceptions import QdrantException
from qdrant_client.http.exceptions import ApiException, UnexpectedResponse

from pincite.errors import (
    IndexForeign,
    IndexMismatch,
    IndexMissing,
    IndexUnusable,
    PinciteError,
    StorageError,
)
from pincite.generations import IndexSpec
from pincite.index.generation import Seal, WriterLock, checked_name
from pincite.index.schema import (
    DENSE,
    INTEGER_FIELDS,
    KEYWORD_FIELDS,
    SPARSE,
    Payload,
    Point,
    Query,
    Scored,
)
from pincite.index.server_points import as_it_was, of_document, request, scored, stored

ALIAS = "pincite"
_PREFIX = "pincite_"
_SEAL = "pincite_seal"
_SECONDS = 60
_PAGE = 256
_GRAPH_FROM_KB = 100_000
_SCAN_UP_TO_KB = 20_000
_T = TypeVar("_T")


class ServerStore:
    """Generations on a Qdrant server."""

    name = "server"

    def __init__(self, client: QdrantClient, address: str, data_dir: Path) -> None:
        self._client, self._address = client, address
        self._lock = data_dir / "index" / "writer.lock"

    @classmethod
    def at(cls, url: str, api_key: str | None, data_dir: Path) -> ServerStore:
        """The store behind a URL; nothing is asked of the server yet."""
        port = urlsplit(url).port or 6333
        client = QdrantClient(
            url, port=port, api_key=api_key, timeout=_SECONDS, check_compatibility=False
        )
        return cls(client, printable(url), data_dir)

    def current(self) -> str | None:
        """The published generation, or None when nothing was published."""
        aliases = self.ask(self._client.get_aliases).aliases
        target = next((a.collection_name for a in aliases if a.alias_name == ALIAS), None)
        if target is not None and not target.startswith(_PREFIX):
            raise IndexForeign(
                f"{self._address}: the alias {ALIAS} points at {target}, which is not an index"
                " of ours; use another server"
            )
        return target and target.removeprefix(_PREFIX)

    def generations(self) -> list[str]:
        """All complete generations, oldest first."""
        seals = [seal for name in self._collections() if (seal := self._seal_of(name))]
        return [seal.generation for seal in sorted(seals, key=lambda seal: seal.sealed)]

    def draft(self, generation: str, spec: IndexSpec, base: str | None = None) -> ServerDraft:
        """A new generation, empty or a copy of `base`."""
        if base is not None and self._seal(base).spec != spec.digest:
            raise IndexMismatch(f"{base} was built with other settings; run it with --rebuild")
        lock = WriterLock(self._lock)
        lock.acquire()
        try:
            collection = _collection(generation)
            if self.ask(self._client.collection_exists, collection):
                raise IndexUnusable(f"{self._address}: there is a collection {collection} already")
            self._create(collection, spec.dimension)
            draft = ServerDraft(self, self._client, generation, spec, lock)
            if base is not None:
                draft.copy_from(base)
        except BaseException:
            lock.release()
            raise
        return draft

    def open(self, generation: str) -> ServerReader:
        """Open a complete generation."""
        seal = self._seal(generation)
        reader = ServerReader(self, self._client, generation)
        found = reader.count()
        if found != seal.points:
            raise IndexForeign(
                f"{self._address}: {_collection(generation)} holds {found} points of the"
                f" {seal.points} that were written; run `pincite ingest --rebuild`"
            )
        return reader

    def point_at(self, generation: str) -> None:
        """Make a complete generation the current one."""
        with WriterLock(self._lock):
            self.publish(generation)

    def publish(self, generation: str) -> None:
        """Move the alias in one request; the caller holds the lock."""
        self._seal(generation)
        operations: list[models.AliasOperations] = []
        if self.current() is not None:
            operations.append(
                models.DeleteAliasOperation(delete_alias=models.DeleteAlias(alias_name=ALIAS))
            )
        create = models.CreateAlias(collection_name=_collection(generation), alias_name=ALIAS)
        operations.append(models.CreateAliasOperation(create_alias=create))
        self.ask(self._client.update_collection_aliases, operations)

    def prune(self, keep: int) -> list[str]:
        """Delete all but the newest `keep` generations, and never the current one."""
        with WriterLock(self._lock):
            names, current = self.generations(), self.current()
            old = [name for name in names[: len(names) - max(keep, 0)] if name != current]
            for name in old:
                self.remove(name)
        return old

    def sweep(self) -> list[str]:
        """Delete the collections that killed processes left without a seal."""
        with WriterLock(self._lock):
            left = [name for name in self._collections() if self._seal_of(name) is None]
            for name in left:
                self.remove(name.removeprefix(_PREFIX))
        return [name.removeprefix(_PREFIX) for name in left]

    def seal(self, seal: Seal) -> None:
        """Mark a draft as complete."""
        self.ask(
            self._client.update_collection,
            _collection(seal.generation),
            metadata={_SEAL: seal.to_json()},
        )

    def remove(self, generation: str) -> None:
        """Delete the collection of a generation; the caller holds the lock."""
        self.ask(self._client.delete_collection, _collection(generation))

    def ask(self, call: Callable[..., _T], *arguments: Any, **named: Any) -> _T:
        """What the server answers. Raises IndexUnusable or StorageError in one line."""
        with _server_errors(self._address):
            return call(*arguments, **named)

    def _create(self, collection: str, dimension: int) -> None:
        self.ask(
            self._client.create_collection,
            collection,
            vectors_config={
                DENSE: models.VectorParams(size=dimension, distance=models.Distance.COSINE)
            },
            sparse_vectors_config={SPARSE: models.SparseVectorParams(modifier=models.Modifier.IDF)},
            hnsw_config=models.HnswConfigDiff(m=16, full_scan_threshold=_SCAN_UP_TO_KB),
            optimizers_config=models.OptimizersConfigDiff(indexing_threshold=_GRAPH_FROM_KB),
        )
        types = dict.fromkeys(KEYWORD_FIELDS, models.PayloadSchemaType.KEYWORD)
        types |= dict.fromkeys(INTEGER_FIELDS, models.PayloadSchemaType.INTEGER)
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Payload indexes have no effect in the local")
            for field, type_ in types.items():
                self.ask(self._client.create_payload_index, collection, field, type_, wait=True)

    def _collections(self) -> list[str]:
        found = self.ask(self._client.get_collections).collections
        return [c.name for c in found if c.name.startswith(_PREFIX)]

    def _seal_of(self, collection: str) -> Seal | None:
        config = self.ask(self._client.get_collection, collection).config
        text = (config.metadata or {}).get(_SEAL)
        return None if text is None else Seal.parse(text, f"{self._address}: {collection}")

    def _seal(self, generation: str) -> Seal:
        collection = _collection(checked_name(generation))
        if not self.ask(self._client.collection_exists, collection):
            raise IndexMissing(
                f"{self._address}: there is no generation {generation}; see `pincite index list`"
            )
        seal = self._seal_of(collection)
        params = self.ask(self._client.get_collection, collection).config.params
        vectors, sparse = params.vectors, params.sparse_vectors
        ours = isinstance(vectors, dict) and DENSE in vectors and SPARSE in (sparse or {})
        if seal is None or not ours:
            raise IndexForeign(
                f"{self._address}: {collection} is not a generation that `pincite ingest` wrote;"
                " use another server"
            )
        return seal


class ServerDraft:
    """A collection being written, without a seal."""

    def __init__(
        self,
        store: ServerStore,
        client: QdrantClient,
        generation: str,
        spec: IndexSpec,
        lock: WriterLock,
    ) -> None:
        self.generation = generation
        self._store, self._client, self._spec, self._lock = store, client, spec, lock
        self._collection = _collection(generation)

    def copy_from(self, base: str) -> None:
        """Take over all points of another generation, with their vectors."""
        pages = _pages(self._store, self._client, _collection(base), None, with_vectors=True)
        for page in pages:
            self._upsert([as_it_was(record) for record in page])

    def upsert(self, points: Sequence[Point]) -> None:
        """Add or replace points."""
        for start in range(0, len(points), _PAGE):
            self._upsert([stored(point) for point in points[start : start + _PAGE]])

    def set_payload(self, payloads: Sequence[tuple[str, Payload]]) -> None:
        """Replace the whole payload of existing points, keeping their vectors."""
        for start in range(0, len(payloads), _PAGE):
            operations: list[models.UpdateOperation] = [
                models.OverwritePayloadOperation(
                    overwrite_payload=models.SetPayload(payload=payload, points=[id_])
                )
                for id_, payload in payloads[start : start + _PAGE]
            ]
            self._ask(self._client.batch_update_points, operations, wait=True)

    def delete(self, ids: Sequence[str]) -> None:
        """Remove points; unknown ids are ignored."""
        if ids:
            self._ask(self._client.delete, models.PointIdsList(points=list(ids)), wait=True)

    def delete_document(self, document_id: str) -> None:
        """Remove all points of a document."""
        chosen = models.FilterSelector(filter=of_document(document_id))
        self._ask(self._client.delete, chosen, wait=True)

    def ids(self, document_id: str) -> set[str]:
        """The ids of the points of a document."""
        pages = _pages(self._store, self._client, self._collection, document_id, with_payload=False)
        return {str(record.id) for page in pages for record in page}

    def seal(self) -> int:
        """Count, and mark the collection as complete; the number of points."""
        points = int(self._ask(self._client.count, exact=True).count)
        spec = self._spec
        self._store.seal(Seal.now(self.generation, spec.digest, spec.dimension, points))
        return points

    def publish(self) -> None:
        """Make this the current generation, and let the next writer in."""
        self._store.publish(self.generation)
        self._lock.release()

    def discard(self) -> None:
        """Throw the draft away; one that was published already stays."""
        try:
            if self._store.current() != self.generation:
                self._store.remove(self.generation)
        finally:
            self._lock.release()

    def _upsert(self, points: list[models.PointStruct]) -> None:
        self._ask(self._client.upsert, points, wait=True)

    def _ask(self, call: Callable[..., _T], *arguments: Any, **named: Any) -> _T:
        return self._store.ask(call, self._collection, *arguments, **named)


class ServerReader:
    """A collection that nobody writes any more. The client may be shared by threads."""

    def __init__(self, store: ServerStore, client: QdrantClient, generation: str) -> None:
        self.generation = generation
        self._store, self._client = store, client
        self._collection = _collection(generation)

    def search(self, queries: Sequence[Query]) -> list[list[Scored]]:
        """The best points for each query, best first."""
        asked = [query for query in queries if not query.wordless]
        requests = [request(query) for query in asked]
        answers = self._store.ask(self._client.query_batch_points, self._collection, requests)
        found = (scored(query, answer.points) for query, answer in zip(asked, answers, strict=True))
        return [[] if query.wordless else next(found) for query in queries]

    def count(self) -> int:
        """How many points the generation holds."""
        return int(self._store.ask(self._client.count, self._collection, exact=True).count)

    def scroll(self, document_id: str | None = None) -> Iterator[Scored]:
        """Every point (of one document), in id order, with score 0."""
        for page in _pages(self._store, self._client, self._collection, document_id):
            yield from (Scored(str(record.id), 0.0, record.payload or {}) for record in page)

    def close(self) -> None:
        """Nothing to release: the store's client stays for the next generation."""


def printable(url: str) -> str:
    """A URL without the name and password that it may carry."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _collection(generation: str) -> str:
    return _PREFIX + checked_name(generation)


def _pages(
    store: ServerStore,
    client: QdrantClient,
    collection: str,
    document_id: str | None,
    *,
    with_payload: bool = True,
    with_vectors: bool = False,
) -> Iterator[list[models.Record]]:
    offset = None
    while True:
        records, offset = store.ask(
            client.scroll,
            collection,
            scroll_filter=of_document(document_id) if document_id else None,
            limit=_PAGE,
            offset=offset,
            with_payload=with_payload,
            with_vectors=with_vectors,
        )
        if records:
            yield records
        if offset is None:
            return


@contextmanager
def _server_errors(address: str) -> Iterator[None]:
    try:
        yield
    except UnexpectedResponse as error:
        raise _of_status(error, address) from None
    except (ApiException, QdrantException) as error:
        cause = getattr(error, "source", error)
        raise IndexUnusable(
            f"{address}: no answer from the Qdrant server ({type(cause).__name__});"
            " start it or correct PINCITE_INDEX_URL"
        ) from None
    except ValueError as error:  # what came back is not JSON, or not of the form it has to be
        said = " ".join(str(error).split())[:200]
        raise IndexUnusable(f"{address}: does not answer as a Qdrant server does: {said}") from None


def _of_status(error: UnexpectedResponse, address: str) -> PinciteError:
    said = error.content.decode("utf-8", "replace")
    if error.status_code in (401, 403):
        return IndexUnusable(
            f"{address}: the Qdrant server refuses the key; correct PINCITE_INDEX_API_KEY"
        )
    if "No space left" in said:
        return StorageError(f"{address}: the server's disk is full; make room and run it again")
    return IndexUnusable(
        f"{address}: the Qdrant server answered {error.status_code} {error.reason_phrase}:"
        f" {' '.join(said.split())[:200]}; see its log"
    )
