"""Clauses that a scraper ran together on one line: "(e) Order. (1) First. (2) Second."

A line is parted only before numbers that make a series, each after the end of a clause.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from string import ascii_lowercase, ascii_uppercase

from ingest.readers.draft import Draft, Edit

_NUMBER = re.compile(r" (\()?(\d{1,2}|[a-z]{1,2}|[ivx]{1,5}|[A-Z])(?(1)\)|\.)(?= [^\s,;.)])")
_OWN = re.compile(r"(\()?(\d{1,2}|[a-z]{1,2}|[ivx]{1,5}|[A-Z])(?(1)\)|\.) ")
_CLAUSE_END = re.compile(r"(?:[.;:]|[;,] (?:and|or|provided|except)|—) ?[\"”’]?$")
_ROMAN = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx"
_LOWER = [*ascii_lowercase, *(letter * 2 for letter in ascii_lowercase)]
_SERIES: tuple[list[str], ...] = (
    [str(number) for number in range(1, 100)],
    _LOWER,
    _ROMAN.split(),
    [*ascii_uppercase],
)
# A scraper that counts the clauses of a list, each of which has its own number.
_COUNTED = re.compile(r"^\d+\. (?:\(\w{1,4}\)|\d+\.\d|[A-Za-z]\.) ", re.MULTILINE)


@dataclass(slots=True)
class _Run:
    """A series being read: which, the number to come, and where its numbers stand."""

    style: str
    numbers: list[str]
    next: int
    places: list[int] = field(default_factory=list)
    least: int = 2  # places that make a series; one will do where the line begins with it

    def awaits(self, style: str, number: str) -> bool:
        return style == self.style and self.numbers[self.next : self.next + 1] == [number]

    def take(self, place: int) -> None:
        self.next += 1
        self.places.append(place)


def is_flattened(markdown: str) -> bool:
    """Whether the Markdown comes from a scraper that ran clauses together."""
    return _COUNTED.search(markdown) is not None


def part_clauses(draft: Draft) -> Draft:
    """The draft with run-together clauses on lines of their own; no word changes."""
    heads = {mark.span.start for mark in draft.marks if mark.type == "heading"}
    edits: list[Edit] = []
    start = 0
    for line in draft.text.split("\n"):
        if start not in heads and " | " not in line:
            edits += [(start + at, start + at + 1, "\n") for at in clause_breaks(line)]
        start += len(line) + 1
    return draft.replace(edits, "space")


def clause_breaks(line: str) -> list[int]:
    """Where in the line a space should be a new line, because a numbered clause begins."""
    nested = _own_run(line)
    done: list[_Run] = []
    for found in _NUMBER.finditer(line):
        if not _CLAUSE_END.search(line, max(0, found.start() - 12), found.start()):
            continue
        style, number = found[1] or "", found[2]
        if any(run.awaits(style, number) for run in nested):
            while not nested[-1].awaits(style, number):
                done.append(nested.pop())
            nested[-1].take(found.start())
        elif series := next((numbers for numbers in _SERIES if numbers[0] == number), None):
            nested.append(_Run(style, series, 1, [found.start()]))
    runs = (run for run in [*done, *nested] if len(run.places) >= run.least)
    return sorted(at for run in runs for at in run.places)


def _own_run(line: str) -> list[_Run]:
    """The series that the number at the head of the line belongs to."""
    own = _OWN.match(line)
    if own is None:
        return []
    series = next((numbers for numbers in _SERIES if numbers[0] == own[2]), None)
    series = series or next((numbers for numbers in _SERIES if own[2] in numbers), [own[2]])
    return [_Run(own[1] or "", series, series.index(own[2]) + 1, least=1)]
