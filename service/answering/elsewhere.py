"""What binds only elsewhere answers nobody who asks about a place that the corpus knows.

"What does Georgia's sanctuary statute prohibit?" is not answered with Tennessee's, however near,
nor with an order of the President's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pincite.cities import CITIES, cities_in
from pincite.kinds import KINDS, Kind
from pincite.places import states, within
from pincite.types import Entry, Hit
from service.answering.owners import owners_of_law
from service.answering.sources import texts_named
from service.answering.subjects import without_cases
from service.holdings import Holdings
from service.vantage import Vantage
from service.wording import places_named

# Who looks for others than the place that is named, or for what it has in common with them.
_OTHERS = re.compile(
    r"\b(?:others?|another|anywhere|elsewhere|else|similar\w*|alike|compar\w+|differ\w*|unlike"
    r"|the same as|versus|model(?:l?ed)? (?:on|after)|cop(?:y|ied) (?:from|of)|neighbou?r\w*"
    r"|(?:something|anything|laws?|statutes?|ordinances?|rules?|polic(?:y|ies)|one) like"
    r"|any (?:states?|cit(?:y|ies)|places?|towns?|count(?:y|ies))(?= (?:ha[sd]|have|do))"
    r"|(?:which|what) (?:states|cities|places|towns|counties))\b",
    re.I,
)
_UNSURE = frozenset({"Washington", "New York"})
# How a question asks for what the place itself has enacted, and not for what binds it.
_ABOVE = re.compile(
    r"\b(?:federal(?:ly)?|united states|(?-i:U\.?S\.?)C?|president\w*|congress"
    r"|(?:un)?constitution\w*|amendments?|pre-?empt\w*|supremacy)(?!\w)",
    re.I,
)
_AGREEMENT = re.compile(r"\b(?:agreements?|moas?|memorand\w+)\b", re.I)


def without_elsewhere(
    question: str, hits: Sequence[Hit], holdings: Holdings, view: Vantage
) -> list[Hit]:
    """The passages without the law and the records of places other than those that are named.

    Who asks for the law that a place has made gets nothing of higher rank either, and no agreement.
    What a court said of another's law stays; so does every text that the question names, and all
    where no place is named or others are asked about.
    """
    text = without_cases(question)
    near = _places(text, holdings.jurisdictions)
    if not near or _OTHERS.search(text):
        return list(hits)
    own = _asks_own(text, holdings.jurisdictions)
    deal = _AGREEMENT.search(text) is not None
    named = frozenset().union(*texts_named(question, holdings, view))

    def may_answer(hit: Hit) -> bool:
        entry = holdings.record(hit.passage.document_id).entry
        anywhere = entry.kind is Kind.COURT_RULING or KINDS[entry.kind].channel == "argument"
        if entry.id in named or anywhere:
            return True
        no_law_of_it = entry.jurisdiction == "us" or (entry.kind is Kind.AGREEMENT and not deal)
        return _is_there(entry, near) and not (own and no_law_of_it)

    return [hit for hit in hits if may_answer(hit)]


def _asks_own(text: str, jurisdictions: frozenset[str]) -> bool:
    """Whether it asks for the law of a place, by whose it is: "Georgia's statute", "Iowa law"."""
    return bool(owners_of_law(text, jurisdictions)) and not _ABOVE.search(text)


def _is_there(entry: Entry, near: Sequence[str]) -> bool:
    """Whether a text is of one of these places, of what it lies in or of some part of it."""
    own = entry.jurisdiction
    return own in (None, "us") or any(within(one, own) or within(own, one) for one in near)


def _places(text: str, jurisdictions: frozenset[str]) -> tuple[str, ...]:
    """The places named, of the corpus or not: its places, large cities, and states."""
    cities = [path for name in cities_in(text) for path in CITIES[name]]
    known = places_named(text, jurisdictions)
    return (*known, *cities, *(states()[match[0].title()] for match in _states().finditer(text)))


@cache
def _states() -> re.Pattern[str]:
    """The names of states that are no other thing's: "Washington" is."""
    names = "|".join(re.escape(name) for name in states() if name.istitle() and name not in _UNSURE)
    return re.compile(rf"(?<!\w)(?:{names})(?!\w)", re.I)
