"""Whether a model's reading of a follow-up says what was said, and nothing that was not.

Every name, number and citation that the rules carry is in it; none comes from elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pincite.citations.find import citations_in
from pincite.words import STOP_WORDS

# The first word of a sentence has its capital from there.
_NAME = re.compile(r"(?<![.?!]\s)(?<!^)\b[A-Z][\w’'&-]*")
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")


def is_faithful(reading: str, carried: Sequence[str], earlier: Sequence[str]) -> bool:
    """Whether a reading names all that `carried` does, and nothing that was not said before."""
    said = names(reading)
    must = frozenset[str]().union(*map(names, carried))
    everything = " ".join((*carried, *earlier)).lower()
    known = must.union(*map(names, earlier))
    return must <= said and all(name in known or name in everything for name in said)


def names(text: str) -> frozenset[str]:
    """The names, numbers and citations of a question, in small letters."""
    named = {match[0].lower().removesuffix("'s") for match in _NAME.finditer(text)}
    numbers = {match[0].replace(",", "") for match in _NUMBER.finditer(text)}
    cited = {form for form in citations_in(text) if not form.startswith("§")}  # a number as well
    return frozenset((named - STOP_WORDS) | numbers | cited)
