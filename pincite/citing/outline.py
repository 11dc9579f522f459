"""A document's sections as a tree that can be asked what stands where."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache

from pincite.citing.keeping import Same
from pincite.types import Document, Section

_KEPT = 64
_UNIT = re.compile(r"(?:§§?|Secs?\.|Rule) ?\S+")
_CLAUSE = re.compile(
    r"\([A-Za-z]{1,5}\)|\(?(?:\d{1,3}(?:[A-Z]{1,2}|-\w{1,2})?|[A-Za-z]{1,2}|[ivxl]+)\)?"
)
# An enacting clause and "Section 3. Section 9-131 of the code is amended to read as follows:" say
# nothing alone; they go with what they enact, as a heading does.
ENACTING = re.compile(
    r"\s*(?:be it (?:enacted|ordained)\b.{0,60}"
    r"|(?:§|sec(?:tion|\.)) ?\d{1,3}\. .{0,400}\bto read as follows):$",
    re.IGNORECASE | re.MULTILINE,
)


def is_clause(section: Section) -> bool:
    """Whether a section is a clause of a unit, such as "(b)", and not a unit of its own."""
    return section.part is None and _CLAUSE.fullmatch(section.label) is not None


def is_unit(section: Section) -> bool:
    """Whether a section is one that is cited by its sign: "§ 1373", "Sec. 2-6", "Rule 4"."""
    return _UNIT.match(section.label) is not None


def is_border(section: Section) -> bool:
    """Whether passages stop where this section starts and ends: a §, a Part, an opinion, a note.

    A clause is no border, nor is a speaker's turn or a heading that has no number.
    """
    return section.part is not None or (bool(section.label) and not is_clause(section))


class Outline:
    """Sections in reading order, nested by span, to be asked for the path to an offset."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self.sections = tuple(sections)
        self.starts = [section.span.start for section in self.sections]
        self._parents = _parents(self.sections)
        self._homes: tuple[dict[str, set[str]], Counter[str]] | None = None

    def path(self, at: int) -> tuple[Section, ...]:
        """The sections that hold this offset, outermost first."""
        return tuple(self.sections[index] for index in self.indices(at))

    def minor_home(self, index: int) -> str:
        """The container that a unit is cited with, where one with more units has its label too.

        A city's code may print its charter first: "§ 1-1" is the code's, so "Part I, § 1-1".
        """
        if self._homes is None:
            self._homes = self._find_homes()
        labels, sizes = self._homes
        others = labels[self.sections[index].label]
        own = self._home(index) if len(others) > 1 else ""
        return own if any(sizes[home] > sizes[own] for home in others if home and own) else ""

    def _find_homes(self) -> tuple[dict[str, set[str]], Counter[str]]:
        labels: dict[str, set[str]] = defaultdict(set)
        sizes = Counter[str]()
        for index, section in enumerate(self.sections):
            if is_unit(section):
                home = self._home(index)
                labels[section.label].add(home)
                sizes[home] += 1
        return labels, sizes

    def _home(self, index: int) -> str:
        """The label of the outermost container that a section lies in."""
        home = ""
        above = self._parents[index]
        while above is not None:
            outer = self.sections[above]
            home = outer.label if outer.label and not is_unit(outer) else home
            above = self._parents[above]
        return home

    def indices(self, at: int) -> tuple[int, ...]:
        """The places of those sections in `sections`."""
        index: int | None = bisect_right(self.starts, at) - 1
        found: list[int] = []
        while index is not None and index >= 0:
            if self.sections[index].span.end > at:
                found.append(index)
            index = self._parents[index]
        return tuple(reversed(found))


def _parents(sections: Sequence[Section]) -> list[int | None]:
    parents: list[int | None] = []
    open_: list[int] = []
    for index, section in enumerate(sections):
        while open_ and sections[open_[-1]].span.end <= section.span.start:
            open_.pop()
        parents.append(open_[-1] if open_ else None)
        open_.append(index)
    return parents


@lru_cache(maxsize=_KEPT)
def _made(sections: Same[tuple[Section, ...]]) -> Outline:
    return Outline(sections.value)


def outline_of(document: Document) -> Outline:
    """A document's outline, made once while the document is in use."""
    return _made(Same(document.sections))
