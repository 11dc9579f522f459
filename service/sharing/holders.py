"""Clauses that several agreements have alike: one result, with who else has it.

Alike is a clause with nearly the same words, and with every number, every "shall" and every "not"
the same: "48 hours" is not "24 hours".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Lock

from rapidfuzz.fuzz import ratio

from pincite.generations import Record
from pincite.kinds import Kind
from pincite.phrases import PhraseIndex
from pincite.sentences import sentences
from pincite.types import Citation, Document, Entry, Hit, Span
from pincite.words import STOP_WORDS, stem, words

# So much of the words of either are common to both.
_ALIKE = 0.9
# Letters at the ends of a stretch that words read as one may have cost it.
_CUT = 12
# The same of the letters, in hundredths; wrong ones of a reading of page images are fewer.
_ALIKE_LETTERS = 95
# What is shorter says too little to be called a clause.
_LEAST_WORDS = 8
# Words by which one form names whoever fills it in.
_FORM = """
    lea law enforcement agency county city sheriff sheriff's sheriffs office police department
    moa memorandum agreement
"""
_DUTIES = "shall may must will not no never only unless except without cannot neither nor until"
_PARTY, _BINDING = frozenset(_FORM.split()), frozenset(_DUTIES.split())
_INITIALS = re.compile(r"\b[A-Z]")

Documents = Callable[[str], Document]


@dataclass(frozen=True, slots=True)
class Clause:
    """What a clause says, without the names of its parties.

    `scanned` tells that it was read from page images, where words run together: there, the
    letters are compared too.
    """

    said: frozenset[str]
    binding: frozenset[tuple[str, int]]
    letters: str
    scanned: bool

    def like(self, other: Clause) -> bool:
        """Whether another clause says the same, in nearly the same words."""
        if self.binding != other.binding:
            return False
        if len(self.said & other.said) >= _ALIKE * len(self.said | other.said):
            return True
        scanned = self.scanned or other.scanned
        return scanned and ratio(self.letters, other.letters) >= _ALIKE_LETTERS


class Holders:
    """The agreements of a generation, and which of them have a clause."""

    def __init__(self, records: Mapping[str, Record], documents: Documents) -> None:
        self._entries: dict[str, Entry] = {
            name: record.entry
            for name, record in records.items()
            if record.entry.kind is Kind.AGREEMENT
        }
        self._names = {name: _names(entry) for name, entry in self._entries.items()}
        self._scanned = {name for name in self._entries if records[name].ocr}
        self._documents, self._lock = documents, Lock()
        self._index: PhraseIndex | None = None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The agreements held."""
        return tuple(self._entries.values())

    def of(self, quote: str, document_id: str) -> list[tuple[Document, Span]]:
        """Where the same clause stands in other agreements, by their order in the index."""
        if document_id not in self._entries or len(words(quote)) < _LEAST_WORDS:
            return []
        clause = self._clause(quote, document_id)
        found = []
        for name, span in self._opened().find(quote).items():
            document = self._documents(name)
            span = _whole(document.text, span)
            if name != document_id and clause.like(self._clause(span.of(document.text), name)):
                found.append((document, span))
        return sorted(found, key=lambda pair: pair[0].entry.id)

    def one_a_clause(self, hits: Iterable[Hit]) -> list[Hit]:
        """The hits without agreements' clauses that stand before; text before page images."""
        kept: list[Hit] = []
        clauses: list[tuple[int, Clause]] = []
        for hit in hits:
            name = hit.passage.document_id
            if name in self._entries:
                clause = self._clause(hit.passage.text, name)
                at = next((at for at, other in clauses if clause.like(other)), None)
                if at is not None:
                    kept[at] = self._cleaner(kept[at], hit)
                    continue
                clauses.append((len(kept), clause))
            kept.append(hit)
        return kept

    def cleaner(self, citation: Citation) -> tuple[Document, Span] | None:
        """Where a clause that was read from page images stands as text, if it does."""
        name = citation.entry.id
        if name not in self._scanned:
            return None
        found = self.of(citation.quote, name)
        return next((pair for pair in found if pair[0].entry.id not in self._scanned), None)

    def apart(self, citations: Mapping[int, Citation]) -> dict[int, int]:
        """The places of the citations whose clause does not stand before; new ones from 1."""
        clauses: list[Clause] = []
        kept: dict[int, int] = {}
        for at, citation in citations.items():
            if citation.entry.id in self._entries:
                clause = self._clause(citation.quote, citation.entry.id)
                if any(clause.like(other) for other in clauses):
                    continue
                clauses.append(clause)
            kept[at] = len(kept) + 1
        return kept

    def _cleaner(self, first: Hit, second: Hit) -> Hit:
        """The first, unless it alone was read from page images: then the second's words."""
        names = (first.passage.document_id, second.passage.document_id)
        if names[0] in self._scanned and names[1] not in self._scanned:
            return replace(first, passage=second.passage)
        return first

    def _clause(self, text: str, name: str) -> Clause:
        return _clause_of(text, self._names[name], name in self._scanned)

    def _opened(self) -> PhraseIndex:
        with self._lock:
            if self._index is None:
                self._index = PhraseIndex({n: self._documents(n).text for n in self._entries})
            return self._index


@lru_cache(maxsize=20_000)
def _clause_of(text: str, names: frozenset[str], scanned: bool) -> Clause:
    said = [word for word in words(text) if word not in names]
    binding = Counter(w for w in said if w in _BINDING or any(c.isdigit() for c in w))
    kept = frozenset(stem(word) for word in said if word not in STOP_WORDS)
    letters = "".join(char for char in text.lower() if char.isalnum())
    return Clause(kept, frozenset(binding.items()), letters, scanned)


def _whole(text: str, span: Span) -> Span:
    """The stretch with the few letters by which it misses the ends of its sentences."""
    first = text.rfind("\n", 0, span.start) + 1
    last = text.find("\n", span.end)
    around = sentences(text, first, len(text) if last < 0 else last)
    start = max((s.start for s in around if s.start <= span.start), default=span.start)
    end = min((s.end for s in around if s.end >= span.end), default=span.end)
    return Span(
        start if span.start - start <= _CUT else span.start,
        end if end - span.end <= _CUT else span.end,
    )


def _names(entry: Entry) -> frozenset[str]:
    """The words by which an agreement's parties are named in it, with their initials."""
    parties = [*entry.parties, entry.agreement.agency if entry.agreement else ""]
    initials = {"".join(_INITIALS.findall(party)).lower() for party in parties}
    return frozenset({word for party in parties for word in words(party)} | initials | _PARTY)
