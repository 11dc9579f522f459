"""Law has dates: one edition by itself."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pincite.kinds import Kind
from pincite.standing import never_law, short_name
from pincite.types import Entry, Status
from pincite.works import Works

TODAY = date(2026, 11, 22)
BEGUN = date(2012, 12, 11)
ENDED = date(2021, 4, 27)


def entry(kind: Kind = Kind.ORDINANCE, **fields: Any) -> Entry:
    return Entry("x", kind, "T", "x.md", **fields)


@pytest.mark.parametrize(
    ("fields", "day", "status", "words"),
    [
        (
            {"status": "in_force", "effective": BEGUN},
            TODAY,
            "in_force",
            "in force since 2012-12-11",
        ),
        (
            {"status": "in_force", "effective": BEGUN},
            date(2012, 12, 10),
            "pending",
            "not in force before 2012-12-11",
        ),
        # a superseded edition was law between its two days, the last one excluded
        (
            {"status": "superseded", "effective": BEGUN, "expires": ENDED},
            TODAY,
            "superseded",
            "superseded on 2021-04-27",
        ),
        (
            {"status": "superseded", "effective": BEGUN, "expires": ENDED},
            date(2021, 4, 26),
            "in_force",
            "in force since 2012-12-11; superseded on 2021-04-27",
        ),
        (
            {"status": "superseded", "effective": BEGUN, "expires": ENDED},
            ENDED,
            "superseded",
            "superseded on 2021-04-27",
        ),
        # an end without a beginning hides nothing on the days before it
        (
            {"status": "superseded", "expires": ENDED},
            date(2015, 1, 1),
            "unknown",
            "dates unknown, superseded on 2021-04-27",
        ),
        # an end on a day that nobody knows has come
        ({"status": "repealed"}, date(1900, 1, 1), "repealed", "repealed, on a day not known"),
        # a sunset that has passed, in an entry that nobody has touched since
        (
            {"status": "in_force", "effective": BEGUN, "expires": ENDED},
            TODAY,
            "expired",
            "expired on 2021-04-27",
        ),
        (
            {"status": "in_force", "effective": BEGUN, "expires": date(2029, 1, 1)},
            TODAY,
            "in_force",
            "in force since 2012-12-11; expires on 2029-01-01",
        ),
        ({"status": "in_force"}, TODAY, "in_force", "in force, dates unknown"),
        (
            {},
            TODAY,
            "unknown",
            "dates unknown; whether it is still in force is not known",
        ),
        (
            {"issued": BEGUN},
            TODAY,
            "unknown",
            "dated 2012-12-11; whether it is still in force is not known",
        ),
        ({"status": "not_enacted", "issued": BEGUN}, TODAY, "not_enacted", "never in force"),
    ],
)
def test_how_an_edition_stands_on_a_day(
    fields: dict[str, Any], day: date, status: Status, words: str
) -> None:
    one = entry(**fields)
    found = Works([one]).standing(one, day)
    assert (found.status, found.words) == (status, words)


@pytest.mark.parametrize(
    ("kind", "status", "words"),
    [
        (Kind.BILL, "not_enacted", "bill, never enacted"),
        (Kind.BILL, "pending", "bill, not enacted"),
        (Kind.RESOLUTION, "not_enacted", "never adopted"),
        (Kind.STATUTE, "pending", "not in force yet"),
    ],
)
def test_what_never_became_law_says_so(kind: Kind, status: Status, words: str) -> None:
    assert never_law(entry(kind, status=status)) == words


@pytest.mark.parametrize("status", ["in_force", "unknown", "superseded"])
def test_a_bill_is_never_law_whatever_its_entry_says(status: Status) -> None:
    bill = entry(Kind.BILL, status=status, issued=BEGUN, effective=BEGUN)
    assert Works([bill]).standing(bill, TODAY).status == "not_enacted"
    assert not Works([bill]).standing(bill, TODAY).current


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        (Kind.AGREEMENT, {}, "whether it still stands is not known"),
        (Kind.RESOLUTION, {"status": "in_force", "issued": BEGUN}, "adopted on 2012-12-11"),
        (Kind.OP_ED, {"issued": BEGUN}, ""),
        (Kind.COURT_RULING, {"status": "in_force", "issued": BEGUN}, "decided on 2012-12-11"),
    ],
)
def test_what_is_no_code_is_not_said_to_be_in_force(
    kind: Kind, fields: dict[str, Any], words: str
) -> None:
    one = entry(kind, **fields)
    assert Works([one]).standing(one, TODAY).words == words


def test_a_short_name_has_no_page_of_the_register() -> None:
    order = entry(citation="Exec. Order No. 13,768, 82 Fed. Reg. 8799 (Jan. 25, 2017)")
    assert short_name(order) == "Exec. Order No. 13,768"
    assert short_name(entry()) == "T"
