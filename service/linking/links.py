"""Who cites what over a corpus, and what of that is held: by key, mentions and places."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pincite.citations.kept import mentions_in
from pincite.citations.keys import kind_of, nested, section_of, source_of
from pincite.citations.mentions import Mention
from pincite.generations import Record
from pincite.kinds import Kind
from pincite.library import Library
from pincite.types import Document, Entry, Section
from pincite.works import ALIKE
from service.linking.held import Place, clause_of, keys_held, own_keys, quotes_code, sections_quoted


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
            for key, span in keys_held(record.entry, sections):
                found[key].append(Place(id_, span))
            if quotes_code(record.entry):
                for key, span in sections_quoted(self._document(id_)):
                    found[key].append(Place(id_, span, quoted=True))
        return {key: tuple(places) for key, places in found.items()}

    @cached_property
    def aliases(self) -> Mapping[str, str]:
        """Other keys of the documents held, such as the Register's page of an order.

        What another document is itself known by is none: the record of a bill names the law too.
        """
        every = [own_keys(record.entry) for record in self._records.values()]
        first = {keys[0] for keys in every if keys}
        return {key: keys[0] for keys in every for key in keys[1:] if key not in first}

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
            return tuple(place.around for place in self.held.get(source_of(key), ()))
        return tuple(clause_of(place, key, self._sections(place)) for place in places)

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
            if record.entry.kind is Kind.COURT_RULING and (keys := own_keys(record.entry)):
                found[keys[0]] = _words(record.entry.title)
        if not found:
            return found
        for mentions in self.mentions.values():
            for mention in mentions:
                if mention.name and mention.key not in self.held:
                    found[mention.key] |= _words(mention.name)
        return found

    def _sections(self, place: Place) -> Sequence[Section]:
        return self._document(place.document_id).sections

    def _text(self, id_: str) -> Callable[[], str]:
        return lambda: self._document(id_).text

    def _is_copy(self, entry: Entry) -> bool:
        """Whether the same text is held as another document, which is counted instead."""
        return any(link.type in ALIKE and link.target in self._records for link in entry.relations)


def distance(key: str, mention: Mention) -> int:
    """How far a mention is from a key: 0 the very thing, 1 what it lies in, 2 beside it."""
    if key in (*mention.keys, mention.key):
        return 0
    return 1 if mention.key in nested(key) else 2


def _within(one: Citing, place: Place) -> bool:
    """Whether a mention stands in the very text that it cites."""
    if one.document_id != place.document_id:
        return False
    return place.span is None or place.span.holds(one.mention.span)


def _weight(citing: list[Citing]) -> tuple[int, int]:
    return -len({one.document_id for one in citing}), -len(citing)


def _words(name: str) -> set[str]:
    return {word.strip(".,’'").lower() for word in name.split()}
