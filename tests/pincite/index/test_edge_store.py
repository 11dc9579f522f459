"""The embedded store against other processes, kills, strangers' files and full disks."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import namedtuple
from pathlib import Path

import pytest

from pincite.errors import IndexForeign, IndexLocked, IndexMissing, StorageError
from pincite.generations import IndexSpec
from pincite.index.edge import EdgeStore
from pincite.index.folders import copy_tree, occupied
from pincite.index.schema import Point, Query, SparseVector

SPEC = IndexSpec("tiny", "0" * 64, 4, "words", 1, 1, 1)
QUERY = Query(5, dense=[1.0, 0.0, 0.0, 0.0])
Usage = namedtuple("Usage", "total used free")

_COMMON = """
import sys, time
from pathlib import Path
from pincite.generations import IndexSpec
from pincite.index.edge import EdgeStore
from pincite.index.schema import Point, Query, SparseVector
SPEC = IndexSpec("tiny", "0" * 64, 4, "words", 1, 1, 1)
store = EdgeStore(Path(sys.argv[1]))
"""
_WRITE_FOR_EVER = """
draft = store.draft("g2", SPEC, base="g1")
print("writing", flush=True)
for n in range(10**6):
    draft.upsert([Point(n + 10, [1.0, n, 0.0, 0.0], SparseVector((n,), (1.0,)),
                        {"document_id": "d", "standing": "live", "text": "x" * 2000})])
"""
_READ = """
for _ in range(15):
    reader = store.open("g1")
    assert len(reader.search([Query(5, dense=[1.0, 0.0, 0.0, 0.0])])[0]) == 3
    reader.close()
print("read")
"""


def points(*numbers: int) -> list[Point]:
    return [
        Point(
            f"00000000-0000-0000-0000-{number:012}",
            [1.0, number / 10, 0.0, 0.0],
            SparseVector((number,), (1.0,)),
            {"document_id": f"d{number}", "standing": "live"},
        )
        for number in numbers
    ]


@pytest.fixture
def store(tmp_path: Path) -> EdgeStore:
    store = EdgeStore(tmp_path)
    draft = store.draft("g1", SPEC)
    draft.upsert(points(1, 2, 3))
    draft.seal()
    draft.publish()
    return store


def child(code: str, folder: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    return subprocess.Popen(
        [sys.executable, "-c", _COMMON + code, str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )


def answers(store: EdgeStore, generation: str = "g1") -> int:
    reader = store.open(generation)
    try:
        return len(reader.search([QUERY])[0])
    finally:
        reader.close()


@pytest.mark.parametrize("wait", [0.0, 0.05, 0.3])
def test_a_killed_writer_leaves_the_published_generation(
    store: EdgeStore, tmp_path: Path, wait: float
) -> None:
    writer = child(_WRITE_FOR_EVER, tmp_path)
    assert writer.stdout is not None
    assert writer.stdout.readline() == "writing\n"
    with pytest.raises(IndexLocked):
        store.draft("g3", SPEC)
    time.sleep(wait)
    writer.send_signal(signal.SIGKILL)
    writer.communicate()
    assert (store.current(), answers(store)) == ("g1", 3)
    assert store.sweep() == ["g2"]
    assert list((tmp_path / "index" / "drafts").iterdir()) == []
    store.draft("g2", SPEC, base="g1").discard()


def test_several_processes_read_one_generation(store: EdgeStore, tmp_path: Path) -> None:
    reader = store.open("g1")
    readers = [child(_READ, tmp_path) for _ in range(3)]
    for process in readers:
        out, error = process.communicate(timeout=60)
        assert (out, process.returncode) == ("read\n", 0), error
    assert len(reader.search([QUERY])[0]) == 3
    reader.close()


def test_a_reader_survives_the_pruning_of_its_generation(store: EdgeStore) -> None:
    reader = store.open("g1")
    draft = store.draft("g2", SPEC)
    draft.seal()
    draft.publish()
    assert store.prune(keep=1) == ["g1"]
    assert len(reader.search([QUERY])[0]) == 3
    reader.close()


def test_a_strangers_folder_is_neither_opened_nor_swept(store: EdgeStore, tmp_path: Path) -> None:
    strange = tmp_path / "index" / "generations" / "holiday"
    strange.mkdir()
    (strange / "photo.jpg").write_bytes(b"...")
    with pytest.raises(IndexForeign, match="move it away"):
        store.open("holiday")
    store.sweep()
    assert store.prune(keep=1) == []
    assert store.generations() == ["g1"]
    assert (strange / "photo.jpg").exists()


@pytest.mark.parametrize("text", ["not json", "{}", "[1]", '{"generation": "g1", "more": 1}'])
def test_a_seal_of_another_make_is_foreign(store: EdgeStore, tmp_path: Path, text: str) -> None:
    (tmp_path / "index" / "generations" / "g1" / "generation.json").write_text(text)
    with pytest.raises(IndexForeign):
        store.open("g1")


@pytest.mark.parametrize("damage", ["points", "points/segments", "points/edge_config.json"])
def test_a_generation_that_lost_files_is_refused(
    store: EdgeStore, tmp_path: Path, damage: str
) -> None:
    victim = tmp_path / "index" / "generations" / "g1" / damage
    if victim.is_dir():
        shutil.rmtree(victim)
    else:
        victim.write_text("{")
    with pytest.raises(IndexForeign, match="--rebuild") as caught:
        store.open("g1")
    assert "\n" not in str(caught.value)


def test_a_pointer_that_is_no_name_is_refused(store: EdgeStore, tmp_path: Path) -> None:
    pointer = tmp_path / "index" / "current"
    pointer.write_text("../../etc\n")
    with pytest.raises(IndexMissing):
        store.current()
    pointer.write_bytes(b"\xff\xfe")
    with pytest.raises(IndexForeign):
        store.current()


def test_a_closed_reader_says_so(store: EdgeStore) -> None:
    reader = store.open("g1")
    reader.close()
    reader.close()
    with pytest.raises(IndexForeign):
        reader.count()


def test_writing_stops_before_the_disk_is_full(
    store: EdgeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = store.draft("g2", SPEC)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 10**12, 10**6))
    with pytest.raises(StorageError, match="MB free"):
        draft.upsert(points(4))
    with pytest.raises(StorageError, match="MB free"):
        draft.seal()
    draft.discard()
    with pytest.raises(StorageError, match="MB free"):
        store.draft("g3", SPEC)
    monkeypatch.undo()
    assert (store.current(), answers(store)) == ("g1", 3)
    store.draft("g3", SPEC, base="g1").discard()


def test_a_full_disk_at_publishing_keeps_the_old_pointer(
    store: EdgeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    draft = store.draft("g2", SPEC)
    draft.seal()
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(StorageError, match=r"No space left.*make room"):
            draft.publish()
    draft.discard()
    assert (store.current(), store.generations(), answers(store)) == ("g1", ["g1"], 3)


def test_copies_keep_content_and_holes(tmp_path: Path) -> None:
    source = tmp_path / "source"
    (source / "inner").mkdir(parents=True)
    (source / "empty").touch()
    with (source / "inner" / "sparse").open("wb") as file:
        file.truncate(32 * 2**20)
        file.seek(2**20)
        file.write(b"kept" * 5000)
    copy_tree(source, tmp_path / "copy")
    for name in ("empty", "inner/sparse"):
        assert (tmp_path / "copy" / name).read_bytes() == (source / name).read_bytes()
    assert occupied(tmp_path / "copy") <= occupied(source) + 2**16
