"""`pincite agreements` and `pincite corpora duplicates`: parse, call, print."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from pincite.console import AsJson, exit_unless, print_value, user_errors

Json = dict[str, Any]

_DECLARED = {
    "undeclared": "not declared",
    "excerpt": "declared an excerpt",
    "same_text": "declared the same text",
    "edition": "declared editions or related acts",
    "template": "agreements on one form",
}


def agreements(
    model: Annotated[str | None, typer.Option(help="jail_enforcement, task_force, …")] = None,
    agency: Annotated[str | None, typer.Option(help="words of the agency's name")] = None,
    jurisdiction: Annotated[str | None, typer.Option(help="only here and below")] = None,
    signed_from: Annotated[str | None, typer.Option(help="signed on or after this day")] = None,
    signed_to: Annotated[str | None, typer.Option(help="signed on or before this day")] = None,
    as_json: AsJson = False,
) -> None:
    """The agreements of the index: agency, model, signatory, date and term (exit 1: none)."""
    with user_errors():
        from pincite.settings import load
        from service.client import running

        settings, _ = load()
        asked = {
            "model": model,
            "agency": agency,
            "jurisdiction": jurisdiction,
            "signed_from": signed_from,
            "signed_to": signed_to,
        }
        if client := running(settings):
            listed = client.get("/v1/agreements", **{k: v for k, v in asked.items() if v})
        else:
            from pincite.shelf import library_of, published_manifest
            from service.sharing.agreements import agreements_json

            listed = agreements_json(published_manifest(settings, library_of(settings)), **asked)
        print_value(listed, as_json, print_agreements)
        exit_unless(listed["agreements"])


def duplicates(
    shown: Annotated[int, typer.Option(help="differences to show of each pair", min=0)] = 5,
    as_json: AsJson = False,
) -> None:
    """Documents that nearly agree, undeclared ones first (exit 1: none)."""
    with user_errors():
        from pincite.settings import load
        from pincite.shelf import library_of, published_manifest
        from service.sharing.duplicates import duplicates_json

        settings, _ = load()
        library = library_of(settings)
        found = duplicates_json(published_manifest(settings, library), library, shown=shown)
        print_value(found, as_json, print_duplicates)
        exit_unless(found["pairs"])


def print_agreements(listed: Json) -> None:
    """A row an agreement, then what the catalogue says of its term."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from service.printing import plain

    out = Console(highlight=False)
    table = Table(box=None, pad_edge=False)
    for column in ("agency", "model", "signed", "for the agency", "term"):
        table.add_column(column, overflow="fold")
    for row in listed["agreements"]:
        model = (row["model"] or "").replace("_", " ")
        cells = (row["agency"] or row["id"], model, row["signed"], row["signatory"])
        table.add_row(*(Text(plain(cell or "—")) for cell in (*cells, row["term"])))
    if listed["agreements"]:
        out.print(table)
    out.print(f"{len(listed['agreements'])} of {listed['held']} agreements")


def print_duplicates(found: Json) -> None:
    """A paragraph a pair; agreements on one form are counted only."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    out = Console(highlight=False)
    forms = [pair for pair in found["pairs"] if pair["declared"] == "template"]
    for pair in found["pairs"]:
        if pair["declared"] == "template":
            continue
        first, second = (document["id"] for document in pair["documents"])
        style = "bold yellow" if pair["declared"] == "undeclared" else "bold"
        out.print(Text(f"\n{first} · {second}: {_DECLARED[pair['declared']]}", style))
        figures = (
            f"resemblance {pair['resemblance']:.3f}, containment {pair['containment']:.3f};"
            f" words of the first alone {pair['only_in_first']},"
            f" of the second alone {pair['only_in_second']}"
        )
        out.print(Padding(Text(figures, "dim"), (0, 0, 0, 2)))
        for difference in pair["differences"]:
            line = Text(f"…{_line(difference['before'])}")
            if difference["deleted"]:
                line.append(f"[-{_line(difference['deleted'])}-]", "red")
            if difference["inserted"]:
                line.append(f"{{+{_line(difference['inserted'])}+}}", "green")
            line.append(f"{_line(difference['after'])}…")
            out.print(Padding(line, (0, 0, 0, 2)))
    out.print(f"\n{len(found['pairs']) - len(forms)} pairs among {found['documents']} documents")
    if forms:
        out.print(f"and {len(forms)} pairs of agreements on one form")


def _line(text: str) -> str:
    from service.printing import plain

    return plain(text).replace("\n", " / ")
