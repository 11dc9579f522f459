"""Values of JSON, JSON Lines and TOML files, taken out with their place.

Whatever is missing or of another type is a BenchmarkError with file, line and field.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from eval.errors import BenchmarkError

_NAMES = {
    str: "text",
    int: "a whole number",
    bool: "true or false",
    dict: "a table",
    list: "a list",
}
_HALF = re.compile("[\ud800-\udfff]")
_AT_LINE = re.compile(r"\bat line (\d+)")
_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]")
_KEY = re.compile(r"\s*([\w-]+)\s*=")
_T = TypeVar("_T", bound=str)


@dataclass(frozen=True, slots=True)
class Row:
    """An object of a file. `path` leads to it from the line's or the file's own object.

    `lines` tells the line of a path where an object goes over many, as in TOML.
    """

    file: Path
    line: int | None
    values: Mapping[str, Any]
    path: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)

    def error(self, field: str | None, problem: str) -> BenchmarkError:
        """The problem, with this row's place; to be raised."""
        name = self._below(field) if field else self.path or None
        line = self.line or self.lines.get(name or "") or self.lines.get(self.path)
        return BenchmarkError(self.file, line, name, problem)

    def only(self, known: Collection[str]) -> None:
        """Refuse fields that nobody reads: they are misspelt, or promise what is not kept."""
        for name in self.values:
            if name not in known:
                near = get_close_matches(name, known, n=1)
                hint = f"; did you mean {near[0]}?" if near else ""
                raise self.error(name, f"unknown field{hint} (known: {', '.join(known)})")

    def of(self, field: str, kind: type) -> Any:
        """A field whose value is of that very type."""
        if field not in self.values:
            raise self.error(field, "is missing")
        value = self.values[field]
        if type(value) is not kind:  # a bool is an int, but never meant as one
            raise self.error(field, f"must be {_NAMES[kind]}, is {_kind(value)}")
        return value

    def text(self, field: str, *, empty: bool = False) -> str:
        """A field that must hold text, and more than white space unless `empty` is allowed."""
        value: str = self.of(field, str)
        if not empty and not value.strip():
            raise self.error(field, "is empty")
        if _HALF.search(value):
            raise self.error(field, "holds half of a character that takes two (a lone surrogate)")
        return value

    def optional(self, field: str) -> str | None:
        """A text that may be missing, null or empty: then None."""
        return self.text(field, empty=True) or None if self.values.get(field) is not None else None

    def number(self, field: str, least: int = 0) -> int:
        """A whole number that is at least `least`."""
        value: int = self.of(field, int)
        if value < least:
            raise self.error(field, f"{value} is less than {least}")
        return value

    def flag(self, field: str, *, default: bool) -> bool:
        """True or false; `default` where the field is missing."""
        return bool(self.of(field, bool)) if field in self.values else default

    def choice(self, field: str, known: Collection[_T]) -> _T:
        """A text that must be one of `known`."""
        value = self.text(field)
        for one in known:
            if one == value:
                return one
        raise self.error(field, f"{value!r} is none of {', '.join(known)}")

    def day(self, field: str) -> date | None:
        """A day as YYYY-MM-DD; missing or null is None."""
        value = self.optional(field)
        try:
            return None if value is None else date.fromisoformat(value)
        except ValueError:
            raise self.error(field, f"{value!r} is no day; write YYYY-MM-DD") from None

    def table(self, field: str) -> Row:
        """An object; a missing one is empty."""
        values = self.of(field, dict) if field in self.values else {}
        return Row(self.file, self.line, values, self._below(field), self.lines)

    def rows(self, field: str) -> tuple[Row, ...]:
        """The objects of a list."""
        return self._rows(self.of(field, list), field)

    def grouped(self, field: str) -> tuple[tuple[Row, ...], ...]:
        """The objects of a list of lists."""
        groups: list[Any] = self.of(field, list)
        for place, group in enumerate(groups):
            if not isinstance(group, list):
                raise self.error(f"{field}[{place}]", f"must be a list, is {_kind(group)}")
        return tuple(self._rows(group, f"{field}[{at}]") for at, group in enumerate(groups))

    def texts(self, field: str) -> tuple[str, ...]:
        """The texts of a list, none of them empty."""
        values: list[Any] = self.of(field, list)
        for place, value in enumerate(values):
            if not isinstance(value, str) or not value.strip():
                raise self.error(f"{field}[{place}]", "must be text that is not empty")
        return tuple(values)

    def _rows(self, values: list[Any], field: str) -> tuple[Row, ...]:
        for place, value in enumerate(values):
            if not isinstance(value, dict):
                raise self.error(f"{field}[{place}]", f"must be an object, is {_kind(value)}")
        return tuple(
            Row(self.file, self.line, value, self._below(f"{field}[{at}]"), self.lines)
            for at, value in enumerate(values)
        )

    def _below(self, field: str) -> str:
        return f"{self.path}.{field}" if self.path else field


def json_lines(file: Path) -> Iterator[Row]:
    """The objects of a JSON Lines file; empty lines are passed over."""
    for number, line in enumerate(read(file).split("\n"), 1):
        if line.strip():
            yield _row(file, number, line)


def json_file(file: Path) -> Row:
    """The one object of a JSON file."""
    row = _row(file, 1, read(file))
    return Row(file, None, row.values)


def toml_file(file: Path) -> Row:
    """The table of a TOML file."""
    text = read(file)
    try:
        return Row(file, None, tomllib.loads(text), lines=_lines(text))
    except tomllib.TOMLDecodeError as error:
        at = _AT_LINE.search(str(error))
        line = int(at[1]) if at else None
        raise BenchmarkError(file, line, None, f"is no TOML: {error}") from None


def read(file: Path) -> str:
    """The text of a file of a benchmark."""
    try:
        return file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise BenchmarkError(file, None, None, f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise BenchmarkError(file, line, None, "is not UTF-8") from None


def unique(row: Row, field: str, value: str, seen: dict[str, int | None]) -> None:
    """Refuse an id that an earlier row of the benchmark has; `seen` keeps them and their lines."""
    if value in seen:
        where = f" (line {seen[value]})" if seen[value] else ""
        raise row.error(field, f"{value!r} occurs twice{where}")
    seen[value] = row.line


def _row(file: Path, line: int, text: str) -> Row:
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        at = line + error.lineno - 1
        raise BenchmarkError(file, at, None, f"is no JSON: {error.msg}") from None
    except RecursionError:
        raise BenchmarkError(file, line, None, "is no JSON: nested too deeply") from None
    if not isinstance(value, dict):
        raise BenchmarkError(file, line, None, f"must be an object, is {_kind(value)}")
    return Row(file, line, value)


def _lines(toml: str) -> dict[str, int]:
    """The line of every table and key, such as `family[1].documents`: enough to point at."""
    lines, tables, at = dict[str, int](), Counter[str](), ""
    for number, line in enumerate(toml.split("\n"), 1):
        if header := _HEADER.match(line):
            name = header[2]
            at = f"{name}[{tables[name]}]" if header[1] == "[[" else name
            tables[name] += 1
            lines.setdefault(at, number)
        elif key := _KEY.match(line):
            lines.setdefault(f"{at}.{key[1]}" if at else key[1], number)
    return lines


def _kind(value: object) -> str:
    return "nothing" if value is None else _NAMES.get(type(value), type(value).__name__)
