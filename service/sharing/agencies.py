"""The agencies that a question names: an agreement binds its own parties, and nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from pincite.places import within
from pincite.types import Entry, Hit
from pincite.words import STOP_WORDS, stem, words
from service.wording import places_named

# What an agency's name shares with others': the rest is its own.
_COMMON = """
    county city town village state sheriff sheriff's sheriffs office police department detention
    center jail corrections
"""
_KINDS = frozenset(_COMMON.split())
_ASKED = r"(?:agreements?|moas?|memorandum|memoranda|287\(g\))"
_LEAST_INITIALS = 3


def named_agreements(
    question: str, entries: Iterable[Entry], jurisdictions: frozenset[str]
) -> frozenset[str] | None:
    """The agreements that a question is about, by id; None when it names no agency and no place.

    A question that names a place or an agency which has no agreement here is about none of them.
    """
    held = tuple(entries)
    said = frozenset(stem(word) for word in words(question))
    named = {entry.id for entry in held if _names(question, said, entry)}
    if named:
        return frozenset(named)
    places = places_named(question, jurisdictions)
    places = tuple(p for p in places if not any(q != p and within(q, p) for q in places))
    if places:
        return frozenset(
            entry.id
            for entry in held
            if any(within(entry.jurisdiction or "", place) for place in places)
        )
    return frozenset() if _names_stranger(question) else None


def agency_of(entry: Entry) -> str | None:
    """The agency that an agreement is with: as the catalogue says, else its last party."""
    if entry.agreement is not None:
        return entry.agreement.agency
    return entry.parties[-1] if entry.parties else None


def of_those_named(hits: Iterable[Hit], named: frozenset[str], held: Iterable[Entry]) -> list[Hit]:
    """The hits without the agreements of agencies that the question does not name."""
    others = {entry.id for entry in held} - named
    return [hit for hit in hits if hit.passage.document_id not in others]


def _names(question: str, said: frozenset[str], entry: Entry) -> bool:
    agency = agency_of(entry)
    if not agency:
        return False
    own, pattern, initials = _forms(agency)
    if initials and re.search(rf"\b{initials}\b", question):
        return True
    if pattern.search(question):
        return True
    return len(own) > 1 and own <= said


@lru_cache(maxsize=5000)
def _forms(agency: str) -> tuple[frozenset[str], re.Pattern[str], str]:
    """The stems of an agency's own words, how its name is written, and its initials.

    "York" alone is no agency: "York County", "York's agreement" and "the agreement with York" are;
    "New York" is another place.
    """
    said = [word for word in re.findall(r"[\w'’-]+", agency) if word.lower() not in STOP_WORDS]
    own = [word for word in said if word.lower().replace("’", "'") not in _KINDS]
    name = r"\s+".join(map(re.escape, own)) or r"(?!)"
    kinds = "|".join(sorted(_KINDS - {"sheriff's", "sheriffs"}))
    pattern = re.compile(
        rf"(?<!New )\b{name}(?:['’]s)?\s+(?:{kinds}|{_ASKED})"
        rf"|{_ASKED}\s+(?:with|of|for|between\s+ICE\s+and)\s+(?:the\s+)?{name}\b",
        re.I,
    )
    capitals = "".join(word[0] for word in said if word[0].isupper())
    initials = capitals if len(own) > 1 and len(capitals) >= _LEAST_INITIALS else ""
    return frozenset(stem(word.lower()) for word in own), pattern, initials


# "Harris County", "Orange County Sheriff": a place that no text here is of.
_STRANGER = re.compile(
    rf"\b(?!The\b|A\b|Each\b|Any\b|What\b|Which\b|Does\b|Is\b)[A-Z][a-z]+(?:\s[A-Z][a-z]+)?(?:['’]s)?"
    rf"\s(?:County|Parish|Sheriff['’]?s?|Police)\b|{_ASKED}\s+with\s+(?!ICE\b|DHS\b)[A-Z]\w+"
)


def _names_stranger(question: str) -> bool:
    return _STRANGER.search(question) is not None
