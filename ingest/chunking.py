"""Documents to passages: a clause, or a few whole paragraphs, of one section.

Passages are verbatim slices; they tile all of the text but white space. Where to cut is the
cheapest way through each stretch between two section borders, by the costs below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from ingest.outlines.blocks import Block, Stretches, blocks
from pincite.citing.outline import ENACTING, Outline, is_border
from pincite.citing.pinpoints import locator
from pincite.deletions import nothing_left
from pincite.sentences import sentences
from pincite.types import Document, Passage, Span

# Raise it with any change that can move a passage: every file is cut and embedded anew.
CHUNKER_REVISION = 2

LEAST, BEST, MOST = 60, 120, 220
# A single sentence may run longer; beyond this it is cut at its semicolons and enumerators.
LONGEST_SENTENCE = 400

NEVER = 1000.0
_LABELLED = r"""["“\[\s]*(?:\(?\w{1,4}[.)]\s+)*["“]?"""
_EXCEPTION = re.compile(
    _LABELLED + r"(?:(?:Exceptions?|Except|However|Provided|But|Nothing in (?:this|the))\b"
    r"|(?:This|The) (?:sub)?(?:section|paragraph|division|clause|chapter)"
    r" (?:shall|does|is|may) not\b"
    r"|(?:Sub)?(?:section|paragraph|division)s? \S+ (?:shall|does) not\b)"
)
_DEFINITION = re.compile(
    _LABELLED + r"(?:(?:Definitions?|As used in|For (?:the )?purposes? of"
    r"|In this (?:section|chapter|article|order))\b"
    r"|(?:The term )?[“\"][^”\"]{2,60}[”\"],? (?:means|shall mean|includes))"
)
_BARE = re.compile(r"\W*(?:§+|Sec\.|Section|SECTION)?\W*(?:\w{1,4}\W{1,4}){0,2}")
_COMPLETE = re.compile(r"""[.!?][”"’'\])]*$""")
_LISTED = re.compile(r"""(?:[;,]|;? (?:and|or|and/or))[”"’'\])]*$""")
_CUTTABLE = re.compile(r"(?<=;)\s+|(?<=[,:—])\s+(?=\(\w{1,4}\)\s)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch that no passage cuts: a line, a sentence of a long paragraph, a clause in a line.

    `stretch` names what a passage may not leave: the border section, the part, the footnote.
    """

    span: Span
    text: str
    words: int
    stretch: tuple[int, int]
    depth: int
    opens: bool
    heading: bool
    bare: bool
    whole: bool
    retired: bool
    in_deletion: int


def passages(document: Document) -> tuple[Passage, ...]:
    """The passages of a document, in order."""
    outline = Outline(document.sections)
    deleted = Stretches(document.marks, "deleted")
    every = _joined_headings(list(_pieces(document, outline, deleted)))
    spans = [
        span
        for _, run in groupby(every, key=lambda piece: piece.stretch)
        for span in _cut(list(run))
    ]
    return tuple(
        Passage(
            document_id=document.entry.id,
            version=document.version,
            span=span,
            text=span.of(document.text),
            locator=locator(document, span, outline),
            retired=_is_retired(document.text, span, deleted),
        )
        for span in spans
    )


def _pieces(document: Document, outline: Outline, deleted: Stretches) -> Iterator[Piece]:
    text = document.text
    section_starts = {section.span.start for section in document.sections}
    for block in blocks(text, document.marks):
        for span, whole in _parts(block, text, section_starts):
            path = outline.indices(span.start)
            held = [outline.sections[index] for index in path]
            border = max(
                (i for i, one in zip(path, held, strict=True) if is_border(one)), default=-1
            )
            below = held[path.index(border) + 1 :] if border >= 0 else held
            words = span.of(text)
            yield Piece(
                span=span,
                text=words,
                words=len(words.split()),
                stretch=(border, block.footnote),
                depth=len(below),
                opens=span.start in section_starts,
                heading=block.heading is not None or ENACTING.match(words) is not None,
                bare=_BARE.fullmatch(words) is not None,
                whole=whole,
                retired=_is_retired(text, span, deleted),
                in_deletion=deleted.start_at(span.start),
            )


def _parts(block: Block, text: str, section_starts: set[int]) -> Iterator[tuple[Span, bool]]:
    """A line's uncut stretches: split where sections start in it, and into sentences if long."""
    first = block.start + len(block.text) - len(block.text.lstrip())
    starts = [first, *(at for at in range(first + 1, block.end) if at in section_starts)]
    for start, end in zip(starts, [*starts[1:], block.end], strict=True):
        span = _trimmed(text, start, end)
        if len(span.of(text).split()) <= MOST:
            yield span, start == first
            continue
        found = [part for one in sentences(text, start, end) for part in _bearable(text, one)]
        for n, part in enumerate(found):
            yield part, n == 0 and start == first


def _bearable(text: str, sentence: Span) -> Iterator[Span]:
    """The sentence, or its clauses when no encoder and no reader could take it whole."""
    if len(sentence.of(text).split()) <= LONGEST_SENTENCE:
        yield sentence
        return
    start = sentence.start
    for match in _CUTTABLE.finditer(text, sentence.start, sentence.end):
        if len(text[start : match.start()].split()) >= LEAST:
            yield _trimmed(text, start, match.start())
            start = match.end()
    yield _trimmed(text, start, sentence.end)


def _trimmed(text: str, start: int, end: int) -> Span:
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return Span(start, end)


def _joined_headings(pieces: list[Piece]) -> list[Piece]:
    """Headings go with the text that follows them, across the borders they themselves open.

    Headings that end a document go with what stands before them.
    """
    found: list[Piece] = []
    waiting: list[Piece] = []
    for piece in pieces:
        waiting.append(piece)
        if not piece.heading:
            found += [_moved(one, piece.stretch) for one in waiting]
            waiting = []
    if waiting:
        stretch = found[-1].stretch if found else waiting[-1].stretch
        found += [_moved(one, stretch) for one in waiting]
    return found


def _moved(piece: Piece, stretch: tuple[int, int]) -> Piece:
    if piece.stretch == stretch:
        return piece
    values = {name: getattr(piece, name) for name in Piece.__slots__}
    return Piece(**{**values, "stretch": stretch})


def _cut(run: Sequence[Piece]) -> Iterator[Span]:
    """The cheapest cutting of a run: the best total of sizes and of breaks before each passage."""
    breaks = [0.0, *(break_cost(a, b) for a, b in pairwise(run))]
    best = [0.0] + [float("inf")] * len(run)
    origin = [0] * (len(run) + 1)
    for end in range(1, len(run) + 1):
        words = 0
        for start in range(end - 1, -1, -1):
            words += run[start].words
            cost = best[start] + breaks[start] + size_cost(words)
            if cost < best[end]:
                best[end], origin[end] = cost, start
            if words > 2 * MOST and breaks[start] < NEVER:
                break
    ends = [len(run)]
    while ends[-1] > 0:
        ends.append(origin[ends[-1]])
    ends.reverse()
    for first, last in pairwise(ends):
        yield Span(run[first].span.start, run[last - 1].span.end)


def size_cost(words: int) -> float:
    """What a passage of so many words costs: little from 60 to 220, much outside."""
    if words < LEAST:
        return 0.2 + (LEAST - words) / 20
    if words <= MOST:
        return ((words - BEST) / BEST) ** 2 / 3
    return 4 + (words - MOST) / 40


def break_cost(before: Piece, after: Piece) -> float:
    """What it costs to part two pieces; a negative cost is a good place to part."""
    if before.heading or before.bare:
        return NEVER
    if after.retired != before.retired and not _share_a_deletion(before, after):
        return -2.0
    cost = _level_cost(after)
    if not _COMPLETE.search(before.text):
        cost += 0.6 if _LISTED.search(before.text) else 3.0
    if _EXCEPTION.match(after.text):
        cost += 1.2
    if _DEFINITION.match(after.text) or _DEFINITION.match(before.text):
        cost += 0.3
    return cost


def _share_a_deletion(before: Piece, after: Piece) -> bool:
    """Whether one deletion runs over the break: "1. The [agency ... shall" begins live."""
    return before.span.start <= after.in_deletion < before.span.end or (
        after.in_deletion >= 0 and after.in_deletion == before.in_deletion
    )


def _level_cost(after: Piece) -> float:
    if after.heading:
        return -1.0
    if after.opens:
        return 0.5 * (after.depth - 1) - 0.5
    return 0.4 if after.whole else 0.9


def _is_retired(text: str, span: Span, deleted: Stretches) -> bool:
    """Whether every word of a stretch is deleted."""
    return nothing_left(text, span, deleted.within(span.start, span.end))
