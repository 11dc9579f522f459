"""The table of outline grammars, by the name that a kind gives its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ingest.outlines.agreement import outline_agreement
from ingest.outlines.code import outline_code
from ingest.outlines.memo import outline_memo
from ingest.outlines.opinion import outline_opinion
from ingest.outlines.order import outline_order
from ingest.outlines.prose import outline_prose
from ingest.outlines.transcript import outline_transcript
from pincite.kinds import KINDS, Grammar, Kind
from pincite.types import Mark, Page, Reading, Section

# Raise it with any change that can alter a section: every file is outlined anew.
OUTLINE_REVISION = 4

Outliner = Callable[[str, Sequence[Mark], Sequence[Page]], tuple[Section, ...]]


def outline(kind: Kind, reading: Reading) -> tuple[Section, ...]:
    """The sections of a reading, by the grammar of its kind."""
    outliner = GRAMMARS[KINDS[kind].grammar]
    return outliner(reading.text, reading.marks, reading.pages)


GRAMMARS: dict[Grammar, Outliner] = {
    "code": outline_code,
    "opinion": outline_opinion,
    "order": outline_order,
    "memo": outline_memo,
    "agreement": outline_agreement,
    "prose": outline_prose,
    "transcript": outline_transcript,
}
