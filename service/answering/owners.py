"""Whose law a question asks for: "Georgia's statute", "Iowa law", "the ordinance of Somerville"."""

from __future__ import annotations

import re
from functools import lru_cache

from service.wording import place_names, places_named

_LAW = r"(?:laws?(?! enforcement)|statutes?|ordinances?|codes?|legislation)\b"


def owners_of_law(text: str, jurisdictions: frozenset[str]) -> tuple[str, ...]:
    """The places of the corpus whose own law is spoken of, not what merely binds there."""
    found = [match[0] for match in _owned(jurisdictions).finditer(text)]
    return tuple(sorted({path for said in found for path in places_named(said, jurisdictions)}))


@lru_cache(maxsize=8)
def _owned(jurisdictions: frozenset[str]) -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(place_names(jurisdictions), key=len, reverse=True)))
    return re.compile(
        rf"(?<!\w)(?:(?:{names})(?:['’]s?)?\s+(?:[\w-]+\s+){{0,3}}?{_LAW}"
        rf"|{_LAW}\s+(?:of|in)\s+(?:{names})(?!\w))",
        re.I,
    )
