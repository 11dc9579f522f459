"""Scanned pages: which engine, what is kept, and two real pages read."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from ingest.readers.format import Limits
from ingest.readers.ocr import engines as ocr_engines
from ingest.readers.ocr import pages as ocr_module
from ingest.readers.ocr.engines import ENGINES, EngineName, OcrEngine
from ingest.readers.ocr.pages import engine_named, page_read, read_scanned_page
from ingest.readers.ocr.rapid import Box, fitted, gaps, loaded, written
from ingest.readers.pdf.page_images import page_image
from ingest.readers.sandboxing.sandbox import Sandbox
from pincite.errors import FileRefused, SettingsError


def stub(text: str, version: str = "1", calls: list[bytes] | None = None) -> OcrEngine:
    """An engine that reads the same words in every picture."""

    def read(image: bytes, _: Limits) -> str:
        if calls is not None:
            calls.append(image)
        return text

    return OcrEngine(lambda: None, lambda: version, read)


def lacking(what: str) -> OcrEngine:
    return replace(stub(""), missing=lambda: what)


@pytest.fixture
def engines(monkeypatch: pytest.MonkeyPatch) -> Callable[[OcrEngine, OcrEngine], None]:
    """Puts these two in the places of tesseract and rapidocr."""

    def put(tesseract: OcrEngine, rapidocr: OcrEngine) -> None:
        monkeypatch.setitem(ENGINES, "tesseract", tesseract)
        monkeypatch.setitem(ENGINES, "rapidocr", rapidocr)

    return put


def test_auto_takes_the_first_engine_that_is_installed(
    engines: Callable[[OcrEngine, OcrEngine], None],
) -> None:
    engines(stub(""), stub(""))
    assert engine_named("auto") == "tesseract"
    engines(lacking("no tesseract"), stub(""))
    assert engine_named("auto") == "rapidocr"
    engines(lacking("no tesseract"), lacking("no rapidocr"))
    assert engine_named("auto") == "off"
    assert engine_named("off") == "off"


@pytest.mark.parametrize("wanted", ["tesseract", "rapidocr"])
def test_a_missing_engine_that_was_asked_for_is_an_error(
    engines: Callable[[OcrEngine, OcrEngine], None], wanted: EngineName
) -> None:
    engines(lacking("install this"), lacking("install this"))
    with pytest.raises(SettingsError, match=f"PINCITE_OCR={wanted}: install this") as caught:
        engine_named(wanted)
    assert "\n" not in str(caught.value)


def test_what_each_engine_lacks_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(ocr_engines, "find_spec", lambda _: None)
    assert "apt install tesseract-ocr" in str(ENGINES["tesseract"].missing())
    assert "requirements-nodeps.txt" in str(ENGINES["rapidocr"].missing())


def test_a_page_is_read_once_by_each_version_of_an_engine(
    engines: Callable[[OcrEngine, OcrEngine], None], tmp_path: Path
) -> None:
    calls: list[bytes] = []
    limits = Limits(ocr="tesseract", ocr_cache=str(tmp_path))
    for version in ("1", "1", "2"):
        engines(stub("words", version, calls), stub(""))
        assert read_scanned_page(b"page", limits) == ("words", "tesseract")
    assert calls == [b"page", b"page"]  # versions 1 and 2
    read_scanned_page(b"another page", limits)
    assert calls[2:] == [b"another page"]
    assert not list(tmp_path.rglob("tmp*"))  # nothing half-written is left


def test_a_cache_that_cannot_be_written_or_read_costs_no_page(
    engines: Callable[[OcrEngine, OcrEngine], None], tmp_path: Path
) -> None:
    engines(stub("words"), stub(""))
    (tmp_path / "file").write_text("in the way")
    in_the_way = Limits(ocr="tesseract", ocr_cache=str(tmp_path / "file"))
    assert read_scanned_page(b"page", in_the_way)[0] == "words"
    limits = Limits(ocr="tesseract", ocr_cache=str(tmp_path / "ocr"))
    read_scanned_page(b"page", limits)
    [kept] = (tmp_path / "ocr").rglob("*.txt")
    kept.write_bytes(b"\xff\xfe")
    assert read_scanned_page(b"page", limits)[0] == "words"


def test_each_page_is_reported_even_from_the_cache(
    engines: Callable[[OcrEngine, OcrEngine], None], tmp_path: Path
) -> None:
    engines(stub("words"), stub(""))
    seen: list[int] = []
    token = page_read.set(lambda: seen.append(1))
    try:
        for _ in range(2):
            read_scanned_page(b"page", Limits(ocr="auto", ocr_cache=str(tmp_path)))
    finally:
        page_read.reset(token)
    assert len(seen) == 2


def test_without_an_engine_a_page_is_refused() -> None:
    with pytest.raises(FileRefused) as caught:
        read_scanned_page(b"page", Limits(ocr="off"))
    assert caught.value.reason == "scan_without_ocr"


def box(left: float, top: float, text: str) -> Box:
    return Box(left, top, top + 20, text)


@pytest.mark.parametrize(
    ("boxes", "text"),
    [
        ([], ""),
        ([box(300, 12, "OF"), box(0, 10, "MEMORANDUM")], "MEMORANDUM OF"),
        # a scan that hangs a little: each box stands in the height of its neighbour
        ([box(0, 10, "a"), box(100, 18, "b"), box(200, 26, "c")], "a b c"),
        ([box(0, 10, "one"), box(0, 40, "two"), box(0, 70, "three")], "one\ntwo\nthree"),
        (
            [box(0, y, name) for y, name in ((0, "a"), (30, "b"), (60, "c"), (120, "d"))],
            "a\nb\nc\n\nd",  # steps 30, 30, 60: the last is over one and a half of the usual
        ),
        ([box(0, 0, ""), box(0, 40, "a")], "a"),
    ],
)
def test_boxes_become_lines_in_reading_order(boxes: list[Box], text: str) -> None:
    assert written(boxes) == text


def test_words_are_cut_where_the_ink_leaves_a_gap() -> None:
    assert gaps([0, 1, 2, 9, 10, 13], 5) == [3]  # 2 to 9 is wider than 5, 10 to 13 is not
    assert gaps([], 5) == []


def test_a_picture_that_tesseract_cannot_read_is_refused_with_its_word() -> None:
    needs("tesseract")
    with pytest.raises(FileRefused) as caught:
        ENGINES["tesseract"].read(b"not a picture", Limits())
    assert caught.value.reason == "malformed"
    assert "tesseract failed" in caught.value.detail


def needs(engine: EngineName) -> None:
    if ENGINES[engine].missing():
        pytest.skip(f"{engine} is not installed")


@pytest.mark.ocr
@pytest.mark.parametrize(
    ("size", "fits"),
    [
        ((1700, 2200), (1536, 1984)),  # letter at 200 dpi: as the engine would have it
        (
            (7072, 7072),
            (1792, 1792),
        ),  # square: less than the engine's 1984, which takes more memory
        ((600, 300), (600, 300)),
    ],
)
def test_a_picture_is_made_small_enough_for_one_files_memory(
    size: tuple[int, int], fits: tuple[int, int]
) -> None:
    needs("rapidocr")
    out = io.BytesIO()
    Image.new("L", size, 255).save(out, "PNG")
    height, width, colours = fitted(loaded(), out.getvalue()).shape
    assert (width, height, colours) == (*fits, 3)


# The file, its page counted from 0, and words that stand on it.
SAMPLE = (
    "agreement/brackwater-fis-agreement-2024.pdf",
    0,
    (
        "between the Federal Immigration Service",
        "It sets out the terms on which officers of the Sheriff",
        "shall nominate no more than six officers",
    ),
)
REAL = (
    "corpus/other/287g-moa-SanibelPDFL_TFM_MOA_032625.pdf",
    0,
    (
        "pursuant to which ICE delegates to nominated",
        "codified at 8 U.S.C. § 1357(g)",
        "Sanibel Police Department in the implementation and administration of this MOA",
    ),
)


@pytest.mark.ocr
@pytest.mark.parametrize("engine", ["tesseract", "rapidocr"])
def test_a_scanned_page_of_the_sample_is_read(sample_dir: Path, engine: EngineName) -> None:
    reads(sample_dir, *SAMPLE, engine)


@pytest.mark.ocr
@pytest.mark.corpus
def test_a_scanned_page_of_the_real_corpus_is_read(corpus_dir: Path) -> None:
    engine = engine_named("auto")
    if engine == "off":
        pytest.skip("no OCR engine is installed")
    reads(corpus_dir, *REAL, engine)


def reads(folder: Path, name: str, page: int, words: tuple[str, ...], engine: EngineName) -> None:
    needs(engine)
    image = page_image((folder / name).read_bytes(), page)
    text, _ = read_scanned_page(image, Limits(ocr=engine))
    for phrase in words:
        assert phrase.lower() in " ".join(text.split()).lower()


@pytest.mark.ocr
def test_a_scan_is_read_in_the_sandbox_and_marked(sample_dir: Path, tmp_path: Path) -> None:
    """The engine fits the memory of the child, and every word of it is marked."""
    engine = engine_named("auto")
    if engine == "off":
        pytest.skip("no OCR engine is installed")
    data = (sample_dir / SAMPLE[0]).read_bytes()
    with Sandbox(Limits(ocr=engine, ocr_cache=str(tmp_path))) as sandbox:
        reading = sandbox.read(data, ".pdf")
    marks = [mark for mark in reading.marks if mark.type == "ocr"]
    assert {mark.detail for mark in marks} == {engine}
    assert sum(mark.span.end - mark.span.start for mark in marks) > 0.9 * len(reading.text)
    assert list(tmp_path.rglob("*.txt"))


def test_ocr_loads_no_engine_before_a_page_asks() -> None:
    program = (
        "import sys, ingest.readers.ocr.pages as ocr; ocr.engine_named('auto');"
        " print(sorted({'onnxruntime', 'cv2', 'rapidocr_onnxruntime'} & set(sys.modules)))"
    )
    root = Path(ocr_module.__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr
