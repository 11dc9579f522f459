"""One file of an ingest: the entry it belongs to, and where its bytes are."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ingest.readers.format import too_large
from pincite.errors import FileRefused, NotFound
from pincite.library import Library
from pincite.types import Entry


class Place(Protocol):
    """Where a file's bytes are. Both raise FileRefused."""

    def size(self) -> int:
        """How many bytes there are."""

    def load(self) -> bytes:
        """The bytes."""


@dataclass(frozen=True, slots=True)
class OnDisk:
    """A file below a folder that was named."""

    path: Path

    def size(self) -> int:
        """How many bytes there are; a pipe or a device would never end and is refused."""
        try:
            status = self.path.stat()
        except OSError as error:
            raise _unreadable(error) from None
        if not stat.S_ISREG(status.st_mode):
            raise FileRefused("unreadable", "a folder, pipe or device, not a file")
        return status.st_size

    def load(self) -> bytes:
        """The bytes."""
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise _unreadable(error) from None

    def __str__(self) -> str:
        return str(self.path)


@dataclass(frozen=True, slots=True)
class InLibrary:
    """An original that an earlier ingest kept."""

    library: Library
    sha256: str
    length: int

    def size(self) -> int:
        """How many bytes there are."""
        return self.length

    def load(self) -> bytes:
        """The bytes."""
        try:
            return self.library.original(self.sha256)
        except NotFound as error:
            raise FileRefused("unreadable", f"{error}; ingest its folder again") from None

    def __str__(self) -> str:
        return f"original {self.sha256[:12]} in the library"


@dataclass(frozen=True, slots=True)
class Source:
    """One file to index: its entry, where its bytes are, and whether the entry is complete.

    `root` names the folder or collection that it belongs to: an ingest of that root decides
    what leaves the index. `described` is False when title and date may come from the file.
    """

    entry: Entry
    root: str
    place: Place
    described: bool = True

    @property
    def suffix(self) -> str:
        """The file's ending, such as ".pdf"."""
        return Path(self.entry.source).suffix.lower()

    def bytes(self, most: int) -> bytes:
        """The file's bytes, checked against the catalogue's sha256. Raises FileRefused.

        A file of more than `most` bytes is refused before it is read.
        """
        if (size := self.place.size()) > most:
            raise too_large(size, most)
        data = self.place.load()
        wanted = self.entry.source_sha256
        if wanted and hashlib.sha256(data).hexdigest() != wanted:
            raise FileRefused(
                "sha256_differs",
                "its bytes are not those of the catalogue; fetch it again or mend the entry",
            )
        return data


def _unreadable(error: OSError) -> FileRefused:
    if isinstance(error, FileNotFoundError):
        return FileRefused("unreadable", "no such file; fetch it or mend the catalogue")
    return FileRefused("unreadable", f"{error.strerror}; check its permissions")
