"""Pages of lines made into one draft: furniture out, paragraphs whole, headings marked."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from ingest.readers.draft import Draft
from ingest.readers.pdf import transcripts
from ingest.readers.pdf.blocks import (
    Measure,
    Numbering,
    continues_over_page,
    heading_level,
    starts_block,
)
from ingest.readers.pdf.furniture import Furniture, furniture_of
from ingest.readers.pdf.lines import Line
from pincite.types import Mark, Page, Span

LINE_NUMBER = "line number"
WORD_INDEX = "word index"
HIDDEN = "hidden text"
# What the Federal Register prints below a document: not part of it.
_FILING = re.compile(r"\[?FR Doc\. |Filed \d{1,2}[–-]|Billing code ", re.I)


@dataclass(frozen=True, slots=True)
class PageText:
    """The lines of one page. `ocr` names the engine where its text was read from a picture.

    `unseen` are lines that the page holds and does not show: they are no text, but stay on record.
    """

    lines: tuple[Line, ...]
    ocr: str = ""
    unseen: tuple[Line, ...] = ()


def draft_of(pages: Sequence[PageText]) -> Draft:
    """The draft of a document: hard wraps are single newlines, blocks stand apart by two."""
    writer = _Writer()
    for page, furniture in zip(pages, _furniture(pages), strict=True):
        writer.page(page, furniture)
    return writer.draft()


def _furniture(pages: Sequence[PageText]) -> list[Furniture]:
    """What goes from each page; a transcript's word index goes whole."""
    every = furniture_of([page.lines for page in pages])
    numbered = [bool(transcripts.line_numbers(kept)) for kept in _kept(pages, every)]
    last = max((i for i, is_numbered in enumerate(numbered) if is_numbered), default=len(pages))
    return [
        Furniture({**dict.fromkeys(range(len(page.lines)), WORD_INDEX), **item.rules}, item.label)
        if index > last and transcripts.is_word_index(page.lines)
        else item
        for index, (page, item) in enumerate(zip(pages, every, strict=True))
    ]


def _kept(pages: Sequence[PageText], every: Sequence[Furniture]) -> list[list[Line]]:
    return [
        [line for i, line in enumerate(page.lines) if i not in item.rules]
        for page, item in zip(pages, every, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line that stays, the column that it stands in, and the line over it there."""

    line: Line
    measure: Measure
    above: Line | None


@dataclass(slots=True)
class _Writer:
    """Writes the lines one after the other and remembers what to remove, mark and page."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    pages: list[Page] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    removals: dict[str, list[Span]] = field(default_factory=dict)
    block: list[tuple[_Placed, Span]] = field(default_factory=list)
    numbering: Numbering = field(default_factory=Numbering)

    def page(self, page: PageText, furniture: Furniture) -> None:
        """Write one page."""
        start = self.length
        kept = [i for i in range(len(page.lines)) if i not in furniture.rules]
        numbers = transcripts.line_numbers([page.lines[i] for i in kept])
        cuts = {kept[position]: length for position, length in numbers.items()}
        blank = {i for i, cut in cuts.items() if cut >= len(page.lines[i].text)}
        rules = {**furniture.rules, **dict.fromkeys(blank, LINE_NUMBER)}
        texts = [i for i in kept if i not in blank]
        lines = [_without(page.lines[i], cuts.get(i, 0)) for i in texts]
        placed = dict(zip(texts, _placed(lines), strict=True))
        for index, line in enumerate(page.lines):
            if index in rules:
                self._remove(self._add("\n" + line.text), rules[index])
            else:
                self._write(placed[index], line.text, cuts.get(index, 0))
        for line in page.unseen:
            self._remove(self._add("\n" + line.text), HIDDEN)
        self.pages.append(Page(Span(start, self.length), len(self.pages) + 1, furniture.label))
        if page.ocr:
            self.marks.append(Mark(Span(start, self.length), "ocr", page.ocr))

    def draft(self) -> Draft:
        """What was written, with the furniture taken out again, on record."""
        self._close()
        draft = Draft.of("".join(self.pieces)).paged(self.pages).marked(self.marks)
        waiting = dict(self.removals)
        while waiting:
            rule, gone = waiting.popitem()
            draft = draft.replace([(span.start, span.end, "") for span in gone], rule)
            waiting = {other: _moved(spans, gone) for other, spans in waiting.items()}
        return draft

    def _add(self, text: str) -> Span:
        span = Span(self.length, self.length + len(text))
        self.pieces.append(text)
        self.length = span.end
        return span

    def _remove(self, span: Span, rule: str) -> None:
        self.removals.setdefault(rule, []).append(span)

    def _write(self, placed: _Placed, text: str, cut: int) -> None:
        if not self.block or self._starts(placed):
            self._close()
            self._add("\n\n")
        else:
            self._add("\n")
        span = self._add(text)
        if cut:
            self._remove(Span(span.start, span.start + cut), LINE_NUMBER)
        self.block.append((placed, Span(span.start + cut, span.end)))

    def _starts(self, placed: _Placed) -> bool:
        last = self.block[-1][0]
        if placed.above is None:
            return not continues_over_page(placed.line, last.line, last.measure)
        return starts_block(placed.line, placed.above, placed.measure)

    def _close(self) -> None:
        if not self.block:
            return
        lines = [placed.line for placed, _ in self.block]
        span = Span(self.block[0][1].start, self.block[-1][1].end)
        level = heading_level(lines, self.block[0][0].measure)
        if level is not None:
            level = self.numbering.level(lines[0].text, level)
            self.marks.append(Mark(span, "heading", str(level)))
        elif _FILING.match(lines[0].text):
            self.marks.append(Mark(span, "note", "filing"))
        self.block = []


def _placed(lines: Sequence[Line]) -> list[_Placed]:
    """The lines of a page with their columns: a column ends where the next line stands higher."""
    columns: list[list[Line]] = []
    for line in lines:
        if not columns or _leaves(columns[-1][-1], line):
            columns.append([])
        columns[-1].append(line)
    whole = Measure.of(lines) if lines else None
    return [
        _Placed(line, measure, column[i - 1] if i else None)
        for column in columns
        if (measure := Measure.of(column) if len(column) > 3 else whole) is not None
        for i, line in enumerate(column)
    ]


def _without(line: Line, cut: int) -> Line:
    """The line without its line number."""
    return replace(line, text=line.text[cut:], x=line.inner) if cut else line


def _leaves(last: Line, line: Line) -> bool:
    return line.turn != last.turn or line.y > last.y + max(line.size, last.size)


def _moved(spans: Sequence[Span], gone: Sequence[Span]) -> list[Span]:
    """Where spans stand once others, none of which they meet, are gone."""
    starts = [span.start for span in gone]
    lengths = [0, *accumulate(span.end - span.start for span in gone)]
    shifts = (lengths[bisect_left(starts, span.start)] for span in spans)
    return [
        Span(span.start - shift, span.end - shift)
        for span, shift in zip(spans, shifts, strict=True)
    ]
