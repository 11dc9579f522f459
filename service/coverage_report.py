"""The coverage report for a terminal: what the index holds, and what its documents lack."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pincite.kinds import KINDS, Kind
from pincite.places import place_name
from service.linking.reading_list import source_name
from service.printing import plain

Json = dict[str, Any]
_out = Console(highlight=False)


def print_coverage(listed: Json) -> None:
    """Counts by kind, the places, the files not read, and the reading list."""
    coverage, missing = listed["coverage"], listed["reading_list"]
    _out.print(f"{coverage['documents']} documents, {coverage['passages']} passages")
    _counted("", [(KINDS[Kind(kind)].name, n) for kind, n in coverage["kinds"].items()])
    places = "; ".join(place_name(path) for path in coverage["jurisdictions"])
    _out.print(Text(plain(f"places: {places or 'none'}")))
    _counted("not indexed: ", [(r.replace("_", " "), n) for r, n in coverage["refused"].items()])
    if not missing["sources"]:
        _out.print("every source that is cited is held")
        return
    _out.print(
        f"\ncited and not held: {missing['sources']} sources, {missing['mentions']} mentions;"
        " most cited:"
    )
    _out.print(_table(missing["first"]))
    _out.print("`pincite cites --missing` lists more, with who cites them")


def _counted(head: str, counts: list[tuple[str, int]]) -> None:
    if counts:
        _out.print(Text(plain(head + ", ".join(f"{name} {n}" for name, n in counts))))


def _table(sources: list[Json]) -> Table:
    table = Table(box=None, pad_edge=False)
    for column in ("documents", "times", "source"):
        table.add_column(column, overflow="fold")
    for one in sources:
        name = Text(plain(source_name(one)))
        table.add_row(str(one["documents"]), str(one["mentions"]), name)
    return table
