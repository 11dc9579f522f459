"""The places of a question, and the same question of another place.

    moved("Must a sheriff in Iowa honor detainers?", "New York", jurisdictions)
    # "Must a sheriff in New York honor detainers?"

A place in the name of a law goes with it: "Under Iowa Code ch. 27A" becomes "Under the law of
New York". One in the name of a case stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pincite.citations.find import named_in
from pincite.places import states
from pincite.types import Span
from service.conversing.saying import ASKING, AUXILIARY
from service.conversing.turns import trimmed
from service.wording import place_names

# Cities that are asked about where sanctuary policies are; a corpus's own are known besides.
_CITIES = """
    Albuquerque; Atlanta; Austin; Baltimore; Berkeley; Boston; Boulder; Buffalo; Charlotte;
    Chicago; Cleveland; Columbus; Dallas; Denver; Detroit; El Paso; Fresno; Houston; Indianapolis;
    Jersey City; Kansas City; Las Vegas; Los Angeles; Louisville; Memphis; Miami; Milwaukee;
    Minneapolis; Nashville; New Haven; New Orleans; Newark; Oakland; Oklahoma City; Philadelphia;
    Phoenix; Pittsburgh; Portland; Providence; Raleigh; Rochester; Sacramento; Salt Lake City;
    San Antonio; San Diego; San Francisco; San Jose; Santa Fe; Seattle; St. Louis; St. Paul;
    Tacoma; Tucson; Tulsa
"""
_NAME = r"[A-Z][\w.’'-]{1,30}"
_AREA = rf"(?!(?i:{AUXILIARY}|{ASKING}|and|or)\s){_NAME}(?:\s{_NAME}){{0,2}}\s(?:County|Parish)"
_INTO = (
    r"(?:in|for|at|under|within|across|of|with|near|over\s+in)\s+"
    r"(?:the\s+)?(?:(?:city|state|county|district)\s+of\s+)?(?:the\s+)?"
)
_OF_LAW = (
    r"(?:['’]s)?(?:\s+(?:state\s+|city\s+)?(?:laws?|rules?|codes?|statutes?|ordinances?"
    r"|polic(?:y|ies)|agreements?))?"
)
_LAW = (
    r"(?:Code|Act|Law|Ordinance|Statutes?|Constitution|Charter|Gen\.\sStat\.|S\.?B\.?|H\.?B\.?"
    r"|Executive\sOrders?|E\.?O\.?)"
)
_NUMBER = (
    r"(?:\s+(?:Ann\.\s*)?(?:No\.\s*)?(?:§+\s*|ch(?:apter|\.)\s*|sections?\s+)?\d[\w.:-]*"
    r"(?:\([a-z0-9]{1,4}\))*(?:\s+of\s+\d{4})?)?"
)
# A police force whose name says whose it is: the NYPD, the LAPD.
_POLICE = re.compile(r"\b(?:[Tt]he\s+)?(?:[A-Z]{2,3}PD|nypd|lapd)\b")
# Codes of the nation, not of a place, and orders of its President.
_NATIONAL = re.compile(r"\d+ (?:usc|cfr)|eo \d|\d+ us |us const|pub l")


def place_in(text: str, jurisdictions: frozenset[str], *, loose: bool) -> str | None:
    """The place that is all a text says, as it is written there: "in Iowa", "under Iowa law".

    Where `loose`, any capitalised name behind "in" counts, known or not.
    """
    state = rf"(?:,\s*(?:{'|'.join(map(re.escape, states()))}))?"
    into = rf"(?:(?:not|even|only|just)\s+){{0,2}}(?:{_INTO}|the\s+)?"
    whole = re.compile(rf"{into}(?P<place>{_pattern(jurisdictions)}{state}){_OF_LAW}", re.I)
    if match := whole.fullmatch(text):
        return _written(match["place"])
    named = re.fullmatch(rf"(?i:{into})(?P<place>{_AREA}{state})(?i:{_OF_LAW})", text)
    if named is None and loose:
        pattern = rf"(?i:in|for)\s+(?P<place>{_NAME}(?:\s{_NAME}){{0,2}})(?i:{_OF_LAW})"
        named = re.fullmatch(pattern, text)
    return named["place"] if named else None


def places_of(text: str, jurisdictions: frozenset[str]) -> list[str]:
    """The places that a text names outside the names of cases, each once, as written."""
    return list(dict.fromkeys(text[s.start : s.end] for s, _ in _found(text, jurisdictions)))


def moved(text: str, place: str, jurisdictions: frozenset[str]) -> str | None:
    """The same question of another place; None where it is about several."""
    found = list(_found(text, jurisdictions))
    names = {text[span.start : span.end].lower() for span, _ in found}
    if len(names) > 1:
        return None
    laws = _laws(text, found)
    spans = [(span, f"the law of {place}") for span in laws]
    spans += [(whole, place) for _, whole in found if not any(law.meets(whole) for law in laws)]
    if not spans:
        return f"{_POLICE.sub('the police department', trimmed(text))} in {place}?"
    for span, new in sorted(spans, key=lambda pair: -pair[0].start):
        text = text[: span.start] + new + text[span.end :]
    return text[0].upper() + text[1:]


def _found(text: str, jurisdictions: frozenset[str]) -> Iterator[tuple[Span, Span]]:
    """Each place: its name, and that with the state behind it: "Lee County (Florida)"."""
    names = "|".join(map(re.escape, states()))
    behind = re.compile(rf"(?:,\s*(?:{names})\b|\s\((?:{names})\))")
    one = re.compile(rf"(?:{_AREA})|(?<![\w.])(?i:{_pattern(jurisdictions)})(?!\w)")
    end = 0
    for match in one.finditer(text):
        around = text[max(0, match.start() - 12) : match.start()], text[match.end() :]
        if match.start() < end or match[0] == "Washington" or _of_case(*around):
            continue
        more = behind.match(text, match.end())
        end = more.end() if more else match.end()
        yield Span(*match.span()), Span(match.start(), end)


def _of_case(before: str, after: str) -> bool:
    """Whether a name is a side of a case: "New York v. United States", "Clinton v. City of ..."."""
    return bool(re.match(r"\s+vs?\.?\s", after) or re.search(r"\bv\.?\s(?:City of\s)?$", before))


def _laws(text: str, found: list[tuple[Span, Span]]) -> list[Span]:
    """The names of laws of these places, and citations of laws that are not the nation's."""
    laws = []
    for span, _ in found:
        name = re.escape(span.of(text))
        law = rf"(?:the\s+)?{name}(?:['’]s)?\s+(?:[A-Z][\w.’'&-]*\s+){{0,4}}?{_LAW}(?!\w){_NUMBER}"
        laws += [Span(*match.span()) for match in re.finditer(law, text)]
    for mention, _ in named_in(text):
        if mention is not None and mention.kind != "case" and not _NATIONAL.match(mention.key):
            laws.append(mention.span)
    kept: list[Span] = []
    for law_span in sorted(laws, key=lambda span: (span.start, -span.end)):
        if not any(one.meets(law_span) for one in kept):
            kept.append(law_span)
    return kept


@lru_cache(maxsize=8)
def _pattern(jurisdictions: frozenset[str]) -> str:
    known = {*place_names(jurisdictions)} | {name.lower() for name in (*states(), *_cities())}
    return "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))


def _cities() -> list[str]:
    return [name.strip() for name in _CITIES.split(";")]


def _written(place: str) -> str:
    """A place as it is spelt, where somebody typed it small."""
    if place.lower() == "district of columbia":
        return "the District of Columbia"
    if place != place.lower():
        return place
    spelt = {name.lower(): name for name in (*states(), *_cities())}
    return spelt.get(place) or (place.upper() if len(place) < 4 else place.title())
