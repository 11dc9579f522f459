"""The lines of a slip opinion, and the blocks that their indentation makes of them.

Blank lines mean nothing in these prints (they stand inside sentences as well); what counts is
how far a line is set in from its page's margin, and whether the line before ended a sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pincite.types import Span

Kind = Literal["text", "heading", "caption", "note"]

_LINE = re.compile(r"(?m)^(?P<indent>[^\S\n]*)(?P<words>\S.*?)[^\S\n]*$")
_NOTE_RULE = re.compile(r"(?m)^[^\S\n]*—{4,}[^\S\n]*$")
_LABEL = re.compile(r"(?:[IVX]+|[A-H]|\d{1,2}|[a-h])\.?")
_NOTE = re.compile(r"(?P<number>\d{1,2}|[*†‡]{1,3})(?=[^\S\n]+\S|[A-Z“])")
_STARS = re.compile(r"\*(?:[^\S\n]*\*)+")
_STANDS_ALONE = re.compile(rf"{_STARS.pattern}|Held: ?|It is so ordered\.")
_COURT = re.compile(r"SUPREME COURT OF THE UNITED STATES")
_DATE = re.compile(r"\[[A-Z][a-z]+ \d{1,2}, \d{4}\]|.*Argued .*Decided .*\d{4}\*?")
_ENDED = re.compile(r"[.?!:;—][”’\"')\]]*\d{0,2}$")
_OPENS = re.compile(r"[“‘\"(]")

_CENTRED = 10  # columns from the margin; a paragraph or a quotation is set in by less
_QUOTED = 4  # by which the first line of a quotation may be set in further than the rest
_SHORT = 0.75  # of the page's longest line


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its words, and how many columns they are set in from the margin."""

    span: Span
    inset: int
    words: str
    short: bool
    joined: bool = False  # it goes on from a linked citation, so its column means nothing
    foot: bool = False  # it stands below the page's note rule


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading, a line of a caption, or a note, whose `starts` open paragraphs."""

    lines: tuple[Line, ...]
    kind: Kind
    starts: tuple[Line, ...]
    note: str = ""

    @property
    def span(self) -> Span:
        """From the first line's first word to the last line's last."""
        return Span(self.lines[0].span.start, self.lines[-1].span.end)


def lines_of(text: str, page: Span) -> Iterator[Line]:
    """The lines of one page, its body first, then its foot below the short rule."""
    rule = _NOTE_RULE.search(text, page.start, page.end)
    body = Span(page.start, rule.start() if rule else page.end)
    yield from _zone(text, body)
    if rule:
        yield from (replace(line, foot=True) for line in _zone(text, Span(rule.end(), page.end)))


def blocks_of(lines: Sequence[Line]) -> Iterator[Block]:
    """The blocks of the body's lines."""
    open_lines: list[Line] = []
    kind: Kind = "text"
    in_caption = False
    for line in lines:
        in_caption = in_caption or _COURT.fullmatch(line.words) is not None
        next_kind = _kind(line, open_lines, kind, in_caption=in_caption)
        if open_lines and next_kind is not None:
            yield Block(tuple(open_lines), kind, (open_lines[0],))
            open_lines = []
        open_lines.append(line)
        kind = next_kind or kind
        in_caption = in_caption and _DATE.fullmatch(line.words) is None
    if open_lines:
        yield Block(tuple(open_lines), kind, (open_lines[0],))


def notes_of(lines: Sequence[Line]) -> Iterator[Block]:
    """The notes of the pages' feet, each over all of its paragraphs and pages."""
    open_lines: list[Line] = []
    starts: list[Line] = []
    number, count = "", 0
    for line in lines:
        found = _note_number(line, count)
        if found is not None and open_lines:
            yield Block(tuple(open_lines), "note", tuple(starts), number)
            open_lines, starts = [], []
        if found is not None:
            number, count = found, int(found) if found.isdigit() else 0
        if not open_lines or _kind(line, open_lines, "text", in_caption=False) is not None:
            starts.append(line)
        open_lines.append(line)
    if open_lines:
        yield Block(tuple(open_lines), "note", tuple(starts), number)


def is_label(words: str) -> bool:
    """Whether a line is a Part's number alone: "III", "B", "2", "a"."""
    return _LABEL.fullmatch(words) is not None


def _zone(text: str, zone: Span) -> Iterator[Line]:
    found = list(_LINE.finditer(text, zone.start, zone.end))
    margin = _margin([len(m["indent"]) for m in found if m["indent"]])
    longest = max((len(m["words"]) for m in found), default=0)
    for m in found:
        inset = len(m["indent"]) - margin
        short = len(m["words"]) + max(inset, 0) < _SHORT * longest
        joined = not m["indent"] and text[: m.start()][-2:-1] != "\n"
        yield Line(Span(*m.span("words")), inset, m["words"], short, joined)


def _margin(indents: Sequence[int]) -> int:
    """The leftmost column at which a fair share of the lines begins."""
    counts = Counter(indents)
    fair = len(indents) // 8 or 1
    return min((column for column, n in counts.items() if n >= fair), default=min(indents or [0]))


def _note_number(line: Line, count: int) -> str | None:
    """The number of the note that a foot's line begins: the next one, the first, or a star."""
    found = None if line.joined else _NOTE.match(line.words)
    if found is None:
        return None
    is_next = found["number"] == str(count + 1)
    is_first = line.inset > 0 and (found["number"] == "1" or not found["number"].isdigit())
    return found["number"] if is_next or is_first else None


def _kind(line: Line, before: Sequence[Line], kind: Kind, *, in_caption: bool) -> Kind | None:
    """The kind of the block that this line begins, or None where it goes on with the last."""
    if in_caption:
        return "caption"
    if line.joined and before:
        return None
    ended = (
        not before or kind in ("heading", "caption") or _ENDED.search(before[-1].words) is not None
    )
    if line.inset >= _CENTRED and line.short and (ended or is_label(line.words)):
        return _centred(line.words)
    if before and kind == "heading" and _is_title(line.words):
        return "heading"
    if not before or kind in ("heading", "caption") or _STANDS_ALONE.fullmatch(before[-1].words):
        return "text"
    return "text" if _is_new(line, before, ended=ended) else None


def _is_title(words: str) -> bool:
    """Whether a line under a Part's number is its title: every long word with a capital."""
    long = [word for word in words.split() if len(word) > 3]
    is_cut = words.endswith(("-", "\u00ad"))
    return not is_cut and len(long) > 2 and all(word[0].isupper() for word in long)


def _centred(words: str) -> Kind:
    """A centred line is a heading; rows of stars and "It is so ordered." are not."""
    if is_label(words):
        return "heading"
    return "text" if _STARS.fullmatch(words) or words.endswith(".") else "heading"


def _is_new(line: Line, before: Sequence[Line], *, ended: bool) -> bool:
    last = before[-1]
    if line.words == "Held:":
        return True
    if line.inset < 0:
        return ended
    if line.inset <= 1:  # back at the margin: new only after a quotation of several lines
        return ended and len(before) > 1 and _is_quotation(before[-2], last)
    if last.inset > 1 and line.inset <= last.inset + 1:  # within a quotation, or two short ones
        return ended and (last.short or line.inset < last.inset)
    return ended or _OPENS.match(line.words) is not None


def _is_quotation(first: Line, second: Line) -> bool:
    """Whether two lines of one block are both set in, about as far as each other."""
    return min(first.inset, second.inset) > 1 and abs(first.inset - second.inset) <= _QUOTED
