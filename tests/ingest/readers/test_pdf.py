"""PDF files: what is read, what is refused, and with which word."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import suppress

import pytest
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from ingest.readers.format import Limits
from ingest.readers.pdf.reader import read_pdf, read_with
from pincite.errors import FileRefused
from pincite.types import Mark, Span

LIMITS = Limits()
TEXT = "A detainer is a request and not a warrant."
LETTERS = DictionaryObject(
    {
        NameObject("/Type"): NameObject("/Font"),
        NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Helvetica"),
        NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
    }
)
PICTURE = b"q 612 0 0 792 0 0 cm /Im Do Q "


def shown(*lines: str, top: int = 700, mode: int = 0) -> bytes:
    """Operators that show these lines below each other."""
    parts = [f"1 0 0 1 72 {top - 14 * i} Tm ({line}) Tj" for i, line in enumerate(lines)]
    return f"BT /F 12 Tf {mode} Tr {' '.join(parts)} ET ".encode("cp1252")


def pdf(*pages: bytes, finish: Callable[[PdfWriter], None] = lambda writer: None) -> bytes:
    """A file with these content streams; `/Im` names a small image."""
    writer = PdfWriter()
    for content in pages:
        _page(writer, content)
    finish(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _page(writer: PdfWriter, content: bytes) -> None:
    page = writer.add_blank_page(612, 792)
    stream, image = DecodedStreamObject(), StreamObject()
    stream.set_data(content)
    image.set_data(b"\xff")
    size = {NameObject(f"/{name}"): NumberObject(1) for name in ("Width", "Height")}
    image.update(
        {
            NameObject("/Subtype"): NameObject("/Image"),
            NameObject("/ColorSpace"): NameObject("/DeviceGray"),
            NameObject("/BitsPerComponent"): NumberObject(8),
            **size,
        }
    )
    images = DictionaryObject({NameObject("/Im"): writer._add_object(image)})
    page[NameObject("/Contents")] = writer._add_object(stream)
    page[NameObject("/Resources")] = DictionaryObject(
        {
            NameObject("/Font"): DictionaryObject({NameObject("/F"): LETTERS}),
            NameObject("/XObject"): images,
        }
    )


def long_text(page: int) -> bytes:
    """More than 200 characters, no line like one on another page."""
    words = ("alpha", "bravo", "charlie", "delta", "echo")
    here = words[page]
    said = [f"Then {here} said to {word} what was due." for word in words]
    heard = [f"And {word} said to {here} what was so." for word in words]
    return shown(*said, *heard)


def test_hard_wraps_are_undone_and_hyphens_joined_on_record() -> None:
    reading = read_pdf(pdf(shown("A detainer is a re-", "quest and not a warrant.")), LIMITS)
    assert reading.text == TEXT
    assert [(r.original, r.rule) for r in reading.repairs] == [("-\n", "line-end hyphen")]


def test_pages_tile_the_text_and_a_sentence_goes_on_over_the_break() -> None:
    reading = read_pdf(pdf(shown("A detainer is a request"), shown("and not a warrant.")), LIMITS)
    assert reading.text == TEXT
    assert [page.number for page in reading.pages] == [1, 2]
    first, second = (page.span.of(reading.text) for page in reading.pages)
    assert first + second == TEXT
    assert second.strip() == "and not a warrant."


def test_running_heads_become_labels() -> None:
    heads = [shown(f"Register {17 + n}", top=770) + long_text(n) for n in range(3)]
    reading = read_pdf(pdf(*heads), LIMITS)
    assert "Register" not in reading.text
    assert [page.label for page in reading.pages] == ["17", "18", "19"]


def test_a_filled_in_field_is_read_and_a_hidden_one_is_not() -> None:
    def fill(writer: PdfWriter) -> None:
        notes = [_field(writer, "Springfield", flags=4), _field(writer, "secret", flags=2)]
        writer.pages[0][NameObject("/Annots")] = ArrayObject(notes)

    reading = read_pdf(pdf(shown("The City of"), finish=fill), LIMITS)
    assert "Springfield" in reading.text
    assert "secret" not in reading.text


def _field(writer: PdfWriter, value: str, flags: int) -> DictionaryObject:
    look = DecodedStreamObject()
    look.set_data(f"BT /F 12 Tf 2 2 Td ({value}) Tj ET".encode())
    look[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F"): LETTERS})}
    )
    look[NameObject("/BBox")] = ArrayObject([FloatObject(n) for n in (0, 0, 100, 14)])
    normal = DictionaryObject({NameObject("/N"): writer._add_object(look)})
    return DictionaryObject(
        {
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject("/Tx"),
            NameObject("/V"): TextStringObject(value),
            NameObject("/F"): NumberObject(flags),
            NameObject("/AP"): normal,
            NameObject("/Rect"): ArrayObject([FloatObject(n) for n in (150, 698, 250, 712)]),
        }
    )


def test_a_text_layer_over_the_picture_of_a_page_is_marked_as_ocr() -> None:
    lines = [f"Line {n} of the tennination clause, as it was read." for n in range(8)]
    reading = read_pdf(pdf(PICTURE + shown(*lines, mode=3)), LIMITS)
    assert reading.marks == (Mark(Span(0, len(reading.text)), "ocr", "text layer"),)


def test_a_scanned_page_among_others_is_reported_when_ocr_is_off() -> None:
    reading = read_pdf(pdf(long_text(1), PICTURE, long_text(3), long_text(4)), LIMITS)
    assert ("pages_without_text", "2") in reading.facts
    assert len(reading.pages) == 4


def test_scanned_pages_go_through_ocr_and_are_marked() -> None:
    seen: list[bytes] = []

    def engine(image: bytes) -> tuple[str, str]:
        seen.append(image)
        return "Read from\nthe picture.", "an engine"

    reading = read_with(pdf(long_text(1), PICTURE), LIMITS, engine)
    assert [image[:4] for image in seen] == [b"\x89PNG"]
    marks = [mark for mark in reading.marks if mark.type == "ocr"]
    assert [(mark.span.of(reading.text), mark.detail) for mark in marks] == [
        ("Read from the picture.", "an engine")
    ]


def test_form_fields_that_recur_on_every_picture_are_no_text() -> None:
    stamped = [PICTURE + shown("County Sheriff's Office, TX" * 8)] * 3
    with pytest.raises(FileRefused) as refusal:
        read_pdf(pdf(*stamped), LIMITS)
    assert refusal.value.reason == "scan_without_ocr"


def encrypted(password: str) -> bytes:
    return pdf(shown(TEXT), finish=lambda w: w.encrypt(password, "owner", algorithm="AES-256"))


def test_an_empty_password_is_no_obstacle() -> None:
    assert read_pdf(encrypted(""), LIMITS).text == TEXT


def form(writer: PdfWriter) -> None:
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"<!DOCTYPE html><html></html>", "wrong_type"),
        (b"PK\x03\x04", "wrong_type"),
        (b"plain words", "wrong_type"),
        (b"%PDF-1.7\nnothing\n%%EOF", "malformed"),
        (pdf(shown(TEXT))[:-200], "truncated"),
        (pdf(*[long_text(n) for n in range(5)])[:2000], "truncated"),
        (encrypted("secret"), "encrypted"),
        (pdf(), "no_pages"),
        (pdf(b""), "no_text"),
        (pdf(b"", finish=form), "form_only"),
        (pdf(PICTURE, PICTURE), "scan_without_ocr"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_typed_reason(data: bytes, reason: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        read_pdf(data, LIMITS)
    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (Limits(max_pages=1), "too_many_pages"),
        (Limits(max_chars=50), "expands_too_much"),
    ],
)
def test_limits_are_kept(limits: Limits, reason: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        read_pdf(pdf(long_text(1), long_text(2)), limits)
    assert refusal.value.reason == reason


@pytest.mark.parametrize("at", range(0, 1200, 37))
def test_a_damaged_byte_gives_a_reading_or_a_refusal(at: int) -> None:
    data = bytearray(pdf(shown(TEXT), long_text(2)))
    data[at % len(data)] ^= 0xFF
    # an assertion or any other error would fail the test
    with suppress(FileRefused):
        assert read_pdf(bytes(data), LIMITS).reader == "pdf"
