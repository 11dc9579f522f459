"""Every row of the table of measures: its name, its rule for failures, its figure of a set."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, strategies

from eval.errors import UnknownMeasure
from eval.measures import (
    MEASURES,
    Context,
    Measure,
    Scored,
    contrasted,
    measure,
    score_all,
    summarise,
)
from eval.words import Case, Cited, Given, Group, Ranked, Said, Score, Support
from pincite.types import Question, Span

TEXT = "Gates open at six."
GOLD = Support("code", "v1", Span(0, 18), TEXT, "§ 1", "law")
CITED = Cited(
    "code", "v1", Span(0, 18), TEXT, "§ 1", "Code § 1", "law", "in_force", "statute", (), False
)
CASE = Case(
    "gates", Question("When do gates open?"), True, {"code#1": 1}, (Group((GOLD,)),), family="code"
)
GIVEN = Given(
    ranking=(Ranked("code", "v1", Span(0, 18), 1.0, "code#1"),),
    statements=(Said(TEXT, "law", (1,)),),
    citations=(CITED,),
    confidence=0.9,
    latency_ms={"search": 5.0, "ask": 9.0},
)
CONTEXT = Context(lambda document, _version: TEXT if document == "code" else None)
UNANSWERABLE = replace(CASE, answerable=False, groups=(), relevant={}, expected="not_in_corpus")


def every() -> list[Measure]:
    return [Measure(row, row.usual if row.cut else 0) for row in MEASURES.values()]


@given(strategies.sampled_from(sorted(MEASURES)), strategies.integers(1, 100))
def test_a_name_prints_as_it_parses(name: str, cutoff: int) -> None:
    made = Measure(MEASURES[name], cutoff if MEASURES[name].cut else 0)
    assert measure(str(made)) == made
    assert str(measure(str(made))) == str(made)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("nDGC@10", "nDCG@10"),
        ("nDCG", "nDCG@10"),  # a cutoff is missing
        ("CitationP@3", "CitationP"),  # and here it is too much
        ("CitationsP", "CitationP"),
        ("Risk@101", "Risk@80"),  # per cent
        ("R@0", "R@10"),
        ("R@010", "R@10"),
        ("R@-1", "R@10"),
    ],
)
def test_an_unknown_name_is_answered_with_a_near_and_all_known_ones(name: str, near: str) -> None:
    with pytest.raises(UnknownMeasure) as caught:
        measure(name)
    assert f"did you mean {near}?" in str(caught.value)
    assert len(caught.value.known) == len(MEASURES)


@pytest.mark.parametrize("name", ["", "@", "@10", "nDCG@", "nDCG@10 ", "nDCG@١٠", "*"])
def test_what_is_no_name_is_unknown(name: str) -> None:
    with pytest.raises(UnknownMeasure):
        measure(name)


def test_average_precision_has_two_names() -> None:
    assert str(measure("AP@10")) == "MAP@10"


@pytest.mark.parametrize("one", every(), ids=str)
def test_every_score_has_its_reason(one: Measure) -> None:
    for case in (CASE, UNANSWERABLE):
        for what in (GIVEN, Given(), Given(reason="not_in_corpus", latency_ms={"ask": 1.0})):
            assert one.score(case, what, CONTEXT).reason


@pytest.mark.parametrize("one", every(), ids=str)
def test_a_failed_question_is_never_praised(one: Measure) -> None:
    failed = Given(error="TimeoutError: too slow")
    worst = {"high": (0.0, None), "low": (1.0, None), "neither": (None,)}[one.definition.better]
    for case in (CASE, UNANSWERABLE):
        score = one.score(case, failed, CONTEXT)
        assert score.value in worst
        assert score.value is None or "too slow" in score.reason


@pytest.mark.parametrize("one", every(), ids=str)
def test_scoring_together_and_alone_agree(one: Measure) -> None:
    cases = [CASE, UNANSWERABLE, replace(CASE, relevant={"code#2": 2, "code#1": 1})]
    givens = [GIVEN, GIVEN, Given(error="gone")]
    alone = [one.score(c, g, CONTEXT) for c, g in zip(cases, givens, strict=True)]
    assert [scores[str(one)] for scores in score_all([one], cases, givens, CONTEXT)] == alone


@pytest.mark.parametrize("one", every(), ids=str)
def test_a_set_of_none_has_no_figure(one: Measure) -> None:
    found = summarise(one, [])
    assert (found.value, found.low, found.n, found.not_applicable) == (None, None, 0, 0)
    assert contrasted(one, [], []).difference is None


def scored(one: Measure, pairs: list[tuple[Case, Given]]) -> list[Scored]:
    return [Scored(c, g, one.score(c, g, CONTEXT)) for c, g in pairs]


def test_a_summary_counts_apart_what_does_not_apply_and_what_failed() -> None:
    one = measure("R@10")
    pairs = [(CASE, GIVEN), (UNANSWERABLE, GIVEN), (CASE, Given(error="gone")), (CASE, GIVEN)]
    found = summarise(one, scored(one, pairs))
    assert found.value == pytest.approx(2 / 3)  # found, failed, found; the unanswerable is apart
    assert (found.n, found.not_applicable, found.failed, found.clusters) == (3, 1, 1, 1)


def test_questions_without_a_family_are_clusters_of_their_own() -> None:
    one = measure("R@10")
    cases = [replace(CASE, id=str(place), family="") for place in range(4)]
    found = summarise(one, scored(one, [(case, GIVEN) for case in cases]))
    assert found.clusters == 4


def test_a_contrast_pairs_questions_by_id() -> None:
    one = measure("R@10")
    cases = [replace(CASE, id=str(place), family=str(place)) for place in range(4)]
    first = [Scored(case, GIVEN, Score(0.0, "")) for case in cases]
    second = [Scored(case, GIVEN, Score(1.0, "")) for case in reversed(cases[:3])]
    found = contrasted(one, first, second)
    assert found.difference == 1.0  # three questions, each from 0 to 1
    assert found.p == 2 / 2**3  # all of one side, or all of the other, of eight ways


def test_the_table_loads_without_ir_measures_scipy_or_engines() -> None:
    code = (
        "import sys, eval.measures;"
        "heavy = {'ir_measures', 'scipy', 'torch', 'qdrant_client', 'haystack'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
