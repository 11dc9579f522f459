"""`pincite …`: parse, call a door, print. Doors and their libraries load when a command needs them.

Exit status: 0 done, 1 ran and found nothing, 2 a user's error in one line.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from eval.cli import app as evaluation
from ingest import cli as ingesting
from pincite.console import AsJson, exit_unless, print_value, user_errors
from service.history_command import history
from service.journal import commands as journal
from service.linking.cites import cites
from service.sharing.commands import agreements, duplicates
from service.taking_commands import (
    Export,
    ExportFormat,
    check_export,
    compare,
    verify,
    write_if_asked,
)
from service.tools.commands import mcp

if TYPE_CHECKING:
    from fastapi import APIRouter

    from pincite.settings import Settings

app = typer.Typer(
    help="Cited, verbatim, pinpoint answers from policy texts.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(ingesting.corpora, name="corpora")
app.add_typer(ingesting.index, name="index")
app.add_typer(evaluation, name="eval")
app.add_typer(journal.log, name="log")
app.command()(cites)
app.command()(history)
app.command()(journal.replay)
app.command()(journal.recheck)
app.command()(agreements)
app.command()(compare)
app.command()(verify)
app.command()(mcp)
app.command()(ingesting.ingest)
ingesting.corpora.command()(duplicates)

Place = Annotated[str | None, typer.Option(help="where you stand; ranks, never hides")]
AsOf = Annotated[str | None, typer.Option(help="the day of the law, as 2017-11-22")]
KindOption = Annotated[list[str] | None, typer.Option("--kind", help="only these kinds")]
IssuedFrom = Annotated[str | None, typer.Option(help="only issued on or after this day")]
IssuedTo = Annotated[str | None, typer.Option(help="only issued on or before this day")]
Only = Annotated[str | None, typer.Option("--only-jurisdiction", help="only here and below")]
DocumentOption = Annotated[list[str] | None, typer.Option("--document", help="only these")]
CollectionOption = Annotated[list[str] | None, typer.Option("--collection", help="only these")]


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="in plain words, or a citation")],
    after: Annotated[
        list[str] | None, typer.Option(help="an earlier question that this one follows on")
    ] = None,
    place: Place = None,
    as_of: AsOf = None,
    kind: KindOption = None,
    only_jurisdiction: Only = None,
    issued_from: IssuedFrom = None,
    issued_to: IssuedTo = None,
    document: DocumentOption = None,
    collection: CollectionOption = None,
    llm: Annotated[
        bool, typer.Option(help="let a model word the answer, if settings name one")
    ] = True,
    export: Export = None,
    export_format: ExportFormat = None,
    as_json: AsJson = False,
) -> None:
    """Answer a question with verbatim, cited passages, or say why not (exit 1)."""
    with user_errors():
        check_export(export, export_format)
        from service import commands
        from service.printing import print_answer

        answer = commands.ask(
            _settings(),
            question,
            after or [],
            place=place,
            as_of=as_of,
            kinds=kind or [],
            only_jurisdiction=only_jurisdiction,
            issued_from=issued_from,
            issued_to=issued_to,
            documents=document or [],
            collections=collection or [],
            llm=llm,
        )
        write_if_asked(answer, export, export_format)
        print_value(answer, as_json, print_answer)
        exit_unless(answer["statements"])


@app.command()
def search(
    words: Annotated[str, typer.Argument(help="words or a citation")],
    top: Annotated[int, typer.Option(help="passages to show, 1 to 100")] = 10,
    place: Place = None,
    as_of: AsOf = None,
    kind: KindOption = None,
    only_jurisdiction: Only = None,
    issued_from: IssuedFrom = None,
    issued_to: IssuedTo = None,
    document: DocumentOption = None,
    collection: CollectionOption = None,
    export: Export = None,
    export_format: ExportFormat = None,
    as_json: AsJson = False,
) -> None:
    """Find passages, best first (exit 1 when there is none)."""
    with user_errors():
        check_export(export, export_format)
        from service import commands
        from service.printing import print_hits

        found = commands.search(
            _settings(),
            words,
            top,
            place=place,
            as_of=as_of,
            kinds=kind or [],
            only_jurisdiction=only_jurisdiction,
            issued_from=issued_from,
            issued_to=issued_to,
            documents=document or [],
            collections=collection or [],
        )
        write_if_asked(found, export, export_format)
        print_value(found, as_json, print_hits)
        exit_unless(found["hits"])


@app.command()
def show(
    document: Annotated[str, typer.Argument(help="a document's id")],
    at: Annotated[str | None, typer.Option(help="START:END, character offsets")] = None,
    as_json: AsJson = False,
) -> None:
    """A document as it was read: its entry, its text, every mark and repair."""
    with user_errors():
        from service import commands
        from service.printing import print_document

        print_value(commands.show(_settings(), document, at), as_json, print_document)


@app.command()
def documents(
    kind: KindOption = None,
    only_jurisdiction: Only = None,
    issued_from: IssuedFrom = None,
    issued_to: IssuedTo = None,
    collection: CollectionOption = None,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="print counts and what is missing, no documents")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """The documents of the index, the files that could not be read, what they cite and lack."""
    with user_errors():
        from service import commands
        from service.coverage_report import print_coverage
        from service.printing import print_documents

        listed = commands.documents(
            _settings(),
            kinds=kind or [],
            only_jurisdiction=only_jurisdiction,
            issued_from=issued_from,
            issued_to=issued_to,
            collections=collection or [],
        )
        print_value(listed, as_json, print_coverage if coverage else print_documents)
        exit_unless(listed["documents"])


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="address to listen on")] = None,
    port: Annotated[int | None, typer.Option(help="port to listen on")] = None,
    questions: Annotated[
        Path | None, typer.Option("--try", help="a TOML file with questions to show")
    ] = None,
) -> None:
    """Start the service: the API and the web page."""
    with user_errors():
        from service.serving import serve as run

        given = {"host": host, "port": port}
        run(_settings(**{k: v for k, v in given.items() if v is not None}), questions, _rooms)


@app.command()
def settings(as_json: AsJson = False) -> None:
    """Every setting, its value, and where the value comes from."""
    with user_errors():
        from pincite.settings import load

        values, sources = load()
        rows = {
            name: {"value": _shown(name, value), "source": sources[name]}
            for name, value in values.model_dump(mode="json").items()
        }
        print_value(rows, as_json, _print_settings)
        if values.llm_host and not as_json:
            print(f"Questions and passages leave this machine for {values.llm_host}.")


def main() -> None:
    """The console script."""
    try:
        status = app(standalone_mode=False)
    except typer.TyperException as error:
        sys.exit(_misused(error))
    except BrokenPipeError:  # `pincite show ... | head`
        # What is still in the buffer goes nowhere, instead of failing when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    sys.exit(status)


def _misused(error: typer.TyperException) -> int:
    """One line for a command that cannot be read; the help was shown when there was none."""
    ctx = getattr(error, "ctx", None)
    said = str(getattr(error, "format_message", error.__str__)()).strip()
    if said:
        path = ctx.command_path if ctx else "pincite"
        print(f"pincite: {said.rstrip('.')}; see `{path} --help`", file=sys.stderr)
    return 2


def _rooms() -> list[APIRouter]:
    """The pages of other packages than the service's."""
    from eval.room import router

    return [router]


def _settings(**overrides: Any) -> Settings:
    from pincite.settings import Settings, load

    loaded, _ = load()
    return Settings(**{**loaded.model_dump(), **overrides}) if overrides else loaded


def _shown(name: str, value: Any) -> Any:
    """A setting without its secrets: a key, or the user and password of a URL."""
    if name.endswith("_key"):
        return value and "(set)"
    return re.sub(r"(?<=://)[^/\s]*(?=@)", "(set)", value) if isinstance(value, str) else value


def _print_settings(rows: dict[str, dict[str, Any]]) -> None:
    width = max(map(len, rows))
    for name, row in rows.items():
        print(f"{name:{width}}  {row['value']!s:40}  {row['source']}")


if __name__ == "__main__":
    main()
