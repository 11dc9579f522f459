"""Clauses of the bundled sample, from the file to the printed citation."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from ingest.catalogue import load_catalogue
from ingest.outlines.table import outline
from ingest.readers.format import Limits
from ingest.readers.table import format_of
from pincite.citing.pinpoints import pin
from pincite.citing.printing import printed
from pincite.types import Document, Span

SAMPLE = Path(__file__).parents[2] / "corpora" / "sample"

CITED = [
    ("port-alder-mc-12-40-2017", "(a) The City Jail shall not", "§ 12.40.040(a)",
     "Port Alder Mun. Code § 12.40.040(a) (2017)"),
    ("port-alder-mc-12-40-2023", "(a) The City Jail shall not", "§ 12.40.040(a)",
     "Port Alder Mun. Code § 12.40.040(a) (2023)"),
    ("port-alder-mc-12-40-2023", "to a disclosure that a court", "§ 12.40.060(b)",
     "Port Alder Mun. Code § 12.40.060(b) (2023)"),
    ("port-alder-ordinance-2022-31", "(a) The City Jail shall not",
     "Sec. 3 (amending § 12.40.040(a))",
     "Port Alder Ord. 2022-31, § 3 (2022), amending Mun. Code § 12.40.040(a)"),
    ("port-alder-ordinance-2022-31", "(b) A contract under which", "Sec. 5 (adding § 12.40.055(b))",
     "Port Alder Ord. 2022-31, § 5 (2022), adding Mun. Code § 12.40.055(b)"),
    ("halvorsen-code-9-60", "The warden shall report", "§ 9-60.7", "Halvorsen City Code § 9-60.7"),
    ("halvorsen-code-9-60", "Source: Ord. 2020-44", "§ 9-60.9 note",
     "Halvorsen City Code § 9-60.9 note"),
    ("averine-federal-code-9-214-219", "A detainer is a request.", "§ 215(c)",
     "9 A.F.C. § 215(c)"),
    ("marenga-code-8-ch-19", "Only the Attorney General may sue", "Sec. 8-1906",
     "Marenga Code § 8-1906"),
    ("doj-ola-memo-2022-03-14", "The statute was meant to let", "Part II.B",
     "Memorandum, Office of Legal Advice, pt. II.B (Mar. 14, 2022)"),
    ("halvorsen-resolution-2022-14", "The Council urges the Mayor not", "(2)",
     "Halvorsen Res. 2022-14, cl. 2"),
    ("dellarosa-v-brackwater-2020", "The County shall not enforce", "slip op. at 3",
     "No. 19-0482 (D. Mar. July 23, 2020), slip op. at 3"),
]  # fmt: skip


@cache
def document(entry_id: str) -> Document:
    (entry,) = (e for e in load_catalogue(SAMPLE / "catalogue.toml") if e.id == entry_id)
    path = SAMPLE / entry.source
    reading = format_of(path.suffix).read(path.read_bytes(), Limits(ocr="off"))
    sections = outline(entry.kind, reading)
    return Document(entry, reading.text, "v", reading.pages, sections, reading.marks)


@pytest.mark.parametrize(("entry_id", "words", "place", "citation"), CITED)
def test_a_clause_is_cited_as_lawyers_cite_it(
    entry_id: str, words: str, place: str, citation: str
) -> None:
    found = document(entry_id)
    start = found.text.index(words)
    where = pin(found, Span(start, start + len(words)))
    assert where.text == place
    assert printed(found.entry, where) == citation


@pytest.mark.parametrize(
    ("entry_id", "head"),
    [
        ("dellarosa-v-brackwater-2020", "DELLAROSA v. COUNTY OF BRACKWATER"),
        ("dellarosa-v-brackwater-2020", "Cite as:"),
        ("port-alder-mc-12-40-2023", "Port Alder Municipal Code"),
        ("doj-grants-memo-2023-08-21", "\nOffice of Grants for Public Safety\n4. Suspension"),
    ],
)
def test_running_heads_are_no_text(entry_id: str, head: str) -> None:
    assert head not in document(entry_id).text
