"""Measures of silence and of confidence. Silence is an answer without statements.

Confidence is what the system puts behind its answer; one that tells none is taken to have 1 where
it answers and 0 where it is silent, and the reason says so. A failed question counts as the worst
outcome: no confidence where there is an answer, full confidence in a wrong one elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from eval.figures import aurc, auroc, curve, risk_at
from eval.measures.gold import NOWHERE, Context
from eval.measures.measure import Definition, Scored
from eval.measures.rightness import asked, rightness
from eval.words import Case, Given, Score
from pincite.types import Reason

_UNASKED = Score(None, "no answer was asked for")


def confidence(given: Given) -> tuple[float, str]:
    """How sure the system is, and how that is known."""
    if given.confidence is not None:
        return given.confidence, f"confidence {given.confidence:.2f}"
    sure = bool(given.statements)
    return float(sure), f"confidence not told: {'answered' if sure else 'silent'}"


def risk_coverage(
    cases: Sequence[Case], givens: Sequence[Given], context: Context = NOWHERE
) -> list[tuple[float, float]]:
    """The risk-coverage curve: (coverage, risk), the surest questions first.

    All questions are ranked by confidence. Of those covered so far, the risk is the share that
    went wrong by `rightness`: a wrong answer, an answer where there is none, and, in the tail
    where the system is least sure, silence where there was an answer.
    """
    pairs = zip(cases, givens, strict=True)
    return risk_curve([Scored(c, g, _scored_risk(c, g, context)) for c, g in pairs])


def risk_curve(scored: Sequence[Scored]) -> list[tuple[float, float]]:
    """The same from scores by AURC or Risk@k that were written down."""
    rows = [_risk_row(one.case, one.given, one.score) for one in scored]
    return curve(np.array(rows, dtype=float).reshape(len(rows), 2))


def abstain_precision(case: Case, given: Given, _context: Context, _: int) -> Score:
    """Of a silence: whether the corpus indeed has no answer."""
    if not asked(given):
        return _UNASKED
    if given.statements:
        return Score(None, "answered")
    if case.answerable:
        return Score(0.0, f"wrongly silent: {given.reason or 'no reason given'}")
    return Score(1.0, "rightly silent")


def abstain_recall(_case: Case, given: Given, _context: Context, _: int) -> Score:
    """Of a question without an answer: whether the system was silent."""
    if not asked(given):
        return _UNASKED
    return Score(0.0, "answered") if given.statements else Score(1.0, "silent")


def answered_unsupported(_case: Case, given: Given, _context: Context, _: int) -> Score:
    """Of a question without an answer: whether the system answered."""
    if not asked(given):
        return _UNASKED
    return Score(1.0, "answered") if given.statements else Score(0.0, "silent")


def selective_accuracy(case: Case, given: Given, context: Context, _: int) -> Score:
    """Of an answer: whether it is right."""
    if asked(given) and not given.statements:
        return Score(None, "silent")
    return rightness(case, given, context)


def reason_right(case: Case, given: Given, _context: Context, _: int) -> Score:
    """Whether the system was silent for the reason that is expected."""
    if not asked(given):
        return _UNASKED
    if given.statements:
        return Score(0.0, f"answered; {case.expected} was expected")
    if given.reason == case.expected:
        return Score(1.0, f"said {given.reason}")
    return Score(0.0, f"said {_words(given.reason)}; {case.expected} was expected")


def _told_confidence(case: Case, given: Given, _context: Context, _: int) -> Score:
    if given.confidence is None and not asked(given):
        return _UNASKED
    sure, how = confidence(given)
    return Score(sure, f"{how}; {'answerable' if case.answerable else 'not answerable'}")


def _risk(case: Case, given: Given, context: Context, _: int) -> Score:
    return _scored_risk(case, given, context)


def _scored_risk(case: Case, given: Given, context: Context) -> Score:
    """1 where the question went wrong, 0 where it went right."""
    judged = rightness(case, given, context)
    if judged.value is None:
        return judged
    return Score(1 - judged.value, f"{confidence(given)[1]}; {judged.reason}")


def _risk_row(_case: Case, given: Given, score: Score) -> tuple[float, float]:
    sure = 1.0 if given.error is not None else confidence(given)[0]
    return sure, np.nan if score.value is None else score.value


def _auroc_row(case: Case, given: Given, score: Score) -> tuple[float, float]:
    if score.value is None:
        return np.nan, np.nan
    sure = score.value if given.error is None else float(not case.answerable)
    return sure, float(bool(case.answerable))


def _unsaid(case: Case) -> str | None:
    return (
        "the benchmark does not say whether it can be answered" if case.answerable is None else None
    )


def _answerable(case: Case) -> str | None:
    return _unsaid(case) or ("the corpus can answer" if case.answerable else None)


def _unexpected(case: Case) -> str | None:
    return "no reason is expected" if case.expected is None else None


def _unjudged(case: Case) -> str | None:
    known = case.answerable is False or case.groups
    return None if known else "no gold stretch is given"


def _words(reason: Reason | None) -> str:
    return reason or "no reason"


ROWS = (
    Definition("AbstainP", "Silences where the corpus has no answer", abstain_precision, _unsaid),
    Definition(
        "AbstainR", "Questions without an answer met with silence", abstain_recall, _answerable
    ),
    Definition(
        "AnsweredUnsupported",
        "Questions without an answer that were answered",
        answered_unsupported,
        _answerable,
        better="low",
        failed=None,
    ),
    Definition("SelectiveAccuracy", "Answers that are right", selective_accuracy, _unjudged),
    Definition("ReasonRight", "Silences for the expected reason", reason_right, _unexpected),
    Definition(
        "AUROC",
        "How well confidence tells answerable questions from others",
        _told_confidence,
        _unsaid,
        row=_auroc_row,
        over=lambda _: auroc,
        alone=False,
    ),
    Definition(
        "AURC",
        "Area under the risk-coverage curve",
        _risk,
        _unjudged,
        better="low",
        failed=1.0,
        row=_risk_row,
        over=lambda _: aurc,
        alone=False,
    ),
    Definition(
        "Risk",
        "Share that went wrong of the surest k per cent of the questions",
        _risk,
        _unjudged,
        better="low",
        cut=True,
        usual=80,
        most=100,
        failed=1.0,
        row=_risk_row,
        over=lambda cutoff: risk_at(cutoff / 100),
        alone=False,
    ),
)
