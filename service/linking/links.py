"""Who cites what, and what is held: keys to the clauses that the corpus holds and to mentions."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from pincite.citations.find import citations_in, code_of
from pincite.citations.kept import mentions_in
from pincite.citations.keys import kind_of, nested, section_of, source_of, tidy
from pincite.citations.mentions import Mention
from pincite.generations import Record
from pincite.kinds import Kind
from pincite.library import Library
from pincite.types import Document, Entry, Section, Span

# Acts and bills quote the sections of the code that they change, under the code's numbers.
_QUOTING = frozenset({Kind.AMENDING_ACT, Kind.BILL})
_CITY_CODE = ("us/ny/new-york-city", "nyc admin code")
_LEAD = 500
# "Subdivision a of section 9-131 of the administrative code ..., is amended to read as follows".
_REWRITTEN = re.compile(
    r"[Ss]ection (?P<number>\d{1,2}-\d{2,4}(?:\.\d)?)\b(?=[^\n]{0,300}\bamended\b)"
)
_LABEL = re.compile(r"(?:§§?\s?|Secs?\.\s?|Sections?\s)(?P<number>\d[\w.:–-]*)\Z")
_COPIES = frozenset({"same_text_as", "excerpt_of"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where the corpus holds what a key names.

    `span` is None where it is the whole document; `exact` tells whether the very clause was
    found, or only what it should lie in; `quoted` whether an act or a bill quotes it there, and
    does not itself stand as that text.
    """

    document_id: str
    span: Span | None = None
    exact: bool = True
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Citing:
    """One mention of a key, in one document."""

    document_id: str
    mention: Mention


class Links:
    """The links of one generation. Outlines and mentions are read when first asked for."""

    def __init__(
        self,
        records: Mapping[str, Record],
        library: Library,
        document: Callable[[str], Document],
    ) -> None:
        self._records, self._library, self._document = records, library, document
        self._mentions: dict[str, tuple[Mention, ...]] = {}
        self._unheld: dict[str, Mapping[str, int]] = {}

    @cached_property
    def held(self) -> Mapping[str, tuple[Place, ...]]:
        """What is held, by key: whole documents, and the sections of codes and orders."""
        found: defaultdict[str, list[Place]] = defaultdict(list)
        for id_, record in self._records.items():
            sections = self._library.outline(record.outline)
            for key, span in _held(record.entry, sections):
                found[key].append(Place(id_, span))
            if record.entry.kind in _QUOTING and record.entry.jurisdiction == _CITY_CODE[0]:
                for key, span in _changed(self._document(id_)):
                    found[key].append(Place(id_, span, quoted=True))
        return {key: tuple(places) for key, places in found.items()}

    @cached_property
    def aliases(self) -> Mapping[str, str]:
        """Other keys of the documents held, such as the Register's page of an order."""
        return {
            key: keys[0]
            for record in self._records.values()
            if len(keys := _own_keys(record.entry)) > 1
            for key in keys[1:]
        }

    @cached_property
    def mentions(self) -> Mapping[str, tuple[Mention, ...]]:
        """The citations of every document, by its id; kept in the library at ingest."""
        return {id_: self.cited_in(id_) for id_ in self._records}

    def cited_in(self, id_: str) -> tuple[Mention, ...]:
        """The citations of one document; those of the others are not read."""
        if id_ not in self._mentions:
            record = self._records[id_]
            found = mentions_in(record.entry, record.version, self._library, self._text(id_))
            self._mentions[id_] = found
        return self._mentions[id_]

    @cached_property
    def _by_key(self) -> Mapping[str, list[Citing]]:
        found: defaultdict[str, list[Citing]] = defaultdict(list)
        for id_, mentions in self.mentions.items():
            for mention in mentions:
                for key in dict.fromkeys((*mention.keys, mention.key)):
                    found[key].append(Citing(id_, mention))
        return found

    @cached_property
    def _reporters(self) -> Mapping[str, str]:
        """Where else a case or an act is printed, as some text says that cites both places."""
        return {
            key: one.mention.key
            for citing in self._by_key.values()
            for one in citing
            for key in one.mention.keys
            if one.mention.kind in ("case", "act", "executive_order")
            and not one.mention.key.startswith(key)
        }

    def places(self, key: str) -> tuple[Place, ...]:
        """Where the corpus holds what a key names, down to its clause."""
        whole = self.held.get(key)
        if whole is not None:
            return whole
        section = section_of(key)
        places = self.held.get(section, ())
        if not places and source_of(key) != section:
            return tuple(_above(place) for place in self.held.get(source_of(key), ()))
        clauses = [form[len(before) :] for before, form in _steps(key)]
        return tuple(self._clause(place, clauses) for place in places)

    def names_held(self, keys: Iterable[str]) -> bool:
        """Whether any of these is held, or quoted by an act that is."""
        return any(self.places(self.aliases.get(key, key)) for key in keys)

    def canonical(self, key: str) -> str:
        """The key under which a source is known here: a case by its first reporter."""
        if key in self.aliases:
            return self.aliases[key]
        if key in self.held:
            return key
        return self._reporters.get(key, key)

    def citing(self, key: str) -> list[Citing]:
        """Every mention of a source: of the asked clause first, of its section, of the others."""
        section = section_of(key)
        others = (*self.aliases.items(), *self._reporters.items())
        alike = dict.fromkeys([section, *(other for other, known in others if known == section)])
        own = self.places(source_of(key) if kind_of(key) == "executive_order" else section)
        named = (one for name in alike for one in self._by_key.get(name, ()))
        found = list({(one.document_id, one.mention.span): one for one in named}.values())
        itself = [place for place in own if not place.quoted]
        outside = [
            one
            for one in found
            if one.mention.written != "parallel"
            and not any(_within(one, place) for place in itself)
        ]
        return sorted(outside, key=lambda one: distance(key, one.mention))

    def sources(self, *, held: bool | None = None) -> dict[str, list[Citing]]:
        """Who cites each source, most cited first: all that are cited, or those held or not."""
        found: defaultdict[str, list[Citing]] = defaultdict(list)
        for id_, mentions in self.mentions.items():
            if self._is_copy(self._records[id_].entry):
                continue
            for mention in mentions:
                if mention.written == "parallel":
                    continue
                source = self.canonical(source_of(mention.key))
                if held is None or self.holds(source) is held:
                    found[source].append(Citing(id_, mention))
        return dict(sorted(found.items(), key=lambda row: (*_weight(row[1]), row[0])))

    def holds(self, source: str) -> bool:
        """Whether the corpus holds a source itself, and not only an act that quotes it."""
        return any(not place.quoted for place in self.held.get(source, ()))

    @cached_property
    def missing(self) -> Mapping[str, list[Citing]]:
        """Who cites each source that is not held, most cited first: the reading list."""
        return self.sources(held=False)

    def unheld_in(self, id_: str) -> Mapping[str, int]:
        """How often a document cites each source that is not held; its own text is not asked."""
        if id_ not in self._unheld:
            cited = (one for one in self.mentions[id_] if one.written != "parallel")
            sources = Counter(self.canonical(source_of(one.key)) for one in cited)
            self._unheld[id_] = {key: n for key, n in sources.items() if not self.holds(key)}
        return self._unheld[id_]

    def named(self, name: str) -> list[str]:
        """The keys of the cases whose names hold all these words."""
        said = {word.strip(".,").lower() for word in name.split()} - {"v", "vs"}
        return [key for key, words in self._names.items() if said and said <= words]

    def name_of(self, key: str) -> str:
        """The name of a case, as it is cited most often or as its document has it."""
        for place in self.held.get(key, ()) if kind_of(key) == "case" else ():
            entry = self._records[place.document_id].entry
            if entry.kind is Kind.COURT_RULING:
                return entry.title
        names = [one.mention.name for one in self._by_key.get(key, ()) if one.mention.name]
        return max(dict.fromkeys(names), key=names.count) if names else ""

    @cached_property
    def _names(self) -> Mapping[str, set[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for record in self._records.values():
            if record.entry.kind is Kind.COURT_RULING and (keys := _own_keys(record.entry)):
                found[keys[0]] = _words(record.entry.title)
        if not found:
            return found
        for mentions in self.mentions.values():
            for mention in mentions:
                if mention.name and mention.key not in self.held:
                    found[mention.key] |= _words(mention.name)
        return found

    def _text(self, id_: str) -> Callable[[], str]:
        return lambda: self._document(id_).text

    def _is_copy(self, entry: Entry) -> bool:
        """Whether the same text is held as another document, which is counted instead."""
        return any(
            link.type in _COPIES and link.target in self._records for link in entry.relations
        )

    def _clause(self, place: Place, clauses: Iterable[str]) -> Place:
        """The clause of a section, as deep as the document's outline has it."""
        sections = self._document(place.document_id).sections
        inner = place.span
        for label in clauses:
            below = _child(sections, inner, label)
            if below is None:
                return Place(place.document_id, inner, exact=False, quoted=place.quoted)
            inner = below
        return Place(place.document_id, inner, quoted=place.quoted)


def distance(key: str, mention: Mention) -> int:
    """How far a mention is from a key: 0 the very thing, 1 what it lies in, 2 beside it."""
    if key in (*mention.keys, mention.key):
        return 0
    return 1 if mention.key in nested(key) else 2


def _held(entry: Entry, sections: Iterable[Section]) -> Iterable[tuple[str, Span | None]]:
    """The keys of an entry and where in it each stands; None for all of it."""
    own = _own_keys(entry)
    for key in own:
        yield key, None
    order = next((f"{key} §" for key in own if key.startswith("eo ")), "")
    code = code_of(entry.citation or "") or order
    for section in sections if code else ():
        if number := _number(section.label):
            yield f"{code} {number}", section.span


def _changed(document: Document) -> Iterable[tuple[str, Span]]:
    """The sections of the city's code whose words an act of the city sets out or rewrites."""
    for section in document.sections:
        number = _number(section.label)
        if "-" in number:
            yield f"{_CITY_CODE[1]} {number}", section.span
        elif number:
            lead = document.text[section.span.start : section.span.start + _LEAD]
            for match in _REWRITTEN.finditer(lead):
                yield f"{_CITY_CODE[1]} {match['number']}", section.span


def _own_keys(entry: Entry) -> list[str]:
    """The keys of the whole document: not those of the sections of a code."""
    forms = citations_in(entry.citation or "")
    sections = ("statute", "regulation", "local_code", "section")
    return [form for form in forms if kind_of(form) not in sections]


def _number(label: str) -> str:
    """The number of a section by its label: "1373" of "§ 1373"; "" for a clause or a heading."""
    found = _LABEL.match(label)
    return tidy(found["number"]) if found else ""


def _steps(key: str) -> Iterable[tuple[str, str]]:
    forms = [form for form in nested(key) if form.startswith(section_of(key))]
    return list(pairwise(forms))


def _child(sections: Iterable[Section], inner: Span | None, label: str) -> Span | None:
    """The nearest section below a span that bears a label."""
    below = [
        section
        for section in sections
        if inner is not None and inner.holds(section.span) and section.span != inner
    ]
    level = min((section.level for section in below), default=0)
    found = [s.span for s in below if s.label == label and s.level == level]
    return found[0] if found else None


def _above(place: Place) -> Place:
    return Place(place.document_id, place.span, exact=False, quoted=place.quoted)


def _within(one: Citing, place: Place) -> bool:
    """Whether a mention stands in the very text that it cites."""
    if one.document_id != place.document_id:
        return False
    return place.span is None or place.span.holds(one.mention.span)


def _weight(citing: list[Citing]) -> tuple[int, int]:
    return -len({one.document_id for one in citing}), -len(citing)


def _words(name: str) -> set[str]:
    return {word.strip(".,’'").lower() for word in name.split()}
