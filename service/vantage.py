"""From when and where a question is asked: what is law then, and binding there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from pincite.works import Works


def today() -> date:
    """The day it is, in UTC: one day for everybody who reads the same answer."""
    return datetime.now(UTC).date()


@dataclass(frozen=True, slots=True)
class Vantage:
    """The day of the law, the asker's place (None where it is not known), and the works held."""

    day: date
    place: str | None = None
    works: Works = field(default_factory=Works)
