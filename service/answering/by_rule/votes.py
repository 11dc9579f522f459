"""How a court voted: who wrote and who joined each opinion of a ruling that is named alone.

"Was Arizona v. United States unanimous?"    "... Scalia concurred in part and dissented ..."
"""

from __future__ import annotations

import re

from pincite.kinds import Kind
from pincite.standing import short_name
from pincite.types import Statement
from service.answering.by_rule.alone import named_alone
from service.answering.by_rule.authorship import opinions_of, proofs, said_of
from service.answering.by_rule.telling import Told
from service.citing import cite
from service.holdings import Holdings
from service.vantage import Vantage

_ASKS = re.compile(
    r"\b(?:vote[sd]?|line-?ups?|unanimous(?:ly)?|split|breakdown|tally|5-4|6-3|7-2|8-1|9-0"
    r"|on (?:which|what) sides?|who (?:was|were) (?:for|against|in the (?:majority|minority)))\b",
    re.I,
)
# What such a question says beside the case's name.
_VOTING_WORDS = """
    what which who how was were did do is on in for against with case decision ruling opinion
    opinions vote votes voted voting lineup line up ups unanimous unanimously split breakdown tally
    justice justices judge judges court supreme side sides majority minority dissent dissents
    dissented concur concurred concurrence join joined each every member members 5 4 6 3 7 2 8 1 9 0
    5-4 6-3 7-2 8-1 9-0 decide decided chief
    u us
"""
_VOTING = frozenset(_VOTING_WORDS.split())
# "with Scalia", "did Justice Thomas": one who voted.
_VOTER = re.compile(
    r"\b((?i:(?:with|did|how)(?: chief)?(?: justice)?|justice)) [A-Z][\w’'-]+\b(?!\s+vs?\b)"
)
# As if asked who joined: all opinions are told, with who joined them.
_ALL = "joined"


def voted(question: str, view: Vantage, holdings: Holdings) -> Told | None:
    """Who wrote and who joined the opinions of the ruling named, if its vote is asked; or None."""
    if not _ASKS.search(question):
        return None
    places = named_alone(_VOTER.sub(r"\1", question), _VOTING, view, holdings)
    if len(places) != 1 or places[0].span is not None:
        return None
    document = holdings.document(places[0].document_id)
    if document.entry.kind is not Kind.COURT_RULING:
        return None
    opinions = opinions_of(document)
    spans = proofs(document, opinions, _ALL, len(opinions)) if opinions else []
    if not spans:
        return None
    citations = tuple(cite(document, span, view) for span in spans)
    said = said_of(short_name(document.entry), opinions, _ALL)
    at = tuple(range(1, len(citations) + 1))
    return Told((Statement(said, citations[0].channel, at),), citations, ())
