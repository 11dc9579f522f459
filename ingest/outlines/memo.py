"""Memos: a head (TO, FROM, DATE, SUBJECT), then headings, numbered or not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.outlines.blocks import blocks
from ingest.outlines.headed import headed
from pincite.types import Mark, Page, Section, Span

_HEAD = re.compile(
    r"(?:MEMORANDUM )?(?:TO|FOR|FROM|THROUGH|CC|DATE|SUBJECT|RE)\b\s*:?\s*\S", re.IGNORECASE
)
_HEAD_LINES = 25


def outline_memo(text: str, marks: Sequence[Mark], pages: Sequence[Page]) -> tuple[Section, ...]:
    """The sections of a memo: its head, then "Part I" and so on, or plain headings."""
    lines = blocks(text, marks)[:_HEAD_LINES]
    head = [line for line in lines if _HEAD.match(line.text) and line.text[:2].isupper()]
    body = headed(text, marks, prefix="Part")
    if len(head) < 2:
        return body
    span = Span(head[0].start, head[-1].end)
    below = tuple(
        replace(section, level=section.level + 1) if section.span.holds(span) else section
        for section in body
        if section.span.holds(span)
    )
    level = len(below)
    outside = [
        section for section in body if not span.meets(section.span) or section.span.holds(span)
    ]
    every = [*outside, Section(label="", heading="Head", level=level, span=span)]
    return tuple(sorted(every, key=lambda s: (s.span.start, -s.span.end, s.level)))
