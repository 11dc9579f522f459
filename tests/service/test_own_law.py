"""A wanted place's own law is always among what is read, and a place may be typed in words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pincite.errors import QuestionError
from pincite.kinds import Kind
from pincite.places import is_possible, place_path, states
from pincite.types import Entry, Filters, Hit, Locator, Passage, Question, Span
from pincite.works import Works
from service.answering.places import own_law
from service.filtering import place_of
from service.ranking import with_own
from service.vantage import Vantage

NYC = "us/ny/new-york-city"
KNOWN = ("us", "us/dc", "us/ga", "us/ny", NYC, "zz", "zz/arden")


def entry(name: str, kind: Kind, place: str | None, **fields: object) -> Entry:
    return Entry(name, kind, name, f"{name}.md", jurisdiction=place, **fields)  # type: ignore[arg-type]


ENTRIES = (
    entry("city", Kind.ORDINANCE, NYC, status="in_force"),
    entry("old", Kind.ORDINANCE, NYC, status="repealed"),
    entry("state", Kind.STATUTE, "us/ny", status="in_force"),
    entry("bill", Kind.BILL, NYC),
    entry("georgia", Kind.STATUTE, "us/ga", status="in_force"),
    entry("ended", Kind.ORDINANCE, "us/ga/borden", status="repealed"),
    entry("deal", Kind.AGREEMENT, "us/ga/borden"),
    entry("federal", Kind.STATUTE, "us", status="in_force"),
    entry("nowhere", Kind.STATUTE, None, status="in_force"),
)
VIEW = Vantage(date(2026, 11, 22), works=Works(ENTRIES))


@pytest.mark.parametrize(
    ("near", "filters", "documents"),
    [
        ((), Filters(), []),
        # what has ended and what is no law is left out
        ((NYC,), Filters(), [("city",)]),
        # a state's law with that of its cities
        (("us/ny",), Filters(), [("city", "state")]),
        (("us/ga", NYC), Filters(), [("georgia",), ("city",)]),
        # no law is held of it, nor of its state; federal law is that of every place
        (("us/il/chicago",), Filters(), []),
        (("us/il",), Filters(), []),
        # of a city without a law its state's, and not that of the state's other cities
        (("us/ga/corden",), Filters(), [("georgia",)]),
        (("us/ny/corden",), Filters(), [("state",)]),
        # what has ended and what is no law is none
        (("us/ga/borden",), Filters(), [("georgia",)]),
        (("us/ga/corden", NYC), Filters(), [("georgia",), ("city",)]),
        # who names documents gets no others
        ((NYC,), Filters(documents=("georgia", "city")), [("city",)]),
        ((NYC,), Filters(documents=("georgia",)), []),
        (("us/ga/corden",), Filters(documents=("state", "georgia")), [("georgia",)]),
        (("us/ga/corden",), Filters(documents=("city",)), []),
    ],
)
def test_the_current_law_of_a_wanted_place_is_looked_for_by_itself(
    near: tuple[str, ...], filters: Filters, documents: list[tuple[str, ...]]
) -> None:
    found = own_law(Question("?", filters=filters), near, VIEW)
    assert [one.documents for one in found] == documents


def test_other_filters_stay() -> None:
    filters = Filters(kinds=(Kind.STATUTE,), jurisdiction="us/ga", collections=("c",))
    (own,) = own_law(Question("?", filters=filters), (NYC,), VIEW)
    assert (own.kinds, own.jurisdiction, own.collections) == (
        (Kind.STATUTE,),
        "us/ga",
        ("c",),
    )


def hit(name: str, score: float, similarity: float | None = None) -> Hit:
    passage = Passage(name, "v", Span(0, 4), name, Locator())
    return Hit(passage, score, (("dense", 1),), similarity)


def test_own_law_counts_for_what_it_is_among_its_place() -> None:
    mixed = with_own([hit("a", 0.9), hit("b", 0.1)], [hit("b", 1.0, 0.7), hit("c", 0.5, 0.6)])
    assert [(one.passage.document_id, one.score) for one in mixed] == [
        ("a", 0.9),
        ("b", 0.5),
        ("c", 0.25),
    ]
    # what no leg found among all has no rank there
    assert [one.ranks for one in mixed] == [(("dense", 1),), (("dense", 1),), ()]
    assert [one.similarity for one in mixed] == [None, 0.7, 0.6]


HITS = st.lists(
    st.builds(hit, st.sampled_from("abcdef"), st.floats(0, 2)),
    max_size=5,
    unique_by=lambda one: one.passage.document_id,
)


@given(HITS, HITS)
def test_own_law_hides_nothing_and_lowers_nothing(hits: list[Hit], own: list[Hit]) -> None:
    mixed = with_own(hits, own)
    scores = {one.passage.document_id: one.score for one in mixed}
    assert set(scores) == {one.passage.document_id for one in (*hits, *own)}
    assert len(mixed) == len(scores)
    assert all(scores[one.passage.document_id] >= one.score for one in hits)
    assert [one.score for one in mixed] == sorted(scores.values(), reverse=True)


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        (None, None),
        ("", None),
        (NYC, NYC),
        (NYC.upper(), NYC),
        ("new-york-city", NYC),
        ("New York City", NYC),
        ("New  York City, New York", NYC),
        ("Georgia", "us/ga"),
        ("District of Columbia", "us/dc"),
        # no text of it is held; it may be asked for all the same
        ("us/il/chicago", "us/il/chicago"),
        ("us/gu", "us/gu"),
        ("Illinois", "us/il"),
        ("zz/arden", "zz/arden"),
    ],
)
def test_a_place_is_typed_as_a_path_or_by_name(typed: str | None, path: str | None) -> None:
    assert place_of(typed, KNOWN) == path


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("us/xx", "no state 'xx'"),
        ("us/xx/chicago", "no state 'xx'"),
        ("Atlantis", "unknown place"),
        ("fr/paris", "unknown place"),
    ],
)
def test_a_place_that_cannot_be_is_refused_in_a_word(typed: str, said: str) -> None:
    with pytest.raises(QuestionError, match=said):
        place_of(typed, KNOWN)


def test_states_are_known_only_where_the_country_is_held() -> None:
    assert place_path("illinois", ("zz", "zz/arden")) is None
    assert place_path("illinois", KNOWN) == "us/il"
    assert len(states()) == 56
    assert is_possible("zz/xx")
