"""Whether a statement says no more than its quotes: by their words, then by the reranker.

Fail-closed: what cannot be told to be supported is not. Who did what to whom is not told apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pincite.reranking import Reranker
from pincite.types import Document, Span
from pincite.words import terms
from service.generating.identities import unsupported_identity
from service.generating.matching import found, lead_in, sentence_around, shown_around
from service.generating.modality import unsupported_words
from service.generating.numbers import unsupported_figures
from service.generating.parsing import Cited
from service.generating.passages import Given
from service.generating.proper_names import unsupported_names

_SECTION = re.compile(r"(?:§+|\bsec(?:tion|\.))\s*([\w.:–-]*\d[\w.:–-]*(?:\(\w{1,5}\))*)", re.I)
_MOST_NAMES = 40
# Of a statement's words that carry meaning, the share that its quotes need not hold; and the
# fewest that it needs: "Detainers are warrants" has every word of a text that says otherwise.
_OWN = 0.25
_LEAST_TERMS = 3


@dataclass(frozen=True, slots=True)
class Ground:
    """What a statement rests on: words quoted of a passage, and the sentence that they are of."""

    given: Given
    quoted: Span
    sentence: Span

    @property
    def cited(self) -> Span:
        """The stretch that is cited and shown."""
        return shown_around(self.given.document, self.sentence, self.quoted)

    @property
    def words(self) -> str:
        """The cited words that stand: those that an act deletes are none."""
        return _standing(self.given.document, self.cited)

    @property
    def whole(self) -> str:
        """The whole sentence that they are of, behind what governs it."""
        document = self.given.document
        lead = lead_in(document, self.sentence)
        return "\n".join(filter(None, [lead, _standing(document, self.sentence)]))


def ground(given: Given, cited: Cited) -> Ground | None:
    """Where the quoted words stand in a passage, or across its border; None where they do not."""
    quoted = found(given.document, given.span, cited.words)
    return None if quoted is None else ground_at(given, quoted)


def ground_at(given: Given, quoted: Span) -> Ground | None:
    """The ground that a stretch of a passage gives; None where an act deletes its words."""
    one = Ground(given, quoted, sentence_around(given.document, given.span, quoted))
    return one if _standing(given.document, quoted).strip() else None


def _standing(document: Document, span: Span) -> str:
    """The words of a stretch, without those that an amending act takes away."""
    kept, at = [], span.start
    for mark in sorted((m.span for m in document.marks if m.type == "deleted"), key=_start):
        if span.meets(mark):
            kept.append(document.text[at : max(at, mark.start)])
            at = max(at, mark.end)
    return " ".join([*kept, document.text[at : span.end]])


def _start(span: Span) -> int:
    return span.start


def faults(statement: str, grounds: Sequence[Ground], seen: str) -> list[str]:
    """What a statement says that its quotes do not; nothing where their words bear it out.

    `seen` are all texts at hand, which tell names from words.
    """
    quotes = "\n".join(one.words for one in grounds)
    known = " ".join(one.given.known for one in grounds)
    if _is_strange(statement, f"{quotes} {known}"):
        return ["words"]
    return word_faults(statement, quotes, "\n".join(one.whole for one in grounds), known, seen)


def _is_strange(statement: str, quotes: str) -> bool:
    """Whether a statement says too little to be told from its opposite, or in words of its own."""
    said = set(terms(statement))
    return len(said) < _LEAST_TERMS or len(said - set(terms(quotes))) > _OWN * len(said)


def word_faults(statement: str, quotes: str, sentences: str, known: str, seen: str) -> list[str]:
    """What the words of a statement say beyond its quotes, of the texts known by those names."""
    bare = _without_own_names(statement, known)
    wrong = [f"figure: {' '.join(one)}".rstrip() for one in unsupported_figures(bare, quotes)]
    wrong += [f"name: {one}" for one in unsupported_names(bare, quotes, known, seen)]
    wrong += unsupported_identity(statement, sentences)
    return sorted(wrong) + unsupported_words(statement, quotes, sentences)


def _without_own_names(statement: str, known: str) -> str:
    """The statement without the section numbers that the cited texts are known by."""
    numbers = {match[1].split("(")[0] for match in _SECTION.finditer(known)}
    for number in sorted(numbers, key=len, reverse=True)[:_MOST_NAMES]:
        # "24" is a section only behind its sign; "12.40.040" is one anywhere.
        sign = "?" if re.search(r"\d[.:–-]\d", number) else ""
        own = rf"(?:\d+\s+[A-Z][\w. ]{{1,40}}?)?(?:§+\s*|\b[Ss]ec(?:tion|\.)\s*){sign}"
        end = r"(?:\s*\(\w{1,5}\))*(?![\w-])"
        statement = re.sub(rf"{own}(?<![\w.-]){re.escape(number)}{end}", " ", statement)
    return statement


def support(reranker: Reranker, statement: str, quotes: str) -> float:
    """How well quotes bear a statement out, as the reranker scores them."""
    return reranker.scores(statement, [quotes])[0]
