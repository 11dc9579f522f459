"""The words of a quote that decide a question: its modal verb, its number, its actor, its penalty.

By rule, from the sort of the question; where the rule is not sure, nothing is marked.

    deciding_in("May an officer inquire into status?", "An officer shall not inquire into ...")
    # the span of "shall not inquire"
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from pincite.kinds import Kind
from pincite.types import Answer, Citation, Span
from pincite.words import stem, terms
from service.answering.actors import penalty, who
from service.answering.clauses import Clause, clauses, weights
from service.answering.figures import number, quantity
from service.answering.modals import modal
from service.answering.sorts import Sort, sort_asked

Rarity = Callable[[str], float]


def decided(answer: Answer, question: str, rarity: Rarity) -> Answer:
    """The answer with the deciding words of each quote, none of them deleted by an act."""
    citations = tuple(
        replace(citation, deciding=_of(citation, question, rarity, best=not at))
        for at, citation in enumerate(answer.citations)
    )
    return replace(answer, citations=citations)


def deciding_in(
    question: str, quote: str, rarity: Rarity, *, best: bool = False
) -> tuple[Span, ...]:
    """The words of a quote that decide a question, in order; none where that is not sure.

    Of the `best` quote the one figure that it holds is what was asked for.
    """
    sort = sort_asked(question)
    if sort is None:
        return ()
    wanted = weights(question, rarity)
    rows = clauses(wanted, quote)
    if best:  # a passage that was found first bears on the question by more than its words
        rows = [replace(row, share=row.share + _BEST[sort]) for row in rows]
    return tuple(sorted(_FINDERS[sort](question, quote, rows, wanted)))


def _of(citation: Citation, question: str, rarity: Rarity, *, best: bool) -> tuple[Span, ...]:
    """The deciding words of a citation: what one side argues decides nothing but a figure of it.

    An opinion tells much of what may and must be done before it comes to what is asked.
    """
    if sort_asked(question) == "yes_no":
        if citation.channel == "argument":
            return ()
        best = best and citation.entry.kind is not Kind.COURT_RULING
    found = deciding_in(question, citation.quote, rarity, best=best)
    if found and sort_asked(question) == "yes_no" and citation.entry.kind is Kind.COURT_RULING:
        verb = stem(found[-1].of(citation.quote).split()[-1].lower())
        found = found if verb in terms(question) else ()
    return _kept(citation, found)


def _kept(citation: Citation, found: Sequence[Span]) -> tuple[Span, ...]:
    start = citation.span.start
    gone = [m.span for m in citation.marks if m.type == "deleted"]
    moved = [(one, Span(one.start + start, one.end + start)) for one in found]
    if any(span.meets(there) for _, there in moved for span in gone):
        return ()
    return tuple(one for one, _ in moved)


_Find = Callable[[str, str, Sequence[Clause], Mapping[str, float]], list[Span]]
# What is added for the quote that bears best, by sort: of it, one figure alone is what was asked.
_BEST: Mapping[Sort, float] = {
    "consequence": 0.1,
    "quantity": 0.1,
    "number": 0.1,
    "who": 0.0,
    "yes_no": 0.1,
}
_FINDERS: Mapping[Sort, _Find] = {
    "consequence": penalty,
    "quantity": quantity,
    "number": number,
    "who": who,
    "yes_no": modal,
}
