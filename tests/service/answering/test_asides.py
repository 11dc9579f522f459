"""Stretches that do not speak for themselves stand back, and a reader is told of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from pincite.kinds import Kind
from pincite.types import Document, Hit, Mark, Span
from service.answering.asides import aside, is_reported
from service.answering.asking import Wanted, wanted_of
from service.answering.evidence import Evidence
from service.answering.quoting import quotes

MakeDocument = Callable[..., Document]
MakeHit = Callable[..., Hit]
Told = Callable[..., Any]

ARGUED = "Petitioners contend that the harbor may hold a ship for a week."
HELD = "We hold that the harbor may not hold a ship for a week."
BETWEEN = "Its books were kept in ink."
RULE = "The harbor master shall hold no ship."
DRAFTING = "Chapter 9 is amended by adding a section to read as follows: § 9-1 Ships."
STRUCK = "A ship may be held for one day two days."
PROVISO = "Provided, however, that a ship may be held for two days."


@pytest.mark.parametrize(
    "text",
    [
        ARGUED,
        "Second, the Government argues that a week is short.",
        "The State also maintains that a week is short.",
        "14 JUSTICE GRAY suggests that the owners can have no objection.",
        "The dissent claims that a week is short.",
        "Relying on an old case, the respondents urge that a week is short.",
        "It is argued that a week is short.",
        "The mill owners argue that a week is short.",
        "Finally, the Government puts forward a cluster of arguments on weeks.",
        "First, relying primarily on Field v. Clark, 143 U.S. 649, 12 S.Ct. 495 (1892), the"
        " Government contends that a week is short.",
        "Appellees, claiming that they had been injured, filed suit.",
    ],
)
def test_a_report_of_an_argument_is_known(text: str) -> None:
    assert is_reported(text)


@pytest.mark.parametrize(
    "text",
    [
        HELD,
        RULE,
        "We find no merit in the suggestion that a week is short.",
        "The Government may not hold a ship.",
        "The United States is a government of limited powers.",
        "Respondents are wrong.",
        "The statute requires that a ship be let go.",
    ],
)
def test_what_a_court_says_itself_is_no_report(text: str) -> None:
    assert not is_reported(text)


@pytest.mark.parametrize(
    ("kind", "text", "wants", "back"),
    [
        (Kind.COURT_RULING, ARGUED, False, 2.0),
        (Kind.COURT_RULING, ARGUED, True, 0.0),
        (Kind.OP_ED, ARGUED, False, 0.0),
        (Kind.COURT_RULING, HELD, False, 0.0),
        (Kind.STATUTE, RULE, False, 0.0),
        (Kind.STATUTE, PROVISO, False, 1.0),
        (Kind.STATUTE, "provided, however, that a ship may be held.", False, 1.0),
        (Kind.STATUTE, "may only hold a ship by night.", False, 1.0),
        (Kind.STATUTE, "Id., at 664, 113 S. Ct., at 2302.", False, 1.0),
        (Kind.STATUTE, "a. has been convicted of a crime;", False, 0.0),
        (Kind.STATUTE, "(iii) has been convicted of a crime;", False, 0.0),
        (Kind.STATUTE, "3. Nothing in this section binds a ship.", False, 0.0),
        (Kind.STATUTE, "6. [whether] names of all ships.", False, 0.0),
        (Kind.STATUTE, "“Ship” means a vessel.", False, 0.0),
        (Kind.STATUTE, "§ 9-205 Persons not to be detained.", False, 0.0),
        (Kind.AMENDING_ACT, DRAFTING, False, 1.0),
        (Kind.AMENDING_ACT, DRAFTING, True, 0.0),
        (Kind.EXECUTIVE_ORDER, "WHEREAS, ships are held,", False, 1.0),
    ],
)
def test_how_far_a_stretch_stands_back(
    document: MakeDocument, hit: MakeHit, kind: Kind, text: str, wants: bool, back: float
) -> None:
    one = document("one", text, kind)
    evidence = Evidence(hit(one), one, 0.0, 1.0)
    wanted = Wanted({}, argument=wants, change=wants)
    assert aside(evidence, Span(0, len(text)), wanted) == back


@pytest.mark.parametrize(
    ("marks", "wants", "back"),
    [
        ([(27, 30, "deleted")], False, 1.0),
        ([(0, 1, "deleted"), (27, 30, "deleted")], False, 1.0),
        # what the act changes is asked for
        ([(27, 30, "deleted")], True, 0.0),
        # words that are added stay, and those that go stand behind the stretch
        ([(31, 34, "inserted")], False, 0.0),
        ([(len(STRUCK), len(STRUCK) + 1, "deleted")], False, 0.0),
        ([], False, 0.0),
    ],
)
def test_words_of_which_an_act_deletes_some_stand_back(
    document: MakeDocument,
    hit: MakeHit,
    marks: list[tuple[int, int, Any]],
    wants: bool,
    back: float,
) -> None:
    struck = [Mark(Span(start, end), kind) for start, end, kind in marks]
    one = document("one", f"{STRUCK}\n{RULE}", Kind.AMENDING_ACT, struck)
    evidence = Evidence(hit(one), one, 0.0, 1.0)
    assert aside(evidence, Span(0, len(STRUCK)), Wanted({}, change=wants)) == back


def test_drafting_that_deletes_words_stands_back_once(document: MakeDocument, hit: MakeHit) -> None:
    one = document("one", DRAFTING, Kind.AMENDING_ACT, [Mark(Span(0, 9), "deleted")])
    evidence = Evidence(hit(one), one, 0.0, 1.0)
    assert aside(evidence, Span(0, len(DRAFTING)), Wanted({})) == 1.0


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("For how long may a ship be held?", RULE),
        ("How did the act change for how long a ship may be held?", STRUCK),
    ],
)
def test_words_that_stay_are_quoted_before_words_that_change(
    document: MakeDocument, hit: MakeHit, told: Told, question: str, said: str
) -> None:
    struck = [Mark(Span(23, 30), "deleted"), Mark(Span(31, 39), "inserted")]
    act = document("act", f"{STRUCK}\n{BETWEEN}\n{RULE}", Kind.AMENDING_ACT, struck)
    encoder = told({STRUCK: 0.6, RULE: 0.5})
    wanted = Wanted({"unsaid": 1.0}, change=wanted_of(question, lambda term: 1.0).change)
    evidence = [Evidence(hit(act), act, 0.0, 1.0)]
    first = quotes(evidence, wanted, encoder.embed_query(""), encoder)[0]
    assert first.span.of(act.text) == said


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("May the harbor hold a ship for a week?", HELD),
        ("What did the petitioners argue about ships held for a week?", ARGUED),
        ("How did the Court answer the petitioners on ships held for a week?", HELD),
    ],
)
def test_an_argument_is_quoted_where_it_is_asked_for(
    document: MakeDocument, hit: MakeHit, told: Told, question: str, said: str
) -> None:
    ruling = document("ruling", f"{ARGUED}\n{BETWEEN}\n{HELD}", Kind.COURT_RULING)
    encoder = told({ARGUED: 0.9, HELD: 0.5})
    asked = wanted_of(question, lambda term: 1.0)
    wanted = Wanted({"unsaid": 1.0}, argument=asked.argument)
    evidence = [Evidence(hit(ruling), ruling, 0.0, 1.0)]
    (quote,) = quotes(evidence, wanted, encoder.embed_query(""), encoder)
    assert quote.span.of(ruling.text) == said


@pytest.mark.parametrize(
    "hostile", ["and ", ", ", "though a, ", "\t", "the states and ", "amended "]
)
def test_hostile_words_cost_no_more_than_long_ones(
    document: MakeDocument, hit: MakeHit, hostile: str
) -> None:
    text = (hostile * (100_000 // len(hostile)) + "x").lstrip()
    one = document("one", text, Kind.COURT_RULING)
    started = time.perf_counter()
    aside(Evidence(hit(one), one, 0.0, 1.0), Span(0, len(text)), Wanted({}))
    assert time.perf_counter() - started < 2
