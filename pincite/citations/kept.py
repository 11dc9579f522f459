"""The citations in a text version, found once and kept in the library beside its outline."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import astuple

from pincite.citations.find import context_of
from pincite.citations.finding import MENTIONS_REVISION, mentions
from pincite.citations.mentions import Mention
from pincite.errors import StorageError
from pincite.library import Library
from pincite.types import Entry


def mentions_in(
    entry: Entry, version: str, library: Library, text: Callable[[], str]
) -> tuple[Mention, ...]:
    """The citations in a text version, as the entry's place and kind have them read.

    They are found when none are kept, as in a library that an older release filled, and then
    kept; `text` is called only then. A library that cannot be written to loses nothing.
    """
    digest = _digest(entry, version)
    kept = library.mentions(digest)
    if kept is None:
        kept = mentions(text(), context_of(entry))
        try:
            library.put_mentions(digest, kept)
        except StorageError:
            return kept
    return kept


def _digest(entry: Entry, version: str) -> str:
    """What the citations depend on: the text, what is known of it, and the grammars."""
    named = json.dumps([version, MENTIONS_REVISION, *astuple(context_of(entry))])
    return hashlib.sha256(named.encode()).hexdigest()
