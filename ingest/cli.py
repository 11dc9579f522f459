"""`pincite ingest`, `pincite corpora …`, `pincite index …`: parse, call, print.

Readers and engines load when a command needs them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ingest.adding import cli as adding
from ingest.sharing import cli as sharing
from pincite.console import AsJson, exit_unless, print_value, user_errors
from pincite.progress import AsLines

corpora = typer.Typer(help="The catalogued corpora: list, fetch, check.", no_args_is_help=True)
index = typer.Typer(help="The published generations of the index.", no_args_is_help=True)
corpora.command()(sharing.pack)
corpora.command()(sharing.add)
corpora.command()(adding.include)


def ingest(
    paths: Annotated[list[Path], typer.Argument(help="folders or files")],
    catalogue: Annotated[Path | None, typer.Option(help="a catalogue.toml elsewhere")] = None,
    rebuild: Annotated[bool, typer.Option(help="read and embed everything again")] = False,
    dry_run: Annotated[bool, typer.Option(help="read, but embed and publish nothing")] = False,
    as_json: AsJson = False,
    lines: AsLines = False,
) -> None:
    """Bring the index up to date with files, and publish it. 1 when no file could be indexed."""
    with user_errors():
        from ingest.commands import ingest_with_progress
        from ingest.printing import print_report
        from pincite.settings import load

        report = ingest_with_progress(
            load()[0],
            paths,
            catalogue,
            rebuild=rebuild,
            dry_run=dry_run,
            quiet=as_json,
            lines=lines,
        )
        print_value(report.as_json(), as_json, print_report)
        exit_unless(report.indexed)


@corpora.command("list")
def corpora_list(as_json: AsJson = False) -> None:
    """The corpora that have a catalogue here."""
    with user_errors():
        from ingest import commands
        from ingest.printing import print_corpora
        from pincite.settings import load

        print_value(commands.corpora_list(load()[0]), as_json, print_corpora)


@corpora.command("fetch")
def corpora_fetch(
    name: str,
    mirror: Annotated[Path | None, typer.Option(help="take the files from this folder")] = None,
    as_json: AsJson = False,
) -> None:
    """Download what a catalogue lists, or copy it from a mirror; sha256 is checked."""
    with user_errors():
        from ingest import commands
        from ingest.printing import print_files
        from pincite.settings import load

        fetched = commands.corpora_fetch(load()[0], name, mirror)
        print_value(fetched, as_json, print_files)
        exit_unless(fetched["complete"])


@corpora.command("check")
def corpora_check(name: str, as_json: AsJson = False) -> None:
    """Check a catalogue and the files that were fetched for it."""
    with user_errors():
        from ingest import commands
        from ingest.printing import print_files
        from pincite.settings import load

        checked = commands.corpora_check(load()[0], name)
        print_value(checked, as_json, print_files)
        exit_unless(checked["complete"])


@index.command("list")
def index_list(as_json: AsJson = False) -> None:
    """All complete generations, oldest first."""
    with user_errors():
        from ingest import commands
        from ingest.printing import print_generations
        from pincite.settings import load

        listed = commands.index_list(load()[0])
        print_value(listed, as_json, print_generations)
        exit_unless(listed["generations"])


@index.command("info")
def index_info(as_json: AsJson = False) -> None:
    """What the published generation holds."""
    with user_errors():
        from ingest import commands
        from ingest.printing import print_info
        from pincite.settings import load

        print_value(commands.index_info(load()[0]), as_json, print_info)


@index.command("rollback")
def index_rollback(
    generation: Annotated[str | None, typer.Argument(help="default: the one before")] = None,
    as_json: AsJson = False,
) -> None:
    """Publish an older generation again."""
    with user_errors():
        from ingest import commands
        from ingest.printing import print_info
        from pincite.settings import load

        print_value(commands.index_rollback(load()[0], generation), as_json, print_info)


@index.command("prune")
def index_prune(
    keep: Annotated[int, typer.Option(help="generations to keep", min=1)] = 2,
    as_json: AsJson = False,
) -> None:
    """Delete old generations; texts and originals stay in the library."""
    with user_errors():
        from ingest import commands
        from ingest.printing import print_pruned
        from pincite.settings import load

        print_value(commands.index_prune(load()[0], keep), as_json, print_pruned)
