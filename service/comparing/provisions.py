"""The words of some documents that answer a question, or none: for tables of places.

A place says the same in its own words, so what is found is held against the question and against
the nearest provisions of the whole corpus: "hold an individual after that individual would have
been released" is the answer about detainers, though it does not name them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from pincite.citing.pinpoints import locator
from pincite.context import indexed_text
from pincite.embedding import Vectors
from pincite.index.schema import Query, Scored, SparseVector, passage_of
from pincite.kinds import Channel, Kind, channel_of
from pincite.late_interaction import LateInteraction
from pincite.settings import Settings
from pincite.shelf import Shelf
from pincite.types import Document, Filters, Passage, Span
from pincite.words import terms
from service.answering.stretches import is_deleted
from service.answering.support import covered_by
from service.answering.units import units
from service.asked import Asked
from service.comparing.stating import sought
from service.pipeline import found

# Passages looked at: of the whole corpus for models, and of each place a leg and a model.
_MODEL_PASSAGES, _PASSAGES = 6, 8
_MODELS = 3
_MOST_UNITS = 48
# Provisions that share this much of their words are copies of one.
_SAME = 0.7
# Of each place the provisions that are read with the question, word by word.
_READ = 12
# The chance that a provision answers, by how near it is to the question and to its words: a curve
# fitted to the cells of eval/questions/sanctuary-compare.toml and those of sanctuary-dev.toml, over
# folds by question; never to the held-out grid.
_NEARNESS, _WORDS, _CONSTANT = 4.3, 22.5, -20.5
LIKELY = 0.2
# Where no model tells words apart: this near to the question, and both figures this much.
_NEAR, _ENOUGH = 0.40, 1.08
# Provisions of the corpus are models for others when the nearest of them is this near to the
# question, and they themselves are that near. Where none is, a provision's own nearness stands
# for its likeness, and less.
_FIRST_MODEL, _MODEL, _ALONE = 0.52, 0.45, 0.8
# The current code before the act that wrote its words into it.
_DRAFTING = 0.05


@dataclass(frozen=True, slots=True)
class Provision:
    """A stretch that may answer, how near it is to the question, how like to its models.

    `weighed` is what of it was held against them: an item of a list without what leads it in.
    `covers` is how near it comes to the question's words, None where that was not read.
    """

    document: Document
    span: Span
    near: float
    like: float
    weighed: Span
    covers: float | None = None

    @property
    def score(self) -> float:
        """What both figures come to."""
        return self.near + self.like

    @property
    def chance(self) -> float:
        """How likely it answers, where its words were read; 0 where they were not."""
        if self.covers is None:
            return 0.0
        sum_ = _CONSTANT + _NEARNESS * self.near + _WORDS * self.covers
        return 1 / (1 + math.exp(-sum_))

    def answers(self, likely: float = LIKELY) -> bool:
        """Whether it bears on the question well enough to be quoted."""
        if self.covers is not None:
            return self.chance >= likely
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
        likely: float = LIKELY,
    ) -> Provision | None:
        """The provision of these documents that answers, if one does.

        A ruling on a text is quoted only where no text that makes rules answers.
        """
        ranked = self.ranked(asked, models, documents, channels)
        answers = [one for one in ranked if one.answers(likely)]
        enacted = [one for one in answers if one.document.entry.kind is not Kind.COURT_RULING]
        return next(iter([*enacted, *answers]), None)

    def ranked(
        self,
        asked: Asked,
        models: Sequence[Vectors],
        documents: Sequence[str],
        channels: Sequence[Channel],
    ) -> list[Provision]:
        """The provisions of these documents that come nearest, the likeliest to answer first."""
        weighed = self._weighed(asked, self._passages(asked, models, documents), models, channels)
        return self._read(asked, weighed)

    def _read(self, asked: Asked, weighed: Sequence[Provision]) -> list[Provision]:
        """The first of them, read with the question, the likeliest first."""
        reranker = self.shelf.reranker
        if not isinstance(reranker, LateInteraction):
            return list(weighed)
        assert asked.wording is not None
        asked.go_on()
        read = [
            replace(
                one,
                covers=covered_by(
                    reranker, asked.wording.text, _in_context(one), asked.holdings.rarity
                ),
            )
            for one in weighed[:_READ]
        ]
        return sorted(read, key=lambda one: -one.chance)

    def _passages(
        self, asked: Asked, models: Sequence[Vectors], documents: Sequence[str]
    ) -> list[Passage]:
        """The nearest passages of these documents to the question and to each model."""
        assert asked.wording is not None
        assert asked.vector is not None
        filters = Filters(documents=tuple(documents))
        sparse: SparseVector = self.shelf.sparse.encode_query(asked.wording.text)
        depth = 2 * _PASSAGES  # two documents may hold one text
        queries = [Query(depth, dense=v.tolist(), filters=filters) for v in models]
        queries.insert(0, Query(depth, dense=asked.vector.tolist(), filters=filters))
        queries.append(Query(depth, sparse=sparse, filters=filters))
        legs = [_apart(leg)[:_PASSAGES] for leg in asked.holdings.reader.search(queries)]
        return list({passage.text: passage for leg in legs for passage in leg}.values())

    def _weighed(
        self,
        asked: Asked,
        passages: Iterable[Passage],
        models: Sequence[Vectors],
        channels: Sequence[Channel],
    ) -> list[Provision]:
        """Every stretch of the passages that states a rule, best first."""
        wanted = sought(asked.question.text)
        places = [
            (document, span, quoted)
            for passage in passages
            for document in [asked.holdings.document(passage.document_id)]
            if not passage.retired
            and channel_of(document.entry.kind, passage.locator.part) in channels
            for span in units(document, passage.span)
            if not is_deleted(document, span) and (quoted := wanted.quoted(document, span))
        ]
        once: dict[str, tuple[Document, Span, Span]] = {}
        for document, span, quoted in places:  # several documents may hold the same words
            once.setdefault(span.of(document.text), (document, span, quoted))
        places = list(once.values())[:_MOST_UNITS]
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


def _apart(leg: Iterable[Scored]) -> list[Passage]:
    """The passages that a leg found, none twice in the same words."""
    found: dict[str, Passage] = {}
    for point in leg:
        passage = passage_of(point.payload)
        found.setdefault(passage.text, passage)
    return list(found.values())


def _in_context(one: Provision) -> str:
    """The words of a provision behind its title and headings, as passages are indexed."""
    document, span = one.document, one.span
    where = locator(document, span)
    words = one.weighed.of(document.text)
    if span.start < one.weighed.start:  # what leads a list in, and not the items before this one
        lead = document.text.find("\n", span.start)
        words = f"{document.text[span.start : lead]}\n{words}"
    passage = Passage(document.entry.id, document.version, span, words, where)
    return indexed_text(document.entry, passage)
