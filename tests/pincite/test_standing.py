"""Law has dates."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pincite.kinds import Kind
from pincite.standing import standing
from pincite.types import Entry, Status

TODAY = date(2026, 11, 22)


def entry(**fields: Any) -> Entry:
    return Entry("x", Kind.ORDINANCE, "T", "x.md", **fields)


BEGUN = date(2012, 12, 11)
ENDED = date(2021, 4, 27)


@pytest.mark.parametrize(
    ("fields", "day", "status"),
    [
        ({"status": "in_force", "effective": BEGUN}, TODAY, "in_force"),
        ({"status": "in_force", "effective": BEGUN}, date(2012, 12, 10), "pending"),
        # a superseded edition was law between its two days, the last one excluded
        ({"status": "superseded", "effective": BEGUN, "expires": ENDED}, TODAY, "superseded"),
        (
            {"status": "superseded", "effective": BEGUN, "expires": ENDED},
            date(2015, 1, 1),
            "in_force",
        ),
        ({"status": "superseded", "effective": BEGUN, "expires": ENDED}, ENDED, "superseded"),
        # an end without a beginning proves nothing about the days before it
        ({"status": "superseded", "expires": ENDED}, date(2015, 1, 1), "superseded"),
        # a sunset that has passed, in an entry that nobody has touched since
        ({"status": "in_force", "effective": BEGUN, "expires": ENDED}, TODAY, "expired"),
        ({"status": "not_enacted", "issued": BEGUN}, TODAY, "not_enacted"),
        ({"status": "revoked", "issued": BEGUN}, TODAY, "revoked"),
        ({}, TODAY, "unknown"),
    ],
)
def test_standing_on_a_day(fields: dict[str, Any], day: date, status: Status) -> None:
    assert standing(entry(**fields), day) == status
