"""Measures of silence and confidence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eval.measures import Measure, Scored, measure, risk_coverage, summarise
from eval.words import Case, Cited, Given, Group, Said, Support
from pincite.types import Question, Reason, Span

HELD = Support("a", "v1", Span(0, 9), "Six gates")
YES = Case("yes", Question("?"), True, groups=(Group((HELD,)),))
NO = Case("no", Question("?"), False, expected="not_in_corpus")
UNSAID = Case("unsaid", Question("?"))


def answered(right: bool = True, confidence: float | None = None) -> Given:
    span = HELD.span if right else Span(50, 59)
    cited = Cited("a", "v1", span, "Six gates", "", "Code", "law", "in_force", "statute")
    said = (Said("Six gates", "law", (1,)),)
    return Given(statements=said, citations=(cited,), confidence=confidence)


def silent(confidence: float | None = None, reason: Reason = "not_in_corpus") -> Given:
    return Given(reason=reason, confidence=confidence)


def value(name: str, *pairs: tuple[Case, Given]) -> float | None:
    return summarise(measure(name), scored(measure(name), *pairs)).value


def scored(one: Measure, *pairs: tuple[Case, Given]) -> list[Scored]:
    named = [(replace(case, id=str(place)), given) for place, (case, given) in enumerate(pairs)]
    return [Scored(case, given, one.score(case, given)) for case, given in named]


FOUR = [(YES, answered()), (YES, silent()), (NO, silent()), (NO, silent()), (NO, answered())]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("AbstainP", 2 / 3),  # silent three times, rightly twice
        ("AbstainR", 2 / 3),  # three without an answer, silent at two
        ("AnsweredUnsupported", 1 / 3),
        ("SelectiveAccuracy", 1 / 2),  # two answers, one right
        ("Accuracy", 3 / 5),
        ("ReasonRight", 2 / 3),
    ],
)
def test_silence(name: str, expected: float) -> None:
    assert value(name, *FOUR) == pytest.approx(expected)


def test_where_the_benchmark_does_not_say_silence_is_not_judged() -> None:
    for name in ("AbstainP", "AbstainR", "AnsweredUnsupported", "AUROC"):
        assert measure(name).score(UNSAID, silent()).value is None


def test_no_reason_is_right_but_the_expected_one() -> None:
    score = measure("ReasonRight").score(NO, silent(reason="weak_evidence"))
    assert (score.value, score.reason) == (0, "said weak_evidence; not_in_corpus was expected")
    assert measure("ReasonRight").score(replace(NO, expected=None), silent()).value is None


def test_auroc_is_the_share_of_pairs_in_order() -> None:
    # .9 beats .5 and .2; .5 ties with .5 and beats .2: 3.5 of 4
    pairs = [
        (YES, answered(confidence=0.9)),
        (YES, answered(confidence=0.5)),
        (NO, answered(confidence=0.5)),
        (NO, silent(0.2)),
    ]
    assert value("AUROC", *pairs) == pytest.approx(3.5 / 4)


def test_a_system_that_tells_no_confidence_is_sure_of_what_it_answers() -> None:
    # answered, silent; silent, answered: 1 + .5 + .5 + 0 of 4
    assert value("AUROC", *FOUR[:3], FOUR[4]) == pytest.approx(2 / 4)
    assert "not told: silent" in measure("AUROC").score(YES, silent()).reason


def test_confidence_alone_is_enough_for_auroc() -> None:
    ranked_only = [(YES, Given(confidence=0.9)), (NO, Given(confidence=0.1))]
    assert value("AUROC", *ranked_only) == 1
    assert value("AUROC", (YES, Given()), (NO, Given())) is None


def test_a_failed_question_loses_all_its_pairs() -> None:
    right = [(YES, answered(confidence=0.9)), (NO, silent(0.1))]
    # the failed answerable one is below both others, the failed other one above
    assert value("AUROC", *right, (YES, Given(error="x"))) == pytest.approx(1 / 2)
    assert value("AUROC", *right, (NO, Given(error="x"))) == pytest.approx(1 / 2)


CURVE = [
    (YES, answered(True, 0.9)),
    (YES, answered(False, 0.8)),
    (NO, answered(confidence=0.6)),
    (NO, silent(0.1)),
]


def test_risk_grows_with_what_is_covered() -> None:
    cases, givens = zip(*CURVE, strict=True)
    # right; wrong; answered where there is none; rightly silent
    assert risk_coverage(cases, givens) == [(1 / 4, 0), (2 / 4, 1 / 2), (3 / 4, 2 / 3), (1, 2 / 4)]


def test_aurc_is_the_mean_risk() -> None:
    assert value("AURC", *CURVE) == pytest.approx((0 + 1 / 2 + 2 / 3 + 2 / 4) / 4)


@pytest.mark.parametrize(
    ("share", "expected"), [(25, 0), (50, 1 / 2), (51, 2 / 3), (80, 2 / 4), (100, 2 / 4)]
)
def test_risk_at_a_coverage(share: int, expected: float) -> None:
    assert value(f"Risk@{share}", *CURVE) == pytest.approx(expected)


def test_questions_of_equal_confidence_share_their_risk() -> None:
    tied = [(case, replace(given, confidence=0.5)) for case, given in CURVE]
    cases, givens = zip(*tied, strict=True)
    assert risk_coverage(cases, givens) == [(1, 2 / 4)]
    assert value("AURC", *tied) == pytest.approx(2 / 4)
    assert value("AURC", *reversed(tied)) == pytest.approx(2 / 4)
    assert value("Risk@25", *tied) == pytest.approx(2 / 4)


def test_a_failed_question_is_the_surest_mistake() -> None:
    pairs = [(YES, answered(True, 0.9)), (YES, Given(error="gone"))]
    assert value("AURC", *pairs) == pytest.approx((1 / 1 + 1 / 2) / 2)
    cases, givens = zip(*pairs, strict=True)
    assert risk_coverage(cases, givens) == [(1 / 2, 1), (1, 1 / 2)]


def test_a_perfect_system_has_no_risk() -> None:
    pairs = [(YES, answered(True, 0.9)), (NO, silent(0.1))]
    assert value("AURC", *pairs) == 0
    assert value("Risk@80", *pairs) == 0


def test_no_questions_have_no_curve() -> None:
    assert risk_coverage([], []) == []
