"""References against the schemas of CSL 1.0.2 and of RIS."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from pincite.kinds import Kind
from service.exporting.formats import FORMATS, exported
from service.exporting.references import TYPES

# From csl-data.json of CSL 1.0.2: the types and variables used here.
CSL_TYPES = {
    "article-newspaper",
    "bill",
    "document",
    "hearing",
    "legal_case",
    "legislation",
    "regulation",
    "report",
    "treaty",
}
CSL_STRINGS = {
    "abstract",
    "annote",
    "authority",
    "container-title",
    "jurisdiction",
    "note",
    "page",
    "references",
    "status",
    "title",
    "version",
    "volume",
    "URL",
}
RIS_TYPES = {"STAT", "LEGAL", "CASE", "GOVDOC", "BILL", "HEAR", "NEWS", "GEN"}
TEXT = "The harbor master may waive the toll."


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_a_type_of_both_formats(kind: Kind) -> None:
    csl, ris = TYPES[kind]
    assert csl in CSL_TYPES
    assert ris in RIS_TYPES


@pytest.mark.parametrize(
    ("kind", "entry", "csl", "ris"),
    [
        (
            Kind.COURT_RULING,
            {"citation": "Printz v. United States, 521 U.S. 898 (1997)", "issuer": "Supreme Court"},
            {"type": "legal_case", "volume": "521", "container-title": "U.S.", "page": "898"},
            ["TY  - CASE", "T2  - U.S.", "VL  - 521", "SP  - 898", "PB  - Supreme Court"],
        ),
        (
            Kind.EXECUTIVE_ORDER,
            {"citation": "Exec. Order No. 13,768, 82 Fed. Reg. 8799 (Jan. 25, 2017)"},
            {"type": "regulation", "volume": "82", "container-title": "Fed. Reg.", "page": "8799"},
            ["TY  - LEGAL", "VL  - 82"],
        ),
        (Kind.STATUTE, {"citation": "8 U.S.C. § 1373"}, {"type": "legislation"}, ["TY  - STAT"]),
        (Kind.BILL, {}, {"type": "bill"}, ["TY  - BILL"]),
        (
            Kind.OP_ED,
            {"issuer": "The Daily*", "issued": date(2017, 2, 3)},
            {
                "type": "article-newspaper",
                "container-title": "The Daily*",
                "issued": {"date-parts": [[2017, 2, 3]]},
            },
            ["TY  - NEWS", "T2  - The Daily", "PY  - 2017", "DA  - 2017/02/03"],
        ),
        (
            Kind.AGREEMENT,
            {"parties": ("ICE", "York County")},
            {"type": "treaty", "author": [{"literal": "ICE"}, {"literal": "York County"}]},
            ["TY  - GOVDOC", "AU  - ICE", "AU  - York County"],
        ),
    ],
)
def test_a_reference_names_what_its_kind_has(
    held: Any, kind: Kind, entry: dict[str, Any], csl: dict[str, Any], ris: list[str]
) -> None:
    held.put("one", TEXT, kind=kind, **entry)
    held.publish("generation-1")
    answer = held.answer("one", TEXT)
    item = json.loads(exported(answer, FORMATS["csl-json"]))[0]
    assert item.items() >= csl.items()
    lines = exported(answer, FORMATS["ris"]).decode().split("\r\n")
    assert set(ris) <= set(lines)


@pytest.mark.parametrize("kind", list(Kind))
def test_a_csl_item_has_only_what_the_schema_knows(held: Any, kind: Kind) -> None:
    held.put("one", TEXT, kind=kind, issued=date(2020, 1, 1), issuer="A <b>city</b>", url="x:y")
    held.publish("generation-1")
    items = json.loads(exported(held.answer("one", TEXT, TEXT), FORMATS["csl-json"]))
    for item in items:
        others = {"id", "type", "author", "issued", "custom"}
        assert set(item) <= CSL_STRINGS | others
        assert all(isinstance(item[name], str) for name in CSL_STRINGS & set(item))
        assert {"id", "type"} <= set(item)  # the two that the schema requires
        # A citation processor reads HTML-like tags in every string but the notes.
        assert "<" not in item["title"] + item.get("authority", "")


def test_a_ris_record_begins_with_its_type_and_has_a_short_id(
    publish_texts: Callable[..., Any],
) -> None:
    held = publish_texts(one=TEXT)
    text = exported(held.answer("one", TEXT), FORMATS["ris"]).decode()
    assert re.match(r"TY  - STAT\r\nID  - [0-9A-Z]{1,20}\r\n", text)
    assert text.endswith("ER  - \r\n")
