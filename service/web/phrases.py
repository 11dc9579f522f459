"""How values read on a page: days, places, kinds, words of the API's tables."""

from __future__ import annotations

from datetime import date
from typing import Any

from babel.dates import format_date

from pincite.types import Mark, Span
from service.web.language import gettext as _
from service.web.language import spoken
from service.web.marking import Line, lines

Json = dict[str, Any]


def quoted(citation: Json) -> list[Line]:
    """The quote of a citation in lines, its marks where they stand in it."""
    start, text = citation["start"], citation["quote"]
    marks = [Mark(Span(m["start"] - start, m["end"] - start), m["type"]) for m in citation["marks"]]
    deciding = [Span(first, last) for first, last in citation["deciding"]]
    return list(lines(text, Span(0, len(text)), marks, deciding=deciding))


def place_name(path: str) -> str:
    """`us/ny/new-york-city` as "New York City, NY, US"."""
    parts = [p.upper() if len(p) == 2 else p.replace("-", " ").title() for p in path.split("/")]
    return ", ".join(reversed(parts))


def day(iso: str) -> str:
    """`2023-01-01` as "Jan. 1, 2023", in English as citations print it; it does not break."""
    when = date.fromisoformat(iso[:10])
    if spoken() != "en":
        return str(format_date(when, "medium", spoken())).replace(" ", "\u00a0")
    month = f"{when:%B}"
    short = month if len(month) < 5 else f"{'Sept' if when.month == 9 else month[:3]}."
    return f"{short}\u00a0{when.day},\u00a0{when.year}"


def words(value: str) -> str:
    """A word of the API's tables, such as `in_force`, as a person reads it."""
    return _(value.replace("_", " "))
