"""Pictures are kept, and each is drawn once at a time."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from pincite.errors import FileRefused, NotFound
from pincite.library import Library
from pincite.settings import Settings
from service.page_images.pages import PageImages
from service.page_images.renderer import Limits
from tests.ingest.readers.test_hostile_pdfs import forms, one_page
from tests.service.page_images.conftest import MakePdf


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
