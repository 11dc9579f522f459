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
from pincite.said import N_, Said, joined
from pincite.standing import CURRENT, listed
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
            return Said("not law")
        if status not in CURRENT:
            return _ENDED.get(status, Said("no longer law"))
        if not self.binds:
            return Said("persuasive") if self.court else Said("law, its place not known")
        if place is None or any(within(bound, place) and bound != place for bound in self.binds):
            if self.on:
                return Said("binding {whom}", whom=self.on)
            return Said("binding in {place}", place=self.reach)
        if any(within(place, bound) for bound in self.binds):
            return Said("binding {whom}", whom=self.on) if self.on else Said("binding")
        if self.court:
            return Said("persuasive")
        return Said("law of {place}, not binding here", place=self.reach)


_ENDED: Mapping[Status, str] = {
    "pending": Said("not yet law"),
    "not_enacted": Said("never law"),
}
_RECITAL = re.compile(r"\W*(?:whereas|recitals?)\b", re.I)
_OFFICE = re.compile(r"\b(?:president|governor|mayor)\b", re.I)


def is_recital(text: str) -> bool:
    """Whether words only say why: they order nothing."""
    return _RECITAL.match(text) is not None


def in_words(place: str) -> str:
    """A place as a sentence names it: "the District of Columbia", "New York City"."""
    if "/" not in place:
        return Said("the United States") if place == "us" else Said("its country")
    name = place_name(place).split(",")[0]
    return Said("the {name}", name=name) if name.startswith("District of") else name


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
        return Authority(Rank.RECORD, Said("recital: it says why, and orders nothing"), "record")
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
    name = (court.name,) if court else ()
    if part == "plurality":
        label = joined([Said("plurality opinion, not a holding"), *name])
        return Authority(Rank.PLURALITY, label, "law", court=True)
    if part not in _HELD:
        return Authority(Rank.PLURALITY, joined([Said("court ruling"), *name]), "law", court=True)
    binds = court.binds if court else ()
    reach = (court.reach if court else "") or listed([in_words(place) for place in binds])
    label = joined([_HELD[part], *name])
    return Authority(Rank.HOLDING, label, "law", binds, reach=reach, court=True)


def _bound(entry: Entry) -> str:
    """Whom an executive order binds: the agencies of its government."""
    if "/" not in (entry.jurisdiction or "/"):
        return Said("on federal agencies")
    if not entry.jurisdiction:
        return ""
    return Said("on the agencies of {place}", place=in_words(entry.jurisdiction))


def _place_of(plain: str, placed: str, federal: str = "") -> Callable[[Entry], str]:
    """A label by place: "statute of Georgia", or its federal form for a country's own."""

    def label(entry: Entry) -> str:
        place = entry.jurisdiction
        if not place:
            return Said(plain)
        if federal and "/" not in place:
            return Said(federal)
        return Said(placed, place=in_words(place))

    return label


def _by(plain: str, issued: str) -> Callable[[Entry], str]:
    """A label by issuer: "statement of the White House, not law"."""

    def label(entry: Entry) -> str:
        who = (entry.issuer or "").strip()
        if who.startswith("The "):
            who = Said("the {name}", name=who[4:])
        elif _BODY.search(who):
            who = Said("the {name}", name=who)
        return Said(issued, who=who) if who else Said(plain)

    return label


def _order(entry: Entry) -> str:
    office = _OFFICE.search(entry.issuer or "")
    if office is None or not entry.jurisdiction:
        return Said("executive order")
    who = _OFFICES[office[0].lower()]
    if "/" not in entry.jurisdiction:
        return Said("executive order of {who}", who=who)
    place = in_words(entry.jurisdiction)
    return Said("executive order of {who} of {place}", who=who, place=place)


_OFFICES = {
    "president": Said("the President"),
    "governor": Said("the Governor"),
    "mayor": Said("the Mayor"),
}
# Bodies that take an article; people and newspapers with a name of their own do not.
_BODY = re.compile(
    r"^(?!.*,)(?:.*\b(?:Council|Assembly|Legislature|Congress|Department|Office|Bureau|Agency"
    r"|Senate|House|Court|Enforcement)\b)|^(?:Department|Office|Bureau) of",
)
_ASIDE: Mapping[Part | None, tuple[Rank, str]] = {
    "syllabus": (Rank.RECORD, Said("syllabus, not part of the opinion")),
    "concurrence": (
        Rank.SEPARATE_OPINION,
        Said("concurring opinion, not the opinion of the Court"),
    ),
    "in_part": (
        Rank.SEPARATE_OPINION,
        Said("separate opinion, not the opinion of the Court"),
    ),
    "dissent": (Rank.SEPARATE_OPINION, Said("dissenting opinion, not the opinion of the Court")),
    "note": (Rank.RECORD, Said("editorial note, not law")),
    "furniture": (Rank.RECORD, Said("front or back matter, not law")),
}
_HELD: Mapping[Part | None, str] = {
    "majority": Said("opinion of the Court"),
    "per_curiam": Said("opinion of the Court, per curiam"),
}
_OF_KIND: Mapping[Kind, tuple[Rank, Callable[[Entry], str]]] = {
    Kind.CONSTITUTION: (
        Rank.CONSTITUTION,
        _place_of(N_("constitution"), N_("constitution of {place}"), N_("federal constitution")),
    ),
    Kind.STATUTE: (
        Rank.STATUTE,
        _place_of(N_("statute"), N_("statute of {place}"), N_("federal statute")),
    ),
    Kind.ORDINANCE: (Rank.LOCAL_LAW, _place_of(N_("local law"), N_("local law of {place}"))),
    # An amending act is law, but its words are drafting: what it adds, what it strikes.
    Kind.AMENDING_ACT: (
        Rank.STATUTE,
        _place_of(N_("amending act"), N_("amending act of {place}"), N_("federal amending act")),
    ),
    Kind.EXECUTIVE_ORDER: (Rank.ORDER, _order),
    Kind.DOJ_MEMO: (Rank.AGENCY, _by(N_("position, not law"), N_("position of {who}, not law"))),
    Kind.FACT_SHEET: (
        Rank.AGENCY,
        _by(N_("statement, not law"), N_("statement of {who}, not law")),
    ),
    Kind.AGREEMENT: (Rank.AGREEMENT, lambda _: Said("agreement between its parties, not law")),
    Kind.RESOLUTION: (
        Rank.RESOLUTION,
        _by(N_("resolution, not law"), N_("resolution of {who}, not law")),
    ),
    Kind.BILL: (Rank.BILL, _by(N_("bill, not law"), N_("bill before {who}, not law"))),
    Kind.TRANSCRIPT: (
        Rank.RECORD,
        _by(N_("transcript, not law"), N_("transcript from {who}, not law")),
    ),
    Kind.OTHER: (Rank.RECORD, lambda _: Said("unclassified document, not law")),
    Kind.OP_ED: (
        Rank.ADVOCACY,
        _by(N_("opinion piece, not law"), N_("opinion piece by {who}, not law")),
    ),
    Kind.NEWS: (
        Rank.ADVOCACY,
        _by(N_("press report, not law"), N_("press report by {who}, not law")),
    ),
}
