"""Where things stand in a catalogue's file: tomllib keeps no positions, so they are looked up."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass

from pincite.errors import CatalogueError

_HEADER = re.compile(r"\s*\[\[\s*entry\s*\]\]\s*(?:#.*)?")
_KEY = re.compile(r"\s*[\"']?([\w-]+)[\"']?\s*[.=]")
_AT_LINE = re.compile(r"\bat line (\d+)")


@dataclass(frozen=True, slots=True)
class Lines:
    """For each entry, the line of its header and of each of its keys; None above the first."""

    path: str
    keys: tuple[dict[str, int], ...]
    headers: tuple[int, ...]

    @classmethod
    def of(cls, path: str, text: str, entries: int) -> Lines:
        """The lines of a catalogue that holds so many entries.

        When the count differs (a header inside a long string), no line is given.
        """
        headers: list[int] = []
        keys: list[dict[str, int]] = [{}]
        for number, line in enumerate(text.split("\n"), start=1):
            if _HEADER.fullmatch(line.rstrip("\r")):
                headers.append(number)
                keys.append({})
            elif found := _KEY.match(line):
                keys[-1].setdefault(found[1], number)
        if len(headers) != entries:
            return cls(path, (), ())
        return cls(path, tuple(keys), tuple(headers))

    @staticmethod
    def named_in(error: tomllib.TOMLDecodeError) -> int | None:
        """The line that a TOML error names."""
        found = _AT_LINE.search(str(error))
        return int(found[1]) if found else None

    def at(self, index: int | None, key: str | None) -> int | None:
        """The line of a key of the entry at `index`, else of that entry's header."""
        if not self.keys:
            return None
        place = 0 if index is None else index + 1
        line = self.keys[place].get(key) if key else None
        if line is None and index is not None:
            line = self.keys[0].get(key) if key else None
            return line or self.headers[index]
        return line

    def error(self, index: int | None, key: str | None, what: str) -> CatalogueError:
        """A CatalogueError that names this file and the line of the key."""
        return CatalogueError(self.path, self.at(index, key), what)
