"""The sources that a question names, and which of them the corpus does not hold.

Cases by their parties, acts and codes by their names, states and bills. Citations by number are
found by `pincite.citations.find`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from pincite.citations.find import citations_in
from pincite.citations.keys import printed_key
from pincite.kinds import Kind
from pincite.places import place_name, states
from pincite.types import Entry
from pincite.words import STOP_WORDS, stem, words
from service.answering.evidence import Evidence

# Bounded, and begun at a word's start only: a hostile question costs no more than a long one.
NAME = r"(?<![\w.’'&-])[A-Z][\w.’'&-]{0,40}"
PARTY = rf"{NAME}(?:\s+(?:{NAME}|of|the|for|&)){{0,6}}"
_CASE = re.compile(rf"({PARTY})\s+vs?\.?\s+({PARTY})")
_ACT = re.compile(
    rf"((?:{NAME}\s+(?:(?:of|and|the)\s+)?){{1,6}})"
    r"(Act|Ordinance|Code|Law|Statutes|Constitution|Charter|Resolution)\b"
)
# "in Murphy": a case by one party's name, where a question asks what a court said.
_SHORT = re.compile(rf"\b(?:[Ii]n|[Uu]nder)\s+({NAME})(?![\w’'])(?!\s+(?:[A-Z]|vs?\b))")
_BILL = re.compile(r"\b(?:[SH]\.?\s?B\.?|A\.?B\.?)\s?\d+\b", re.I)
# "Harris County", where an agreement is asked for: with whom it is not, it says nothing about.
_AGENCY = re.compile(rf"{NAME}(?:\s+{NAME}){{0,2}}\s+(?:County|Parish)\b")
_AGREEMENT = re.compile(r"\b(?:agreements?|MOAs?|memorand\w+)\b|287\(g\)", re.I)
# "according to the Seventh Circuit", "did the 9th Circuit hold": a court of appeals whose words
# are asked for. "overrule the Ninth Circuit" asks for another court's.
_NUMBERED = r"(?:\d{1,2}(?:st|nd|rd|th)|D\.?C\.?|[A-Z][a-z]{4,8})"
_CIRCUIT = re.compile(
    rf"\b(?:according to|did|does|has|by|in|of)\s+the\s+({_NUMBERED}\s+Circuit)\b", re.I
)
ANY_LAW = "any law of"
"""How a place is named whose law is asked for and not held."""
_CONSTITUTION = "us const "

# Passages that are searched for a name that no entry is known by.
_LOOKED_AT = 5
# "Washington" mostly means the federal government.
STATES = tuple(name for name in states() if name != "Washington")
# Words that begin a question, or a name that is no name by itself.
_NO_NAME = STOP_WORDS | {"under", "does", "did", "city", "county", "state", "federal", "local"}
_NO_NAME |= {"any", "ruling"}  # as a court's are named that is not held
# What follows "in" with a capital and is no case: "Commander in Chief", "in Congress", "in May".
_NO_CASE = re.compile(
    r"Chief|Congress|Court|America|English|Spanish|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov"
    r"|Dec)[a-z]*|[A-Z.]+|\W*"
)


def unheld_names(text: str, entries: Iterable[Entry]) -> tuple[str, ...]:
    """The cases, acts, bills and states that a question names and no entry is known by.

    A case is held when one side's name stands in a ruling's title. A question that also names
    a case that is held is about that one: what it cites may be asked of it.
    """
    held = tuple(_known(entry) for entry in entries)
    cases = [match[0] for match in _CASE.finditer(text)]
    rulings = [known for kind, known in held if kind is Kind.COURT_RULING]
    missing = [case for case in cases if not _is_case(case, rulings)]
    if len(missing) < len(cases):
        return ()
    every = [known for _, known in held]
    rest = _CASE.sub(" ", text)
    named = [match[0] for pattern in (_ACT, _BILL) for match in pattern.finditer(rest)]
    named += [name for name in STATES if re.search(rf"(?<!\w){name}(?!\w)", rest, re.I)]
    agencies = _AGENCY.findall(rest) if _AGREEMENT.search(rest) else []
    missing += [name for name in agencies if not _is_known(name, every)]
    missing += [name for name in named if not _is_held(name, every)]
    return tuple(dict.fromkeys(_tidy(name) for name in missing))


def unheld_short_names(text: str, entries: Iterable[Entry]) -> tuple[str, ...]:
    """The cases that a question on a court names by one party alone, and no entry is known by."""
    every = [known for _, known in map(_known, entries)]
    names = dict.fromkeys(match.rstrip(".,?") for match in _SHORT.findall(_CASE.sub(" ", text)))
    return tuple(n for n in names if not _NO_CASE.fullmatch(n) and not _is_known(n, every))


def unheld_courts(text: str, entries: Iterable[Entry]) -> tuple[str, ...]:
    """The courts of appeals whose words a question asks for, and no ruling is of."""
    courts = [_stems(e.issuer or "") for e in entries if e.kind is Kind.COURT_RULING]
    named = dict.fromkeys(_CIRCUIT.findall(_CASE.sub(" ", text)))
    return tuple(
        f"any ruling of the {name}"
        for name in named
        if not any(_stems(name) <= court for court in courts)
    )


def told_of(names: Sequence[str], evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """Of names that no entry is known by those that the best passages say themselves.

    "Why was the statute struck down in Bowsher v. Synar?" is answered by a ruling that recounts it.
    The law of a place is not held because a text names the place.
    """
    passages = [one.hit.passage for one in evidence[:_LOOKED_AT]]
    said = [_stems(f"{one.text} {one.locator.author or ''}") for one in passages]
    wanted = {name: _own_stems(name) for name in names if not name.startswith(ANY_LAW)}
    return tuple(name for name, stems in wanted.items() if any(stems <= one for one in said))


def spoken_of(
    named: Sequence[str], missing: Sequence[str], evidence: Sequence[Evidence]
) -> tuple[str, ...]:
    """Of citations that are not held those of the Constitution that the best passages cite.

    "Does the Tenth Amendment protect cities?" asks what courts made of it: its own words would say
    little. Of a statute or a ruling that is not held, what others say is no answer.
    """
    said = {key for one in evidence[:_LOOKED_AT] for key in citations_in(one.hit.passage.text)}
    found = {printed_key(key) for key in named if key.startswith(_CONSTITUTION) and key in said}
    return tuple(name for name in missing if name in found)


def _tidy(name: str) -> str:
    """A name without the word that led up to it: "Under Chicago's Welcoming City Ordinance"."""
    first, _, rest = name.strip().partition(" ")
    return rest if rest and first.lower() in _NO_NAME else name.strip()


def names_held_case(text: str, entries: Iterable[Entry]) -> bool:
    """Whether a question names a case that is held: what that cites may be asked of it."""
    rulings = [known for kind, known in map(_known, entries) if kind is Kind.COURT_RULING]
    return any(_is_case(match[0], rulings) for match in _CASE.finditer(text))


@lru_cache(maxsize=10_000)
def _known(entry: Entry) -> tuple[Kind, frozenset[str]]:
    """The stems that an entry is known by."""
    parts = [entry.title, entry.citation or "", place_name(entry.jurisdiction), *entry.parties]
    return entry.kind, frozenset(_stems(" ".join(parts)))


def _own_stems(name: str) -> set[str]:
    """The stems of a name's own words; "Breyer's" is Breyer."""
    own = re.sub(r"['’]s\b", "", name)
    return {stem(word) for word in words(own) if word not in _NO_NAME}


def _stems(text: str) -> set[str]:
    return {stem(word) for word in words(text)}


def _is_case(case: str, rulings: Sequence[frozenset[str]]) -> bool:
    sides = [_significant(side) for side in re.split(r"\s+vs?\.?\s+", case)]
    return any(side and side <= known for side in sides for known in rulings)


def _significant(text: str) -> set[str]:
    """A party's name without what every other case has: "United States", "City of"."""
    common = {"unit", "state", "us", "u.s", "citi", "counti", "new", "of", "the", "et", "al"}
    said = {stem(word) for word in words(text) if word not in _NO_NAME}
    return said - common or set()


def _is_known(name: str, every: Sequence[frozenset[str]]) -> bool:
    """Whether some entry is known by all the words that are a place's own."""
    return any(_own_stems(name) <= known for known in every)


def _is_held(name: str, every: Sequence[frozenset[str]]) -> bool:
    said = _own_stems(name)
    return (len(said) < 2 and not _BILL.search(name) and name not in STATES) or any(
        said <= known for known in every
    )
