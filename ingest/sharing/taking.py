"""A packed corpus to a folder that can be ingested. Whoever sent it is not trusted.

Everything is checked before anything is put in place: the files are written beside the folder,
which then takes its name in one step.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from ingest.catalogue import CATALOGUE_FILE, check_catalogue, load_catalogue
from ingest.catalogue_fields import FIELDS
from ingest.sharing.form import (
    FORMAT,
    MANIFEST_FILE,
    MEMBERS_BESIDE,
    MOST_BYTES,
    MOST_FILE_BYTES,
    MOST_FILES,
    MOST_MANIFEST_BYTES,
    MOST_RATIO,
    MOST_TABLE_BYTES,
    RATIO_FROM_BYTES,
    VERSION,
    PackManifest,
)
from pincite.errors import CatalogueError, StorageError, UsageError
from pincite.types import Entry

_STEP = 2**20
_ENCRYPTED = 0x1
# How the end of an archive begins: after its table, with a comment of up to 64 KB behind it.
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x07"
_TAIL = 2**16 + 22 + 20
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def read_manifest(path: Path) -> PackManifest:
    """What a pack says it holds, with every file checked. Raises UsageError; writes nothing."""
    with _opened(path) as archive:
        return _checked(archive, path)[0]


def add(path: Path, into: Path, held: Mapping[str, str]) -> PackManifest:
    """Put a pack's catalogue and files into a folder that is new, or empty, or holds just them.

    `held` gives the sha256 of what is indexed here by its id: an id that stands for other bytes
    is refused. Raises UsageError or StorageError; then nothing was written.
    """
    into = into.resolve()
    with _opened(path) as archive:
        manifest, names = _checked(archive, path)
        _refuse_collisions(path, manifest, held)
        if _holds_it(into, manifest):
            return manifest
        if into.exists() and not (into.is_dir() and not any(into.iterdir())):
            raise UsageError(f"{into}: is not empty; give --into a new folder")
        _put_in_place(archive, names, manifest, path, into)
    return manifest


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        _refuse_endless_table(path)
        with zipfile.ZipFile(path) as archive:
            yield archive
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise UsageError(f"{path}: is no sound ZIP archive: {error}; ask for it again") from None


def _refuse_endless_table(path: Path) -> None:
    """Refuse a table of contents that would fill the memory; it is read whole when opening."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL))
        tail = file.read()
    at = tail.rfind(_END)
    size = int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0
    if size > MOST_TABLE_BYTES or tail[max(0, at - 20) : max(0, at - 16)] == _END_64:
        raise UsageError(f"{path}: lists more than {MOST_FILES} files; nothing was taken")


def _checked(
    archive: zipfile.ZipFile, path: Path
) -> tuple[PackManifest, dict[str, zipfile.ZipInfo]]:
    """The manifest and the members by name, when every byte is what the manifest says."""
    infos = archive.infolist()
    if what := _hostile(infos):
        raise UsageError(f"{path}: {what}; nothing was taken")
    names = {info.filename: info for info in infos}
    manifest = _manifest(archive, names, path)
    wanted = {name: file.sha256 for name, file in manifest.members.items()}
    wanted[CATALOGUE_FILE] = manifest.catalogue_sha256
    if len(wanted) != len(manifest.files) + 1:
        raise UsageError(f"{path}: its manifest names a file twice; nothing was taken")
    if odd := sorted(names.keys() ^ {*wanted, MANIFEST_FILE}):
        where = "not in the archive" if odd[0] in wanted else "not in its manifest"
        raise UsageError(f"{path}: {_shown(odd[0])} is {where}; nothing was taken")
    for name, digest in wanted.items():
        if _digest(archive, names[name]) != digest:
            raise UsageError(f"{path}: {_shown(name)} is not what was packed; ask for it again")
    return manifest, names


def _hostile(infos: Collection[zipfile.ZipInfo]) -> str | None:
    """What is wrong with the archive's table of contents, or None. Reads no file."""
    if len(infos) > MOST_FILES + len(MEMBERS_BESIDE):
        return f"holds {len(infos)} files, more than {MOST_FILES}"
    total = sum(info.file_size for info in infos)
    if total > MOST_BYTES:
        return f"would grow to {total // 2**20} MB, more than {MOST_BYTES // 2**20}"
    for info in infos:
        if what := _bad_member(info):
            return f"{_shown(info.filename)} {what}"
    return _clash(info.filename for info in infos)


def _bad_member(info: zipfile.ZipInfo) -> str | None:
    mode = info.external_attr >> 16
    name = info.orig_filename
    if info.is_dir() or stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "is a link, a folder or a device, not a file"
    if info.flag_bits & _ENCRYPTED or info.compress_type not in _METHODS:
        return "is encrypted, or packed in an unknown way"
    if info.file_size > MOST_FILE_BYTES:
        return f"has more than {MOST_FILE_BYTES // 2**20} MB"
    if info.file_size > max(RATIO_FROM_BYTES, MOST_RATIO * info.compress_size):
        return f"grows more than {MOST_RATIO} times"
    return None if _is_plain(name) else "leads out of the folder, or is no plain path"


def _is_plain(name: str) -> bool:
    """Whether a name is a path below a folder on every system: no drive, no "..", no controls."""
    if any(unicodedata.category(character) in ("Cc", "Cf", "Cs") for character in name):
        return False
    try:
        FIELDS["file"](name)
    except ValueError:
        return False
    parts = PurePosixPath(name).parts
    return all(
        len(part.encode()) <= 255 and ":" not in part and part == part.rstrip(" .")
        for part in parts
    )


def _clash(names: Iterable[str]) -> str | None:
    """Two names that are one on some systems, or a file that is also a folder."""
    files: set[str] = set()
    folders: set[str] = set()
    for name in names:
        key = unicodedata.normalize("NFC", name).casefold()
        above = {str(parent) for parent in PurePosixPath(key).parents}
        if key in files:
            return f"holds {_shown(name)} twice"
        if key in folders or above & files:
            return f"{_shown(name)} is a file and a folder"
        files.add(key)
        folders |= above
    return None


def _manifest(
    archive: zipfile.ZipFile, names: Mapping[str, zipfile.ZipInfo], path: Path
) -> PackManifest:
    info = names.get(MANIFEST_FILE)
    if info is None or info.file_size > MOST_MANIFEST_BYTES:
        raise UsageError(f"{path}: has no {MANIFEST_FILE}; it was not made by corpora pack")
    data = archive.read(info)
    try:
        manifest = PackManifest.model_validate_json(data)
    except ValidationError as error:
        if (newer := _version(data)) > VERSION:
            raise UsageError(
                f"{path}: has format {newer}, this release reads up to {VERSION}; update Pincite"
            ) from None
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise UsageError(f"{path}: {MANIFEST_FILE}: {where}: {first['msg']}") from None
    if manifest.format != FORMAT or manifest.version != VERSION:
        what = f"{_shown(manifest.format)} {manifest.version}"
        advice = "; update Pincite" if manifest.version > VERSION else ""
        raise UsageError(f"{path}: has format {what}, not {FORMAT} {VERSION}{advice}")
    return manifest


def _version(data: bytes) -> int:
    """The format of a manifest that this release cannot read; 0 where it does not say."""
    try:
        said = json.loads(data)
    except (ValueError, RecursionError):
        return 0
    version = said.get("version") if isinstance(said, dict) else None
    return version if isinstance(version, int) else 0


def _digest(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> str:
    """The sha256 of a member; it is read in steps, and never beyond its stated size."""
    found = hashlib.sha256()
    with archive.open(info) as file:
        while step := file.read(_STEP):
            found.update(step)
    return found.hexdigest()


def _refuse_collisions(path: Path, manifest: PackManifest, held: Mapping[str, str]) -> None:
    others = [file.id for file in manifest.files if held.get(file.id, file.sha256) != file.sha256]
    if others:
        more = f" and {len(others) - 1} more" if len(others) > 1 else ""
        raise UsageError(
            f"{path}: id {others[0]!r}{more} stands for another text here; rename one of them"
        )


def _holds_it(into: Path, manifest: PackManifest) -> bool:
    """Whether the folder already is what the pack would make of it."""
    wanted = {file.path: file.sha256 for file in manifest.files}
    wanted[CATALOGUE_FILE] = manifest.catalogue_sha256
    if not into.is_dir():
        return False
    there = {p.relative_to(into).as_posix() for p in into.rglob("*") if not p.is_dir()}
    return there == wanted.keys() and all(
        hashlib.sha256((into / name).read_bytes()).hexdigest() == digest
        for name, digest in wanted.items()
    )


def _put_in_place(
    archive: zipfile.ZipFile,
    names: Mapping[str, zipfile.ZipInfo],
    manifest: PackManifest,
    path: Path,
    into: Path,
) -> None:
    beside = into.with_name(f".{into.name}.{os.getpid()}.part")
    try:
        places = {name: file.path for name, file in manifest.members.items()}
        for name, file in {**places, CATALOGUE_FILE: CATALOGUE_FILE}.items():
            place = beside / file
            place.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(names[name]) as source, place.open("xb") as target:
                shutil.copyfileobj(source, target, _STEP)
        _check_catalogue(beside / CATALOGUE_FILE, manifest, path)
        beside.replace(into)
    except OSError as error:
        raise StorageError(f"{into}: cannot be written: {error.strerror or error}") from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _check_catalogue(catalogue: Path, manifest: PackManifest, path: Path) -> None:
    """The catalogue can be loaded, and lists just the files of the manifest, as it has them."""
    if problems := check_catalogue(catalogue):
        raise CatalogueError(f"{path}: {CATALOGUE_FILE}", problems[0].line, problems[0].what)
    listed = {_facts(entry) for entry in load_catalogue(catalogue)}
    packed = {(f.id, f.path, f.sha256, f.licence) for f in manifest.files}
    if listed != packed:
        raise UsageError(f"{path}: its catalogue and its manifest do not agree; nothing was taken")


def _facts(entry: Entry) -> tuple[str, str, str | None, str | None]:
    return entry.id, entry.source, entry.source_sha256, entry.licence


def _shown(name: str) -> str:
    return ascii(name[:80])
