"""Agreements: articles I., below them A., 1., a.; then addenda and appendices."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.outlines.headed import headed
from pincite.types import Mark, Page, Section


def outline_agreement(
    text: str, marks: Sequence[Mark], pages: Sequence[Page]
) -> tuple[Section, ...]:
    """The sections of an agreement; the outermost are "§ I", "§ II"."""
    return headed(text, marks, prefix="§")
