"""Ingest reports, corpora and generations for a terminal."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pincite.unseen import visibly

Json = dict[str, Any]
_out = Console(highlight=False)


def print_report(report: Json) -> None:
    """What an ingest did, with each file that is not indexed."""
    for refusal in report["refusals"]:
        _out.print(
            Text(
                visibly(
                    f"not indexed: {refusal['source']}: {refusal['reason']}: {refusal['detail']}"
                ),
                "yellow",
            )
        )
    counts = ", ".join(
        f"{report[name]} {name}" for name in ("added", "changed", "unchanged") if report[name]
    )
    removed, refused = len(report["removed"]), len(report["refusals"])
    counts += f", {removed} removed" if removed else ""
    counts += f", {refused} not indexed" if refused else ""
    counts = counts.removeprefix(", ") or "nothing to index"
    _out.print(f"{report['files']} files: {counts}  ({report['seconds']:.1f} s)")
    if report["published"]:
        _out.print(
            f"published generation {report['generation']}: {report['documents']} documents,"
            f" {report['passages']} passages, {report['embedded']} embedded"
        )
    elif report["dry_run"]:
        _out.print("dry run: nothing was embedded or published")
    elif report["generation"] is None:
        _out.print("nothing was published: no file could be indexed")
    else:
        _out.print(f"nothing changed; generation {report['generation']} stays published")


def print_corpora(listed: Json) -> None:
    """A line a corpus."""
    for corpus in listed["corpora"]:
        _out.print(
            Text(visibly(f"{corpus['name']}: {corpus['entries']} documents, {corpus['folder']}"))
        )


def print_files(result: Json) -> None:
    """A line a file that needs one, then the counts."""
    for file in result["files"]:
        if file["status"] not in ("fetched", "present"):
            _out.print(
                Text(visibly(f"{file['status']}: {file['file']}: {file['detail']}"), "yellow")
            )
    _out.print(", ".join(f"{count} {status}" for status, count in result["counts"].items()))
    if result.get("folder"):
        _out.print(Text(visibly(f"in {result['folder']}")))


def print_generations(listed: Json) -> None:
    """A table of generations."""
    table = Table(box=None, pad_edge=False)
    for column in ("", "generation", "created", "documents", "passages", "encoder"):
        table.add_column(column)
    for row in listed["generations"]:
        table.add_row(
            "*" if row["published"] else "",
            row["generation"],
            row["created"],
            str(row["documents"]),
            str(row["passages"]),
            row["encoder"],
        )
    _out.print(table)


def print_info(info: Json) -> None:
    """The published generation, name by name."""
    for name, value in info.items():
        _out.print(Text(f"{name}: {value}"))


def print_pruned(result: Json) -> None:
    """What was deleted."""
    _out.print(f"deleted {len(result['deleted'])} generations; {len(result['kept'])} kept")
