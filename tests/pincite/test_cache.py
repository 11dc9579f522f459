"""What is kept on disk is kept whole or not at all, within bounds."""

from __future__ import annotations

import os
from pathlib import Path

from pincite.cache import Cache


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def test_what_was_not_asked_for_longest_goes_first(tmp_path: Path) -> None:
    cache = Cache(tmp_path, 1000)
    for n in range(9):
        cache.put(f"a{n}", bytes(100))
        os.utime(tmp_path / f"a{n}"[:2] / f"a{n}", (n, n))
    assert cache.get("a0") == bytes(100)  # and now it was asked for
    cache.put("b", bytes(200))
    assert size_of(tmp_path) <= 800
    assert cache.get("a0") == bytes(100)
    assert cache.get("a1") is None
    assert cache.get("b") == bytes(200)


def test_nothing_is_kept_where_nothing_may_be(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "pages", 0)
    cache.put("a", b"x")
    assert cache.get("a") is None
    assert not (tmp_path / "pages").exists()


def test_a_folder_that_cannot_be_written_costs_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "pages").write_text("a file stands in the way")
    cache = Cache(tmp_path / "pages", 1000)
    cache.put("a", b"x")
    assert cache.get("a") is None


def test_another_processes_files_count_when_the_cache_is_emptied(tmp_path: Path) -> None:
    one, other = Cache(tmp_path, 1000), Cache(tmp_path, 1000)
    one.put("a1", bytes(500))
    other.put("b1", bytes(400))
    one.put("c1", bytes(600))
    assert size_of(tmp_path) <= 800


def test_room_is_what_nothing_must_be_removed_for(tmp_path: Path) -> None:
    cache = Cache(tmp_path, 1000)
    assert cache.has_room(1000)
    cache.put("a1", bytes(600))
    assert cache.has_room(400)
    assert not cache.has_room(401)


def test_only_what_is_named_is_kept(tmp_path: Path) -> None:
    cache = Cache(tmp_path, 1000)
    for name in ("a1", "a2", "b1"):
        cache.put(name, bytes(300))
    cache.keep_only({"a2", "c1"})
    assert [cache.holds(name) for name in ("a1", "a2", "b1")] == [False, True, False]
    assert cache.has_room(700)
