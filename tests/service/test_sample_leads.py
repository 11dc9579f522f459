"""The lead-ins of the sample corpus: one of every kind, part and standing that it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from ingest.publishing import ingest
from pincite.index.schema import passage_of
from pincite.settings import Settings
from pincite.shelf import Shelf
from service.answering.leads import lead_of
from service.citing import cite
from service.holdings import Holdings
from service.vantage import Vantage

CASE = "State ex rel. Attorney General v. City of Port Alder"
GOLDEN: dict[tuple[str, str | None, str], str] = {
    ("amending_act", None, "in_force"): "Port Alder Ord. 2022-31, para. 1 provides:",
    ("bill", "note", "not_enacted"): "An editorial note to H.B. 77, para. 25 (Marenga 2023) says:",
    (
        "bill",
        None,
        "not_enacted",
    ): "The bill H.B. 77, para. 1 (Marenga 2023), never enacted, would have provided:",
    ("court_ruling", "concurrence", "in_force"): f"In {CASE}, Justice Marchand, concurring, wrote:",
    ("court_ruling", "dissent", "in_force"): f"In {CASE}, Justice Pell, dissenting, argued:",
    (
        "court_ruling",
        "furniture",
        "in_force",
    ): "The front or back matter of Dellarosa v. County of Brackwater says:",
    (
        "court_ruling",
        "majority",
        "in_force",
    ): "In Dellarosa v. County of Brackwater, the Federal District Court for Marenga wrote:",
    ("court_ruling", "syllabus", "in_force"): f"The syllabus of {CASE} says:",
    (
        "doj_memo",
        None,
        "unknown",
    ): (
        "The memo of the Department of Justice, Office of Grants for"
        " Public Safety (Aug. 21, 2023) says:"
    ),
    ("executive_order", None, "in_force"): "Port Alder Exec. Order 2023-02, para. 1 provides:",
    (
        "executive_order",
        None,
        "revoked",
    ): (
        "Port Alder Exec. Order 2019-04, para. 1, revoked on"
        " 2023-02-13 by Port Alder Exec. Order 2023-02, provided:"
    ),
    ("news", None, "unknown"): "Alder Harbor News reports:",
    ("op_ed", None, "unknown"): "An op-ed by Noor Castellane in Port Alder Courier argues:",
    ("ordinance", "note", "in_force"): "An editorial note to Halvorsen City Code § 9-60.9 says:",
    (
        "ordinance",
        "note",
        "superseded",
    ): "An editorial note to Port Alder Mun. Code § 12.40.100 says:",
    (
        "ordinance",
        None,
        "expired",
    ): "Halvorsen Emergency Act 2021-3, para. 1, expired on 2021-05-10, provided:",
    ("ordinance", None, "in_force"): "Halvorsen City Code ch. 9-60 provides:",
    (
        "ordinance",
        None,
        "superseded",
    ): (
        "Port Alder Mun. Code ch. 12.40, superseded on 2023-01-01 by"
        " Port Alder Ord. 2022-31 (2022), provided:"
    ),
    ("resolution", None, "unknown"): "Halvorsen Res. 2022-14, cl. 1, says:",
    (
        "statute",
        "note",
        "in_force",
    ): "An editorial note to 9 A.F.C. §§ 214, 215, 219, Subchapter II says:",
    ("statute", None, "in_force"): "9 A.F.C. § 214(a)–(c) provides:",
}


@pytest.fixture(scope="module")
def sample(
    tmp_path_factory: pytest.TempPathFactory,
    sample_dir: Path,
    light_shelf: Callable[[Settings], Shelf],
) -> Iterator[Holdings]:
    """The sample corpus, without its scanned pages."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("sample"), ocr="off")
    shelf = light_shelf(settings)
    ingest(settings, [sample_dir], shelf=shelf)
    holdings = Holdings.open(shelf)
    yield holdings
    holdings.close()


def leads(holdings: Holdings) -> dict[tuple[str, str | None, str], str]:
    """The lead-in of the first passage of each kind, part and standing."""
    view = Vantage(date(2026, 11, 22), works=holdings.works)
    found: dict[tuple[str, str | None, str], str] = {}
    points = [passage_of(point.payload) for point in holdings.reader.scroll()]
    for passage in sorted(points, key=lambda one: (one.document_id, one.span)):
        citation = cite(holdings.document(passage.document_id), passage.span, view)
        key = (citation.entry.kind.value, citation.locator.part, citation.status)
        found.setdefault(key, lead_of(citation, view))
    return found


def test_the_leads_of_the_sample(sample: Holdings) -> None:
    assert leads(sample) == GOLDEN


def test_no_lead_of_the_sample_is_long_or_broken(sample: Holdings) -> None:
    for lead in leads(sample).values():
        assert lead.endswith(":")
        assert "\n" not in lead
        assert len(lead) < 200
