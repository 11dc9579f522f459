"""catalogue.toml to Entries. Every problem is found at once, and each names its file and line.

collection = "sample"              # defaults for every entry: collection, licence, language

[[entry]]                          # one edition of one work
id = "arden-code-4-12"
file = "ordinance/arden-4-12.md"   # below the folder that is ingested
kind = "ordinance"
title = "Use of city resources"
issued = 2019-03-04
supersedes = ["arden-code-4-12-1987"]
"""

from __future__ import annotations

import hashlib
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from ingest.catalogue_fields import DEFAULTS, FIELDS, RELATIONS, REQUIRED, nearest
from ingest.catalogue_lines import Lines
from ingest.catalogue_relations import impossible_relations
from pincite.errors import CatalogueError
from pincite.kinds import Kind
from pincite.types import Entry, Link, Relation

CATALOGUE_FILE = "catalogue.toml"
MAX_BYTES = 20 * 2**20

_ENDS: dict[Relation, tuple[str, ...]] = {
    "supersedes": ("superseded", "repealed", "revoked", "expired"),
    "revokes": ("revoked",),
    "repeals": ("repealed", "superseded"),
}
_NOT_AFTER = (
    ("effective", "expires"),
    ("issued", "expires"),
    ("issued", "current_through"),
    ("effective", "current_through"),
)


def load_catalogue(path: Path) -> tuple[Entry, ...]:
    """The entries of a catalogue, in its order; raises its first problem as a CatalogueError."""
    entries, problems = _read(path)
    if problems:
        raise _first(problems)
    return entries


def check_catalogue(path: Path) -> list[CatalogueError]:
    """Every problem of a catalogue, in the order of its lines; none when it can be loaded."""
    return _read(path)[1]


def check_files(path: Path, folder: Path) -> list[CatalogueError]:
    """Every entry of a sound catalogue whose file is missing, differs or leads out of `folder`."""
    entries = load_catalogue(path)
    lines = Lines.of(str(path), path.read_text(encoding="utf-8"), len(entries))
    root = folder.resolve()
    problems = []
    for index, entry in enumerate(entries):
        what, key = _file_problem(entry, root)
        if what:
            problems.append(lines.error(index, key, what))
    return problems


def sha256_of(path: Path) -> str:
    """The sha256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _file_problem(entry: Entry, root: Path) -> tuple[str, str]:
    """What is wrong with the file of one entry, and the key that says so."""
    path = root / entry.source
    try:
        if not path.resolve().is_relative_to(root):
            return f"{entry.source} leads out of {root}; copy the file in", "file"
        if not path.is_file():
            return f"{entry.source} is not in {root}; fetch it or drop the entry", "file"
        found = sha256_of(path) if entry.source_sha256 else None
    except (OSError, RuntimeError) as error:
        return f"{entry.source} cannot be read: {error}", "file"
    if found != entry.source_sha256:
        detail = f"{entry.source} has sha256 {found}, the catalogue says {entry.source_sha256}"
        return f"{detail}; restore the file, or correct the entry", "source_sha256"
    return "", ""


def _first(problems: list[CatalogueError]) -> CatalogueError:
    first, others = problems[0], len(problems) - 1
    if not others:
        return first
    more = "1 more problem" if others == 1 else f"{others} more problems"
    return CatalogueError(first.path, first.line, f"{first.what} (and {more} in this file)")


def _read(path: Path) -> tuple[tuple[Entry, ...], list[CatalogueError]]:
    """Read the file, then each entry, then what the entries say of each other."""
    try:
        text = _text_of(path)
        data = tomllib.loads(text)
    except CatalogueError as error:
        return (), [error]
    except tomllib.TOMLDecodeError as error:
        return (), [CatalogueError(str(path), Lines.named_in(error), f"not TOML: {error}")]
    tables = data.get("entry", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        return (), [CatalogueError(str(path), None, "write every entry under its own [[entry]]")]
    lines = Lines.of(str(path), text, len(tables))
    defaults, problems = _defaults(data, lines)
    entries: list[Entry | None] = []
    for index, table in enumerate(tables):
        entry, found = _entry({**defaults, **table}, index, lines)
        entries.append(entry)
        problems += found
    problems += _between(tables, entries, lines)
    if not tables and not problems:
        problems.append(CatalogueError(str(path), None, "lists no [[entry]]"))
    good = tuple(entry for entry in entries if entry is not None)
    return good, sorted(problems, key=lambda problem: problem.line or 0)


def _text_of(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            what = f"larger than {MAX_BYTES // 2**20} MB; is it a catalogue?"
            raise CatalogueError(str(path), None, what)
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise CatalogueError(str(path), None, f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        what = f"not UTF-8 (byte {error.start}); save it as UTF-8"
        raise CatalogueError(str(path), None, what) from None


def _defaults(data: Mapping[str, Any], lines: Lines) -> tuple[dict[str, Any], list[CatalogueError]]:
    """The values above the first entry that stand for all, and what is wrong with them."""
    problems = []
    values = {}
    for key, value in data.items():
        if key == "entry":
            continue
        if key not in DEFAULTS:
            hint = nearest(key, (*DEFAULTS, "entry"))
            problems.append(lines.error(None, key, f"unknown field {key!r}{hint}"))
            continue
        values[key] = value
    return values, problems


def _entry(
    table: Mapping[str, Any], index: int, lines: Lines
) -> tuple[Entry | None, list[CatalogueError]]:
    """One table as an Entry, or None and everything that is wrong with it."""
    values: dict[str, Any] = {}
    links: list[Link] = []
    problems = []
    for key, value in table.items():
        parse = FIELDS.get(key)
        if parse is None:
            what = f"unknown field {key!r}{nearest(key, FIELDS)}"
            problems.append(lines.error(index, key, what))
            continue
        try:
            parsed = parse(value)
        except ValueError as error:
            problems.append(lines.error(index, key, f"{key}: {error}"))
            continue
        if key in RELATIONS:
            links += [Link(RELATIONS[key], target) for target in parsed]
        else:
            values["source" if key == "file" else key] = parsed
    if table.keys() <= FIELDS.keys():  # else it is misspelt, not missing
        problems += [
            lines.error(index, None, f"an entry needs {key!r}")
            for key in REQUIRED
            if key not in table
        ]
    problems += _impossible_dates(values, index, lines)
    if "agreement" in values and values.get("kind") not in (None, Kind.AGREEMENT):
        what = f"agreement: kind {values['kind'].value!r} is none; drop it, or correct the kind"
        problems.append(lines.error(index, "agreement", what))
    if problems:
        return None, problems
    return replace(Entry(**values), relations=tuple(links)), []


def _impossible_dates(
    values: Mapping[str, Any], index: int, lines: Lines
) -> Iterator[CatalogueError]:
    for early, late in _NOT_AFTER:
        first, last = values.get(early), values.get(late)
        if isinstance(first, date) and isinstance(last, date) and first > last:
            what = f"{late} {last} lies before {early} {first}; check both dates"
            yield lines.error(index, late, what)


def _between(
    tables: list[dict[str, Any]], entries: list[Entry | None], lines: Lines
) -> Iterator[CatalogueError]:
    """What is wrong between entries: ids and files used twice, links that lead nowhere."""
    yield from _twice("id", tables, lines)
    yield from _twice("file", tables, lines)
    ids = {table["id"] for table in tables if isinstance(table.get("id"), str)}
    known = {entry.id: entry for entry in entries if entry is not None}
    for index, entry in enumerate(entries):
        if entry is None:
            continue
        for link in entry.relations:
            what = _broken(link, entry, ids, known)
            if what:
                yield lines.error(index, link.type, what)
    yield from impossible_relations(entries, lines)


def _broken(link: Link, entry: Entry, ids: Iterable[str], known: Mapping[str, Entry]) -> str | None:
    """Why a link cannot stand, or None."""
    if link.target == entry.id:
        return f"{link.type}: {entry.id!r} names itself"
    if link.target not in ids:
        return f"{link.type}: no entry has the id {link.target!r}{nearest(link.target, ids)}"
    target = known.get(link.target)
    allowed = _ENDS.get(link.type)
    if target is not None and allowed and target.status not in allowed:
        wanted = " or ".join(allowed)
        return f"{link.type} {target.id!r}, whose status is {target.status!r}; it must be {wanted}"
    return None


def _twice(key: str, tables: list[dict[str, Any]], lines: Lines) -> Iterator[CatalogueError]:
    values = [table.get(key) for table in tables]
    counts = Counter(value for value in values if isinstance(value, str))
    for index, value in enumerate(values):
        if isinstance(value, str) and counts[value] > 1:
            first = values.index(value)
            if index > first:
                where = lines.at(first, key)
                said = f" (first on line {where})" if where else ""
                yield lines.error(index, key, f"{key} {value!r} is used twice{said}")
