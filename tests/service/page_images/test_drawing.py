"""Pages drawn: bounded, of few colours, and every box lies over the ink of its character."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image

from pincite.errors import FileRefused, NotFound
from pincite.types import Span
from service.page_images.boxing import boxed
from service.page_images.drawing import picture, sheet
from service.page_images.sheets import EDGE, pixels, pixels_of
from tests.ingest.readers.test_hostile_pdfs import encrypted, one_page, stream
from tests.service.page_images.conftest import MakePdf

LINES = ("The sheriff shall not hold a person", "on a civil immigration detainer alone.")
# What a page's object says besides its size: turned, cut, turned and cut.
PAGES = [
    b"/MediaBox [0 0 612 792]",
    b"/MediaBox [0 0 612 792] /Rotate 90",
    b"/MediaBox [0 0 612 792] /Rotate 180",
    b"/MediaBox [0 0 612 792] /Rotate 270",
    b"/MediaBox [-50 -80 612 792]",
    b"/MediaBox [0 0 612 792] /CropBox [60 500 400 760]",
    b"/MediaBox [0 0 612 792] /CropBox [60 500 400 760] /Rotate 90",
    b"/MediaBox [0 0 612 792] /UserUnit 2",
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.decode())
def test_the_boxes_of_a_page_hold_its_ink_and_leave_none(make_pdf: MakePdf, page: bytes) -> None:
    data = make_pdf(LINES, page=page)
    read = sheet(data, 1)
    text = " ".join(LINES)
    found = boxed(read, text, Span(0, len(text)))
    assert found.outcome == "boxed"
    drawn = Image.open(io.BytesIO(picture(data, 1, "page"))).convert("L")
    assert drawn.size == pixels(read, "page")
    dark = drawn.point(lambda value: 255 if value < 128 else 0)
    ink = dark.histogram()[255]
    assert ink > 300
    for left, top, right, bottom in found.boxes:
        across, down = drawn.width / EDGE, drawn.height / EDGE
        area = (left * across - 3, top * down - 3, right * across + 3, bottom * down + 3)
        place = (round(area[0]), round(area[1]), round(area[2]), round(area[3]))
        assert dark.crop(place).histogram()[255] > 100
        dark.paste(0, place)
    assert dark.histogram()[255] <= ink * 0.02  # the full stop, which is no letter


def test_what_stands_off_the_page_has_no_character(make_pdf: MakePdf) -> None:
    data = make_pdf(LINES, page=b"/MediaBox [0 0 612 792] /CropBox [60 696 612 792]")
    assert sheet(data, 1).text == re.sub(r"\s", "", LINES[0])


@pytest.mark.parametrize(
    ("width", "height"), [(612, 792), (1, 1), (0, 0), (2_800_000, 2_800_000), (14_400, 3)]
)
def test_a_picture_is_bounded_whatever_size_the_page_claims(width: float, height: float) -> None:
    across, down = pixels_of(width, height, "large")
    assert 1 <= across <= 6000
    assert 1 <= down <= 6000
    assert across * down <= 6_000_000


def test_a_page_of_a_kilometre_is_drawn_small() -> None:
    data = one_page(stream(b""), page=b"/MediaBox [0 0 2800000 2800000]")
    assert Image.open(io.BytesIO(picture(data, 1, "page"))).size == pixels(sheet(data, 1), "page")


def test_black_on_white_takes_sixteen_greys_and_colours_stay(make_pdf: MakePdf) -> None:
    grey = Image.open(io.BytesIO(picture(make_pdf(LINES), 1, "page")))
    assert len(grey.getcolors() or []) <= 16
    red = b"1 0 0 rg 72 600 200 100 re f"
    colours = Image.open(io.BytesIO(picture(one_page(stream(red)), 1, "page"))).convert("RGB")
    assert (255, 0, 0) in {colour for _, colour in colours.getcolors(256) or []}


def test_what_cannot_be_opened_is_refused_and_a_page_beyond_the_last_is_not_found() -> None:
    for data in (b"%PDF-1.7\n", encrypted()):
        with pytest.raises(FileRefused) as caught:
            picture(data, 1, "page")
        assert caught.value.reason == "malformed"
    for number in (0, 2, -1, 2**31):
        with pytest.raises(NotFound):
            sheet(one_page(), number)
