"""Accuracy on the project's own questions: the right document and clause first, or silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from eval.corpus import indexed
from eval.question_sets import Asked, Outcome, load_questions, outcome
from service.engine import Engine
from service.filtering import question_of
from service.presenting import answer_json

SETS = ("sanctuary-ten", "sanctuary-dev", "sanctuary-test")


def run(data: Path) -> None:
    """Ask every question of every set, print shares; list misses of the development set alone."""
    engine = Engine(indexed(data))
    for name in SETS:
        outcomes = [ask(engine, asked) for asked in load_questions(name)]
        print(f"{name}: {summary(outcomes)}")
        for one in outcomes:
            if name.endswith("-dev") and not right(one):
                print(f"  missed {one.asked.id}: {one.asked.text} -> {_said(one)}")
    engine.close()


def ask(engine: Engine, asked: Asked) -> Outcome:
    """One question through the engine."""
    with engine.holdings() as holdings:
        question = question_of(asked.text, holdings, place=asked.place, as_of=asked.as_of)
    return outcome(asked, answer_json(engine.ask(question)))


def right(one: Outcome) -> bool:
    """The right clause first; or, where there is no answer, none given."""
    return one.clause_first if one.asked.reason is None else not one.answered


def summary(outcomes: Sequence[Outcome]) -> str:
    """Shares over answerable and unanswerable questions, each with its count."""
    answerable = [one for one in outcomes if one.asked.reason is None]
    silent = [one for one in outcomes if one.asked.reason is not None]
    counts = Counter(
        document=sum(one.document_first for one in answerable),
        clause=sum(one.clause_first for one in answerable),
        anywhere=sum(one.clause_anywhere for one in answerable),
        silent=sum(not one.answered for one in silent),
        typed=sum(one.reason == one.asked.reason for one in silent),
    )
    return (
        f"{len(answerable)} answerable: document first {counts['document']},"
        f" clause first {counts['clause']}, clause cited {counts['anywhere']};"
        f" {len(silent)} unanswerable: silent {counts['silent']}, right reason {counts['typed']}"
    )


def _said(one: Outcome) -> str:
    if not one.answered:
        return f"silent ({one.reason})"
    return "right document, other clause" if one.document_first else "another document"
