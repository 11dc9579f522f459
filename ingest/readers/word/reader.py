"""DOCX to a Reading: paragraphs, tables, computed list numbers, tracked changes, footnotes."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from itertools import pairwise

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.part import Part
from lxml import etree

from ingest.readers.amendments import drafting_facts, mark_amendments, split_run_in
from ingest.readers.draft import Draft
from ingest.readers.format import Format, Limits
from ingest.readers.scribe import Scribe
from ingest.readers.word.numbering import Numbering, W, value
from ingest.readers.word.unseen import is_on, is_unseen
from ingest.readers.xml.tree import parse_xml
from pincite.errors import FileRefused
from pincite.types import MarkType, Page, Reading, Span

REVISION = 2
_NAME = "docx"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what Word wraps an encrypted file in, and .doc
_LARGEST_PART = 256 * 2**20
_HIGHEST_RATIO = 200  # real documents pack about 10 to 1
_SMALL = 4 * 2**20
_NO_TITLES = {"", "Word Document"}  # python-docx names a document that has no properties so
_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_CHANGES: dict[str, MarkType] = {
    "ins": "inserted",
    "moveTo": "inserted",
    "del": "deleted",
    "moveFrom": "deleted",
}
_TEXT = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-", "ptab": " "}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def read_word(data: bytes, limits: Limits) -> Reading:
    """The reading of a Word file."""
    _check_package(data)
    document = _opened(data)
    writer = _Writer(document)
    writer.blocks(document.element.body)
    writer.write_footnotes()
    draft = writer.draft()
    if not draft.text.strip():
        raise FileRefused("no_text", "the document holds no text; a scan wants OCR as PDF")
    if len(draft.text) > limits.max_chars:
        raise FileRefused("expands_too_much", f"over {limits.max_chars:,} characters of text")
    title = document.core_properties.title.strip()
    facts = () if title in _NO_TITLES else (("title", title),)
    drafting = drafting_facts(draft, underlining=True)
    return draft.finish(_NAME, REVISION, (*facts, *drafting))


def _check_package(data: bytes) -> None:
    """Refuse what is no DOCX, or would unpack to far more than a document holds."""
    if not data:
        raise FileRefused("empty", "the file holds no bytes")
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise FileRefused("encrypted", "the document has a password; save it without one")
        raise FileRefused("wrong_type", "an old Word file (.doc); save it as .docx")
    if not data.startswith(b"PK"):
        raise FileRefused("wrong_type", "not a DOCX: it does not begin as a zip file does")
    try:
        parts = zipfile.ZipFile(BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise FileRefused("truncated", f"the zip cannot be opened: {error}") from None
    if any(part.flag_bits & 1 for part in parts):
        raise FileRefused("encrypted", "the zip has a password; save it without one")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > _LARGEST_PART or unpacked > max(_SMALL, _HIGHEST_RATIO * len(data)):
        raise FileRefused("expands_too_much", f"{len(data):,} bytes would unpack to {unpacked:,}")
    if "word/document.xml" not in {part.filename for part in parts}:
        raise FileRefused("wrong_type", "a zip file, but it holds no Word document")


def _opened(data: bytes) -> Document:
    try:
        document = docx.Document(BytesIO(data))
    except (
        PackageNotFoundError, KeyError, ValueError, AttributeError, OSError,
        zipfile.BadZipFile, zipfile.LargeZipFile, etree.XMLSyntaxError,
    ) as error:  # fmt: skip
        raise FileRefused("malformed", f"the Word package is damaged: {error}") from None
    if next(document.element.iter(etree.Entity), None) is not None:
        raise FileRefused("malformed", "the document uses XML entities, which are not expanded")
    return document


class _Writer:
    """Writes a document's blocks in order, noting looks, changes, pages and footnotes."""

    def __init__(self, document: Document) -> None:
        self.scribe = Scribe()
        self.styles = {style.style_id: style.element for style in document.styles}
        self.numbering = Numbering(_part(document, RELATIONSHIP_TYPE.NUMBERING))
        self.notes = {
            kind: _notes(_part(document, relation), kind) for kind, relation in _NOTES.items()
        }
        self.called: list[etree._Element] = []
        self.underlined: list[Span] = []
        self.page_starts: list[int] = []

    def draft(self) -> Draft:
        """What was written, with the drafting marks of an amending act."""
        draft = self.scribe.draft()
        if self.page_starts:
            edges = [0, *self.page_starts, len(draft.text)]
            spans = [Span(a, b) for a, b in pairwise(edges)]
            draft = draft.paged(Page(span, number) for number, span in enumerate(spans, start=1))
        return split_run_in(mark_amendments(draft, self.underlined))

    def blocks(self, parent: etree._Element) -> None:
        """Paragraphs and tables, wherever wrappers hide them."""
        for child in parent:
            name = _name(child)
            if name == "p":
                self._paragraph(child)
            elif name == "tbl":
                self._table(child)
            elif name not in ("sectPr", "sdtPr", "tblPr"):
                self.blocks(child)

    def write_footnotes(self) -> None:
        """The notes that the text calls for, in the order in which it does."""
        for number, note in enumerate(self.called, start=1):
            self.scribe.line()
            start = self.scribe.here
            self.blocks(note)
            self.scribe.mark(start, "footnote", str(number))

    def _table(self, table: etree._Element) -> None:
        """A row a line; a row of one cell only frames its paragraphs."""
        for row in (r for r in table.iter(f"{W}tr") if _nearest_table(r) is table):
            cells = [cell for cell in row.iter(f"{W}tc") if _nearest_table(cell) is table]
            if len(cells) == 1:
                self.blocks(cells[0])
                continue
            self.scribe.line()
            for paragraph in (p for cell in cells for p in cell.iter(f"{W}p")):
                self._label(paragraph)
                self._runs(paragraph)
                self.scribe.write(" ")
            self.scribe.line()

    def _paragraph(self, paragraph: etree._Element) -> None:
        self.scribe.line()
        start = self.scribe.here
        self._label(paragraph)
        self._runs(paragraph)
        if level := self._heading_level(paragraph):
            self.scribe.mark(start, "heading", level)
        for box in paragraph.iter(f"{W}txbxContent"):
            if not any(above.tag == _FALLBACK for above in box.iterancestors()):
                self.scribe.line()
                self.blocks(box)

    def _runs(self, parent: etree._Element) -> None:
        """The runs of a paragraph; what a tracked change holds is marked as it says."""
        for child in parent:
            name = _name(child)
            if name == "r":
                self._run(child)
            elif name not in ("pPr", "rPr", "sdtPr"):
                start = self.scribe.here
                self._runs(child)
                if change := _CHANGES.get(name):
                    self.scribe.mark(start, change)

    def _run(self, run: etree._Element) -> None:
        look = run.find(f"{W}rPr")
        if is_unseen(run, self._run_styles(run)):
            return
        start = self.scribe.here
        for child in run:
            name = _name(child)
            if name in ("t", "delText"):
                self.scribe.write(child.text or "")
            elif name == "lastRenderedPageBreak":
                self.page_starts.append(self.scribe.here)
            elif name in _NOTE_CALLS:
                note = self.notes[_NOTE_CALLS[name]].get(value(child, "id"))
                self.called += [note] if note is not None else []
            elif name in _TEXT:
                self.scribe.write(_TEXT[name])
        if is_on(look, "u"):
            self.underlined.append(Span(start, self.scribe.here))
        if is_on(look, "strike") or is_on(look, "dstrike"):
            self.scribe.mark(start, "deleted")

    def _label(self, paragraph: etree._Element) -> None:
        """The list number that Word shows before a paragraph."""
        numbered = self._property(paragraph, "numPr")
        if numbered is None or not _has_words(paragraph):
            return
        list_id, depth = value(numbered.find(f"{W}numId")), value(numbered.find(f"{W}ilvl"))
        if label := self.numbering.label(list_id, int(depth or 0)):
            self.scribe.insert(label, "list letter")
            self.scribe.write(" ")

    def _heading_level(self, paragraph: etree._Element) -> str:
        outline = self._property(paragraph, "outlineLvl")
        if outline is not None and value(outline).isdigit() and int(value(outline)) < 9:
            return str(min(int(value(outline)) + 1, 6))
        for style in self._styles(paragraph):
            name = value(style.find(f"{W}name"))
            if found := _HEADING.fullmatch(name):
                return str(min(int(found[1]), 6))
            if name.lower() == "title":
                return "1"
        return ""

    def _property(self, paragraph: etree._Element, name: str) -> etree._Element | None:
        """A property of the paragraph, or else of its style or one that this is based on."""
        for holder in (paragraph, *self._styles(paragraph)):
            found = holder.find(f"{W}pPr/{W}{name}")
            if found is not None:
                return found
        return None

    def _run_styles(self, run: etree._Element) -> Iterator[etree._Element]:
        """The run's own style, what that is based on, and those of its paragraph."""
        yield from self._based(value(run.find(f"{W}rPr/{W}rStyle")))
        paragraph = next(run.iterancestors(f"{W}p"), None)
        if paragraph is not None:
            yield from self._styles(paragraph)

    def _styles(self, paragraph: etree._Element) -> Iterator[etree._Element]:
        return self._based(value(paragraph.find(f"{W}pPr/{W}pStyle")))

    def _based(self, style_id: str) -> Iterator[etree._Element]:
        """A style, and those that it is based on."""
        for _ in range(10):  # styles may be based on each other in a ring
            style = self.styles.get(style_id)
            if style is None:
                return
            yield style
            style_id = value(style.find(f"{W}basedOn"))


_NOTES = {"footnote": RELATIONSHIP_TYPE.FOOTNOTES, "endnote": RELATIONSHIP_TYPE.ENDNOTES}
_NOTE_CALLS = {"footnoteReference": "footnote", "endnoteReference": "endnote"}


def _part(document: Document, relation: str) -> etree._Element | None:
    with suppress(KeyError):
        part: Part = document.part.part_related_by(relation)
        return parse_xml(part.blob)
    return None


def _notes(root: etree._Element | None, kind: str) -> dict[str, etree._Element]:
    found = root.iter(f"{W}{kind}") if root is not None else ()
    return {value(note, "id"): note for note in found if value(note, "type") in ("", "normal")}


def _name(element: etree._Element) -> str:
    tag: object = element.tag
    return tag.removeprefix(W) if isinstance(tag, str) else ""


def _nearest_table(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors(f"{W}tbl"), None)


def _has_words(paragraph: etree._Element) -> bool:
    return any((t.text or "").strip() for t in paragraph.iter(f"{W}t", f"{W}delText"))


DOCX = Format(_NAME, REVISION, (".docx",), read_word)
