"""The routes of the room: parse, read the runs' folder, show."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from eval.benchmark import load
from eval.comparing import Comparison
from eval.errors import EvaluationError, RunError
from eval.report.page import PAGE
from eval.report.printing import brief, probability, signed, writer
from eval.room.faults import FAULTS, OUTCOMES, VERDICTS, passes
from eval.room.listing import Listed, folder_of, listed
from eval.room.viewing import compared, plots_of, viewed
from eval.running import runs_of
from pincite.errors import JobRunning, NotFound, PinciteError, UsageError
from service.api.problems import status_of
from service.engine import Engine
from service.jobs import Job
from service.web import watching
from service.web.links import address
from service.web.rendering import page as shown_page
from service.web.rendering import templates_in

Json = dict[str, Any]

PATH = "/evaluate"
JOB = "an evaluation"
BENCHMARK = "sample"
"""The benchmark that is started from a page: it runs everywhere, and in minutes."""
_RUNS, _QUESTIONS, _CHANGES = 25, 20, 40
_HELD_OUT = "test"
_MOST_TYPED = 200
# The report has its style inside, which no page of ours may: it stands alone, and runs nothing.
_ALONE = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
        " frame-ancestors 'none'; sandbox"
    ),
    "Cache-Control": "no-cache",
}

templates_in(Path(__file__).parent / "templates")
router = APIRouter(include_in_schema=False)

Typed = Annotated[str, Query(max_length=_MOST_TYPED)]


@router.get(PATH)
def runs(request: Request, benchmark: Typed = "", page: int = 1) -> Response:
    """The runs, the newest first, and how far the one is that was started here."""
    found = listed(_runs(request))
    names = sorted({run.about.benchmark.name for run in found if run.about})
    wanted = [run for run in found if not benchmark or _of_benchmark(run, benchmark)]
    page, pages = _turned(page, len(wanted), _RUNS)
    shown = {
        "runs": wanted[(page - 1) * _RUNS : page * _RUNS],
        "count": len(wanted),
        "benchmark": benchmark,
        "benchmarks": names,
        "problem": "",
        "absent": _absent(),
        "number": page,
        "numbers": pages,
        "turned": partial(address, PATH, {"benchmark": benchmark}),
        **_told(watching.last_job(request, JOB)),
    }
    return _shown(request, "evaluate.html", shown)


@router.get(f"{PATH}/runs")
def no_run() -> Response:
    """Where a reader lands who cuts a run's name off."""
    return RedirectResponse(PATH, 303)


@router.post(f"{PATH}/runs")
def start(request: Request) -> Response:
    """Begin a run of the sample benchmark; while one goes on, a person is led to that.

    Raises JobRunning to a program.
    """
    try:
        watching.jobs_of(request).start(JOB, ["eval", "run", BENCHMARK, "--json", "--progress"])
    except JobRunning:
        if "text/html" not in request.headers.get("accept", ""):
            raise
    return RedirectResponse(PATH, 303)


@router.get(f"{PATH}/compare")
def side_by_side(
    request: Request,
    run: Annotated[list[str], Query(max_length=10)] = [],  # noqa: B006
    across: bool = False,
    held: bool = False,
) -> Response:
    """Two runs, the older first: each measure with its interval, each question that changed."""
    shown: Json = {"runs": (), "compared": None, "problem": "", "may_across": False, "names": run}
    status = 200
    try:
        if len(set(run)) != 2:
            raise UsageError("two runs are compared; choose two of the list")
        first, second = sorted(
            (_listed(request, name) for name in dict.fromkeys(run)), key=_started
        )
        shown["runs"] = (first, second)
        folder = _runs(request)
        done, splits = compared(folder / first.name, folder / second.name, across)
        shown |= {"compared": done, "texts": _texts(request, second.name, first.name)}
        shown |= _changes(done, splits, held)
    except RunError as error:
        said, _, remedy = str(error).partition("; --across-corpora")
        shown |= {"problem": said, "may_across": bool(remedy)}
        status = 409
    except PinciteError as error:
        shown["problem"], status = str(error), status_of(error)
    shown |= {"across": across, "held": held, "writer": writer, "signed": signed}
    shown |= {"probability": probability, "brief": brief}
    shown["again"] = partial(
        address, f"{PATH}/compare", {"run": run, "across": "1" if across else ""}
    )
    return _shown(request, "evaluate_compare.html", shown, status)


@router.get(f"{PATH}/runs/{{name}}")
def one(
    request: Request,
    name: str,
    outcome: Typed = "",
    page: int = 1,
    held: bool = False,
    plots: bool = False,
) -> Response:
    """One run: figures, faults, plots, and questions with gold and given side by side."""
    folder = folder_of(_runs(request), name)
    try:
        run = viewed(folder)
        drawn = plots_of(folder) if plots else ()
    except RunError as error:
        raise NotFound(str(error)) from None
    kept = [asked for asked in run.questions if held or run.splits[asked.id] != _HELD_OUT]
    wanted = [asked for asked in kept if passes(asked, outcome)]
    page, pages = _turned(page, len(wanted), _QUESTIONS)
    here = f"{PATH}/runs/{name}"
    shown = {
        "run": run,
        "plots": drawn,
        "asked_for_plots": plots,
        "outcome": outcome,
        "outcomes": OUTCOMES,
        "faults": FAULTS,
        "verdicts": VERDICTS,
        "held": held,
        "held_out": len(run.questions) - len(kept),
        "count": len(wanted),
        "questions": wanted[(page - 1) * _QUESTIONS : page * _QUESTIONS],
        "number": page,
        "numbers": pages,
        "at": here,
        "turned": partial(address, here, {"outcome": outcome, "held": "1" if held else ""}),
    }
    return _shown(request, "evaluate_run.html", shown)


@router.get(f"{PATH}/runs/{{name}}/{PAGE}")
def report(request: Request, name: str) -> Response:
    """The run's own page, which holds all of it in one file."""
    file = folder_of(_runs(request), name) / PAGE
    if not file.is_file():
        raise NotFound(f"{name} has no report; `pincite eval report {name}` writes it")
    return Response(file.read_bytes(), media_type="text/html; charset=utf-8", headers=_ALONE)


def _shown(request: Request, template: str, shown: Json, status: int = 200) -> Response:
    return shown_page(request, template, {**shown, "here": PATH}, status)


def _told(job: Job | None) -> Json:
    """What a page names of the run that was started here."""
    result = job.result if job and job.state == "done" else None
    return {"job": job, "at": PATH, "done": Path(result["run"]).name if result else ""}


# When it is cancelled, what was asked is kept.
watching.add_routes(router, PATH, JOB, "parts/evaluating.html", _told)


def _turned(page: int, count: int, of: int) -> tuple[int, int]:
    """The page that is shown, and how many there are."""
    pages = max(1, -(-count // of))
    return max(1, min(page, pages)), pages


def _of_benchmark(run: Listed, name: str) -> bool:
    return run.about is not None and run.about.benchmark.name == name


def _listed(request: Request, name: str) -> Listed:
    """The line of a run in the list. Raises NotFound."""
    folder = folder_of(_runs(request), name)
    return next(run for run in listed(folder.parent) if run.name == folder.name)


def _started(run: Listed) -> tuple[str, str]:
    return (run.about.started if run.about else "", run.name)


def _texts(request: Request, *names: str) -> Mapping[str, str]:
    """The questions of runs by their ids."""
    views = (viewed(_runs(request) / name) for name in names)
    return {asked.id: asked.text for view in views for asked in view.questions}


def _changes(done: Comparison, splits: Mapping[str, str], held: bool) -> Json:
    """Gains and losses as far as they are shown: what is held out only where it is asked for."""
    told: Json = {"held_out": 0, "most": _CHANGES}
    for name, changes in (("losses", done.losses), ("gains", done.gains)):
        kept = [c for c in changes if held or splits.get(c.case) != _HELD_OUT]
        told[name] = kept
        told["held_out"] += len(changes) - len(kept)
    return told


def _absent() -> str:
    """Why the sample benchmark cannot be run here; empty where it can."""
    try:
        load(BENCHMARK)
    except EvaluationError as error:
        return str(error)
    return ""


def _runs(request: Request) -> Path:
    engine: Engine = request.app.state.engine
    return runs_of(engine.settings, None)
