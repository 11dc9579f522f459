"""A city of which nothing is held is wanted all the same: its state's law answers, and is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from pincite.kinds import Kind
from pincite.types import Answer, Document, Hit, Question, Span
from service.answering.answerer import answer_from
from service.answering.considering import Asking
from service.answering.places import advised, near_places
from service.citing import cite
from service.holdings import Holdings
from service.vantage import Vantage
from service.wording import Wording

MakeDocument = Callable[..., Document]
MakeHit = Callable[..., Hit]

DAY = date(2026, 11, 22)
PLACES = frozenset({"us", "us/ia", "us/me", "us/ny", "us/ny/arden"})
QUESTION = "May a jail in Des Moines hold a person?"
RULE = "A sheriff shall comply with a detainer that is in writing."
DES_MOINES = (
    "This corpus holds no law of Des Moines;"
    " only the law of Iowa and the United States can be binding there."
)
CHICAGO = (
    "This corpus holds no law of Chicago; only the law of the United States can be binding there."
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (QUESTION, ("us/ia/des-moines",)),
        ("May Des Moines hold a person?", ("us/ia/des-moines",)),
        ("May police in Buffalo or in Des Moines?", ("us/ny/buffalo", "us/ia/des-moines")),
        # beside a place of which something is held
        (
            "May Arden hold whom police in Des Moines may?",
            ("us/ny/arden", "us/ia/des-moines"),
        ),
        # what its name holds, and stands behind it, is no state that is asked about
        ("May a jail in Iowa City hold a person?", ("us/ia/iowa-city",)),
        ("May a jail in Des Moines, Iowa hold a person?", ("us/ia/des-moines",)),
        # nothing of its state is held
        ("May a jail in Boise hold a person?", ()),
        # a name of two cities, of which one lies in a state of the corpus
        ("May a jail in Portland hold a person?", ()),
        # a person; a party
        ("May Officer Buffalo hold a person?", ()),
        ("Did Garcia v. City of Des Moines let a jail hold a person?", ()),
    ],
)
def test_a_city_of_which_nothing_is_held_is_wanted_where_its_state_is(
    text: str, wanted: tuple[str, ...]
) -> None:
    assert near_places(Question(text), text, PLACES) == wanted
    here = near_places(Question(text, place="us/ga"), text, PLACES)
    assert here == (wanted or ("us/ga",))


@pytest.mark.parametrize(
    ("text", "cited", "place", "notices"),
    [
        (QUESTION, "us/ia", None, (DES_MOINES,)),
        ("May Des Moines hold a person?", "us", None, (DES_MOINES,)),
        # told once to who stands there, and beside what is told of where the asker stands
        (QUESTION, "us/ia", "us/ia/des-moines", (DES_MOINES,)),
        (QUESTION, "us", "us/il/chicago", (CHICAGO, DES_MOINES)),
        # beside one of which something is held
        ("May Arden hold whom police in Des Moines may?", "us/ia", None, (DES_MOINES,)),
        # no city is named
        ("May a jail hold a person?", "us/ia", None, ()),
        # of two cities of that name neither is meant more; nothing of its state is held
        ("May a jail in Portland hold a person?", "us/me", None, ()),
        ("May a jail in Boise hold a person?", "us", None, ()),
        # no law answers
        ("What does the agreement say of police in Des Moines?", "deal", None, ()),
        (QUESTION, None, None, ()),
    ],
)
def test_that_nothing_is_held_of_a_city_is_told_where_law_answers(
    document: MakeDocument,
    held: Callable[..., Holdings],
    text: str,
    cited: str | None,
    place: str | None,
    notices: tuple[str, ...],
) -> None:
    made = {one: document(one, RULE, jurisdiction=one, citation=one) for one in sorted(PLACES)}
    made["deal"] = document("deal", RULE, Kind.AGREEMENT, jurisdiction="us/ia")
    view = Vantage(DAY, place, held(*made.values()).works)
    shown = cite(made[cited or "us/ia"], Span(0, len(RULE)), view)
    answer = Answer(Question(text, place=place), citations=(shown,) if cited else ())
    assert advised(answer, text, view).notices == notices


def test_a_city_is_answered_for_by_the_law_of_its_state(
    document: MakeDocument, hit: MakeHit, held: Callable[..., Holdings], told: Callable[..., Any]
) -> None:
    state, other = (
        document(place, RULE, jurisdiction=place, citation=place) for place in ("us/ia", "us/ny")
    )
    encoder, holdings = told(otherwise=0.7), held(state, other)
    asking = Asking(
        Question(QUESTION), Wording(QUESTION), encoder.embed_query(""), holdings, encoder
    )
    hits = [hit(one, similarity=0.8, fused=1.0) for one in (other, state)]
    answer = answer_from(asking, Vantage(DAY, works=holdings.works), hits)
    assert [one.entry.id for one in answer.citations] == ["us/ia"]
    assert answer.missing == ()
    assert answer.notices == (
        "This corpus holds no law of Des Moines; only the law of Iowa can be binding there.",
    )
