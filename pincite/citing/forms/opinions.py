"""Rulings: "Printz v. United States, 521 U.S. 898, 944 (1997) (Stevens, J., ...)" (rule 10)."""

from __future__ import annotations

import re

from pincite.citing.forms.wording import dated, division, inert, year_of
from pincite.citing.pinpoints import Pin
from pincite.types import Entry, Locator, Status

_HOW = re.compile(
    r"(?:concurring|dissenting)(?: in (?:the )?(?:judgments?|part|results?))*"
    r"(?:,? (?:and )?(?:concurring|dissenting)(?: in (?:the )?(?:judgments?|part|results?))*)*"
)
_FULL = re.compile(r"concurring in (?:both )?(?:the )?(?:judgment and (?:the )?)?opinions?\b")
_IN_JUDGMENT = re.compile(r"\bin (judgment|result)")
_SHORT_CHIEF = re.compile(r"\b([A-Z])\. (?=[A-Z]\.)")
_SEPARATE = {
    "concurrence": "concurring",
    "in_part": "concurring in part and dissenting in part",
    "dissent": "dissenting",
}


def ruling(entry: Entry, pin: Pin, status: Status) -> str:
    """The case, the page, and whose words they are where they are not the Court's."""
    cited = inert(entry.citation) or dated(inert(entry.title), entry.issued)
    bare, year = year_of(cited)
    place = division(pin.text)
    if place.startswith("at ") and year:
        printed = f"{bare}, {place.removeprefix('at ')}{year}"
    elif place.startswith("syllabus"):
        return f"{cited} ({place.removesuffix(',')})"
    else:
        printed = f"{cited}, {place}" if place else cited
    return printed + weight(pin.where)


def weight(where: Locator) -> str:
    """The parenthesis "(Scalia, J., dissenting)" for words that are not the Court's (10.6.1)."""
    if where.part == "plurality":
        return " (plurality opinion)"
    how = _SEPARATE.get(where.part or "")
    if how is None:
        return ""
    said = [heading for heading in where.headings if _HOW.search(heading)]
    if where.part == "in_part" and where.author and not said and where.headings:
        return f" (opinion of {_author(where.author)})"
    how = _how(said[0], how) if said else how
    return f" ({_author(where.author)}, {how})" if where.author else f" ({how})"


def _how(byline: str, otherwise: str) -> str:
    """How a justice votes, in the byline's own words: "concurring in the judgment"."""
    if _FULL.search(byline):
        return "concurring"
    found = _HOW.search(byline)
    how = found[0] if found else otherwise
    return _IN_JUDGMENT.sub(r"in the \1", how)


def _author(name: str) -> str:
    """ "Roberts, C.J.": initials close up (rule 6.1(a))."""
    named = inert(name)
    return _SHORT_CHIEF.sub(r"\1.", named) if ". " in named else named
