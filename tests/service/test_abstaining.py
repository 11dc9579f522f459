"""Silence is better than a guess: the chance of an answer, and why there is none."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pincite.citations.find import citations_in
from pincite.types import Reason
from service.abstaining import ANYTHING, ENOUGH, Figures, chance, names_unheld, reason_for

FIGURES = st.floats(0, 2)


LEAST = st.none() | st.floats(-1, 1)


def test_no_evidence_answers_nothing() -> None:
    assert chance(None) == 0


@given(FIGURES, FIGURES, FIGURES, LEAST, st.none() | st.floats(-8, 8), st.floats(0.01, 1))
def test_better_evidence_is_a_better_chance_and_an_absent_source_a_worse_one(
    similarity: float,
    fused: float,
    names: float,
    least: float | None,
    answers: float | None,
    more: float,
) -> None:
    here = Figures(fused, similarity, names, 0.0, least, answers)
    likely = chance(here)
    assert 0 < likely < 1
    better = [replace(here, similarity=similarity + more), replace(here, fused=fused + more)]
    better += [replace(here, names=names + more)]
    if least is not None:
        better += [replace(here, least=least + more)]
    if least is None or answers is None:
        assert all(chance(one) > likely for one in better)
    else:  # beside the selector the figures of the ranking tell nothing, and have no weight
        assert all(chance(one) == likely for one in better)
        assert chance(replace(here, answers=answers + more)) > likely
    assert chance(replace(here, unheld=1.0)) < likely


def test_a_cosine_below_nothing_is_no_error() -> None:
    assert 0 < chance(Figures(similarity=-1.0, unheld=1.0)) < 0.001


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
