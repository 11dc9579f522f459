"""The notes of opinions: those at the foot of their page, and those collected at a file's end.

Collected notes begin anew at 1 for every opinion that has some; which opinion a series belongs
to shows by how many note numbers stand in its text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from pincite.types import Section, Span

_MOST_OPINIONS = 14  # more than any court has written in one case


@dataclass(frozen=True, slots=True)
class Note:
    """A note's stretch and its number, or its star."""

    span: Span
    number: str

    @property
    def is_starred(self) -> bool:
        """Whether a star stands for its number."""
        return not self.number.isdigit()


def collected_at_end(text: str, last: Span, notes: Sequence[Note]) -> list[list[Note]]:
    """The notes with which the section `last` ends, by opinion, if they are not its own alone."""
    tail: list[Note] = []
    end = last.end
    for note in reversed(notes):
        if note.span.start < last.start or text[note.span.end : end].strip():
            break
        tail.insert(0, note)
        end = note.span.start
    runs = _runs(tail)
    is_whole = len(tail) == len(notes) and bool(tail) and tail[0].number == "1"
    return runs if len(runs) > 1 or is_whole else []


def _runs(notes: Sequence[Note]) -> list[list[Note]]:
    """Notes in runs that each begin at 1. A star at the head is a run of its own."""
    runs: list[list[Note]] = []
    for note in notes:
        if not runs or note.number == "1":
            runs.append([])
        runs[-1].append(note)
    return runs


def owners(series: Sequence[int], references: Sequence[int]) -> list[int | None]:
    """For every series, by its length, the opinion with about as many references, in order."""
    citing = [n for n, count in enumerate(references) if count]
    if len(series) > len(citing) or len(citing) > _MOST_OPINIONS:
        return [citing[n] if n < len(citing) else None for n in range(len(series))]
    choices = combinations(citing, len(series))
    best = min(choices, key=lambda choice: _misfit(series, [references[n] for n in choice]))
    return list(best)


def references_in(words: str) -> int:
    """How many note numbers stand in a text, counting up from 1 ("the power.2")."""
    return len(reference_ends(words))


def reference_ends(words: str, at: int = 0) -> list[int]:
    """Where the references to notes 1, 2, 3 and so on end, as far as they follow each other."""
    ends: list[int] = []
    while found := _reference(len(ends) + 1).search(words, ends[-1] if ends else at):
        ends.append(found.end())
    return ends


def notes_section(span: Span, opinion: Section | None) -> Section:
    """The notes of one opinion, with its part and author."""
    if opinion is None:
        return Section("Notes", "", 0, span, "note")
    return Section("Notes", f"Notes to: {opinion.label}", 0, span, opinion.part, opinion.author)


@lru_cache(maxsize=256)
def _reference(number: int) -> re.Pattern[str]:
    return re.compile(rf"(?<=[^\s\d§$(]){number}(?=[\s\"'’”)\]—-]|$)")


def _misfit(lengths: Sequence[int], counts: Sequence[int]) -> int:
    return sum(abs(length - count) for length, count in zip(lengths, counts, strict=True))
