"""From ranked passages to an answer: what may be quoted, when silence is better, what is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pincite.kinds import Kind
from pincite.types import Answer, Document, Hit, Mark, Question, Span
from service.abstaining import ENOUGH, Figures, chance
from service.answering.answerer import answer_from
from service.answering.considering import Asking
from service.answering.selecting import Selector
from service.holdings import Holdings
from service.vantage import Vantage
from service.wording import Wording

MakeDocument = Callable[..., Document]
MakeHit = Callable[..., Hit]
Ask = Callable[..., Answer]

DAY = date(2026, 11, 22)
QUESTION = "May a jail hold a person?"
RULE = "No jail holds anyone on a civil detainer."
OTHER = "Every jail that holds a prisoner keeps a ledger of it."
STRONG = {"similarity": 0.8, "fused": 1.0}
WEAK = {"similarity": 0.1, "fused": 0.1}
MIDDLING = {"similarity": 0.4, "fused": 0.6}


@pytest.fixture
def ask(held: Callable[..., Holdings], told: Callable[..., Any]) -> Ask:
    """The answer from these passages of these documents; every text lies as near."""

    def made(
        documents: Sequence[Document],
        hits: Sequence[Hit],
        text: str = QUESTION,
        respelt: tuple[tuple[str, str], ...] = (),
        day: date = DAY,
        near: Mapping[str, float] | None = None,
        selector: Selector | None = None,
        **more: Any,
    ) -> Answer:
        encoder = told(near or {}, otherwise=0.7)
        vector = encoder.embed_query(text)
        holdings = held(*documents, **more)
        wording = Wording(text, respelt)
        asking = Asking(Question(text), wording, vector, holdings, encoder, selector=selector)
        return answer_from(asking, Vantage(day, works=holdings.works), hits)

    return made


@pytest.fixture
def law(document: MakeDocument) -> Document:
    return document("law", RULE, title="Jails", status="in_force")


def test_strong_evidence_is_quoted(ask: Ask, hit: MakeHit, law: Document) -> None:
    answer = ask([law], [hit(law, **STRONG)])
    assert [statement.text for statement in answer.statements] == [RULE]
    assert [citation.quote for citation in answer.citations] == [RULE]
    assert (answer.reason, answer.nearest, answer.notices) == (None, (), ())


@pytest.mark.parametrize(
    ("strength", "reason", "notice"),
    [
        (WEAK, "not_in_corpus", "Nothing in this corpus answers that question."),
        (
            MIDDLING,
            "weak_evidence",
            "No passage here answers that question well enough to be quoted as an answer;"
            " what is shown is nearest, not an answer.",
        ),
    ],
)
def test_weak_evidence_is_shown_and_not_quoted(
    ask: Ask, hit: MakeHit, law: Document, strength: dict[str, float], reason: str, notice: str
) -> None:
    answer = ask([law], [hit(law, **strength)])
    assert (answer.statements, answer.citations, answer.reason) == ((), (), reason)
    assert [citation.quote for citation in answer.nearest] == [RULE]
    assert answer.notices == (notice,)


@pytest.mark.parametrize("strength", [STRONG, MIDDLING, WEAK], ids=["strong", "middling", "weak"])
def test_the_confidence_is_the_chance_and_decides(
    ask: Ask, hit: MakeHit, law: Document, strength: dict[str, float]
) -> None:
    answer = ask([law], [hit(law, **strength)])
    assert answer.confidence == round(chance(Figures(names=1.0, **strength)), 4)
    assert bool(answer.statements) == (answer.confidence >= ENOUGH)


def test_nothing_found_is_sure_to_answer_nothing(ask: Ask) -> None:
    answer = ask([], [])
    assert (answer.reason, answer.confidence, answer.nearest) == ("not_in_corpus", 0.0, ())


@pytest.mark.parametrize("strength", [STRONG, WEAK], ids=["answered", "not answered"])
def test_words_that_were_read_as_others_are_told_first(
    ask: Ask, hit: MakeHit, law: Document, strength: dict[str, float]
) -> None:
    slips = (("jial", "jail"), ("hodl", "hold"))
    answer = ask([law], [hit(law, **strength)], respelt=slips)
    assert answer.notices[:2] == (
        "“jial” was read as “jail”.",
        "“hodl” was read as “hold”.",
    )


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("May a jail hold a person under Boston's Trust Act?", "Boston's Trust Act"),
        ("What did Murphy v. NCAA hold on a jail?", "Murphy v. NCAA"),
        ("May a jail in Ohio hold a person?", "Ohio"),
        ("May a jail hold a person under Executive Order 13999?", "Exec. Order No. 13,999"),
    ],
)
def test_a_source_that_is_named_and_not_held_is_told(
    ask: Ask, hit: MakeHit, law: Document, question: str, missing: str
) -> None:
    answer = ask([law], [hit(law, **MIDDLING)], question)
    assert answer.reason == "not_in_corpus"
    assert answer.notices[-1] == f"This corpus does not hold {missing}."


def test_a_citation_that_is_not_held_is_answered_by_no_other_text(
    ask: Ask, hit: MakeHit, law: Document
) -> None:
    question = "May a jail hold a person under Executive Order 13768?"
    absent = ask([law], [hit(law, **STRONG)], question)
    assert (absent.reason, absent.confidence) == ("not_in_corpus", 0.0)
    assert ask([law], [hit(law, **STRONG)], question, citations=["eo 13768"]).statements


def test_a_bare_section_is_not_missing(ask: Ask, hit: MakeHit, law: Document) -> None:
    answer = ask([law], [hit(law, **STRONG)], "May a jail hold a person under § 287(g)?")
    assert answer.statements
    assert answer.notices == ()


def test_law_that_has_ended_is_shown_as_such(
    ask: Ask, hit: MakeHit, document: MakeDocument
) -> None:
    ended = document("ended", RULE, citation="8 U.S.C. § 1373", status="repealed")
    answer = ask([ended], [hit(ended, **STRONG)])
    assert (answer.reason, answer.statements) == ("superseded_only", ())
    assert [citation.status for citation in answer.nearest] == ["repealed"]
    assert answer.notices == ("Only texts that are no longer in force answer that question.",)


@pytest.mark.parametrize(
    ("strength", "reason", "shown"),
    [(WEAK, "superseded_only", "ended"), (MIDDLING, "weak_evidence", "law")],
    ids=["what is in force is far from it", "what is in force is near it too"],
)
def test_only_ended_law_is_said_to_answer_where_it_is_far_surer(
    ask: Ask,
    hit: MakeHit,
    document: MakeDocument,
    strength: dict[str, float],
    reason: str,
    shown: str,
) -> None:
    ended = document("ended", RULE, status="repealed", title="Jails")
    law = document("law", OTHER, status="in_force", title="Jails")
    answer = ask([ended, law], [hit(ended, similarity=0.7, fused=0.6), hit(law, **strength)])
    assert (answer.reason, answer.nearest[0].entry.id) == (reason, shown)


def test_law_that_has_ended_is_quoted_when_it_is_named(
    ask: Ask, hit: MakeHit, document: MakeDocument
) -> None:
    ended = document("ended", RULE, citation="8 U.S.C. § 1373", status="repealed")
    named = "May a jail hold a person under 8 U.S.C. § 1373?"
    answer = ask([ended], [hit(ended, **STRONG)], named, citations=["8 usc 1373"])
    assert [statement.text for statement in answer.statements] == [RULE]
    assert answer.notices[0] == "8 U.S.C. § 1373 is not current law: repealed, on a day not known."


def test_law_is_that_of_the_day(ask: Ask, hit: MakeHit, document: MakeDocument) -> None:
    law = document("law", RULE, status="in_force", effective=date(2020, 1, 1))
    assert ask([law], [hit(law, **STRONG)]).statements
    assert ask([law], [hit(law, **STRONG)], day=date(2019, 1, 1)).reason == "superseded_only"


@pytest.mark.parametrize("where", [{"part": "furniture"}, {"retired": True}])
def test_what_is_no_words_of_the_law_is_neither_quoted_nor_taken_for_ended_law(
    ask: Ask, hit: MakeHit, law: Document, where: dict[str, Any]
) -> None:
    answer = ask([law], [hit(law, **STRONG, **where)])
    assert (answer.statements, answer.nearest, answer.reason) == ((), (), "not_in_corpus")


def test_law_is_stated_before_record_and_argument(
    ask: Ask, hit: MakeHit, document: MakeDocument
) -> None:
    kinds = (Kind.OP_ED, Kind.DOJ_MEMO, Kind.STATUTE)
    texts = ("The mayor calls detainers a trap.", "Agents ask for two days of custody.", RULE)
    made = [
        document(kind.value, text, kind, status="in_force")
        for kind, text in zip(kinds, texts, strict=True)
    ]
    hits = [hit(one, **STRONG) for one in made]
    answer = ask(made, hits, "What does the memo say, and the op-ed?")
    assert [statement.channel for statement in answer.statements] == ["law", "record", "argument"]
    assert [statement.citations for statement in answer.statements] == [(1,), (2,), (3,)]


def test_a_text_stands_before_a_ruling_that_tells_of_it_a_little_better(
    ask: Ask, hit: MakeHit, document: MakeDocument
) -> None:
    """The ruling's words are nearer than a quote's that is said beside the best."""
    of_ruling = "The city says that a jail may hold no person on a civil detainer."
    of_text = "A jail shall keep no person on a civil detainer."
    ruling = document("ruling", of_ruling, kind=Kind.COURT_RULING, status="in_force")
    text = document("text", of_text, Kind.EXECUTIVE_ORDER, status="in_force")
    hits = [hit(one, similarity=0.8, fused=0.9) for one in (ruling, text)]
    near = {of_ruling: 0.8, of_text: 0.78}
    answer = ask([ruling, text], hits, near=near)
    assert [citation.entry.id for citation in answer.citations] == ["text", "ruling"]
    answer = ask([ruling, text], hits, f"Did the court rule on this: {QUESTION}", near=near)
    assert answer.citations[0].entry.id == "ruling"


def test_a_copy_is_not_stated_twice(ask: Ask, hit: MakeHit, document: MakeDocument) -> None:
    one, same = document("one", RULE), document("same", RULE + "\n")
    other = document("other", OTHER)
    made = [replace(d, entry=replace(d.entry, status="in_force")) for d in (one, same, other)]
    answer = ask(made, [hit(d, **STRONG) for d in made])
    assert [statement.text for statement in answer.statements] == [RULE, OTHER]


def test_what_lacks_a_name_that_the_best_holds_is_not_stated(
    ask: Ask, hit: MakeHit, document: MakeDocument
) -> None:
    arden = document("arden", RULE, title="Arden", status="in_force")
    borden = document("borden", OTHER, title="Borden", status="in_force")
    hits = [hit(arden, **STRONG), hit(borden, **STRONG)]
    answer = ask([arden, borden], hits, "May Arden hold a person?")
    assert [citation.entry.id for citation in answer.citations] == ["arden"]
    assert len(ask([arden, borden], hits).citations) == 2


class Odds:
    """A model that was told the log-odds of texts."""

    name, sha256 = "told", "0" * 64

    def __init__(self, odds: Mapping[str, float]) -> None:
        self._odds = odds

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        return [self._odds[text.splitlines()[-1]] for text in passages]


@pytest.mark.parametrize(("odds", "quoted"), [(1.5, ["arden"]), (0.5, [])])
def test_a_quote_far_less_sure_than_what_another_text_says_is_no_answer(
    ask: Ask, hit: MakeHit, document: MakeDocument, odds: float, quoted: list[str]
) -> None:
    """Borden's words are surest to answer, and nobody asked of Borden: Arden's do not."""
    arden = document("arden", RULE, title="Arden", status="in_force")
    borden = document("borden", OTHER, title="Borden", status="in_force")
    hits = [hit(arden, **STRONG), hit(borden, **STRONG)]
    text = "May Arden hold a person?"
    selector = Selector(Odds({RULE: odds, OTHER: 3.0}), text)
    answer = ask([arden, borden], hits, text, selector=selector)
    assert [citation.entry.id for citation in answer.citations] == quoted
    assert answer.reason == (None if quoted else "weak_evidence")
    assert quoted or (answer.confidence or 0.0) < ENOUGH


@pytest.mark.parametrize(
    ("strength", "reason", "notices"),
    [
        (STRONG, "weak_evidence", ("No definition of “ledger” was found.",)),
        (MIDDLING, "weak_evidence", ()),
        (WEAK, "not_in_corpus", ()),
    ],
    ids=["strong", "middling", "weak"],
)
def test_where_nothing_can_be_quoted_that_is_no_surer_than_enough(
    ask: Ask,
    hit: MakeHit,
    document: MakeDocument,
    strength: dict[str, float],
    reason: str,
    notices: tuple[str, ...],
) -> None:
    """The evidence seems to answer, and uses the term without defining it."""
    law = document("law", OTHER, title="Jails", status="in_force")
    answer = ask([law], [hit(law, **strength)], "What does “ledger” mean?")
    assert (answer.statements, answer.reason) == ((), reason)
    assert [citation.quote for citation in answer.nearest] == [OTHER]
    assert answer.notices[1:] == notices
    assert answer.confidence == round(min(chance(Figures(names=1.0, **strength)), 0.59), 4)


def test_a_term_that_is_defined_is_answered_as_surely_as_any(
    ask: Ask, hit: MakeHit, document: MakeDocument
) -> None:
    law = document("law", "“Ledger” means a book that is kept in ink.", status="in_force")
    answer = ask([law], [hit(law, **STRONG)], "What does “ledger” mean?")
    assert [statement.text for statement in answer.statements] == [law.text]
    assert (answer.reason, answer.notices) == (None, ())
    assert answer.confidence == round(chance(Figures(names=1.0, **STRONG)), 4)


def test_only_the_sort_of_text_that_is_asked_for_is_quoted(
    ask: Ask, hit: MakeHit, document: MakeDocument
) -> None:
    law = document("law", RULE, title="Jails", status="in_force")
    order = document("order", OTHER, Kind.EXECUTIVE_ORDER, title="Ledgers", status="in_force")
    hits = [hit(law, **STRONG), hit(order, **STRONG)]
    for text, quoted in (("Are there any orders on it?", ["order"]), (QUESTION, ["law", "order"])):
        answer = ask([law, order], hits, text)
        assert sorted(citation.entry.id for citation in answer.citations) == quoted


def test_that_there_may_be_more_texts_is_told_behind_readings_and_before_cautions(
    ask: Ask, hit: MakeHit, document: MakeDocument
) -> None:
    texts = {"us/ia": RULE, "us/ny": OTHER}
    made = [
        document(where, text, title="Jails", jurisdiction=where, status="in_force", notice="Cut.")
        for where, text in texts.items()
    ]
    question = "Which states let a jail hold a person?"
    selector = Selector(Odds({RULE: 2.0, OTHER: 3.0}), question)
    hits = [hit(one, **STRONG) for one in made]
    answer = ask(made, hits, question, respelt=(("jial", "jail"),), selector=selector)
    assert answer.notices == (
        "“jial” was read as “jail”.",
        "Several texts are asked for: quoted is what was found of each; there may be more that"
        " bear.",
        "Cut.",
    )
    assert len(answer.statements) == 2
    assert answer.confidence == round(chance(Figures(names=1.0, **STRONG)), 4)


@pytest.mark.parametrize(
    ("kind", "marks", "fields", "notice"),
    [
        (Kind.STATUTE, [Mark(Span(0, 2), "deleted")], {}, "[brackets] are deleted"),
        (Kind.STATUTE, [Mark(Span(0, 2), "ocr")], {}, "read by machine"),
        (Kind.STATUTE, [], {"current_through": date(2024, 5, 6)}, "current through 2024-05-06"),
        (Kind.STATUTE, [], {"notice": "An excerpt."}, "An excerpt."),
        (Kind.OP_ED, [], {}, "it states a view"),
    ],
)
def test_what_a_reader_must_know_of_a_quote_is_told(
    ask: Ask,
    hit: MakeHit,
    document: MakeDocument,
    kind: Kind,
    marks: list[Mark],
    fields: dict[str, Any],
    notice: str,
) -> None:
    one = document("one", RULE, kind, marks=marks, title="One", status="in_force", **fields)
    (said,) = ask([one], [hit(one, **STRONG)], "What is said of a jail?").notices
    assert notice in said


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("Petitioners contend that a jail may hold a person for 48 hours on a detainer.", True),
        ("We hold that a jail may not hold a person for 48 hours on a detainer.", False),
    ],
)
def test_a_reader_is_told_that_a_quote_opens_with_an_argument(
    ask: Ask, hit: MakeHit, document: MakeDocument, text: str, warned: bool
) -> None:
    ruling = document("gray", text, Kind.COURT_RULING, title="Gray v. Arden")
    notices = ask([ruling], [hit(ruling, part="majority", **STRONG)]).notices
    assert any("which the opinion may go on to reject" in one for one in notices) is warned


def test_what_holds_of_two_quotes_is_told_once(
    ask: Ask, hit: MakeHit, document: MakeDocument
) -> None:
    one = document("one", f"{RULE}\n{OTHER}", status="in_force", notice="An excerpt.")
    spans = (Span(0, len(RULE)), Span(len(RULE) + 1, len(one.text)))
    answer = ask([one], [hit(one, **STRONG, span=span) for span in spans])
    assert len(answer.statements) == 2
    assert answer.notices == ("An excerpt.",)
