"""The words of some documents that answer a question, or none: for tables of places.

A place says the same in its own words, so what is found is held against the question and against
the nearest provisions of the whole corpus: "hold an individual after that individual would have
been released" is the answer about detainers, though it does not name them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from pincite.embedding import Vectors
from pincite.index.schema import Query, SparseVector, passage_of
from pincite.kinds import Channel, Kind, channel_of
from pincite.settings import Settings
from pincite.shelf import Shelf
from pincite.types import Document, Filters, Passage, Span
from pincite.words import terms
from service.answering.quoting import is_deleted
from service.answering.units import units
from service.asked import Asked
from service.pipeline import found

# Passages looked at: of the whole corpus for models, and of each place a leg and a model.
_MODEL_PASSAGES, _PASSAGES = 6, 5
_MODELS = 3
_MOST_UNITS = 48
_LEAST_WORDS = 6
# Provisions that share this much of their words are copies of one.
_SAME = 0.7
# Chosen on a grid of 10 questions and 9 places of the real corpus (eval/questions/
# sanctuary-compare.toml): a provision answers when it is this near to the question, and when both
# figures come to this much.
_NEAR, _ENOUGH = 0.40, 1.08
# Provisions of the corpus are models for others when the nearest of them is this near to the
# question, and they themselves are that near. Where none is, a provision's own nearness stands
# for its likeness, and less.
_FIRST_MODEL, _MODEL, _ALONE = 0.52, 0.45, 0.8
# The current code before the act that wrote its words into it.
_DRAFTING = 0.05

# A rule commands, allows or forbids; a title, a recital, a definition or a count does not.
_RULES = re.compile(
    r"\b(?:shall|must|may|will|cannot|is (?:hereby )?(?:un)?lawful|(?:is|are) (?:hereby )?(?:not )?"
    r"(?:prohibited|authori[sz]ed|required|permitted|entitled|eligible|ineligible|liable|subject"
    r"|revoked|directed)|has the (?:right|power|authority)|nothing in)\b",
    re.I,
)
_NO_RULE = re.compile(
    r"(?:\W*whereas\b|.{0,80}\b(?:may be cited as|shall be known)|be it enacted"
    r"|.{0,160}\b(?:shall take effect|takes effect)\b|.{0,60}\bfinds?\b.{0,40}\bdeclares?\b)",
    re.I | re.S,
)
_DEFINES = re.compile(
    r"\W*(?:\(?\w{1,4}[).]\s*)*(?:[Aa]s used in this|[Tt]he (?:following|term)"
    r"|[“\"][^”\"]{2,80}[”\"]|(?:[A-Z][\w-]*\s+){1,8}(?:shall )?means?\b)"
    r"|.{0,120}\b(?:shall mean|means|has the meaning)\b",
    re.S,
)
# A clause that begins in the middle of a sentence says nothing without what stands before it.
_ENUMERATORS = re.compile(r"(?:\W*(?:\(\w{1,5}\)|\w{1,4}[.)\]]+)(?=\W))*\W*")
# An item of a list is quoted with what leads it in, from so many lines above at most.
_ENUMERATED = re.compile(r"\W*(?:\(\w{1,5}\)|\w{1,3}[.)])\s")
_LEADS_IN = re.compile(r"[:—–]\s*$")
_LINES_BACK, _MOST_LED = 12, 200
_ASKS_MEANING = re.compile(r"\b(?:defin\w+|mean(?:s|t|ing)?|what (?:is|are) an?)\b", re.I)


@dataclass(frozen=True, slots=True)
class Provision:
    """A stretch that may answer, how near it is to the question, how like to its models.

    `weighed` is what of it was held against them: an item of a list without what leads it in.
    """

    document: Document
    span: Span
    near: float
    like: float
    weighed: Span

    @property
    def score(self) -> float:
        """What both figures come to."""
        return self.near + self.like

    @property
    def answers(self) -> bool:
        """Whether it bears on the question well enough to be quoted."""
        return self.near >= _NEAR and self.score >= _ENOUGH


@dataclass
class Provisions:
    """One question over one generation; vectors of stretches are kept while it is asked."""

    asked: Asked
    shelf: Shelf
    settings: Settings
    vectors: dict[str, Vectors] = field(default_factory=dict)

    def ask(self, documents: Sequence[str]) -> Asked:
        """The question over some documents, with the passages found."""
        question = replace(self.asked.question, filters=Filters(documents=tuple(documents)))
        return found(
            replace(self.asked, question=question), self.shelf, self.settings, _MODEL_PASSAGES
        )

    def models(self, documents: Sequence[str]) -> tuple[Asked, list[Vectors]]:
        """What the corpus's own nearest provisions say, as vectors; and the question's wording."""
        if not documents:
            return self.ask(()), []
        asked = self.ask(documents)
        passages = [hit.passage for hit in asked.hits if self._is_rule(hit.passage)]
        chosen: list[set[str]] = []
        rows: list[Vectors] = []
        for one in self._weighed(asked, passages[:_MODEL_PASSAGES], [], ("law",)):
            text = one.weighed.of(one.document.text)
            said = set(terms(text))
            if one.near < (_MODEL if rows else _FIRST_MODEL) or len(rows) == _MODELS:
                break
            if not any(len(said & other) >= _SAME * len(said | other) for other in chosen):
                chosen.append(said)
                rows.append(self.vectors[text])
        return asked, rows

    def _is_rule(self, passage: Passage) -> bool:
        """Whether a passage is of a text that makes rules; an opinion reasons about them."""
        entry = self.asked.holdings.record(passage.document_id).entry
        return entry.kind is not Kind.COURT_RULING

    def best(
        self,
        asked: Asked,
        models: Sequence[Vectors],
        documents: Sequence[str],
        channels: Sequence[Channel],
    ) -> Provision | None:
        """The provision of these documents that answers, if one does.

        A ruling on a text is quoted only where no text that makes rules answers.
        """
        weighed = self._weighed(asked, self._passages(asked, models, documents), models, channels)
        answers = [one for one in weighed if one.answers]
        enacted = [one for one in answers if one.document.entry.kind is not Kind.COURT_RULING]
        return next(iter([*enacted, *answers]), None)

    def _passages(
        self, asked: Asked, models: Sequence[Vectors], documents: Sequence[str]
    ) -> list[Passage]:
        """The nearest passages of these documents to the question and to each model."""
        assert asked.wording is not None
        assert asked.vector is not None
        filters = Filters(documents=tuple(documents))
        sparse: SparseVector = self.shelf.sparse.encode_query(asked.wording.text)
        queries = [Query(_PASSAGES, dense=v.tolist(), filters=filters) for v in models]
        queries.insert(0, Query(_PASSAGES, dense=asked.vector.tolist(), filters=filters))
        queries.append(Query(_PASSAGES, sparse=sparse, filters=filters))
        hits = [passage_of(s.payload) for leg in asked.holdings.reader.search(queries) for s in leg]
        return list({(p.document_id, p.span): p for p in hits}.values())

    def _weighed(
        self,
        asked: Asked,
        passages: Iterable[Passage],
        models: Sequence[Vectors],
        channels: Sequence[Channel],
    ) -> list[Provision]:
        """Every stretch of the passages that states a rule, best first."""
        rules = stating(asked.question.text)
        places = [
            (document, span, quoted)
            for passage in passages
            for document in [asked.holdings.document(passage.document_id)]
            if not passage.retired
            and channel_of(document.entry.kind, passage.locator.part) in channels
            for span in units(document, passage.span)
            if not is_deleted(document, span)
            and (quoted := span if rules(span.of(document.text)) else _led(document, span))
        ][:_MOST_UNITS]
        if not places:
            return []
        rows = self._embedded([span.of(document.text) for document, span, _ in places])
        assert asked.vector is not None
        near = rows @ asked.vector
        like = _ALONE * near
        if models:
            like = np.maximum(like, (rows @ np.stack(models).T).max(axis=1))
        held = asked.holdings
        back = [_DRAFTING if held.stands_in_code(d.entry.id) else 0.0 for d, _, _ in places]
        weighed = [
            Provision(document, quoted, float(n), float(k) - less, span)
            for (document, span, quoted), n, k, less in zip(places, near, like, back, strict=True)
        ]
        return sorted(weighed, key=lambda one: (-one.score, one.document.entry.id, one.span))

    def _embedded(self, texts: Sequence[str]) -> Vectors:
        missing = [text for text in dict.fromkeys(texts) if text not in self.vectors]
        if missing:
            self.vectors.update(zip(missing, self.shelf.dense.embed(missing), strict=True))
        rows: Vectors = np.stack([self.vectors[text] for text in texts])
        return rows


def stating(question: str) -> Callable[[str], bool]:
    """Tells whether a stretch states what such a question asks for: a rule, or a meaning."""
    meaning = _ASKS_MEANING.search(question) is not None

    def states(text: str) -> bool:
        if len(text.split()) < _LEAST_WORDS or _NO_RULE.match(text) or _is_fragment(text):
            return False
        defines = _DEFINES.match(text) is not None
        return (
            defines or bool(_RULES.search(text))
            if meaning
            else (not defines and _RULES.search(text) is not None)
        )

    return states


def _led(document: Document, span: Span) -> Span | None:
    """A list's item with the lines from its lead-in on, if that states a rule and all is short.

    "(3) Permit an interview" reads as its opposite without "the District shall not:".
    """
    text = document.text
    if not _ENUMERATED.match(text, span.start, span.end):
        return None
    first = text.rfind("\n", 0, span.start) + 1
    for _ in range(_LINES_BACK):
        start = text.rfind("\n", 0, max(0, first - 1)) + 1
        line = text[start : max(0, first - 1)]
        if _LEADS_IN.search(line) and _RULES.search(line) and not _DEFINES.match(line):
            wider = Span(start, span.end)
            return wider if len(wider.of(text).split()) <= _MOST_LED else None
        if not _ENUMERATED.match(line):
            return None
        first = start
    return None


def _is_fragment(text: str) -> bool:
    opening = _ENUMERATORS.match(text)
    assert opening is not None
    return text[opening.end() : opening.end() + 1].islower()
