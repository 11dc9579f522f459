"""Court rulings as text files: which family of files it is, and the cleaning that fits it.

The draft that goes in is the decoded file before unwrapping; the one that comes out is ready
for `Draft.finish`: one block a line, with marks and pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ingest.readers.draft import Draft
from ingest.readers.rulings.reported_opinion import clean_reported
from ingest.readers.rulings.slip_opinion import clean_slip

_HEAD = 4000
# A slip opinion is a print laid out in an indented block; a reported one begins with its cites.
FAMILIES: tuple[tuple[re.Pattern[str], Callable[[Draft], Draft]], ...] = (
    (re.compile(r"^ {4,}\(Slip Opinion\)", re.MULTILINE), clean_slip),
    (re.compile(r"^ {4,}Cite as: \d+ U\. ?S\. ", re.MULTILINE), clean_slip),
    (re.compile(r"\A\s*\d+ U\.S\. \d+[^\S\n]*\n\s*\d+ S\. ?Ct\. \d+"), clean_reported),
)


def looks_like_opinion(text: str) -> bool:
    """Whether the file is a ruling in a print layout that a Markdown reading would spoil."""
    return _cleaning(text) is not None


def clean_opinion(draft: Draft) -> Draft:
    """The ruling as running paragraphs, its furniture gone, its notes and pages marked."""
    cleaning = _cleaning(draft.text)
    return draft if cleaning is None else cleaning(draft)


def _cleaning(text: str) -> Callable[[Draft], Draft] | None:
    head = text[:_HEAD]
    return next((clean for sign, clean in FAMILIES if sign.search(head)), None)
