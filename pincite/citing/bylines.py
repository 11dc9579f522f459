"""Who wrote a memo or an article, as the text itself says at its head."""

from __future__ import annotations

import re

from pincite.kinds import Kind
from pincite.types import Document

_HEAD = 1500
_NAME = r"(?:[A-Z][\w.'’-]*\.? ){1,4}[A-Z][\w'’-]+"
_BYLINES = {
    Kind.DOJ_MEMO: re.compile(r"^FROM: *(?P<name>\S[^\n]{2,100})$", re.MULTILINE | re.IGNORECASE),
    Kind.OP_ED: re.compile(rf"^(?:By|by|BY) (?P<name>{_NAME})$", re.MULTILINE),
    Kind.NEWS: re.compile(rf"^(?:By|by|BY) (?P<name>{_NAME})$", re.MULTILINE),
}


def author_of(document: Document) -> str:
    """The author that a memo's or an article's head names; "" where it names none."""
    byline = _BYLINES.get(document.entry.kind)
    found = byline.search(document.text, 0, _HEAD) if byline else None
    return found["name"].strip() if found else ""
