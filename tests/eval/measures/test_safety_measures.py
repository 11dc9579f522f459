"""Counts of text stated as law that is not, or no longer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eval.measures import Scored, measure, summarise
from eval.words import Case, Cited, Given, Group, Said, Support
from pincite.kinds import KINDS, Channel
from pincite.types import Question, Span

LAW = Cited("a", "v1", Span(0, 9), "Six gates", "§ 1", "Code § 1", "law", "in_force", "statute")
CASE = Case("q", Question("?"), True)


def said(cited: Cited, channel: Channel = "law") -> Given:
    return Given(statements=(Said(cited.quote, channel, (1,)),), citations=(cited,))


def gold(channel: Channel | None) -> Case:
    support = Support("a", "v1", Span(0, 9), "Six gates", "§ 1", channel)
    return replace(CASE, groups=(Group((support,)),))


@pytest.mark.parametrize(
    ("name", "cited"),
    [
        ("NonLawAsLaw", replace(LAW, channel="argument", kind="op_ed")),
        ("NonLawAsLaw", replace(LAW, channel="record")),
        ("NonLawAsLaw", replace(LAW, kind="bill")),  # whatever the citation says of itself
        ("RetiredAsCurrent", replace(LAW, retired=True, status="revoked")),
        ("DeletedAsCurrent", replace(LAW, marks=("deleted", "ocr"))),
    ],
)
def test_it_is_counted_when_stated_as_law_only(name: str, cited: Cited) -> None:
    assert measure(name).score(CASE, said(cited)).value == 1
    assert measure(name).score(CASE, said(cited, "record")).value == 0
    assert measure(name).score(CASE, said(LAW)).value == 0
    assert measure(name).score(CASE, Given(reason="weak_evidence")).value == 0


def test_gold_that_is_no_law_tells_on_a_label_that_says_law() -> None:
    score = measure("NonLawAsLaw").score(gold("argument"), said(LAW))
    assert (score.value, score.reason) == (1, "Code § 1 is argument, says the gold")
    assert measure("NonLawAsLaw").score(gold("law"), said(LAW)).value == 0


@pytest.mark.parametrize(
    ("name", "cited"),
    [
        ("RetiredAsCurrent", replace(LAW, retired=True, status="revoked")),
        ("DeletedAsCurrent", replace(LAW, marks=("deleted",))),
    ],
)
def test_what_was_asked_for_may_be_quoted(name: str, cited: Cited) -> None:
    assert measure(name).score(gold(None), said(cited)).value == 0


def test_every_kind_of_law_may_be_stated_as_law() -> None:
    for kind, rule in KINDS.items():
        score = measure("NonLawAsLaw").score(CASE, said(replace(LAW, kind=kind.value)))
        assert score.value == (0 if rule.channel == "law" else 1)


def test_the_figure_of_a_set_is_the_sum() -> None:
    one = measure("RetiredAsCurrent")
    bad = said(replace(LAW, retired=True, status="expired"))
    givens = [bad, said(LAW), bad, Given(error="gone"), Given()]
    cases = [replace(CASE, id=str(place)) for place in range(len(givens))]
    scored = [Scored(c, g, one.score(c, g)) for c, g in zip(cases, givens, strict=True)]
    found = summarise(one, scored)
    assert found.value == 2
    # the failed one, and the one that was not asked for an answer
    assert (found.n, found.not_applicable, found.failed) == (3, 2, 1)


def test_none_in_a_whole_set_is_zero() -> None:
    one = measure("NonLawAsLaw")
    found = summarise(one, [Scored(CASE, said(LAW), one.score(CASE, said(LAW)))] * 3)
    assert found.value == 0
