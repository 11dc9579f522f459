"""For each word of a question the nearest of a passage's words: late interaction.

Khattab and Zaharia, "ColBERT" (SIGIR 2020). A text's word vectors depend on no other text, so
those of passages are computed once and kept on disk (`pincite/cache.py`).
"""

from __future__ import annotations

import hashlib
import threading
import zlib
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pincite.cache import Cache
from pincite.models import ModelFiles
from pincite.onnx import Numbers, OnnxModel
from pincite.types import Span

Rounded = NDArray[np.int8]
"""Word vectors in eight bits a number, a row a token; only their directions count."""

_LONGEST = 512
# Word vectors kept in memory, in bytes: about 3,000 texts of 120 words.
_KEPT = 256_000_000
# Less room than this on disk, in bytes, is little: about 400 texts.
_LITTLE = 32_000_000
_LARGEST = 127
# Of a file: the width of a row, and a checksum over the numbers.
_WIDTH, _SUM = 2, 4
# A vector of length zero stays what it is, like nothing; divided by zero, it would spoil sums.
_SHORTEST = 1e-12


@dataclass(frozen=True, slots=True)
class Alignment:
    """The cosines of a question's tokens (rows) with a passage's (columns), and where they stand.

    A token that the model adds, such as the mark of a text's start, has an empty span.
    """

    asked: tuple[Span, ...]
    said: tuple[Span, ...]
    near: Numbers


class LateInteraction:
    """The mean over a question's tokens of the greatest cosine with a passage's, over BERT.

    What was read lately is kept in memory; what `remember` was given, in `stored` too. A score is
    the same whether anything was kept or not.
    """

    def __init__(
        self, files: ModelFiles, threads: int, kept: int = _KEPT, stored: Cache | None = None
    ) -> None:
        self.name, self.sha256 = files.name, files.identity
        self._model = OnnxModel(files, _LONGEST, threads)
        self._cache: OrderedDict[str, Rounded] = OrderedDict()
        self._size, self._kept, self._lock = 0, kept, threading.Lock()
        self._stored = stored

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

    @property
    def keeps(self) -> bool:
        """Whether anything is kept on disk."""
        return self._stored is not None

    def make_room(self, texts: Iterable[str]) -> None:
        """Where little room is left on disk, keep no word vectors there but those of the texts."""
        if self._stored is not None and not self._stored.has_room(_LITTLE):
            self._stored.keep_only({self._name(text) for text in texts})

    def remember(self, texts: Sequence[str]) -> bool:
        """Keep the texts' word vectors on disk; False where no more may or can be kept there."""
        if self._stored is None:
            return False
        missing = [one for one in dict.fromkeys(texts) if not self._stored.holds(self._name(one))]
        for text, vectors in zip(missing, self._model.run(missing), strict=True):
            name, data = self._name(text), _packed(_rounded(vectors))
            if self._stored.has_room(len(data)):
                self._stored.put(name, data)
            if not self._stored.holds(name):
                return False
        return True

    def forget(self) -> None:
        """Keep nothing in memory of what was read before, as at the start."""
        with self._lock:
            self._cache.clear()
            self._size = 0

    def _words(self, texts: Sequence[str]) -> list[Numbers]:
        """The word vectors of each text, of length 1; computed where they are not kept."""
        with self._lock:
            held = {t: self._cache[t] for t in texts if t in self._cache}
        held |= self._read([t for t in dict.fromkeys(texts) if t not in held])
        missing = [t for t in dict.fromkeys(texts) if t not in held]
        for text, vectors in zip(missing, self._model.run(missing), strict=True):
            # Rounded before the first use: a score is the same whether it was kept or not.
            held[text] = _rounded(vectors)
        self._keep(held)
        return [_unit(held[t]) for t in texts]

    def _read(self, texts: Sequence[str]) -> dict[str, Rounded]:
        """What is kept on disk of these; what was altered there counts as not kept."""
        if self._stored is None:
            return {}
        found = {text: self._stored.get(self._name(text)) for text in texts}
        unpacked = {text: _unpacked(data) for text, data in found.items() if data is not None}
        return {text: vectors for text, vectors in unpacked.items() if vectors is not None}

    def _name(self, text: str) -> str:
        return hashlib.sha256(f"{self.sha256}\n{text}".encode()).hexdigest()

    def _keep(self, held: dict[str, Rounded]) -> None:
        """Remember these as the latest, and forget the oldest beyond the limit."""
        with self._lock:
            for text, vectors in held.items():
                if text not in self._cache:
                    self._size += vectors.nbytes
                self._cache[text] = vectors
                self._cache.move_to_end(text)
            while self._size > self._kept and self._cache:
                self._size -= self._cache.popitem(last=False)[1].nbytes


def _rounded(vectors: Numbers) -> Rounded:
    """Each row in eight bits a number, as large as they allow."""
    largest = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), _SHORTEST)
    rounded: Rounded = np.rint(vectors * (_LARGEST / largest)).astype(np.int8)
    return rounded


def _unit(vectors: Rounded) -> Numbers:
    numbers = vectors.astype(np.float32)
    lengths = np.linalg.norm(numbers, axis=1, keepdims=True)
    unit: Numbers = numbers / np.maximum(lengths, _SHORTEST)
    return unit


def _packed(vectors: Rounded) -> bytes:
    numbers: bytes = vectors.tobytes()
    width = int(vectors.shape[1]).to_bytes(_WIDTH, "big")
    return width + zlib.crc32(numbers).to_bytes(_SUM, "big") + numbers


def _unpacked(data: bytes) -> Rounded | None:
    """The vectors of a file; None where it is not what was written."""
    width, told = int.from_bytes(data[:_WIDTH], "big"), data[_WIDTH : _WIDTH + _SUM]
    numbers = data[_WIDTH + _SUM :]
    whole = width and len(numbers) and not len(numbers) % width
    if not whole or zlib.crc32(numbers).to_bytes(_SUM, "big") != told:
        return None
    return np.frombuffer(numbers, np.int8).reshape(-1, width)
