"""Documents that are held without an index, passages found in them, an encoder that is told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from pincite.embedding import Vectors
from pincite.index.schema import ancestors
from pincite.kinds import Kind
from pincite.types import Document, Entry, Hit, Locator, Mark, Passage, Span
from pincite.works import Works
from service.answering.by_rule.status import told as told_of_standing
from service.answering.by_rule.telling import Told
from service.answering.evidence import Evidence
from service.answering.timing import timing_of
from service.holdings import Holdings
from service.vantage import Vantage

_DAY = date(2026, 11, 22)


class _Held:
    """What answering asks of the holdings. Every word is as rare as every other."""

    def __init__(
        self, *documents: Document, citations: Collection[str] = (), codified: Collection[str] = ()
    ) -> None:
        self._documents = {document.entry.id: document for document in documents}
        self.records = {
            name: SimpleNamespace(entry=document.entry)
            for name, document in self._documents.items()
        }
        self.works = Works(document.entry for document in documents)
        self.citations, self._codified = frozenset(citations), frozenset(codified)
        self.links = SimpleNamespace(
            names_held=lambda named: False, places=lambda key: (), held={}, aliases={}
        )
        self.spelling = SimpleNamespace(meant=lambda word: None)
        places = {document.entry.jurisdiction for document in documents} - {None}
        self.jurisdictions = frozenset(up for place in places for up in ancestors(place or ""))

    def record(self, entry_id: str) -> SimpleNamespace:
        return self.records[entry_id]

    def document(self, entry_id: str) -> Document:
        return self._documents[entry_id]

    def rarity(self, stem: str) -> float:
        return 1.0

    def knows(self, stem: str) -> bool:
        return True

    def stands_in_code(self, entry_id: str) -> bool:
        return entry_id in self._codified


class _Told:
    """An encoder that was told how near to the question each text lies."""

    name, sha256, dimension = "told", "0" * 64, 1

    def __init__(self, near: Mapping[str, float], otherwise: float) -> None:
        self._near, self._otherwise = near, otherwise
        self.seen: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.seen += texts
        return np.array([[self._near.get(t, self._otherwise)] for t in texts], np.float32)

    def embed_query(self, text: str) -> Vectors:
        return np.ones(1, np.float32)


@pytest.fixture(scope="session")
def held() -> Callable[..., Holdings]:
    """Holdings of these documents."""

    def made(*documents: Document, **more: Any) -> Holdings:
        return cast(Holdings, _Held(*documents, **more))

    return made


@pytest.fixture(scope="session")
def told() -> Callable[..., _Told]:
    """An encoder by texts and how near they lie; all others lie `otherwise` near."""

    def made(near: Mapping[str, float] | None = None, otherwise: float = 0.0) -> _Told:
        return _Told(near or {}, otherwise)

    return made


@pytest.fixture(scope="session")
def document() -> Callable[..., Document]:
    """A document of that text."""

    def made(
        name: str,
        text: str,
        kind: Kind = Kind.STATUTE,
        marks: Sequence[Mark] = (),
        **fields: Any,
    ) -> Document:
        title = fields.pop("title", "")
        return Document(Entry(name, kind, title, "x.md", **fields), text, "v", marks=tuple(marks))

    return made


@pytest.fixture(scope="session")
def hit() -> Callable[..., Hit]:
    """A passage found: the whole document, or a stretch of it."""

    def made(
        document: Document,
        score: float = 1.0,
        similarity: float | None = None,
        fused: float = 0.0,
        span: Span | None = None,
        **where: Any,
    ) -> Hit:
        span = span or Span(0, len(document.text))
        retired = where.pop("retired", False)
        text = span.of(document.text)
        passage = Passage(document.entry.id, "v", span, text, Locator(**where), retired)
        return Hit(passage, score, (), similarity, fused=fused)

    return made


@pytest.fixture
def tell_of(held: Callable[..., Holdings], hit: Callable[..., Hit]) -> Callable[..., Told | None]:
    """What is told where these documents are held, and found in this order."""

    def made(question: str, *documents: Document, path: tuple[str, ...] = ()) -> Told | None:
        holdings: Any = held(*documents)
        hits = [hit(document, path=path) for document in documents]
        evidence = [Evidence(h, d, 1.0, 1.0) for h, d in zip(hits, documents, strict=True)]
        timing = timing_of(question, None, Vantage(_DAY, works=holdings.works), hits)
        return told_of_standing(question, timing, evidence, holdings)

    return made
