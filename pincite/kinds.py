"""The table of document kinds: what each one may be used for, and how it is divided."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from pincite.said import Said

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
    """How a kind is treated: its channel, its outline grammar, its plain name.

    How its words bind is told by `pincite.authority`.
    """

    channel: Channel
    grammar: Grammar
    name: str


KINDS: dict[Kind, KindRule] = {
    Kind.CONSTITUTION: KindRule("law", "code", Said("constitution")),
    Kind.STATUTE: KindRule("law", "code", Said("statute")),
    Kind.ORDINANCE: KindRule("law", "code", Said("ordinance")),
    Kind.AMENDING_ACT: KindRule("law", "code", Said("amending act")),
    Kind.EXECUTIVE_ORDER: KindRule("law", "order", Said("executive order")),
    Kind.COURT_RULING: KindRule("law", "opinion", Said("court ruling")),
    Kind.DOJ_MEMO: KindRule("record", "memo", Said("memo")),
    Kind.AGREEMENT: KindRule("record", "agreement", Said("agreement")),
    Kind.BILL: KindRule("record", "code", Said("bill")),
    Kind.RESOLUTION: KindRule("record", "code", Said("resolution")),
    Kind.FACT_SHEET: KindRule("record", "prose", Said("fact sheet")),
    Kind.TRANSCRIPT: KindRule("record", "transcript", Said("transcript")),
    Kind.OP_ED: KindRule("argument", "prose", Said("op-ed")),
    Kind.NEWS: KindRule("argument", "prose", Said("news article")),
    Kind.OTHER: KindRule("record", "prose", Said("document")),
}


def channel_of(kind: Kind, part: str | None = None) -> Channel:
    """The channel of a passage: a ruling's syllabus is a record, its separate opinions argument."""
    if part in ("dissent", "concurrence", "in_part"):
        return "argument"
    if part in ("syllabus", "note", "furniture"):
        return "record"
    return KINDS[kind].channel
