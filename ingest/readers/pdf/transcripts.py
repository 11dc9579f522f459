"""Transcripts: numbered lines on every page, and the word index that reporters add at the end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.readers.pdf.lines import Line

_NUMBERED = re.compile(r"(\d{1,2})(?:\s+|$)")
_REFERENCE = re.compile(r"\b\d{1,3}:\d{1,2}\b")
_FEWEST_LINES = 20
_FEWEST_REFERENCES = 40


def line_numbers(page: Sequence[Line]) -> dict[int, int]:
    """For each numbered line, how many characters its number takes; empty for other pages.

    The numbers must run from 1 upwards without a gap, as they do on a page of a transcript.
    """
    found = {i: m for i, line in enumerate(page) if (m := _NUMBERED.match(line.text))}
    best: dict[int, int] = {}
    expected = 1
    for index, match in found.items():
        if int(match[1]) == expected:
            best[index] = match.end()
            expected += 1
    return best if expected > _FEWEST_LINES else {}


def is_word_index(page: Sequence[Line]) -> bool:
    """Whether a page lists words with page and line references."""
    return sum(len(_REFERENCE.findall(line.text)) for line in page) >= _FEWEST_REFERENCES
