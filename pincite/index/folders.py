"""Files and folders that change in one step: written, copied and removed safely."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pincite.errors import StorageError

# The engine writes through memory maps: on a full disk the kernel would kill the process
# instead of returning an error, so writing stops while there is still room.
RESERVE_MB = 256


@contextmanager
def storage_errors(where: Path) -> Iterator[None]:
    """Turn what the system says about a disk into one line."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise StorageError(
            f"{where}: cannot be written: {reason}; make room and run it again"
        ) from (error)


def ensure_room(folder: Path, extra: int = 0) -> None:
    """Raise StorageError unless `extra` bytes and the reserve are free."""
    free = shutil.disk_usage(folder).free
    needed = extra + RESERVE_MB * 2**20
    if free < needed:
        raise StorageError(
            f"{folder}: {free // 2**20} MB free, {needed // 2**20} MB needed to write an index;"
            " make room and run it again"
        )


def replace_file(path: Path, text: str) -> None:
    """Write a small file so that a reader, or a crash, sees the old content or the new."""
    fresh = path.with_name(path.name + ".new")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    sync_folder(path.parent)


def move(source: Path, target: Path) -> None:
    """Rename, and make the renaming last through a power cut."""
    source.rename(target)
    for folder in {source.parent, target.parent}:
        sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last through a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def copy_tree(source: Path, target: Path) -> None:
    """Copy a folder without filling the holes of its sparse files, which are most of them."""
    target.mkdir()
    for item in sorted(source.iterdir()):
        if item.is_dir():
            copy_tree(item, target / item.name)
        else:
            # A reader that closes replaces small files by themselves through passing names.
            with suppress(FileNotFoundError):
                _copy_file(item, target / item.name)


def occupied(folder: Path) -> int:
    """The bytes that a folder takes on the disk."""
    return sum(item.lstat().st_blocks * 512 for item in folder.rglob("*"))


def _copy_file(source: Path, target: Path) -> None:
    with source.open("rb") as old, target.open("wb") as new:
        size = os.fstat(old.fileno()).st_size
        new.truncate(size)
        start = 0
        while start < size:
            try:
                start = os.lseek(old.fileno(), start, os.SEEK_DATA)
            except OSError:  # ENXIO: nothing but a hole follows
                return
            end = os.lseek(old.fileno(), start, os.SEEK_HOLE)
            os.lseek(new.fileno(), start, os.SEEK_SET)
            os.lseek(old.fileno(), start, os.SEEK_SET)
            while start < end:
                data = os.read(old.fileno(), min(end - start, 2**20))
                os.write(new.fileno(), data)
                start += len(data)
