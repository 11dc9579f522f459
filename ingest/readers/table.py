"""The table of formats, by file ending."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from ingest.readers.format import Format, Limits
from pincite.errors import FileRefused
from pincite.types import Reading

# Each row names the module and its Format; a reader's libraries load when a file needs them.
ROWS: dict[str, str] = {
    "pdf": "ingest.readers.pdf.reader:PDF",
    "html": "ingest.readers.html.reader:HTML",
    "markdown": "ingest.readers.markdown.reader:MARKDOWN",
    "rtf": "ingest.readers.rtf.reader:RTF",
    "docx": "ingest.readers.word.reader:DOCX",
    "xml": "ingest.readers.xml.reader:XML",
    "json": "ingest.readers.legistar:JSON",
    "txt": "ingest.readers.plain:TXT",
}
SUFFIXES: dict[str, str] = {
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".rtf": "rtf",
    ".docx": "docx",
    ".xml": "xml",
    ".json": "json",
    ".txt": "txt",
}


@cache
def format_named(name: str) -> Format:
    """The format of that name in `ROWS`."""
    module, row = ROWS[name].split(":")
    format: Format = getattr(import_module(module), row)
    return format


def format_of(suffix: str) -> Format:
    """The format of a file ending such as ".pdf". Raises FileRefused for an unknown one."""
    name = SUFFIXES.get(suffix.lower())
    if name is None:
        known = " ".join(sorted(SUFFIXES))
        raise FileRefused(
            "unknown_type", f"no reader for {suffix or 'no ending'!r}; known: {known}"
        )
    return format_named(name)


def read(data: bytes, suffix: str, limits: Limits) -> Reading:
    """The reading of a file's bytes by the reader of its ending. Raises FileRefused."""
    return format_of(suffix).read(data, limits)
