"""Which court decided, and where its holdings bind: from an entry's issuer and citation.

The circuits are those of 28 U.S.C. § 41. A trial court's holding binds its parties alone.
Appellate holdings are taken to bind every public body of their place; whether a state's court
must follow a federal circuit on federal law is not asked here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pincite.said import Said
from pincite.types import Entry

_CIRCUITS: Mapping[str, tuple[str, str]] = {
    "1": (Said("First Circuit"), "me ma nh pr ri"),
    "2": (Said("Second Circuit"), "ct ny vt"),
    "3": (Said("Third Circuit"), "de nj pa vi"),
    "4": (Said("Fourth Circuit"), "md nc sc va wv"),
    "5": (Said("Fifth Circuit"), "la ms tx"),
    "6": (Said("Sixth Circuit"), "ky mi oh tn"),
    "7": (Said("Seventh Circuit"), "il in wi"),
    "8": (Said("Eighth Circuit"), "ar ia mn mo ne nd sd"),
    "9": (Said("Ninth Circuit"), "ak az ca gu hi id mt nv mp or wa"),
    "10": (Said("Tenth Circuit"), "co ks nm ok ut wy"),
    "11": (Said("Eleventh Circuit"), "al fl ga"),
    "dc": (Said("D.C. Circuit"), "dc"),
    # Its precedents bind by subject, not by place.
    "federal": (Said("Federal Circuit"), ""),
}
_NUMBERED = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh"
_ORDINALS = _NUMBERED.split("|")


@dataclass(frozen=True, slots=True)
class Court:
    """A court by its name, the places its holdings bind, and the name of those together.

    `binds` is empty for a court whose holdings bind the parties alone, or by subject.
    """

    name: str
    binds: tuple[str, ...] = ()
    reach: str = ""


def court_of(entry: Entry) -> Court | None:
    """The court that decided, or None where neither issuer nor citation tells."""
    said = (entry.issuer or "", entry.citation or "")
    for issued, cited, made in _ROWS:
        for pattern, text in zip((issued, cited), said, strict=True):
            if pattern and (match := pattern.search(text)):
                return made(entry, match)
    return _of_its_place(entry) if entry.issuer and entry.jurisdiction else None


def _supreme(entry: Entry, match: re.Match[str]) -> Court:
    return Court(Said("U.S. Supreme Court"), ("us",))


def _circuit(entry: Entry, match: re.Match[str]) -> Court:
    said = match[1].lower().removesuffix(" circuit")
    number = str(_ORDINALS.index(said) + 1) if said in _ORDINALS else _key(said)
    name, states = _CIRCUITS.get(number, (f"{match[1]} Circuit", ""))
    reach = Said("the {name}", name=name) if states else ""
    return Court(Said("U.S. Court of Appeals, {name}", name=name), _places(states), reach)


def _key(said: str) -> str:
    """A circuit's key: "2d" is "2", "D.C." and "District of Columbia" are "dc"."""
    letters = re.sub(r"[^a-z\d]", "", said)
    if letters[:1].isdigit():
        return re.sub(r"\D", "", letters)
    return "federal" if letters.startswith("fed") else "dc"


def _places(states: str) -> tuple[str, ...]:
    return tuple(f"us/{state}" for state in states.split())


def _district(entry: Entry, match: re.Match[str]) -> Court:
    return Court(_named(entry, Said("a federal district court")))


def _tribunal(entry: Entry, match: re.Match[str]) -> Court:
    return Court(_named(entry, Said("an agency's tribunal")))


def _of_its_place(entry: Entry) -> Court:
    """A court of a state, or of a country that has no row of its own."""
    state = "/".join((entry.jurisdiction or "").split("/")[:2])
    issuer = entry.issuer or ""
    first = _FIRST_INSTANCE.get(state, _TRIAL).search(issuer) or (
        state != "us/pa" and _SUPERIOR.search(issuer)
    )
    if first and not _APPEALS.search(issuer):
        return Court(issuer)
    # A federal court that no row knows: its reach is not guessed.
    return Court(issuer, (state,) if state != "us" else ())


def _named(entry: Entry, otherwise: str) -> str:
    return entry.issuer or otherwise


_TRIAL = re.compile(
    r"\b(?:circuit|district|county|city|municipal|family|civil|criminal|probate|land|juvenile|trial"
    r"|magistrate|justice) court|common pleas|chancery",
    re.I,
)
_SUPERIOR = re.compile(r"\bsuperior court", re.I)
_APPEALS = re.compile(r"appeal|appellate", re.I)
# What is called a supreme court elsewhere is New York's court of first instance.
_FIRST_INSTANCE: Mapping[str, re.Pattern[str]] = {
    "us/ny": re.compile(rf"{_TRIAL.pattern}|\bsupreme court", re.I)
}
_NTH = rf"{_NUMBERED}|\d{{1,2}}(?:st|d|nd|rd|th)|d\.?\s?c\.?|district of columbia|federal"
_OF_APPEALS = r"court of appeals\b.{0,40}?|^(?:the )?(?:u\.s\. )?"
_Made = Callable[[Entry, re.Match[str]], Court]
_ROWS: tuple[tuple[re.Pattern[str] | None, re.Pattern[str] | None, _Made], ...] = (
    (
        re.compile(r"board of|immigration court|immigration judge|immigration review", re.I),
        re.compile(r"\bI\.? ?& ?N\.? Dec\."),
        _tribunal,
    ),
    (
        # Some states count their own courts in circuits.
        re.compile(rf"(?:{_OF_APPEALS})\b({_NTH})\.? (?:circuit\b|cir\.)", re.I),
        re.compile(r"\((\d{1,2}(?:st|d|nd|rd|th)|D\.C\.|Fed\.) Cir\.", re.I),
        _circuit,
    ),
    (
        re.compile(
            r"(?:federal|united states|u\.s\.) district court|\bdistrict court for the\b", re.I
        ),
        re.compile(r"\((?:[NSEWCM]\.\s?(?:[NSEW]\.\s?)?)?D\.(?!C\. )\s?[A-Z]"),
        _district,
    ),
    (
        re.compile(
            r"^(?:the )?(?:u\.s\.|united states) supreme court|supreme court of the united states",
            re.I,
        ),
        re.compile(r"\b\d+ (?:U\.S\.|S\. ?Ct\.) (?:\d+|_+)"),
        _supreme,
    ),
)
