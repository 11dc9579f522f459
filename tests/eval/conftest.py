"""A real but tiny system under test: the words of a question are looked for in three texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from eval.benchmark import Benchmark
from eval.collection import Precut
from eval.measures import measure, score_all
from eval.records import AboutBenchmark, AboutRun, AboutSystem, Row
from eval.runs import Rows, Run, read_run, write_about, write_cases, write_summary
from eval.scoring import summary
from eval.words import Case, Given, Ranked, Said, Score, Task
from pincite.errors import QuestionError
from pincite.types import Question, Span

TEXTS = {
    "tolls": "A truck pays twelve dollars on the harbor bridge.",
    "ferry": "The ferry leaves at nine and at noon.",
    "penalty": "A driver who does not pay owes fifty dollars.",
}


class Words:
    """Ranks the texts by shared words; a question with "fail" in it fails."""

    def __init__(
        self, name: str = "words", corpus: str = "c1", before: Callable[[], object] = list
    ):
        self.name, self.corpus, self.before = name, corpus, before
        self.prepared: list[str] = []
        self.searched: list[str] = []
        self.closed = False

    def prepare(self, questions: Sequence[Question]) -> None:
        """Remember which questions come."""
        self.prepared += [question.text for question in questions]

    def search(self, question: Question, depth: int) -> tuple[Ranked, ...]:
        """The texts with a word of the question, those with most first."""
        self.before()
        self.searched.append(question.text)
        if "fail" in question.text:
            raise QuestionError("the question\ncannot be asked")
        words = set(question.text.lower().split())
        found = {name: len(words & set(text.lower().split())) for name, text in TEXTS.items()}
        best = sorted((name for name in found if found[name]), key=lambda name: -found[name])
        return tuple(
            Ranked(name, "v1", Span(0, len(TEXTS[name])), float(found[name]), name)
            for name in best[:depth]
        )

    def ask(self, question: Question) -> Given:
        """The first text, as it stands."""
        ranking = self.search(question, 1)
        if not ranking:
            return Given(reason="not_in_corpus", confidence=0.0)
        text = TEXTS[ranking[0].document_id]
        return Given(statements=(Said(text, "record", (1,)),), confidence=1.0)

    def text(self, document_id: str, version: str) -> str | None:
        """One of the texts."""
        return TEXTS.get(document_id)

    def held(self) -> Mapping[str, str]:
        """Every text."""
        return dict.fromkeys(TEXTS, "v1")

    def described(self) -> dict[str, Any]:
        """Its corpus."""
        return {"corpus_fingerprint": self.corpus, "settings": {"stemming": False}}

    def close(self) -> None:
        """Remember it."""
        self.closed = True


def benchmark(*questions: str, task: Task = "ranking", name: str = "tiny") -> Benchmark:
    """A benchmark of these questions, in which the tolls are right."""
    cases = tuple(
        Case(f"q{place}", Question(text), relevant={"tolls": 1}, answerable=True)
        for place, text in enumerate(questions, start=1)
    )
    return Benchmark(
        name, "Tiny", task, ("RR@10",), cases, Precut(()), 10, "f1", Path(__file__).parent
    )


def first_is_right(system: object) -> Callable[[Case, Given], Mapping[str, Score]]:
    """One measure that needs nobody else's code."""

    def judge(case: Case, given: Given) -> Mapping[str, Score]:
        right = bool(given.ranking) and given.ranking[0].unit in case.relevant
        return {"P@1": Score(float(right), given.error or "the first unit")}

    return judge


def nothing(done: int, total: int, name: str) -> None:
    """Progress that nobody watches."""


@pytest.fixture
def tiny() -> SimpleNamespace:
    """The tiny system, benchmark and measure, by name."""
    return SimpleNamespace(System=Words, benchmark=benchmark, score=first_is_right, nothing=nothing)


class WrittenRuns:
    """Writes runs as the runner does, from what each system gave."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(
        self,
        cases: Sequence[Case],
        given: Mapping[str, Sequence[Given]],
        measures: Sequence[str],
        *,
        name: str = "run",
        corpus: str = "c1",
        fingerprint: str = "f1",
        benchmark: str = "tiny",
        complete: bool = True,
        described: Mapping[str, Any] | None = None,
    ) -> Run:
        """The run, read back from its folder."""
        folder = self.folder / name
        folder.mkdir(parents=True)
        said = {"corpus_fingerprint": corpus, **(described or {})}
        task: Task = (
            "answering" if any(g.statements for gs in given.values() for g in gs) else "ranking"
        )
        asked = AboutBenchmark(
            benchmark, "Tiny", task, fingerprint, tuple(measures), len(cases), depth=10
        )
        systems = tuple(AboutSystem(system, said) for system in given)
        about = AboutRun(
            asked, systems, {"revision": "abc"}, {}, {"cores": 2}, "2026-01-01T00:00:00"
        )
        write_about(folder, replace(about, complete=complete))
        write_cases(folder, cases)
        known = [measure(one) for one in measures]
        for system, some in given.items():
            with Rows(folder, system) as rows:
                scores = score_all(known, cases[: len(some)], some)
                for case, one, scored in zip(cases, some, scores, strict=False):
                    rows.append(Row(case.id, one, scored))
        run = read_run(folder)
        write_summary(folder, summary(run))
        return run


@pytest.fixture
def runs(tmp_path: Path) -> WrittenRuns:
    """A folder of runs that are written from values."""
    return WrittenRuns(tmp_path / "runs")
