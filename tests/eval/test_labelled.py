"""Citations found in real documents, against labels made by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.corpus import CATALOGUE
from eval.labelled import Score, score
from ingest.catalogue import load_catalogue
from ingest.readers.format import Limits
from ingest.readers.sandboxing.sandbox import Sandbox
from pincite.kinds import Kind
from pincite.types import Entry

ENTRY = Entry("one", Kind.STATUTE, "One", "one.md", citation="8 U.S.C. § 1373")
TEXT = "Heading\nSee 8 U.S.C. § 1644 and 8 C.F.R. § 287.7.\n"
LABELS = """
[[line]]
document = "one"
begins = "See"
labels = [["8 U.S.C. § 1644", "8 usc 1644"], ["287.7", "8 cfr 287.7"]]
"""


def test_a_citation_is_right_where_it_starts_and_by_its_key(tmp_path: Path) -> None:
    path = tmp_path / "labels.toml"
    path.write_text(LABELS, encoding="utf-8")
    got = score(lambda _: (ENTRY, TEXT), path)
    # the regulation is found, but from its title on, where no label stands
    assert got.found == 1
    assert (got.precision, got.recall) == (0.5, 0.5)
    assert len(got.missed) == len(got.wrong) == 1


def test_nothing_found_is_no_division_by_nothing() -> None:
    assert Score(0, (), ()).precision == 0.0


@pytest.mark.corpus
def test_citations_of_real_documents_are_found_rightly(corpus_dir: Path) -> None:
    entries = {entry.id: entry for entry in load_catalogue(CATALOGUE)}
    read: dict[str, tuple[Entry, str]] = {}
    with Sandbox(Limits()) as sandbox:

        def text_of(id_: str) -> tuple[Entry, str]:
            if id_ not in read:
                path = corpus_dir / "corpus" / entries[id_].source
                read[id_] = entries[id_], sandbox.read(path.read_bytes(), path.suffix).text
            return read[id_]

        got = score(text_of)
    assert got.found + len(got.missed) >= 60
    assert got.precision >= 0.98, got.wrong
    assert got.recall >= 0.9, got.missed
