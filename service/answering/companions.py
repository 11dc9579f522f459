"""What a quoted rule must not be read without: its exceptions and its defined terms.

By rule alone, from the outline and the text of the version that is cited; never by a model.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from pincite.kinds import Kind
from pincite.types import Answer, Citation, Companion, CompanionType, Document, Span
from service.answering.borrowed import Elsewhere, borrowed_in
from service.answering.definitions import Definition, defined_in
from service.answering.exceptions import exceptions_to
from service.answering.laws import Law, law_of
from service.answering.layout import Layout
from service.citing import cite
from service.holdings import Holdings
from service.vantage import Vantage

MOST_EXCEPTIONS = 2
MOST_DEFINITIONS = 3
_CITED = 3  # an answer quotes no more passages than this
_LAWS = frozenset(
    {
        Kind.CONSTITUTION,
        Kind.STATUTE,
        Kind.ORDINANCE,
        Kind.AMENDING_ACT,
        Kind.EXECUTIVE_ORDER,
    }
)


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch that goes with a quote: an exception, or the definition of `term`.

    `document` is the other one that it stands in, or None for the document of the quote.
    """

    span: Span
    term: str = ""
    document: Document | None = None

    @property
    def type(self) -> CompanionType:
        """What it does to the quoted rule."""
        return "definition" if self.term else "exception"


# Fewer words state no rule: a date, a signature.
_LEAST_OF_A_RULE = 5


def accompanied(answer: Answer, holdings: Holdings, view: Vantage) -> Answer:
    """The answer with the exceptions and definitions of the law that it quotes.

    A clause comes with one quote only, and never where the answer quotes it anyway.
    """
    view = replace(view, day=answer.as_of or view.day)
    elsewhere = Elsewhere(holdings.links, holdings.document, view)
    shown: dict[str, list[Span]] = {}
    for citation in answer.citations:
        shown.setdefault(citation.version, []).append(citation.span)
    citations = []
    for place, citation in enumerate(answer.citations):
        is_rule = citation.channel == "law" and len(citation.quote.split()) >= _LEAST_OF_A_RULE
        if place < _CITED and is_rule and citation.entry.kind in _LAWS:
            document = holdings.document(citation.entry.id)
            taken = shown[citation.version]
            later = _amending(citation, holdings, view)
            found = [
                one
                for one in companions_of(
                    document, citation.span, taken, holdings.rarity, later, elsewhere
                )
                if not _is_shown(one, shown)
            ]
            for one in found:
                shown.setdefault((one.document or document).version, []).append(one.span)
            citation = replace(
                citation,
                companions=tuple(
                    Companion(one.type, cite(one.document or document, one.span, view), one.term)
                    for one in found
                ),
            )
        citations.append(citation)
    return replace(answer, citations=tuple(citations))


def _amending(citation: Citation, holdings: Holdings, view: Vantage) -> list[Document]:
    """The acts that have since changed what an act wrote into a code; a code is kept up to date."""
    if citation.entry.kind is not Kind.AMENDING_ACT:
        return []
    changes = view.works.amendments(citation.entry, view.day)
    return [holdings.document(change.actor.id) for change in changes]


def _is_shown(one: Found, shown: Mapping[str, Sequence[Span]]) -> bool:
    """Whether a clause of another document is quoted already, or stands beside another quote."""
    taken = shown.get(one.document.version, ()) if one.document else ()
    return any(one.span.meets(span) for span in taken)


def companions_of(
    document: Document,
    quote: Span,
    taken: Sequence[Span],
    rarity: Callable[[str], float],
    later: Sequence[Document] = (),
    elsewhere: Elsewhere | None = None,
) -> list[Found]:
    """The exceptions to a quote, then the definitions of its terms, none of them `taken`.

    What `later` acts have rewritten since is left out. Definitions by reference are found
    `elsewhere`.
    """
    law = law_of(document)
    acts = [law_of(act) for act in later]
    found: list[Found] = []
    for span in exceptions_to(law.layout, law.around(quote.start).limits, quote):
        if len(found) == MOST_EXCEPTIONS or _is_rewritten(law.layout, span, acts):
            continue
        if not any(span.meets(other) for other in (quote, *taken, *_spans(found))):
            found.append(Found(span))
    used = [quote, *taken, *_spans(found)]
    return [*found, *_definitions(law, quote, used, rarity, acts, elsewhere)]


def is_limited_by(document: Document, quote: Span, limit: Span) -> bool:
    """Whether a clause is one of the exceptions to a quote of the same law."""
    law = law_of(document)
    limits = law.around(quote.start).limits
    return any(span.meets(limit) for span in exceptions_to(law.layout, limits, quote))


def _definitions(
    law: Law,
    quote: Span,
    used: Sequence[Span],
    rarity: Callable[[str], float],
    acts: Sequence[Law],
    elsewhere: Elsewhere | None,
) -> list[Found]:
    """The definitions of a quote's terms: the law's own, then those that it takes from others."""
    layout = law.layout
    own = defined_in(law.around(quote.start).definitions, quote, layout.text, rarity)
    borrowed = borrowed_in(law, quote, own, elsewhere, rarity) if elsewhere else []
    replaced = {one.definition.stems for one in borrowed}
    every: list[tuple[Document | None, Definition]] = [
        (None, one) for one in own if one.stems not in replaced
    ]
    every += [
        (None if one.document is layout.document else one.document, one.definition)
        for one in borrowed
    ]
    found: list[Found] = []
    for where, one in every:
        span, taken = one.span, [*(used if where is None else ()), *_spans(found, where)]
        if span is None or len(found) == MOST_DEFINITIONS or any(span.meets(x) for x in taken):
            continue
        if where is None and _is_redefined(layout, one, span, acts):
            continue
        found.append(Found(span, one.term, where))
    return found


def _spans(found: Sequence[Found], where: Document | None = None) -> list[Span]:
    return [one.span for one in found if one.document is where]


def _is_rewritten(layout: Layout, span: Span, acts: Sequence[Law]) -> bool:
    """Whether a later act writes the subdivision anew that a clause is of."""
    path = layout.clauses(span.start)
    if not path:
        return False
    own = (layout.number(span.start), layout.section(path[0]).label)
    return any(own in act.layout.subdivisions for act in acts)


def _is_redefined(layout: Layout, one: Definition, span: Span, acts: Sequence[Law]) -> bool:
    """Whether a later act defines the term anew for the same section."""
    number = layout.number(span.start)
    return any(
        other.stems == one.stems and act.layout.number(other.scope[0].start) == number
        for act in acts
        for other in act.around(0).definitions
    )
