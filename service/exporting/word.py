"""A Word memo; the only module that knows python-docx when writing.

Quotes and the lines that check them are paragraphs of styles of their own: that is how they are
found again when the memo was edited.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Pt, RGBColor

from service.exporting.check_line import check_line
from service.exporting.markdown import TITLES, heading, label, why
from service.exporting.paper import DECIDING, Cell, Paper, Quoted, inert

QUOTE, CHECK, CITED, LABEL = "Pincite Quote", "Pincite Check", "Pincite Citation", "Pincite Label"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# More places than this do not fit beside each other on a page.
_MOST_COLUMNS = 4
_LONGEST_TITLE = 200


def word(paper: Paper) -> bytes:
    """The memo as a .docx file."""
    document = docx.Document()
    _styles(document)
    _properties(document, paper)
    document.add_heading(inert(heading(paper)), level=1)
    for name, value in paper.facts:
        line = document.add_paragraph(style="List Bullet")
        line.add_run(f"{name}: ").bold = True
        line.add_run(inert(value))
    if paper.sort != "comparison":
        _parts(document, paper)
    elif len(paper.columns) <= _MOST_COLUMNS:
        _table(document, paper)
    else:
        _list(document, paper)
    if paper.notices:
        document.add_heading("Notes", level=2)
        for notice in paper.notices:
            document.add_paragraph(inert(notice), style="List Bullet")
    document.add_paragraph("Check this file with “pincite verify FILE”.")
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _styles(document: Any) -> None:
    rows = (
        (LABEL, 9.5, True, False, None),
        (QUOTE, 10.5, False, False, None),
        (CITED, 10, False, True, None),
        (CHECK, 7.5, False, False, RGBColor(0x66, 0x66, 0x66)),
    )
    for name, size, bold, italic, colour in rows:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, italic
        style.paragraph_format.space_after = Pt(2 if name == LABEL else 4)
        if name == QUOTE:
            style.paragraph_format.left_indent = Pt(12)
        if colour is not None:
            style.font.color.rgb = colour


def _properties(document: Any, paper: Paper) -> None:
    facts = document.core_properties
    facts.title = inert(heading(paper))[:_LONGEST_TITLE]
    facts.author, facts.comments = "Pincite", ""
    facts.subject = f"{paper.sort} as of {paper.as_of}"
    facts.created = facts.modified = datetime.now(UTC).replace(tzinfo=None)


def _parts(document: Any, paper: Paper) -> None:
    if paper.reason:
        document.add_paragraph(inert(why(paper)))
    for part, title in TITLES.items():
        quotes = [quoted for quoted in paper.quotes if quoted.part == part]
        if quotes:
            document.add_heading(title, level=2)
        for quoted in quotes:
            _quote(document, quoted)


def _list(document: Any, paper: Paper) -> None:
    for question, cells in paper.rows:
        document.add_heading(inert(question), level=2)
        for (path, name), cell in zip(paper.columns, cells, strict=True):
            document.add_heading(inert(f"{name} ({path})"), level=3)
            _cell(document, cell)


def _table(document: Any, paper: Paper) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    table = document.add_table(rows=1, cols=1 + len(paper.columns))
    table.style = "Table Grid"
    table.rows[0].cells[0].text = "Question"
    for place, (path, name) in zip(table.rows[0].cells[1:], paper.columns, strict=True):
        place.text = inert(f"{name} ({path})")
    for question, cells in paper.rows:
        row = table.add_row().cells
        row[0].text = inert(question)
        for place, cell in zip(row[1:], cells, strict=True):
            # A table's cell comes with an empty paragraph, and must keep one.
            place.paragraphs[0]._element.getparent().remove(place.paragraphs[0]._element)
            _cell(place, cell)
    document.add_paragraph()


def _cell(place: Any, cell: Cell) -> None:
    if cell.quoted is None or cell.type != "quote":
        said = f"{cell.type.replace('_', ' ')}: {cell.words}"
        place.add_paragraph(inert(said), style=LABEL)
    if cell.quoted:
        _quote(place, cell.quoted)
    if cell.changes:
        place.add_paragraph("Against the first place:", style=LABEL)
        line = place.add_paragraph()
        for kind, text in cell.changes:
            run = line.add_run(inert(text))
            run.font.strike, run.font.underline = kind == "deleted", kind == "inserted"


def _quote(place: Any, quoted: Quoted) -> None:
    place.add_paragraph(inert(label(quoted)), style=LABEL)
    if quoted.said:
        place.add_paragraph(inert(quoted.said))
    line = place.add_paragraph(style=QUOTE)
    for text, types in _pieces(quoted):
        run = line.add_run(inert(text))
        run.font.strike = "deleted" in types or None
        run.font.underline = "inserted" in types or None
        run.font.bold = DECIDING in types or None
    place.add_paragraph(inert(quoted.citation), style=CITED)
    place.add_paragraph(check_line(quoted), style=CHECK)


def _pieces(quoted: Quoted) -> Iterator[tuple[str, set[str]]]:
    """The quote cut where a mark begins or ends, each piece with the marks over it."""
    length = len(quoted.quote)
    marks = [
        (t, max(0, s - quoted.start), min(length, e - quoted.start)) for t, s, e in quoted.marks
    ]
    cuts = sorted({0, length, *(cut for _, s, e in marks for cut in (s, e) if 0 < cut < length)})
    for first, last in pairwise(cuts):
        yield quoted.quote[first:last], {t for t, s, e in marks if s <= first and last <= e}
