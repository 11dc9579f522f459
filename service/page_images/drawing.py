"""Pages read and drawn with PDFium, inside the child. The only module here that imports it."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops

from pincite.errors import FileRefused, NotFound
from service.page_images.sheets import EDGE, MOST_CHARACTERS, Box, Sheet, Size, pixels_of

# How far a pixel's colours lie apart before it is one, and the share of such that make a picture.
_COLOURED, _FEW_COLOURED = 48, 0.0002
_GREYS = [round(value / 17) for value in range(256)]
_GREY_PALETTE = [level * 17 for level in range(16) for _ in range(3)]
_COLOURS = 64
_SPACES = frozenset(" \t\r\n\u00a0\u0000")


def picture(data: bytes, number: int, size: Size) -> bytes:
    """The page, counted from 1, as a PNG of few colours. Raises FileRefused and NotFound."""
    with _page(data, number) as (_, page):
        width, height = page.get_size()
        across, down = pixels_of(width, height, size)
        bitmap = pypdfium2.PdfBitmap.new_native(across, down, pdfium.FPDFBitmap_BGRx)
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, across, down)
        flags = pdfium.FPDF_ANNOT
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, across, down, 0, flags)
        drawn = bitmap.to_pil().convert("RGB")
    out = io.BytesIO()
    if _is_coloured(drawn):
        drawn.quantize(_COLOURS, Image.Quantize.FASTOCTREE).save(out, "PNG")
    else:
        grey = drawn.convert("L").point(_GREYS)
        grey = Image.frombytes("P", grey.size, grey.tobytes())
        grey.putpalette(_GREY_PALETTE)
        grey.save(out, "PNG", bits=4)
    return out.getvalue()


def sheet(data: bytes, number: int) -> Sheet:
    """The page's size and its characters. Raises FileRefused and NotFound."""
    with _page(data, number) as (document, page):
        width, height = page.get_size()
        text = page.get_textpage()
        try:
            count = text.count_chars()
            whole = 0 <= count <= MOST_CHARACTERS
            read = list(_characters(page, text, count if whole else 0))
        finally:
            text.close()
        return Sheet(
            len(document),
            round(width, 2),
            round(height, 2),
            "".join(character for character, _, _ in read),
            tuple(box for _, box, _ in read),
            tuple(word for _, _, word in read),
            whole,
        )


@contextmanager
def _page(data: bytes, number: int) -> Iterator[tuple[Any, Any]]:
    """The document and its page, opened. Raises FileRefused and NotFound."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise FileRefused("malformed", f"the PDF cannot be opened: {error}") from None
    try:
        if not 1 <= number <= len(document):
            raise NotFound(f"there is no page {number}; the file has {len(document)}")
        try:
            page = document[number - 1]
        except pypdfium2.PdfiumError as error:
            raise FileRefused("malformed", f"page {number} cannot be drawn: {error}") from None
        yield document, page
    finally:
        document.close()


def _characters(page: Any, text: Any, count: int) -> Iterator[tuple[str, Box, int]]:
    """Each character that shows, its box on the page as it is shown, and its word's number."""
    word = 0
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text, index)
        character = chr(code) if 0 < code < 0xD800 or 0xDFFF < code <= 0x10FFFF else " "
        if character in _SPACES:
            word += 1
            continue
        box = _box(page, text, index)
        if box is not None:
            yield character, box, word


def _box(page: Any, text: Any, index: int) -> Box | None:
    """Where a character stands: the height of its font, so that a line's boxes are one height."""
    rect = pdfium.FS_RECTF()
    if not pdfium.FPDFText_GetLooseCharBox(text, index, rect):
        return None
    corners = (_place(page, rect.left, rect.top), _place(page, rect.right, rect.bottom))
    xs, ys = sorted(x for x, _ in corners), sorted(y for _, y in corners)
    if xs[0] >= EDGE or ys[0] >= EDGE or xs[1] <= 0 or ys[1] <= 0:
        return None  # off the page as it is shown
    left, right = max(0, xs[0]), min(EDGE, xs[1])
    top, bottom = max(0, ys[0]), min(EDGE, ys[1])
    return (left, top, right, bottom) if left < right and top < bottom else None


def _place(page: Any, x: float, y: float) -> tuple[int, int]:
    """A place of the page's own space on the page as it is shown: turned and cut to its box."""
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page, 0, 0, EDGE, EDGE, 0, x, y, across, down)
    return across.value, down.value


def _is_coloured(picture: Image.Image) -> bool:
    red, green, blue = picture.split()
    apart = ImageChops.lighter(
        ImageChops.difference(red, green), ImageChops.difference(green, blue)
    ).histogram()
    return sum(apart[_COLOURED:]) > _FEW_COLOURED * picture.width * picture.height
