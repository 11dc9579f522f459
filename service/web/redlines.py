"""Two texts as one: paragraphs that both have, and between them what was deleted and inserted.

Paragraphs are aligned first, then the words of those that differ. Values only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz.distance import Levenshtein

from pincite.differing import Change, word_changes
from pincite.types import Span

# Pairs of words compared in one go: unlike texts of any length take a fraction of a second.
_MOST_PAIRS = 5 * 10**7
_BREAK = "¶"


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph of either text or of both: its pieces, and where it stands in each."""

    pieces: tuple[Change, ...]
    old: Span
    new: Span

    @property
    def changed(self) -> bool:
        """Whether anything in it was deleted or inserted."""
        return any(piece.kind != "same" for piece in self.pieces)

    @property
    def gone(self) -> bool:
        """Whether the newer text has nothing of it."""
        return all(piece.kind == "deleted" for piece in self.pieces)


def redline(old: str, new: str) -> list[Row]:
    """What leads from one text to another, paragraph by paragraph.

    What is not inserted, joined, is the old text but for its line breaks; what is not deleted is
    the new one.
    """
    rows: list[Row] = []
    at = there = 0
    for before, after in _aligned(old.split("\n"), new.split("\n")):
        rows += _cut(before, after, at, there)
        at += sum(len(paragraph) + 1 for paragraph in before)
        there += sum(len(paragraph) + 1 for paragraph in after)
    return rows


def _aligned(old: list[str], new: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Runs of paragraphs, equal in both or to be compared."""
    numbers: dict[str, int] = {}
    first, second = ([numbers.setdefault(one, len(numbers)) for one in side] for side in (old, new))
    codes = Levenshtein.opcodes(first, second)
    # Paragraphs left out beside others that were rewritten are compared with those, in one go.
    for same, run in groupby(codes, lambda code: code.tag == "equal"):
        found = list(run)
        before = old[found[0].src_start : found[-1].src_end]
        after = new[found[0].dest_start : found[-1].dest_end]
        if same:
            yield from (([one], [one]) for one in before)
        else:
            yield before, after


def _cut(before: Sequence[str], after: Sequence[str], old: int, new: int) -> Iterator[Row]:
    """The changes from some paragraphs to others, cut into paragraphs again."""
    pieces: list[Change] = []
    starts = old, new
    changes = word_changes("\n".join(before), "\n".join(after), _MOST_PAIRS)
    for change in changes:
        for n, part in enumerate(change.text.split("\n")):
            if n:
                if change.kind != "same" and not change.text.strip():
                    pieces.append(Change(change.kind, _BREAK))
                yield Row(tuple(pieces), Span(starts[0], old), Span(starts[1], new))
                pieces = []
                old, new = _on(change, 1, old, new)
                starts = old, new
            if part:
                pieces.append(Change(change.kind, part))
                old, new = _on(change, len(part), old, new)
    yield Row(tuple(pieces), Span(starts[0], old), Span(starts[1], new))


def _on(change: Change, length: int, old: int, new: int) -> tuple[int, int]:
    """Both places after a piece."""
    return (
        old + length * (change.kind != "inserted"),
        new + length * (change.kind != "deleted"),
    )
