"""`pincite corpora pack` and `pincite corpora add`: parse, call, print."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pincite.console import AsJson, print_value, user_errors


def pack(
    out: Annotated[Path, typer.Argument(help="the file to write, such as corpus.zip")],
    collection: Annotated[
        str | None, typer.Option(help="only this collection of the index")
    ] = None,
    catalogue: Annotated[Path | None, typer.Option(help="pack what a catalogue lists")] = None,
    folder: Annotated[Path | None, typer.Option(help="where the catalogue's files are")] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="also texts that have no licence to be passed on")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Pack a corpus into one checked file that another city adds and ingests."""
    with user_errors():
        from ingest.sharing.commands import corpora_pack, print_pack
        from pincite.settings import load

        packed = corpora_pack(
            load()[0],
            out,
            collection=collection,
            catalogue=catalogue,
            folder=folder,
            everything=everything,
        )
        print_value(packed, as_json, print_pack)


def add(
    file: Annotated[Path, typer.Argument(help="what `corpora pack` wrote")],
    into: Annotated[Path | None, typer.Option(help="a new folder; default in data_dir")] = None,
    as_json: AsJson = False,
) -> None:
    """Check a packed corpus, every hash of it, and put it into a folder to be ingested."""
    with user_errors():
        from ingest.sharing.commands import corpora_add, print_pack
        from pincite.settings import load

        print_value(corpora_add(load()[0], file, into), as_json, print_pack)
