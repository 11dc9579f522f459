"""Op-eds, news, fact sheets: headings and paragraphs, nothing that is numbered."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.outlines.headed import headed
from pincite.types import Mark, Page, Section


def outline_prose(text: str, marks: Sequence[Mark], pages: Sequence[Page]) -> tuple[Section, ...]:
    """The headed stretches of a text."""
    return headed(text, marks, prefix="", numbered=False)
