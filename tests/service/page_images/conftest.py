"""Small PDFs, written here object by object, and a renderer that they share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest

from service.page_images.renderer import Limits, Renderer
from tests.ingest.readers.test_hostile_pdfs import FONT, pdf, stream

MakePdf = Callable[..., bytes]


@pytest.fixture(scope="session")
def make_pdf() -> MakePdf:
    """A PDF of pages of lines; `page` is what every page's object says besides."""

    def make(*pages: Sequence[str], page: bytes = b"/MediaBox [0 0 612 792]") -> bytes:
        kids = b" ".join(b"%d 0 R" % (10 + 2 * n) for n in range(len(pages)))
        objects = {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
            5: FONT,
        }
        for n, lines in enumerate(pages):
            shown = b" ".join(
                b"1 0 0 1 72 %d Tm (%s) Tj" % (700 - 20 * row, line.encode("cp1252"))
                for row, line in enumerate(lines)
            )
            objects[10 + 2 * n] = (
                b"<< /Type /Page /Parent 2 0 R /Contents %d 0 R"
                b" /Resources << /Font << /F 5 0 R >> >> %s >>" % (11 + 2 * n, page)
            )
            objects[11 + 2 * n] = stream(b"BT /F 12 Tf " + shown + b" ET")
        return pdf(objects)

    return make


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    """Children that end with the module."""
    renderer = Renderer(Limits(picture_seconds=2, sheet_seconds=2))
    yield renderer
    renderer.close()
