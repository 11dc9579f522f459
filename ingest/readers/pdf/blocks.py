"""Lines made into blocks: where a paragraph, clause or heading begins, and what is a heading.

The signs are those of the printed page: a wider gap, an indent, a line that ends early,
a change of type, an enumerator. A line that starts in mid-sentence continues.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.readers.pdf.lines import Line

ENUMERATOR = re.compile(
    r"\((?:[a-zA-Z]{1,2}|[ivxIVX]{1,5}|\d{1,3})\)\s|§{1,2}\s?\d|(?:Section|Sec\.|SECTION|SEC\.)\s\d"
    r"|(?:Article|ARTICLE|Part|PART|Chapter|CHAPTER|Item|ITEM|APPENDIX|Appendix)\s[\dA-Z]"
    r"|[IVXLC]{1,6}\.\s|[A-Z]\.\s|\d{1,2}[.)]\s|[•●○▪■◦–—*-]\s|[o]\s(?=[A-Z])"
)
_TABLE_CELLS = 3
_FIGURE = re.compile(r"(?:\d[)%]*|[—–*-])$")
_BULLET = re.compile("[•●○▪■◦*\uf0a7\uf0b7\U000f0000-\U000fffff]\\s")
_SPEAKER = re.compile(r"[A-Z][A-Z.'’ -]{2,40}:\s")
_ENDS = re.compile(r"[.:;?!][\"'”’)\]]*$|[;,]\s(?:and|or)$")
_OPENS = re.compile(r"[.:;,—–-]$|\b(?:and|or|shall|may|must|to)$")
_SENTENCE_END = re.compile(r"[.:?!][\"'”’)\]]*$")
# A full stop after these ends no sentence.
_ABBREVIATION = re.compile(
    r"\b(?:U\.\s?S|U\.\s?S\.\s?C|C\.\s?F\.\s?R|F\.\s?R|Fed|Reg|Stat|Pub|Nos?|Secs?|Art|Ch|[Ss]eq|v|vs"
    r"|Mr|Ms|Mrs|Dr|St|Jr|Sr|Inc|Corp|Co|Ltd|Cir|App|Supp|Id|[A-Z])\.$"
)
_LEVELS = (
    (re.compile(r"(?:APPENDIX|Appendix|ARTICLE|Article|PART|Part|CHAPTER|Chapter)\s"), 2),
    (re.compile(r"[IVXLC]{1,6}\.\s"), 2),
    (re.compile(r"(?:SECTION|Section|SEC\.|Sec\.|ITEM|Item)\s|§"), 3),
    (re.compile(r"[A-Z]\.\s"), 3),
    (re.compile(r"\d{1,2}[.)]\s"), 4),
    (re.compile(r"\([a-z0-9]{1,4}\)\s"), 5),
)


@dataclass(frozen=True, slots=True)
class Measure:
    """The usual shape of a column of text: leading, left and right edge, type."""

    leading: float
    left: float
    right: float
    size: float
    bold: bool = False

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Measure:
        """The measure of lines that stand under each other."""
        texts = [line for line in lines if len(line.text) > 25] or list(lines)
        steps = [a.y - b.y for a, b in pairwise(lines) if 0.8 * b.size < a.y - b.y < 3 * b.size]
        ends = sorted(line.end for line in texts)
        return cls(
            leading=_usual(steps) if steps else 1.2 * texts[0].size,
            left=sorted(line.x for line in texts)[len(texts) // 5],
            right=ends[round(0.9 * (len(ends) - 1))],
            size=_usual([line.size for line in texts]),
            bold=2 * sum(line.bold for line in texts) > len(texts),
        )


def starts_block(line: Line, last: Line, measure: Measure) -> bool:
    """Whether `line` begins a block, where `last` stands over it in its column."""
    goes_on = _goes_on(line, last)
    step, size = last.y - line.y, max(line.size, last.size)
    if step > max(1.25 * measure.leading, 1.35 * size):
        return not (goes_on and step < 1.6 * measure.leading)
    if abs(line.size - last.size) > 0.15 * size or line.bold != last.bold:
        return not goes_on and not _runs_on(last, measure)
    if _BULLET.match(line.text) or _speaks(line, measure):
        return True
    if goes_on:
        return False
    if _is_row(line) or _is_row(last):
        return True
    return (
        _is_short(last, line, measure)
        or _is_indented(line, last)
        or _is_new_clause(line, last, measure)
    )


def _is_row(line: Line) -> bool:
    """Whether a line is a table's: cells side by side, figures last."""
    return line.cells >= _TABLE_CELLS and bool(_FIGURE.search(line.text))


def _speaks(line: Line, measure: Measure) -> bool:
    """Whether an indented line names a speaker."""
    return line.x > measure.left + line.size and bool(_SPEAKER.match(line.text))


def continues_over_page(line: Line, last: Line, measure: Measure) -> bool:
    """Whether the first line of a page goes on with the last block of the page before."""
    if _goes_on(line, last):
        return True
    if ENUMERATOR.match(line.text) or line.bold != last.bold or abs(line.size - last.size) > 1:
        return False
    full = last.end > measure.right - 0.3 * (measure.right - measure.left)
    return full and not _ends_sentence(last.text) and not line.text.isupper()


def heading_level(block: Sequence[Line], measure: Measure) -> int | None:
    """The level of a heading, 1 the highest; None for text."""
    text = " ".join(line.text for line in block)
    letters = [c for c in text if c.isalpha()]
    if len(block) > 3 or len(text) > 150 or len(letters) < 3:
        return None
    large = block[0].size > 1.15 * measure.size
    capitals = text.upper() == text and len(text.split()) > 1
    bold = all(line.bold for line in block) and not measure.bold
    level = next((level for pattern, level in _LEVELS if pattern.match(text)), None)
    if re.search(r"[.;,:][\"'”’]?$", text) and not (bold and level):
        return None
    titled = level is not None and len(block) == 1 and _is_title(text)
    if re.search(r"\d[\d,.]{3,}|\$|_{3}|@", text) or not (bold or large or capitals or titled):
        return None
    return level or (1 if large or (capitals and bold) else 3)


def _is_title(text: str) -> bool:
    """Whether the longer words begin with capitals."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
    return len(text) < 90 and len(words) > 1 and all(word[0].isupper() for word in words)


@dataclass(slots=True)
class Numbering:
    """Tells "C." the third from "C." the hundredth, by the headings that came before."""

    letter: str = ""
    numeral: int = 0

    def level(self, text: str, level: int) -> int:
        """The level of a heading whose enumerator may be a numeral or a letter."""
        found = re.match(r"([A-Z]+)\.\s", text)
        if not found:
            return level
        label = found[1]
        value = roman_value(label.lower()) if re.fullmatch("[IVXLC]+", label) else None
        if value is None and len(label) > 1:  # "DATE.": a word, not an enumerator
            return level
        follows = len(label) == 1 and self.letter and ord(label) == ord(self.letter) + 1
        if value and not (follows and value != self.numeral + 1):
            self.letter, self.numeral = "", value
            return 2
        self.letter = label
        return 3


def roman_value(numeral: str) -> int:
    """The value of a lower-case Roman numeral."""
    digits = [_ROMAN_DIGITS[letter] for letter in numeral]
    pairs = zip(digits, [*digits[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)


_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def _goes_on(line: Line, last: Line) -> bool:
    """A line that starts small after one that does not end a sentence goes on with it."""
    first = line.text[0]
    if last.text.endswith(("-", "\u00ad")) and first.islower():
        return True
    if ENUMERATOR.match(line.text) or _ends_sentence(last.text) or _ENDS.search(last.text):
        return bool(_ABBREVIATION.search(last.text)) and not _BULLET.match(line.text)
    return first.islower() and len(last.text) > 15


def _ends_sentence(text: str) -> bool:
    return bool(_SENTENCE_END.search(text)) and not _ABBREVIATION.search(text)


def _runs_on(last: Line, measure: Measure) -> bool:
    """Whether a line is full and ends in mid-sentence: the next may start with another type."""
    full = last.end > measure.right - 0.1 * (measure.right - measure.left)
    return full and bool(re.search(r"[a-z,]$", last.text))


def _is_short(last: Line, line: Line, measure: Measure) -> bool:
    """Whether the next words would still have fitted on the last line.

    In mid-sentence that is no sign, unless much room is left: "8 U.S.C. § 1373" is kept together.
    """
    room = measure.right - last.end
    if not _ends_sentence(last.text) and room < 0.25 * (measure.right - measure.left):
        return False
    word = len(line.text.split()[0]) / len(line.text) * (line.end - line.x)
    return word + 1.5 * line.size < room


def _is_indented(line: Line, last: Line) -> bool:
    indent = line.x - last.x
    if 0.7 * line.size < indent:
        # Behind "(a)" or a bullet the text hangs: that is the same block.
        hangs = ENUMERATOR.match(last.text) or _BULLET.match(last.text)
        return not hangs or bool(ENUMERATOR.match(line.text) and _OPENS.search(last.text))
    return indent < -0.7 * line.size and bool(
        ENUMERATOR.match(line.text) or _ENDS.search(last.text)
    )


def _is_new_clause(line: Line, last: Line, measure: Measure) -> bool:
    """An enumerator begins a clause where the last line ends one, and not within a sentence."""
    if not ENUMERATOR.match(line.text):
        return False
    return _ends_sentence(last.text) or (
        bool(_ENDS.search(last.text)) and line.x > measure.left + 0.7 * line.size
    )


def _usual(values: Sequence[float]) -> float:
    """The commonest value, to half a point; the middle one where none is common."""
    counts: dict[float, int] = {}
    for value in values:
        counts[round(value * 2) / 2] = counts.get(round(value * 2) / 2, 0) + 1
    best = max(counts, key=lambda value: counts[value])
    return best if counts[best] > 1 else median(values)
