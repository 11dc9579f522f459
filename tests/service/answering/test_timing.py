"""Retired text is quoted when it is asked for, shown as history when it is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from pincite.kinds import Kind
from pincite.types import Answer, Document, Entry, Hit, Link, Question, Span
from pincite.works import Works
from service.answering.answerer import answer_from
from service.answering.cautions import notices
from service.answering.considering import Asking
from service.answering.evidence import Evidence
from service.answering.timing import timing_of
from service.citing import cite
from service.holdings import Holdings
from service.vantage import Vantage
from service.wording import Wording

MakeDocument = Callable[..., Document]
MakeHit = Callable[..., Hit]
Ask = Callable[..., Answer]

DAY = date(2026, 11, 22)
RULE = "No jail holds anyone on a civil detainer."
OLD = "A jail holds anyone on a civil detainer for a day."
STRONG = {"similarity": 0.8, "fused": 1.0}
BEGUN, ENDED = date(2012, 12, 11), date(2021, 4, 27)


@pytest.fixture
def ask(held: Callable[..., Holdings], told: Callable[..., Any], hit: MakeHit) -> Ask:
    """The answer to a question from these documents, of which the first were found."""

    def made(
        text: str, *documents: Document, found: int = 9, as_of: date | None = None, **more: Any
    ) -> Answer:
        holdings, encoder = held(*documents, **more), told(otherwise=0.7)
        view = Vantage(as_of or DAY, works=holdings.works)
        hits = [hit(one, **STRONG) for one in documents[:found]]
        vector = encoder.embed_query(text)
        question = Question(text, as_of=as_of)
        asking = Asking(question, Wording(text), vector, holdings, encoder)
        return answer_from(asking, view, hits)

    return made


@pytest.fixture
def old(document: MakeDocument) -> Document:
    return document(
        "old", OLD, title="Jails", citation="Arden Code § 4-12", work="jails",
        status="superseded", effective=BEGUN, expires=ENDED,
    )  # fmt: skip


@pytest.fixture
def new(document: MakeDocument) -> Document:
    return document(
        "new", RULE, title="Jails", citation="Arden Code § 4-12", work="jails",
        status="in_force", effective=ENDED, relations=(Link("supersedes", "old"),),
    )  # fmt: skip


def quoted(answer: Answer) -> list[str]:
    return [citation.entry.id for citation in answer.citations]


def test_only_retired_text_is_no_answer_to_what_the_law_is(ask: Ask, old: Document) -> None:
    answer = ask("May a jail hold a person?", old)
    assert (answer.reason, quoted(answer)) == ("superseded_only", [])
    assert [citation.standing for citation in answer.nearest] == ["superseded on 2021-04-27"]
    assert answer.notices == ("Only texts that are no longer in force answer that question.",)


def test_the_text_in_force_answers_even_where_the_old_is_nearer(
    ask: Ask, old: Document, new: Document
) -> None:
    assert quoted(ask("May a jail hold a person?", old, new)) == ["new"]


@pytest.mark.parametrize(
    "question",
    [
        "In 2015, may a jail hold a person?",
        "May a jail hold a person, as of April 26, 2021?",
        "What did the jail do before April 2021 with a person?",
    ],
)
def test_a_time_in_the_question_is_the_day_of_the_law_and_is_said(
    ask: Ask, old: Document, new: Document, question: str
) -> None:
    answer = ask(question, new, old)
    assert quoted(answer) == ["old"]
    assert answer.as_of is not None
    assert answer.as_of < ENDED
    assert answer.citations[0].status == "in_force"
    assert answer.notices[0].startswith(f"Read as the law on {answer.as_of}, because")
    assert "is no longer: superseded on 2021-04-27" in answer.notices[1]


def test_a_day_that_is_given_rules_over_one_in_the_words(
    ask: Ask, old: Document, new: Document
) -> None:
    answer = ask("In 2015, may a jail hold a person?", new, old, as_of=date(2022, 1, 1))
    assert (quoted(answer), answer.as_of) == (["new"], date(2022, 1, 1))


def test_a_time_that_changes_nothing_is_not_spoken_of(ask: Ask, new: Document) -> None:
    answer = ask("In 2024, may a jail hold a person?", new)
    assert (quoted(answer), answer.as_of, answer.notices) == (["new"], DAY, ())


@pytest.mark.parametrize(
    ("day", "reason", "why"),
    [
        (ENDED - timedelta(1), None, "was in force on 2021-04-26, and is no longer"),
        (ENDED, "superseded_only", "no longer in force"),
        (date(1776, 7, 4), "superseded_only", "not yet in force on 1776-07-04"),
    ],
)
def test_the_law_is_that_of_the_day(
    ask: Ask, old: Document, day: date, reason: str | None, why: str
) -> None:
    answer = ask("May a jail hold a person?", old, as_of=day)
    assert answer.reason == reason
    assert why in answer.notices[0]


def test_a_far_day_is_answered_and_noticed(ask: Ask, new: Document) -> None:
    answer = ask("May a jail hold a person?", new, as_of=date(2999, 1, 1))
    assert quoted(answer) == ["new"]
    assert answer.notices[0].startswith("2999-01-01 lies in the future")


@pytest.mark.parametrize(
    "question",
    [
        "What did the jail law provide for a person?",
        "Was a jail allowed to hold a person?",
        "Did a jail use to hold a person?",
        "What was the old rule on a jail that holds a person?",
        "Under the 2012 law, may a jail hold a person?",
    ],
)
def test_what_was_is_answered_with_its_standing(ask: Ask, old: Document, question: str) -> None:
    answer = ask(question, old)
    assert quoted(answer) == ["old"]
    assert answer.citations[0].standing == "superseded on 2021-04-27"
    assert answer.notices[0] == "Arden Code § 4-12 is not current law: superseded on 2021-04-27."


def test_a_name_that_editions_share_means_the_one_in_force(
    ask: Ask, old: Document, new: Document
) -> None:
    held = {"citations": ["arden code 4-12"]}
    assert quoted(ask("May a jail hold a person under Arden Code § 4-12?", old, new, **held)) == [
        "new"
    ]


def test_what_replaced_the_nearest_text_is_quoted_in_its_place(
    ask: Ask, hit: MakeHit, document: MakeDocument, old: Document, new: Document
) -> None:
    answer = ask("May Jails 4-12 hold Detainers?", old, new)
    assert quoted(answer) == ["new"]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("May a jail hold a person?", []),
        ("What would the bill on a jail that holds a person do?", ["bill"]),
    ],
)
def test_a_bill_answers_only_who_asks_for_bills(
    ask: Ask, document: MakeDocument, question: str, found: list[str]
) -> None:
    bill = document("bill", RULE, Kind.BILL, title="Jails", status="not_enacted")
    answer = ask(question, bill)
    assert quoted(answer) == found
    assert (answer.reason == "superseded_only") == (not found)
    if not found:
        assert answer.notices == ("Only texts that never became law answer that question.",)


@pytest.mark.parametrize(
    ("fields", "day", "notice"),
    [
        (
            {"current_through": date(2024, 5, 6)},
            DAY,
            "Arden Code § 4-12: text current through 2024-05-06; later changes were not checked.",
        ),
        (
            {"current_through": date(2024, 5, 6)},
            date(2024, 5, 6),
            "Arden Code § 4-12: text current through 2024-05-06.",
        ),
    ],
)
def test_compiled_law_says_how_far_it_goes(
    ask: Ask, document: MakeDocument, fields: dict[str, Any], day: date, notice: str
) -> None:
    code = document("code", RULE, citation="Arden Code § 4-12", status="in_force", **fields)
    assert ask("May a jail hold a person?", code, as_of=day).notices == (notice,)


def test_rulings_say_once_that_their_later_history_was_not_checked(
    ask: Ask, document: MakeDocument
) -> None:
    rulings = [
        document(name, text, Kind.COURT_RULING, status="in_force", issued=BEGUN, title=name)
        for name, text in (("one", RULE), ("two", "A jail that holds a person keeps a ledger."))
    ]
    answer = ask("May a jail hold a person?", *rulings)
    assert len(answer.citations) == 2
    assert answer.notices.count("The later history of the rulings cited was not checked.") == 1


def test_words_that_were_amended_later_are_told(
    ask: Ask, document: MakeDocument, new: Document
) -> None:
    act = document(
        "act", "The fee is ten dollars.", Kind.AMENDING_ACT, citation="Arden Act 7",
        status="in_force", effective=date(2025, 1, 1), relations=(Link("amends", "new"),),
    )  # fmt: skip
    answer = ask("May a jail hold a person?", new, act, found=1)
    assert answer.notices == (
        "Arden Code § 4-12 was amended from 2025-01-01 by Arden Act 7;"
        " its words here are those before that.",
    )


def test_a_ruling_older_than_the_text_beside_it_is_said_to_be() -> None:
    text = Entry(
        "code", Kind.ORDINANCE, "Code", "c.md", citation="Arden Code § 4", jurisdiction="zz/arden",
        effective=date(2023, 1, 1), status="in_force",
    )  # fmt: skip
    ruling = Entry(
        "case", Kind.COURT_RULING, "Hale v. Arden", "r.md", citation="88 Mar. 412",
        jurisdiction="zz", issued=date(2021, 11, 9),
    )  # fmt: skip
    newer = replace(ruling, id="newer", issued=date(2024, 1, 1))
    view = Vantage(date(2026, 11, 22), works=Works([text, ruling, newer]))

    def said(*entries: Entry, beside: tuple[Entry, ...] = ()) -> list[str]:
        documents = [Document(entry, "The jail closes at noon.", "v") for entry in entries]
        cited = [cite(document, Span(0, 24), view) for document in documents]
        return [line for line in notices(cited, view, beside=beside) if "older text" in line]

    assert said(text, ruling) == [
        "88 Mar. 412 was decided on 2021-11-09, before Arden Code § 4 came into force on"
        " 2023-01-01: it may speak of an older text."
    ]
    assert said(text, newer) == said(ruling) == []
    # a text that bears too, and is not quoted, beside a ruling of its state; not of the nation
    state = replace(ruling, jurisdiction="zz/arden")
    assert said(state, beside=(text,)) == said(text, ruling)
    assert said(ruling, beside=(text,)) == said(replace(newer, jurisdiction="zz/arden")) == []


@pytest.mark.parametrize(
    ("words", "answered"),
    [
        ("In 1890 the duties were half of all income.", True),
        ("Duties were half of all income.", False),
    ],
)
def test_a_year_that_a_later_ruling_looks_back_to_is_not_the_day_of_the_law(
    words: str, answered: bool, document: MakeDocument, ask: Ask
) -> None:
    ruling = document("case", words, Kind.COURT_RULING, status="in_force", issued=BEGUN, title="C")
    answer = ask("What share of income were duties in 1890?", ruling)
    assert bool(answer.statements) is answered
    assert answer.as_of == (DAY if answered else date(1890, 12, 31))


def test_a_name_that_the_passages_say_is_told_of_and_said_not_to_be_held(
    document: MakeDocument, ask: Ask
) -> None:
    words = "In Hale v. Borden the statute fell because Congress kept the power to remove."
    ruling = document("case", words, Kind.COURT_RULING, status="in_force", issued=BEGUN, title="C")
    answer = ask("Why did the statute fall in Hale v. Borden?", ruling)
    assert answer.statements
    assert answer.missing == ("Hale v. Borden",)
    assert any("does not hold Hale v. Borden; what is quoted" in line for line in answer.notices)
    absent = ask("Why did the statute fall in Pratt v. Ulster?", ruling)
    assert not absent.statements
    assert absent.missing == ("Pratt v. Ulster",)


ORDER = {"kind": Kind.EXECUTIVE_ORDER, "title": "Deputies", "jurisdiction": "us/ny/new-york-city"}


@pytest.mark.parametrize(
    ("question", "later", "first"),
    [
        ("How many deputies are there?", {"status": "in_force"}, "later"),
        ("How many deputies were there in the 2018 order?", {"status": "in_force"}, "earlier"),
        ("How many deputies are there?", {"status": "unknown"}, "earlier"),
        (
            "How many deputies are there?",
            {"status": "in_force", "jurisdiction": "us/ia"},
            "earlier",
        ),
        ("How many deputies are there?", {"status": "in_force", "issued": None}, "earlier"),
    ],
)
def test_law_of_unknown_fate_stands_behind_later_law_that_stands(
    document: MakeDocument, hit: MakeHit, question: str, later: dict[str, Any], first: str
) -> None:
    texts = [
        document("earlier", "There are five.", status="unknown", issued=date(2018, 5, 1), **ORDER),
        document("later", "There are six.", **(ORDER | {"issued": date(2026, 1, 1)} | later)),
    ]
    view = Vantage(DAY, works=Works(one.entry for one in texts))
    timing = timing_of(question, None, view, [])
    scores = (0.9, 0.5)
    evidence = [
        Evidence(hit(one), one, score, 1.0) for one, score in zip(texts, scores, strict=True)
    ]
    assert timing.dated(evidence)[0].document.entry.id == first
