"""A folder to ingest, an index to ingest it into, and an encoder that counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from ingest.publishing import ingest
from ingest.readers.format import Limits
from ingest.readers.sandboxing.sandbox import Sandbox
from ingest.report import Report
from pincite.embedding import DenseEncoder, Vectors
from pincite.generations import Manifest
from pincite.index.schema import Scored
from pincite.settings import Settings
from pincite.shelf import Shelf


class Counting:
    """An encoder that remembers every text it was given."""

    def __init__(self, inner: DenseEncoder, name: str | None = None) -> None:
        self.inner, self.name, self.sha256 = inner, name or inner.name, inner.sha256
        self.texts: list[str] = []

    @property
    def dimension(self) -> int:
        return self.inner.dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.texts += texts
        return self.inner.embed(texts)

    def embed_query(self, text: str) -> Vectors:
        return self.inner.embed_query(text)


@dataclass(frozen=True)
class Desk:
    """What one test of the ingest job works with."""

    folder: Path
    settings: Settings
    shelf: Shelf
    encoder: Counting

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def catalogue(self, *entries: str, folder: Path | None = None, collection: str = "c") -> Path:
        """A catalogue of entries that are written as `id file key = value; key = value`."""
        lines = [f'collection = "{collection}"']
        for entry in entries:
            id_, file, rest = entry.split(" ", 2)
            lines += ["[[entry]]", f'id = "{id_}"', f'file = "{file}"', *rest.split("; ")]
        path = (folder or self.folder) / "catalogue.toml"
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    def ingest(self, *paths: Path, **options: Any) -> Report:
        """An ingest of the folder, or of other paths, that counts its texts anew."""
        self.encoder.texts.clear()
        given = {"shelf": self.shelf, **options}
        return ingest(self.settings, paths or (self.folder,), **given)

    def manifest(self) -> Manifest:
        """The manifest of the published generation."""
        generation = self.shelf.store.current()
        assert generation is not None
        return self.shelf.library.manifest(generation)

    def points(self, document: str | None = None) -> list[Scored]:
        """The points of the published generation (of one document), whose number is checked."""
        manifest = self.manifest()
        reader = self.shelf.store.open(manifest.generation)
        try:
            assert reader.count() == manifest.passages
            return list(reader.scroll(document))
        finally:
            reader.close()

    def texts(self, document: str | None = None) -> str:
        """The words that are stored of the published generation (of one document)."""
        return "\n".join(point.payload["text"] for point in self.points(document))

    def files(self) -> dict[str, bytes]:
        """Every file below the data folder, with its bytes."""
        files = (path for path in self.settings.data_dir.rglob("*") if path.is_file())
        return {str(path): path.read_bytes() for path in files}

    def with_encoder(self, name: str) -> Shelf:
        """The same shelf with an encoder of another name."""
        return replace(self.shelf, dense=Counting(self.encoder, name))


class Shared(Sandbox):
    """A sandbox that outlives the ingest that uses it: its process takes a second to start."""

    def close(self) -> None:
        """Nothing: the session ends it."""


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """One reader process for all tests that do not kill it."""
    shared = Shared(Limits())
    yield shared
    Sandbox.close(shared)


@pytest.fixture
def desk(
    tmp_path: Path,
    light_shelf: Callable[[Settings], Shelf],
    sandbox: Sandbox,
    monkeypatch: pytest.MonkeyPatch,
) -> Desk:
    """An empty folder and an empty index."""
    monkeypatch.setattr("ingest.reading.Sandbox", lambda limits: sandbox)
    settings = Settings(data_dir=tmp_path / "var", ocr="off")
    shelf = light_shelf(settings)
    encoder = Counting(shelf.dense)
    folder = tmp_path / "texts"
    folder.mkdir()
    return Desk(folder, settings, replace(shelf, dense=encoder), encoder)
