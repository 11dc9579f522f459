"""The OCR engines: what each one needs, and how it reads the picture of a page.

Their libraries load when the first page asks for them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from typing import Literal

from ingest.readers.format import Limits
from ingest.readers.ocr.rapid import read_page
from pincite.errors import FileRefused

EngineName = Literal["rapidocr", "tesseract"]

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
    "rapidocr": OcrEngine(_no_rapidocr, lambda: version("rapidocr-onnxruntime"), read_page),
}
