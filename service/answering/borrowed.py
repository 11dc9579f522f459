"""Definitions by reference: what a law says that another section, or another document, defines.

A reference is followed one step, to what is held and in force on the day. Where the section that
it names is not held, or does not define the term, nothing is found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pincite.citations.keys import section_of
from pincite.sentences import sentences
from pincite.types import Document, Entry, Span
from pincite.works import in_time
from service.answering.definitions import Definition, used_in
from service.answering.laws import Law, law_of
from service.answering.layout import Layout
from service.answering.referrals import pointed, referred, says, stems_of
from service.linking.held import Place
from service.linking.links import Links
from service.vantage import Vantage

_FAR = 40  # characters between the words that refer and the section that they name


@dataclass(frozen=True, slots=True)
class Borrowed:
    """A definition of a term of a quote, and the document that it stands in."""

    document: Document
    definition: Definition


@dataclass(frozen=True, slots=True)
class Held:
    """Where a section that a law names is held; `clause` tells that a clause of it is named."""

    document: Document
    span: Span
    clause: bool

    def definitions(self) -> Iterator[Borrowed]:
        """What is defined there; not what that place in turn takes from elsewhere."""
        law = law_of(self.document)
        for one in law.around(self.span.start).definitions:
            if self.span.start <= one.at < self.span.end and referred(law.layout, one) is None:
                yield Borrowed(self.document, one)

    def meaning(self, one: Definition) -> Iterator[Borrowed]:
        """What the term of a definition that names this place means by it.

        Of a clause that is named for it, the first sentence that says the term is the meaning.
        """
        defined = [b for b in self.definitions() if b.definition.stems == one.stems]
        if defined or not self.clause:
            yield from defined
            return
        layout = law_of(self.document).layout
        for span in sentences(layout.text, self.span.start, self.span.end):
            said = stems_of(span.of(layout.text))
            if says(said, one.stems) and layout.is_short(span) and layout.stands(span):
                yield Borrowed(self.document, replace(one, span=span, at=span.start))
                return


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What the corpus holds of what a law names, as it stands on a day."""

    links: Links
    document: Callable[[str], Document]
    view: Vantage

    def named(self, citing: Document, words: Span) -> list[Held]:
        """What some words of a law name first: the texts that stand, else the acts, latest first.

        What the latest says of a term is what the term means on the day.
        """
        mentions = self.links.cited_in(citing.entry.id)
        near = (m for m in mentions if words.holds(m.span) and m.span.start < words.start + _FAR)
        first = next(near, None)
        if first is None:
            return []
        key = self.links.canonical(first.key)
        places = [place for place in self.links.places(key) if self._stands(place)]
        places = [place for place in places if not place.quoted] or places
        places.sort(key=lambda place: in_time(self._entry(place)), reverse=True)
        return [self._held(place, place.exact and section_of(key) != key) for place in places]

    def _held(self, place: Place, clause: bool) -> Held:
        document = self.document(place.document_id)
        return Held(document, place.span or Span(0, len(document.text)), clause)

    def _entry(self, place: Place) -> Entry:
        return self.view.works.entries[place.document_id]

    def _stands(self, place: Place) -> bool:
        entry, works = self._entry(place), self.view.works
        return works.standing(entry, self.view.day).current and not works.is_copy(entry)


def borrowed_in(
    law: Law,
    quote: Span,
    own: Sequence[Definition],
    elsewhere: Elsewhere,
    rarity: Callable[[str], float],
) -> list[Borrowed]:
    """What of a quote's terms is defined elsewhere, as the quote or the law around it says.

    `own` are the law's own definitions of its terms; of those, only one that refers gives way.
    """
    layout = law.layout
    defined = {one.stems for one in own if referred(layout, one) is None}
    found = [*_pointed(layout, quote, elsewhere), *_meant(layout, own, elsewhere)]
    found += _all_terms(law, quote, {one.stems for one in own}, elsewhere, rarity)
    return [one for one in _latest(found) if one.definition.stems not in defined]


def _pointed(layout: Layout, quote: Span, elsewhere: Elsewhere) -> Iterator[Borrowed]:
    """The definitions of what the quote itself says is "as defined in" another section."""
    for said, words in pointed(layout, quote):
        for held in elsewhere.named(layout.document, words):
            for one in held.definitions():
                if said[-len(one.definition.stems) :] == one.definition.stems:
                    yield one


def _meant(layout: Layout, own: Sequence[Definition], elsewhere: Elsewhere) -> Iterator[Borrowed]:
    """What the law's own definitions refer to that only say where a term is defined."""
    for one in own:
        words = referred(layout, one)
        for held in elsewhere.named(layout.document, words) if words else ():
            yield from held.meaning(one)


def _all_terms(
    law: Law,
    quote: Span,
    known: set[tuple[str, ...]],
    elsewhere: Elsewhere,
    rarity: Callable[[str], float],
) -> Iterator[Borrowed]:
    """The terms of the quote by another section, where the law takes all of its terms from it."""
    said = list(stems_of(quote.of(law.layout.text)))
    for referral in law.around(quote.start).referrals:
        if not any(scope.holds(quote) for scope in referral.scope):
            continue
        barred = known | referral.apart
        held = elsewhere.named(law.layout.document, referral.named)
        defined = _latest(one for place in held for one in place.definitions())
        by = {id(one.definition): one for one in defined if one.definition.stems not in barred}
        for one in used_in(said, [one.definition for one in by.values()], rarity):
            yield by[id(one)]


def _latest(found: Iterable[Borrowed]) -> list[Borrowed]:
    """The first of several definitions of a term."""
    first: dict[tuple[str, ...], Borrowed] = {}
    for one in found:
        first.setdefault(one.definition.stems, one)
    return list(first.values())
