"""The workbench's values as JSON and back: cases, what was given, scores, what a run was.

Values only; `eval.runs` reads and writes the folders. Every `..._of` undoes its `..._json`, and
raises KeyError, TypeError or ValueError on something that `..._json` never wrote.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from eval.words import Case, Cited, Given, Group, Ranked, Said, Score, Split, Support
from pincite.kinds import Kind
from pincite.types import Filters, Question, Span

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a system's results: what it gave for a case, and the scores by measure name."""

    case: str
    given: Given
    scores: Mapping[str, Score] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AboutBenchmark:
    """Which questions a run asked. `split`, `limit` and `seed` say how they were chosen."""

    name: str
    title: str
    task: str
    fingerprint: str
    measures: tuple[str, ...]
    questions: int
    depth: int
    split: Split | None = None
    limit: int | None = None
    seed: int = 0


@dataclass(frozen=True, slots=True)
class AboutSystem:
    """A system under test and all that it says of itself: settings, index, versions, hashes."""

    name: str
    described: Mapping[str, Any]

    @property
    def corpus(self) -> str:
        """The fingerprint of the texts it searched; "" when it tells none."""
        return str(self.described.get("corpus_fingerprint") or "")


@dataclass(frozen=True, slots=True)
class AboutRun:
    """Everything that could move a number of a run. `finished` is None until `complete`.

    `resumed` says when a system was opened again to go on, and with which code.
    """

    benchmark: AboutBenchmark
    systems: tuple[AboutSystem, ...]
    git: Mapping[str, Any]
    packages: Mapping[str, str]
    machine: Mapping[str, Any]
    started: str
    finished: str | None = None
    complete: bool = False
    resumed: tuple[Mapping[str, Any], ...] = ()


def row_json(row: Row) -> Json:
    """A line of `<system>.jsonl`."""
    scores = {name: {"value": s.value, "reason": s.reason} for name, s in row.scores.items()}
    return {"case": row.case, "given": given_json(row.given), "scores": scores}


def row_of(data: Json) -> Row:
    """The row that a line of `<system>.jsonl` holds."""
    scores = {name: Score(s["value"], s["reason"]) for name, s in data["scores"].items()}
    return Row(data["case"], given_of(data["given"]), scores)


def given_json(given: Given) -> Json:
    """A Given; `ranking` is a list of [document, version, start, end, score, unit], best first."""
    return {
        "ranking": [
            [r.document_id, r.version, r.span.start, r.span.end, r.score, r.unit]
            for r in given.ranking
        ],
        "statements": [asdict(said) for said in given.statements],
        "citations": [_flat(cited) for cited in given.citations],
        "reason": given.reason,
        "confidence": given.confidence,
        "latency_ms": dict(given.latency_ms),
        "error": given.error,
    }


def given_of(data: Json) -> Given:
    """The Given that `given_json` wrote."""
    return Given(
        ranking=tuple(
            Ranked(document, version, Span(start, end), score, unit)
            for document, version, start, end, score, unit in data["ranking"]
        ),
        statements=tuple(
            Said(s["text"], s["channel"], tuple(s["citations"])) for s in data["statements"]
        ),
        citations=tuple(
            Cited(**{**_deep(c), "marks": tuple(c["marks"])}) for c in data["citations"]
        ),
        reason=data["reason"],
        confidence=data["confidence"],
        latency_ms=data["latency_ms"],
        error=data["error"],
    )


def case_json(case: Case) -> Json:
    """A Case with its gold, so that a report needs no benchmark at hand."""
    return {
        "id": case.id,
        "question": question_json(case.question),
        "answerable": case.answerable,
        "relevant": dict(case.relevant),
        "groups": [[_flat(support) for support in group.supports] for group in case.groups],
        "expected": case.expected,
        "kind": case.kind,
        "voice": case.voice,
        "family": case.family,
        "split": case.split,
        "answer": case.answer,
    }


def case_of(data: Json) -> Case:
    """The Case that `case_json` wrote."""
    groups = tuple(Group(tuple(Support(**_deep(s)) for s in group)) for group in data["groups"])
    return Case(**{**data, "question": question_of(data["question"]), "groups": groups})


def question_json(question: Question) -> Json:
    """A Question with what hides and ranks; unset filters are left out."""
    filters = {name: _plain(v) for name, v in asdict(question.filters).items() if v}
    return {
        "text": question.text,
        "place": question.place,
        "as_of": _plain(question.as_of),
        "top": question.top,
        "filters": filters,
    }


def question_of(data: Json) -> Question:
    """The Question that `question_json` wrote."""
    as_of, given = data["as_of"], data["filters"]
    filters = Filters(
        kinds=tuple(Kind(kind) for kind in given.get("kinds", ())),
        jurisdiction=given.get("jurisdiction"),
        documents=tuple(given.get("documents", ())),
        collections=tuple(given.get("collections", ())),
        issued_from=_day(given.get("issued_from")),
        issued_to=_day(given.get("issued_to")),
    )
    return Question(data["text"], data["place"], filters, _day(as_of), data["top"])


def about_json(about: AboutRun) -> Json:
    """What `run.json` holds."""
    return asdict(about)


def about_of(data: Json) -> AboutRun:
    """The AboutRun that `run.json` holds."""
    benchmark = {**data["benchmark"], "measures": tuple(data["benchmark"]["measures"])}
    systems = tuple(AboutSystem(**system) for system in data["systems"])
    return AboutRun(
        **{
            **data,
            "benchmark": AboutBenchmark(**benchmark),
            "systems": systems,
            "resumed": tuple(data["resumed"]),
        }
    )


def _flat(value: Support | Cited) -> Json:
    """A value with `start` and `end` in the place of its span."""
    data = asdict(value)
    span = data.pop("span")
    return {**data, "start": span["start"], "end": span["end"]}


def _deep(data: Json) -> Json:
    rest = {name: value for name, value in data.items() if name not in ("start", "end")}
    return {**rest, "span": Span(data["start"], data["end"])}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _day(iso: str | None) -> date | None:
    return None if iso is None else date.fromisoformat(iso)
