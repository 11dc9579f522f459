"""A comparison as CSV or XLSX: places are columns, questions are rows.

A spreadsheet runs what begins like a formula. In CSV such a text gets an apostrophe in front,
which reading takes away again; in XLSX it is stored as text, never as a formula.
"""

from __future__ import annotations

import csv
import re
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from service.exporting.check_line import check_line
from service.exporting.markdown import label
from service.exporting.paper import Cell, Paper, inert

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN, QUOTES, ABOUT = "Comparison", "Quotes", "About"
FIELDS = ("type", "quote", "citation", "authority", "standing", "check")
HEAD = ("question", "place", "column", "row", *FIELDS)
_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
_WIDE, _TALL = 44, 12


def harmless(text: str) -> str:
    """The text as a spreadsheet may hold it: no formula, no character that XML forbids."""
    clean = inert(text)
    return f"'{clean}" if _FORMULA.match(clean) else clean


def unharmed(text: str) -> str:
    """The text that was made harmless."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def comma_separated(paper: Paper) -> bytes:
    """A line a question; for each place its cell's type, quote, citation and what checks it."""
    file = StringIO(newline="")
    writer = csv.writer(file)
    head = [f"{path} {field}" for path, _ in paper.columns for field in FIELDS]
    facts = [name for name, _ in paper.facts]
    writer.writerow([harmless(name) for name in ("question", *head, *facts)])
    for question, cells in paper.rows:
        said = [value for cell in cells for value in _fields(cell)]
        row = [question, *said, *(value for _, value in paper.facts)]
        writer.writerow([harmless(value) for value in row])
    # A spreadsheet takes the file for UTF-8 only with this mark in front.
    return ("\ufeff" + file.getvalue()).encode()


def workbook(paper: Paper) -> bytes:
    """Three sheets: the table to read, its quotes one a row to check, and what made it."""
    book = Workbook()
    shown: Worksheet = book.create_sheet(SHOWN)
    _row(shown, ["Question", *(f"{name} ({path})" for path, name in paper.columns)], bold=True)
    for question, cells in paper.rows:
        _row(shown, [question, *(_shown(cell) for cell in cells)])
    quotes: Worksheet = book.create_sheet(QUOTES)
    _row(quotes, list(HEAD), bold=True)
    for row, (question, cells) in enumerate(paper.rows, start=2):
        for column, (cell, (path, _)) in enumerate(zip(cells, paper.columns, strict=True), 2):
            _row(quotes, [question, path, str(column), str(row), *_fields(cell)])
    about: Worksheet = book.create_sheet(ABOUT)
    for name, value in (*paper.facts, *(("Note", notice) for notice in paper.notices)):
        _row(about, [name, value])
    for sheet in (shown, quotes, about):
        for column in sheet.columns:
            sheet.column_dimensions[column[0].column_letter].width = _WIDE
    book.remove(book.worksheets[0])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _fields(cell: Cell) -> list[str]:
    quoted = cell.quoted
    if quoted is None:
        return [cell.type, cell.words, "", "", "", ""]
    authority = f"{quoted.channel}: {quoted.authority}"
    return [
        cell.type,
        quoted.quote,
        quoted.citation,
        authority,
        quoted.dated,
        check_line(quoted),
    ]


def _shown(cell: Cell) -> str:
    if cell.quoted is None:
        return f"[{cell.type.replace('_', ' ')}] {cell.words}"
    quoted = cell.quoted
    return f"{quoted.quote}\n\n{quoted.citation}\n{label(quoted)}"


def _row(sheet: Worksheet, values: list[str], *, bold: bool = False) -> None:
    at = sheet.max_row + 1 if any(cell.value is not None for cell in sheet[1]) else 1
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(at, column)
        assert isinstance(cell, SheetCell)
        cell.value = inert(value)
        # Set last: openpyxl takes what begins with "=" for a formula.
        cell.data_type = "s"
        cell.quotePrefix = bool(_FORMULA.match(value))
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(bold=bold)
