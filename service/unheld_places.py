"""The cities and states whose rules a question asks for and of which the corpus holds none.

By the table of large cities, by the states, and by capitalised names that no passage knows, where
the question speaks of them as of places.
"""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from pincite.cities import BEFORE, BEHIND, CITIES, cities_in
from pincite.kinds import KINDS, Kind
from pincite.places import place_name, states, within
from pincite.standing import is_law
from pincite.types import Entry
from pincite.words import STOP_WORDS, stem
from service.answering.evidence import asks_court, asks_law
from service.answering.owners import LAW, THEIR_LAW
from service.holdings import Holdings
from service.naming import ANY_LAW, STATES

_UNKNOWN = re.compile(
    r"(?:(?P<before>\b(?:in|within|city of)\s+)|(?<=\s))"
    rf"(?P<name>[A-Z][a-z]{{3,30}})(?P<behind>{BEHIND})?"
)
_RULES = re.compile(
    r"\b(?:polic(?:y|ies)|ordinances?|laws?|rules?|codes?|requires?|forbids?|prohibits?|acts?"
    r"|fines?|fees?|penalt(?:y|ies)|permits?|licen[cs]es?|tickets?|deadlines?|(?:il)?legal|lawful"
    r"|rights|how (?:long|soon|many (?:hours|days|months|years)"
    r"|much (?:is|are|may|must|do|does|can)))\b",
    re.I,
)
# What a city itself has made; whether it may make such a thing its state's law tells.
_ITS_OWN = re.compile(
    r"(?<!adopt an )(?<!enact an )(?<!pass an )(?<!adopt )(?<!enact )(?<!pass )"
    r"\b(?:ordinances?|by-?laws?|resolutions?|councils?|aldermen"
    r"|(?:municipal|city) (?:codes?|laws?|polic(?:y|ies)|rules?))\b",
    re.I,
)
# "Kansas law", "the law of Kansas": an agreement of its police is none.
_THEIR_LAW = re.compile(THEIR_LAW, re.I)
_BEFORE = 30
_LAW_OF = re.compile(rf"{LAW}\s+(?:of|in)\s+$", re.I)
_MONTHS = frozenset(name.lower() for name in month_name if name)


def unheld_places(text: str, holdings: Holdings, named: Sequence[str] = ()) -> tuple[str, ...]:
    """The places whose rules are asked for and of which no law, record or agreement is held.

    One in the name of a source that is `named` as not held already is not told again.
    """
    for name in named:
        text = text.replace(name, " ")
    if not (asks_law(text) or _RULES.search(text)):
        return ()
    entries = [record.entry for record in holdings.records.values()]
    held = {entry.jurisdiction for entry in entries if entry.jurisdiction and _rules(entry)}
    laws = {entry.jurisdiction for entry in entries if entry.jurisdiction and is_law(entry)}
    found = [*_large(text, held, laws), *_states(text, held, laws), *_unknown(text, holdings)]
    return tuple(dict.fromkeys(found))


def _large(text: str, held: Collection[str], laws: Collection[str]) -> Iterator[str]:
    """Of the large cities those that no source of rules is of.

    The law of its state binds a city too, unless what the city itself has made is asked for.
    """
    known = {place_name(path).split(",")[0].lower() for path in held}
    for name in cities_in(text):
        paths = CITIES[name]
        if name.lower() in known or any(path in held for path in paths):
            continue
        bound = len(paths) == 1 and any(path != "us" and within(paths[0], path) for path in laws)
        if not bound or _ITS_OWN.search(text):
            yield f"{ANY_LAW} {place_name(paths[0]) if len(paths) == 1 else name}"


def _states(text: str, held: Collection[str], laws: Collection[str]) -> Iterator[str]:
    """The states of which, and in which, no source of rules is; no law, where that is asked for.

    What a court said of a state's law stands in its ruling.
    """
    if asks_court(text):
        return
    for match in _state_pattern().finditer(text):
        name = next(one for one in states() if one.lower() == match["state"].lower())
        before = text[: match.start("state")][-_BEFORE:]
        own = _THEIR_LAW.match(text, match.end("state")) or _LAW_OF.search(before)
        sources = laws if own else held
        if not any(within(path, states()[name]) for path in sources):
            yield f"{ANY_LAW} {name}"


@cache
def _state_pattern() -> re.Pattern[str]:
    names = "|".join(map(re.escape, STATES))
    there = rf"{BEFORE}(?=(?:{names})(?!\w))|(?=(?:{names}){BEHIND})(?<!\w)"
    return re.compile(rf"(?:{there})(?P<state>{names})", re.I)


def _rules(entry: Entry) -> bool:
    return KINDS[entry.kind].channel != "argument" and entry.kind is not Kind.NEWS


def _unknown(text: str, holdings: Holdings) -> Iterator[str]:
    """Capitalised names that no passage holds, and that are no slip of a word that one does.

    What is asked of a court ("in Murphy") is a case's name.
    """
    if asks_court(text):
        return
    for match in _UNKNOWN.finditer(text):
        name = match["name"]
        if not (match["before"] or match["behind"]) or name in CITIES:
            continue
        lower = name.lower()
        if lower in STOP_WORDS or lower in _MONTHS or holdings.knows(stem(lower)):
            continue
        if holdings.spelling.meant(lower) is None:
            yield f"{ANY_LAW} {name}"
