"""Bringing a corpus here: what the project lists, from its public addresses or from a mirror.

A file is put in place only when its sha256 is the catalogue's. A download that breaks off is
taken up where it stopped; the text of a corpus is never part of the project.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import httpx

from ingest.catalogue import CATALOGUE_FILE, check_catalogue, check_files, load_catalogue, sha256_of
from pincite.errors import CatalogueError, StorageError, UsageError
from pincite.types import Entry

Outcome = Literal[
    "fetched", "present", "no_address", "sha256_differs", "missing_in_mirror", "failed"
]
MAX_BYTES = 500 * 2**20
TRIES = 4
TIMEOUT = httpx.Timeout(30.0, connect=10.0)


@dataclass(frozen=True, slots=True)
class Corpus:
    """A corpus that the project lists: its name, and the catalogue that says what is in it."""

    name: str
    catalogue: Path

    @property
    def folder(self) -> Path:
        """The folder of the catalogue; a corpus of the project's own has its files there."""
        return self.catalogue.parent

    def destination(self, data_dir: Path) -> Path:
        """Where the corpus' files are fetched to."""
        return data_dir / "corpora" / self.name


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of one file of a corpus. `detail` says why, where it is not here."""

    entry_id: str
    source: str
    outcome: Outcome
    detail: str = ""

    @property
    def here(self) -> bool:
        """Whether the file is in its place now."""
        return self.outcome in ("fetched", "present")


Report = Callable[[Fetched], None]


def list_corpora(root: Path) -> tuple[Corpus, ...]:
    """The corpora below the project's `corpora` folder, by name."""
    catalogues = sorted(root.glob(f"*/{CATALOGUE_FILE}"))
    return tuple(Corpus(catalogue.parent.name, catalogue) for catalogue in catalogues)


def corpus_named(root: Path, name: str) -> Corpus:
    """One corpus by its name. Raises UsageError, which names the known ones."""
    corpora = list_corpora(root)
    for corpus in corpora:
        if corpus.name == name:
            return corpus
    known = ", ".join(corpus.name for corpus in corpora) or "none"
    raise UsageError(f"{root}: no corpus {name!r}; known: {known}")


def fetch(
    corpus: Corpus,
    destination: Path,
    *,
    mirror: Path | None = None,
    pause: Callable[[float], None] = time.sleep,
    report: Report = lambda _: None,
) -> tuple[Fetched, ...]:
    """Bring every file of a corpus to `destination`; what is there already is left as it is.

    With a mirror, files are copied from `mirror/corpus` (or `mirror` itself), and nothing is
    downloaded. `report` is told of each file as it comes. Raises StorageError when the disk fails.
    """
    entries = load_catalogue(corpus.catalogue)
    if mirror is not None and not mirror.is_dir():
        raise UsageError(f"{mirror}: no such folder; --mirror names one that holds the files")
    results = []
    with httpx.Client(timeout=TIMEOUT, follow_redirects=True) as http:
        for entry in entries:
            result = _bring(corpus, entry, destination, mirror, http, pause)
            report(result)
            results.append(result)
    return tuple(results)


def check(corpus: Corpus, folder: Path) -> list[CatalogueError]:
    """Every problem of a corpus' catalogue, or else of the files in `folder` that it lists."""
    return check_catalogue(corpus.catalogue) or check_files(corpus.catalogue, folder)


def _bring(
    corpus: Corpus,
    entry: Entry,
    destination: Path,
    mirror: Path | None,
    http: httpx.Client,
    pause: Callable[[float], None],
) -> Fetched:
    path = destination / entry.source
    try:
        if any(_is_it(place, entry) for place in (path, corpus.folder / entry.source)):
            return Fetched(entry.id, entry.source, "present")
        path.parent.mkdir(parents=True, exist_ok=True)
        if mirror is not None:
            return _copy(entry, mirror, path)
        if entry.url is None:
            detail = "the catalogue knows no address; take it from a mirror with --mirror"
            return Fetched(entry.id, entry.source, "no_address", detail)
        return _download(entry, entry.url, path, http, pause)
    except OSError as error:
        raise StorageError(
            f"{path}: cannot be written: {error.strerror or error}; what was fetched is kept"
        ) from None


def _is_it(path: Path, entry: Entry) -> bool:
    return path.is_file() and entry.source_sha256 in (None, sha256_of(path))


def _copy(entry: Entry, mirror: Path, path: Path) -> Fetched:
    places = (mirror / "corpus" / entry.source, mirror / entry.source)
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        detail = f"neither {places[0]} nor {places[1]} is a file"
        return Fetched(entry.id, entry.source, "missing_in_mirror", detail)
    part = _part_of(path)
    shutil.copyfile(found, part)
    return _settle(entry, part, path)


def _download(
    entry: Entry, url: str, path: Path, http: httpx.Client, pause: Callable[[float], None]
) -> Fetched:
    """Download in as many tries as it takes, each going on where the last one stopped."""
    part = _part_of(path)
    detail = ""
    for attempt in range(TRIES):
        if attempt:
            pause(2.0 ** (attempt - 1))
        try:
            _append(http, url, part)
        except _Hopeless as error:
            part.unlink(missing_ok=True)
            return Fetched(entry.id, entry.source, "failed", f"{url}: {error}")
        except (httpx.HTTPError, _Unfinished) as error:
            detail = f"{url}: {error or type(error).__name__}; run it again to go on"
            continue
        return _settle(entry, part, path)
    return Fetched(entry.id, entry.source, "failed", detail)


class _Hopeless(Exception):
    """Asking again would bring the same answer."""


class _Unfinished(Exception):
    """The server may do better on the next try."""


def _append(http: httpx.Client, url: str, part: Path) -> None:
    """Download what a part file lacks."""
    have = part.stat().st_size if part.exists() else 0
    # Byte offsets only make sense in the file itself, never in a compressed transfer of it.
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={have}-"} if have else {})
    with http.stream("GET", url, headers=headers) as response:
        status = response.status_code
        if status == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE and have:
            if response.headers.get("Content-Range") == f"bytes */{have}":
                return  # all of it is here; the sha256 will tell
            part.unlink()
            raise _Unfinished("the part that was here is not of this file")
        if status >= 500 or status in (408, 429):
            raise _Unfinished(f"HTTP {status}")
        if status not in (200, 206):
            raise _Hopeless(f"HTTP {status}; mend the address in the catalogue")
        goes_on = status == 206 and _starts_at(response, have)
        if status == 206 and not goes_on:
            part.unlink(missing_ok=True)
            raise _Unfinished("the server sent another part than was asked for")
        with part.open("ab" if goes_on else "wb") as file:
            size = file.tell()
            for chunk in response.iter_bytes():
                size += len(chunk)
                if size > MAX_BYTES:
                    raise _Hopeless(f"larger than {MAX_BYTES // 2**20} MB")
                file.write(chunk)


def _starts_at(response: httpx.Response, offset: int) -> bool:
    return str(response.headers.get("Content-Range", "")).startswith(f"bytes {offset}-")


def _settle(entry: Entry, part: Path, path: Path) -> Fetched:
    """Put a whole file in its place if it is the right one; else throw it away."""
    found = sha256_of(part)
    if entry.source_sha256 not in (None, found):
        part.unlink()
        detail = f"sha256 {found} instead of {entry.source_sha256}; the file was not kept"
        return Fetched(entry.id, entry.source, "sha256_differs", detail)
    part.replace(path)
    return Fetched(entry.id, entry.source, "fetched")


def _part_of(path: Path) -> Path:
    return path.with_name(path.name + ".part")
