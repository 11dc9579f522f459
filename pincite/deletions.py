"""Words that an amending act takes away: whether anything of a stretch is left."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pincite.types import Span


def nothing_left(text: str, span: Span, deleted: Iterable[Span]) -> bool:
    """Whether every word of `span` lies in a deleted stretch; False for one without a deletion."""
    gone = sorted(one for one in deleted if one.start < span.end and one.end > span.start)
    if not gone:
        return False
    at, left = span.start, ""
    for one in gone:
        left += text[at : max(one.start, at)]
        at = max(at, min(one.end, span.end))
    left += text[at : span.end]
    return not re.search(r"\w", left)
