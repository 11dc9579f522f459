"""The lines of a canonical text with what the reader marked on them, and the tree they make."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pincite.types import Mark, MarkType, Part, Section, Span

# How strongly a heading divides: containers, then units with a number of their own (the "§ 1" of an
# act above the "§ 9-131" it quotes), then headings inside a unit, then clauses by depth.
CONTAINER, ACT, UNIT, SUBHEADING, CLAUSE, NOTE = range(6)
Rank = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Block:
    """One line: where it starts, its words, and the marks that decide how it is outlined.

    `footnote` is where the footnote starts that the line belongs to, -1 outside footnotes.
    """

    start: int
    text: str
    heading: int | None = None
    note: bool = False
    footnote: int = -1
    deleted: tuple[Span, ...] = ()

    @property
    def end(self) -> int:
        """The offset after its last character."""
        return self.start + len(self.text)

    def is_deleted(self, at: int) -> bool:
        """Whether the character at this offset of the text stands in deleted words."""
        return any(span.start <= at < span.end for span in self.deleted)


class Stretches:
    """The stretches of one type of mark, merged, to be asked by offset."""

    def __init__(self, marks: Iterable[Mark], type: MarkType) -> None:
        self._spans: list[Span] = []
        for span in sorted(mark.span for mark in marks if mark.type == type):
            if self._spans and span.start <= self._spans[-1].end:
                last = self._spans[-1]
                self._spans[-1] = Span(last.start, max(last.end, span.end))
            else:
                self._spans.append(span)
        self._starts = [span.start for span in self._spans]

    def __contains__(self, at: int) -> bool:
        return self.start_at(at) >= 0

    def start_at(self, at: int) -> int:
        """Where the stretch starts that holds this offset, -1 if none does."""
        nearest = bisect_right(self._starts, at) - 1
        held = nearest >= 0 and at < self._spans[nearest].end
        return self._spans[nearest].start if held else -1

    def within(self, start: int, end: int) -> tuple[Span, ...]:
        """The stretches that meet `[start, end)`."""
        low = max(bisect_right(self._starts, start) - 1, 0)
        high = bisect_right(self._starts, end)
        return tuple(s for s in self._spans[low:high] if s.start < end and s.end > start)


def blocks(text: str, marks: Sequence[Mark]) -> list[Block]:
    """The text's lines that hold a word, in order."""
    levels = {m.span.start: int(m.detail or 1) for m in marks if m.type == "heading"}
    notes, footnotes = Stretches(marks, "note"), Stretches(marks, "footnote")
    deleted = Stretches(marks, "deleted")
    found: list[Block] = []
    start = 0
    for line in text.split("\n"):
        at = start + len(line) - len(line.lstrip())
        if line.strip():
            found.append(
                Block(
                    start=start,
                    text=line,
                    heading=levels.get(at),
                    note=at in notes,
                    footnote=footnotes.start_at(at),
                    deleted=deleted.within(start, start + len(line)),
                )
            )
        start += len(line) + 1
    return found


@dataclass(slots=True)
class _Open:
    rank: Rank
    start: int
    label: str
    heading: str
    part: Part | None
    author: str | None


@dataclass(slots=True)
class Tree:
    """Sections being found, outermost first; opening one closes all of its rank or below."""

    text: str
    _open: list[_Open] = field(default_factory=list)
    _done: list[Section] = field(default_factory=list)

    def open(
        self,
        rank: Rank,
        at: int,
        label: str = "",
        heading: str = "",
        part: Part | None = None,
        author: str | None = None,
    ) -> None:
        """Begin a section at this offset."""
        self.close(rank, at)
        self._open.append(_Open(rank, at, label, heading, part, author))

    def close(self, rank: Rank, at: int) -> None:
        """End all open sections of this rank or below."""
        while self._open and self._open[-1].rank >= rank:
            one = self._open.pop()
            end = at
            while end > one.start and self.text[end - 1].isspace():
                end -= 1
            if end > one.start:
                self._done.append(
                    Section(
                        label=one.label,
                        heading=one.heading,
                        level=len(self._open),
                        span=Span(one.start, end),
                        part=one.part,
                        author=one.author,
                    )
                )

    def close_headings(self, level: int | None, at: int) -> None:
        """End the open headings without a number that a unit set at this level is no part of."""
        while level is not None and self._open:
            last = self._open[-1]
            if last.label or last.rank < (CONTAINER, level) or last.rank[0] != CONTAINER:
                return
            self.close(last.rank, at)

    def entitle(self, heading: str) -> None:
        """Give the innermost open section its heading."""
        self._open[-1].heading = heading

    def innermost(self, kind: int | None = None) -> _Open | None:
        """The innermost open section, or the innermost of one kind of rank."""
        for one in reversed(self._open):
            if kind is None or one.rank[0] == kind:
                return one
        return None

    def is_open(self, label: str, heading: str) -> bool:
        """Whether a section of this label and heading is open: its heading is printed again."""
        return any((one.label, one.heading) == (label, heading) for one in self._open)

    def sections(self) -> tuple[Section, ...]:
        """All sections in reading order; those still open end with the text."""
        self.close((CONTAINER, 0), len(self.text))
        return tuple(sorted(self._done, key=lambda s: (s.span.start, s.level)))
