"""Writes `report.html` of a run: one page with its style inside, no script, no request.

Documents are hostile: whatever comes from outside passes `shown` and Jinja's escaping.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from eval.attribution import Blame, attributed, held_by
from eval.comparing import against_first, compare
from eval.errors import RunError
from eval.measures import Summary, measure
from eval.report import tables
from eval.report.charts import charts, leading
from eval.report.printing import shown, writer
from eval.report.questions import MOST_OUTCOMES, parts, shortlist
from eval.runs import Run, read_run, read_summary

PAGE = "report.html"
_TEMPLATES = Path(__file__).parent / "templates"
_METHOD = (
    "Intervals are drawn by resampling whole families of documents. A question that failed counts"
    " as the worst outcome; where a measure does not apply, the question is counted apart. The"
    " best of several systems is bold, which says nothing about chance."
)


def write(folder: Path, previous: Path | None = None) -> Path:
    """Write the page of a run beside its results, with what changed since `previous`.

    Raises RunError.
    """
    run = read_run(folder)
    page = folder / PAGE
    beside = page.with_suffix(".writing")
    beside.write_text(render(run, read_summary(folder), previous), encoding="utf-8")
    beside.replace(page)
    return page


def render(run: Run, summary: Mapping[str, Any], previous: Path | None = None) -> str:
    """The page's text. `summary` is what `summary.json` holds."""
    figures = {name: summaries_of(summary[name]["all"]) for name in run.rows}
    rows = {name: {row.case: row for row in some} for name, some in run.rows.items()}
    blames = blames_of(run)
    long = len(run.cases) * len(rows) > MOST_OUTCOMES or run.about.benchmark.task == "ranking"
    return (
        _environment()
        .get_template(PAGE)
        .render(
            title=run.about.benchmark.title,
            benchmark=run.about.benchmark.name,
            facts=_facts(run),
            lead=_lead(run, figures),
            alerts=_alerts(run),
            method=_METHOD,
            headline=tables.headline(figures),
            plots=charts(run, figures),
            against=_against(run),
            faults=tables.faults(blames, tuple(rows)),
            last=_last(run, previous),
            shortlist=shortlist(run.cases, rows, blames) if long else None,
            questions=() if long else parts(run.cases, rows, blames),
            about=tables.about(run.about),
        )
    )


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_printable,
    )
    style = (_TEMPLATES / "report.css").read_text(encoding="utf-8")
    environment.globals.update(style=Markup(style))  # noqa: S704 - our own file
    return environment


def _printable(value: object) -> object:
    return shown(value) if type(value) is str else value


def summaries_of(figures: Mapping[str, Any]) -> dict[str, Summary]:
    """The figures of one system, as `summary.json` holds them."""
    return {name: Summary(**values) for name, values in figures.items()}


def blames_of(run: Run) -> dict[tuple[str, str], Blame | None]:
    """What went wrong with each question of each system; None where it is right."""
    cases = {case.id: case for case in run.cases}
    found = {}
    for system in run.about.systems:
        held = held_by(system.described)
        for row in run.rows[system.name]:
            found[system.name, row.case] = attributed(cases[row.case], row.given, held)
    return found


def _facts(run: Run) -> tuple[str, ...]:
    about = run.about
    corpora = dict.fromkeys(system.corpus[:12] for system in about.systems if system.corpus)
    half = f"{about.benchmark.split} half" if about.benchmark.split else ""
    facts = (
        _counted(len(run.cases), "question"),
        half,
        _counted(len(about.systems), "system"),
        about.started.replace("T", " ").removesuffix("+00:00") + " UTC",
        f"corpus {', '.join(corpora)}" if corpora else "",
        f"seed {about.benchmark.seed}",
    )
    return tuple(fact for fact in facts if fact)


def _lead(run: Run, figures: Mapping[str, Mapping[str, Summary]]) -> str:
    name = leading(run)
    found = [
        (system, row[name].value)
        for system, row in figures.items()
        if name in row and row[name].value is not None
    ]
    if not found:
        return ""
    better = measure(name).definition.better
    ordered = sorted(found, key=lambda one: (one[1] or 0.0) * (-1 if better == "high" else 1))
    system, _ = ordered[0]
    best, write_value = figures[system][name], writer(name)
    interval = ""
    if best.low is not None and best.high is not None:
        interval = f" ({write_value(best.low)} to {write_value(best.high)})"
    has = f"{name} is {write_value(best.value or 0.0)}{interval}"
    if len(found) == 1:
        return f"{has} for {system}."
    others = ", ".join(f"{other} {write_value(value or 0.0)}" for other, value in ordered[1:])
    return f"{has} for {system}, the highest of {len(found)}; {others}."


def _alerts(run: Run) -> list[str]:
    failed = {name: sum(bool(row.given.error) for row in rows) for name, rows in run.rows.items()}
    left = {name: len(run.cases) - len(rows) for name, rows in run.rows.items()}
    alerts = []
    if any(failed.values()):
        alerts.append(f"Questions that failed, and count as the worst outcome: {_each(failed)}.")
    if any(left.values()):
        alerts.append(f"Not complete. Questions not asked yet: {_each(left)}.")
    elif not run.about.complete:
        alerts.append("This run is not marked as complete.")
    return alerts


def _each(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.items() if count)


def _against(run: Run) -> tables.Table | None:
    if len(run.about.systems) < 2:
        return None
    first = run.about.systems[0].name
    caption = (
        f"Each system less {first}, with 95 % intervals. p: randomisation test over whole families,"
        " after Holm's correction over the systems of a row; below 0.05 a difference is coloured."
        " Detectable: the smallest difference that four of five such benchmarks would show."
    )
    return tables.differences(caption, against_first(run))


def _last(run: Run, previous: Path | None) -> object:
    if previous is None:
        return "There is no earlier complete run of these questions here."
    try:
        compared = compare(read_run(previous), run)
    except RunError as error:
        return f"Not compared: {error}."
    lost, won = len(compared.losses), len(compared.gains)
    said = f"{_counted(won, 'gain')} and {_counted(lost, 'loss', 'losses')}"
    note = f"Against {compared.before}, over {_counted(compared.questions, 'question')}: {said}."
    caption = "This run less the last; p is corrected over the whole table"
    texts = {case.id: case.question.text for case in run.cases}
    listed = (tables.differences(caption, compared), *tables.changes(compared, texts))
    return {"note": " ".join((note, *compared.notices)), "tables": listed}


def _counted(number: int, noun: str, nouns: str = "") -> str:
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"
