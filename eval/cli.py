"""`pincite eval …`: parse, call, print. Benchmarks, systems and reports load when needed.

Exit status: 0 done, 1 no question got through or the gate is shut, 2 a user's error in one line.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pincite.console import AsJson, exit_unless, print_value, user_errors
from pincite.progress import AsLines

if TYPE_CHECKING:
    from pincite.settings import Settings

app = typer.Typer(
    help="The evaluator's workbench: benchmarks, runs, reports.", no_args_is_help=True
)


class Half(StrEnum):
    """The halves of a benchmark that is divided."""

    DEV = "dev"
    TEST = "test"


RunArgument = Annotated[Path, typer.Argument(metavar="RUN", help="a run's folder, or its name")]
Out = Annotated[Path | None, typer.Option("--out", help="where runs are kept")]
Folders = Annotated[
    list[Path] | None, typer.Option("--folder", help="look for benchmarks here too")
]

AcrossCorpora = Annotated[
    bool, typer.Option("--across-corpora", help="even if they searched different texts")
]


@app.command("list")
def list_(folder: Folders = None, as_json: AsJson = False) -> None:
    """The benchmarks, those whose data are absent with the reason; and the systems."""
    with user_errors():
        from eval import commands
        from eval.printing import print_benchmarks

        print_value(commands.benchmarks(folder or []), as_json, print_benchmarks)


@app.command()
def run(
    benchmark: Annotated[str | None, typer.Argument(help="see `pincite eval list`")] = None,
    system: Annotated[
        list[str] | None, typer.Option("--system", help="systems to ask; the default one if none")
    ] = None,
    against: Annotated[str | None, typer.Option(help="URL of a running service to ask")] = None,
    limit: Annotated[
        int | None, typer.Option(help="so many questions, drawn by seed", min=1)
    ] = None,
    seed: Annotated[int | None, typer.Option(help="of the draw; 0 by default")] = None,
    split: Annotated[Half | None, typer.Option(help="one half of the benchmark")] = None,
    resume: Annotated[
        Path | None, typer.Option(metavar="RUN", help="go on with a run that was cut off")
    ] = None,
    out: Out = None,
    folder: Folders = None,
    as_json: AsJson = False,
    lines: AsLines = False,
) -> None:
    """Ask systems the questions of a benchmark, score what they give, write a report."""
    with user_errors():
        from eval import running
        from eval.printing import print_run

        settings = _settings()
        if resume is not None:
            given = [benchmark, system, limit, seed, split]
            running.refuse_new_choices(given)
            done = running.go_on(
                settings, resume, against, out, folder or [], quiet=as_json, lines=lines
            )
        else:
            wish = running.Wish(
                benchmark=benchmark or "",
                systems=tuple(system or ()),
                against=against,
                split=split.value if split else None,
                limit=limit,
                seed=seed or 0,
            )
            done = running.start(settings, wish, out, folder or [], quiet=as_json, lines=lines)
        print_value(done, as_json, print_run)
        exit_unless(done["answered"])


@app.command()
def report(run: RunArgument, out: Out = None, as_json: AsJson = False) -> None:
    """Print a run's figures and write its report.html again; a run that was cut off will do."""
    with user_errors():
        from eval import commands
        from eval.printing import print_run

        print_value(commands.report(_settings(), run, out), as_json, print_run)


@app.command()
def compare(
    before: Annotated[Path, typer.Argument(metavar="RUN", help="the run to compare with")],
    after: Annotated[Path, typer.Argument(metavar="RUN", help="the run that is compared")],
    across_corpora: AcrossCorpora = False,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """What changed from one run to another, question by question, and whether it is chance."""
    with user_errors():
        from eval import commands
        from eval.printing import print_comparison

        compared = commands.compare(_settings(), before, after, out, across=across_corpora)
        print_value(compared, as_json, print_comparison)


@app.command()
def gate(
    run: RunArgument,
    baseline: Annotated[
        Path | None, typer.Option(metavar="RUN", help="the run that sets the mark")
    ] = None,
    across_corpora: AcrossCorpora = False,
    out: Out = None,
    folder: Folders = None,
    as_json: AsJson = False,
) -> None:
    """Exit 1 when a run lost significantly against a baseline, or fell below a floor."""
    with user_errors():
        from eval import commands
        from eval.printing import print_gate

        judged = commands.gate(_settings(), run, baseline, out, folder or [], across=across_corpora)
        print_value(judged, as_json, print_gate)
        exit_unless(judged["passed"])


@app.command()
def export(
    run: RunArgument,
    trec: Annotated[bool, typer.Option("--trec", help="as TREC run files and qrels")] = False,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Write a run's rankings for other programs."""
    with user_errors():
        from eval import commands
        from eval.printing import print_files

        print_value(commands.export(_settings(), run, out, trec=trec), as_json, print_files)


@app.command()
def freeze(
    benchmark: Annotated[str, typer.Argument(help="a benchmark of questions with quotes")],
    folder: Folders = None,
    as_json: AsJson = False,
) -> None:
    """Give every gold quote its text version and its place in it, as the files read today."""
    with user_errors():
        from eval import commands
        from eval.printing import print_frozen

        frozen = commands.freeze(benchmark, folder or [])
        print_value(frozen, as_json, print_frozen)
        exit_unless(not frozen["problems"])


def _settings() -> Settings:
    from pincite.settings import load

    return load()[0]
