"""Whose law is wanted, when an answer hangs on the place, and what is told of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pincite.kinds import Kind
from pincite.types import Answer, Document, Hit, Question
from service.answering.answerer import answer_from
from service.answering.considering import Asking
from service.answering.dividing import by_place
from service.answering.evidence import Evidence, asks_law, law_alone, weighed
from service.answering.places import near_places
from service.holdings import Holdings
from service.vantage import Vantage
from service.wording import Wording

MakeDocument = Callable[..., Document]
MakeHit = Callable[..., Hit]
Ask = Callable[..., Answer]

QUESTION = "May a jail hold a person?"
STRONG = {"similarity": 0.8, "fused": 1.0}
NEARLY = 0.5
RULES = {
    "us": "A jail may hold a person whom a federal officer has arrested.",
    "us/ga": "Every jail in Georgia shall check the nationality of a prisoner.",
    "us/ia": "A sheriff shall comply with a detainer that is in writing.",
    "us/ny": "The state keeps a register of its prisons and of who is in them.",
    "us/ny/arden": "No jail of the city holds anyone on a civil detainer.",
    "us/ny/borden": "The warden may release a person on the day that a judge names.",
}


@pytest.fixture
def law(document: MakeDocument) -> Callable[[str], Document]:
    def made(place: str) -> Document:
        name = place.replace("/", "-")
        return document(name, RULES[place], status="in_force", jurisdiction=place, citation=name)

    return made


@pytest.fixture
def ask(held: Callable[..., Holdings], told: Callable[..., Any]) -> Ask:
    """The answer from these documents, each found whole and as well as the others."""

    def made(
        documents: Sequence[Document],
        hits: Sequence[Hit],
        text: str = QUESTION,
        place: str | None = None,
    ) -> Answer:
        encoder, holdings = told(otherwise=0.7), held(*documents)
        asked, vector = Question(text, place=place), encoder.embed_query(text)
        asking = Asking(asked, Wording(text), vector, holdings, encoder)
        return answer_from(asking, Vantage(date(2026, 11, 22), place, holdings.works), hits)

    return made


@pytest.mark.parametrize(
    ("places", "text", "place", "asks"),
    [
        (["us/ga", "us/ia"], QUESTION, None, True),
        (["us/ga", "us/ny/arden"], QUESTION, None, True),
        # one place's law is not divided
        (["us/ga"], QUESTION, None, False),
        # federal law bears as well, and is that of both
        (["us/ga", "us/ia", "us"], QUESTION, None, False),
        # a state's law is that of its cities; that of two of its cities is not
        (["us/ny", "us/ny/arden"], QUESTION, None, False),
        (["us/ny/borden", "us/ny/arden"], QUESTION, None, True),
        # a place was named, or the asker stands in one
        (["us/ga", "us/ia"], "May a jail in Georgia hold a person?", None, False),
        (["us/ga", "us/ia"], QUESTION, "us/ga", False),
        (["us/ga", "us/ia"], QUESTION, "us/il/chicago", False),
    ],
)
def test_a_place_is_asked_for_only_where_the_answer_hangs_on_it(
    ask: Ask,
    hit: MakeHit,
    law: Callable[[str], Document],
    places: list[str],
    text: str,
    place: str | None,
    asks: bool,
) -> None:
    held = [law(one) for one in places]
    answer = ask(held, [hit(one, **STRONG) for one in held], text, place)
    assert (answer.reason == "needs_jurisdiction") is asks
    assert bool(answer.statements) is not asks
    if asks:
        assert [c.entry.jurisdiction for c in answer.nearest] == places
        assert [c.quote for c in answer.nearest] == [RULES[one] for one in places]
        assert answer.notices[0].startswith("The law on this differs from place to place")
        assert answer.confidence is not None
        assert answer.confidence > 0.5


def test_a_place_whose_law_bears_less_asks_for_none(
    hit: MakeHit, held: Callable[..., Holdings], law: Callable[[str], Document]
) -> None:
    first, second = law("us/ga"), law("us/ia")
    holdings = held(first, second)
    near = weighed(QUESTION, [hit(first, 1.0), hit(second, 1.0)], holdings)
    far = weighed(QUESTION, [hit(first, 1.0), hit(second, 0.0)], holdings)
    assert len(by_place(near, NEARLY)) == 2
    assert by_place(far, NEARLY) == []
    assert by_place([], NEARLY) == []


def test_records_of_several_places_ask_for_none(
    hit: MakeHit, held: Callable[..., Holdings], document: MakeDocument
) -> None:
    made = [
        document(f"a{at}", text, Kind.AGREEMENT, jurisdiction=place)
        for at, (place, text) in enumerate(RULES.items())
    ]
    evidence = weighed("What do the agreements say?", [hit(one) for one in made], held(*made))
    assert by_place(evidence, NEARLY) == []


@pytest.mark.parametrize(
    ("place", "text", "wanted"),
    [
        (None, QUESTION, ()),
        ("us/ny/arden", QUESTION, ("us/ny/arden",)),
        (None, "May a jail in Arden hold a person?", ("us/ny/arden",)),
        # what is asked about comes before where the asker stands
        ("us/ga", "May a jail in Iowa hold a person?", ("us/ia",)),
    ],
)
def test_the_place_that_is_wanted_is_named_or_the_askers(
    place: str | None, text: str, wanted: tuple[str, ...]
) -> None:
    assert near_places(Question(text, place=place), text, frozenset(RULES)) == wanted


@pytest.mark.parametrize(
    ("place", "notices"),
    [
        (None, ()),
        ("us/ga", ()),
        (
            "us/il/chicago",
            (
                "This corpus holds no law of Chicago;"
                " only the law of the United States can be binding there.",
            ),
        ),
        # a place of whose parts law is held
        ("us/ny", ()),
        (
            "us/ny/corden",
            (
                "This corpus holds no law of Corden;"
                " only the law of the United States can be binding there.",
            ),
        ),
    ],
)
def test_a_place_without_a_law_is_told(
    ask: Ask,
    hit: MakeHit,
    law: Callable[[str], Document],
    place: str | None,
    notices: tuple[str, ...],
) -> None:
    held = [law("us"), law("us/ga"), law("us/ny/arden")]
    answer = ask(held, [hit(held[0], **STRONG)], place=place)
    assert answer.statements
    assert answer.notices == notices


def test_both_ancestors_that_bind_are_named(
    ask: Ask, hit: MakeHit, law: Callable[[str], Document]
) -> None:
    held = [law("us"), law("us/ny")]
    answer = ask(held, [hit(held[0], **STRONG)], place="us/ny/corden")
    assert answer.notices == (
        "This corpus holds no law of Corden;"
        " only the law of New York and the United States can be binding there.",
    )


def test_a_place_without_any_law_over_it_is_told_without_an_answer_too(
    ask: Ask, hit: MakeHit, law: Callable[[str], Document]
) -> None:
    held = [law("us/ga")]
    answer = ask(held, [hit(held[0], similarity=0.1, fused=0.1)], place="us/il/chicago")
    assert not answer.statements
    assert answer.notices[0] == "This corpus holds no law of Chicago."


def test_law_of_elsewhere_is_told_as_such(
    ask: Ask, hit: MakeHit, law: Callable[[str], Document]
) -> None:
    held = [law("us/ga"), law("us/ia")]
    answer = ask(held, [hit(held[0], **STRONG)], place="us/ia")
    assert [c.force for c in answer.citations] == ["law of Georgia, not binding here"]
    assert answer.notices == ("No law quoted here binds in Iowa.",)


def test_what_may_be_done_is_not_answered_from_a_record_unsaid(
    ask: Ask, hit: MakeHit, document: MakeDocument
) -> None:
    record = document("r", "A jail may hold a person for two days, it was said.", Kind.TRANSCRIPT)
    answer = ask([record], [hit(record, **STRONG)])
    assert answer.statements[0].channel == "record"
    assert answer.notices == ("No law here answers this; what is quoted is: transcript, not law.",)
    asked = ask([record], [hit(record, **STRONG)], "What does the transcript say of a jail?")
    assert asked.notices == ()


def test_where_law_answers_a_question_of_law_no_record_does(
    ask: Ask, hit: MakeHit, document: MakeDocument, law: Callable[[str], Document]
) -> None:
    record = document("r", "A jail may hold a person for two days, it was said.", Kind.TRANSCRIPT)
    statute = law("us")
    hits = [hit(record, 2.0, **STRONG), hit(statute, 1.9, **STRONG), hit(statute, 0.0)]
    assert {s.channel for s in ask([record, statute], hits).statements} == {"law"}


@pytest.mark.parametrize(
    ("question", "of_law"),
    [
        (QUESTION, True),
        ("What is the penalty for it?", True),
        ("Is our department allowed to sign a 287(g) agreement?", True),
        ("What happened in May 2025?", False),
        ("What does the agreement say?", False),
        ("What may a deputy do under the Hardee County agreement?", False),
        ("Who wrote the code?", False),
    ],
)
def test_a_question_of_law_asks_what_may_be_done(question: str, of_law: bool) -> None:
    assert asks_law(question) is of_law


@pytest.mark.parametrize(
    ("near", "first"),
    [
        ((), "us-ga"),
        (("us/ny/arden",), "us-ny-arden"),
        (("us/ny",), "us-ny-arden"),
        (("us/ga",), "us-ga"),
        # federal law is that of every place
        (("us/ia",), "us"),
    ],
)
def test_law_of_a_wanted_place_stands_first_among_equals(
    hit: MakeHit,
    held: Callable[..., Holdings],
    law: Callable[[str], Document],
    near: tuple[str, ...],
    first: str,
) -> None:
    made = [law("us/ga"), law("us/ny/arden"), law("us")]
    evidence = weighed("Who holds?", [hit(one) for one in made], held(*made), near)
    assert evidence[0].document.entry.id == first
    assert {one.document.entry.id for one in evidence} == {one.entry.id for one in made}


def test_a_dissent_that_is_asked_for_stands_before_the_opinion(
    hit: MakeHit, held: Callable[..., Holdings], document: MakeDocument
) -> None:
    ruling = document("ruling", RULES["us"], Kind.COURT_RULING)
    hits = [hit(ruling, part="majority"), hit(ruling, part="dissent")]
    for question, first in (("What does the dissent say?", "dissent"), (QUESTION, "majority")):
        evidence = weighed(question, hits, held(ruling))
        assert evidence[0].hit.passage.locator.part == first


@given(
    rows=st.lists(
        st.tuples(st.sampled_from(list(Kind)), st.sampled_from(list(RULES)), st.floats(0, 3)),
        max_size=6,
    ),
    near=st.lists(st.sampled_from([*RULES, "us/il/chicago"]), max_size=2),
)
def test_a_wanted_place_hides_nothing_and_lifts_no_record(
    document: MakeDocument,
    hit: MakeHit,
    held: Callable[..., Holdings],
    rows: list[tuple[Kind, str, float]],
    near: list[str],
) -> None:
    made = [
        document(f"d{at}", RULES[place], kind, jurisdiction=place)
        for at, (kind, place, _) in enumerate(rows)
    ]
    hits = [hit(one, score) for one, (_, _, score) in zip(made, rows, strict=True)]
    found = weighed(QUESTION, hits, held(*made), near)
    assert sorted(e.document.entry.id for e in found) == sorted(d.entry.id for d in made)
    alone = law_alone(QUESTION, found, NEARLY)
    if found and found[0].is_law:
        assert all(one.is_law for one in alone)
    assert list(alone) == found or all(one.is_law for one in alone)
    places = [e.document.entry.jurisdiction for e in by_place(found, NEARLY)]
    assert len(set(places)) == len(places)
    assert len(places) != 1 or _is_law(found)


@pytest.mark.parametrize(
    ("law", "question", "alone"),
    [
        ("The clerk shall report promptly.", "Within what time must a clerk report?", False),
        ("The clerk shall report within 4 days.", "Within what time must a clerk report?", True),
        ("The clerk shall report promptly.", "Must a clerk report?", True),
    ],
)
def test_law_that_lacks_the_figure_asked_for_does_not_answer_alone(
    document: MakeDocument,
    hit: MakeHit,
    held: Callable[..., Holdings],
    law: str,
    question: str,
    alone: bool,
) -> None:
    statute = document("statute", law)
    deal = document("deal", "A clerk reports within 48 hours.", Kind.AGREEMENT)
    found = [
        Evidence(hit(deal), deal, 1.0, 1.0),
        Evidence(hit(statute), statute, 1.0 - NEARLY / 2, 1.0),
    ]
    said = [one.document.entry.id for one in law_alone(question, found, NEARLY)]
    assert said == (["statute"] if alone else ["deal", "statute"])


def _is_law(found: Sequence[Evidence]) -> bool:
    return found[0].is_law
