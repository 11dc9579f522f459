"""One open generation: its manifest, its points, its documents, and how common each word is."""

from __future__ import annotations

import math
from collections import Counter, OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from threading import Lock

from pincite.errors import IndexForeign, IndexMismatch, IndexMissing, NotFound, StorageError
from pincite.generations import Manifest, Record
from pincite.index.schema import Reader, ancestors
from pincite.kinds import Kind
from pincite.said import N_, Said
from pincite.shelf import Shelf, mismatch
from pincite.standing import CURRENT
from pincite.types import Document
from pincite.words import STOP_WORDS, stem, words
from pincite.works import Works
from service.comparing.kept import Kept
from service.curating.curated import Curated
from service.linking.links import Links
from service.past import Past
from service.sharing.copies import Copies
from service.sharing.holders import Holders
from service.wording import Spelling, english_words

# Texts kept in memory: the whole of a city's corpus, or the part of a large one in use.
_CACHED_CHARACTERS = 40_000_000
NOTHING_YET = Said("nothing was ingested yet; run `pincite ingest PATH` first")
"""What is said where no generation was published."""
_NOT_HELD = N_("no document {id!r} in generation {generation}")


class Holdings:
    """What the service knows of the generation it has open, and nothing else."""

    def __init__(self, manifest: Manifest, reader: Reader, shelf: Shelf) -> None:
        self.manifest, self.reader, self._library = manifest, reader, shelf.library
        self.records: dict[str, Record] = {r.entry.id: r for r in manifest.records}
        self.works = Works(r.entry for r in manifest.records)
        """The editions held, by work, and how each stands on a day."""
        self.places = {r.entry.id: r.entry.jurisdiction for r in manifest.records}
        """Each document's jurisdiction, by its id."""
        self.jurisdictions = frozenset(
            path for place in self.places.values() if place for path in ancestors(place)
        )
        """Every place whose texts are held, and all that it lies in."""
        self._documents: OrderedDict[str, Document] = OrderedDict()
        self._lock = Lock()
        self.links = Links(self.records, shelf.library, self.document)
        """Who cites what, and where what is cited is held."""
        self.copies = Copies(self.records, self.document, reader)
        """Which documents are one text, and the better copy."""
        self.holders = Holders(self.records, self.document)
        """Which agreements have a clause alike."""
        self.compared = Kept()
        """What places were found to say, by question, place and day."""
        self.curated = Curated(manifest, shelf.library)
        """What a curator asks: the last ingests, a survey of all texts."""
        self.past = Past(shelf.library)
        """What documents were before this generation."""
        self._codified = _codified(self.records)
        self._frequencies, self._passages = Counter[str](), 0
        vocabulary, held = Counter[str](), set[str]()
        for point in reader.scroll():
            said = words(point.payload["text"])
            vocabulary.update(word for word in said if word.isalpha())
            self._frequencies.update({stem(word) for word in said if word not in STOP_WORDS})
            self._passages += 1
            held.update(point.payload.get("citations", ()))
        self.citations = frozenset(held)
        """The normal forms of every citation under which a passage is known."""
        self.spelling = Spelling(vocabulary, english_words())

    @classmethod
    def open(cls, shelf: Shelf, generation: str | None = None) -> Holdings:
        """Open the published generation, or a named one.

        Raises IndexMissing before the first ingest, IndexMismatch when it was built otherwise,
        IndexForeign when its manifest is gone or was written by another version.
        """
        generation = generation or shelf.store.current()
        if generation is None:
            raise IndexMissing(NOTHING_YET)
        try:
            manifest = shelf.library.manifest(generation)
        except (NotFound, StorageError) as error:
            raise IndexForeign(
                f"{error}; run `pincite ingest --rebuild`, or `pincite index rollback`"
            ) from None
        wanted = replace(manifest.spec, **shelf.encoders)
        if manifest.spec != wanted:
            raise IndexMismatch(mismatch(manifest.spec, wanted))
        return cls(manifest, shelf.store.open(generation), shelf)

    def record(self, entry_id: str) -> Record:
        """The record of a document. Raises NotFound."""
        record = self.records.get(entry_id)
        if record is None:
            raise NotFound(Said(_NOT_HELD, id=entry_id, generation=self.manifest.generation))
        return record

    def document(self, entry_id: str) -> Document:
        """A document with its text, from memory or from the library. Raises NotFound."""
        with self._lock:
            if entry_id in self._documents:
                self._documents.move_to_end(entry_id)
                return self._documents[entry_id]
        record = self.record(entry_id)
        document = self._library.document(record.entry, record.version, record.outline)
        with self._lock:
            self._documents[entry_id] = document
            held = sum(len(kept.text) for kept in self._documents.values())
            while held > _CACHED_CHARACTERS and len(self._documents) > 1:
                held -= len(self._documents.popitem(last=False)[1].text)
        return document

    def rarity(self, stem: str) -> float:
        """The stem's inverse document frequency over all passages (BM25's, never negative)."""
        count = self._frequencies.get(stem, 0)
        return math.log(1 + (self._passages - count + 0.5) / (count + 0.5))

    def knows(self, stem: str) -> bool:
        """Whether a word of that stem occurs in any passage."""
        return stem in self._frequencies

    def stands_in_code(self, entry_id: str) -> bool:
        """Whether an amending act's words stand in a current text that is held too."""
        return entry_id in self._codified

    def close(self) -> None:
        """Close the generation's index."""
        self.reader.close()


def _codified(records: Mapping[str, Record]) -> frozenset[str]:
    """The amending acts that amend a work of which a current edition is held."""
    current = {
        record.entry.work or record.entry.id
        for record in records.values()
        if record.entry.kind is not Kind.AMENDING_ACT and record.entry.status in CURRENT
    }
    return frozenset(
        name
        for name, record in records.items()
        if record.entry.kind is Kind.AMENDING_ACT
        and any(
            link.type == "amends"
            and link.target in records
            and (records[link.target].entry.work or link.target) in current
            for link in record.entry.relations
        )
    )
