"""Where the outermost sections of a ruling begin: captions, syllabus, opinions, appendices.

Which opinion a quotation comes from decides whether it is law, so an opinion begins only at a
byline, and ends where the next section begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.outlines.bylines import Byline, byline_of, is_lineup, joined_majority
from ingest.outlines.opinion_notes import Note
from pincite.types import Part, Section, Span

_SYLLABUS = re.compile(r"Syllabus(?: \*)?")
_COURT = re.compile(r"SUPREME COURT OF THE UNITED STATES")
_NOTICE = re.compile(r"NOTICE: This opinion is subject to ")
# What may stand above a byline.
TITLE = re.compile(
    r"(?:Opinion(?: of the Court| and Order)?|(?:Concurring|Dissenting) Opinion"
    r"|Concurrence|Dissent)",
    re.IGNORECASE,
)
_STAR_PAGE = re.compile(r"\[\*\d+\] ?")
_APPENDIX = re.compile(r"APPENDIX\.?")
_CAPTION_LINES = 40

PRINTED: dict[Part, str] = {
    "majority": "Opinion of the Court",
    "plurality": "Opinion of {author}",
    "per_curiam": "Per curiam",
    "concurrence": "{author}, concurring",
    "in_part": "{author}, concurring in part and dissenting in part",
    "dissent": "{author}, dissenting",
}


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    words: str
    is_note: bool


def outermost_sections(text: str, notes: Sequence[Note]) -> list[Section]:
    """The sections of level 0, in order; together they cover the text."""
    lines = list(_lines(text, notes))
    return list(_tiled(text, list(_starts(lines))))


@dataclass(frozen=True, slots=True)
class _Start:
    """Where an outermost section begins, and what is known of it so far."""

    at: int
    label: str
    part: Part | None
    heading: str = ""
    byline: Byline | None = None


def _lines(text: str, notes: Sequence[Note]) -> Iterator[_Line]:
    """The text's lines; those inside a note open nothing."""
    at, following = 0, 0
    for words in text.split("\n"):
        while following < len(notes) and notes[following].span.end <= at:
            following += 1
        is_note = following < len(notes) and notes[following].span.start <= at
        yield _Line(at, words, is_note)
        at += len(words) + 1


def _starts(lines: Sequence[_Line]) -> Iterator[_Start]:
    """The beginnings of the outermost sections, in order; the first is at 0."""
    bylines = {n: found for n, line in enumerate(lines) if (found := _byline(line))}
    lineup = next((line.words for line in lines if is_lineup(line.words)), "")
    opinions = _opinions(lines, bylines)
    first = min(opinions, default=len(lines))
    before = _lineup_at(lines[:first])
    yield _Start(0, "Caption", "furniture" if bylines else None)
    yield from _syllabus(lines[: first + 1], before)
    for n, byline in opinions.items():
        if byline.part in ("majority", "plurality"):
            byline = replace(byline, joined=byline.joined or joined_majority(lineup))
        caption = _caption(lines, before, n)
        if caption is not None:
            yield _Start(lines[caption].start, "Caption", "furniture")
        yield _opinion_start(lines[_first_line(lines, n)], lines[n], byline)
        before = n
        yield from _appendices(lines, n, min((m for m in opinions if m > n), default=len(lines)))


def _byline(line: _Line) -> Byline | None:
    return None if line.is_note else byline_of(_STAR_PAGE.sub("", line.words))


def _opinions(lines: Sequence[_Line], bylines: dict[int, Byline]) -> dict[int, Byline]:
    """The bylines that open an opinion; where a head stands above one, the head's line opens it."""
    opening: dict[int, Byline] = {}
    for n, byline in bylines.items():
        if n - 1 in opening and opening[n - 1].author == byline.author:
            opening[n - 1] = byline
        else:
            opening[n] = byline
    return opening


def _lineup_at(lines: Sequence[_Line]) -> int:
    """The line-up's line, or the syllabus's heading, or 0."""
    ends = (n for n, line in enumerate(lines) if is_lineup(line.words))
    heads = (n for n, line in enumerate(lines) if _SYLLABUS.fullmatch(line.words))
    return next(ends, next(heads, 0))


def _syllabus(lines: Sequence[_Line], lineup: int) -> Iterator[_Start]:
    """The syllabus, up to its line-up; then counsel, where the print lists them."""
    heads = (n for n, line in enumerate(lines) if _SYLLABUS.fullmatch(line.words))
    first = next(heads, None)
    if first is None:
        return
    yield _Start(lines[first].start, "Syllabus", "syllabus", lines[first].words)
    after = lineup + 1
    while after < len(lines) and lines[after].is_note:
        after += 1
    is_counsel = after < _first_line(lines, len(lines) - 1)
    if lineup > first and is_counsel and not _NOTICE.match(lines[after].words):
        yield _Start(lines[after].start, "Counsel", "furniture")


def _first_line(lines: Sequence[_Line], byline: int) -> int:
    """Where the opinion of a byline begins: with the title above it, if there is one."""
    return byline - 1 if byline and TITLE.fullmatch(lines[byline - 1].words) else byline


def _caption(lines: Sequence[_Line], after: int, byline: int) -> int | None:
    """The line at which the caption above a byline begins, below the line `after`."""
    above = range(byline - 1, max(after, byline - _CAPTION_LINES), -1)
    court = next((n for n in above if _COURT.fullmatch(lines[n].words)), None)
    is_noticed = court is not None and _NOTICE.match(lines[court - 1].words)
    return court - 1 if court is not None and is_noticed else court


def _opinion_start(first: _Line, line: _Line, byline: Byline) -> _Start:
    label = PRINTED[byline.part].format(author=byline.author)
    return _Start(first.start, label, byline.part, line.words, byline)


def _appendices(lines: Sequence[_Line], first: int, last: int) -> Iterator[_Start]:
    """Reprinted documents after an opinion: they are nobody's opinion."""
    for line in lines[first:last]:
        if _APPENDIX.fullmatch(line.words):
            yield _Start(line.start, "Appendix", "note", line.words)


def _tiled(text: str, starts: Sequence[_Start]) -> Iterator[Section]:
    """Sections from each start to the next; an empty one goes."""
    ends = [start.at for start in starts[1:]] + [len(text)]
    for start, end in zip(starts, ends, strict=True):
        if start.at < end:
            span = Span(start.at, len(text[:end].rstrip()))
            yield _section(start, span)


def _section(start: _Start, span: Span) -> Section:
    byline = start.byline
    return Section(
        label=start.label,
        heading=start.heading,
        level=0,
        span=span,
        part=start.part,
        author=byline.author if byline else None,
        joined=byline.joined if byline else (),
        speaks_for=byline.speaks_for if byline else (),
    )
