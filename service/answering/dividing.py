"""When an answer hangs on the place and none was named: each place's clause, and no answer."""

from __future__ import annotations

from collections.abc import Sequence

from pincite.authority import in_words
from pincite.places import within
from pincite.said import Said
from pincite.standing import listed
from pincite.types import Answer
from service.answering.considering import Considered
from service.answering.evidence import Evidence
from service.answering.precedence import Behind
from service.answering.quoting import quotes
from service.citing import cite

# So many places are shown, each with the clause of its own law that bears best.
_MOST_PLACES = 6


def by_place(
    evidence: Sequence[Evidence], nearly: float, behind: Behind = lambda one: 0.0
) -> list[Evidence]:
    """The best law of each place, best first, where the answer hangs on the place; else none.

    It does when law bears best, the passages that bear within `nearly` of the best are law of
    several places, and none of these places holds all the others: federal law that bears as well
    answers for every place, but not a ruling on one of their texts that stands `behind` it. The
    caller sees to it that no place and no text was named.
    """
    if not evidence or not evidence[0].is_law:
        return []
    best = evidence[0]
    leading = {
        place
        for one in evidence
        if one.score - behind(one) >= best.score - nearly and one.names >= best.names
        for place in _places(one)
    }
    if not leading or any(all(within(place, above) for place in leading) for above in leading):
        return []
    # Above the mean of the passages weighed, or among the first.
    floor = min(0.0, best.score - nearly)
    first: dict[str, Evidence] = {}
    for one in evidence:
        for place in _places(one) if one.score >= floor and one.names >= best.names else ():
            first.setdefault(place, one)
    return list({id(one): one for one in first.values()}.values())[:_MOST_PLACES]


def _places(one: Evidence) -> tuple[str, ...]:
    return one.authority.binds if one.is_law else ()


def divided(on: Considered, shown: Sequence[Evidence]) -> Answer:
    """No answer without a place: the clause of each that bears best, and why."""
    asking = on.asking
    clauses = [
        next(iter(quotes([one], asking.wanted, asking.vector, asking.dense)), None) for one in shown
    ]
    nearest = tuple(
        cite(one.document, clause.span if clause else one.hit.passage.span, on.view)
        for one, clause in zip(shown, clauses, strict=True)
    )
    names = listed([in_words(place) for one in shown for place in _places(one)])
    why = Said(
        "The law on this differs from place to place, and no place was named. Shown are clauses"
        " of {places}; name one in the question, or give it as the place.",
        places=names,
    )
    return Answer(
        asking.question,
        reason="needs_jurisdiction",
        nearest=nearest,
        notices=(why,),
        confidence=round(on.likely, 4),
    )
