"""How a law is laid out: its units and clauses, what "this section" and "paragraph (2)" name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property

from pincite.citing.bodies import body_start
from pincite.citing.outline import Outline, is_clause
from pincite.kinds import Kind
from pincite.sentences import sentences
from pincite.types import Document, Section, Span

# A companion has about this many words; a clause that would end just after it stays whole.
MOST_WORDS = 90
_WHOLE_WORDS = 120
_UNIT = re.compile(r"(?:§§?|Secs?\.|Rule) ?(?P<number>\S+)")
_REWRITES = re.compile(r"\bsection (?P<number>\d[\w:-]*(?:\.\d+)*)\b[^.]{0,240}?\bamended\b", re.I)
_LARGE = 200_000  # characters
_ACTS = (Kind.AMENDING_ACT, Kind.EXECUTIVE_ORDER, Kind.CONSTITUTION)
_CLOSED = re.compile(r"(?:[.!?;]|[;,] (?:and|or))[\"”’')\]]*$")
_OPEN = re.compile(r"(?:[:,—–-]|\b(?:that|if|unless|means?|includes?|who|which))$")
_TOGETHER, _APART = (re.compile(rf"[;,] {word}$", re.MULTILINE) for word in ("and", "or"))
_JOINED = re.compile(r"[;,]? (?:and|or)$|[;,]$")
ENUMERATOR = re.compile(
    r"(?:\[\w{1,5}\.?\] ?)?(?:(?:(?:Section|SECTION|Sec\.|§) ?\d[\w-]*\.|\([0-9A-Za-z]{1,5}\)"
    r"|[0-9A-Za-z]{1,4}\.)(?: |(?=\n)|$))+"
)
_ABOVE = {
    "chapter": "Ch. ",
    "subchapter": "Subch. ",
    "article": "Art. ",
    "division": "Div. ",
    "title": "Title ",
    "part": "Part ",
}
_WITHIN = {"subsection": 0, "subdivision": 0, "paragraph": 1, "subparagraph": 2, "clause": 3}
LEVELS = (
    "section|code section|subsection|subdivision|paragraph|subparagraph|clause|chapter|subchapter"
    "|article|division|title|part|ordinance|executive order|order|local law|act|code"
)
_LABEL = (
    r"(?:(?:\([0-9A-Za-z]{1,5}\))+"
    r"|(?:[a-z]|\d{1,2}|[ivx]{1,4}|one|two|three|four|five|six)"
    r"(?=[,.;:)]|\s(?:of|and|or|shall|may|does|to|through)\b|$))"
)
_REFERENCE = re.compile(
    rf"\b(?P<word>subsection|subdivision|paragraph|subparagraph|clause)s?(?: \d)? "
    rf"(?P<labels>{_LABEL}(?:(?:,? (?:and|or|through) |, ){_LABEL})*)"
    rf"(?: of (?P<outer>subsection|subdivision|paragraph|subparagraph) (?P<under>{_LABEL}))?"
    r"(?! of (?!this\b))"
    r"|(?:\bsections?|§§?) (?P<number>\d[\w.:-]*\w|\d)(?P<clauses>(?:\([0-9A-Za-z]{1,5}\))*)"
    r"(?! of (?!this (?:order|act|chapter|code|article)\b))",
    re.IGNORECASE,
)
_NUMBERS = ("one", "two", "three", "four", "five", "six")


class Layout:
    """The sections of a law as a reader of it moves among them."""

    def __init__(self, document: Document) -> None:
        self.document, self.text = document, document.text
        self.outline = Outline(document.sections)
        self._children: dict[int, list[int]] = {}
        self._units: dict[str, list[int]] = {}
        self._notes = [m.span for m in document.marks if m.type in ("note", "deleted")]
        self._notes += [s.span for s in document.sections if s.part is not None]
        self._notes.sort()
        self._index()

    def _index(self) -> None:
        above: list[int] = []
        for index, section in enumerate(self.outline.sections):
            while above and self.section(above[-1]).span.end <= section.span.start:
                above.pop()
            if above:
                self._children.setdefault(above[-1], []).append(index)
            if section.part is None and (unit := _UNIT.fullmatch(section.label)):
                inside = any(_UNIT.fullmatch(self.section(one).label) for one in above)
                number = unit["number"] if inside else self._rewritten(section) or unit["number"]
                self._units.setdefault(number.rstrip(".:"), []).append(index)
            above.append(index)

    def _rewritten(self, unit: Section) -> str:
        """The section of the code that a section of an act changes."""
        if self.document.entry.kind is not Kind.AMENDING_ACT:
            return ""
        line = self.text.find("\n", unit.span.start, unit.span.end)
        found = _REWRITES.search(self.text, unit.span.start, max(line, unit.span.start))
        return found["number"] if found else ""

    def section(self, index: int) -> Section:
        """The section at that place of the outline."""
        return self.outline.sections[index]

    def unit(self, at: int) -> int | None:
        """The innermost numbered section that holds an offset."""
        path = self.outline.indices(at)
        units = [one for one in path if _UNIT.fullmatch(self.section(one).label)]
        return units[-1] if units else None

    def number(self, at: int) -> str:
        """The number of the section that an offset stands in, or that an act changes there."""
        unit = self.unit(at)
        return next((number for number, group in self._units.items() if unit in group), "")

    @cached_property
    def subdivisions(self) -> frozenset[tuple[str, str]]:
        """The sections with their outermost clauses: ("9-131", "(d)")."""
        starts = [s.span.start for s in self.outline.sections if is_clause(s)]
        held = ((self.number(at), self.clauses(at)) for at in starts)
        return frozenset((number, self.section(path[0]).label) for number, path in held if path)

    def clauses(self, at: int) -> list[int]:
        """The clauses that hold an offset, outermost first: (g), (1), (A)."""
        path = self.outline.indices(at)
        unit = self.unit(at)
        below = path[path.index(unit) + 1 :] if unit is not None else path
        return [one for one in below if is_clause(self.section(one))]

    def innermost(self, at: int) -> Span:
        """The smallest section that holds an offset, or the whole document."""
        path = self.outline.indices(at)
        return self.section(path[-1]).span if path else Span(0, len(self.text))

    def reach(self, unit: int | None) -> tuple[Span, ...]:
        """What "this section" is: the unit, with what else an act puts into the same one."""
        if unit is None:
            return () if self._units else (self.all,)
        same = next((group for group in self._units.values() if unit in group), [unit])
        if self.document.entry.kind is not Kind.AMENDING_ACT:
            same = [unit]
        return tuple(self.section(one).span for one in same)

    def named(self, at: int, word: str) -> tuple[Span, ...]:
        """What "this WORD" is for words at an offset; nothing where the outline does not tell."""
        word = word.lower().removeprefix("code ").removeprefix("executive ")
        unit, clauses = self.unit(at), self.clauses(at)
        if word == "section":
            return self.reach(unit)
        if word in _WITHIN:
            if not clauses:
                return ()
            return (self.section(clauses[min(_WITHIN[word], len(clauses) - 1)]).span,)
        above = [self.section(one) for one in self.outline.indices(at)]
        held = [one.span for one in above if one.label.startswith(_ABOVE.get(word, "\0"))]
        if held:
            return (held[-1],)
        whole = word == "code" or self.document.entry.kind in _ACTS
        whole = whole or (word in _ABOVE and not self.is_large)
        return (self.all if whole else self.around(at),)

    @property
    def is_large(self) -> bool:
        """Whether this is a code of many chapters, not one chapter or act."""
        return len(self.text) > _LARGE

    def neighbourhood(self, at: int) -> Span:
        """What is read for the definitions and limits of words at an offset.

        All of a law; of a large code the largest part that is no more than a law.
        """
        path = self.outline.path(at) if self.is_large else ()
        parts = (one.span for one in path if one.span.end - one.span.start <= _LARGE)
        return next(parts, self.innermost(at)) if self.is_large else self.all

    @property
    def all(self) -> Span:
        """The whole document."""
        return Span(0, len(self.text))

    def around(self, at: int) -> Span:
        """The unit at an offset; what holds the unit, where all of it is definitions."""
        path, unit = self.outline.indices(at), self.unit(at)
        if unit is None:
            return self.section(path[-1]).span if self._units and path else self.all
        if not re.search(r"\bdefinitions?\b", self.section(unit).heading, re.IGNORECASE):
            return self.section(unit).span
        above = path[: path.index(unit)]
        return self.section(above[-1]).span if above else self.all

    def references(self, at: int, within: Span) -> Iterator[int]:
        """The clauses that words in a stretch point to, read as words at an offset."""
        for match in _REFERENCE.finditer(self.text, within.start, within.end):
            if match["number"]:
                yield from self._in_unit(match["number"], match["clauses"])
                continue
            under: Sequence[int] = self._parents(at, match["word"].lower())
            if match["outer"]:
                outer = self._parents(at, match["outer"].lower())
                under = [x for x in [self._down(outer, match["under"])] if x is not None]
            for label in _listed(match["labels"]):
                found = self._down(under, label)
                if found is not None:
                    # "(B)(ii) and (iii)": a bare second label stands beside the first.
                    under = [*under, *self.outline.indices(self.section(found).span.start)[-2:-1]]
                    yield found

    def _in_unit(self, number: str, clauses: str) -> Iterator[int]:
        units = self._units.get(number.rstrip(".:"), [])
        if len(units) != 1:
            return
        found = self._down(units, clauses) if clauses else units[0]
        if found is not None:
            yield found

    def _parents(self, at: int, word: str) -> list[int]:
        """Below what a clause of that name is looked for: first the nearest that is meant."""
        unit, clauses = self.unit(at), self.clauses(at)
        spans = self.reach(unit)
        units = [one for group in self._units.values() for one in group]
        same = [one for one in units if self.section(one).span in spans]
        inner = list(reversed(clauses))
        return same + inner if word in ("subsection", "subdivision") else inner + same

    def _down(self, parents: Sequence[int], label: str) -> int | None:
        """The section that a label such as "(c)(1)" names below the first parent that has it."""
        steps = re.findall(r"\((\w+)\)", label) or [_digit(label)]
        for parent in parents:
            found: int | None = parent
            for step in steps:
                below = self._children.get(found, []) if found is not None else []
                labels = (one for one in below if self.section(one).label == f"({step})")
                found = next(labels, None)
            if found is not None:
                return found
        return None

    def below(self, index: int) -> list[int]:
        """The sections right below one."""
        return self._children.get(index, [])

    def after(self, index: int) -> int | None:
        """The section that follows one under the same section."""
        path = self.outline.indices(self.section(index).span.start)
        group = self.below(path[-2]) if len(path) > 1 else []
        later = [one for one in group if one > index]
        return later[0] if later else None

    def lead(self, index: int) -> Span:
        """The words of a section before its first part, its own heading left aside."""
        span = self.section(index).span
        below = self.below(index)
        end = self.section(below[0]).span.start if below else span.end
        return self.trimmed(Span(body_start(self.document, Span(span.start, end)), end))

    def _lead(self, index: int) -> str:
        return self.lead(index).of(self.text)

    def body(self, index: int) -> Span | None:
        """A section without its heading: whole where it is short, else its beginning."""
        span = self.section(index).span
        below = self.below(index)
        if below and self.section(below[0]).heading and not _CLOSED.search(self._lead(index)):
            return self.body(below[0])  # the lead is a heading that the outline did not tell
        start = body_start(self.document, span)
        whole = self.trimmed(Span(start, self._before_heading(start, span.end)))
        return whole if self.is_short(whole) else self.clause(start, whole.end)

    def clause(self, start: int, stop: int | None = None) -> Span | None:
        """The sentence from `start` on with as many items of its list as are short; or None."""
        end = stop if stop is not None else self.innermost(start).end
        first = next(iter(sentences(self.text, start, end)), None)
        if first is None:
            return None
        if _CLOSED.search(first.of(self.text)):
            return self.trimmed(first) if self.is_short(first) else None
        whole = self.trimmed(Span(start, self._before_heading(start, end)))
        if self.is_short(whole):
            return whole if whole.end > first.end or not _OPEN.search(whole.of(self.text)) else None
        cut = self._grown(start, first.end, end)
        # Of conditions that must all be met, some are worse than none.
        together = _TOGETHER.search(self.text, start, end) is not None
        apart = _APART.search(self.text, start, end) is not None
        return Span(start, cut) if cut > first.end and (apart or not together) else None

    def items(self, start: int, stop: int) -> Span | None:
        """The items of a list from a line on, as many as are short; None where it is no item."""
        cut = self._grown(start, start - 1, stop) if ENUMERATOR.match(self.text, start) else start
        return self.trimmed(Span(start, cut)) if cut > start else None

    def _grown(self, start: int, cut: int, end: int) -> int:
        """Where a stretch ends that takes in the items that follow it while it is short."""
        line = self.text.find("\n", max(cut, 0), end) if cut >= start else cut
        while 0 <= line < end and (item := ENUMERATOR.match(self.text, line + 1, end)):
            after = self.text.find("\n", line + 1, end)
            grown = after if after >= 0 else end
            if count(self.text[start:grown]) > MOST_WORDS:
                break
            cut, line = cut if item.end() == grown else grown, after
        return cut

    def block(self, start: int) -> Span | None:
        """The rest of the paragraph from `start` on where it is short, else the clause there."""
        line = self.text.find("\n", start)
        rest = Span(start, line if line >= 0 else len(self.text))
        if _CLOSED.search(rest.of(self.text)) and count(rest.of(self.text)) <= MOST_WORDS:
            return self.trimmed(rest)
        return self.clause(start)

    def is_short(self, span: Span) -> bool:
        """Whether a whole clause may be a companion."""
        return 0 < count(span.of(self.text)) <= _WHOLE_WORDS

    def stands(self, span: Span) -> bool:
        """Whether no word of a stretch is deleted, a note, or of another part."""
        until = bisect_left(self._notes, Span(span.end, 0))
        return not any(note.end > span.start for note in self._notes[:until])

    def trimmed(self, span: Span) -> Span:
        """The stretch without the white space, "; and" or "; or" at its end."""
        said = span.of(self.text).rstrip()
        joined = _JOINED.search(said)
        return Span(span.start, span.start + (joined.start() if joined else len(said)))

    def _before_heading(self, start: int, end: int) -> int:
        """Where the first heading that stands in a line of its own begins, or `end`."""
        for one in self.outline.sections[bisect_left(self.outline.sections, start, key=_start) :]:
            if one.span.start >= end:
                break
            line = self.text.find("\n", one.span.start, one.span.end)
            said = self.text[one.span.start : max(line, one.span.start)].rstrip(" .:—–-")
            if one.span.start > start and one.heading and said.endswith(one.heading.rstrip(" .:")):
                return one.span.start
        return end


def count(words: str) -> int:
    """How many words a text has."""
    return len(words.split())


def _start(section: Section) -> int:
    return section.span.start


def _digit(label: str) -> str:
    return str(_NUMBERS.index(label.lower()) + 1) if label.lower() in _NUMBERS else label


def _listed(labels: str) -> list[str]:
    """ "(1) through (3)" as "(1)", "(2)", "(3)"; "(b) and (d)" as the two."""
    found = re.findall(_LABEL, labels)
    if " through " in labels and len(found) == 2:
        first, last = (_digit(one.strip("()")) for one in found)
        if first.isdigit() and last.isdigit() and int(first) < int(last) < int(first) + 20:
            return [f"({number})" for number in range(int(first), int(last) + 1)]
    return found
