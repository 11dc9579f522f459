"""What `pincite eval` does beside running (`eval.running`). Values in, plain values out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.errors import EvaluationError
from eval.running import reported, runs_of
from eval.runs import found_run, read_run
from pincite.settings import Settings

Json = dict[str, Any]


def benchmarks(folders: Sequence[Path]) -> Json:
    """Every benchmark, and every system that can be asked. Raises EvaluationError."""
    from eval.ablations import SYSTEMS
    from eval.benchmark import listed

    rows = [
        {"name": b.name, "title": b.title, "questions": b.questions, "absent": b.absent}
        for b in listed(folders)
    ]
    return {"benchmarks": rows, "systems": list(SYSTEMS)}


def report(settings: Settings, run: Path, out: Path | None) -> Json:
    """Figures from a run's scores, whole or not, and its page. Raises EvaluationError."""
    return reported(found_run(run, runs_of(settings, out)))


def compare(
    settings: Settings, before: Path, after: Path, out: Path | None, *, across: bool
) -> Json:
    """What changed from one run to the other. Raises EvaluationError."""
    from eval.comparing import compare as compared

    runs = runs_of(settings, out)
    first, second = (read_run(found_run(run, runs)) for run in (before, after))
    return compared(first, second, across).as_json()


def gate(
    settings: Settings,
    run: Path,
    baseline: Path | None,
    out: Path | None,
    folders: Sequence[Path],
    *,
    across: bool,
) -> Json:
    """Whether a run may pass its benchmark's floors and a baseline. Raises EvaluationError."""
    from eval.benchmark import source_of
    from eval.gating import floors_of
    from eval.gating import gate as judged

    runs = runs_of(settings, out)
    held = read_run(found_run(run, runs))
    mark = read_run(found_run(baseline, runs)) if baseline else None
    floors = floors_of(source_of(held.about.benchmark.name, folders).folder)
    if mark is None and not floors:
        raise EvaluationError(
            f"nothing to judge {held.folder.name} by: its benchmark sets no floors;"
            " name a run with --baseline"
        )
    return judged(held, mark, floors, across).as_json()


def export(settings: Settings, run: Path, out: Path | None, *, trec: bool) -> Json:
    """Write a run's rankings. Raises EvaluationError."""
    from eval.exporting import export as exported

    if not trec:
        raise EvaluationError("no form was named; `--trec` writes TREC run files and qrels")
    folder = found_run(run, runs_of(settings, out))
    return {"files": [str(path) for path in exported(folder)]}


def freeze(benchmark: str, folders: Sequence[Path]) -> Json:
    """Look every quote of a benchmark up in its texts. Raises PinciteError."""
    from eval.benchmark import source_of
    from eval.formats.spans import collection_of, question_files
    from eval.freezing import freeze as frozen
    from eval.freezing import texts_of

    source = source_of(benchmark, folders)
    if not question_files(source.folder):
        raise EvaluationError(f"{source.folder} has no questions*.jsonl, so nothing to freeze")
    with texts_of(collection_of(source)) as held:
        done = frozen(source.folder, held)
    return {
        "supports": done.supports,
        "changed": done.changed,
        "problems": [str(problem) for problem in done.problems],
    }
