"""Hostile and damaged PDFs through the whole reading path: each ends in time, with a word."""

from __future__ import annotations

import io
import time
import zlib
from collections.abc import Callable, Iterator

import pytest
from pypdf import PdfWriter

from ingest.readers.format import Limits
from ingest.readers.ocr.pages import engine_named
from ingest.readers.sandboxing.sandbox import Sandbox
from pincite.errors import FileRefused

# The memory is the product's own: what a library takes for a scan differs with the processor.
LIMITS = Limits(seconds=15, max_pages=500, max_chars=500_000, ocr=engine_named("auto"))
MEGABYTE = 2**20
WORDS = b"BT /F 12 Tf 72 700 Td (A detainer is a request and not a warrant.) Tj ET"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
READ = "read"


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def packed(data: bytes, entries: bytes = b"", times: int = 1) -> bytes:
    for _ in range(times):
        data = zlib.compress(data, 9)
    return stream(data, b"/Filter [%s] %s" % (b"/FlateDecode " * times, entries))


def pdf(objects: dict[int, bytes], trailer: bytes = b"", header: bytes = b"%PDF-1.7\n") -> bytes:
    """A file with these objects, a correct table of them, and object 1 as its root."""
    out, places = bytearray(header), {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n" % size
    for number in range(size):
        out += (
            b"%010d 00000 n\r\n" % places[number] if number in places else b"0000000000 65535 f\r\n"
        )
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (size, trailer)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def one_page(
    content: bytes = stream(WORDS),
    resources: bytes = b"",
    page: bytes = b"/MediaBox [0 0 612 792]",
    more: dict[int, bytes] | None = None,
    catalog: bytes = b"",
    fonts: bytes = b"/F 5 0 R",
) -> bytes:
    """A page with this content; the font /F is there, and what `resources` adds."""
    return pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << %s >>"
            b" %s >> %s >>" % (fonts, resources, page),
            4: content,
            5: FONT,
            **(more or {}),
        }
    )


def fonted(font: bytes, more: dict[int, bytes] | None = None) -> bytes:
    """A page of good words, and two letters in this font."""
    return one_page(
        stream(WORDS + b" BT /G 12 Tf 72 600 Td <00410042> Tj ET"),
        fonts=b"/F 5 0 R /G 6 0 R",
        more={6: font, **(more or {})},
    )


def encrypted() -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(612, 792)
    writer.encrypt("secret", algorithm="AES-256")
    writer.write(out)
    return out.getvalue()


def no_pages() -> bytes:
    return pdf(
        {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [] /Count 0 >>"}
    )


def form_only() -> bytes:
    return one_page(
        stream(b""),
        page=b"/MediaBox [0 0 612 792] /Annots [6 0 R]",
        catalog=b"/AcroForm << /Fields [6 0 R] >>",
        more={6: b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /Rect [0 0 100 20] >>"},
    )


def page_tree(depth: int, last: bytes) -> bytes:
    """Tables of pages in one another; `last` are the kids of the deepest."""
    nodes = {
        10 + n: b"<< /Type /Pages /Parent %d 0 R /Kids [%d 0 R] /Count 1 >>" % (9 + n, 11 + n)
        for n in range(depth)
    }
    nodes[10 + depth] = b"<< /Type /Pages /Kids [%s] /Count 1 >>" % last
    return pdf(
        {
            1: b"<< /Type /Catalog /Pages 10 0 R >>",
            3: b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
            b" /Resources << /Font << /F 5 0 R >> >> >>" % (10 + depth),
            4: stream(WORDS),
            5: FONT,
            **nodes,
        }
    )


def forms(levels: int, times: int) -> bytes:
    """Forms that each draw the next one several times: levels to the power of times."""
    more = {
        10 + n: stream(
            b"/X Do " * times if n < levels else WORDS,
            b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /Font << /F 5 0 R >>"
            b" /XObject << /X %d 0 R >> >>" % (11 + n),
        )
        for n in range(levels + 1)
    }
    return one_page(stream(WORDS + b" /X Do"), b"/XObject << /X 10 0 R >>", more=more)


def picture(box: bytes, image: bytes) -> bytes:
    """A page that is nothing but a picture."""
    content = b"q %s 0 0 %s 0 0 cm /I Do Q" % (box, box)
    return one_page(
        stream(content),
        b"/XObject << /I 6 0 R >>",
        b"/MediaBox [0 0 %s %s]" % (box, box),
        {6: image},
    )


IMAGE = b"/Type /XObject /Subtype /Image /ColorSpace /DeviceGray /BitsPerComponent 8"
CID = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [7 0 R]"
    b" /ToUnicode 8 0 R >>"
)
CMAP = b"begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange %s endcmap"
CID_FONT = b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /W [%s] >>"

NO_LENGTH = b"<< /Length 4 0 R >>\nstream\n" + WORDS + b"\nendstream"
MANY_WORDS = WORDS.replace(b"warrant", b"warrant " * 80_000)
ENDLESS = b"1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange"


def run_lengths() -> bytes:
    return one_page(stream(b"\x81 " * 50_000, b"/Filter /RunLengthDecode"))


def object_stream_bomb() -> bytes:
    body = packed(b"1 0 " * 30 * MEGABYTE, b"/Type /ObjStm /N 30000000 /First 9")
    return one_page(more={6: body}, catalog=b"/Extensions 6 0 R")


def wide_predictor() -> bytes:
    return one_page(packed(WORDS, b"/DecodeParms << /Predictor 15 /Columns 2000000000 >>"))


def form_in_itself() -> bytes:
    entries = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]"
    form = stream(b"/X Do", entries + b" /Resources << /XObject << /X 10 0 R >> >>")
    return one_page(stream(WORDS + b" /X Do"), b"/XObject << /X 10 0 R >>", more={10: form})


# What it is, the bytes, and what becomes of it.
PDFS: list[tuple[str, Callable[[], bytes], set[str]]] = [
    ("as it should be", one_page, {READ}),
    ("encrypted", encrypted, {"encrypted"}),
    ("white space", lambda: b" \n" * 100, {"empty"}),
    ("cut off", lambda: one_page(stream(WORDS * 50))[:600], {"truncated"}),
    ("header alone", lambda: b"%PDF-1.7\n", {"truncated"}),
    ("no pages", no_pages, {"no_pages"}),
    ("empty form", form_only, {"form_only"}),
    ("HTML", lambda: b"<!DOCTYPE html><html><body>Not found</body></html>", {"wrong_type"}),
    ("ZIP", lambda: b"PK\x03\x04" + bytes(500), {"wrong_type"}),
    ("blank page", lambda: one_page(stream(b"")), {"no_text"}),
    ("junk before it", lambda: b"\n" * 500 + one_page(), {READ}),
    ("no table", lambda: one_page().replace(b"startxref", b"startxxxx"), {READ, "malformed"}),
    # what unpacks to more than it should
    ("flate bomb", lambda: one_page(packed(b"q " * 100 * MEGABYTE)), {"expands_too_much"}),
    (
        "flate bomb in another",
        lambda: one_page(packed(bytes(300 * MEGABYTE), times=2)),
        {"expands_too_much"},
    ),
    ("many words", lambda: one_page(packed(MANY_WORDS)), {"expands_too_much"}),
    ("run lengths", run_lengths, {"no_text"}),
    ("object stream bomb", object_stream_bomb, {READ, "expands_too_much"}),
    (
        "many objects claimed",
        lambda: one_page().replace(b"xref\n0 6", b"xref\n0 999999999"),
        {READ, "malformed"},
    ),
    ("wide predictor", wide_predictor, {"expands_too_much", "malformed"}),
    (
        "many operators",
        lambda: one_page(packed(b"q Q " * 2_000_000)),
        {"expands_too_much", "too_slow"},
    ),
    # what nests, or leads back to itself
    ("deep arrays", lambda: one_page(stream(b"[" * 500_000 + WORDS)), {"malformed"}),
    ("deep dictionaries", lambda: one_page(page=b"/A " + b"<< /A " * 20_000), {"malformed"}),
    ("deep pages", lambda: page_tree(3000, b"3 0 R"), {READ, "malformed"}),
    ("pages in a ring", lambda: page_tree(5, b"10 0 R"), {"malformed", "no_pages"}),
    ("one page many times", lambda: page_tree(0, b"3 0 R " * 5000), {"too_many_pages"}),
    (
        "pages claimed",
        lambda: one_page().replace(b"/Count 1", b"/Count 999999999"),
        {READ, "too_many_pages"},
    ),
    ("a form in itself", form_in_itself, {READ}),
    ("forms that multiply", lambda: forms(12, 10), {READ, "expands_too_much", "too_slow"}),
    ("length in itself", lambda: one_page(NO_LENGTH), {READ, "expands_too_much", "malformed"}),
    (
        "parent in a ring",
        lambda: one_page(page=b"").replace(b"/Kids [3 0 R]", b"/Kids [3 0 R] /Parent 2 0 R"),
        {READ, "malformed"},
    ),
    # fonts
    (
        "endless widths",
        lambda: fonted(CID, {7: CID_FONT % b"0 4000000000 500", 8: stream(CMAP % b"")}),
        {READ, "expands_too_much"},
    ),
    (
        "endless map",
        lambda: fonted(CID, {7: CID_FONT % b"", 8: stream(CMAP % ENDLESS)}),
        {READ, "expands_too_much"},
    ),
    ("font in itself", lambda: fonted(CID.replace(b"7 0 R", b"6 0 R")), {READ, "malformed"}),
    ("font of another type", lambda: fonted(b"(not a font)"), {READ}),
    # pictures, which only an OCR engine looks at
    (
        "a page of a kilometre",
        lambda: picture(b"2800000", stream(b"\x00", IMAGE + b"/Width 1 /Height 1")),
        {"no_text", "scan_without_ocr"},
    ),
    (
        "a picture of 4 gigapixels",
        lambda: picture(b"600", packed(bytes(1000), IMAGE + b"/Width 65000 /Height 65000")),
        {"no_text", "scan_without_ocr", "too_much_memory"},
    ),
    (
        "a picture that is none",
        lambda: picture(b"600", stream(b"junk", IMAGE + b"/Filter /DCTDecode /Width 9 /Height 9")),
        {"no_text", "scan_without_ocr"},
    ),
    (
        "an endless inline picture",
        lambda: one_page(stream(WORDS + b" BI /W 9 /H 9 ID " + b"x" * MEGABYTE)),
        {READ, "malformed"},
    ),
]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(LIMITS) as sandbox:
        yield sandbox


@pytest.mark.parametrize(("make", "outcomes"), [pytest.param(*row, id=what) for what, *row in PDFS])
def test_a_hostile_pdf_is_read_or_refused_with_a_word(
    sandbox: Sandbox, make: Callable[[], bytes], outcomes: set[str]
) -> None:
    data, start = make(), time.monotonic()
    try:
        word, said = READ, sandbox.read(data, ".pdf").text
    except FileRefused as refused:
        word, said = refused.reason, refused.detail
    assert word in outcomes, said
    assert said
    assert time.monotonic() - start < LIMITS.seconds + 5
    assert sandbox.read(one_page(), ".pdf").text == "A detainer is a request and not a warrant."
