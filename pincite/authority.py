"""What sort of authority words are, how they are called, and where they bind.

authority_of(entry, "dissent").label    # "dissenting opinion, not the opinion of the Court"
authority_of(entry).force("us/ny")      # "binding", "persuasive", "not law", ...
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from pincite.courts import court_of
from pincite.kinds import KINDS, Channel, Kind, channel_of
from pincite.places import place_name, within
from pincite.standing import CURRENT
from pincite.types import Entry, Part, Status


class Rank(IntEnum):
    """The order of authorities: what is law first, then what is none."""

    CONSTITUTION = 1
    STATUTE = 2
    LOCAL_LAW = 3
    ORDER = 4
    HOLDING = 5
    PLURALITY = 6
    AGENCY = 7
    AGREEMENT = 8
    RESOLUTION = 9
    BILL = 10
    RECORD = 11
    SEPARATE_OPINION = 12
    ADVOCACY = 13


@dataclass(frozen=True, slots=True)
class Authority:
    """How a stretch of a text counts.

    `binds` lists the places where it is binding, `on` whom it binds there where that is not
    everybody, `reach` names those places together; `court` tells whether a court said it.
    """

    rank: Rank
    label: str
    channel: Channel
    binds: tuple[str, ...] = ()
    on: str = ""
    reach: str = ""
    court: bool = False

    def force(self, place: str | None = None, status: Status = "unknown") -> str:
        """What it is worth to somebody in that place; without a place, where it binds.

        "binding" and "binding ..." are kept for current law, "not law" for all that is none.
        """
        if self.channel != "law":
            return "not law"
        if status not in CURRENT:
            return _ENDED.get(status, "no longer law")
        if not self.binds:
            return "persuasive" if self.court else "law, its place not known"
        if place is None or any(within(bound, place) and bound != place for bound in self.binds):
            return f"binding {self.on or f'in {self.reach}'}"
        if any(within(place, bound) for bound in self.binds):
            return f"binding {self.on}".rstrip()
        return "persuasive" if self.court else f"law of {self.reach}, not binding here"


_ENDED: Mapping[Status, str] = {"pending": "not yet law", "not_enacted": "never law"}
_RECITAL = re.compile(r"\W*(?:whereas|recitals?)\b", re.I)
_OFFICE = re.compile(r"\b(?:president|governor|mayor)\b", re.I)


def is_recital(text: str) -> bool:
    """Whether words only say why: they order nothing."""
    return _RECITAL.match(text) is not None


def in_words(place: str) -> str:
    """A place as a sentence names it: "the District of Columbia", "New York City"."""
    if "/" not in place:
        return "the United States" if place == "us" else "its country"
    name = place_name(place).split(",")[0]
    return f"the {name}" if name.startswith("District of") else name


@lru_cache(maxsize=10_000)
def authority_of(entry: Entry, part: Part | None = None, *, recital: bool = False) -> Authority:
    """The authority of a part of an edition; `recital` tells that the words are a recital."""
    if part in _ASIDE:
        rank, plain = _ASIDE[part]
        court = entry.kind is Kind.COURT_RULING
        return Authority(rank, plain, channel_of(entry.kind, part), court=court)
    if entry.kind is Kind.COURT_RULING:
        return _of_court(entry, part)
    if recital and KINDS[entry.kind].channel == "law":
        return Authority(Rank.RECORD, "recital: it says why, and orders nothing", "record")
    rank, label = _OF_KIND[entry.kind]
    place = entry.jurisdiction
    binds = (place,) if place and KINDS[entry.kind].channel == "law" else ()
    if rank is Rank.STATUTE and (place or "").count("/") > 1:
        rank = Rank.LOCAL_LAW
    return Authority(
        rank,
        label(entry),
        channel_of(entry.kind, part),
        binds,
        on=_bound(entry) if rank is Rank.ORDER else "",
        reach=in_words(place) if place else "",
    )


def _of_court(entry: Entry, part: Part | None) -> Authority:
    """Only what a majority says is a holding, and binds where its court's word is law."""
    court = court_of(entry)
    name = f", {court.name}" if court else ""
    if part == "plurality":
        label = f"plurality opinion, not a holding{name}"
        return Authority(Rank.PLURALITY, label, "law", court=True)
    if part not in _HELD:
        return Authority(Rank.PLURALITY, f"court ruling{name}", "law", court=True)
    binds = court.binds if court else ()
    reach = (court.reach if court else "") or " and ".join(map(in_words, binds))
    return Authority(Rank.HOLDING, f"{_HELD[part]}{name}", "law", binds, reach=reach, court=True)


def _bound(entry: Entry) -> str:
    """Whom an executive order binds: the agencies of its government."""
    if "/" not in (entry.jurisdiction or "/"):
        return "on federal agencies"
    return f"on the agencies of {in_words(entry.jurisdiction)}" if entry.jurisdiction else ""


def _place_of(before: str, federal: str = "") -> Callable[[Entry], str]:
    """A label by place: "statute of Georgia", or its federal form for a country's own."""

    def label(entry: Entry) -> str:
        place = entry.jurisdiction
        if not place:
            return before
        return federal if federal and "/" not in place else f"{before} of {in_words(place)}"

    return label


def _by(before: str, after: str, joined: str = "of") -> Callable[[Entry], str]:
    """A label by issuer: "statement of the White House, not law"."""

    def label(entry: Entry) -> str:
        who = (entry.issuer or "").strip()
        if who.startswith("The "):
            who = f"the {who[4:]}"
        elif _BODY.search(who):
            who = f"the {who}"
        return f"{before} {joined} {who}, {after}" if who else f"{before}, {after}"

    return label


def _order(entry: Entry) -> str:
    office = _OFFICE.search(entry.issuer or "")
    if office is None or not entry.jurisdiction:
        return "executive order"
    who = f"the {office[0].capitalize()}"
    of = "" if "/" not in entry.jurisdiction else f" of {in_words(entry.jurisdiction)}"
    return f"executive order of {who}{of}"


# Bodies that take an article; people and newspapers with a name of their own do not.
_BODY = re.compile(
    r"^(?!.*,)(?:.*\b(?:Council|Assembly|Legislature|Congress|Department|Office|Bureau|Agency"
    r"|Senate|House|Court|Enforcement)\b)|^(?:Department|Office|Bureau) of",
)
_ASIDE: Mapping[Part | None, tuple[Rank, str]] = {
    "syllabus": (Rank.RECORD, "syllabus, not part of the opinion"),
    "concurrence": (
        Rank.SEPARATE_OPINION,
        "concurring opinion, not the opinion of the Court",
    ),
    "in_part": (
        Rank.SEPARATE_OPINION,
        "separate opinion, not the opinion of the Court",
    ),
    "dissent": (Rank.SEPARATE_OPINION, "dissenting opinion, not the opinion of the Court"),
    "note": (Rank.RECORD, "editorial note, not law"),
    "furniture": (Rank.RECORD, "front or back matter, not law"),
}
_HELD: Mapping[Part | None, str] = {
    "majority": "opinion of the Court",
    "per_curiam": "opinion of the Court, per curiam",
}
_OF_KIND: Mapping[Kind, tuple[Rank, Callable[[Entry], str]]] = {
    Kind.CONSTITUTION: (Rank.CONSTITUTION, _place_of("constitution", "federal constitution")),
    Kind.STATUTE: (Rank.STATUTE, _place_of("statute", "federal statute")),
    Kind.ORDINANCE: (Rank.LOCAL_LAW, _place_of("local law")),
    # An amending act is law, but its words are drafting: what it adds, what it strikes.
    Kind.AMENDING_ACT: (Rank.STATUTE, _place_of("amending act", "federal amending act")),
    Kind.EXECUTIVE_ORDER: (Rank.ORDER, _order),
    Kind.DOJ_MEMO: (Rank.AGENCY, _by("position", "not law")),
    Kind.FACT_SHEET: (Rank.AGENCY, _by("statement", "not law")),
    Kind.AGREEMENT: (Rank.AGREEMENT, lambda _: "agreement between its parties, not law"),
    Kind.RESOLUTION: (Rank.RESOLUTION, _by("resolution", "not law")),
    Kind.BILL: (Rank.BILL, _by("bill", "not law", "before")),
    Kind.TRANSCRIPT: (Rank.RECORD, _by("transcript", "not law", "from")),
    Kind.OTHER: (Rank.RECORD, lambda _: "unclassified document, not law"),
    Kind.OP_ED: (Rank.ADVOCACY, _by("opinion piece", "not law", "by")),
    Kind.NEWS: (Rank.ADVOCACY, _by("press report", "not law", "by")),
}
