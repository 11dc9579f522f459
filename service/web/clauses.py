"""A quoted clause for a narrow column: what is read first, and the rest of it folded."""

from __future__ import annotations

import re
from typing import Any

from pincite.types import Mark, Span
from service.web.marking import lines

Json = dict[str, Any]

# A clause of up to so many words is shown whole; of a longer one about so many.
_WHOLE, _SHOWN, _LEAST = 75, 60, 35
_WORD = re.compile(r"\S+")
_ENDS = (".", ";", ":", ",")
_LEADS_IN = re.compile(r"[:—–]\s*\Z")


def clause(citation: Json, language: str) -> Json:
    """A citation with its quote in three parts: `first`, `folded`, `last`, in lines.

    Joined they are the quote, character by character but for the space between them; `more`
    counts the folded words. The item of a list stands behind its lead-in, what is between them
    folded. `language` is the document's.
    """
    text: str = citation["quote"]
    start = citation["start"]
    marks = [Mark(Span(m["start"] - start, m["end"] - start), m["type"]) for m in citation["marks"]]
    first, last = _cuts(text)
    spans = {"first": (0, first), "folded": (first, last), "last": (last, len(text))}
    parts = {name: _trimmed(text, *ends) for name, ends in spans.items()}
    shown = {name: list(lines(text, s, marks)) if s else [] for name, s in parts.items()}
    folded = parts["folded"]
    more = len(folded.of(text).split()) if folded else 0
    return {"citation": citation, "language": language, "more": more, **shown}


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """The stretch without the space before it; None for space alone."""
    after = end - len(text[start:end].lstrip())
    return Span(after, end) if after < end else None


def _cuts(text: str) -> tuple[int, int]:
    """Where folding begins and ends; both at the end for what is shown whole."""
    ends = [match.end() for match in _WORD.finditer(text)]
    if len(ends) <= _WHOLE:
        return len(text), len(text)
    lead, item = text.find("\n"), text.rfind("\n")
    read = len(text[:lead].split()) + len(text[item:].split())
    if 0 < lead < item and _LEADS_IN.search(text[:lead]) and read <= 2 * _WHOLE:
        return lead, item
    return _cut(text, ends), len(text)


def _cut(text: str, ends: list[int]) -> int:
    """Where a long clause is cut: after a line, else after a mark, else after a word."""
    near = ends[_LEAST:_WHOLE]
    for end in near:
        if text[end : end + 1] == "\n":
            return end
    marked = [end for end in near[: _SHOWN - _LEAST] if text[end - 1] in _ENDS]
    return marked[-1] if marked else ends[_SHOWN]
