"""How well a passage bears on a question, read together: more exact and slower than a vector.

A score does not depend on the passages that are scored with it.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from pincite.errors import ModelError
from pincite.models import PACKAGED, ModelFiles, find_model, packaged_model
from pincite.onnx import Numbers, OnnxModel
from pincite.settings import MODEL_OFF, Settings
from pincite.types import Span

_LONGEST = 512
# Word vectors kept in memory, in bytes: about 2,000 texts of 120 words.
_KEPT = 256_000_000
# A vector of length zero stays what it is, like nothing; divided by zero, it would spoil sums.
_SHORTEST = 1e-12


class Reranker(Protocol):
    """A question and passages to scores, higher for those that bear on it more."""

    name: str
    sha256: str

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        """One score a passage, in order; their scale is the model's own."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The cosines of a question's tokens (rows) with a passage's (columns), and where they stand.

    A token that the model adds, such as the mark of a text's start, has an empty span.
    """

    asked: tuple[Span, ...]
    said: tuple[Span, ...]
    near: Numbers


class CrossEncoder:
    """Reads question and passage as one text (Nogueira and Cho, arXiv 1901.04085)."""

    longest = _LONGEST

    def __init__(self, files: ModelFiles, threads: int) -> None:
        self.name, self.sha256 = files.name, files.identity
        self._model = OnnxModel(files, self.longest, threads)

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        """The model's logit for each passage."""
        return [float(out[0]) for out in self._model.run([(question, p) for p in passages])]


class AnswerSelector(CrossEncoder):
    """A cross-encoder trained on single stretches: its logit is that one answers, against none."""

    longest = 192


class LateInteraction:
    """For each word of the question the nearest of the passage's words, on average.

    Khattab and Zaharia, "ColBERT" (SIGIR 2020), over the encoder's last layer. A text's word
    vectors depend on no other text, so those of texts seen lately are kept.
    """

    def __init__(self, files: ModelFiles, threads: int, kept: int = _KEPT) -> None:
        self.name, self.sha256 = files.name, files.identity
        self._model = OnnxModel(files, _LONGEST, threads)
        self._cache: OrderedDict[str, Numbers] = OrderedDict()
        self._size, self._kept, self._lock = 0, kept, threading.Lock()

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        """Mean over the question's tokens of the greatest cosine; at most 1."""
        asked, *said = self._words([question, *passages])
        return [float((asked @ one.T).max(axis=1).mean()) for one in said]

    def alignment(self, question: str, passage: str) -> Alignment:
        """How near each token of the question lies to each token of the passage."""
        asked, said = self._words([question, passage])
        return Alignment(
            tuple(self._model.tokens(question)), tuple(self._model.tokens(passage)), asked @ said.T
        )

    def _words(self, texts: Sequence[str]) -> list[Numbers]:
        """The word vectors of each text, computed where they are not kept."""
        with self._lock:
            held = {t: self._cache[t] for t in texts if t in self._cache}
        missing = [t for t in dict.fromkeys(texts) if t not in held]
        for text, vectors in zip(missing, self._model.run(missing), strict=True):
            # Rounded once, before the first use: a score is the same whether it was kept or not.
            held[text] = _unit(vectors).astype(np.float16)
        self._keep(held)
        return [held[t].astype(np.float32) for t in texts]

    def forget(self) -> None:
        """Keep nothing of what was read before, as at the start."""
        with self._lock:
            self._cache.clear()
            self._size = 0

    def _keep(self, held: dict[str, Numbers]) -> None:
        """Remember these as the latest, and forget the oldest beyond the limit."""
        with self._lock:
            for text, vectors in held.items():
                if text not in self._cache:
                    self._size += vectors.nbytes
                self._cache[text] = vectors
                self._cache.move_to_end(text)
            while self._size > self._kept and self._cache:
                self._size -= self._cache.popitem(last=False)[1].nbytes


def _unit(vectors: Numbers) -> Numbers:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Numbers = vectors / np.maximum(lengths, _SHORTEST)
    return unit


def reranker(settings: Settings) -> Reranker | None:
    """The reranker that the settings name, or None; its weights are loaded when first used."""
    return _named(settings.reranker, RERANKERS, "reranker", settings.threads)


def selector(settings: Settings) -> Reranker | None:
    """What tells the clause that answers, as the settings name it, or None."""
    return _named(settings.selector, SELECTORS, "selector", settings.threads)


def _named(name: str, kinds: Mapping[str, Kind], role: str, threads: int) -> Reranker | None:
    if name == MODEL_OFF:
        return None
    packaged = packaged_model(name)
    how = kinds.get(packaged.use) if packaged else None
    if how is None:
        known = sorted(name for name, model in PACKAGED.items() if model.use in kinds)
        raise ModelError(
            f"{name}: is no {role}; give {MODEL_OFF}, or packaged: and one of {', '.join(known)}"
        )
    return how(find_model(name), threads)


Kind = type[CrossEncoder] | type[LateInteraction]
RERANKERS: Mapping[str, Kind] = {
    "cross-encoder": CrossEncoder,
    "late-interaction": LateInteraction,
}
SELECTORS: Mapping[str, Kind] = {"selector": AnswerSelector}
