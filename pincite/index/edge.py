"""The embedded engine: one folder a generation, one small pointer file.

    index/current               the name of the published generation
    index/writer.lock           held by the process that writes
    index/drafts/<generation>/  being written, or on its way out; nothing here is ever read
    index/generations/<generation>/generation.json, points/

A folder comes into `generations` by one rename, when it is complete, and leaves by one. The
engine runs without its write-ahead log: a draft that was not sealed is thrown away whole, and
without it any number of processes may read a generation that nobody writes any more.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import qdrant_edge as engine

from pincite.errors import (
    IndexForeign,
    IndexMismatch,
    IndexMissing,
    IndexUnusable,
    StorageError,
)
from pincite.generations import IndexSpec
from pincite.index.edge_points import created, filter_of, request, scored, stored
from pincite.index.folders import (
    copy_tree,
    ensure_room,
    move,
    occupied,
    replace_file,
    storage_errors,
)
from pincite.index.generation import SEALED, Seal, WriterLock, checked_name
from pincite.index.schema import (
    Condition,
    Payload,
    Point,
    Query,
    Scored,
)

_PAGE = 1000


class EdgeStore:
    """Generations below `data_dir/index`."""

    name = "edge"

    def __init__(self, data_dir: Path) -> None:
        self.root = data_dir / "index"
        self._drafts, self._generations = self.root / "drafts", self.root / "generations"
        self._pointer = self.root / "current"

    def current(self) -> str | None:
        """The published generation, or None when nothing was published."""
        try:
            name = self._pointer.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise IndexForeign(f"{self._pointer}: cannot be read: {error}") from None
        return checked_name(name)

    def generations(self) -> list[str]:
        """All complete generations, oldest first."""
        seals = [self._seal(path.parent.name) for path in self._generations.glob(f"*/{SEALED}")]
        return [seal.generation for seal in sorted(seals, key=lambda seal: seal.sealed)]

    def draft(self, generation: str, spec: IndexSpec, base: str | None = None) -> EdgeDraft:
        """A new generation, empty or a copy of `base`."""
        folder = self._drafts / checked_name(generation)
        if base is not None and self._seal(base).spec != spec.digest:
            raise IndexMismatch(f"{base} was built with other settings; run it with --rebuild")
        lock = WriterLock(self.root / "writer.lock")
        with storage_errors(self.root):
            lock.acquire()
            try:
                shard = self._begin(folder, spec, base)
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                lock.release()
                raise
        return EdgeDraft(self, generation, spec, shard, lock)

    def _begin(self, folder: Path, spec: IndexSpec, base: str | None) -> engine.EdgeShard:
        for part in (self._drafts, self._generations):
            part.mkdir(parents=True, exist_ok=True)
        if (self._generations / folder.name).exists():
            raise IndexUnusable(f"{folder.name}: there is a generation of that name already")
        folder.mkdir()
        points = folder / "points"
        if base is None:
            ensure_room(folder)
            points.mkdir()
            with _engine_errors(folder):
                return created(points, spec.dimension)
        source = self._generations / base / "points"
        ensure_room(folder, occupied(source))
        copy_tree(source, points)
        with _engine_errors(folder):
            return engine.EdgeShard.load(str(points))

    def open(self, generation: str) -> EdgeReader:
        """Open a complete generation."""
        seal = self._seal(generation)
        folder = self._generations / generation
        with _engine_errors(folder):
            shard = engine.EdgeShard.load(str(folder / "points"))
        reader = EdgeReader(generation, folder, shard)
        found = reader.count()
        if found != seal.points:
            reader.close()
            raise IndexForeign(
                f"{folder}: holds {found} points of the {seal.points} that were written;"
                " run `pincite ingest --rebuild`"
            )
        return reader

    def point_at(self, generation: str) -> None:
        """Make a complete generation the current one."""
        with self._writing():
            self.publish(generation)

    def publish(self, generation: str) -> None:
        """Move the pointer; the caller holds the lock."""
        self._seal(generation)
        with storage_errors(self._pointer):
            replace_file(self._pointer, f"{generation}\n")

    def prune(self, keep: int) -> list[str]:
        """Delete all but the newest `keep` generations, and never the current one."""
        with self._writing():
            names, current = self.generations(), self.current()
            old = [name for name in names[: len(names) - max(keep, 0)] if name != current]
            for name in old:
                self.remove(name)
        return old

    def sweep(self) -> list[str]:
        """Delete what killed processes left among the drafts."""
        if not self._drafts.is_dir():
            return []
        with self._writing():
            left = sorted(self._drafts.iterdir())
            for folder in left:
                shutil.rmtree(folder)
        return [folder.name for folder in left]

    def seal(self, seal: Seal) -> None:
        """Move a finished draft among the complete generations."""
        draft = self._drafts / seal.generation
        replace_file(draft / SEALED, seal.to_json() + "\n")
        move(draft, self._generations / seal.generation)

    def remove(self, generation: str) -> None:
        """Throw a draft or a complete generation away; the caller holds the lock."""
        draft, complete = self._drafts / generation, self._generations / generation
        if complete.exists():
            move(complete, draft)
        shutil.rmtree(draft, ignore_errors=True)

    def draft_points(self, generation: str) -> Path:
        """Where the engine keeps the points of a draft."""
        return self._drafts / generation / "points"

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with storage_errors(self.root), WriterLock(self.root / "writer.lock"):
            yield

    def _seal(self, generation: str) -> Seal:
        path = self._generations / checked_name(generation) / SEALED
        try:
            return Seal.parse(path.read_text(encoding="utf-8"), str(path.parent))
        except FileNotFoundError:
            if path.parent.exists():
                raise IndexForeign(
                    f"{path.parent}: is not a generation that `pincite ingest` wrote; move it away"
                ) from None
            raise IndexMissing(
                f"{self.root}: there is no generation {generation}; see `pincite index list`"
            ) from None


class EdgeDraft:
    """A generation being written in `drafts`."""

    def __init__(
        self,
        store: EdgeStore,
        generation: str,
        spec: IndexSpec,
        shard: engine.EdgeShard,
        lock: WriterLock,
    ) -> None:
        self.generation = generation
        self._store, self._spec, self._shard, self._lock = store, spec, shard, lock
        self._folder = store.draft_points(generation)

    def upsert(self, points: Sequence[Point]) -> None:
        """Add or replace points."""
        ensure_room(self._folder)
        operation = engine.UpdateOperation.upsert_points([stored(point) for point in points])
        self._update([operation])

    def set_payload(self, payloads: Sequence[tuple[str, Payload]]) -> None:
        """Replace the whole payload of existing points, keeping their vectors."""
        ensure_room(self._folder)
        overwrite = engine.UpdateOperation.overwrite_payload
        self._update([overwrite([id_], payload) for id_, payload in payloads])

    def delete(self, ids: Sequence[str]) -> None:
        """Remove points; unknown ids are ignored."""
        self._update([engine.UpdateOperation.delete_points(list(ids))])

    def delete_document(self, document_id: str) -> None:
        """Remove all points of a document."""
        chosen = filter_of([Condition("document_id", (document_id,))])
        assert chosen is not None
        self._update([engine.UpdateOperation.delete_points_by_filter(chosen)])

    def ids(self, document_id: str) -> set[str]:
        """The ids of the points of a document."""
        with _engine_errors(self._folder):
            return {str(r.id) for r in _scrolled(self._shard, document_id, with_payload=False)}

    def seal(self) -> int:
        """Flush, optimize, close and check; the number of points."""
        ensure_room(self._folder, occupied(self._folder))
        with _engine_errors(self._folder), storage_errors(self._folder):
            self._shard.optimize()
            self._shard.flush()
            self._shard.close()
            points = _counted(self._folder)
            spec = self._spec
            self._store.seal(Seal.now(self.generation, spec.digest, spec.dimension, points))
        return points

    def publish(self) -> None:
        """Make this the current generation, and let the next writer in."""
        self._store.publish(self.generation)
        self._lock.release()

    def discard(self) -> None:
        """Throw the draft away; one that was published already stays."""
        self._shard.close()
        if self._store.current() != self.generation:
            self._store.remove(self.generation)
        self._lock.release()

    def _update(self, operations: Sequence[engine.UpdateOperation]) -> None:
        with _engine_errors(self._folder), storage_errors(self._folder):
            for operation in operations:
                self._shard.update(operation)


class EdgeReader:
    """An open generation. The engine holds Python's lock through a query, so threads queue."""

    def __init__(self, generation: str, folder: Path, shard: engine.EdgeShard) -> None:
        self.generation = generation
        self._folder, self._shard = folder, shard

    def search(self, queries: Sequence[Query]) -> list[list[Scored]]:
        """The best points for each query, best first."""
        asked = [query for query in queries if not query.wordless]
        with _engine_errors(self._folder):
            answers = self._shard.query_batch(
                engine.QueryBatchRequest([request(query) for query in asked])
            )
        found = iter(answers)
        return [[] if query.wordless else scored(next(found)) for query in queries]

    def count(self) -> int:
        """How many points the generation holds."""
        with _engine_errors(self._folder):
            return self._shard.count(engine.CountRequest(exact=True))

    def scroll(self, document_id: str | None = None) -> Iterator[Scored]:
        """Every point (of one document), in id order, with score 0."""
        with _engine_errors(self._folder):
            for record in _scrolled(self._shard, document_id, with_payload=True):
                yield Scored(str(record.id), 0.0, record.payload or {})

    def close(self) -> None:
        """Release the files."""
        self._shard.close()


def _counted(folder: Path) -> int:
    """How many points a closed folder holds when it is opened again."""
    shard = engine.EdgeShard.load(str(folder))
    points = shard.count(engine.CountRequest(exact=True))
    shard.close()
    return points


def _scrolled(
    shard: engine.EdgeShard, document_id: str | None, *, with_payload: bool
) -> Iterator[engine.Record]:
    chosen = filter_of([Condition("document_id", (document_id,))] if document_id else [])
    offset = None
    while True:
        records, offset = shard.scroll(
            engine.ScrollRequest(
                offset=offset, limit=_PAGE, filter=chosen, with_payload=with_payload
            )
        )
        yield from records
        if offset is None:
            return


@contextmanager
def _engine_errors(where: Path) -> Iterator[None]:
    """The engine raises bare `Exception`, with one line, for all that goes wrong inside it."""
    try:
        yield
    except Exception as error:
        if type(error) is not Exception:
            raise
        if "No space left" in str(error):
            raise StorageError(f"{where}: the disk is full; make room and run it again") from error
        raise IndexForeign(
            f"{where}: the engine refuses it: {' '.join(str(error).split())};"
            " run `pincite ingest --rebuild`"
        ) from error
