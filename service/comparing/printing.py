"""Comparisons and checked exports for a terminal."""

from __future__ import annotations

from typing import Any

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from service.printing import CHANNELS, plain

Json = dict[str, Any]

_out = Console(highlight=False, soft_wrap=False)
_CHANGED = {"same": "", "deleted": "strike red", "inserted": "underline green"}
_STATES = {"holds": "green", "moved": "yellow"}
# Columns narrower than this cut every word; then the places stand below each other.
_NARROWEST = 30


def print_comparison(comparison: Json) -> None:
    """The table, places as columns where the terminal is wide enough; then what to know."""
    places = comparison["jurisdictions"]
    if _out.width >= _NARROWEST * (len(places) + 1):
        _print_table(comparison)
    else:
        _print_list(comparison)
    for notice in comparison["notices"]:
        _out.print(Text(f"! {plain(notice)}", "yellow"))
    index = comparison["index"]["generation"]
    _out.print(Text(f"law as of {comparison['as_of']}; index {index}", "dim"))


def _print_table(comparison: Json) -> None:
    table = Table(show_lines=True)
    table.add_column("question", overflow="fold")
    for place in comparison["jurisdictions"]:
        table.add_column(Text(plain(place["name"])), overflow="fold")
    for row in comparison["rows"]:
        table.add_row(Text(plain(row["question"])), *(_cell(cell) for cell in row["cells"]))
    _out.print(table)


def _print_list(comparison: Json) -> None:
    for row in comparison["rows"]:
        _out.print(Text(f"\n{plain(row['question'])}", "bold"))
        for place, cell in zip(comparison["jurisdictions"], row["cells"], strict=True):
            _out.print(Text(f"\n  {plain(place['name'])}", "bold"))
            _out.print(_cell(cell))


def _cell(cell: Json) -> Group:
    citation = cell["citation"]
    parts = []
    if cell["type"] != "quote":
        parts.append(Text(cell["type"].replace("_", " "), "bold"))
    if cell["words"]:
        parts.append(Text(plain(cell["words"]), "dim"))
    if citation:
        label = Text(citation["channel"].upper(), CHANNELS[citation["channel"]])
        label.append(f"  {plain(citation['authority'])}", "not bold")
        parts += [label, Text(plain(citation["quote"]))]
        parts.append(Text(f"— {plain(citation['citation'])}", "bold"))
        parts.append(Text(plain(_dated(citation)), "dim"))
    if cell["changes"]:
        changes = Text("against the first: ", "dim")
        for change in cell["changes"]:
            changes.append(plain(change["text"]), f"not dim {_CHANGED[change['kind']]}")
        parts.append(changes)
    return Group(*parts)


def _dated(citation: Json) -> str:
    said = citation.get("standing") or citation["status"].replace("_", " ")
    begins = citation["in_force"]["from"] or citation["issued"]
    return f"{said}, {begins}" if begins and begins not in said else str(said)


def print_findings(told: Json) -> None:
    """Each quote with how it stands; then how many hold."""
    for quote in told["quotes"]:
        state = quote["state"]
        line = Text(f"{state:9} ", f"bold {_STATES.get(state, 'red')}")
        line.append(f"{plain(quote['document_id'])} {quote['start']}:{quote['end']}  ", "not bold")
        line.append(plain(quote["words"]), "not bold")
        _out.print(line)
    holding = sum(quote["holds"] for quote in told["quotes"])
    if told["note"]:
        _out.print(Text(plain(told["note"]), "yellow"))
    _out.print(f"{holding} of {len(told['quotes'])} quotes hold, as of {told['as_of']}")
