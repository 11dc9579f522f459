"""A text being read: every edit moves all spans along and leaves a record of what it changed.

    draft = Draft.of("exam\\u00adple").replace([(4, 5, "")], rule="soft hyphen")
    draft.text, draft.repairs   # "example", (Repair(Span(4, 4), "\\u00ad", "soft hyphen"),)

Changes of white space only are not recorded. `finish` makes the text canonical.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from pincite.types import Mark, MarkType, Page, Reading, Repair, Span
from pincite.unseen import IDLE_JOINERS, UNSEEN, without_unseen

Edit = tuple[int, int, str]
Match = re.Match[str]

_SPACES = re.compile(r"[^\S\n]{2,}|[^\S\n ]")  # what is not one plain space already
_BREAKS = re.compile(r"[^\S\n]+\n\s*|\n\s+")  # and what is not one newline already
_NEWLINES = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Draft:
    """Text on its way to being canonical, with the spans that were noted on it so far."""

    text: str
    pages: tuple[Page, ...] = ()
    marks: tuple[Mark, ...] = ()
    repairs: tuple[Repair, ...] = ()

    @classmethod
    def of(cls, text: str) -> Draft:
        """A draft of a file's decoded text."""
        return cls(text)

    def replace(self, edits: Iterable[Edit], rule: str) -> Draft:
        """Apply non-overlapping edits `(start, end, new)`, move all spans, record the repairs.

        A removed stretch leaves an empty repair span where it stood.
        """
        ordered = sorted(edit for edit in edits if self.text[edit[0] : edit[1]] != edit[2])
        if not ordered:
            return self
        text, shift, made = _apply(self.text, ordered, rule)
        return Draft(
            text=text,
            pages=tuple(replace(p, span=shift(p.span)) for p in self.pages),
            marks=_alive(replace(m, span=shift(m.span)) for m in self.marks),
            repairs=tuple(
                sorted(
                    [*(replace(r, span=shift(r.span)) for r in self.repairs), *made],
                    key=lambda repair: repair.span,
                )
            ),
        )

    def sub(
        self,
        pattern: str | re.Pattern[str],
        new: str | Callable[[Match], str],
        rule: str,
    ) -> Draft:
        """`re.sub` as a recorded edit; `new` is a template or a function of the match."""
        if isinstance(new, str) and "\\" not in new:
            return self.replace(
                ((m.start(), m.end(), new) for m in re.finditer(pattern, self.text)), rule
            )
        made = new if callable(new) else lambda match: match.expand(new)
        return self.replace(
            ((m.start(), m.end(), made(m)) for m in re.finditer(pattern, self.text)), rule
        )

    def mark(self, start: int, end: int, type: MarkType, detail: str = "") -> Draft:
        """The draft with one more mark; empty marks are kept out."""
        return self.marked([Mark(Span(start, end), type, detail)])

    def marked(self, marks: Iterable[Mark]) -> Draft:
        """The draft with more marks, kept in reading order."""
        every = sorted([*self.marks, *marks], key=lambda m: (m.span.start, -m.span.end, m.type))
        return replace(self, marks=_alive(every))

    def paged(self, pages: Iterable[Page]) -> Draft:
        """The draft with these pages in place of the ones it had."""
        return replace(self, pages=tuple(pages))

    def finish(self, reader: str, revision: int, facts: Iterable[tuple[str, str]] = ()) -> Reading:
        """The canonical reading: NFC, no control characters, one block a line, no blank lines.

        Single newlines must already mean "new block": unwrap hard-wrapped paragraphs first.
        """
        draft = self.sub(_NEWLINES, "\n", "newline").sub(UNSEEN, "", "control character")
        draft = draft.sub(IDLE_JOINERS, "", "control character")
        draft = draft.sub("\u00ad", "", "soft hyphen")._composed()
        draft = draft.sub(_SPACES, " ", "space").sub(_BREAKS, "\n", "space")
        draft = draft.sub(r"\A\s+|\s+\Z", "", "space")._composed()
        return Reading(
            text=draft.text,
            reader=reader,
            revision=revision,
            pages=_tiled(draft.pages, len(draft.text)),
            marks=tuple(_trimmed(draft.text, draft.marks)),
            repairs=draft.repairs,
            facts=tuple((name, without_unseen(value)) for name, value in facts),
        )

    def _composed(self) -> Draft:
        """NFC, edit by edit, so that spans move along with what composes."""
        draft = self
        while not unicodedata.is_normalized("NFC", draft.text):
            draft = draft.replace(_compositions(draft.text), "unicode NFC")
        return draft


def _apply(
    text: str, edits: Sequence[Edit], rule: str
) -> tuple[str, Callable[[Span], Span], list[Repair]]:
    """The new text, a function that moves a span over, and what was repaired."""
    pieces: list[str] = []
    starts: list[int] = []  # where each edit starts in the old text
    moved: list[tuple[int, int, int, int]] = []  # old start, old end, new start, new end
    repairs: list[Repair] = []
    old, new = 0, 0
    for start, end, replacement in edits:
        if start < old:
            raise ValueError(f"overlapping edits at {start} ({rule})")
        pieces += [text[old:start], replacement]
        new += start - old
        starts.append(start)
        moved.append((start, end, new, new + len(replacement)))
        original = text[start:end]
        if original.strip() or replacement.strip():
            repairs.append(Repair(Span(new, new + len(replacement)), original, rule))
        old, new = end, new + len(replacement)
    pieces.append(text[old:])

    def move(offset: int, *, is_end: bool) -> int:
        at = bisect_right(starts, offset if not is_end else offset - 1) - 1
        if at < 0:
            return offset
        _, old_end, new_start, new_end = moved[at]
        if offset >= old_end:
            return offset - old_end + new_end
        return new_end if is_end else new_start

    def shift(span: Span) -> Span:
        if span.start == span.end:  # an empty span is a place: it stays before what replaced it
            place = move(span.start, is_end=False)
            return Span(place, place)
        start, end = move(span.start, is_end=False), move(span.end, is_end=True)
        return Span(start, max(start, end))

    return "".join(pieces), shift, repairs


def _compositions(text: str) -> list[Edit]:
    """The shortest stretches whose NFC differs, each from one starter to the next."""
    edits: list[Edit] = []
    for start, end in _clusters(text):
        cluster = text[start:end]
        composed = unicodedata.normalize("NFC", cluster)
        if composed != cluster:
            edits.append((start, end, composed))
    if not edits:  # neighbours that compose across clusters (Hangul): fall back to the whole
        edits.append((0, len(text), unicodedata.normalize("NFC", text)))
    return edits


def _clusters(text: str) -> Iterable[tuple[int, int]]:
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not unicodedata.combining(text[at]):
            yield start, at
            start = at


def _alive(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    return tuple(m for m in marks if m.span.start < m.span.end or m.type == "paragraph")


def _trimmed(text: str, marks: Iterable[Mark]) -> Iterable[Mark]:
    """Marks without the white space at their ends; a mark of white space alone goes."""
    for mark in marks:
        words = mark.span.of(text)
        start = mark.span.start + len(words) - len(words.lstrip())
        end = mark.span.end - (len(words) - len(words.rstrip()))
        if start < end:
            yield replace(mark, span=Span(start, end))
        elif mark.type == "paragraph":
            yield mark


def _tiled(pages: Sequence[Page], length: int) -> tuple[Page, ...]:
    """Pages that cover the text without gaps, in order; each ends where the next begins."""
    ends = [*(page.span.start for page in pages[1:]), length][: len(pages)]
    return tuple(
        replace(page, span=Span(min(page.span.start, length), max(page.span.start, end)))
        for page, end in zip(pages, ends, strict=True)
    )
