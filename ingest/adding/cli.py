"""`pincite corpora include`: parse, call, print."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from pincite.console import AsJson, exit_unless, print_value, user_errors
from pincite.errors import UsageError
from pincite.kinds import Kind
from pincite.progress import AsLines


def include(
    files: Annotated[list[Path], typer.Argument(help="files to put into the folder")],
    into: Annotated[Path, typer.Option(help="a catalogued folder, or an empty one")],
    kind: Annotated[Kind, typer.Option(help="what sort of document they are")] = Kind.OTHER,
    jurisdiction: Annotated[
        str | None, typer.Option(help="whose they are, such as us/ny/new-york-city")
    ] = None,
    issued: Annotated[str | None, typer.Option(help="their day, as 2017-11-22")] = None,
    as_json: AsJson = False,
    lines: AsLines = False,
) -> None:
    """Put files into a catalogued folder and ingest it, wholly or not at all."""
    with user_errors():
        from ingest.adding.including import Said
        from ingest.adding.including import include as included
        from pincite.progress import telling
        from pincite.settings import load

        said = Said(kind, _field("jurisdiction", jurisdiction), _field("issued", issued))
        with telling("reading", quiet=as_json, lines=lines) as progress:
            done = included(load()[0], files, into, said, progress=progress)
        print_value(done.as_json(), as_json, _print)
        exit_unless(done.added)


def _field(name: str, value: str | None) -> Any:
    """A value as a catalogue takes it. Raises UsageError."""
    from ingest.catalogue_fields import FIELDS

    try:
        return FIELDS[name](value) if value else None
    except ValueError as error:
        raise UsageError(f"--{name}: {error}") from None


def _print(done: dict[str, Any]) -> None:
    from ingest.printing import print_report
    from pincite.unseen import visibly

    for refusal in done["refused"]:
        print(visibly(f"not added: {refusal['source']}: {refusal['reason']}: {refusal['detail']}"))
    for source in done["added"]:
        print(visibly(f"added: {source}"))
    if done["report"]:
        print_report(done["report"])
