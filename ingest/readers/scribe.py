"""Writes down what markup says, block by block, with the marks and repairs on the way."""

from __future__ import annotations

from ingest.readers.draft import Draft
from pincite.types import Mark, MarkType, Repair, Span

# A line break inside a paragraph of the file: `clauses.settle_wraps` says what it means.
WRAP = "\r"


class Scribe:
    """A text under construction. `here` is the offset at which the next word will stand."""

    def __init__(self) -> None:
        self.here = 0
        self._pieces: list[str] = []
        self._marks: list[Mark] = []
        self._repairs: list[Repair] = []

    @property
    def at_line_start(self) -> bool:
        """Whether nothing stands on the line yet."""
        return not self._pieces or self._pieces[-1].endswith("\n")

    def write(self, words: str) -> None:
        """Words of the file, as they stand in it."""
        if words:
            self._pieces.append(words)
            self.here += len(words)

    def line(self) -> None:
        """The next word begins a new block."""
        if not self.at_line_start:
            self.write("\n")

    def insert(self, words: str, rule: str) -> None:
        """Words that stand in the file as markup only."""
        start = self.here
        self.write(words)
        self._repairs.append(Repair(Span(start, self.here), "", rule))

    def drop(self, words: str, rule: str) -> None:
        """Words of the file that do not belong to the text."""
        if words.strip():
            self._repairs.append(Repair(Span(self.here, self.here), words, rule))

    def cut(self, start: int, rule: str) -> None:
        """Take back what was written since `start`, a former `here`, and record it."""
        self.drop(self.take_back(start), rule)

    def take_back(self, start: int) -> str:
        """What was written since `start`, a former `here`, taken back without a record."""
        taken: list[str] = []
        while self.here > start:
            taken.append(self._pieces.pop())
            self.here -= len(taken[-1])
        self._marks = [mark for mark in self._marks if mark.span.end <= start]
        self._repairs = [repair for repair in self._repairs if repair.span.end <= start]
        return "".join(reversed(taken))

    def mark(self, start: int, type: MarkType, detail: str = "") -> None:
        """Mark what was written since `start`."""
        self._marks.append(Mark(Span(start, self.here), type, detail))

    def draft(self) -> Draft:
        """What was written."""
        repairs = tuple(sorted(self._repairs, key=lambda repair: repair.span))
        return Draft("".join(self._pieces), repairs=repairs).marked(self._marks)
