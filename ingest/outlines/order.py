"""Executive orders: "Section 1. Purpose." and "Sec. 2. (a)", or "§ 2." as cities write."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.outlines.code import outline_code
from pincite.types import Mark, Page, Section

_EXPLAINS = re.compile(r"statement of (?:basis|purpose)\b", re.IGNORECASE)


def outline_order(text: str, marks: Sequence[Mark], pages: Sequence[Page]) -> tuple[Section, ...]:
    """The sections of an order; an order is divided as an act is."""
    return outline_code(text, marks, pages, after=_EXPLAINS)
