"""Texts that a document had once, found by the digits that a link carries."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pincite.settings import Settings
from pincite.shelf import Shelf
from service.past import Past
from tests.service.conftest import Publish

OLD, NEW = "The gate is open.", "The gate is shut."


@pytest.fixture
def shelf(tmp_path: Path, light_shelf: Callable[[Settings], Shelf], publish: Publish) -> Shelf:
    """A shelf with two generations, in which `gate` changed and `wall` was left out."""
    shelf = light_shelf(Settings(data_dir=tmp_path, ocr="off"))
    publish(shelf, gate=OLD, wall="The wall is high.")
    publish(shelf, gate=NEW)
    return shelf


def _version(past: Past, id_: str) -> str:
    then = past.last(id_)
    assert then is not None
    return then.record.version


def test_every_version_is_found_by_its_first_digits(shelf: Shelf) -> None:
    past = Past(shelf.library)
    now = past.version("gate", _version(past, "gate")[:16])
    assert now is not None
    assert past.document(now).text == NEW
    old = next(
        record.version
        for manifest in shelf.library.generations_with("wall", 10)
        for record in manifest.records
        if record.entry.id == "gate"
    )
    then = past.version("gate", old[:8])
    assert then is not None
    assert past.document(then).text == OLD
    assert then.day == "2026-01-01"


@pytest.mark.parametrize("digits", ["", "0", "0123456", "0123456789abcdef", "gate", "*", "../x"])
def test_what_is_no_version_of_a_document_is_none(shelf: Shelf, digits: str) -> None:
    assert Past(shelf.library).version("gate", digits) is None


def test_a_version_of_another_document_is_not_this_ones(shelf: Shelf) -> None:
    past = Past(shelf.library)
    assert past.version("gate", _version(past, "wall")) is None


def test_what_was_left_out_is_found_and_what_never_was_is_not(shelf: Shelf) -> None:
    past = Past(shelf.library)
    assert past.last("wall") is not None
    assert past.last("moat") is None


def test_a_damaged_manifest_is_passed_over(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "library" / "manifests" / "z.json").write_text('{"id":"wall"', encoding="utf-8")
    assert Past(shelf.library).last("wall") is not None
