"""The form of a packed corpus: a ZIP archive with a manifest, a catalogue and the files.

    pincite-corpus.json    the manifest: format, name, every file with its hash, what is left out
    catalogue.toml         the entries, as `pincite ingest` reads them
    files/…                the texts, by the path that the catalogue gives them

Values only. A manifest that says anything else than this is refused whole.
"""

from __future__ import annotations

import re

from pydantic import BaseModel, ConfigDict, Field

from ingest.catalogue import CATALOGUE_FILE

FORMAT = "pincite-corpus"
VERSION = 1
MANIFEST_FILE = "pincite-corpus.json"
FILES = "files"

# Limits for what a stranger sends. The largest corpus tried had 131 files and 120 MB.
MOST_FILES = 20_000
# Below two gigabytes an archive has one plain table of contents.
MOST_BYTES = 2**31 - 2**24
MOST_TABLE_BYTES = 16 * 2**20
MOST_FILE_BYTES = 500 * 2**20
MOST_MANIFEST_BYTES = 40 * 2**20
# Text and Office files shrink to a tenth; what shrinks to a two-hundredth is made to burst.
MOST_RATIO = 200
RATIO_FROM_BYTES = 2**20

_SHA256 = "^[0-9a-f]{64}$"
_NAME = "^[a-z0-9]+(?:-[a-z0-9]+)*$"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PackedFile(_Strict):
    """One text: where it lies below `files/`, what it is, and on what terms it is passed on."""

    path: str = Field(min_length=1, max_length=400)
    sha256: str = Field(pattern=_SHA256)
    bytes: int = Field(ge=0, le=MOST_FILE_BYTES)
    id: str
    licence: str | None


class LeftOut(_Strict):
    """One text that the sender has and may not pass on; `url` is where to fetch it."""

    id: str
    title: str
    sha256: str = Field(pattern=_SHA256)
    url: str | None
    licence: str | None
    why: str


class PackManifest(_Strict):
    """What a packed corpus holds. `links_left_out` lead to texts that are not in it."""

    format: str
    version: int
    name: str = Field(pattern=_NAME, max_length=100)
    catalogue_sha256: str = Field(pattern=_SHA256)
    files: tuple[PackedFile, ...] = Field(max_length=MOST_FILES)
    left_out: tuple[LeftOut, ...] = ()
    links_left_out: tuple[str, ...] = ()

    @property
    def members(self) -> dict[str, PackedFile]:
        """The files by their name in the archive."""
        return {f"{FILES}/{file.path}": file for file in self.files}


MEMBERS_BESIDE = (MANIFEST_FILE, CATALOGUE_FILE)

# What lets anybody pass a text on, and what takes it back.
_OPEN = re.compile(
    r"\b(?:public domain|cc0|cc[ -]by(?:[ -]sa)?|creative commons (?:attribution|zero)"
    r"|government edict|open government licen[cs]e|ogl|pddl|odc-by|odbl|mit|apache|bsd)\b",
    re.I,
)
_CLOSED = re.compile(
    r"\b(?:nc|nd|non-?commercial|no[ -]?deriv\w*|reserved|fair use|permission|proprietary"
    r"|not in the public domain|unknown)\b",
    re.I,
)


def may_be_shared(licence: str | None) -> bool:
    """Whether a licence, as a catalogue words it, lets anybody pass the text on."""
    return bool(licence and _OPEN.search(licence) and not _CLOSED.search(licence))
