"""A PDF file opened, and what each of its pages shows. The only module that imports pypdf."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import (
    DependencyError,
    EmptyFileError,
    FileNotDecryptedError,
    LimitReachedError,
    PyPdfError,
)
from pypdf.generic import (
    ArrayObject,
    ContentStream,
    DictionaryObject,
    IndirectObject,
    StreamObject,
)
from pypdf.generic._font import Font

from ingest.readers.format import Limits
from ingest.readers.pdf.paints import Matrix
from ingest.readers.pdf.runs import (
    GLYPH_NUMBERS,
    IDENTITY,
    Form,
    Glyph,
    Image,
    Ink,
    Operation,
    Painter,
    product,
)
from pincite.errors import FileRefused

# What a damaged object raises from within pypdf, besides its own errors.
BROKEN = (
    PyPdfError,
    ArithmeticError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    TypeError,
    ValueError,
)
_OTHER_TYPES = (
    (re.compile(rb"\s*(?:<!doctype html|<html|<head|<!--)", re.I), "an HTML page"),
    (re.compile(rb"\s*<\?xml", re.I), "XML"),
    (re.compile(rb"PK\x03\x04"), "a ZIP archive (DOCX, EPUB)"),
    (re.compile(rb"\{\\rtf"), "RTF"),
    (re.compile(rb"\xd0\xcf\x11\xe0"), "an old Office document"),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\x00|MM\x00\*"), "an image"),
)
_TRUNCATED = "the PDF breaks off before its end; fetch it again"
_SHOWN_FIELDS = {"/Tx", "/Ch"}
_PLAIN = ("/Normal", "/Compatible")
_HIDDEN = 0b100010  # the annotation flags "hidden" and "no view"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its size as it is read, and its ink."""

    width: float
    height: float
    ink: Ink
    hidden_share: float = 0.0

    @property
    def image_share(self) -> float:
        """How much of the page images cover."""
        return min(1.0, self.ink.image_area / (self.width * self.height or 1.0))


class PdfFile:
    """An opened PDF. Raises FileRefused for what cannot be read."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        logging.getLogger("pypdf").setLevel(logging.CRITICAL)
        _refuse_other_types(data)
        self._faces: dict[int, _Face] = {}
        self.burst = False  # whether a page unpacked to more than any real one
        try:
            self._reader = PdfReader(io.BytesIO(data), strict=False)
            if self._reader.is_encrypted and not self._reader.decrypt(""):
                raise FileRefused("encrypted", "the PDF asks for a password; store it without one")
            self.count = len(self._reader.pages)
        except (EmptyFileError, FileNotDecryptedError, DependencyError, *BROKEN) as error:
            raise _refusal(error, data) from None
        except RecursionError:
            raise FileRefused("malformed", "its objects nest without end") from None
        if b"%%EOF" not in data[-4096:]:  # pypdf may still have found some of the pages
            raise FileRefused("truncated", _TRUNCATED)
        if not self.count:
            raise FileRefused("no_pages", "the PDF has no pages")
        if self.count > limits.max_pages:
            raise FileRefused(
                "too_many_pages", f"{self.count} pages; at most {limits.max_pages} are read"
            )

    @cached_property
    def is_form(self) -> bool:
        """Whether the file has fields to fill in."""
        try:
            return "/AcroForm" in _dictionary(self._reader.trailer["/Root"])
        except BROKEN:
            return False

    @cached_property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What the file says of itself, as far as it can be read."""
        try:
            info: Any = self._reader.metadata or {}
            pairs = [(name, info.get("/" + name.capitalize())) for name in _FACTS]
        except BROKEN:
            return ()
        return tuple((name, str(value)) for name, value in pairs if value and str(value).strip())

    def sheets(self) -> Iterator[Sheet | None]:
        """The pages in order; None stands for one that is too damaged to be read."""
        for index in range(self.count):
            try:
                yield self._sheet(self._reader.pages[index])
            except LimitReachedError:
                self.burst = True
                yield None
            except (*BROKEN, RecursionError):
                yield None

    def _sheet(self, page: PageObject) -> Sheet:
        upright, width, height = _upright(page)
        painter = Painter(upright)
        if "/Contents" in page:
            painter.paint(
                _operations(page["/Contents"], self._reader), self._resources(_inherited(page))
            )
        for form, place in self._appearances(page):
            painter.draw(form, product(place, upright))
        return Sheet(width, height, painter.ink, _hidden_share(painter.ink))

    def _resources(self, resources: Any) -> _Resources:
        return _Resources(resources, self._faces, self._reader)

    def _appearances(self, page: PageObject) -> Iterator[tuple[Form, Matrix]]:
        """Filled-in fields and typed notes, which the page shows but its own stream does not."""
        for reference in _array(page.get("/Annots")):
            note = reference.get_object()
            if not isinstance(note, DictionaryObject) or int(note.get("/F", 0)) & _HIDDEN:
                continue
            kind = note.get("/FT") or _parent(note).get("/FT")
            if note.get("/Subtype") != "/FreeText" and kind not in _SHOWN_FIELDS:
                continue
            normal = _dictionary(note.get("/AP")).get("/N")
            stream = normal.get_object() if normal is not None else None
            if isinstance(stream, StreamObject) and "/Rect" in note:
                form = _form(stream, self._resources(DictionaryObject()))
                yield form, _fit(stream, form.matrix, [float(n) for n in _array(note["/Rect"])])


_FACTS = ("title", "author", "subject", "producer")


class _Face:
    """A pypdf font, as glyphs."""

    def __init__(self, font: Font, reference: Any) -> None:
        self._font = font
        self._held = reference  # faces are kept by its id, which must not be given out again
        self._known: dict[int, Glyph] = {}
        name = font.name.lower()
        self.drawn = _dictionary(reference).get("/Subtype") == "/Type3"
        self.bold = "bold" in name or "black" in name or "heavy" in name
        # Without a map to Unicode these codes are glyph numbers, which say nothing by themselves.
        self._numbered = not font.character_map and _is_identity(reference.get_object())
        widest = font.character_widths.get(font.space_char, 0) or 250
        self.space = float(widest) / 1000

    def glyphs(self, data: bytes) -> Iterable[Glyph]:
        """The glyphs of a shown string."""
        encoding = self._font.encoding
        if isinstance(encoding, dict):
            return [self._known.get(code) or self._glyph(code, encoding) for code in data]
        try:
            characters = data.decode(encoding, "surrogatepass")
        except (UnicodeDecodeError, LookupError):
            characters = data.decode("utf-16-be", "replace")
        return [self._known.get(ord(c)) or self._wide_glyph(c) for c in characters]

    def _glyph(self, code: int, encoding: dict[int, str]) -> Glyph:
        character = encoding.get(code, chr(code))
        text = str(self._font.character_map.get(character, character))
        glyph = Glyph(text, self._width(chr(code)), code == ord(" "))
        self._known[code] = glyph
        return glyph

    def _wide_glyph(self, character: str) -> Glyph:
        text = str(self._font.character_map.get(character, character))
        if self._numbered:
            text = chr(GLYPH_NUMBERS + ord(character))
        glyph = Glyph(text, self._width(character))
        self._known[ord(character)] = glyph
        return glyph

    def _width(self, character: str) -> float:
        return float(self._font.get_text_width(character)) / 1000


class _Resources:
    """A resource dictionary, opened as it is asked."""

    def __init__(self, resources: Any, faces: dict[int, _Face], reader: PdfReader) -> None:
        self._resources = _dictionary(resources)
        self._faces, self._reader = faces, reader

    def face(self, name: str) -> _Face | None:
        """The font of that name; one that cannot be read shows nothing."""
        fonts = _dictionary(self._resources.get("/Font"))
        reference = fonts.raw_get(name) if name in fonts else _default_font(self._reader, name)
        if reference is None:
            return None
        key = reference.idnum if isinstance(reference, IndirectObject) else id(reference)
        if key not in self._faces:
            font = reference.get_object()
            if not isinstance(font, DictionaryObject):
                return None
            self._faces[key] = _Face(Font.from_font_resource(font), reference)
        return self._faces[key]

    def drawing(self, name: str) -> Image | Form | None:
        """The image or form of that name."""
        drawing = _dictionary(self._resources.get("/XObject")).get(name)
        stream = drawing.get_object() if drawing is not None else None
        if not isinstance(stream, StreamObject):
            return None
        return Image() if stream.get("/Subtype") == "/Image" else _form(stream, self)

    def space(self, name: str) -> Any:
        """The colour space of that name, or the name itself, which may be a device's."""
        found = _dictionary(self._resources.get("/ColorSpace")).get(name)
        return name if found is None else found.get_object()

    def opacity(self, name: str) -> float | None:
        """How much is seen of what that graphics state fills; a blend is something in between."""
        state = _dictionary(_dictionary(self._resources.get("/ExtGState")).get(name))
        masked = "/S" in _dictionary(state.get("/SMask"))
        if masked or str(state.get("/BM", "/Normal")) not in _PLAIN:
            return 0.5
        said = state.get("/ca")
        opacity: Any = None if said is None else said.get_object()
        return float(opacity) if isinstance(opacity, (int, float)) else None

    def within(self, stream: StreamObject) -> _Resources:
        """The resources of a form: its own, or these."""
        own = stream.get("/Resources")
        return _Resources(own, self._faces, self._reader) if own is not None else self

    def operations(self, stream: StreamObject) -> Callable[[], Iterable[Operation]]:
        """The form's operators, parsed when they are drawn."""
        return lambda: _operations(stream, self._reader)


def _hidden_share(ink: Ink) -> float:
    """How much of the text is drawn invisibly, as OCR programs lay it over a picture."""
    total = sum(len(run.text.strip()) for run in ink.runs)
    hidden = sum(len(run.text.strip()) for run in ink.runs if run.hidden)
    return hidden / total if total else 0.0


def _is_identity(font: Any) -> bool:
    return _dictionary(font).get("/Encoding") in ("/Identity-H", "/Identity-V")


def _form(stream: StreamObject, resources: _Resources) -> Form:
    numbers = [float(n) for n in _array(stream.get("/Matrix"))]
    matrix = tuple(numbers) if len(numbers) == 6 else IDENTITY
    within = resources.within(stream)
    return Form(id(stream), matrix, within.operations(stream), within)  # type: ignore[arg-type]


def _operations(content: Any, reader: PdfReader) -> Iterable[Operation]:
    # "bytes" keeps every shown string as it stands in the file.
    return ContentStream(content.get_object(), reader, "bytes").operations


def _upright(page: PageObject) -> tuple[Matrix, float, float]:
    """The matrix that turns the page as it is shown, and its width and height then."""
    box = page.cropbox
    left, bottom, width, height = float(box.left), float(box.bottom), box.width, box.height
    turned: dict[int, Matrix] = {
        0: (1, 0, 0, 1, -left, -bottom),
        90: (0, -1, 1, 0, -bottom, left + float(width)),
        180: (-1, 0, 0, -1, left + float(width), bottom + float(height)),
        270: (0, 1, -1, 0, bottom + float(height), -left),
    }
    rotation = int(page.rotation or 0) % 360
    if rotation in (90, 270):
        width, height = height, width
    return turned.get(rotation, turned[0]), float(width), float(height)


def _fit(stream: StreamObject, matrix: Matrix, rect: list[float]) -> Matrix:
    """Moves an appearance's box to the annotation's corner; turned ones are rare and stay."""
    box = [float(n) for n in _array(stream.get("/BBox"))] or [0.0, 0.0, 0.0, 0.0]
    corner = product((1, 0, 0, 1, box[0], box[1]), matrix)
    return 1, 0, 0, 1, min(rect[0], rect[2]) - corner[4], min(rect[1], rect[3]) - corner[5]


def _inherited(page: PageObject) -> Any:
    """The page's resources, or those of the nearest ancestor that has any."""
    node: Any = page
    for _ in range(32):
        if "/Resources" in node:
            return node["/Resources"]
        node = _dictionary(node.get("/Parent"))
    return DictionaryObject()


def _default_font(reader: PdfReader, name: str) -> Any:
    """The form's fonts: an appearance may name one without listing it."""
    form = _dictionary(_dictionary(reader.trailer["/Root"]).get("/AcroForm"))
    return _dictionary(_dictionary(form.get("/DR")).get("/Font")).get(name)


def _parent(note: DictionaryObject) -> DictionaryObject:
    return _dictionary(note.get("/Parent"))


def _dictionary(value: Any) -> DictionaryObject:
    found = value.get_object() if value is not None else None
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _array(value: Any) -> ArrayObject:
    found = value.get_object() if value is not None else None
    return found if isinstance(found, ArrayObject) else ArrayObject()


def _refuse_other_types(data: bytes) -> None:
    if not data.strip():
        raise FileRefused("empty", "the file has no bytes")
    if b"%PDF-" in data[:1024]:
        return
    for pattern, what in _OTHER_TYPES:
        if pattern.match(data):
            raise FileRefused("wrong_type", f"this is {what}, not a PDF; rename it")
    if b"startxref" not in data:
        raise FileRefused("wrong_type", "this is not a PDF: it has no PDF header")


def _refusal(error: Exception, data: bytes) -> FileRefused:
    if isinstance(error, FileNotDecryptedError):
        return FileRefused("encrypted", "the PDF asks for a password; store it without one")
    if isinstance(error, DependencyError):
        return FileRefused("encrypted", f"its encryption cannot be read: {error}")
    if b"%%EOF" not in data[-4096:]:
        return FileRefused("truncated", _TRUNCATED)
    return FileRefused("malformed", f"the PDF cannot be read: {str(error)[:120]}")
