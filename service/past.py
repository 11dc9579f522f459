"""Texts that a document had once: the library keeps every version that was ever read.

Only a manifest says whose text a version is; a version's name alone opens nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pincite.citations.kept import mentions_in
from pincite.citations.mentions import Mention
from pincite.generations import Manifest, Record
from pincite.library import Library
from pincite.types import Document

# A link carries the first digits of a version (service/web/links.py); fewer would name several.
_DIGITS = re.compile(r"[0-9a-f]{8,64}")
# Manifests of a large corpus have megabytes. Older ones stay in the library.
_MOST_MANIFESTS = 100
_KEPT = 256


@dataclass(frozen=True, slots=True)
class Then:
    """A document as a generation held it, and the day on which that generation was made."""

    record: Record
    generation: str
    day: str


class Past:
    """What documents were before the generation that is open."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._found = lru_cache(_KEPT)(self._find)

    def version(self, id_: str, digits: str) -> Then | None:
        """The newest generation in which a document had the text version of these digits."""
        return self._found(id_, digits) if _DIGITS.fullmatch(digits) else None

    def last(self, id_: str) -> Then | None:
        """The newest generation that held a document."""
        return self._found(id_, "")

    def document(self, then: Then) -> Document:
        """The document as it was. Raises NotFound where the library lacks its text."""
        record = then.record
        return self._library.document(record.entry, record.version, record.outline)

    def mentions(self, record: Record, document: Document) -> tuple[Mention, ...]:
        """The citations in an older text, kept in the library as those of today's are."""
        return mentions_in(record.entry, record.version, self._library, lambda: document.text)

    def _find(self, id_: str, digits: str) -> Then | None:
        named = digits or id_
        for manifest in self._library.generations_with(named, _MOST_MANIFESTS):
            record = manifest.record(id_)
            if record is not None and record.version.startswith(digits):
                return Then(record, manifest.generation, _day(manifest))
        return None


def _day(manifest: Manifest) -> str:
    return manifest.created[:10]
