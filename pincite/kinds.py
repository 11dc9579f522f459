"""The table of document kinds: what each one may be used for, and how it is divided."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Channel = Literal["law", "record", "argument"]
Grammar = Literal["code", "opinion", "order", "memo", "agreement", "prose", "transcript"]


class Kind(StrEnum):
    """What sort of document an edition is."""

    CONSTITUTION = "constitution"
    STATUTE = "statute"
    ORDINANCE = "ordinance"
    AMENDING_ACT = "amending_act"
    EXECUTIVE_ORDER = "executive_order"
    COURT_RULING = "court_ruling"
    DOJ_MEMO = "doj_memo"
    AGREEMENT = "agreement"
    BILL = "bill"
    RESOLUTION = "resolution"
    FACT_SHEET = "fact_sheet"
    TRANSCRIPT = "transcript"
    OP_ED = "op_ed"
    NEWS = "news"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class KindRule:
    """How a kind is treated: its channel, how it binds, its outline grammar, its plain name."""

    channel: Channel
    authority: str
    grammar: Grammar
    name: str


KINDS: dict[Kind, KindRule] = {
    Kind.CONSTITUTION: KindRule("law", "constitution", "code", "constitution"),
    Kind.STATUTE: KindRule("law", "statute", "code", "statute"),
    Kind.ORDINANCE: KindRule("law", "local law", "code", "ordinance"),
    # An amending act is law, but its words are drafting: what it adds, what it strikes.
    Kind.AMENDING_ACT: KindRule("law", "amending act", "code", "amending act"),
    Kind.EXECUTIVE_ORDER: KindRule("law", "executive order", "order", "executive order"),
    Kind.COURT_RULING: KindRule("law", "court ruling", "opinion", "court ruling"),
    Kind.DOJ_MEMO: KindRule("record", "agency memo, not law", "memo", "memo"),
    Kind.AGREEMENT: KindRule("record", "agreement between its parties", "agreement", "agreement"),
    Kind.BILL: KindRule("record", "bill, not law", "code", "bill"),
    Kind.RESOLUTION: KindRule("record", "resolution, not law", "code", "resolution"),
    Kind.FACT_SHEET: KindRule("record", "agency statement, not law", "prose", "fact sheet"),
    Kind.TRANSCRIPT: KindRule("record", "transcript, not law", "transcript", "transcript"),
    Kind.OP_ED: KindRule("argument", "opinion, not law", "prose", "op-ed"),
    Kind.NEWS: KindRule("argument", "press, not law", "prose", "news article"),
    Kind.OTHER: KindRule("record", "unclassified, not law", "prose", "document"),
}


def channel_of(kind: Kind, part: str | None = None) -> Channel:
    """The channel of a passage: a ruling's syllabus is a record, its separate opinions argument."""
    if part in ("dissent", "concurrence", "in_part"):
        return "argument"
    if part in ("syllabus", "note", "furniture"):
        return "record"
    return KINDS[kind].channel
