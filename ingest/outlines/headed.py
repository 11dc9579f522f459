"""Documents that headings divide, numbered or not: memos, agreements, prose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.outlines.blocks import CLAUSE, CONTAINER, NOTE, UNIT, Block, Tree, blocks
from ingest.outlines.enumerators import Series, Token, leading, to_roman
from ingest.outlines.units import container
from pincite.types import Mark, Section

# "Il. AUTHORITY" and "m. POLICY" are what OCR makes of II and III.
_NUMERAL = re.compile(
    r"\s*(?P<numeral>[IVXLlm1|!]{1,6})[.,]\s+(?P<rest>[A-Z][^a-z]{3,}.*)$", re.DOTALL
)
# Set as a heading, it need not be in capitals: "II. Analysis".
_NUMERAL_OF_HEADING = re.compile(r"\s*(?P<numeral>[IVXL]{1,6})\.\s+(?P<rest>[A-Z].*)$", re.DOTALL)
_LOOKS_LIKE = str.maketrans({"l": "i", "1": "i", "|": "i", "!": "i", "m": "iii", "L": "i"})
_ATTACHED = re.compile(
    r"(?:appendix|addendum|attachment|annex|exhibit)(?:\b|(?=(?-i:[A-Z])\b))"  # "APPENDIXA"
    r"(?:\s?[A-Z]\b|\s?\d{1,2})?",
    re.IGNORECASE,
)
_HEADING_WORDS = 14


@dataclass(slots=True)
class HeadedWalk:
    """One walk over a document whose parts are numbered I. A. 1. a. or merely headed.

    `prefix` stands before the outermost numeral in labels: "§ IV" of an agreement, "Part IV".
    """

    text: str
    lines: Sequence[Block]
    prefix: str
    tree: Tree
    numbered: bool = True
    series: Series = field(default_factory=Series)
    numeral: int = 0
    untitled: bool = False

    def run(self) -> tuple[Section, ...]:
        """The sections of the whole text."""
        for at, block in enumerate(self.lines):
            self._line(at, block)
        return self.tree.sections()

    def _line(self, at: int, block: Block) -> None:
        if block.note:
            inner = self.tree.innermost()
            if inner is None or inner.rank[0] != NOTE:
                self.tree.open((NOTE, 0), block.start, part="note")
            return
        self.tree.close((NOTE, 0), block.start)
        if self._attached(block) or (self.numbered and self._numeral(block)):
            return
        if self.numbered and self._clause(at, block):
            return
        untitled, self.untitled = self.untitled, False
        if block.heading is not None and untitled:
            self.tree.entitle(block.text.rstrip(". "))
        elif block.heading is not None:
            rank = CONTAINER if not self.numeral else CLAUSE
            depth = block.heading if rank == CONTAINER else 0
            self.tree.open((rank, depth), block.start, "", block.text.rstrip(". "))
            self.series = Series()

    def _attached(self, block: Block) -> bool:
        """An appendix begins anew: its own numerals, its own letters."""
        if not (_ATTACHED.match(block.text) and len(block.text.split()) <= 8):
            return False
        alone = _ATTACHED.fullmatch(block.text.strip()) is not None
        if block.heading is None and not block.text.isupper() and not alone:
            return False
        label, heading = container(block)
        if block.text.lower().startswith("addendum"):  # seldom numbered, cited all the same
            label = label or "Addendum"
        self.tree.open((CONTAINER, 0), block.start, label, heading)
        self.series, self.numeral, self.untitled = Series(), 0, not heading
        return True

    def _numeral(self, block: Block) -> bool:
        match = _NUMERAL.match(block.text)
        if match is None and block.heading is not None:
            match = _NUMERAL_OF_HEADING.match(block.text)
        if match is None:
            return False
        expected = to_roman(self.numeral + 1)
        seen = match["numeral"].translate(_LOOKS_LIKE).lower()
        if seen != expected and not (match["numeral"].isupper() and self._skips_to(seen)):
            return False
        self.numeral = self.numeral + 1 if seen == expected else self._skips_to(seen)
        label = f"{self.prefix} {to_roman(self.numeral).upper()}"
        self.tree.open((UNIT, 0), block.start, label, _title(match["rest"]))
        self.series = Series()
        return True

    def _skips_to(self, numeral: str) -> int:
        """The number of a numeral a few places on: a lost heading must not stop the rest."""
        ahead = [n for n in range(self.numeral + 2, self.numeral + 4) if to_roman(n) == numeral]
        return ahead[0] if ahead else 0

    def _clause(self, at: int, block: Block) -> bool:
        tokens = leading(self.text, block.start, block.end)
        if not tokens or (tokens[0].style == "dot" and self._is_prose_number(tokens[0])):
            return False
        for token in tokens:
            depth = self.series.place(token, strict=not self.series.levels)
            if depth is None:
                return token is not tokens[0]
            heading = _title(self.text[token.end : block.end])
            self.tree.open((CLAUSE, depth), token.start, token.value, heading)
        return True

    def _is_prose_number(self, token: Token) -> bool:
        return len(token.value) > 3


def _title(rest: str) -> str:
    """The heading in what follows a number: a short line, or the words before its first stop."""
    text = rest.strip().lstrip(".:—– ")
    if len(text.split()) <= _HEADING_WORDS and not text.endswith((";", ",")):
        return text.rstrip(".: ")
    match = re.match(r"([A-Z][^.:;]{2,80})[.:]\s", text)
    return match[1] if match and len(match[1].split()) <= 8 else ""


def headed(
    text: str, marks: Sequence[Mark], prefix: str, numbered: bool = True
) -> tuple[Section, ...]:
    """The sections of a headed document."""
    return HeadedWalk(text, blocks(text, marks), prefix, Tree(text), numbered).run()
