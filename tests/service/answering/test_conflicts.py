"""When held sources disagree on what is asked: told where a rule is sure, and never otherwise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest

from pincite.kinds import Kind
from pincite.types import Answer, Document, Hit, Link, Question
from service.answering.answerer import answer_from
from service.answering.conflicts import are_alike
from service.answering.considering import Asking
from service.answering.quantities import quantities
from service.holdings import Holdings
from service.vantage import Vantage
from service.wording import Wording

Ask = Callable[..., Answer]
Make = Callable[..., Document]

CITY = {"jurisdiction": "zz/arden", "status": "in_force", "kind": Kind.ORDINANCE}
HOURS = "The jail shall release a person held on a civil detainer within {} hours."
NINTH = "United States Court of Appeals for the Ninth Circuit"
SECOND = "United States Court of Appeals for the Second Circuit"
STRIKES = "We hold that 8 U.S.C. § 1373 violates the Tenth Amendment as a command to a city."
UPHOLDS = "We conclude that 8 U.S.C. § 1373 does not violate the Tenth Amendment or command a city."


@pytest.fixture
def ask(held: Callable[..., Holdings], told: Callable[..., Any], hit: Callable[..., Hit]) -> Ask:
    """The answer from these documents, each one passage that bears as well as the others."""

    def made(
        question: str, documents: Sequence[Document], day: date = date(2026, 11, 22)
    ) -> Answer:
        encoder = told(otherwise=0.7)
        holdings = held(*documents, citations=("8 usc 1373",))
        vector = encoder.embed_query(question)
        asking = Asking(Question(question), Wording(question), vector, holdings, encoder)
        hits = [hit(one, similarity=0.8, fused=1.0, **_part(one)) for one in documents]
        return answer_from(asking, Vantage(day, works=holdings.works), hits)

    return made


def _part(document: Document) -> dict[str, str]:
    return {"part": "majority"} if document.entry.kind is Kind.COURT_RULING else {}


LONG = "How long may the jail hold a person on a civil detainer?"
MAY = "May an officer ask a person about immigration status?"


def test_two_laws_in_force_that_give_other_figures_conflict(ask: Ask, document: Make) -> None:
    texts = [document(str(n), HOURS.format(n), title=f"Law {n}", **CITY) for n in (24, 48)]
    answer = ask(LONG, texts)
    assert answer.reason == "conflicting"
    assert [one.text for one in answer.statements] == [HOURS.format(24), HOURS.format(48)]
    assert answer.notices[0] == (
        "The sources disagree: Law 24 says “within 24 hours”; Law 48 says “within 48 hours”."
    )


def test_one_permits_what_the_other_forbids(ask: Ask, document: Make) -> None:
    first = document(
        "a", "An officer may ask a person about immigration status.", title="A", **CITY
    )
    second = document(
        "b", "An officer may not ask a person about immigration status.", title="B", **CITY
    )
    answer = ask(MAY, [first, second])
    assert answer.reason == "conflicting"
    assert len(answer.citations) == 2


def test_two_circuits_that_held_opposite_ways_conflict(ask: Ask, document: Make) -> None:
    ruling = {"kind": Kind.COURT_RULING, "status": "in_force", "jurisdiction": "us"}
    first = document("a", STRIKES, title="City v. States", issuer=NINTH, **ruling)
    second = document("b", UPHOLDS, title="State v. City", issuer=SECOND, **ruling)
    answer = ask("Does 8 U.S.C. § 1373 violate the Tenth Amendment?", [first, second])
    assert answer.reason == "conflicting"
    assert answer.notices[0] == (
        "Courts of different circuits disagree: the Ninth Circuit struck it, the Second Circuit"
        " upheld it."
    )
    same = document("b", UPHOLDS, title="State v. City", issuer=NINTH, **ruling)
    assert ask("Does 8 U.S.C. § 1373 violate the Tenth Amendment?", [first, same]).reason is None


@pytest.mark.parametrize(
    ("why", "first", "second", "more"),
    [
        ("the same figure in other words", HOURS.format(48), HOURS.format("forty-eight"), {}),
        (
            "two days are 48 hours",
            HOURS.format(48),
            HOURS.format(0).replace("0 hours", "2 days"),
            {},
        ),
        ("another place", HOURS.format(24), HOURS.format(48), {"jurisdiction": "zz/bree"}),
        ("what has ended", HOURS.format(24), HOURS.format(48), {"status": "repealed"}),
        ("not known to stand", HOURS.format(24), HOURS.format(48), {"status": "unknown"}),
        ("an edition of the same work", HOURS.format(24), HOURS.format(48), {"work": "a"}),
        ("an act that amends", HOURS.format(24), HOURS.format(48), {"kind": Kind.AMENDING_ACT}),
        ("no law", HOURS.format(24), HOURS.format(48), {"kind": Kind.RESOLUTION}),
        (
            "an amendment",
            HOURS.format(24),
            HOURS.format(48),
            {"relations": (Link("amends", "a"),)},
        ),
        (
            "at least, at most",
            HOURS.format(24),
            HOURS.format(48).replace("within", "after at least"),
            {},
        ),
        (
            "rules for other cases",
            HOURS.format(24).replace("a person", "a juvenile offender"),
            HOURS.format(48).replace("a person", "an adult prisoner"),
            {},
        ),
        ("another thing", HOURS.format(24), "A permit for fireworks ends after 48 hours.", {}),
    ],
)
def test_no_conflict_is_made_up(
    ask: Ask, document: Make, why: str, first: str, second: str, more: dict[str, Any]
) -> None:
    one = document("a", first, title="A", **CITY)
    other = document("b", second, title="B", **{**CITY, **more})
    assert ask(LONG, [one, other]).reason != "conflicting", why


def test_a_rule_and_its_exception_do_not_conflict(ask: Ask, document: Make) -> None:
    rule = document("a", "An officer may not ask a person about immigration status.", **CITY)
    limit = document(
        "b", "An officer may ask a person about immigration status if a judge orders it.", **CITY
    )
    assert ask(MAY, [rule, limit]).reason is None


def test_who_asks_for_neither_is_told_of_no_conflict(ask: Ask, document: Make) -> None:
    texts = [document(str(n), HOURS.format(n), title=f"Law {n}", **CITY) for n in (24, 48)]
    assert ask("Which persons held on a civil detainer are released?", texts).reason is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("not more than forty-eight (48) hours", [("length", 48, "most")]),
        ("at least 30 days", [("length", 720, "least")]),
        ("a fine of $1,500", [("money", 1500, "")]),
        ("$2 million a year", [("money", 2_000_000, "")]),
        ("twenty-one days", [("length", 504, "")]),
        ("section 24 hours", [("length", 24, "")]),
        ("zero days", [("length", 0, "")]),
        ("8 U.S.C. § 1373", []),
        # more digits than a length has
        ("1" + ",000" * 200 + " minutes", []),
        ("1" + ",000" * 2000 + " hours", []),
    ],
)
def test_figures_as_numbers(text: str, found: list[tuple[str, float, str]]) -> None:
    assert [(one.sort, one.value, one.bound) for one in quantities(text)] == found


def test_a_rare_word_of_its_own_on_each_side_makes_other_cases() -> None:
    first = (
        "The jail shall release a juvenile held on a civil immigration detainer within 24 hours."
    )
    second = first.replace("juvenile", "witness").replace("24", "48")
    rare = {"juvenil", "wit"}
    assert not are_alike(first, second, lambda term: 5.0 if term in rare else 1.0)
    assert are_alike(first, second, lambda term: 1.0)
