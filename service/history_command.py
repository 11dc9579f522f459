"""`pincite history`: the timeline of a work, printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from pincite.console import AsJson, print_value, user_errors

if TYPE_CHECKING:
    from rich.text import Text

    from pincite.settings import Settings

Json = dict[str, Any]

_VERBS = {
    "amends": ("amends", "amended"),
    "supersedes": ("supersedes", "superseded"),
    "revokes": ("revokes", "revoked"),
    "repeals": ("repeals", "repealed"),
    "same_text_as": ("has the same text as", ""),
    "excerpt_of": ("is a part of", ""),
}


def history(
    document: Annotated[str, typer.Argument(help="a document's id")],
    as_of: Annotated[str | None, typer.Option(help="the day of the law, as 2017-11-22")] = None,
    as_json: AsJson = False,
) -> None:
    """The timeline of a document's work: its versions, what changed them, what ended that."""
    with user_errors():
        from pincite.settings import load

        print_value(timeline_of(load()[0], document, as_of), as_json, print_history)


def timeline_of(settings: Settings, document: str, as_of: str | None) -> Json:
    """The timeline, from the running service or from the published manifest."""
    from service.client import running

    if client := running(settings):
        given = {"as_of": as_of} if as_of else {}
        return client.get(f"/v1/documents/{document}/history", **given)
    from pincite.shelf import library_of, published_manifest
    from service.history import history

    return history(published_manifest(settings, library_of(settings)), document, as_of)


def print_history(shown: Json) -> None:
    """The versions in order of time, the work's own in bold, each with what was done to it."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    out = Console(highlight=False)
    out.print(Text(_plain(shown["citation"] or shown["title"]), "bold"))
    out.print(Text(_plain(f"{shown['title']} · as of {shown['as_of']}"), "dim"))
    table = Table(box=None, show_header=False, pad_edge=False, padding=(1, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for one in shown["versions"]:
        since, until = one["in_force"]["from"], one["in_force"]["to"]
        table.add_row(f"{since or '?':<10} – {until or '':<10}", _told(one))
    out.print(table)
    for notice in shown["notices"]:
        out.print(Text(f"! {_plain(notice)}", "yellow"))


def _told(one: Json) -> Text:
    from rich.text import Text

    current = one["status"] in ("in_force", "unknown")
    line = Text(_plain(one["citation"] or one["title"]), "bold" if one["of_work"] else "")
    line.append(f"\n{_plain(one['standing'] or 'not law')}", "not bold" if current else "red")
    for said in _lines(one):
        line.append(f"\n{_plain(said)}", "not bold dim")
    return line


def _lines(one: Json) -> list[str]:
    """What a text does and suffers; what ended it stands in its standing already."""
    said = [f"{_VERBS[done['type']][0]} {done['name']}" for done in one["does"]]
    for change in one["done_to"]:
        until = f" until {change['until']}" if change["until"] else ""
        when = f" on {change['on']}{until}" if change["on"] else ""
        what = f"{_VERBS[change['type']][1]}{when} by {change['name']}"
        said += [] if what in one["standing"] else [what]
    return [*said, one["id"]]


def _plain(text: str) -> str:
    from service.printing import plain

    return plain(text)
