"""What a text cites and who cites it, with the addresses where each stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import groupby

from pincite.citations.keys import printed_key, source_of
from pincite.citations.mentions import Mention
from pincite.citing.pinpoints import pinpoints
from pincite.kinds import KINDS, Channel
from pincite.types import Document, Span
from service.holdings import Holdings
from service.linking.cited import places_in_order
from service.linking.held import Place
from service.linking.links import Citing
from service.vantage import Vantage
from service.web.anchors import ids
from service.web.blocks import page_id, printed_pages
from service.web.links import VERSION_DIGITS, link
from service.web.marking import Cited

# Of a document that cites, as many places are named as a line holds.
_MOST_PLACES = 8
_MOST_DOCUMENTS = 200
_CHANNELS: tuple[Channel, ...] = ("law", "record", "argument")


@dataclass(frozen=True, slots=True)
class Source:
    """What a text cites: as printed, a case's name, how often, where first, where it is held."""

    citation: str
    name: str
    mentions: int
    first: Cited
    href: str


@dataclass(frozen=True, slots=True)
class At:
    """One place in a text that cites, as it is printed."""

    pinpoint: str
    href: str


@dataclass(frozen=True, slots=True)
class CitedBy:
    """A document that cites a text, how often, and where."""

    id: str
    title: str
    kind: str
    channel: Channel
    mentions: int
    places: tuple[At, ...]
    more: int


class Margins:
    """The links of one document, as it is held now or was once."""

    def __init__(self, document: Document, holdings: Holdings, view: Vantage) -> None:
        self._document, self._holdings, self._view = document, holdings, view
        self._href = cache(self._held_at)

    def cited(self, mentions: Sequence[Mention]) -> list[Cited]:
        """Each citation in the text, numbered, with its address if it is held."""
        text = self._document.text
        return [
            Cited(one.span, n, _said(one, one.span.of(text)), self._href(one.key, one.pin))
            for n, one in enumerate(mentions, start=1)
        ]

    def sources(self, mentions: Sequence[Mention], cited: Sequence[Cited]) -> list[Source]:
        """What the text cites, itself left out: held first, the most cited first."""
        links, own = self._holdings.links, self._document.entry.id
        found: dict[str, list[Cited]] = {}
        for mention, one in zip(mentions, cited, strict=True):
            if mention.written != "parallel":
                found.setdefault(links.canonical(source_of(mention.key)), []).append(one)
        rows = [
            Source(printed_key(key), links.name_of(key), len(ones), ones[0], self._href(key, ""))
            for key, ones in found.items()
            if not any(place.document_id == own for place in links.places(key))
        ]
        return sorted(rows, key=lambda row: (not row.href, -row.mentions, row.citation))

    def cited_by(self) -> list[CitedBy]:
        """The documents held that cite this one or a section of it: law first, then how often."""
        links, own = self._holdings.links, self._document.entry.id
        keys = {
            key
            for key, places in links.held.items()
            if any(place.document_id == own and not place.quoted for place in places)
        }
        found = {one for key in keys for one in links.citing(key) if one.document_id != own}
        by_document = groupby(sorted(found, key=_in_order), key=lambda one: one.document_id)
        rows = [self._row(id_, list(ones)) for id_, ones in by_document]
        rows.sort(key=lambda row: (_CHANNELS.index(row.channel), -row.mentions, row.title))
        return rows[:_MOST_DOCUMENTS]

    def _row(self, id_: str, citing: Sequence[Citing]) -> CitedBy:
        document = self._holdings.document(id_)
        shown = [one.mention.span for one in citing[:_MOST_PLACES]]
        digits = document.version[:VERSION_DIGITS]
        places = tuple(
            At(said, link(id_, v=digits, start=span.start, end=span.end))
            for said, span in zip(pinpoints(document, shown), shown, strict=True)
        )
        kind = KINDS[document.entry.kind]
        more = len(citing) - len(shown)
        title = document.entry.title
        return CitedBy(id_, title, kind.name, kind.channel, len(citing), places, more)

    def _held_at(self, key: str, pin: str) -> str:
        """Where what a key names is held: the clause, or the printed page of it; "" if nowhere."""
        links = self._holdings.links
        places = places_in_order(links.canonical(key), self._holdings, self._view)
        return self._address(places[0], pin) if places else ""

    def _address(self, place: Place, pin: str) -> str:
        own = place.document_id == self._document.entry.id
        span = place.span
        if own and span is not None:
            return f"#{self._sections[span]}" if span in self._sections else ""
        if span is not None:
            return link(place.document_id, start=span.start, end=span.end)
        address = "" if own else link(place.document_id)
        if pin and pin in self._pages(place.document_id):
            return f"{address}#{page_id(pin)}"
        return address

    @cached_property
    def _sections(self) -> dict[Span, str]:
        """The ids of the sections of this very page."""
        sections = self._document.sections
        return {one.span: id_ for one, id_ in zip(sections, ids(sections), strict=True)}

    def _pages(self, id_: str) -> Iterable[str | None]:
        held = self._document if id_ == self._document.entry.id else self._holdings.document(id_)
        return {page.label for page in printed_pages(held)}


def _said(mention: Mention, written: str) -> str:
    """What a citation names, where its own words do not say it in full."""
    printed = printed_key(mention.key)
    return "" if _plain(printed) == _plain(written) else printed


def _plain(words: str) -> str:
    return "".join(words.split()).lower()


def _in_order(one: Citing) -> tuple[str, Span]:
    return one.document_id, one.mention.span
