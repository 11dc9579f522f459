"""What can be made again, kept on disk: whole or not at all, and no more than so many bytes.

Several processes may share the folder. One that cannot be written costs time and nothing else.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Lock

# A full cache is emptied to this share, so that not every new one means a look at all of them.
_LEFT = 0.8


class Cache:
    """Bytes by name below a folder; what was not asked for longest goes first."""

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self._folder, self._most = folder, most_bytes
        self._size: int | None = None
        self._lock = Lock()

    def get(self, name: str) -> bytes | None:
        """What is kept under a name."""
        path = self._path(name)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        with suppress(OSError):
            os.utime(path)
        return data

    def put(self, name: str, data: bytes) -> None:
        """Keep this, unless it alone is more than may be kept."""
        if len(data) > self._most * _LEFT:
            return
        with suppress(OSError):
            self._write(self._path(name), data)
            with self._lock:
                self._size = self._measured() if self._size is None else self._size + len(data)
                if self._size > self._most:
                    self._size = self._emptied()

    def holds(self, name: str) -> bool:
        """Whether something is kept under a name."""
        return self._path(name).is_file()

    def has_room(self, size: int) -> bool:
        """Whether so many bytes more may be kept without another being removed."""
        with self._lock:
            self._size = self._measured() if self._size is None else self._size
            return self._size + size <= self._most

    def keep_only(self, names: Collection[str]) -> None:
        """Remove what is kept under any other name."""
        for path, _ in self._files():
            if path.name not in names:
                with suppress(OSError):
                    path.unlink()
        with self._lock:
            self._size = None

    def _path(self, name: str) -> Path:
        return self._folder / name[:2] / name

    def _write(self, path: Path, data: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, part = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            Path(part).replace(path)
        except OSError:
            Path(part).unlink(missing_ok=True)
            raise

    def _files(self) -> Iterator[tuple[Path, os.stat_result]]:
        for path in self._folder.glob("*/*"):
            with suppress(OSError):  # another process may have removed it
                yield path, path.stat()

    def _measured(self) -> int:
        return sum(stat.st_size for _, stat in self._files())

    def _emptied(self) -> int:
        """Remove the oldest until there is room; how many bytes are left."""
        files = sorted(self._files(), key=lambda file: file[1].st_mtime_ns)
        size = sum(stat.st_size for _, stat in files)
        for path, stat in files:
            if size <= self._most * _LEFT:
                break
            with suppress(OSError):
                path.unlink()
                size -= stat.st_size
        return size
