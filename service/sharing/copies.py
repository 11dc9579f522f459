"""One text that is held more than once is shown once, by its better copy.

Law before a record, what stands before what does not, a text before a reading of page images,
printed pages before none, the text that is copied before its copy. An edited excerpt (a casebook's
opinion) yields to the text it was taken from; what only it says stays its own, a record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from threading import Lock

from pincite.generations import Record
from pincite.index.schema import Reader, passage_of
from pincite.kinds import KINDS
from pincite.phrases import PhraseIndex
from pincite.standing import CURRENT
from pincite.types import Document, Entry, Filters, Hit, Passage, Span
from pincite.words import STOP_WORDS, stem, words
from service.matching import matches
from service.vantage import Vantage

# A stretch of the better copy that shares no more than this with any passage of it is not shown.
_OVERLAP = 0.5

Documents = Callable[[str], Document]
Rank = tuple[bool, bool, bool, bool, bool]


class Copies:
    """The documents of a generation that are one text by the catalogue, and the better of them."""

    def __init__(self, records: Mapping[str, Record], documents: Documents, reader: Reader) -> None:
        self._records, self._documents, self._reader = records, documents, reader
        self._groups: dict[str, tuple[str, ...]] = {}
        self._held: dict[str, tuple[PhraseIndex, tuple[Passage, ...]]] = {}
        self._placed: dict[tuple[str, Span, str], Passage | None] = {}
        self._printed: dict[str, bool] = {}
        self._lock = Lock()
        for name, record in records.items():
            for link in record.entry.relations:
                if link.type in ("same_text_as", "excerpt_of") and link.target in records:
                    self._join(name, link.target)

    def settled(
        self, hits: Iterable[Hit], question: str, filters: Filters, view: Vantage
    ) -> list[Hit]:
        """The hits with each that its better copy has too in that copy's place; none twice.

        A copy that was asked for, by a filter or by the words of its title, stays.
        """
        kept: dict[tuple[str, Span], Hit] = {}
        better: dict[str, list[str]] = {}
        for hit in hits:
            name = hit.passage.document_id
            if name not in better:
                better[name] = self._better(name, question, filters, view)
            for other in better[name]:
                if there := self._there(hit.passage, other):
                    hit = replace(hit, passage=there)
                    break
            kept.setdefault((hit.passage.document_id, hit.passage.span), hit)
        return list(kept.values())

    def _better(self, name: str, question: str, filters: Filters, view: Vantage) -> list[str]:
        """The copies to cite instead, the best first."""
        ranks = {other: self._rank(other, view) for other in self._groups.get(name, ())}
        others = [
            other
            for other, rank in ranks.items()
            if rank < ranks[name]
            and matches(self._records[other].entry, filters)
            and not self._asked_for(name, other, question)
        ]
        return sorted(others, key=lambda other: (ranks[other], other))

    def _rank(self, name: str, view: Vantage) -> Rank:
        """The less, the better to cite."""
        record = self._records[name]
        entry = record.entry
        is_law = KINDS[entry.kind].channel == "law"
        copied = any(
            link.target in self._records
            and (link.type == "same_text_as" or (link.type == "excerpt_of" and not is_law))
            for link in entry.relations
        )
        if name not in self._printed:
            self._printed[name] = any(page.label for page in self._documents(name).pages)
        stands = view.works.standing(entry, view.day).status in CURRENT
        return not is_law, not stands, record.ocr, not self._printed[name], copied

    def _asked_for(self, name: str, other: str, question: str) -> bool:
        """Whether a question has all the words that tell a copy's title from the other's."""
        own, others = (_title(self._records[one].entry) for one in (name, other))
        said = {stem(word) for word in words(question)}
        return bool(own - others) and own - others <= said

    def _there(self, passage: Passage, name: str) -> Passage | None:
        """The passage of another copy that holds most of this one's words."""
        key = passage.document_id, passage.span, name
        if key not in self._placed:
            self._placed[key] = self._place(passage, name)
        return self._placed[key]

    def _place(self, passage: Passage, name: str) -> Passage | None:
        index, passages = self._opened(name)
        span = index.find(passage.text).get(name)
        if span is None:
            return None
        nearest = max(passages, key=lambda one: _shared(one.span, span), default=None)
        if nearest is None or _shared(nearest.span, span) < _OVERLAP * (span.end - span.start):
            return None
        return nearest

    def _opened(self, name: str) -> tuple[PhraseIndex, tuple[Passage, ...]]:
        with self._lock:
            if name not in self._held:
                found = (passage_of(point.payload) for point in self._reader.scroll(name))
                index = PhraseIndex({name: self._documents(name).text})
                self._held[name] = index, tuple(sorted(found, key=lambda one: one.span))
            return self._held[name]

    def _join(self, one: str, other: str) -> None:
        both = {*self._groups.get(one, (one,)), *self._groups.get(other, (other,))}
        for name in both:
            self._groups[name] = tuple(sorted(both))


def _title(entry: Entry) -> set[str]:
    return {stem(word) for word in words(entry.title) if word not in STOP_WORDS}


def _shared(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)
