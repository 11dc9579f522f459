"""The systems that run in this process, over an index that is brought up to date first.

They ask the same engine as the service, and their answers pass through the API's form, so that
a service at a URL is scored alike.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

import numpy as np

from eval.ablations import SYSTEMS, Overrides
from eval.benchmark import Benchmark
from eval.collection import Catalogued, Pdfs, Precut, page_unit
from eval.errors import UnknownSystem
from eval.indexing import Progress, indexed
from eval.responses import answered_of
from eval.words import Given, Ranked
from pincite.embedding import DenseEncoder, Vectors
from pincite.errors import NotFound, QuestionError
from pincite.settings import Settings
from pincite.shelf import Shelf
from pincite.types import Document, Hit, Question, Span
from service.abstaining import Figures
from service.engine import Engine
from service.holdings import Holdings
from service.presenting import answer_json
from service.retrieval import cleaned

# A list for a reader holds few passages of one document; where passages or pages are judged by
# themselves, a ranking holds all.
_UNCAPPED: Overrides = {"per_document": 100}

Units = Callable[[Document, Span], str]


def open_system(
    name: str,
    benchmark: Benchmark,
    settings: Settings,
    progress: Progress = lambda done, total: None,
) -> InProcess:
    """The system of that name over a benchmark's collection, indexed first where it is not.

    `settings.data_dir` is where benchmarks' indexes are kept. Raises UnknownSystem, PinciteError.
    """
    if name not in SYSTEMS:
        raise UnknownSystem(name, sorted(SYSTEMS))
    listed = isinstance(benchmark.collection, Catalogued)
    overrides = {**SYSTEMS[name], **({} if listed else _UNCAPPED)}
    unlogged: dict[str, Any] = {"answer_log": None, "llm_url": None}  # nobody asked these
    chosen = Settings(**{**settings.model_dump(), **overrides, **unlogged})
    chosen = indexed(benchmark.name, benchmark.collection, chosen, progress)
    shelf = Shelf.of(chosen)
    dense = Remembering(shelf.dense)
    engine = Engine(chosen, replace(shelf, dense=dense))
    engine.warm()
    return InProcess(name, engine, dense, _units(benchmark))


class InProcess:
    """A system in this process. It satisfies the runner's `System`."""

    def __init__(self, name: str, engine: Engine, dense: Remembering, units: Units) -> None:
        self.name = name
        self._engine, self._dense, self._units = engine, dense, units

    def prepare(self, questions: Sequence[Question]) -> None:
        """Embed the questions together, once; one that cannot be asked says so in its turn."""
        most, texts = self._engine.settings.question_max_chars, list[str]()
        for question in questions:
            with suppress(QuestionError):
                texts.append(cleaned(question.text, most))
        self._dense.remember(texts)

    def search(self, question: Question, depth: int) -> tuple[Ranked, ...]:
        """The stretches it finds, best first."""
        asked = self._engine.search(replace(question, top=depth))
        return tuple(self._ranked(hit, asked.holdings) for hit in asked.hits)

    def ask(self, question: Question) -> Given:
        """Its answer; the ranking stays empty."""
        return answered_of(answer_json(self._engine.ask(question)))

    def figures(self, question: Question) -> Figures | None:
        """What abstention looks at; None where nothing was found."""
        return self._engine.considered(question).figures

    def text(self, document_id: str, version: str) -> str | None:
        """A document's canonical text in that version, if it holds it."""
        with self._engine.holdings() as holdings:
            try:
                document = holdings.document(document_id)
            except NotFound:
                return None
            return document.text if document.version == version else None

    def held(self) -> dict[str, str]:
        """The text version that it holds of each document."""
        with self._engine.holdings() as holdings:
            return {name: record.version for name, record in holdings.records.items()}

    def described(self) -> dict[str, Any]:
        """Settings, index, versions, hashes: everything of it that could move a number."""
        shelf, settings = self._engine.shelf, self._engine.settings
        with self._engine.holdings() as holdings:
            manifest = holdings.manifest
        # Where things lie and who may ask move no number; a changed port bars no resume.
        hidden = {"data_dir", "index_api_key", "llm_api_key", "index_url", "library_url"}
        hidden |= {"host", "port", "allowed_hosts", "use_service", "word_vectors_mb"}
        return {
            "settings": settings.model_dump(mode="json", exclude=hidden),
            "corpus_fingerprint": manifest.corpus_digest,
            "index_spec": manifest.spec.digest,
            "passages": manifest.passages,
            "documents": len(manifest.records),
            "models": {
                one.name: one.sha256
                for one in (shelf.dense, shelf.reranker, shelf.second, shelf.selector)
                if one is not None
            },
        }

    def close(self) -> None:
        """Free what it holds."""
        self._engine.close()

    def _ranked(self, hit: Hit, holdings: Holdings) -> Ranked:
        passage = hit.passage
        unit = self._units(holdings.document(passage.document_id), passage.span)
        return Ranked(passage.document_id, passage.version, passage.span, hit.score, unit)


class Remembering:
    """A dense encoder that embedded the questions of a run together beforehand."""

    def __init__(self, dense: DenseEncoder) -> None:
        self._dense, self._known = dense, dict[str, Vectors]()
        self.name, self.sha256 = dense.name, dense.sha256

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return self._dense.dimension

    def remember(self, texts: Sequence[str]) -> None:
        """Embed these questions now; prefixes that a model wants of questions are put on."""
        prefix = getattr(self._dense, "prefix", "")
        fresh = [text for text in dict.fromkeys(texts) if text not in self._known]
        vectors = self._dense.embed([prefix + text for text in fresh])
        self._known.update(zip(fresh, vectors, strict=True))

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row a text."""
        return self._dense.embed(texts)

    def embed_query(self, text: str) -> Vectors:
        """The vector of a question."""
        known = self._known.get(text)
        return self._dense.embed_query(text) if known is None else np.asarray(known)


def _units(benchmark: Benchmark) -> Units:
    """What the benchmark calls a stretch: its own passage, a page, or nothing."""
    collection = benchmark.collection
    if isinstance(collection, Precut):
        named = {(d.id, u.span): u.id for d in collection.documents for u in d.units}
        return lambda document, span: named[document.entry.id, span]
    if isinstance(collection, Pdfs):
        return _page
    return lambda document, span: ""


def _page(document: Document, span: Span) -> str:
    """The page that holds most of a stretch."""

    def shared(page_span: Span) -> int:
        return min(page_span.end, span.end) - max(page_span.start, span.start)

    best = max(document.pages, key=lambda page: shared(page.span), default=None)
    return page_unit(document.entry.id, best.number or 0) if best else ""
