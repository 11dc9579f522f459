"""One page of a PDF as a picture, for reading scans. The only reader that uses pypdfium2.

The page is drawn, not its images taken out: scanners store pages as several layers, turned,
or in JBIG2, which pypdf cannot decode without an outside program.
"""

from __future__ import annotations

import io
import math

DOTS_PER_INCH = 200
MOST_DOTS = 50_000_000  # a sheet of 1 m by 1 m comes to 62 million at 200 dpi


def page_image(data: bytes, index: int) -> bytes:
    """The page, counted from 0, in grey, as PNG bytes."""
    import pypdfium2  # heavy, and only scans need it

    document = pypdfium2.PdfDocument(data)
    try:
        page = document[index]
        width, height = page.get_size()
        scale = min(DOTS_PER_INCH / 72, math.sqrt(MOST_DOTS / (width * height or 1.0)))
        picture = page.render(scale=scale, grayscale=True).to_pil()
    finally:
        document.close()
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
