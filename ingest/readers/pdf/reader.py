"""PDF files. Text layers are read from the drawing operators; scans by OCR, where it is on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from importlib import import_module

from ingest.readers.format import Format, Limits
from ingest.readers.hyphens import join_hyphens, unwrap
from ingest.readers.pdf.file import PdfFile, Sheet
from ingest.readers.pdf.lines import Line, lines_of
from ingest.readers.pdf.mends import mended
from ingest.readers.pdf.page_images import page_image
from ingest.readers.pdf.text import PageText, draft_of
from pincite.errors import FileRefused
from pincite.types import Reading

Ocr = Callable[[bytes], tuple[str, str]]
"""The picture of a page, as PNG bytes, to its lines of text and the engine's name."""

_FEWEST_CHARACTERS = 200
_MOST_SCANS = 0.8  # of the pages: with more, what is left is no longer the document
_TEXT_LAYER = "text layer"
_OCR_PRODUCERS = re.compile(r"paper capture|\bocr\b|abbyy|finereader|tesseract|omnipage", re.I)
_FILE_NAME = re.compile(r"\.\w{3,4}$|^(?:microsoft word|untitled)|^~", re.I)
_PLACEHOLDER = re.compile(
    r"please wait.{0,40}if this message is not eventually replaced", re.I | re.S
)


def read_pdf(data: bytes, limits: Limits) -> Reading:
    """The reading of a PDF. Raises FileRefused."""
    return read_with(data, limits, None if limits.ocr == "off" else _engine(limits))


def read_with(data: bytes, limits: Limits, ocr: Ocr | None) -> Reading:
    """The reading of a PDF whose scanned pages go through `ocr`; without it they give no text."""
    file = PdfFile(data, limits)
    layered = bool(_OCR_PRODUCERS.search(dict(file.facts).get("producer", "")))
    sheets, lines, unseen = _pages(file, limits, layered)
    scans = _scans(sheets, lines)
    _refuse_damaged(file, sheets, lines, scans)
    _refuse_empty(file, lines, scans, ocr)
    pages = [
        _scanned(data, index, ocr)
        if index in scans
        else PageText(tuple(lines[index]), _layer(sheet, layered), tuple(unseen[index]))
        for index, sheet in enumerate(sheets)
    ]
    draft = unwrap(join_hyphens(mended(draft_of(pages))))
    if not draft.text.strip():
        raise FileRefused("no_text", "its pages show no text")
    return draft.finish(PDF.name, PDF.revision, _facts(file, sheets, pages, unseen))


def _pages(
    file: PdfFile, limits: Limits, layered: bool
) -> tuple[list[Sheet | None], list[list[Line]], list[list[Line]]]:
    """The pages, the lines that each shows, and those that it holds and does not show."""
    sheets: list[Sheet | None] = []
    lines: list[list[Line]] = []
    unseen: list[list[Line]] = []
    characters = 0
    for sheet in file.sheets():
        page, hidden = ([], []) if sheet is None else _lines(sheet, layered)
        characters += sum(len(line.text) for line in (*page, *hidden))
        if characters > limits.max_chars:
            raise FileRefused(
                "expands_too_much", f"more than {limits.max_chars} characters of text"
            )
        if sheet is not None:
            sheet.ink.runs.clear()
        sheets.append(sheet)
        lines.append(page)
        unseen.append(hidden)
    return sheets, lines, unseen


def _lines(sheet: Sheet, layered: bool) -> tuple[list[Line], list[Line]]:
    """The lines that a page shows, and those that it does not; a layer of OCR text is shown."""
    layer = bool(_layer(sheet, layered))
    shown = [run for run in sheet.ink.runs if layer or not run.hidden]
    hidden = [run for run in sheet.ink.runs if run.hidden and not layer]
    width, height = sheet.width, sheet.height
    return lines_of(shown, width, height), lines_of(hidden, width, height)


def _scans(sheets: Sequence[Sheet | None], lines: Sequence[Sequence[Line]]) -> set[int]:
    """The pages that are pictures of text.

    Some carry a few typed words, or the same form fields on page after page.
    """
    counts = Counter(text for page in lines for text in {line.text for line in page})
    common = {text for text, count in counts.items() if count > max(1, len(lines) // 2)}
    return {
        index
        for index, (sheet, page) in enumerate(zip(sheets, lines, strict=True))
        if sheet is not None
        and sheet.image_share > 0.5
        and sum(len(line.text) for line in page if line.text not in common) < _FEWEST_CHARACTERS
    }


def _layer(sheet: Sheet | None, layered: bool) -> str:
    """The name of an OCR text layer that lies over the picture of a page."""
    if sheet is None or sheet.image_share <= 0.5:
        return ""
    return _TEXT_LAYER if layered or sheet.hidden_share > 0.5 else ""


def _refuse_damaged(
    file: PdfFile, sheets: Sequence[Sheet | None], lines: Sequence[Sequence[Line]], scans: set[int]
) -> None:
    """Some damaged pages are a fact of a document; with no other page there is none."""
    damaged = sum(sheet is None for sheet in sheets)
    if damaged and not any(lines) and not scans:
        raise FileRefused(
            "expands_too_much" if file.burst else "malformed",
            f"{damaged} of {len(sheets)} pages cannot be read and the others are empty;"
            " fetch it again",
        )


def _refuse_empty(
    file: PdfFile, lines: Sequence[Sequence[Line]], scans: set[int], ocr: Ocr | None
) -> None:
    text = "\n".join(line.text for page in lines[:2] for line in page)
    if (not any(lines) and not scans) or _PLACEHOLDER.search(text):
        if file.is_form:
            raise FileRefused("form_only", "it holds only an empty form; print it to PDF first")
        raise FileRefused("no_text", "its pages show neither text nor a picture of text")
    if ocr is None and len(scans) > _MOST_SCANS * len(lines):
        raise FileRefused(
            "scan_without_ocr",
            f"{len(scans)} of {len(lines)} pages are pictures of text; turn OCR on (PINCITE_OCR)",
        )


def _scanned(data: bytes, index: int, ocr: Ocr | None) -> PageText:
    if ocr is None:
        return PageText(())
    text, engine = ocr(page_image(data, index))
    return PageText(tuple(_read_lines(text)), engine)


def _read_lines(text: str) -> list[Line]:
    """Lines of plain text as if printed; a blank line leaves a gap.

    They are set from the foot upwards, where a page number stands at the same height each time.
    """
    rows = text.strip().splitlines()
    return [
        Line(text=" ".join(row.split()), x=0, end=6 * len(row), y=40 + 14 * up, size=12)
        for up, row in zip(range(len(rows) - 1, -1, -1), rows, strict=True)
        if row.strip()
    ]


def _facts(
    file: PdfFile,
    sheets: Sequence[Sheet | None],
    pages: Sequence[PageText],
    unseen: Sequence[Sequence[Line]],
) -> list[tuple[str, str]]:
    facts = [(name, value) for name, value in file.facts if not _is_junk(name, value)]
    empty = [str(n) for n, page in enumerate(pages, start=1) if not page.lines]
    damaged = [str(n) for n, sheet in enumerate(sheets, start=1) if sheet is None]
    hidden = [str(n) for n, page in enumerate(unseen, start=1) if page]
    for name, numbers in (
        ("pages_without_text", empty),
        ("damaged_pages", damaged),
        ("pages_with_hidden_text", hidden),
    ):
        if numbers:
            facts.append((name, ", ".join(numbers)))
    return facts


def _is_junk(name: str, value: str) -> bool:
    """Programs write their own file names into the title."""
    return name == "producer" or bool(_FILE_NAME.search(value))


def _engine(limits: Limits) -> Ocr | None:
    """The OCR engine that the limits name, if there is one; its libraries load when it reads."""
    ocr = import_module("ingest.readers.ocr.pages")
    if ocr.engine_named(limits.ocr) == "off":
        return None
    return lambda image: ocr.read_scanned_page(image, limits)


PDF = Format("pdf", 3, (".pdf",), read_pdf)
