"""The real PDFs: what was checked by reading them stays so."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from ingest.readers.format import Limits
from ingest.readers.pdf.reader import read_pdf
from pincite.errors import FileRefused
from pincite.types import Reading

pytestmark = pytest.mark.corpus

ORDER = "executive_order/eo-14159-fr-2025-02006.pdf"
ARCADIA = "other/287g-moa-ArcadiaPDFL_TFM_MOA_030425.pdf"
TEXAS = "other/287g-moa-TexasOfficeAttorneyGeneral_TFM_MOA_01.30.25.pdf"
HARDEE = "other/287g-moa-hardeeCoSheriffsOffice_WSO_MOA_02.26.2025.pdf"
DESOTO = "other/287g-moa-287gWSO_DesotoCoFl2019-10-15.pdf"
ARGUMENT = "other/scotus-oral-argument-11-182-arizona-v-united-states.pdf"


@cache
def reading(path: Path) -> Reading:
    return read_pdf(path.read_bytes(), Limits())


@pytest.mark.parametrize(
    ("name", "block"),
    [
        # the page breaks in the middle of this clause
        (ORDER, "Sec. 8. Civil Fines and Penalties. (a) The Secretary of Homeland Security,"),
        (ORDER, "THE WHITE HOUSE,"),
        # a drop cap of its own in the file
        (ARCADIA, "Before participating LEA personnel receive authorization to perform"),
        (ARCADIA, "X. COSTS AND EXPENDITURES"),
        # typed into the form
        (ARCADIA, "Modifications of this MOA must be proposed in writing"),
        (HARDEE, "For the LEA: For ICE:"),
        (ARGUMENT, "MR. CLEMENT: Mr. Chief Justice, and may it please the Court:"),
        (ARGUMENT, "JUSTICE SOTOMAYOR: Mr. Clement --"),
    ],
)
def test_a_block_begins_its_own_line(corpus_dir: Path, name: str, block: str) -> None:
    assert f"\n{block}" in reading(corpus_dir / "corpus" / name).text


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (ORDER, "including the Immigration and Nationality Act (INA)"),  # Nation-ality
        (ORDER, "economic well-being of Americans"),
        (ARCADIA, "This Memorandum of Agreement (MOA) constitutes"),
        (ARCADIA, "employees of the APD (hereinafter"),
        (TEXAS, "certified officers or employees of the Texas Office"),
        (HARDEE, "decision in Giglio v. United States, 405 U.S. 150"),
        # OCR noise is the file's own: it stays
        (DESOTO, "Sheriffs Office"),
    ],
)
def test_words_are_whole(corpus_dir: Path, name: str, words: str) -> None:
    assert words in reading(corpus_dir / "corpus" / name).text


def test_printed_pages_are_labels(corpus_dir: Path) -> None:
    pages = reading(corpus_dir / "corpus" / ORDER).pages
    assert [page.label for page in pages] == ["8443", "8444", "8445", "8446", "8447", "8448"]
    labels = [page.label for page in reading(corpus_dir / "corpus" / ARGUMENT).pages]
    assert labels[:81] == [str(number) for number in range(1, 82)]


def test_furniture_is_out_and_on_record(corpus_dir: Path) -> None:
    order, argument = (reading(corpus_dir / "corpus" / name) for name in (ORDER, ARGUMENT))
    for mark in ("VerDate", "khammond", "Federal Register / Vol.", "GPH"):
        assert mark not in order.text
    assert {r.rule for r in order.repairs} == {"hidden text", "running head", "line-end hyphen"}
    assert "Alderson" not in argument.text
    # 25 numbered lines on each of 82 pages
    assert [r.rule for r in argument.repairs].count("line number") == 25 * 82


@pytest.mark.parametrize(
    "name", ["Sanibel", "LeeCo", "CowleyCounty", "TitusCounty", "LoudounCounty", "SpartanburgCo"]
)
def test_scans_are_refused_without_ocr(corpus_dir: Path, name: str) -> None:
    (path,) = (corpus_dir / "corpus" / "other").glob(f"287g-moa-{name}*.pdf")
    with pytest.raises(FileRefused) as refusal:
        read_pdf(path.read_bytes(), Limits())
    assert refusal.value.reason == "scan_without_ocr"


def test_an_ocr_text_layer_is_marked_on_every_page(corpus_dir: Path) -> None:
    found = reading(corpus_dir / "corpus" / DESOTO)
    marked = [mark.span for mark in found.marks if mark.type == "ocr"]
    assert sum(span.end - span.start for span in marked) > 0.99 * len(found.text)
    assert not any(m.type == "ocr" for m in reading(corpus_dir / "corpus" / ARCADIA).marks)


def test_agreements_have_their_headings(corpus_dir: Path) -> None:
    found = reading(corpus_dir / "corpus" / ARCADIA)
    headings = [(m.detail, m.span.of(found.text)) for m in found.marks if m.type == "heading"]
    assert ("2", "XVIII. EFFECTIVE DATE, SUSPENSION, AND TERMINATION OF THIS MOA") in headings
    assert [text for level, text in headings if level == "2"][:3] == [
        "I. PURPOSE",
        "II. AUTHORITY",
        "III. POLICY",
    ]


def test_a_file_under_an_empty_password_is_read(corpus_dir: Path) -> None:
    path = corpus_dir / "bench/financebench/pdfs/FOOTLOCKER_2022_8K_dated-2022-05-20.pdf"
    assert "Foot Locker" in reading(path).text
