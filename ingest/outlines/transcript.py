"""Transcripts: who speaks, under the headings of the arguments; and the printer's word index."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.outlines.blocks import CLAUSE, CONTAINER, Block, Tree, blocks
from pincite.types import Mark, Page, Section

_SPEAKER = re.compile(
    r"(?P<name>(?:(?:CHIEF )?JUSTICE|JUDGE|GENERAL|THE|MR\.|MS\.|MRS\.|DR\.|SEN\.|REP\.)"
    r" ?[A-Z][A-Z.'’ -]+|QUESTION|ANSWER|[QA])\s?:\s"
)
_ARGUMENT = re.compile(
    r"(?:REBUTTAL |ORAL )+ARGUMENT OF\b|P ?R ?O ?C ?E ?E ?D ?I ?N ?G ?S\b|APPEARANCES\b"
)
# "authorities 9:12 12:20 77:6": three page and line numbers make a line of a word index.
_INDEXED = re.compile(r"(?:\b\d{1,3}:\d{1,2}\b.*){3}")
_INDEX_RUN = 5


def outline_transcript(
    text: str, marks: Sequence[Mark], pages: Sequence[Page]
) -> tuple[Section, ...]:
    """Headed stretches, and in them one section a turn, whose author is the speaker."""
    lines = blocks(text, marks)
    index = _index_start(lines)
    tree = Tree(text)
    for at, block in enumerate(lines):
        if index is not None and at >= index:
            tree.open((CONTAINER, 1), block.start, heading="Word index", part="furniture")
            break
        speaker = _SPEAKER.match(block.text)
        if speaker:
            tree.open((CLAUSE, 0), block.start, author=speaker["name"])
        elif block.heading is not None or _ARGUMENT.match(block.text):
            tree.open((CONTAINER, block.heading or 1), block.start, heading=block.text)
    return tree.sections()


def _index_start(lines: Sequence[Block]) -> int | None:
    """The line at which the word index begins: from there on, most lines are of an index."""
    indexed = [_INDEXED.search(block.text) is not None for block in lines]
    for at in range(len(lines)):
        window = indexed[at : at + _INDEX_RUN]
        if indexed[at] and len(window) == _INDEX_RUN and sum(window) >= _INDEX_RUN - 1:
            return at
    return None
