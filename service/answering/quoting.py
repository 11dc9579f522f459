"""Which words of a passage to quote: the sentence or two nearest to the question."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from pincite.embedding import DenseEncoder, Vectors
from pincite.kinds import Kind
from pincite.types import Span
from pincite.words import terms
from service.answering.asides import aside, is_reported, opens_midway
from service.answering.asking import Wanted
from service.answering.evidence import Evidence, share
from service.answering.selecting import Selector
from service.answering.stretches import COVERED, is_deleted, stretches
from service.answering.support import Support
from service.answering.units import units

_MOST_WORDS = 120
# A neighbouring sentence, clause or paragraph joins the quote when it is half as near to the
# question as the best.
_HALF = 0.5
# Characters behind an argument in which a court's answer to it is looked for.
_REPLY_WITHIN = 1_500
# "Brief for United States 16." is none.
_LEAST_OF_A_REPLY = 8
Wider = Callable[[Evidence, Span, "Sequence[Quote]"], list[Span]]
# A stretch that holds the sort of thing that is asked for (a number of days, an amount) is as much
# nearer. Of .2 and .4 the larger put two more of 75 right answers first on dev, and lost none.
_FITS = 0.4


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of a passage that may be quoted.

    `nearness` adds its similarity to the question and the share, by rarity, of its words;
    `bearing` adds how well it covers the question word by word, and tells the best stretch.
    `odds` are the selector's log-odds that it answers, None where no selector read it.
    """

    evidence: Evidence
    span: Span
    similarity: float
    nearness: float
    bearing: float
    odds: float | None = None


def quotes(
    evidence: Sequence[Evidence],
    wanted: Wanted,
    vector: Vectors,
    dense: DenseEncoder,
    support: Support | None = None,
    selector: Selector | None = None,
) -> list[Quote]:
    """The best stretch of each passage, in the order of the passages.

    `vector` is the question's. Passages none of whose stretches cover the question well have none.
    """
    places = stretches(evidence, wanted, support)
    if not places:
        return []
    texts = [span.of(one.document.text) for one, span, _ in places]
    similar = dense.embed(texts) @ vector
    preferred = selector.preferred(places) if selector else [0.0] * len(places)
    found = []
    for place, near, text, more in zip(places, similar, texts, preferred, strict=True):
        one, span, covered = place
        nearness = float(near) + _share(text, one, wanted)
        back = aside(one, span, wanted)
        bearing = nearness + COVERED * covered - back + more
        odds = selector.odds(place) if selector else None
        found.append(Quote(one, span, float(near), nearness, bearing, odds))
    best = [_best([q for q in found if q.evidence is one]) for one in _passages(found)]
    return best if wanted.argument else [_with_reply(one) for one in best]


def _share(text: str, one: Evidence, wanted: Wanted) -> float:
    """The share of what is wanted that a text says, and more for what its answer must hold.

    Terms that merely name the document do not count: they tell none of its sentences apart.
    """
    entry = one.document.entry
    named = set(terms(" ".join([entry.title, entry.citation or "", *entry.parties])))
    open_ = {term: rarity for term, rarity in wanted.terms.items() if term not in named}
    fits = wanted.sort is not None and wanted.sort.search(text) is not None
    return share(open_, set(terms(text))) + (_FITS if fits else 0.0)


def _passages(found: Sequence[Quote]) -> list[Evidence]:
    return list({id(quote.evidence): quote.evidence for quote in found}.values())


def _best(found: Sequence[Quote]) -> Quote:
    """The nearest stretch: the whole clauses it is of, or the sentence, with what bears beside it.

    A sentence of a long paragraph grows as a clause does: half a holding reads as its opposite.
    """
    best = max(found, key=lambda quote: quote.bearing)
    block = _block(best.evidence, best.span)
    if _fits(best.evidence, block):
        return replace(best, span=_grown(block, best, found, _with_clauses))
    return replace(best, span=_grown(best.span, best, found, _with_sentences))


def _with_reply(quote: Quote) -> Quote:
    """The quote with what a court says next, where it ends in what it reports of an argument.

    What does not fit with the argument stands alone: the court's word is what is asked for.
    """
    one, span = quote.evidence, quote.span
    if one.document.entry.kind is not Kind.COURT_RULING:
        return quote
    last = [unit for unit in units(one.document, span) if unit.end == span.end][-1:]
    if not any(_reports(one, unit) for unit in last):
        return quote
    reply = next((unit for unit in _behind(one, span) if not _reports(one, unit)), None)
    if reply is None:
        return quote
    both = Span(span.start, reply.end)
    return replace(quote, span=both if _fits(one, both) else reply)


def _behind(one: Evidence, span: Span) -> Iterator[Span]:
    """The sentences behind a stretch in the same opinion."""
    opinions = [s.span for s in one.document.sections if s.part and s.span.holds(span)]
    end = min([span.end + _REPLY_WITHIN, len(one.document.text), *(s.end for s in opinions)])
    for unit in units(one.document, Span(span.end, end)):
        said = unit.of(one.document.text)
        whole = unit.end < end and len(said.split()) >= _LEAST_OF_A_REPLY
        if whole and not opens_midway(said):
            yield unit


def _reports(one: Evidence, unit: Span) -> bool:
    return is_reported(unit.of(one.document.text))


def _grown(span: Span, best: Quote, found: Sequence[Quote], wider_by: Wider) -> Span:
    """The stretch with its neighbours while they bear on the question too and there is room."""
    near = [quote for quote in found if quote.nearness >= _HALF * best.nearness]
    while True:
        held = [
            (quote.nearness, wider)
            for wider in wider_by(best.evidence, span, near)
            for quote in near
            if wider.holds(quote.span) and not span.holds(quote.span)
        ]
        if not held:
            return span
        _, span = max(held)


def _with_clauses(one: Evidence, span: Span, near: Sequence[Quote]) -> list[Span]:
    """The span with the clause or paragraph before it, and with the one after, where they fit."""
    text, passage = one.document.text, one.hit.passage.span
    found = []
    if span.start > passage.start:
        before = text.rfind("\n", passage.start, span.start - 1) + 1 or passage.start
        found.append(Span(before, span.end))
    if span.end < passage.end:
        after = text.find("\n", span.end + 1, passage.end)
        found.append(Span(span.start, passage.end if after < 0 else after))
    return [
        wider
        for wider in found
        if _fits(one, wider)
        and not is_deleted(one.document, Span(wider.start, span.start))
        and not is_deleted(one.document, Span(span.end, wider.end))
    ]


def _with_sentences(one: Evidence, span: Span, near: Sequence[Quote]) -> list[Span]:
    """The span with a near sentence that stands right before it or right after, where they fit."""
    text, found = one.document.text, []
    for quote in near:
        first, second = sorted((span, quote.span))
        if first.end <= second.start and not text[first.end : second.start].strip():
            found.append(Span(first.start, second.end))
    return [wider for wider in found if _fits(one, wider)]


def _fits(one: Evidence, span: Span) -> bool:
    return len(span.of(one.document.text).split()) <= _MOST_WORDS


def _block(one: Evidence, span: Span) -> Span:
    """The whole clauses or paragraphs that a stretch is of, within its passage."""
    text, passage = one.document.text, one.hit.passage.span
    start = text.rfind("\n", passage.start, span.start) + 1 or passage.start
    end = text.find("\n", span.end, passage.end)
    return Span(start, passage.end if end < 0 else end)
