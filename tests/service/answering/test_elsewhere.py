"""Who names a place gets no law and no record of another; what courts and writers say stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from pincite.kinds import Kind
from pincite.types import Answer, Document, Hit, Question
from service.answering.answerer import answer_from
from service.answering.considering import Asking
from service.answering.elsewhere import without_elsewhere
from service.holdings import Holdings
from service.vantage import Vantage
from service.wording import Wording

MakeDocument = Callable[..., Document]
MakeHit = Callable[..., Hit]
Dropped = Callable[[str], set[str]]

DAY = date(2026, 11, 22)
STRONG = {"similarity": 0.8, "fused": 1.0}
RULE = "A jail shall keep a ledger of its boats."
SOURCES: dict[str, tuple[Kind, str | None, dict[str, str]]] = {
    "ga": (Kind.STATUTE, "us/ga", {}),
    "elm": (Kind.ORDINANCE, "us/ga/elm", {}),
    "ford": (Kind.ORDINANCE, "us/ga/ford", {}),
    "ga-pact": (Kind.AGREEMENT, "us/ga", {}),
    "tn": (Kind.STATUTE, "us/tn", {}),
    "arden": (Kind.ORDINANCE, "us/tn/arden", {}),
    "tn-pact": (Kind.AGREEMENT, "us/tn", {}),
    "act": (Kind.STATUTE, "us", {}),
    "order": (Kind.EXECUTIVE_ORDER, "us", {"citation": "Exec. Order No. 14,500"}),
    "memo": (Kind.DOJ_MEMO, "us", {"title": "Counting boats, ferries and canoes"}),
    "ruling": (Kind.COURT_RULING, "us", {"title": "Arden v. Elm"}),
    "tn-ruling": (Kind.COURT_RULING, "us/tn", {"title": "Hale v. Moss"}),
    "tn-column": (Kind.OP_ED, "us/tn", {}),
    "column": (Kind.OP_ED, "us", {}),
    "unplaced-law": (Kind.STATUTE, None, {}),
    "unplaced-pact": (Kind.AGREEMENT, None, {}),
}
ELM, FORD, GEORGIA = {"elm"}, {"ford"}, {"ga", "ga-pact"}
ARDEN, TENNESSEE = {"arden"}, {"tn", "tn-pact"}
ABOVE = {"act", "order", "memo"}
AGREED = {"ga-pact", "tn-pact", "unplaced-pact"}


@pytest.fixture
def documents(document: MakeDocument) -> list[Document]:
    """Law, records and opinions of two states, of their cities and of their country."""
    return [
        document(name, RULE, kind, jurisdiction=place, **more)
        for name, (kind, place, more) in SOURCES.items()
    ]


@pytest.fixture
def dropped(documents: list[Document], hit: MakeHit, held: Callable[..., Holdings]) -> Dropped:
    """What is dropped of all that is held; what is kept stands in its order."""
    holdings, hits = held(*documents), [hit(one) for one in documents]

    def asked(question: str) -> set[str]:
        found = without_elsewhere(question, hits, holdings, Vantage(DAY, works=holdings.works))
        kept = [one.passage.document_id for one in found]
        assert kept == [name for name in SOURCES if name in kept]
        return SOURCES.keys() - set(kept)

    return asked


@pytest.mark.parametrize(
    ("question", "gone"),
    [
        ("May a jail in Georgia hold a person?", TENNESSEE | ARDEN),
        ("may georgia's jails hold a person", TENNESSEE | ARDEN),
        ("May a jail in Tennessee hold a person?", GEORGIA | ELM | FORD),
        # a city's own and its state's, not the next city's
        ("May a jail in Elm hold a person?", TENNESSEE | ARDEN | FORD),
        ("May Arden hold a person?", GEORGIA | ELM | FORD),
        # both places
        ("May jails in Elm and in Ford hold a person?", TENNESSEE | ARDEN),
        ("May jails in Elm and in Tennessee hold a person?", FORD),
        ("May jails in Georgia and in Tennessee hold a person?", set()),
        # a place of which nothing is held
        ("May a jail in Maine hold a person?", GEORGIA | ELM | FORD | TENNESSEE | ARDEN),
        # a party of a case is no place
        ("Did Hale v. Georgia let jails in Tennessee hold a person?", GEORGIA | ELM | FORD),
    ],
)
def test_law_and_records_of_another_place_are_dropped(
    dropped: Dropped, question: str, gone: set[str]
) -> None:
    assert dropped(question) == gone


@pytest.mark.parametrize(
    "question",
    [
        "What does Georgia's statute forbid?",
        "What does Georgia's new boating statute forbid?",
        "what does georgia law say of boats",
        "What do the laws of Georgia say of boats?",
        "Which legislation in Georgia forbids boats?",
    ],
)
def test_who_asks_for_a_places_law_gets_that_alone(dropped: Dropped, question: str) -> None:
    assert dropped(question) == TENNESSEE | ARDEN | ABOVE | AGREED


@pytest.mark.parametrize(
    "question",
    [
        "What does Elm's ordinance forbid?",
        "Does an ordinance in Elm forbid boats?",
        "Which boats does the Elm Code forbid?",
    ],
)
def test_a_citys_own_law_is_not_its_countrys(dropped: Dropped, question: str) -> None:
    assert dropped(question) == TENNESSEE | ARDEN | FORD | ABOVE | AGREED


@pytest.mark.parametrize(
    "question",
    [
        "How does federal law bear on Georgia's statute?",
        "Is Georgia's statute federally barred?",
        "Does the U.S.C. bar Georgia's statute?",
        "Does the law of the United States bar Georgia's statute?",
        "Did Congress bar Georgia's statute?",
        "May the President end Georgia's law?",
        # no law of its own is asked for
        "May Georgia law enforcement hold a person?",
        "May police in Georgia break boating law?",
        "May Georgia police enforce the law of the sea?",
        "Does Georgia's statute violate the Constitution?",
        "Is Georgia's statute preempted?",
        "Does Georgia forbid boats?",
    ],
)
def test_federal_law_stays_where_it_is_asked_for_too(dropped: Dropped, question: str) -> None:
    assert dropped(question) == TENNESSEE | ARDEN


@pytest.mark.parametrize(
    ("question", "stays"),
    [
        ("Does Exec. Order No. 14,500 bind who reads Georgia's statute?", {"order"}),
        ("Does the memo on counting boats, ferries and canoes touch Georgia's statute?", {"memo"}),
        ("Does the memo on counting touch Georgia's statute?", set()),
    ],
)
def test_a_text_that_is_named_stays(dropped: Dropped, question: str, stays: set[str]) -> None:
    assert dropped(question) == (TENNESSEE | ARDEN | ABOVE | AGREED) - stays


@pytest.mark.parametrize(
    "question",
    [
        "May a jail hold a person?",
        "Do other states forbid what Georgia's statute forbids?",
        "Which states forbid what Georgia's statute forbids?",
        "Is there a statute like Georgia's statute?",
        "Compare Georgia's statute.",
        "How does Georgia's statute differ?",
        "Is Georgia's statute modeled on a neighbor's?",
        "Where else do jails hold a person as in Georgia?",
        "Did Arden v. Elm let a jail hold a person?",
    ],
)
def test_nothing_is_dropped_where_no_place_is_named_or_others_are_asked_about(
    dropped: Dropped, question: str
) -> None:
    assert dropped(question) == set()


@pytest.mark.parametrize(
    ("found", "cited"), [(["tn"], []), (["act"], []), (["tn", "act", "ga"], ["ga"])]
)
def test_another_places_law_does_not_answer(
    document: MakeDocument,
    hit: MakeHit,
    held: Callable[..., Holdings],
    told: Callable[..., Any],
    found: list[str],
    cited: list[str],
) -> None:
    places = {"ga": "us/ga", "tn": "us/tn", "act": "us"}
    made = {one: document(one, RULE, jurisdiction=place) for one, place in places.items()}
    encoder, holdings = told(otherwise=0.7), held(*made.values())

    def ask(text: str) -> Answer:
        vector = encoder.embed_query(text)
        asking = Asking(Question(text), Wording(text), vector, holdings, encoder)
        hits = [hit(made[one], **STRONG) for one in found]
        return answer_from(asking, Vantage(DAY, works=holdings.works), hits)

    answer = ask("What does Georgia's statute say of boats?")
    assert [one.entry.id for one in answer.citations] == cited
    assert answer.reason == (None if cited else "not_in_corpus")
    assert answer.nearest == ()
    assert ask("What does the statute say of boats?").citations != ()
