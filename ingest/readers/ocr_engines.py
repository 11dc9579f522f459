"""The OCR engines: what each one needs, and how it reads the picture of a page.

Their libraries load when the first page asks for them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from itertools import pairwise
from statistics import median
from typing import Any, Literal

from ingest.readers.format import Limits
from pincite.errors import FileRefused

EngineName = Literal["rapidocr", "tesseract"]

_PARAGRAPH_GAP = 1.5  # in distances between neighbouring lines
# Rapidocr declares opencv-python, which needs libGL, so it is installed without its dependencies.
_RAPIDOCR_NEEDS = ("rapidocr_onnxruntime", "onnxruntime", "cv2", "pyclipper", "shapely", "yaml")


def _by_tesseract(image: bytes, limits: Limits) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program without a shell
            [_tesseract(), "stdin", "stdout", "--dpi", "200", "-l", "eng"],
            input=image,
            capture_output=True,
            timeout=limits.seconds,
            # With more threads the page takes a third longer and five times the processor.
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            check=True,
        )
    except subprocess.TimeoutExpired:
        what = f"tesseract took over {limits.seconds:.0f} s for one page (PINCITE_READER_SECONDS)"
        raise FileRefused("too_slow", what) from None
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").split("\n")[0].strip()
        what = f"tesseract failed on a page (exit {error.returncode}): {said[:120]}"
        raise FileRefused("malformed", what) from None
    return done.stdout.decode(errors="replace").replace("\f", "").strip()


def _tesseract() -> str:
    return shutil.which("tesseract") or "tesseract"


@cache
def _tesseract_version() -> str:
    command = [_tesseract(), "--version"]
    done = subprocess.run(command, capture_output=True, check=False, timeout=60)  # noqa: S603
    return (done.stdout or done.stderr).decode(errors="replace").split("\n")[0].strip()


def _no_tesseract() -> str | None:
    found = shutil.which("tesseract")
    return None if found else "no tesseract on the PATH; install it (apt install tesseract-ocr)"


@dataclass(frozen=True, slots=True)
class _Box:
    """A stretch of words and where it stands, in pixels from the top left."""

    left: float
    top: float
    bottom: float
    text: str

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def _by_rapidocr(image: bytes, limits: Limits) -> str:
    # A page hangs no straighter than its scanner fed it, but never upside down: no `use_cls`.
    found, _ = _rapidocr()(image, use_cls=False)
    boxes = [
        _Box(
            left=min(x for x, _ in corners),
            top=min(y for _, y in corners),
            bottom=max(y for _, y in corners),
            text=" ".join(text.split()),
        )
        for corners, text, _confidence in found or ()
    ]
    return _written(_rows([box for box in boxes if box.text]))


@cache
def _rapidocr() -> Any:
    """The engine, on one thread, a line at a time.

    Batches are padded to their longest line, and threads wait in a loop: two of them with
    batches of six take three times the processor for the same words.
    """
    engine = import_module("rapidocr_onnxruntime").RapidOCR
    import_module("cv2").setNumThreads(1)
    return engine(text_score=0.0, intra_op_num_threads=1, inter_op_num_threads=1, rec_batch_num=1)


def _rows(boxes: Sequence[_Box]) -> list[list[_Box]]:
    """Boxes whose middles stand in one another's height make a line, from left to right."""
    rows: list[list[_Box]] = []
    for box in sorted(boxes, key=lambda box: box.middle):
        last = rows[-1][-1] if rows else None
        if last and (last.top < box.middle < last.bottom and box.top < last.middle < box.bottom):
            rows[-1].append(box)
        else:
            rows.append([box])
    return [sorted(row, key=lambda box: box.left) for row in rows]


def _written(rows: Sequence[Sequence[_Box]]) -> str:
    """The lines, with a blank one where the page leaves a gap."""
    places = [sum(box.middle for box in row) / len(row) for row in rows]
    steps = [after - before for before, after in pairwise(places)]
    usual = median(steps) if steps else 0.0
    pieces = [" ".join(box.text for box in row) for row in rows]
    ends = ["\n\n" if step > _PARAGRAPH_GAP * usual else "\n" for step in steps]
    return "".join(piece + end for piece, end in zip(pieces, [*ends, ""], strict=False))


def _no_rapidocr() -> str | None:
    missing = [name for name in _RAPIDOCR_NEEDS if find_spec(name) is None]
    what = f"cannot import {', '.join(missing)}"
    how = "pip install --no-deps -r requirements-nodeps.txt beside the other requirements"
    return f"{what}; {how}" if missing else None


@dataclass(frozen=True, slots=True)
class OcrEngine:
    """An engine: what it lacks here (None: nothing), its version, and how it reads a picture."""

    missing: Callable[[], str | None]
    version: Callable[[], str]
    read: Callable[[bytes, Limits], str]


# In the order in which `auto` looks for them: tesseract takes a quarter of the time.
ENGINES: dict[EngineName, OcrEngine] = {
    "tesseract": OcrEngine(_no_tesseract, _tesseract_version, _by_tesseract),
    "rapidocr": OcrEngine(_no_rapidocr, lambda: version("rapidocr-onnxruntime"), _by_rapidocr),
}
