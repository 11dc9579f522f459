"""Whatever a PDF does, its page is drawn or refused with a word, in time, and the next one is."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from pincite.errors import FileRefused, NotFound, ReaderUnusable
from service.page_images.renderer import Limits, Renderer, sheet_of
from tests.ingest.readers.test_hostile_pdfs import PDFS, one_page
from tests.processes import gone, within

PNG = b"\x89PNG"
WORDS = "Adetainerisarequestandnotawarrant."


@pytest.mark.parametrize(("make", "_"), [pytest.param(*row, id=what) for what, *row in PDFS])
def test_a_hostile_page_is_drawn_or_refused_in_time(
    renderer: Renderer, make: Callable[[], bytes], _: set[str]
) -> None:
    data = make()
    for ask in (lambda: renderer.sheet(data, 1), lambda: renderer.picture(data, 1, "large")):
        start = time.monotonic()
        with suppress(FileRefused, NotFound):
            ask()
        assert time.monotonic() - start < 10
    assert renderer.sheet(one_page(), 1).text == WORDS
    assert renderer.picture(one_page(), 1, "page").startswith(PNG)


def pids(renderer: Renderer) -> list[int]:
    return [c._child._process.pid for c in renderer._every if c._child is not None]


def test_the_children_end_when_nobody_asks_and_start_again() -> None:
    renderer = Renderer(Limits(idle=0.2))
    renderer.sheet(one_page(), 1)
    (pid,) = pids(renderer)
    assert within(5, lambda: gone(pid))
    assert renderer.sheet(one_page(), 1).text == WORDS
    renderer.close()


def test_closing_ends_the_children_and_whoever_waits_for_them() -> None:
    renderer = Renderer(Limits(sheet_seconds=30))
    renderer.sheet(one_page(), 1)
    (pid,) = pids(renderer)
    os.kill(pid, 19)  # it hangs, as a library may
    raised: list[Exception] = []

    def ask() -> None:
        try:
            renderer.sheet(one_page(), 1)
        except ReaderUnusable as error:
            raised.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    time.sleep(0.2)
    renderer.close()
    thread.join(5)
    assert len(raised) == 1
    assert gone(pid)
    with pytest.raises(ReaderUnusable):
        renderer.sheet(one_page(), 1)


def test_a_child_that_hangs_is_killed_and_replaced() -> None:
    renderer = Renderer(Limits(sheet_seconds=0.5))
    renderer.sheet(one_page(), 1)
    (pid,) = pids(renderer)
    os.kill(pid, 19)
    with pytest.raises(FileRefused) as caught:
        renderer.sheet(one_page(), 1)
    assert caught.value.reason == "too_slow"
    assert gone(pid)
    renderer.close()


def test_no_more_children_than_allowed_and_who_waits_too_long_is_sent_away() -> None:
    renderer = Renderer(Limits(children=1, patience=0.1, sheet_seconds=3))
    renderer.sheet(one_page(), 1)
    (pid,) = pids(renderer)
    os.kill(pid, 19)

    def ask() -> None:
        with suppress(FileRefused):
            renderer.sheet(one_page(), 1)

    thread = threading.Thread(target=ask)
    thread.start()
    time.sleep(0.2)
    with pytest.raises(ReaderUnusable, match="come back"):
        renderer.sheet(one_page(), 1)
    os.kill(pid, 18)
    thread.join()
    renderer.close()


def test_a_file_that_is_too_large_is_not_even_sent() -> None:
    renderer = Renderer(Limits(max_bytes=10))
    with pytest.raises(FileRefused) as caught:
        renderer.picture(one_page(), 1, "page")
    assert caught.value.reason == "too_large"
    assert not pids(renderer)


def test_a_child_that_cannot_start_is_no_files_fault() -> None:
    with pytest.raises(ReaderUnusable, match="no_such_module"):
        Renderer(child="no_such_module").sheet(one_page(), 1)


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"[]",
        b'{"count": 0, "width": 1, "height": 1}',
        b'{"count": 1, "width": 1, "height": 1, "text": "ab", "boxes": [], "words": []}',
        b'{"count": 1, "width": 1, "height": 1, "text": "a", "boxes": [[0, 0, 1, 10001]],'
        b' "words": [1]}',
        b'{"count": 1, "width": 1, "height": "NaN"}',
        b'{"count": 1, "width": 1, "height": Infinity}',
    ],
)
def test_a_sheet_of_another_shape_is_not_believed(said: bytes) -> None:
    assert sheet_of(said) is None
