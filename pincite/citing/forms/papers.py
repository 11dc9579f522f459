"""Memos, agreements, statements, articles, transcripts (rules 10.8.3, 16, 17, 21)."""

from __future__ import annotations

import re

from pincite.citing.forms.wording import before_date, dated, division, inert, listed
from pincite.citing.pinpoints import Pin
from pincite.types import Entry, Status

_TRANSCRIPT = re.compile(r"(?P<what>(?:Transcript|Tr\.)[^,]*?), (?P<of>.+)")


def memo(entry: Entry, pin: Pin, status: Status) -> str:
    """ "Memorandum from the Office of X, Title, at 4 (Mar. 14, 2022)" (rule 17.2.3)."""
    place = re.sub(r"^pp?\. ", "at ", division(pin.text))
    cited = inert(entry.citation)
    if not cited:
        author = inert(pin.author) or inert(entry.issuer)
        title = inert(entry.title)
        cited = dated(listed(f"Memorandum from {author}" if author else "", title), entry.issued)
    return before_date(cited, place)


def agreement(entry: Entry, pin: Pin, status: Status) -> str:
    """The agreement with its parties, the section, the date (rule 21.4, for lack of a treaty)."""
    cited = inert(entry.citation)
    if not cited:
        parties = [inert(party) for party in entry.parties]
        title = inert(entry.title)
        between = "" if " between " in title or len(parties) < 2 else _between(parties)
        cited = dated(inert(f"{title}{between}", 600), entry.issued)
    return before_date(cited, division(pin.text))


def statement(entry: Entry, pin: Pin, status: Status) -> str:
    """ "The White House, Fact Sheet: Title, para. 4 (Feb. 19, 2025)" (rule 17.5)."""
    cited = inert(entry.citation)
    if not cited:
        cited = dated(listed(inert(entry.issuer), inert(entry.title)), entry.issued)
    return before_date(cited, division(pin.text))


def article(entry: Entry, pin: Pin, status: Status) -> str:
    """ "Author, Title, Publication (Date), para. 4" (rule 16.6): the place is behind the date."""
    cited = inert(entry.citation)
    if not cited:
        names = (inert(pin.author), inert(entry.title), inert(entry.issuer))
        cited = dated(listed(*names), entry.issued)
    return listed(cited, division(pin.text))


def commentary(entry: Entry, pin: Pin, status: Status) -> str:
    """An op-ed without a citation: whoever issued it is its author, unless a byline names one."""
    if entry.citation or pin.author:
        return article(entry, pin, status)
    cited = dated(listed(inert(entry.issuer), inert(entry.title)), entry.issued)
    return listed(cited, division(pin.text))


def transcript(entry: Entry, pin: Pin, status: Status) -> str:
    """ "Transcript of Oral Argument at 67, Arizona v. United States, ..." (rule 10.8.3)."""
    place = division(pin.text).removeprefix("tr. ")
    cited = inert(entry.citation) or dated(inert(entry.title), entry.issued)
    found = _TRANSCRIPT.fullmatch(cited)
    if found and place.startswith("at "):
        return f"{found['what']} {place}, {found['of']}"
    return before_date(cited, place)


def other(entry: Entry, pin: Pin, status: Status) -> str:
    """What no rule is for: its citation or title and date, then the place."""
    cited = inert(entry.citation) or dated(inert(entry.title), entry.issued)
    return listed(cited, division(pin.text))


def _between(parties: list[str]) -> str:
    last = f"{', ' if len(parties) > 2 else ' '}and {parties[-1]}"
    return f" between {', '.join(parties[:-1])}{last}"
