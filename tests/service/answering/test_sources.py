"""The several sources that one question names: which they are, and that each is quoted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from pincite.kinds import Kind
from pincite.types import Document, Filters, Hit, Question
from service.answering.answerer import answer_from
from service.answering.considering import Asking
from service.answering.sources import own_texts, sources_named
from service.answering.subjects import without_cases
from service.holdings import Holdings
from service.linking.held import Place
from service.vantage import Vantage
from service.wording import Wording

DAY = date(2026, 11, 22)
RULING = {"kind": Kind.COURT_RULING, "status": "in_force", "jurisdiction": "us"}


@pytest.fixture
def holdings(held: Callable[..., Holdings], document: Callable[..., Document]) -> Holdings:
    """Two cases, two sections, an order of each of two months, and the law of two places."""
    made = held(
        document("printz", "No state may be commanded.", title="Printz v. United States", **RULING),
        document("new-york", "No state may be told.", title="New York v. United States", **RULING),
        document("s1373", "No city may bar it.", title="Communication", status="in_force"),
        document("s1644", "No state may bar it.", title="Status", status="in_force"),
        *(
            document(name, "Agencies act.", Kind.EXECUTIVE_ORDER, title="Order", issued=day)
            for name, day in (("feb", date(2025, 2, 19)), ("apr", date(2025, 4, 28)))
        ),
        document("arden", "A jail.", title="A", jurisdiction="us/ia", status="in_force"),
        document("bree", "A jail.", title="B", jurisdiction="us/ny/bree", status="in_force"),
        document(
            "tn", "A jail.", title="Local enforcement of civil detainers", jurisdiction="us/tn"
        ),
    )
    keys = {"8 usc 1373": (Place("s1373"),), "8 usc 1644": (Place("s1644"),)}
    made.links = SimpleNamespace(  # type: ignore[assignment]
        held=keys, aliases={}, places=lambda key: keys.get(key, ()), names_held=lambda named: True
    )
    return made


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Do Printz and New York v. United States both bar it?", ["printz", "new-york"]),
        ("Compare § 1373 and § 1644", ["s1373", "s1644"]),
        ("Does Printz speak of 8 U.S.C. § 1373?", ["s1373", "printz"]),
        ("What did the February 2025 order say and the April 2025 order add?", ["feb", "apr"]),
        ("How do Iowa and Bree treat detainers?", ["arden", "bree"]),
        # one source alone needs no second
        ("What did Printz hold?", []),
        ("What does Iowa's law say?", []),
        # everyday words are a title elsewhere
        ("What does Printz say of local enforcement of civil detainers?", ["printz", "tn"]),
        ("May Iowa forbid local enforcement of civil detainers?", []),
        # a case's name names no place
        ("What did New York v. United States hold?", []),
        # a place and the place it lies in are one
        ("What is the law of Bree, New York?", []),
        ("What may a jail do?", []),
    ],
)
def test_the_sources_that_are_named(holdings: Holdings, question: str, named: list[str]) -> None:
    view = Vantage(DAY, works=holdings.works)
    found = sources_named(question, holdings, view)
    assert sorted(id_ for source in found for id_ in source) == sorted(named)


def test_each_named_text_is_looked_for_by_itself(holdings: Holdings) -> None:
    view = Vantage(DAY, works=holdings.works)
    text = "Compare § 1373 and § 1644"
    asked = own_texts(Question(text), text, holdings, view)
    assert [filters.documents for filters in asked] == [("s1373",), ("s1644",)]
    one = Question(text, filters=Filters(documents=("s1373",)))
    assert [f.documents for f in own_texts(one, text, holdings, view)] == [("s1373",)]


def test_a_text_that_is_named_is_quoted_though_another_bears_better(
    holdings: Holdings, hit: Callable[..., Hit], told: Callable[..., Any]
) -> None:
    def quoted(question: str) -> list[str]:
        encoder = told(otherwise=0.7)
        vector = encoder.embed_query(question)
        asking = Asking(Question(question), Wording(question), vector, holdings, encoder)
        hits = [
            hit(holdings.document(name), score=score, similarity=0.8, fused=1.0)
            for name, score in (("s1644", 9.0), ("arden", 3.0), ("bree", 2.0), ("s1373", 1.0))
        ]
        answer = answer_from(asking, Vantage(DAY, works=holdings.works), hits)
        return [citation.entry.id for citation in answer.citations]

    assert quoted("What does § 1644 bar?") == ["s1644"]
    assert quoted("Compare § 1373 and § 1644") == ["s1644", "s1373"]


def test_a_question_without_its_cases() -> None:
    said = without_cases("Is New York v. United States like the law of Iowa?")
    assert "New York" not in said
    assert "Iowa" in said
    said = without_cases("Did Clinton v. City of New York bind Iowa?")
    assert "New York" not in said
    assert "Iowa" in said
