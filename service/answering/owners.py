"""Whose law a question asks for: "Georgia's statute", "Iowa law", "the ordinance of Somerville"."""

from __future__ import annotations

import re
from functools import lru_cache

from service.wording import place_names, places_named

LAW = r"(?:laws?(?! enforcement)|statutes?|ordinances?|codes?|legislation)\b"
"""What a place enacts."""
_SORTS = (
    r"(?:(?:anti-)?sanctuary|immigration|detainer|trust|welcoming|surveillance|criminal|state|city"
    r"|municipal|administrative|local|own|new|old|current|existing|so-called|enforcement)"
)
_NO_SORT = (
    r"(?:enforces?|breaks?|follows?|obeys?|violates?|makes?|under|by|the|an?|of|in|police|sheriffs?"
    r"|officers?|jails?|cops|must|may|can|and|or)\b"
)
THEIR_LAW = rf"(?:['’]s?\s+(?:(?!{_NO_SORT})[\w-]+\s+){{0,3}}?|\s+(?:{_SORTS}\s+){{0,3}}){LAW}"
"""What stands behind the name of a place whose own law is meant: "'s sanctuary statute"."""


def owners_of_law(text: str, jurisdictions: frozenset[str]) -> tuple[str, ...]:
    """The places of the corpus whose own law is spoken of, not what merely binds there."""
    found = [match[0] for match in _owned(jurisdictions).finditer(text)]
    return tuple(sorted({path for said in found for path in places_named(said, jurisdictions)}))


@lru_cache(maxsize=8)
def _owned(jurisdictions: frozenset[str]) -> re.Pattern[str]:
    known = sorted(place_names(jurisdictions), key=len, reverse=True)
    names = "|".join(map(re.escape, known)) or "(?!)"
    return re.compile(
        rf"(?<!\w)(?:(?:{names}){THEIR_LAW}|{LAW}\s{{1,3}}(?:of|in)\s{{1,3}}(?:{names})(?!\w))",
        re.I,
    )
