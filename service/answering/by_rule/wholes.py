"""What a text or a clause says, where a question names it and asks of no matter in it.

    "What does Iowa Code § 27A.4 say?"     that section
    "8 U.S.C. § 1373(a)"                   that clause
    "Summarize Exec. Order No. 14,287"     its policy, or its purpose
    "What does Local Law 228 of 2017 do?"  its first rule

Such a question shares no word with its answer, so no ranking finds it.
"""

from __future__ import annotations

import re

from pincite.said import N_, Said
from pincite.types import Citation, Statement
from service.answering.by_rule.alone import named_alone, no_such_clause
from service.answering.by_rule.gists import clause, gist
from service.answering.by_rule.telling import Told
from service.answering.stretches import has_deleted
from service.citing import cite
from service.holdings import Holdings
from service.vantage import Vantage

# What such a question says beside the name.
_SAYS_WORDS = """
    say says said provide provides order orders contain contains read reads state states cover
    covers mean means language wording content contents summary summarize summarise gist
    overview purpose purposes point main key whole show quote give see find exactly briefly
    short plain english look up provision about
"""
_SAYS = frozenset(_SAYS_WORDS.split())
_ASKS_ELSE = re.compile(r"\b(?:who|whom|whose|when|where|why|how|which)\b", re.I)
_NO_MATTER = N_(
    "Only a text was named, not a matter in it: quoted is its policy, its purpose, its first rule"
    " or its beginning."
)


def lacking_clause(question: str, view: Vantage, holdings: Holdings) -> str | None:
    """The clause that is asked for and that its text, which is held, does not have; None else."""
    return no_such_clause(question, _SAYS, view, holdings)


def whole(question: str, view: Vantage, holdings: Holdings) -> Told | None:
    """The clauses that are named, or what the texts named say of themselves; None else."""
    if _ASKS_ELSE.search(question):
        return None
    citations: list[Citation] = []
    notices: tuple[str, ...] = ()
    for place in named_alone(question, _SAYS, view, holdings):
        document = holdings.document(place.document_id)
        if place.span is None:
            notices = (Said(_NO_MATTER),)
        spans = gist(document) if place.span is None else clause(document, place.span)
        citations += [cite(document, one, view) for one in spans if not has_deleted(document, one)]
    statements = tuple(
        Statement(one.quote, one.channel, (at,)) for at, one in enumerate(citations, start=1)
    )
    return Told(statements, tuple(citations), notices) if statements else None
