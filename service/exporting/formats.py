"""The table of what an answer, a search or a comparison can be taken away as."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pincite.errors import StorageError, UsageError
from service.exporting.markdown import markdown
from service.exporting.paper import Json, Paper, Sort, paper_of
from service.exporting.references import csl_json, ris
from service.exporting.tables import MEDIA_TYPE as SHEET
from service.exporting.tables import comma_separated, workbook
from service.exporting.word import MEDIA_TYPE as WORD
from service.exporting.word import word

_LONGEST_NAME = 60
_ALL: tuple[Sort, ...] = ("answer", "search", "comparison")


class ExportError(UsageError):
    """An export that cannot be: an unknown format, or one that does not fit."""


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file: how it is named, what the web calls it, what fits into it."""

    suffix: str
    media_type: str
    write: Callable[[Json], bytes]
    sorts: tuple[Sort, ...] = _ALL


def _paper(write: Callable[[Paper], bytes]) -> Callable[[Json], bytes]:
    return lambda said: write(paper_of(said))


def _json(said: Json) -> bytes:
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()


FORMATS: dict[str, Format] = {
    "docx": Format(".docx", WORD, _paper(word)),
    "ris": Format(".ris", "application/x-research-info-systems", _paper(ris)),
    "csl-json": Format(".csl.json", "application/vnd.citationstyles.csl+json", _paper(csl_json)),
    "markdown": Format(".md", "text/markdown; charset=utf-8", _paper(markdown)),
    "json": Format(".json", "application/json", _json),
    "csv": Format(".csv", "text/csv; charset=utf-8", _paper(comma_separated), ("comparison",)),
    "xlsx": Format(".xlsx", SHEET, _paper(workbook), ("comparison",)),
}


def format_of(name: str | None, file: Path | str | None = None) -> Format:
    """The format of that name, or the one that a file's name ends in. Raises ExportError."""
    if name:
        found = FORMATS.get(name.lower())
        if found is None:
            raise ExportError(f"unknown format {name[:40]!r}; known are: {', '.join(FORMATS)}")
        return found
    ends = str(file or "").lower()
    for kind in FORMATS.values():  # .csl.json stands before .json
        if ends.endswith(kind.suffix):
            return kind
    known = ", ".join(kind.suffix for kind in FORMATS.values())
    raise ExportError(f"{file}: a file to export to ends in one of {known}; or give the format")


def exported(said: Json, kind: Format) -> bytes:
    """The file's bytes. Raises ExportError where this does not fit into that format."""
    sort = paper_of(said).sort
    if sort not in kind.sorts:
        fitting = ", ".join(name for name, one in FORMATS.items() if sort in one.sorts)
        article = "an" if sort == "answer" else "a"
        raise ExportError(f"{article} {sort} cannot be a {kind.suffix} file; it can be {fitting}")
    return kind.write(said)


def write_export(said: Json, file: Path, name: str | None = None) -> None:
    """Write a file. Raises ExportError, StorageError."""
    data = exported(said, format_of(name, file))
    try:
        file.write_bytes(data)
    except OSError as error:
        raise StorageError(f"{file}: cannot be written: {error.strerror}") from None


def file_name(said: Json, kind: Format) -> str:
    """A name of plain letters and digits: "pincite-may-jails-hold-people.docx"."""
    rows = said.get("rows")
    about = rows[0]["question"] if rows else said["question"]
    words = re.sub(r"[^a-z0-9]+", "-", about.lower()).strip("-")[:_LONGEST_NAME].strip("-")
    return f"pincite-{words or 'export'}{kind.suffix}"
