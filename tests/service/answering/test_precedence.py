"""A text before a ruling on it, and the one that is named before others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from pincite.kinds import Kind
from pincite.types import Document, Hit
from service.answering.dividing import by_place
from service.answering.evidence import weighed
from service.answering.precedence import precedence
from service.holdings import Holdings
from service.vantage import Vantage

ORDER, OTHER, RULING = "order-12-2019", "order-7-2018", "ruling"


@pytest.fixture
def documents(document: Callable[..., Document]) -> list[Document]:
    def order(name: str, number: int, year: int) -> Document:
        kind, citation = Kind.EXECUTIVE_ORDER, f"Executive Order No. {number} of {year}"
        issued, title = date(year, 3, 1), "Of harbors and bridges"
        return document(
            name, "A lorry pays a toll.", kind, title=title, citation=citation, issued=issued
        )

    return [
        order(ORDER, 12, 2019),
        order(OTHER, 7, 2018),
        document(RULING, "The toll is lawful.", Kind.COURT_RULING, title="Orr v. Quill"),
    ]


@pytest.mark.parametrize(
    ("question", "behind"),
    [
        ("What toll does a lorry pay?", [0.0, 0.0, 0.25]),
        ("What toll does Executive Order 12 of 2019 set?", [0.0, 0.5, 0.75]),
        # two are named: neither stands behind
        ("Do Executive Order 12 of 2019 and Executive Order 7 of 2018 agree?", [0.0, 0.0, 0.25]),
        # one that is not held
        ("What toll does Executive Order 99 of 2011 set?", [0.0, 0.0, 0.25]),
        # what a court said is asked for: the ruling named stands before other texts
        ("What did the Court hold of the toll in Orr v. Quill?", [0.5, 0.5, 0.0]),
        ("Did the court uphold Executive Order 12 of 2019?", [0.0, 0.0, 0.0]),
    ],
)
def test_who_stands_behind_whom(
    documents: list[Document],
    held: Callable[..., Holdings],
    hit: Callable[..., Hit],
    question: str,
    behind: list[float],
) -> None:
    holdings = held(*documents)
    view = Vantage(date(2026, 11, 22), None, holdings.works)
    evidence = {
        one.document.entry.id: one
        for one in weighed(question, [hit(one) for one in documents], holdings)
    }
    how_far = precedence(question, holdings, view)
    assert [how_far(evidence[one]) for one in (ORDER, OTHER, RULING)] == behind


def test_a_ruling_on_a_citys_text_does_not_answer_for_another_city(
    document: Callable[..., Document], held: Callable[..., Holdings], hit: Callable[..., Hit]
) -> None:
    question = "How long may a jail hold a person?"
    made = [
        document("a", "A jail may hold a person a day.", jurisdiction="us/ny/arden"),
        document("b", "A jail may hold a person two days.", jurisdiction="us/ny/borden"),
        document(
            "c",
            "A day is long.",
            Kind.COURT_RULING,
            jurisdiction="us/ny",
            issuer="Court of Appeals",
        ),
    ]
    holdings = held(*made)
    hits = [hit(made[0], 1.0), hit(made[1], 0.9), hit(made[2], 0.65, part="majority")]
    evidence = weighed(question, hits, holdings)
    nearly = evidence[0].score - evidence[-1].score + 0.1
    behind = precedence(question, holdings, Vantage(date(2026, 11, 22), None, holdings.works))
    assert by_place(evidence, nearly) == []
    assert [one.document.entry.id for one in by_place(evidence, nearly, behind)][:2] == ["a", "b"]
