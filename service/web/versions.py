"""Which text a permanent link means: today's, one that a document had before, or none known.

A link carries a version and characters. Characters count in that version alone, so the words are
shown there, and looked for in today's text only as words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pincite.errors import NotFound, StorageError
from pincite.generations import Record
from pincite.types import Document, Span
from service.holdings import Holdings
from service.past import Then
from service.web.links import VERSION_DIGITS, link

State = Literal["current", "changed", "withdrawn", "unknown"]
# Words that are looked for again; a shorter stretch stands in a text by chance.
_FEWEST = 12


@dataclass(frozen=True, slots=True)
class Meant:
    """The text that a link means, and how it stands to today's.

    `changed`: the document has another text today; `withdrawn`: it is not held any more;
    `unknown`: the link's version is not known, so its characters point at nothing, and today's
    text is given. `day` is that on which an older text was last held; `now` leads to today's:
    to the same words where they stand there once.
    """

    document: Document
    record: Record
    state: State = "current"
    day: str = ""
    now: str = ""
    same_words: bool = False

    @property
    def is_current(self) -> bool:
        """Whether the text is the one that is held today."""
        return self.state in ("current", "unknown")


def meant(holdings: Holdings, id_: str, version: str, start: int, end: int) -> Meant:
    """The text of a document that a link with a version means. Raises NotFound."""
    record = holdings.records.get(id_)
    if record is None:
        return _withdrawn(holdings, id_, version)
    held = holdings.document(id_)
    if not version or (len(version) >= 8 and record.version.startswith(version)):
        return Meant(held, record)
    then, old = _earlier(holdings, id_, version)
    if then is None or old is None:
        return Meant(held, record, "unknown")
    words = Span(start, end).of(old.text) if 0 <= start < end else ""
    found = stretch(words, held.text)
    if found is None:
        return Meant(old, then.record, "changed", then.day)
    digits = record.version[:VERSION_DIGITS]
    now = link(id_, v=digits, start=found.start, end=found.end)
    return Meant(old, then.record, "changed", then.day, now, same_words=True)


def stretch(words: str, text: str) -> Span | None:
    """Where words stand verbatim in a text, if they stand there once; white space is as it is."""
    if len(words.strip()) < _FEWEST:
        return None
    at = text.find(words)
    alone = at >= 0 and text.find(words, at + 1) < 0
    return Span(at, at + len(words)) if alone else None


def _withdrawn(holdings: Holdings, id_: str, version: str) -> Meant:
    """A document that is not held any more, if a link has its version. Raises NotFound."""
    then, old = _earlier(holdings, id_, version) if version else (None, None)
    if then is not None and old is not None:
        return Meant(old, then.record, "withdrawn", then.day)
    if last := holdings.past.last(id_):
        digits = last.record.version[:VERSION_DIGITS]
        raise NotFound(
            f"{id_!r} is not held any more; its last text is of {last.day}: {link(id_, v=digits)}"
        )
    holdings.record(id_)  # raises NotFound in the words that all doors have
    raise NotFound(id_)


def _earlier(holdings: Holdings, id_: str, version: str) -> tuple[Then | None, Document | None]:
    then = holdings.past.version(id_, version)
    if then is None:
        return None, None
    try:
        return then, holdings.past.document(then)
    except (NotFound, StorageError):
        return None, None
