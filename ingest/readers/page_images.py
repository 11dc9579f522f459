"""One page of a PDF as a picture, for reading scans. The only module that imports pypdfium2.

The page is drawn, not its images taken out: scanners store pages as several layers, turned,
or in JBIG2, which pypdf cannot decode without an outside program.
"""

from __future__ import annotations

import io

DOTS_PER_INCH = 200


def page_image(data: bytes, index: int) -> bytes:
    """The page, counted from 0, in grey, as PNG bytes."""
    import pypdfium2  # heavy, and only scans need it

    document = pypdfium2.PdfDocument(data)
    try:
        picture = document[index].render(scale=DOTS_PER_INCH / 72, grayscale=True).to_pil()
    finally:
        document.close()
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
