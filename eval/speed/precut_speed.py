"""Indexing a benchmark's passages against the bare encoder on the same texts, in one process."""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace
from pathlib import Path

from eval.benchmark import load
from eval.collection import Precut
from eval.indexing import indexed, indexed_texts
from pincite.embedding import dense_encoder
from pincite.settings import Settings

_NAME = "obliqa"
# Documents of ObliQA that hold about a fifth of its passages; the whole would take ten minutes.
_DOCUMENTS = 8


def run(data: Path) -> None:
    """Index some of ObliQA's documents into a fresh folder, then embed the same texts barely."""
    whole = load(_NAME, data=data).collection
    assert isinstance(whole, Precut)
    some = replace(whole, documents=whole.documents[:_DOCUMENTS])
    texts = indexed_texts(some)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder))
        dense = dense_encoder(settings)
        dense.embed(["the libraries are loaded before the clock starts"])
        started = time.perf_counter()
        indexed(_NAME, some, settings)
        spent = time.perf_counter() - started
    started = time.perf_counter()
    dense.embed(texts)
    bare = time.perf_counter() - started
    print(
        f"{len(texts)} passages: indexed in {spent:.1f} s, bare encoder {bare:.1f} s;"
        f" ratio {bare / spent:.3f} (target .9)"
    )
