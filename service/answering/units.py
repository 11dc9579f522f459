"""The stretches of a passage that can stand as an answer: sentences, clauses with their lead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pincite.sentences import sentences
from pincite.types import Document, Span

# "the department shall not:" says nothing without its list, and the list nothing without it.
LEADS = re.compile(r"(?:[:—–-]|\b(?:that|the following|if|unless|shall|may|to|must))\s*$", re.I)
"""How a stretch ends that says nothing without what follows it."""
DRAFTS = re.compile(
    r"^\W*be\s+it\s+(?:enacted|ordained|resolved)\b|\bto\s+read\s+(?:in\s+full\s+)?as\s+follows\b",
    re.I,
)
"""How an act says where its words go: "Chapter 9 is amended ... to read as follows"."""
_ENUMERATOR = re.compile(r"[“\"]?(?:\(\w{1,5}\)|\w{1,3}[.)]|[•*–-])\s")
_MOST_WORDS = 120
_LEAST_WORDS = 4


def units(document: Document, within: Span) -> list[Span]:
    """The stretches of `within` that may be quoted as an answer, in reading order.

    A sentence is one; so is a lead-in with as many of its items as fit in about 120 words, and
    each single item from the lead-in onward where they stand that close. Headings alone are none.
    """
    text = document.text
    spans = [s for s in sentences(text, within.start, within.end) if not _is_heading(document, s)]
    found: list[Span] = []
    for at, span in enumerate(spans):
        drafts = DRAFTS.search(span.of(text))  # what it leads to stands for itself
        if LEADS.search(span.of(text)) and not drafts:
            found.extend(_led(text, spans, at))
        elif len(span.of(text).split()) >= _LEAST_WORDS:
            found.append(span)
    return list(dict.fromkeys(found))


def _led(text: str, spans: list[Span], at: int) -> Iterator[Span]:
    """The lead-in at `at` with its first item, with its first two items, and so on."""
    lead = spans[at]
    for item in spans[at + 1 :]:
        joined = Span(lead.start, item.end)
        if not _ENUMERATOR.match(item.of(text)) and item is not spans[at + 1]:
            return
        if len(joined.of(text).split()) > _MOST_WORDS:
            return
        if not LEADS.search(item.of(text)):  # its own items come first
            yield joined


def _is_heading(document: Document, span: Span) -> bool:
    return any(m.type == "heading" and m.span.holds(span) for m in document.marks)
