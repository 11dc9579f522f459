"""Reported opinions: numbered paragraphs, notes collected at the end, underscores for italics.

A line of its own that holds only a number is the publisher's paragraph number (they count up
through the file), the number of a note, or a heading; which one shows by what was expected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from typing import Literal

from ingest.readers.draft import Draft, Edit
from ingest.readers.hyphens import join_hyphens, unwrap
from pincite.types import Mark, Span

_ESCAPE = re.compile(r"\\(?=[-.*_#\[\]()])")
# The publisher's blanks for page numbers ("at __") are underscores too: those stand in pairs.
_ITALIC = re.compile(r"(?<!_)_(?!_)")
_QUOTE = re.compile(r"(?<!')''(?!')")
_HARD_BREAK = re.compile(r"[^\S\n]{2,}\n(?=\S)")
# The first heading of a level came out as a list bullet before the paragraph that follows it.
_BULLET = re.compile(r"(?m)(?<=\n\n)\*[^\S\n](?=\S)")
_RUNNING_HEAD = re.compile(
    r"(?m)^(?:[A-Z][A-Z .&']+ v\. [A-Z][A-Z .&']+|[A-Z]{4,}, J\., (?:concurring|dissenting)\.?"
    r"|APPENDIX [IVX]+ ?\.? - Continued\.)$\n?"
)
_BLOCK = re.compile(r"\S(?:.|\n(?!\s*\n))*")
_LABEL = re.compile(r"(?:[IVX]+|[A-H]|\d{1,3})\.?|\*")
_TITLE = re.compile(r"(?:Syllabus|Notes|APPENDIX\.?|Opinion of the Court|Executive Order)(?: \*)?")
_BYLINE = re.compile(
    r"(?:(?:Mr\. )?(?:Chief )?Justice [A-Z][A-Za-z'’]+|[A-Z][A-Za-z'’]+, (?:C\. ?)?J\.)"
    r"(?:\.\Z|, .{0,150}?(?:concurring|dissenting)| (?:delivered|announced))",
    re.DOTALL,
)
_WORD = re.compile(r"\S+")
_LEVELS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[IVX]+\.?"), "2"),
    (re.compile(r"[A-H]\.?"), "3"),
    (re.compile(r"\d+\.?"), "4"),
    (_TITLE, "1"),
)

Kind = Literal["text", "heading", "paragraph", "note"]


def clean_reported(draft: Draft) -> Draft:
    """The opinions as one block a line, with marks for paragraph numbers, notes and headings."""
    draft = _decoded(draft)
    draft = _without_running_heads(draft)
    draft = _numbered(draft)
    return unwrap(join_hyphens(draft))


def _decoded(draft: Draft) -> Draft:
    """Markdown's own characters gone. That is reading, not repairing, so it leaves no record."""
    before = draft.repairs
    draft = draft.sub(_ESCAPE, "", "markup").sub(_ITALIC, "", "markup")
    draft = replace(draft, repairs=before).sub(_HARD_BREAK, "\n\n", "space")
    bullets = [m.start() for m in _BULLET.finditer(draft.text)]
    draft = draft.marked(Mark(Span(at, at + 1), "heading", "2") for at in bullets)
    draft = draft.replace(((at + 1, at + 2, "\n\n") for at in bullets), "space")
    return draft.sub(_QUOTE, '"', "quote mark")


def _without_running_heads(draft: Draft) -> Draft:
    """Heads of reprinted pages gone, where the file has them more than twice."""
    found = list(_RUNNING_HEAD.finditer(draft.text))
    if len(found) < 3:
        return draft
    return draft.replace(((m.start(), m.end(), "") for m in found), "running head")


def _numbered(draft: Draft) -> Draft:
    """Paragraph numbers out of the text and into marks; notes and headings marked."""
    bullets = {mark.span.start for mark in draft.marks if mark.type == "heading"}
    blocks = list(_classified(draft.text, bullets))
    edits: list[Edit] = []
    for (span, kind), (following, _) in pairwise([*blocks, (Span(*[len(draft.text)] * 2), "text")]):
        if kind == "paragraph":
            edits.append((span.start, following.start, ""))
        elif kind == "note":  # the number and its text are one block
            edits.append((span.end, following.start, " "))
    marks = [*_headings(draft.text, blocks), *_paragraphs(draft.text, blocks)]
    marks += _notes(draft.text, blocks)
    # White space alone is never recorded, so one pass takes the numbers out and glues the notes.
    return draft.marked(marks).replace(edits, "paragraph number")


@dataclass(slots=True)
class _Counts:
    """What has been counted so far, and so what the next lone number means."""

    paragraph: int = 0
    note: int = 0
    in_notes: bool = False

    def kind_of(self, label: str, *, before_number: bool) -> Kind:
        """What a lone label is; the counts go on."""
        if not label.isdigit():
            return self._letter(label)
        number = int(label)
        is_next_note = self.in_notes and number == self.note + 1
        if number == self.paragraph + 1 and not is_next_note:
            self.paragraph, self.in_notes = number, False
            return "paragraph"
        if before_number:
            return "heading"
        self.note, self.in_notes = number, True
        return "note"

    def _letter(self, label: str) -> Kind:
        if label == "*":
            self.note, self.in_notes = 0, True
            return "note"
        return "text" if self.in_notes else "heading"


def _classified(text: str, bullets: set[int]) -> Iterator[tuple[Span, Kind]]:
    """Every block and what it is."""
    spans = [Span(*m.span()) for m in _BLOCK.finditer(text)]
    counts = _Counts()
    for span, following in zip_longest(spans, spans[1:], fillvalue=Span(0, 0)):
        block = span.of(text).strip()
        if span.start in bullets:
            yield span, "heading"
        elif _LABEL.fullmatch(block):
            yield span, counts.kind_of(block, before_number=following.of(text).strip().isdigit())
        else:
            is_title = _TITLE.fullmatch(block) is not None
            counts.in_notes = counts.in_notes and not (is_title or _BYLINE.match(block))
            yield span, "heading" if is_title else "text"


def _headings(text: str, blocks: Sequence[tuple[Span, Kind]]) -> Iterator[Mark]:
    for span, kind in blocks:
        if kind == "heading" and span.of(text) != "*":
            words = span.of(text).strip()
            level = next((level for form, level in _LEVELS if form.fullmatch(words)), "2")
            yield Mark(span, "heading", level)


def _paragraphs(text: str, blocks: Sequence[tuple[Span, Kind]]) -> Iterator[Mark]:
    """The publisher's number on the first word of the text that follows it."""
    waiting: str | None = None
    for span, kind in blocks:
        if kind == "paragraph":
            waiting = span.of(text).strip()
        elif waiting is not None and kind != "heading":
            first = _WORD.match(text, span.start)
            if first is not None:
                yield Mark(Span(*first.span()), "paragraph", waiting)
            waiting = None


def _notes(text: str, blocks: Sequence[tuple[Span, Kind]]) -> Iterator[Mark]:
    """Each note from its number to the last of its blocks."""
    number: Span | None = None
    last = Span(0, 0)
    for span, kind in [*blocks, (Span(0, 0), "heading")]:
        ends = kind != "text" or _BYLINE.match(span.of(text)) is not None
        if number is not None and ends:
            yield Mark(Span(number.start, last.end), "footnote", number.of(text).strip())
            number = None
        if kind == "note":
            number = span
        last = span
