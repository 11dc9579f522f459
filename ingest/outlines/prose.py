"""Op-eds, news, fact sheets: headings and paragraphs, nothing that is numbered."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.outlines.code import outline_code
from ingest.outlines.headed import headed
from pincite.types import Mark, Page, Section

_ENACTS = re.compile(r"^be it (?:enacted|ordained)\b.{0,60}:$", re.IGNORECASE | re.MULTILINE)


def outline_prose(text: str, marks: Sequence[Mark], pages: Sequence[Page]) -> tuple[Section, ...]:
    """The headed stretches of a text; a record that prints an act is divided as the act is."""
    if _ENACTS.search(text):
        return outline_code(text, marks, pages)
    return headed(text, marks, prefix="", numbered=False)
