"""Ingest against the bare encoder on the same passages, in one process; memory; a second run."""

from __future__ import annotations

import resource
import tempfile
import time
from pathlib import Path

from eval.corpus import CATALOGUE
from ingest.publishing import ingest
from pincite.citing.pinpoints import pinpoint
from pincite.context import indexed_text
from pincite.index.schema import passage_of
from pincite.settings import Settings
from pincite.shelf import Shelf


def run(data: Path) -> None:
    """Ingest the whole corpus without OCR into a fresh index, then embed its passages barely."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), ocr="off")
        shelf = Shelf.of(settings)
        shelf.dense.embed(["the model is loaded before the clock starts"])
        report = ingest(settings, [data / "corpus"], catalogue=CATALOGUE, shelf=shelf)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        again = ingest(settings, [data / "corpus"], catalogue=CATALOGUE)
        texts = _texts(settings)
        started = time.perf_counter()
        shelf.dense.embed(texts)
        bare = time.perf_counter() - started
    print(
        f"{report.files} files: {report.documents} indexed, {len(report.refusals)} refused;"
        f" {report.passages} passages"
    )
    for refusal in report.refusals:
        print(f"  {refusal.source}: {refusal.reason}: {refusal.detail}")
    print(
        f"ingest {report.seconds:.1f} s = {report.passages / report.seconds:.1f} passages/s"
        f" (in the encoder {report.encoder_seconds:.1f} s);"
        f" bare encoder {bare:.1f} s = {len(texts) / bare:.1f} passages/s;"
        f" ratio {bare / report.seconds:.3f} (target .9)"
    )
    print(f"peak memory {peak:.0f} MB, reader process {child:.0f} MB (target under 2500)")
    print(
        f"second run {again.seconds:.1f} s, {again.embedded} embedded,"
        f" published {again.published} (target under 15 s, 0, False)"
    )


def _texts(settings: Settings) -> list[str]:
    """What the encoder saw of every passage of the published generation."""
    shelf = Shelf.of(settings)
    generation = shelf.store.current()
    assert generation is not None
    records = shelf.library.manifest(generation).records
    documents = {r.entry.id: shelf.library.document(r.entry, r.version, r.outline) for r in records}
    reader = shelf.store.open(generation)
    try:
        passages = [passage_of(point.payload) for point in reader.scroll()]
    finally:
        reader.close()
    return [
        indexed_text(document.entry, passage, pinpoint(document, passage.span))
        for passage in passages
        for document in (documents[passage.document_id],)
    ]
