"""Measures of stretches against gold characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures import Context, measure
from eval.measures.gold import joined, shared
from eval.words import Case, Given, Group, Ranked, Support
from pincite.types import Question, Span


def gold(start: int, end: int, document: str = "a", version: str = "v1") -> Support:
    return Support(document, version, Span(start, end), "w" * (end - start), "§ 1")


def case(*groups: tuple[Support, ...]) -> Case:
    return Case("q", Question("?"), True, groups=tuple(map(Group, groups)))


def found(*stretches: tuple[str, int, int]) -> Given:
    return Given(tuple(Ranked(doc, "v1", Span(start, end), 1.0) for doc, start, end in stretches))


ONE = case((gold(10, 30),))
TWO = case((gold(10, 30),), (gold(0, 10, "b"), gold(50, 70, "c")))


@pytest.mark.parametrize(
    ("asked", "stretches", "precision", "recall"),
    [
        (ONE, [("a", 0, 40)], 20 / 40, 20 / 20),
        (ONE, [("a", 20, 60)], 10 / 40, 10 / 20),
        (ONE, [("a", 10, 20), ("a", 20, 30)], 20 / 20, 20 / 20),  # two halves
        (ONE, [("a", 10, 30), ("a", 10, 30)], 20 / 20, 20 / 20),  # twice the same counts once
        (ONE, [("b", 10, 30)], 0 / 20, 0 / 20),
        (ONE, [], 0, 0),
        # of the second group the alternative of which most is found: all 20 of c, none of b
        (TWO, [("c", 40, 80)], 20 / 40, 20 / (20 + 20)),
        (TWO, [("a", 10, 30), ("b", 0, 5), ("x", 0, 25)], 25 / 50, (20 + 5) / (20 + 10)),
    ],
)
def test_characters(
    asked: Case, stretches: list[tuple[str, int, int]], precision: float, recall: float
) -> None:
    got = found(*stretches)
    assert measure("CharP@5").score(asked, got).value == pytest.approx(precision)
    assert measure("CharR@5").score(asked, got).value == pytest.approx(recall)
    harmonic = 2 * precision * recall / (precision + recall) if precision + recall else 0
    assert measure("CharF1@5").score(asked, got).value == pytest.approx(harmonic)


@pytest.mark.parametrize(
    ("asked", "stretches", "expected"),
    [
        (ONE, [("a", 0, 20)], 1),  # half of it is enough
        (ONE, [("a", 0, 19)], 0),
        (ONE, [("a", 0, 15), ("x", 0, 9), ("a", 25, 40)], 1),  # 5 and 5 of 20, together
        (TWO, [("a", 0, 40)], 1 / 2),
        (TWO, [("c", 50, 70), ("a", 0, 40)], 2 / 2),
        (TWO, [], 0),
    ],
)
def test_a_group_is_covered_by_half_of_an_alternative(
    asked: Case, stretches: list[tuple[str, int, int]], expected: float
) -> None:
    assert measure("SupportR@3").score(asked, found(*stretches)).value == expected


def test_only_the_first_k_count() -> None:
    got = found(("x", 0, 9), ("a", 10, 30))
    assert measure("SupportR@1").score(ONE, got).value == 0
    assert measure("SupportR@2").score(ONE, got).value == 1


def test_the_reason_names_what_is_missed() -> None:
    score = measure("SupportR@3").score(TWO, found(("a", 10, 30)))
    assert score.reason == "not among the first 3: § 1 of b"


def test_without_gold_it_does_not_apply() -> None:
    assert measure("CharR@5").score(case(), found(("a", 0, 9))).value is None


def test_a_moved_text_is_found_again_by_its_words() -> None:
    words = "Gates open at six."
    old = Support("a", "v1", Span(0, 18), words)
    got = Given((Ranked("a", "v2", Span(0, 40), 1.0),))
    texts = {("a", "v2"): f"A new preface.\n{words}\nAnd more."}
    moved = Context(lambda document, version: texts.get((document, version)))
    assert measure("SupportR@1").score(case((old,)), got, moved).value == 1
    assert measure("SupportR@1").score(case((old,)), got).value == 0  # nobody holds the text


spans = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda ends: Span(*sorted(ends)))


def characters(several: list[Span]) -> set[int]:
    return {place for span in several for place in range(span.start, span.end)}


@given(st.lists(spans), st.lists(spans))
def test_joined_spans_hold_the_same_characters(first: list[Span], second: list[Span]) -> None:
    one, other = joined(first), joined(second)
    assert characters(one) == characters(first)
    assert sum(span.end - span.start for span in one) == len(characters(first))
    both = sum(shared(a, b) for a in one for b in other)
    assert both == len(characters(first) & characters(second))


@given(st.lists(spans, max_size=5), spans.filter(lambda span: span.start < span.end))
def test_more_stretches_never_lower_recall(stretches: list[Span], wanted: Span) -> None:
    asked = case((gold(wanted.start, wanted.end),))
    got = found(*(("a", span.start, span.end) for span in stretches))
    recalls = [measure(f"CharR@{k}").score(asked, got).value or 0.0 for k in range(1, 6)]
    assert recalls == sorted(recalls)
    assert 0 <= recalls[-1] <= 1
