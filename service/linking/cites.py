"""`pincite cites`: over the running service, or in this process; printed for a terminal."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote

import typer
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pincite.console import AsJson, exit_unless, print_value, user_errors
from service.printing import plain

if TYPE_CHECKING:
    from pincite.settings import Settings

Json = dict[str, Any]
_MOST_SHOWN = 3


def cites(
    citation: Annotated[str | None, typer.Argument(help='such as "8 U.S.C. § 1373(a)"')] = None,
    missing: Annotated[bool, typer.Option(help="what is cited and not held")] = False,
    top: Annotated[int, typer.Option(help="sources to list with --missing", min=1)] = 50,
    as_of: Annotated[str | None, typer.Option(help="the day of the law, as 2017-11-22")] = None,
    as_json: AsJson = False,
) -> None:
    """What a citation is, where it is held, who cites it (exit 1: neither held nor cited)."""
    with user_errors():
        from pincite.errors import QuestionError
        from pincite.settings import load

        settings, _ = load()
        if missing:
            listed = reading_list(settings, top)
            print_value(listed, as_json, print_missing)
            exit_unless(listed["sources"])
        elif citation:
            found = cited(settings, citation, as_of)
            print_value(found, as_json, print_cited)
            exit_unless(found["places"] or found["citing"])
        else:
            raise QuestionError("give a citation, or --missing for what is cited and not held")


def cited(settings: Settings, written: str, as_of: str | None) -> Json:
    """All about one citation. Raises PinciteError."""
    from service.client import running

    if client := running(settings):
        day = {"as_of": as_of} if as_of else {}
        return client.get(f"/v1/citations/{quote(written, safe='')}", **day)
    from service.engine import Engine
    from service.linking.cited import citation_json_of, viewed

    with closing(Engine(settings)) as engine, engine.holdings() as holdings:
        return citation_json_of(written, holdings, viewed(holdings, as_of))


def reading_list(settings: Settings, top: int) -> Json:
    """What is cited and not held. Raises PinciteError."""
    from service.client import running

    if client := running(settings):
        return client.get("/v1/citations", held="false", top=top)
    from service.engine import Engine
    from service.linking.cited import sources_json

    with closing(Engine(settings)) as engine, engine.holdings() as holdings:
        return sources_json(holdings, top, held=False)


def print_cited(found: Json) -> None:
    """A citation: where it is held, then who cites it, nearest first."""
    out = Console(highlight=False)
    name = f"{found['name']}, " if found["name"] and found["kind"] == "case" else ""
    out.print(
        Text(plain(f"{name}{found['citation']}"), "bold"),
        Text(f"({found['kind'].replace('_', ' ')})", "dim"),
    )
    if not found["places"]:
        out.print("not held in this corpus")
    for place in found["places"]:
        quoted = "quoted by " if place["quoted_by_act"] else "held as "
        status = place["status"].replace("_", " ")
        out.print(Text(plain(f"\n{quoted}{place['citation']} [{status}]"), "bold"))
        out.print(Padding(Text(plain(place["text"])), (0, 0, 0, 4)))
        out.print(Padding(Text(f"{place['document_id']} {_at(place)}", "dim"), (0, 0, 0, 4)))
    by = found["cited_by"]
    out.print(Text(f"\ncited {by['mentions']} times by {by['documents']} documents", "bold"))
    for row in found["citing"]:
        _print_citing(out, row)


def _print_citing(out: Console, row: Json) -> None:
    near = {"this": "", "above": "  (the section)", "beside": "  (another clause)"}[row["names"]]
    title = plain(row["citation"] or row["title"])
    out.print(Text(f"\n{title}  ×{row['mentions']}{near}"))
    for passage in row["passages"][:_MOST_SHOWN]:
        out.print(Padding(Text(plain(passage["text"])), (0, 0, 0, 4)))
        cited = f"— {passage['citation']} · {row['document_id']} {_at(passage)}"
        out.print(Padding(Text(plain(cited), "dim"), (0, 0, 0, 4)))


def print_missing(listed: Json) -> None:
    """The reading list: how many documents cite each source, and which."""
    table = Table(box=None, pad_edge=False)
    for column in ("documents", "times", "source", "cited in"):
        table.add_column(column, overflow="fold")
    for row in listed["sources"]:
        name = f"{row['name']}, " if row["name"] else ""
        cited_in = ", ".join(row["cited_in"][:_MOST_SHOWN])
        more = len(row["cited_in"]) - _MOST_SHOWN
        table.add_row(
            str(row["documents"]),
            str(row["mentions"]),
            Text(plain(f"{name}{row['citation']}")),
            cited_in + (f" and {more} more" if more > 0 else ""),
        )
    out = Console(highlight=False)
    out.print(table)
    out.print(f"{listed['count']} sources are cited and not held; {len(listed['sources'])} shown")


def _at(place: Json) -> str:
    return f"{place['start']}:{place['end']}"
