"""Words that an amending act takes away: what of a stretch is left."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pincite.types import Span


def what_is_left(text: str, span: Span, deleted: Iterable[Span]) -> str:
    """The words of `span` that lie in no deleted stretch."""
    at, left = span.start, ""
    for one in sorted(one for one in deleted if one.start < span.end and one.end > span.start):
        left += text[at : max(one.start, at)]
        at = max(at, min(one.end, span.end))
    return left + text[at : span.end]


def nothing_left(text: str, span: Span, deleted: Iterable[Span]) -> bool:
    """Whether every word of `span` lies in a deleted stretch; False for one without a deletion."""
    gone = [one for one in deleted if one.start < span.end and one.end > span.start]
    return bool(gone) and not re.search(r"\w", what_is_left(text, span, gone))
