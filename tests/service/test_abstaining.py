"""Silence is better than a guess: the chance of an answer, and why there is none."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pincite.citing.find import citations_in
from pincite.types import Reason
from service.abstaining import ANYTHING, ENOUGH, chance, names_unheld, reason_for

FIGURES = st.floats(0, 2)


@pytest.mark.parametrize(
    ("similarity", "fused", "names", "unheld", "logit"),
    [
        (0.0, 0.0, 0.0, False, -3.66),
        # 5.06 * .7 + 1.6 * 1 + .77 * 1 - 3.66
        (0.7, 1.0, 1.0, False, 2.252),
        # the same less 2.15
        (0.7, 1.0, 1.0, True, 0.102),
    ],
)
def test_the_chance_is_a_logistic_curve(
    similarity: float, fused: float, names: float, unheld: bool, logit: float
) -> None:
    likely = chance(similarity, fused, names, unheld=unheld)
    assert math.log(likely / (1 - likely)) == pytest.approx(logit)


@given(FIGURES, FIGURES, FIGURES, st.floats(0.01, 1), st.booleans())
def test_better_evidence_is_a_better_chance_and_an_absent_source_a_worse_one(
    similarity: float, fused: float, names: float, more: float, unheld: bool
) -> None:
    likely = chance(similarity, fused, names, unheld=unheld)
    assert 0 < likely < 1
    assert chance(similarity + more, fused, names, unheld=unheld) > likely
    assert chance(similarity, fused + more, names, unheld=unheld) > likely
    assert chance(similarity, fused, names + more, unheld=unheld) > likely
    assert chance(similarity, fused, names, unheld=True) <= likely


def test_a_cosine_below_nothing_is_no_error() -> None:
    assert 0 < chance(-1.0, 0.0, 0.0, unheld=True) < 0.001


@pytest.mark.parametrize(
    ("likely", "unheld", "reason"),
    [
        (1.0, False, None),
        (ENOUGH, False, None),
        # evidence that strong answers although a source is named that is not here
        (ENOUGH, True, None),
        (ENOUGH - 0.01, False, "weak_evidence"),
        (ANYTHING, False, "weak_evidence"),
        (ENOUGH - 0.01, True, "not_in_corpus"),
        (ANYTHING - 0.01, False, "not_in_corpus"),
        (0.0, False, "not_in_corpus"),
    ],
)
def test_the_reason_by_the_chance(likely: float, unheld: bool, reason: Reason | None) -> None:
    assert reason_for(likely, unheld=unheld) == reason


def test_more_chance_never_says_less() -> None:
    order: list[Reason | None] = ["not_in_corpus", "weak_evidence", None]
    said = [order.index(reason_for(step / 100, unheld=False)) for step in range(101)]
    assert all(before <= after for before, after in pairwise(said))
    assert set(said) == {0, 1, 2}


HELD = frozenset({"8 usc 1373", "8 usc 1373(a)", "§ 1373", "§ 1373(a)", "eo 13768"})


@pytest.mark.parametrize(
    ("question", "unheld"),
    [
        ("What does 8 U.S.C. § 1226 say?", True),
        ("What does 8 U.S.C. § 1373 say?", False),
        # the section is held, whether or not its clause is
        ("What does 8 U.S.C. § 1373(d) say?", False),
        ("How does 8 U.S.C. § 1226 go with Executive Order 13768?", False),
        ("How does 8 U.S.C. § 1226 go with § 1373?", False),
        ("What does Executive Order 13999 say?", True),
        # a bare section may be one of an act that is held as a code's
        ("Who may sign a § 287(g) agreement?", False),
        ("What does section 642 say?", False),
        ("Does § 287(g) bind the jail under 8 U.S.C. § 1226?", True),
        ("May a jail hold a person?", False),
    ],
)
def test_only_a_text_that_is_named_can_be_missing(question: str, unheld: bool) -> None:
    assert names_unheld(citations_in(question), HELD) is unheld


def test_an_empty_corpus_holds_no_text() -> None:
    assert names_unheld(["8 usc 1373"], ())
    assert not names_unheld(["§ 1373"], ())
