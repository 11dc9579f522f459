"""How many documents of each kind begin in each year: the figures of a timeline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pincite.generations import Record
from pincite.kinds import KINDS
from service.curating.shelves import UNDATED, year_of

# Years that a timeline shows one by one, back from the newest; what is older is one bar.
_YEARS = 30


@dataclass(frozen=True, slots=True)
class Timeline:
    """`bins` name the bars, oldest first, `rows` give each kind its counts; `most` is the highest.

    `before` is the year before which the first bar gathers all, or None.
    """

    bins: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    most: int
    undated: int
    before: int | None = None


def timeline(records: Sequence[Record]) -> Timeline:
    """The timeline of some documents."""
    dated = [(r.entry.kind.value, int(year)) for r in records if (year := year_of(r)) != UNDATED]
    if not dated:
        return Timeline((), (), 0, len(records))
    last, oldest = max(year for _, year in dated), min(year for _, year in dated)
    first = max(oldest, last - _YEARS + 1)
    before = first if oldest < first else None
    years = [*([first - 1] if before else []), *range(first, last + 1)]
    counts = Counter((kind, max(year, years[0])) for kind, year in dated)
    kinds = [kind.value for kind in KINDS if any(kind.value == one for one, _ in dated)]
    rows = tuple((kind, tuple(counts[kind, year] for year in years)) for kind in kinds)
    names = [str(year) for year in years]
    if before:
        names[0] = f"–{before - 1}"
    return Timeline(tuple(names), rows, max(counts.values()), len(records) - len(dated), before)
