"""Texts to vectors: a dense encoder for meaning, a sparse one for words.

A text's vector does not depend on the texts it is embedded with.
"""

from __future__ import annotations

import math
import os
import platform
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from pincite.errors import ModelError
from pincite.index.schema import SparseVector
from pincite.models import PACKAGED, ModelFiles, find_model, packaged_model, verify_weights
from pincite.onnx import OnnxModel
from pincite.settings import Settings

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]

MAX_TOKENS = 256
_BM25_K, _BM25_B = 1.2, 0.75
_DENSE_USES = ("sentence-transformers", "cls-encoder")


class DenseEncoder(Protocol):
    """Texts to vectors of length one."""

    name: str
    sha256: str

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row a text."""

    def embed_query(self, text: str) -> Vectors:
        """The vector of a question."""


class SparseEncoder(Protocol):
    """Texts to weighted words."""

    name: str

    def encode_documents(self, texts: Sequence[str]) -> list[SparseVector]:
        """Words weighted by how often they stand in a text of its length."""

    def encode_query(self, text: str) -> SparseVector:
        """Every word of a question once. Empty when it holds none but stop words."""


class SentenceEncoder:
    """A sentence-transformers model, loaded when the first text comes.

    `precision` is what it computes in: float32 or bfloat16. `threads` is how many batches are
    computed at once, each on one core; 0 is as many as there are cores.
    """

    def __init__(self, files: ModelFiles, precision: str, threads: int, batch_size: int) -> None:
        self._files, self._batch_size = files, batch_size
        self._threads = threads or os.cpu_count() or 1
        self.name, self.sha256 = files.name, files.sha256
        self.precision = resolve_precision(precision)
        self._loading = threading.Lock()

    @cached_property
    def dimension(self) -> int:
        """How many numbers a vector has; known without loading for packaged models."""
        if self._files.dimension is not None:
            return self._files.dimension
        return len(self.embed_query("length"))

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row a text; texts of like length share a batch, so that little is padding."""
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        model, workers = self._parts
        tokens = model.tokenizer(list(texts), truncation=True, max_length=_longest(model))
        lengths = [len(ids) for ids in tokens["input_ids"]]
        order = np.argsort(lengths, kind="stable")[::-1]
        size = _share(len(texts), self._threads, self._batch_size)
        batches = [
            {name: [values[i] for i in order[at : at + size]] for name, values in tokens.items()}
            for at in range(0, len(order), size)
        ]
        rows = list(workers.map(partial(_forward, model), batches))
        vectors = np.empty((len(texts), rows[0].shape[1]), np.float32)
        vectors[order] = np.concatenate(rows)
        return vectors

    def embed_query(self, text: str) -> Vectors:
        """The vector of a question."""
        vector: Vectors = self.embed([text])[0]
        return vector

    @property
    def _parts(self) -> tuple[SentenceTransformer, ThreadPoolExecutor]:
        with self._loading:
            return self._loaded

    @cached_property
    def _loaded(self) -> tuple[SentenceTransformer, ThreadPoolExecutor]:
        verify_weights(self._files)
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        # A bar of a second would stand on standard error, which is for one line of our own.
        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            model = SentenceTransformer(str(self._files.folder), local_files_only=True)
        except (OSError, ValueError, KeyError) as error:
            reason = str(error).strip().splitlines()[0]
            raise ModelError(f"{self._files.folder}: cannot be loaded: {reason}") from error
        if self.precision == "bfloat16":
            model[0].to(torch.bfloat16)
        # Torch's own threads meet after every product: where another thread has one of the cores,
        # all of them wait for it. Batches that are computed side by side never meet.
        workers = ThreadPoolExecutor(self._threads, "torch", lambda: torch.set_num_threads(1))
        return model.eval(), workers


class ClsEncoder:
    """A BERT-like ONNX model whose first token's vector stands for the text.

    `prefix` is what the model wants before a question (BGE was trained with one).
    """

    prefix = "Represent this sentence for searching relevant passages: "

    def __init__(self, files: ModelFiles, threads: int) -> None:
        self.name, self.sha256 = files.name, files.sha256
        self.dimension = files.dimension or 0
        self._model = OnnxModel(files, MAX_TOKENS, threads)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row a text, each computed alone."""
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        rows = np.stack([output[0] for output in self._model.run(texts)])
        unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit

    def embed_query(self, text: str) -> Vectors:
        """The vector of a question."""
        vector: Vectors = self.embed([self.prefix + text])[0]
        return vector


class Bm25Encoder:
    """English BM25 weights; how rare a word is enters in the index, as the IDF modifier."""

    def __init__(self, average_length: float) -> None:
        import qdrant_edge as engine

        self.name = f"bm25:english:k{_BM25_K:g}:b{_BM25_B:g}:length{average_length:g}"
        config = engine.Bm25Config(k=_BM25_K, b=_BM25_B, avg_len=average_length, language="english")
        self._bm25 = engine.Bm25(config)

    def encode_documents(self, texts: Sequence[str]) -> list[SparseVector]:
        """Words weighted by how often they stand in a text of its length."""
        return [_sparse(self._bm25.embed_document(text)) for text in texts]

    def encode_query(self, text: str) -> SparseVector:
        """Every word of a question once."""
        return _sparse(self._bm25.embed_query(text))


def dense_encoder(settings: Settings) -> DenseEncoder:
    """The dense encoder that the settings name; its weights are loaded when first used."""
    packaged = packaged_model(settings.dense_model)
    if packaged and packaged.use not in _DENSE_USES:
        known = sorted(name for name, model in PACKAGED.items() if model.use in _DENSE_USES)
        raise ModelError(
            f"{settings.dense_model}: is no dense encoder; give packaged: and one of"
            f" {', '.join(known)}, a sentence-transformers folder, or hub:NAME"
        )
    files = find_model(settings.dense_model)
    if packaged and packaged.use == "cls-encoder":
        return ClsEncoder(files, settings.threads)
    return SentenceEncoder(files, settings.precision, settings.threads, settings.batch_size)


def sparse_encoder(settings: Settings) -> SparseEncoder:
    """The sparse encoder that the settings name."""
    return Bm25Encoder(settings.bm25_average_length)


def word_counts(texts: Sequence[str]) -> list[int]:
    """How many words BM25 sees in each text; their mean is the average length it wants."""
    import qdrant_edge as engine

    # With no length norm and a huge k, a word's weight is the number of times it stands there.
    counter = engine.Bm25(engine.Bm25Config(k=1e6, b=0.0, language="english"))
    return [round(sum(counter.embed_document(text).values)) for text in texts]


def resolve_precision(setting: str, cpuinfo: Path = Path("/proc/cpuinfo")) -> str:
    """`auto` is bfloat16 where the processor multiplies it faster than float32.

    That is with AMX, and with AVX512-BF16 on AMD. Intel's AVX512-BF16 alone does as many
    products a cycle as its float32 units; MiniLM then took 1.4 times as long in bfloat16.
    """
    if setting != "auto":
        return setting
    if platform.machine() not in ("x86_64", "AMD64") or not cpuinfo.exists():
        return "float32"
    words = set(cpuinfo.read_text(encoding="utf-8", errors="replace").split())
    fast = "amx_bf16" in words or {"AuthenticAMD", "avx512_bf16"} <= words
    return "bfloat16" if fast else "float32"


def _share(texts: int, workers: int, most: int) -> int:
    """How many texts go into a batch, at most `most`, so that all the workers have as much."""
    rounds = math.ceil(texts / (workers * most))
    return math.ceil(texts / (workers * rounds))


def _longest(model: SentenceTransformer) -> int:
    return min(MAX_TOKENS, model.max_seq_length or MAX_TOKENS)


def _forward(model: SentenceTransformer, batch: dict[str, Any]) -> Vectors:
    """One batch through the model; whatever its precision, pooling is done in float32."""
    import torch

    with torch.inference_mode():
        padded = model.tokenizer.pad(batch, return_tensors="pt").to(model.device)
        features = model[0](dict(padded))
        features["token_embeddings"] = features["token_embeddings"].float()
        for module in list(model)[1:]:
            features = module(features)
        unit = torch.nn.functional.normalize(features["sentence_embedding"].float(), dim=1)
    vectors: Vectors = unit.cpu().numpy()
    return vectors


def _sparse(vector: Any) -> SparseVector:
    return SparseVector(tuple(vector.indices), tuple(vector.values))
