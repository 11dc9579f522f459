"""`pincite compare` and `pincite verify`, and what `--export` does for `ask` and `search`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pincite.console import AsJson, exit_unless, print_value, user_errors
from service.vantage import today

if TYPE_CHECKING:
    from pincite.settings import Settings

Json = dict[str, Any]
# Each cell may take as long as a question does.
_SECONDS_TO_COMPARE = 600.0

AsOf = Annotated[str | None, typer.Option(help="the day of the law, as 2017-11-22")]
Export = Annotated[
    Path | None,
    typer.Option(help="also write a file: .docx .ris .csl.json .md .json", metavar="FILE"),
]
ExportFormat = Annotated[
    str | None,
    typer.Option(help="docx, ris, csl-json, markdown or json; by default what FILE ends in"),
]


def compare(
    questions: Annotated[list[str], typer.Argument(help="1 to 10 questions in plain words")],
    jurisdictions: Annotated[
        str, typer.Option(help="1 to 20 places, as us/dc,us/ny/new-york-city")
    ],
    as_of: AsOf = None,
    format_: Annotated[
        str | None, typer.Option("--format", help="table, json, csv, xlsx, docx, markdown, ris …")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="write to this file", metavar="FILE")] = None,
    as_json: AsJson = False,
) -> None:
    """Compare what places say: each cell a quote of that place's own law, or why there is none."""
    with user_errors():
        from pincite.settings import load
        from service.comparing.printing import print_comparison
        from service.exporting.formats import ExportError, exported, format_of, write_export

        table = format_ in (None, "table") and not as_json
        name = format_ if not table else None
        kind = format_of(name or ("json" if out is None else None), out)
        if kind.suffix in (".xlsx", ".docx") and out is None:
            raise ExportError(f"{kind.suffix} is not for a terminal; name a file with --out")
        places = [place for place in jurisdictions.split(",") if place.strip()]
        told = compared(load()[0], questions, places, as_of)
        if out is not None:
            write_export(told, out, name)
        if table:
            print_comparison(told)
        elif out is None:
            typer.echo(exported(told, kind).decode("utf-8"), nl=False)
        exit_unless(any(cell["citation"] for row in told["rows"] for cell in row["cells"]))


def compared(
    settings: Settings, questions: list[str], jurisdictions: list[str], as_of: str | None
) -> Json:
    """The comparison, over the running service or in this process. Raises PinciteError."""
    from service.client import running

    body = {"questions": questions, "jurisdictions": jurisdictions}
    if client := running(settings):
        given = body | ({"as_of": as_of} if as_of else {})
        return client.post("/v1/compare", given, _SECONDS_TO_COMPARE)
    from service.comparing.table import compare, comparison_json
    from service.engine import Engine
    from service.filtering import day_of

    engine = Engine(settings)
    try:
        day = day_of("as-of", as_of)
        return comparison_json(compare(engine, questions, jurisdictions, day))
    finally:
        engine.close()


def verify(
    file: Annotated[Path, typer.Argument(help="an exported answer, search or comparison")],
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Check an export's quotes again (exit 1 when one does not hold, 2 when it is no export)."""
    with user_errors():
        from pincite.settings import load
        from service.comparing.printing import print_findings

        told = verified(load()[0], file, as_of)
        print_value(told, as_json, print_findings)
        exit_unless(told["all_hold"])


def verified(settings: Settings, file: Path, as_of: str | None) -> Json:
    """What of a file holds, over the library and the published generation."""

    from pincite.shelf import library_of, published_manifest
    from service.exporting.checking import Checker, findings_json
    from service.exporting.reading import read_export
    from service.filtering import day_of

    export = read_export(file)
    library = library_of(settings)
    day = day_of("as-of", as_of) or today()
    checker = Checker(library, published_manifest(settings, library), day)
    note = checker.older(export.generation)
    return findings_json(str(file), export, checker.check(export), day, note)


def write_if_asked(said: Json, file: Path | None, name: str | None) -> None:
    """Write the export that `ask` and `search` were asked for. Raises PinciteError."""
    from service.exporting.formats import ExportError, write_export

    if file is not None:
        write_export(said, file, name)
    elif name:
        raise ExportError("--export-format needs --export FILE")


def check_export(file: Path | None, name: str | None) -> None:
    """Refuse a file that cannot be written to before the question is asked. Raises ExportError."""
    from service.exporting.formats import ExportError, format_of

    if file is not None:
        format_of(name, file)
    elif name:
        raise ExportError("--export-format needs --export FILE")
