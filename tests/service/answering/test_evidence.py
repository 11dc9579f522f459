"""How passages bear on a question: law before what is not, and the names that they hold."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pincite.kinds import Kind
from pincite.types import Document, Hit, Locator, Passage, Span
from service.answering.evidence import Evidence, proper_terms, share, weighed
from service.holdings import Holdings

MakeDocument = Callable[..., Document]
MakeHit = Callable[..., Hit]
Hold = Callable[..., Holdings]

RULE = "No jail may hold a person on a detainer."
UNASKED, NOT_LAW, DRAFTING, ELSEWHERE = 2.5, 0.37, 0.2, 2.0


def names(evidence: list[Evidence]) -> list[str]:
    return [one.document.entry.id for one in evidence]


@pytest.mark.parametrize(
    ("question", "kind", "behind"),
    [
        ("May a jail hold a person?", Kind.DOJ_MEMO, UNASKED),
        ("May a jail hold a person?", Kind.OP_ED, UNASKED),
        ("What does the memo let a jail do?", Kind.DOJ_MEMO, NOT_LAW),
        ("What did the columnist say of jails?", Kind.OP_ED, NOT_LAW),
        ("What did the oral argument turn on?", Kind.TRANSCRIPT, NOT_LAW),
        # no law holds the name that the record holds
        ("May Arden hold a person?", Kind.DOJ_MEMO, NOT_LAW),
        ("Are you sure that jails know?", Kind.DOJ_MEMO, UNASKED),
    ],
)
def test_law_stands_before_what_is_not(
    document: MakeDocument,
    hit: MakeHit,
    held: Hold,
    question: str,
    kind: Kind,
    behind: float,
) -> None:
    law = document("law", RULE)
    other = document("other", RULE, kind, title="Arden")
    found = weighed(question, [hit(other), hit(law)], held(law, other))
    assert names(found) == ["law", "other"]
    assert found[0].score - found[1].score == pytest.approx(behind)


def test_what_is_not_law_comes_first_where_it_bears_much_more(
    document: MakeDocument, hit: MakeHit, held: Hold
) -> None:
    memo = document("memo", RULE, Kind.DOJ_MEMO)
    laws = [document(f"law{at}", RULE) for at in range(9)]
    # standardised: 3 and -1/3
    hits = [hit(memo, 2.0), *(hit(law, 0.0) for law in laws)]
    found = weighed("May a jail?", hits, held(memo, *laws))
    assert found[0].document.entry.id == "memo"
    assert found[0].score == pytest.approx(3 - UNASKED)
    assert found[1].score == pytest.approx(-1 / 3)


def test_records_alone_stand_behind_no_law(
    document: MakeDocument, hit: MakeHit, held: Hold
) -> None:
    memo = document("memo", RULE, Kind.DOJ_MEMO)
    (one,) = weighed("May a jail?", [hit(memo)], held(memo))
    assert one.score == pytest.approx(-NOT_LAW)


@pytest.mark.parametrize(
    ("question", "place", "near", "behind"),
    [
        # the wanted place's own law, or its state's
        ("May Arden hold a person?", "us/ga/borden", ("us/ga/borden",), UNASKED),
        ("May Arden hold a person?", "us/ga", ("us/ga/borden",), UNASKED),
        ("May Arden hold a person?", "us/ga", ("us/ia", "us/ga/borden"), UNASKED),
        # that of every place, of another, of one of its cities, or of none that is wanted
        ("May Arden hold a person?", "us", ("us/ga/borden",), NOT_LAW),
        ("May Arden hold a person?", "us/ia", ("us/ga/borden",), NOT_LAW),
        ("May Arden hold a person?", "us/ga/borden", ("us/ga",), NOT_LAW),
        ("May Arden hold a person?", "us/ga", (), NOT_LAW),
        # not asked what may be done
        ("What happened in Arden?", "us/ga", ("us/ga/borden",), NOT_LAW),
    ],
)
def test_a_record_that_holds_the_name_stands_behind_law_of_the_place(
    document: MakeDocument,
    hit: MakeHit,
    held: Hold,
    question: str,
    place: str,
    near: tuple[str, ...],
    behind: float,
) -> None:
    law = document("law", RULE, jurisdiction=place)
    memo = document("memo", RULE, Kind.DOJ_MEMO, title="Arden")
    found = weighed(question, [hit(memo), hit(law)], held(law, memo), near)
    scores = {one.document.entry.id: one.score for one in found}
    assert scores["memo"] == pytest.approx(-behind)


@pytest.mark.parametrize(
    ("kind", "place", "near", "elsewhere"),
    [
        (Kind.AGREEMENT, "us/fl/arden", ("us/ga",), True),
        (Kind.BILL, "us/fl", ("us/ga/borden",), True),
        # another city of the same state
        (Kind.RESOLUTION, "us/ga/arden", ("us/ga/borden",), True),
        # of the place, of a part of it, of its state
        (Kind.AGREEMENT, "us/ga", ("us/ga",), False),
        (Kind.AGREEMENT, "us/ga/arden", ("us/ga",), False),
        (Kind.AGREEMENT, "us/ga", ("us/ga/borden",), False),
        (Kind.AGREEMENT, "us/fl", ("us/ga", "us/fl"), False),
        # federal, or of no place
        (Kind.TRANSCRIPT, "us", ("us/ga",), False),
        (Kind.AGREEMENT, None, ("us/ga",), False),
        # no place is wanted
        (Kind.AGREEMENT, "us/fl/arden", (), False),
        # what somebody argued is no place's record
        (Kind.OP_ED, "us/fl", ("us/ga",), False),
    ],
)
def test_a_record_of_another_place_stands_back(
    document: MakeDocument,
    hit: MakeHit,
    held: Hold,
    kind: Kind,
    place: str | None,
    near: tuple[str, ...],
    elsewhere: bool,
) -> None:
    record = document("record", RULE, kind, jurisdiction=place)
    (one,) = weighed("What does the agreement say?", [hit(record)], held(record), near)
    assert one.score == pytest.approx(-NOT_LAW - ELSEWHERE * elsewhere)


@pytest.mark.parametrize(
    ("text", "is_law"),
    [
        ("WHEREAS, no jail may hold a person;", False),
        ("“Whereas no jail may hold a person;", False),
        ("Recitals. No jail may hold a person.", False),
        ("A recital binds nobody.", True),
        ("Recitation is no duty of a jail.", True),
        (RULE, True),
    ],
)
def test_a_recital_is_no_law(
    document: MakeDocument, hit: MakeHit, held: Hold, text: str, is_law: bool
) -> None:
    order = document("order", text, Kind.EXECUTIVE_ORDER)
    (one,) = weighed("May a jail hold a person?", [hit(order)], held(order))
    assert one.is_law is is_law


@pytest.mark.parametrize(
    ("part", "is_law"),
    [
        (None, True),
        ("majority", True),
        ("plurality", True),
        ("syllabus", False),
        ("dissent", False),
        ("concurrence", False),
    ],
)
def test_law_is_what_the_court_says(
    document: MakeDocument, hit: MakeHit, held: Hold, part: str | None, is_law: bool
) -> None:
    ruling = document("ruling", RULE, Kind.COURT_RULING)
    (one,) = weighed("May a jail hold a person?", [hit(ruling, part=part)], held(ruling))
    assert one.is_law is is_law


@pytest.mark.parametrize(("codified", "behind"), [((), 0.0), (("act",), DRAFTING)])
def test_the_code_stands_before_the_act_that_wrote_it(
    document: MakeDocument, hit: MakeHit, held: Hold, codified: tuple[str, ...], behind: float
) -> None:
    act, code = document("act", RULE, Kind.AMENDING_ACT), document("code", RULE)
    holdings = held(act, code, codified=codified)
    found = {e.document.entry.id: e.score for e in weighed("?", [hit(act), hit(code)], holdings)}
    assert found["code"] - found["act"] == pytest.approx(behind)


@pytest.mark.parametrize(
    ("question", "share_of_names"),
    [
        ("May a jail hold a person?", 1.0),
        ("May Arden hold a person?", 1.0),
        ("May Arden or Borden hold a person?", 0.5),
        ("May Borden hold a person for 48 hours?", 0.5),
        ("May Borden hold a person?", 0.0),
    ],
)
def test_names_are_held_by_the_passage_or_its_entry(
    document: MakeDocument, hit: MakeHit, held: Hold, question: str, share_of_names: float
) -> None:
    law = document("law", "Hold nobody for 48 hours.", title="Jails", jurisdiction="zz/arden")
    (one,) = weighed(question, [hit(law)], held(law))
    assert one.names == pytest.approx(share_of_names)


@given(
    st.lists(
        st.tuples(st.floats(0, 3), st.sampled_from(list(Kind)), st.sampled_from([RULE, "Whereas"])),
        max_size=8,
    )
)
def test_weighing_loses_nothing_and_orders_by_score(
    document: MakeDocument, held: Hold, rows: list[tuple[float, Kind, str]]
) -> None:
    documents = [document(f"d{at}", text, kind) for at, (_, kind, text) in enumerate(rows)]
    hits = [
        Hit(Passage(d.entry.id, "v", Span(0, len(d.text)), d.text, Locator()), score)
        for d, (score, _, _) in zip(documents, rows, strict=True)
    ]
    found = weighed("May Arden hold a person?", hits, held(*documents))
    assert sorted(names(found)) == sorted(d.entry.id for d in documents)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("May a jail hold a person?", set()),
        ("May Arden hold a person?", {"arden"}),
        # a capital at the start of a sentence proves nothing, capitals throughout do
        ("Arden asks. Borden answers?", set()),
        ("ICE asks. DHS answers?", {"ice", "dhs"}),
        ("Is it 48 hours under 1373?", {"48", "1373"}),
        ("What of “Arden's” rule, and (Borden)?", {"arden", "borden"}),
        ("", set()),
    ],
)
def test_proper_terms_are_names_acronyms_and_numbers(question: str, found: set[str]) -> None:
    assert proper_terms(question) == found


@pytest.mark.parametrize(
    ("said", "part"),
    [
        (set(), 0.0),
        ({"hold"}, 0.25),
        ({"detain", "other"}, 0.75),
        ({"hold", "detain"}, 1.0),
    ],
)
def test_a_share_counts_rarity(said: set[str], part: float) -> None:
    assert share({"hold": 1.0, "detain": 3.0}, said) == part
    assert share({}, said) == 1.0
