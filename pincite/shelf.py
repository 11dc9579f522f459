"""Wiring: the store, the library and the encoders that the settings name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from pincite.embedding import DenseEncoder, SparseEncoder, dense_encoder, sparse_encoder
from pincite.errors import IndexMissing
from pincite.generations import IndexSpec, Manifest
from pincite.index.opening import open_store
from pincite.index.schema import Store
from pincite.library import Library
from pincite.reranking import Reranker, reranker, second_reranker, selector
from pincite.settings import Settings


class EncoderSpec(TypedDict):
    """The part of an IndexSpec that asking and ingesting must share."""

    encoder: str
    encoder_sha256: str
    dimension: int
    sparse_encoder: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """What both doors work with."""

    store: Store
    library: Library
    dense: DenseEncoder
    sparse: SparseEncoder
    reranker: Reranker | None = None
    selector: Reranker | None = None
    second: Reranker | None = None

    @classmethod
    def of(cls, settings: Settings) -> Shelf:
        """The shelf that the settings name. Weights are loaded when first used."""
        return cls(
            open_store(settings),
            library_of(settings),
            dense_encoder(settings),
            sparse_encoder(settings),
            reranker(settings),
            selector(settings),
            second_reranker(settings),
        )

    @property
    def encoders(self) -> EncoderSpec:
        """What must be equal between an index and a process that asks it."""
        return {
            "encoder": self.dense.name,
            "encoder_sha256": self.dense.sha256,
            "dimension": self.dense.dimension,
            "sparse_encoder": self.sparse.name,
        }


def library_of(settings: Settings) -> Library:
    """The library: at its own URL, or in a folder of data_dir."""
    return Library(settings.library_url or (settings.data_dir / "library").resolve())


def published_manifest(settings: Settings, library: Library) -> Manifest:
    """The manifest of the published generation, without opening its points.

    Raises IndexMissing before the first ingest.
    """
    generation = open_store(settings).current()
    if generation is None:
        raise IndexMissing("nothing was ingested yet; run `pincite ingest PATH` first")
    return library.manifest(generation)


def mismatch(built: IndexSpec, wanted: IndexSpec) -> str:
    """One line on the first way in which two specs differ, and what to do."""
    for name in IndexSpec.__dataclass_fields__:
        ours, theirs = getattr(wanted, name), getattr(built, name)
        if ours != theirs:
            words = name.replace("_", " ")
            return (
                f"the index was built with {words} {theirs}, but this process uses {ours};"
                " run `pincite ingest --rebuild` or change the settings back"
            )
    return "the index and this process use the same settings"
