"""Word vectors on disk: found again, never trusted when altered, within their room."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pincite.cache import Cache
from pincite.late_interaction import _packed, _unpacked
from pincite.models import ModelFiles
from tests.pincite.test_reranking import TinyModel, late

TEXTS = ["the clerk keeps a list", "a jail", "no officer"]
MB = 1_000_000


def at(folder: Path, most: int = MB) -> Cache:
    return Cache(folder, most)


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_what_was_remembered_is_not_computed_again_and_scores_the_same(tmp_path: Path) -> None:
    plain = late()[0].scores("a clerk", TEXTS)
    assert late(stored=at(tmp_path))[0].remember(TEXTS)
    one, tiny = late(stored=at(tmp_path))
    assert one.scores("a clerk", TEXTS) == plain
    assert tiny.seen == ["a clerk"]
    assert one.remember(TEXTS)
    assert tiny.seen == ["a clerk"]


def test_no_question_is_written_to_disk(tmp_path: Path) -> None:
    one, _ = late(stored=at(tmp_path))
    one.scores("who is wanted", TEXTS)
    one.alignment("who is wanted", TEXTS[0])
    assert files(tmp_path) == []


def test_another_model_does_not_take_these(tmp_path: Path) -> None:
    late(stored=at(tmp_path))[0].remember(TEXTS)
    one, tiny = late(stored=at(tmp_path))
    one.sha256 = ModelFiles("other", Path("nowhere"), "1" * 64).identity
    one.scores("q", TEXTS[:1])
    assert tiny.seen == ["q", TEXTS[0]]


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:-3],
        lambda data: data[:20] + bytes([data[20] ^ 1]) + data[21:],
        lambda data: bytes(6),
        lambda data: b"\x00\x00" + data[2:],
    ],
)
def test_what_was_altered_is_computed_again(tmp_path: Path, damage: object) -> None:
    one, _ = late(stored=at(tmp_path))
    one.remember(TEXTS[:1])
    (file,) = files(tmp_path)
    file.write_bytes(damage(file.read_bytes()))  # type: ignore[operator]
    again, tiny = late(stored=at(tmp_path))
    assert again.scores("a", TEXTS[:1]) == late()[0].scores("a", TEXTS[:1])
    assert tiny.seen == ["a", TEXTS[0]]


def test_no_more_is_kept_than_there_is_room_for(tmp_path: Path) -> None:
    one, _ = late(stored=at(tmp_path, 170))  # texts of 102, 54 and 54 bytes
    assert not one.remember(TEXTS)
    assert 0 < sum(path.stat().st_size for path in files(tmp_path)) <= 170


def test_where_nothing_can_be_written_it_ends(tmp_path: Path) -> None:
    (tmp_path / "words").write_text("a file stands in the way")
    one, _ = late(stored=at(tmp_path / "words"))
    assert not one.remember(TEXTS[:1])
    assert one.scores("a", TEXTS) == late()[0].scores("a", TEXTS)


def test_where_little_room_is_left_what_is_no_longer_held_goes(tmp_path: Path) -> None:
    one, tiny = late(stored=at(tmp_path))  # of any cache so small, little is left
    one.remember(TEXTS)
    one.make_room(iter(TEXTS[1:]))
    assert len(files(tmp_path)) == 2
    tiny.seen.clear()
    one.remember(TEXTS)
    assert tiny.seen == [TEXTS[0]]


def test_without_a_place_nothing_is_remembered() -> None:
    one, tiny = late()
    assert not one.keeps
    assert not one.remember(TEXTS)
    one.make_room(TEXTS)
    assert tiny.seen == []


@given(arrays(np.int8, st.tuples(st.integers(1, 5), st.integers(1, 300))))
def test_what_is_packed_is_unpacked(vectors: object) -> None:
    found = _unpacked(_packed(vectors))  # type: ignore[arg-type]
    assert found is not None
    assert (found == vectors).all()


def test_eight_bits_keep_a_direction() -> None:
    tiny = TinyModel()
    (vectors,) = tiny.run(["some words of a text"])
    one, _ = late()
    (found,) = one._words(["some words of a text"])
    cosines = (found * vectors).sum(axis=1) / np.linalg.norm(vectors, axis=1)
    assert cosines.min() > 0.999
