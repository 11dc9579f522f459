"""Statutes, ordinances, amending acts, bills, resolutions and constitutions.

Containers (title, chapter) hold units (§), units hold clauses: (a) (1) (A) (i) (I), or a. 1. (i).
What an amending act quotes nests below the section that enacts it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.outlines.blocks import (
    ACT,
    CLAUSE,
    CONTAINER,
    NOTE,
    SUBHEADING,
    UNIT,
    Block,
    Tree,
    blocks,
)
from ingest.outlines.enumerators import Series, Token, inside, leading
from ingest.outlines.units import Unit, catchline, container, sign_of, unit
from pincite.types import Mark, Page, Section

_AMENDS = re.compile(
    r"\b(?:amended|to read as follows|adding (?:a )?(?:new )?|following new|added to read)\b"
)
_LINES_AHEAD = 120
# Set as headings, they head nothing: "BE IT ENACTED BY THE COUNCIL:", "Adopted May 4, 2022."
_HEADS_NOTHING = re.compile(
    r"be it (?:enacted|ordained|resolved)\b|(?:the .{1,60} (?:enacts|ordains)\b.*:$)"
    r"|(?:adopted|passed|approved|signed|enacted|effective|introduced)\b.*\b\d{4}\.?$",
    re.IGNORECASE,
)
# Below such a line stands what befell the bill, not what it says.
_HISTORY = re.compile(
    r"(?:legislative )?history(?: of (?:the|this) (?:bill|act))?\.?$", re.IGNORECASE
)
_LISTS = re.compile(r"\b(?:section designation|table of contents)\b.*:$")
_QUOTES = re.compile(r"\b(?:added|amended|adding)\b.* to read as follows:$")
# A clause's heading is looked for in so many characters of its line.
_HEADING_WITHIN = 1_000
_CLOSED = re.compile(r"""[.;:!?][”"’'\])]*$|\b(?:and|or)$""")


@dataclass(slots=True)
class _Walk:
    """The state of one walk over the lines of a code."""

    text: str
    lines: Sequence[Block]
    sign: str
    tokens: list[list[Token]]
    tree: Tree
    series: Series = field(default_factory=Series)
    unit_level: int | None = None
    act: int | None = None
    amending: bool = False
    untitled: bool = False
    chapeaux: list[int] = field(default_factory=list)
    after: re.Pattern[str] = _HISTORY

    def run(self) -> tuple[Section, ...]:
        for at, block in enumerate(self.lines):
            self._line(at, block)
        return self.tree.sections()

    def _line(self, at: int, block: Block) -> None:
        if block.note:
            self._note(block)
            return
        self.tree.close((NOTE, 0), block.start)
        if self.after.match(block.text):
            self._afterword(block)
            return
        found = unit(block, self.sign)
        if found is not None and self._is_listed(at):
            return
        if found is not None:
            self._unit(at, block, found)
        elif self.tokens[at]:
            self._clauses(at, block, self.tokens[at])
        elif block.heading is not None:
            self._heading(block)
        elif self.untitled and len(block.text) < 90 and not block.text.endswith((".", ";", ":")):
            self.tree.entitle(block.text)
        else:
            self._paragraph(at, block)
        self.untitled = (
            found is not None and not found.heading and found.body >= len(block.text.rstrip())
        )

    def _is_listed(self, at: int) -> bool:
        """Whether the line is an entry that an act adds to a table of contents, and no unit."""
        return at > 0 and _LISTS.search(self.lines[at - 1].text) is not None

    def _note(self, block: Block) -> None:
        inner = self.tree.innermost()
        if inner is None or inner.rank[0] != NOTE:
            self.tree.close((CLAUSE, 0), block.start)
            self.tree.open((NOTE, 0), block.start, part="note")

    def _afterword(self, block: Block) -> None:
        """What explains an order below its signature is not part of what it orders."""
        self.tree.open((CONTAINER, 1), block.start, heading=block.text.rstrip(". "), part="note")
        self.series, self.unit_level, self.act = Series(), None, None

    def _heading(self, block: Block) -> None:
        if _HEADS_NOTHING.match(block.text):
            return
        level = block.heading or 1
        label, heading = container(block)
        if self.unit_level is not None and level > self.unit_level and not label:
            self.tree.open((SUBHEADING, level), block.start, label, heading)
            self.series = Series()
            return
        same = self.tree.innermost(CONTAINER)
        if same and (same.label, same.heading) == (label, heading):
            return  # printed again over the next clause
        if self._is_repeated(label, heading):
            return
        self.tree.open((CONTAINER, level), block.start, label, heading)
        self.series, self.unit_level, self.act = Series(), None, None

    def _is_repeated(self, label: str, heading: str) -> bool:
        return bool(label) and self.tree.is_open(label, heading)

    def _unit(self, at: int, block: Block, found: Unit) -> None:
        if found.heading and self.tree.is_open(found.label, found.heading):
            self.tree.close((CLAUSE, 0), block.start)
            return  # the heading is printed again over the next clause
        rank = self._rank(found)
        if rank == ACT:
            self.act, self.amending = _whole(found.number), _amends(block, self.lines, at)
        self.unit_level = block.heading
        self.tree.close_headings(block.heading, block.start)
        self.tree.open((rank, 0), block.start, found.label, found.heading)
        self.series = Series()
        start = block.start + found.body
        self._clauses(at, block, leading(self.text, start, block.end), start)

    def _rank(self, found: Unit) -> int:
        """An act's own sections count up; what stands between, while it amends, is quoted."""
        if found.is_compound:
            return UNIT if self.act is None or self.amending else ACT
        number = _whole(found.number)
        if self.amending and self.act is not None and number != self.act + 1:
            return UNIT
        return ACT

    def _clauses(
        self, at: int, block: Block, tokens: Sequence[Token], start: int | None = None
    ) -> None:
        """Open the clauses that the line begins with, then those that open a sentence in it."""
        upcoming = self._upcoming(at)
        opened = start if start is not None else block.start
        for n, plain in enumerate(tokens):
            token = _in(block, plain)
            quoted = self._is_quoted(at) if n == 0 and start is None else False
            depth = self.series.place(token, [*tokens[n + 1 :], *upcoming], below=quoted)
            if depth is None:
                break
            self._open(depth, token, block)
            opened = token.end
        self._clauses_inside(at, block, opened)
        self._note_chapeau(block)

    def _is_quoted(self, at: int) -> bool:
        """Whether the line is what a clause adds: "(3) ... is added to read as follows:"."""
        if not (self.amending and self.series.levels and at > 0 and self.tokens[at - 1]):
            return False
        return _QUOTES.search(self.lines[at - 1].text) is not None

    def _open(self, depth: int, token: Token, block: Block) -> None:
        rest = self.text[token.end : min(block.end, token.end + _HEADING_WITHIN)]
        heading = catchline(rest, whole=block.heading is not None or _is_title(rest))
        is_one = token.value == "l" and self.series.levels[depth].family == "number"
        self.tree.open((CLAUSE, depth), token.start, "(1)" if is_one else token.label, heading)
        self.chapeaux = [d for d in self.chapeaux if d < depth]

    def _note_chapeau(self, block: Block) -> None:
        depth = len(self.series.levels) - 1
        if depth >= 0:
            ends_open = not block.text.rstrip().endswith((".", ";", "and", "or", ",", ".”", '."'))
            self.chapeaux = [d for d in self.chapeaux if d < depth]
            if ends_open and not _is_title(block.text):
                self.chapeaux.append(depth)

    def _paragraph(self, at: int, block: Block) -> None:
        """Text after a finished list belongs to the clause whose lead-in opened that list."""
        deepest = len(self.series.levels) - 1
        over = [d for d in self.chapeaux if d < deepest]
        if over:
            target = over[-1] if block.text.lstrip()[:1].islower() else over[0]
            if not self._list_goes_on(at, target):
                self.tree.close((CLAUSE, target + 1), block.start)
                self.series = Series(self.series.levels[: target + 1])
                self.chapeaux = [d for d in self.chapeaux if d < target]
        self._note_chapeau(block)
        self._clauses_inside(at, block, block.start)

    def _clauses_inside(self, at: int, block: Block, start: int) -> None:
        upcoming = self._upcoming(at)
        for plain in inside(self.text, start, block.end):
            token = _in(block, plain)
            depth = self.series.place(token, upcoming, strict=True)
            if depth is not None:
                self._open(depth, token, block)

    def _upcoming(self, at: int) -> list[Token]:
        return [t for tokens in self.tokens[at + 1 : at + _LINES_AHEAD] for t in tokens]

    def _list_goes_on(self, at: int, target: int) -> bool:
        """Whether the next clause continues the list below `target`: the text is inside it."""
        for line in range(at + 1, min(at + 8, len(self.lines))):
            if self.tokens[line] and not self.lines[line].note:
                trial = Series(list(self.series.levels))
                depth = trial.place(self.tokens[line][0])
                return depth is not None and depth > target
            if self.lines[line].heading is not None:
                return False
        return False


def _in(block: Block, token: Token) -> Token:
    """The token with what its line says of it: deleted, set as a heading."""
    return replace(token, deleted=block.is_deleted(token.end - 1), heading=block.heading)


def _whole(number: str) -> int:
    digits = re.match(r"\d+", number)
    return int(digits[0]) if digits else 0


def _amends(block: Block, lines: Sequence[Block], at: int) -> bool:
    following = " ".join(line.text for line in lines[at : at + 2])
    return _AMENDS.search(following if len(block.text) < 60 else block.text) is not None


def _is_title(rest: str) -> bool:
    """Whether a clause's first line is a heading alone: "In general", short and not closed."""
    words = rest.split()
    return 0 < len(words) <= 12 and not _CLOSED.search(rest.rstrip()) and words[0][0].isupper()


def outline_code(
    text: str,
    marks: Sequence[Mark],
    pages: Sequence[Page],
    after: re.Pattern[str] = _HISTORY,
) -> tuple[Section, ...]:
    """The sections of a code, an act, a bill or a resolution.

    `after` matches the line below which the text only explains what stands above it.
    """
    lines = blocks(text, marks)
    tokens = [[] if block.note else leading(text, block.start, block.end) for block in lines]
    return _Walk(text, lines, sign_of(lines), tokens, Tree(text), after=after).run()
