"""How values read on a page: days, places, kinds, words of the API's tables."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from babel.numbers import format_decimal

from pincite.said import N_
from pincite.types import Mark, Span
from service.web.language import gettext as _
from service.web.language import printed, spoken, told
from service.web.marking import Line, lines

Json = dict[str, Any]

_DAY = re.compile(r"(?<![\d-])\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![\d-])")

# Words of the API's tables that nothing else here says: how a text stands, what is cited.
WORDS = (
    N_("in force"),
    N_("not enacted"),
    N_("pending"),
    N_("unknown"),
    N_("statute"),
    N_("regulation"),
    N_("local code"),
    N_("local law"),
    N_("act"),
    N_("executive order"),
    N_("city order"),
    N_("register"),
    N_("constitution"),
    N_("case"),
    N_("journal"),
    N_("bill"),
    N_("section"),
)


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
    return printed(date.fromisoformat(iso[:10]))


def words(value: str) -> str:
    """A word of the API's tables, such as `in_force`, as a person reads it."""
    return _(value.replace("_", " "))


def days(said: str) -> str:
    """A sentence of the service's own with its days as a person reads them."""
    return _DAY.sub(lambda found: _day_or_same(found[0]), str(told(said)))


def _day_or_same(written: str) -> str:
    try:
        return day(written)
    except ValueError:  # 2023-02-30 is the number of something
        return written


def capitalised(said: str) -> str:
    """A name of ours at the beginning of a line: only its first letter changes."""
    name = str(told(said))
    return name[:1].upper() + name[1:]


def number(count: int) -> str:
    """A count with its thousands set apart, as the language spoken does it."""
    return str(format_decimal(count, locale=spoken()))
