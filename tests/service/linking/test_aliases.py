"""Another key of a document leads to it, but not away from a document that is known by it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from pincite.kinds import Kind
from pincite.types import Entry
from service.linking.links import Links


def test_the_record_of_a_bill_does_not_stand_for_the_law_that_it_became() -> None:
    law = Entry("law", Kind.AMENDING_ACT, "", "x", citation="N.Y.C. Local Law No. 228 of 2017")
    record = Entry(
        "record",
        Kind.OTHER,
        "",
        "y",
        citation="N.Y.C. Council, Legislative Record of Int. 1568-2017 (Local Law No. 228 of 2017)",
    )
    order = Entry(
        "eo", Kind.EXECUTIVE_ORDER, "", "z", citation="Exec. Order No. 13,768, 82 Fed. Reg. 8799"
    )
    links = cast(Any, Links.__new__(Links))
    links._records = {one.id: SimpleNamespace(entry=one) for one in (law, record, order)}
    assert links.aliases == {"82 fr 8799": "eo 13768"}
