"""Pictures are kept whole or not at all, within bounds, and each is drawn once at a time."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from pincite.errors import FileRefused, NotFound
from pincite.library import Library
from pincite.settings import Settings
from service.page_images.cache import Cache
from service.page_images.pages import PageImages
from service.page_images.renderer import Limits
from tests.ingest.readers.test_hostile_pdfs import forms, one_page
from tests.service.page_images.conftest import MakePdf


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


def images(tmp_path: Path, *files: bytes, **limits: float) -> tuple[PageImages, list[str]]:
    library = Library(tmp_path / "library")
    names = [library.put_original(data) for data in files]
    return PageImages(Settings(data_dir=tmp_path), library, Limits(**limits)), names  # type: ignore[arg-type]


def test_a_page_is_drawn_once_and_kept(tmp_path: Path, make_pdf: MakePdf) -> None:
    pages, (name,) = images(tmp_path, make_pdf(["One page of words."]))
    first = pages.picture(name, 1, "page")
    pages.sheet(name, 1)
    pages.close()
    again, _ = images(tmp_path)  # its renderer is never asked: a closed one would do
    again.close()
    assert again.picture(name, 1, "page") == first
    assert again.sheet(name, 1).text == "Onepageofwords."


def test_what_was_altered_on_disk_is_read_again(tmp_path: Path, make_pdf: MakePdf) -> None:
    pages, (name,) = images(tmp_path, make_pdf(["One page of words."]))
    pages.sheet(name, 1)
    (kept,) = (tmp_path / "cache" / "pages").rglob("*json")
    kept.write_text("{")
    assert pages.sheet(name, 1).text == "Onepageofwords."
    assert len(kept.read_text()) > 100
    pages.close()


def test_who_asks_meanwhile_waits_for_the_same_picture(
    tmp_path: Path, make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages, (name,) = images(tmp_path, make_pdf(["One page of words."]))
    drawn: list[int] = []

    def slow(data: bytes, number: int, size: str) -> bytes:
        drawn.append(number)
        time.sleep(0.3)
        return b"picture"

    monkeypatch.setattr(pages._renderer, "picture", slow)
    got: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: got.append(pages.picture(name, 1, "page")))
        for _ in range(5)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [b"picture"] * 5
    assert drawn == [1]
    assert not pages._flights


def test_a_page_that_hangs_costs_its_seconds_once(tmp_path: Path) -> None:
    pages, (name,) = images(tmp_path, forms(12, 10), picture_seconds=0.7)
    start = time.monotonic()
    for _ in range(5):
        with pytest.raises(FileRefused) as caught:
            pages.picture(name, 1, "page")
        assert caught.value.reason == "too_slow"
    assert time.monotonic() - start < 3.5
    pages.close()


def test_what_is_no_pdf_and_what_is_not_held_are_told_apart(tmp_path: Path) -> None:
    pages, (html, good) = images(tmp_path, b"<html>", one_page())
    with pytest.raises(FileRefused) as caught:
        pages.picture(html, 1, "page")
    assert caught.value.reason == "wrong_type"
    with pytest.raises(NotFound):
        pages.picture("0" * 64, 1, "page")
    with pytest.raises(NotFound):
        pages.picture(good, 2, "page")
    pages.close()
