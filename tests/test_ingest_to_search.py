"""From files to passages found, with real weights, through both stores."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from qdrant_client import QdrantClient

from ingest.publishing import ingest
from pincite.embedding import dense_encoder, sparse_encoder
from pincite.index.edge import EdgeStore
from pincite.index.schema import Store
from pincite.index.server import ServerStore
from pincite.settings import Settings
from pincite.shelf import Shelf, library_of
from pincite.types import Question
from service.engine import Engine

pytestmark = pytest.mark.model

FILES = (
    "ordinance/port-alder-mc-12.40-2017.md",
    "ordinance/port-alder-mc-12.40-2023.pdf",
    "statute/averine-federal-code-9-214-219.xml",
    "executive_order/port-alder-eo-2019-04.md",
    "op_ed/the-jail-is-not-a-waiting-room.md",
)


def embedded(data_dir: Path) -> Store:
    return EdgeStore(data_dir)


def server(data_dir: Path) -> Store:
    return ServerStore(QdrantClient(":memory:"), ":memory:", data_dir)


@pytest.mark.parametrize("store", [embedded, server])
def test_what_was_ingested_is_found(store: Any, tmp_path: Path, sample_dir: Path) -> None:
    settings = Settings(data_dir=tmp_path / "var", ocr="off")
    shelf = Shelf(
        store(settings.data_dir),
        library_of(settings),
        dense_encoder(settings),
        sparse_encoder(settings),
    )
    folder = _some_of(sample_dir, tmp_path / "sample")
    report = ingest(settings, [folder], shelf=shelf)
    assert (report.added, report.refusals) == (len(FILES), ())
    assert report.embedded == report.passages > 20

    (folder / FILES[3]).unlink()
    (folder / FILES[0]).write_text("# Welcoming City\n\nWeather vanes are to be painted red.\n")
    again = ingest(settings, [folder], shelf=shelf)
    assert (again.changed, len(again.removed), again.unchanged) == (1, 1, 3)
    assert again.embedded < report.embedded
    assert ingest(settings, [folder], shelf=shelf).published is False

    engine = Engine(settings, shelf)
    try:
        for words, document in (
            ("what colour must weather vanes have", "ordinance-port-alder-mc-12-40-2017"),
            ("9 A.F.C. § 214", "statute-averine-federal-code-9-214-219"),
        ):
            best = engine.search(Question(words, top=5)).hits[0].passage
            assert best.document_id == document
        everything = engine.search(Question("order of the mayor", top=100)).hits
    finally:
        engine.close()
    assert not any("executive" in hit.passage.document_id for hit in everything)


def test_the_command_says_nothing_on_standard_error(tmp_path: Path, sample_dir: Path) -> None:
    """No bar of a model that loads, no warning of a library: that place is for our one line."""
    folder = tmp_path / "sample"
    folder.mkdir()
    (folder / "a.md").write_bytes((sample_dir / FILES[0]).read_bytes())
    done = subprocess.run(
        [sys.executable, "-m", "pincite.cli", "ingest", str(folder)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 added" in done.stdout


def _some_of(sample: Path, folder: Path) -> Path:
    for name in FILES:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((sample / name).read_bytes())
    return folder
