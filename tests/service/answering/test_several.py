"""Who asks which texts there are gets the best of each: of the sort asked for, and none twice."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pincite.kinds import Kind
from pincite.types import Answer, Document, Hit, Link, Question, Span
from service.answering.answerer import answer_from
from service.answering.considering import Asking
from service.answering.evidence import Evidence
from service.answering.selecting import Selector
from service.answering.several import of_the_sort
from service.holdings import Holdings
from service.vantage import Vantage
from service.wording import Wording

MakeLaw = Callable[..., Document]
MakeHit = Callable[..., Hit]
Ask = Callable[..., Answer]

STATES = "Which states forbid a jail to hold a person?"
RULE = "No jail in {} holds anyone on a civil detainer."
SEVERAL = (
    "Several texts are asked for: quoted is what was found of each; there may be more that bear."
)
SURE = 3.0
STRONG = {"similarity": 0.8, "fused": 1.0}
SORTS = {
    "federal": (Kind.STATUTE, "us"),
    "state": (Kind.STATUTE, "us/ia"),
    "city": (Kind.ORDINANCE, "us/ia/arden"),
    "act": (Kind.AMENDING_ACT, "us/ia/arden"),
    "order": (Kind.EXECUTIVE_ORDER, "us"),
    "ruling": (Kind.COURT_RULING, "us"),
    "agreement": (Kind.AGREEMENT, "us/ia"),
    "bill": (Kind.BILL, "us/ia"),
    "resolution": (Kind.RESOLUTION, "us/ia/arden"),
    "news": (Kind.NEWS, None),
}


class Odds:
    """A model that was told the log-odds of texts; those of all others are `SURE`."""

    name, sha256 = "told", "0" * 64

    def __init__(self, odds: Mapping[str, float]) -> None:
        self._odds = odds

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        return [self._odds.get(text.splitlines()[-1], SURE) for text in passages]


@pytest.fixture
def ask(held: Callable[..., Holdings], told: Callable[..., Any], hit: MakeHit) -> Ask:
    """The answer from these documents, each one passage that bears a little less than the last."""

    def made(
        question: str,
        documents: Sequence[Document],
        odds: Mapping[str, float] | None = None,
        hits: Sequence[Hit] = (),
        strength: Mapping[str, float] = STRONG,
        **more: Any,
    ) -> Answer:
        encoder, holdings = told(otherwise=0.7), held(*documents, **more)
        vector, wording = encoder.embed_query(question), Wording(question)
        selector = None if odds is None else Selector(Odds(odds), question)
        asking = Asking(Question(question), wording, vector, holdings, encoder, selector=selector)
        hits = hits or [hit(one, 9 - at / 10, **strength) for at, one in enumerate(documents)]
        return answer_from(asking, Vantage(date(2026, 11, 22), works=holdings.works), hits)

    return made


@pytest.fixture
def law(document: Callable[..., Document]) -> MakeLaw:
    """The law of a place, called by the end of its path, that forbids in its own words."""

    def made(path: str, **more: Any) -> Document:
        name = path.rpartition("/")[2]
        text = more.pop("text", RULE.format(name.title()))
        fields = {"title": "Jails", "status": "in_force", "jurisdiction": path, **more}
        return document(fields.pop("name", name), text, **fields)

    return made


@pytest.fixture
def sorts(document: Callable[..., Document], hit: MakeHit) -> list[Evidence]:
    """Evidence of each sort of text."""
    made = [document(name, RULE, kind, jurisdiction=at) for name, (kind, at) in SORTS.items()]
    return [Evidence(hit(one), one, 0.0, 1.0) for one in made]


def names(evidence: Sequence[Evidence]) -> list[str]:
    return [one.document.entry.id for one in evidence]


def quoted(answer: Answer) -> list[str]:
    return [citation.entry.id for citation in answer.citations]


@pytest.mark.parametrize(
    ("nouns", "picked"),
    [
        ("states", "state agreement bill"),
        ("cities towns counties", "city act resolution"),
        (
            "places localities jurisdictions governments",
            "state city act agreement bill resolution",
        ),
        ("laws", "federal state city act order"),
        ("statutes", "federal state"),
        ("ordinances", "city act"),
        ("orders executive_orders", "order"),
        ("rulings decisions court_cases", "ruling"),
        ("agreements MOAs", "agreement"),
        ("bills", "bill"),
        ("resolutions", "resolution"),
        ("texts documents rules provisions", " ".join(SORTS)),
    ],
)
def test_each_noun_picks_its_sort_of_text(sorts: list[Evidence], nouns: str, picked: str) -> None:
    for noun in nouns.split():
        question = f"Which {noun.replace('_', ' ')} speak of a jail?"
        assert names(of_the_sort(question, sorts)) == picked.split(), noun


@pytest.mark.parametrize(
    "question",
    [
        "What rulings are there on jails?",
        "which of the rulings speak of jails",
        "List the rulings on jails.",
        "Please name three recent rulings on jails.",
        "find all court rulings on jails",
        "Show me rulings on jails",
        "give me the rulings on jails",
        "Are there any rulings on jails?",
        "Have there been rulings on jails?",
        "Do any rulings speak of jails?",
        "any rulings on jails?",
        "Looking for rulings on jails",
        "I am looking for rulings on jails",
        "Tell me which rulings speak of jails",
        "In which rulings is a jail spoken of?",
        "A jail holds boys; are there rulings on that?",
        "May a jail hold boys and which rulings say so?",
    ],
)
def test_forms_of_asking_which_texts_there_are(sorts: list[Evidence], question: str) -> None:
    assert names(of_the_sort(question, sorts)) == ["ruling"]


@pytest.mark.parametrize(
    "question",
    [
        "May a jail hold a person under rulings of old?",
        "Which ruling speaks of jails?",
        "Do the rulings bind a jail?",
        "Who keeps the list of rulings?",
        "Which rulings of this court bind a jail?",
        "Which of the rulings of that year bind a jail?",
        "What rulings of the court bind a jail?",
        "Which old and worn and dusty rulings bind a jail?",  # too far from the noun
        # what happens to texts, or may be done by whom, is no question of texts
        "What must cities do with a person held in a jail?",
        "What happens to cities that hold a person?",
        "What may cities do under the law?",
        "",
    ],
)
def test_other_questions_ask_for_no_sort(sorts: list[Evidence], question: str) -> None:
    assert of_the_sort(question, sorts) == sorts


def test_where_nothing_is_of_the_sort_all_is_left(sorts: list[Evidence]) -> None:
    laws = [one for one in sorts if one.document.entry.kind is Kind.STATUTE]
    assert of_the_sort("Which rulings speak of a jail?", laws) == laws


def test_the_words_of_each_text_are_quoted_and_that_there_may_be_more_is_told(
    ask: Ask, law: MakeLaw
) -> None:
    laws = [law(f"us/{name}") for name in ("ia", "ny", "tn", "tx")]
    answer = ask(STATES, laws, {})
    assert [one.text for one in answer.statements] == [one.text for one in laws]
    assert [one.citations for one in answer.statements] == [(1,), (2,), (3,), (4,)]
    assert (answer.reason, answer.notices) == (None, (SEVERAL,))


@pytest.mark.parametrize(("odds", "best"), [([2.5, 1.5], 0), ([1.5, 2.5], 1)])
def test_of_a_text_the_passage_that_answers_best_is_quoted(
    ask: Ask, law: MakeLaw, hit: MakeHit, odds: list[float], best: int
) -> None:
    lines = "A jail keeps its gates shut by night.", RULE.format("Iowa")
    iowa, york = law("us/ia", text="\n".join(lines)), law("us/ny")
    spans = Span(0, len(lines[0])), Span(len(lines[0]) + 1, len(iowa.text))
    hits = [hit(york, **STRONG), *(hit(iowa, span=span, **STRONG) for span in spans)]
    answer = ask(STATES, [iowa, york], dict(zip(lines, odds, strict=True)), hits)
    assert [one.text for one in answer.statements] == [york.text, lines[best]]


def test_a_text_of_many_passages_leaves_room_for_others(
    ask: Ask, law: MakeLaw, hit: MakeHit
) -> None:
    iowa, york = law("us/ia"), law("us/ny")
    hits = [*[hit(iowa, **STRONG)] * 15, hit(york, **STRONG)]
    assert quoted(ask(STATES, [iowa, york], {}, hits)) == ["ia", "ny"]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        (STATES, ["ia", "ny"]),
        ("Which cities forbid a jail to hold a person?", ["arden", "borden"]),
        ("Which places forbid a jail to hold a person?", ["ia", "arden", "ny", "borden"]),
        # the law of New York binds nobody in Iowa
        ("Which places in Iowa forbid a jail to hold a person?", ["ia", "arden"]),
    ],
)
def test_only_texts_of_the_sort_and_place_are_quoted(
    ask: Ask, law: MakeLaw, question: str, found: list[str]
) -> None:
    laws = [law(path) for path in ("us/ia", "us/ia/arden", "us/ny", "us/ny/borden")]
    assert quoted(ask(question, laws, {})) == found


def test_no_text_is_told_twice(ask: Ask, law: MakeLaw) -> None:
    iowa, york, same = law("us/ia"), law("us/ny"), law("us/tn", text=RULE.format("  Ia"))
    assert quoted(ask(STATES, [iowa, york, same], {})) == ["ia", "ny"]
    other = law("us/ia", name="copy", text=RULE.format("all Iowa"))
    copy = replace(other, entry=replace(other.entry, relations=(Link("same_text_as", "ia"),)))
    assert quoted(ask(STATES, [other, iowa, york], {})) == ["copy", "ia", "ny"]
    assert quoted(ask(STATES, [copy, iowa, york], {})) == ["ia", "ny"]
    editions = [law(f"us/{name}", work=work) for name, work in (("ia", "a"), ("tn", "a"))]
    assert quoted(ask(STATES, [*editions, york], {})) == ["ia", "ny"]


def test_no_more_than_six_texts_are_quoted(ask: Ask, law: MakeLaw) -> None:
    laws = [law(f"us/{name}") for name in ("ia", "ny", "tn", "tx", "wa", "or", "ca", "ut")]
    assert quoted(ask(STATES, laws, {})) == ["ia", "ny", "tn", "tx", "wa", "or"]
    # more are read than the selector reads at once
    off = {one.text: SURE - 9.0 for one in laws[1:5]}
    assert quoted(ask(STATES, laws, off)) == ["ia", "or", "ca", "ut"]


@pytest.mark.parametrize(("odds", "found"), [(1.1, ["ia", "ny", "tn"]), (0.9, ["ia", "tn"])])
def test_a_text_far_less_sure_than_the_surest_is_none_of_them(
    ask: Ask, law: MakeLaw, odds: float, found: list[str]
) -> None:
    laws = [law(f"us/{name}") for name in ("ia", "tn", "ny")]
    assert sorted(quoted(ask(STATES, laws, {laws[2].text: odds}))) == found


@pytest.mark.parametrize(
    ("more", "several"),
    [
        ({}, True),
        ({"paths": ["us/ia"]}, False),  # one text alone
        ({"paths": ["us/ia", "us/ia/arden"]}, False),  # one alone of the sort
        ({"odds": None}, False),  # no selector tells what is sure
        ({"strength": {"similarity": 0.1, "fused": 0.1}}, False),
        ({"question": "May states hold a person in jail?"}, False),
        ({"question": "Which states obey the act on bread of a full gaol?"}, True),
        ({"question": "Which states obey the act on bread of a full gaol?", "title": True}, False),
        ({"question": "Which states obey 8 U.S.C. § 1373?", "citations": ["8 usc 1373"]}, False),
    ],
)
def test_several_are_told_only_where_there_are_and_no_text_is_named(
    ask: Ask, law: MakeLaw, more: dict[str, Any], several: bool
) -> None:
    title = "Full Gaol Bread Act" if more.get("title") else "Jails"
    laws = [law(path, title=title) for path in more.get("paths", ["us/ia", "us/ny"])]
    rest = {key: more[key] for key in more if key in ("strength", "citations")}
    answer = ask(more.get("question", STATES), laws, more.get("odds", {}), **rest)
    assert (SEVERAL in answer.notices) is several


@pytest.mark.parametrize(
    "hostile", ["which ", "what of the ", "which a b ", ", ", "\t", "list the ’.- ", "x"]
)
def test_hostile_questions_cost_no_more_than_long_ones(sorts: list[Evidence], hostile: str) -> None:
    question = f"Which {hostile * (100_000 // len(hostile))}!"
    started = time.perf_counter()
    assert of_the_sort(question, sorts) == sorts
    assert time.perf_counter() - started < 2
