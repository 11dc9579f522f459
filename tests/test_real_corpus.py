"""The whole real corpus, read, outlined and cut, without embedding."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from eval.corpus import ReadFile, read_all
from eval.fidelity import fidelity
from ingest.chunking import passages
from ingest.outlines.table import outline
from pincite.library import version_of
from pincite.types import Document, Passage
from service.citing import cite
from service.vantage import Vantage
from service.verifying import verify

pytestmark = pytest.mark.corpus

# Scans, or form overlays on scans: nothing to read without OCR.
SCANS = {
    "other/287g-moa-SanibelPDFL_TFM_MOA_032625.pdf",
    "other/287g-moa-LeeCoSheriffsOffice_JEM_MOA_02.20.2025.pdf",
    "other/287g-moa-CowleyCountySO_WSO_MOA_030425.pdf",
    "other/287g-moa-TitusCountyTX_TFM_MOA_031025.pdf",
    "other/287g-moa-LoudounCountySO_WSO_MOA_032625.pdf",
    "other/287g-moa-SpartanburgCoSC_WSO_MOA_04.02.2025.pdf",
}


@pytest.fixture(scope="module")
def files(corpus_dir: Path) -> list[ReadFile]:
    return list(read_all(corpus_dir))


@pytest.fixture(scope="module")
def cut(files: list[ReadFile]) -> list[tuple[Document, tuple[Passage, ...]]]:
    documents = []
    for file in files:
        if file.reading is not None:
            reading = file.reading
            document = Document(
                file.entry,
                reading.text,
                version_of(reading),
                reading.pages,
                outline(file.entry.kind, reading),
                reading.marks,
                reading.repairs,
            )
            documents.append((document, passages(document)))
    return documents


def test_every_file_is_read_or_refused_with_a_reason(files: list[ReadFile]) -> None:
    assert len(files) == 131
    refused = {f.entry.source: f.refused.reason for f in files if f.refused}
    assert refused == dict.fromkeys(SCANS, "scan_without_ocr")


def test_every_passage_equals_its_slice_and_none_is_lost(
    cut: list[tuple[Document, tuple[Passage, ...]]],
) -> None:
    for document, found in cut:
        covered = Counter[bool]()
        end = 0
        for passage in found:
            assert passage.text == passage.span.of(document.text), document.entry.id
            assert passage.span.start >= end, document.entry.id
            covered[bool(document.text[end : passage.span.start].strip())] += 1
            end = passage.span.end
        assert not covered[True], document.entry.id
        assert not document.text[end:].strip(), document.entry.id


def test_every_passage_can_be_cited_and_verified(
    cut: list[tuple[Document, tuple[Passage, ...]]],
) -> None:
    from datetime import date

    held = {document.entry.id: document for document, _ in cut}
    for document, found in cut:
        for passage in found[:: max(1, len(found) // 40)]:
            verify(cite(document, passage.span, Vantage(date(2026, 11, 22))), held.__getitem__)


def test_no_word_is_invented_and_every_missing_word_is_accounted_for(
    files: list[ReadFile],
) -> None:
    """The exact figures are a benchmark (`make bench`); here stands what may never get worse."""
    low = {}
    for file in files:
        if file.reading is None or file.entry.source.endswith("code-non-zoning-full.md"):
            continue  # two megabytes against themselves: the benchmark's work
        one = fidelity(file.path, file.reading)
        # Values typed into a form's fields are not in the second library's text.
        invented = () if file.entry.source in FILLED_FORMS else one.invented
        if one.accounted < EXPLAINED.get(file.entry.source, 0.98) or invented:
            low[file.entry.source] = (round(one.accounted, 4), invented)
    assert low == {}


# Least shares of files whose markup holds words that are not the law's.
EXPLAINED = {
    # the codifier's own chapter heading and find-and-replace instructions
    "ordinance/dc-law-24-257.xml": 0.96,
    # 92 words in all, of which a bare "19-194" beside the same number in the citation
    "ordinance/dc-law-19-194.xml": 0.97,
}
FILLED_FORMS = {"other/287g-moa-ArcadiaPDFL_TFM_MOA_030425.pdf"}
