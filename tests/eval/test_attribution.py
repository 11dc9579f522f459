"""Each fault is blamed for what it explains, and the first that does is blamed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import pytest

from eval.attribution import FAULTS, Fault, attributed, found_at, held_by
from eval.words import Case, Cited, Given, Group, Ranked, Said, Support
from pincite.types import Question, Reason, Span

TIMED = {"search": 5.0, "ask": 9.0}


def gold(document: str = "code", start: int = 100, end: int = 200) -> Support:
    return Support(document, "v1", Span(start, end), "x" * (end - start), "§ 4(a)", "law")


def case(*groups: Support, **more: Any) -> Case:
    return Case("q1", Question("?"), True, groups=tuple(Group((g,)) for g in groups), **more)


def cited(document: str = "code", start: int = 100, end: int = 200, **more: Any) -> Cited:
    values: dict[str, Any] = {
        "document_id": document,
        "version": "v1",
        "span": Span(start, end),
        "quote": "x" * (end - start),
        "pinpoint": "§ 4(a)",
        "citation": f"{document} § 4(a)",
        "channel": "law",
        "status": "in_force",
        "kind": "statute",
    }
    return Cited(**{**values, **more})


def answer(*citations: Cited, found: tuple[Ranked, ...] | None = None) -> Given:
    said = tuple(Said("s", c.channel, (n,)) for n, c in enumerate(citations, start=1))
    reason: Reason | None = None if citations else "weak_evidence"
    return Given(
        RIGHT if found is None else found, said, citations, reason=reason, latency_ms=TIMED
    )


def ranked(document: str = "code", start: int = 0, end: int = 300, unit: str = "") -> Ranked:
    return Ranked(document, "v1", Span(start, end), 1.0, unit)


RIGHT = (ranked("other"), ranked())
ONE = case(gold())
NO_ANSWER = Case("q1", Question("?"), answerable=False)
BY_UNIT = Case("q1", Question("?"), relevant={"u1": 1})
ELEVENTH = tuple(ranked(unit="u1" if place == 11 else f"n{place}") for place in range(1, 20))

ROWS: list[tuple[str, Case, Given, Fault | None]] = [
    ("quotes the gold", ONE, answer(cited()), None),
    ("quotes the clause around the gold", ONE, answer(cited(start=0, end=400)), None),
    ("quotes a part of the gold", ONE, answer(cited(start=110, end=120)), None),
    ("failed", ONE, Given(error="no answer within 30 s"), "failed"),
    ("silent where it should be", NO_ANSWER, answer(), None),
    ("answers what cannot be answered", NO_ANSWER, answer(cited()), "wrongly answered"),
    ("silent, though it was found", ONE, answer(), "wrongly abstained"),
    ("silent, and not found", ONE, answer(found=(ranked("other"),)), "not retrieved"),
    ("found, and another quoted", ONE, answer(cited("other")), "retrieved but not chosen"),
    ("another passage of it quoted", ONE, answer(cited(start=250, end=290)), FAULTS[-1]),
    ("neither found nor quoted", ONE, answer(cited("other"), found=()), "not retrieved"),
    ("quotes a retired text", ONE, answer(cited("old", retired=True)), "wrong version"),
    ("quotes an op-ed for law", ONE, answer(cited("op-ed", channel="argument")), "wrong channel"),
    ("law beside an op-ed", ONE, answer(cited(), cited("op-ed", channel="argument")), None),
    ("another statement first", ONE, answer(cited("other"), cited()), "retrieved but not chosen"),
    ("one of two", case(gold(), gold("b")), answer(cited()), "not retrieved"),
    ("both of two", case(gold(), gold("b")), answer(cited(), cited("b")), None),
    ("not in the index", case(gold("lost")), answer(cited("other")), "not indexed"),
    ("a unit without text", replace(BY_UNIT, relevant={"empty": 1}), Given(), "not indexed"),
    ("a right unit among ten", BY_UNIT, Given((ranked(unit="u1"),)), None),
    ("a right unit eleventh", BY_UNIT, Given(ELEVENTH), "retrieved but not chosen"),
    ("no right unit", BY_UNIT, Given((ranked(unit="u2"),)), "not retrieved"),
    ("a unit that is judged not relevant", replace(BY_UNIT, relevant={"u1": 0}), Given(), None),
    ("gold found, no answer asked", ONE, Given(RIGHT, latency_ms={"search": 1.0}), None),
    ("nothing tells", Case("q1", Question("?")), answer(cited()), None),
]


@pytest.mark.parametrize(
    ("case", "given", "fault"), [r[1:] for r in ROWS], ids=[r[0] for r in ROWS]
)
def test_a_wrong_question_has_one_fault_with_a_reason(
    case: Case, given: Given, fault: Fault | None
) -> None:
    blame = attributed(case, given, held_by({"not_held": ["lost", "empty"]}))
    assert (blame.fault if blame else None) == fault
    assert blame is None or len(blame.reason) > 5


def test_the_table_has_a_row_for_each_fault() -> None:
    assert {fault for *_, fault in ROWS if fault} == set(get_args(Fault))


def test_a_quote_from_another_reading_counts_by_its_words() -> None:
    other = cited(version="v2", start=0, end=100)
    assert attributed(ONE, answer(other), held_by({})) is None
    blame = attributed(ONE, answer(replace(other, quote="y" * 100)), held_by({}))
    assert blame is not None
    assert blame.fault == "wrong version"


def test_gold_across_a_passage_border_is_found_where_half_of_it_is() -> None:
    # Gold is 100..200: the first stretch holds 30 characters, both together 60.
    pieces = (ranked(start=0, end=130), ranked(start=130, end=160))
    assert found_at(ONE, Given(pieces[:1])) is None
    assert found_at(ONE, Given(pieces)) == 2


def test_two_groups_are_found_when_the_last_is() -> None:
    both = case(gold(), gold("b"))
    assert found_at(both, Given((ranked(), ranked("c"), ranked("b")))) == 3
