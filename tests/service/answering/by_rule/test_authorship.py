"""Who wrote an opinion is told by rule, with the line that says so, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import accumulate

import pytest

from pincite.kinds import Kind
from pincite.types import Document, Hit, Part, Section, Span
from service.answering.by_rule.authorship import who_wrote
from service.answering.by_rule.telling import Told
from service.answering.evidence import Evidence
from service.holdings import Holdings
from service.vantage import Vantage

MakeDocument = Callable[..., Document]
Opinion = tuple[str, Part | None, str | None, tuple[str, ...]]
Ask = Callable[..., Told | None]

DAY = date(2026, 11, 22)
LINEUP = (
    "OAKES, J., delivered the opinion of the Court, in which REED, C. J., and O'LANE, J., joined."
    " PAGE, J., filed a concurring opinion. SOTO, J., filed a dissenting opinion, in which"
    " WHITE, J., joined. VALE, J., filed a dissenting opinion."
)
ALDER: Sequence[Opinion] = (
    (f"Syllabus\nThe register was struck down.\n{LINEUP}", "syllabus", None, ()),
    ("Justice OAKES delivered the opinion of the Court.\nA register costs money, says the town of"
     " Alder.", "majority", "Oakes, J.", ("Reed, C. J.", "O'Lane, J.")),
    ("Justice PAGE, concurring.\nI agree.", "concurrence", "Page, J.", ()),
    ("Justice SOTO, with whom Justice WHITE joins, dissenting.\nI would affirm.",
     "dissent", "Soto, J.", ("White, J.",)),
    ("Justice VALE, dissenting.\nSo would I.", "dissent", "Vale, J.", ()),
    ("1 It always did.", "dissent", "Vale, J.", ()),
)  # fmt: skip
BIRCH: Sequence[Opinion] = (
    ("Birch v. Marlow", "furniture", None, ()),
    ("Mr. Justice GREY delivered the opinion of the Court.\nMills.", "majority", "Grey, J.", ()),
    ("Mr. Justice ELM.\nBriefly.", "concurrence", "Elm, J.", ()),
    ("Mr. Justice ELM, concurring.\nAt length.", "concurrence", "Elm, J.", ()),
    ("Mr. Justice ASH, concurring.\nYes.", "concurrence", "Ash, J.", ()),
    ("Mr. Justice FIR, concurring.\nYes.", "concurrence", "Fir, J.", ()),
    ("Mr. Justice YEW, concurring.\nYes.", "concurrence", "Yew, J.", ()),
    ("Mr. Justice BOX, with whom Mr. Justice IVY joins, dissenting.\nNo.",
     "dissent", "Box, J.", ("Ivy, J.",)),
)  # fmt: skip
CEDAR: Sequence[Opinion] = (
    ("Opinion\nJustice HALE announced the judgment of the Court.\nA toll.",
     "plurality", "Hale, J.", ()),
    ("Justice MOSS, concurring in part and dissenting in part.\nHalf.", "in_part", "Moss, J.", ()),
)  # fmt: skip
DELL: Sequence[Opinion] = (("PER CURIAM.\nThe writ is dismissed.", "per_curiam", None, ()),)


def ruling(make: MakeDocument, name: str, title: str, opinions: Sequence[Opinion]) -> Document:
    """A ruling of these opinions; the byline of each is its line with "Justice", or "CURIAM"."""
    text = "\n".join(words for words, *_ in opinions)
    starts = accumulate((len(words) + 1 for words, *_ in opinions), initial=0)
    sections = [
        Section("Opinion", byline(words), 0, Span(start, start + len(words)), part, author, joined)
        for start, (words, part, author, joined) in zip(starts, opinions, strict=False)
    ]
    inner = replace(sections[-1], label="II", heading="", level=1)
    entry = {"citation": f"{title}, 1 U.S. 1 (2001)", "status": "in_force", "jurisdiction": "us"}
    document = make(name, text, Kind.COURT_RULING, title=title, **entry)
    return replace(document, sections=(*sections, inner))


def byline(words: str) -> str:
    lines = [line for line in words.split("\n") if "Justice" in line or "CURIAM" in line]
    return lines[0] if lines else "Notes to: Vale, J., dissenting"


@pytest.fixture
def documents(document: MakeDocument) -> dict[str, Document]:
    """Four rulings, a statute, and an order."""
    made = [
        ruling(document, "alder", "Alder v. United States", ALDER),
        ruling(document, "birch", "Birch Tube Co. v. Marlow", BIRCH),
        ruling(document, "cedar", "Cedar v. United States", CEDAR),
        ruling(document, "dell", "Dell v. United States", DELL),
        document("law", "A sheriff shall keep a register.", title="Registers", status="in_force"),
        document("order", "Agencies act.", Kind.EXECUTIVE_ORDER, title="Order", status="in_force"),
    ]
    return {one.entry.id: one for one in made}


@pytest.fixture
def ask(
    held: Callable[..., Holdings], hit: Callable[..., Hit], documents: dict[str, Document]
) -> Ask:
    def asked(question: str, *found: str) -> Told | None:
        holdings = held(*documents.values())
        evidence = [Evidence(hit(documents[id_]), documents[id_], 0.0, 1.0) for id_ in found]
        return who_wrote(question, Vantage(DAY, works=holdings.works), evidence, holdings)

    return asked


TOLD = [
    ("Who wrote the majority opinion in Alder?", "Oakes, J. wrote the majority opinion"),
    ("Who delivered the opinion of the Supreme Court in Alder?",
     "Oakes, J. wrote the majority opinion"),
    ("Whose opinion was the lead one in Alder?", "Oakes, J. wrote the majority opinion"),
    ("In Alder v. United States, which justice penned the ruling?",
     "Oakes, J. wrote the majority opinion"),
    ("who's the author of the Alder decision", "Oakes, J. wrote the majority opinion"),
    ("Who joined Oakes's opinion in Alder?",
     "Oakes, J. (joined by Reed, C. J. and O'Lane, J.) wrote the majority opinion"),
    ("Who joined Justice Soto in dissent in Alder?",
     "Soto, J. (joined by White, J.) wrote in dissent"),
    ("Which justice wrote the dissent in Alder?", "Soto, J. and Vale, J. wrote in dissent"),
    ("Who dissented in Alder?", "Soto, J. (joined by White, J.) and Vale, J. wrote in dissent"),
    ("Who were the dissenters in Alder?",
     "Soto, J. (joined by White, J.) and Vale, J. wrote in dissent"),
    ("Who filed a concurring opinion in Alder?", "Page, J. wrote in concurrence"),
    ("Who filed a separate opinion in Alder?",
     "Page, J. wrote in concurrence; Soto, J. and Vale, J. wrote in dissent"),
    ("Who wrote the majority opinion and the dissents in Alder?",
     "Oakes, J. wrote the majority opinion; Soto, J. and Vale, J. wrote in dissent"),
    ("Who wrote the plurality in Alder, and which justices concurred?",
     "Oakes, J. (joined by Reed, C. J. and O'Lane, J.) wrote the majority opinion;"
     " Page, J. wrote in concurrence"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "said"), TOLD)
def test_the_line_that_lists_all_proves_every_part(ask: Ask, question: str, said: str) -> None:
    found = ask(question)
    assert found is not None
    (statement,), (citation,) = found.statements, found.citations
    assert statement.text == f"Alder v. United States, 1 U.S. 1 (2001): {said}."
    assert statement.citations == (1,)
    assert statement.channel == citation.channel == "record"
    assert citation.quote == LINEUP
    assert found.notices == ()


BY_BYLINE = [
    ("Who wrote the main opinion in Birch?", "law", "Grey, J. wrote the majority opinion",
     ["Mr. Justice GREY delivered the opinion of the Court."]),
    ("Who dissented in Birch?", "argument", "Box, J. (joined by Ivy, J.) wrote in dissent",
     ["Mr. Justice BOX, with whom Mr. Justice IVY joins, dissenting."]),
    # all are named, the first three are quoted; of two by one justice the one that tells more
    ("Who concurred in Birch?", "argument",
     "Elm, J., Ash, J., Fir, J. and Yew, J. wrote in concurrence",
     ["Mr. Justice ELM, concurring.", "Mr. Justice ASH, concurring.",
      "Mr. Justice FIR, concurring."]),
    ("Who wrote Justice Fir's opinion in Birch?", "argument", "Fir, J. wrote in concurrence",
     ["Mr. Justice FIR, concurring."]),
    ("Who announced the judgment in Cedar?", "law", "Hale, J. wrote the plurality opinion",
     ["Justice HALE announced the judgment of the Court."]),
    ("Who wrote the majority opinion in Cedar?", "law", "Hale, J. wrote the plurality opinion",
     ["Justice HALE announced the judgment of the Court."]),
    ("Who dissented in Cedar?", "argument", "Moss, J. concurred in part and dissented in part",
     ["Justice MOSS, concurring in part and dissenting in part."]),
    ("Who wrote the opinion in Dell?", "law", "the opinion is per curiam and names no author",
     ["PER CURIAM."]),
]  # fmt: skip


@pytest.mark.parametrize(("question", "channel", "said", "quotes"), BY_BYLINE)
def test_without_that_line_bylines_are_quoted(
    ask: Ask, question: str, channel: str, said: str, quotes: list[str]
) -> None:
    found = ask(question)
    assert found is not None
    (statement,) = found.statements
    assert statement.text.endswith(f", 1 U.S. 1 (2001): {said}.")
    assert statement.channel == channel
    assert statement.citations == tuple(range(1, len(quotes) + 1))
    assert [citation.quote for citation in found.citations] == quotes


def test_quotes_are_verbatim(ask: Ask, documents: dict[str, Document]) -> None:
    for question in [row[0] for row in (*TOLD, *BY_BYLINE)]:
        found = ask(question)
        assert found is not None
        for citation in found.citations:
            assert citation.span.of(documents[citation.entry.id].text) == citation.quote


def test_the_parts_that_are_the_courts_are_told(
    ask: Ask, document: MakeDocument, documents: dict[str, Document]
) -> None:
    made = ruling(document, "alder", "Alder v. United States", ALDER)
    sections = [replace(one, speaks_for=("I", "II-B")) for one in made.sections]
    documents["alder"] = replace(made, sections=tuple(sections))
    found = ask("Who wrote the majority opinion in Alder?")
    assert found is not None
    assert "Oakes, J. (for the Court in Parts I and II-B) wrote" in found.statements[0].text


def test_each_of_two_named_rulings_is_answered(ask: Ask) -> None:
    found = ask("Who wrote the opinions in Alder and Birch?")
    assert found is not None
    assert [statement.citations for statement in found.statements] == [(1,), (2,)]
    assert [citation.entry.id for citation in found.citations] == ["alder", "birch"]


@pytest.mark.parametrize(
    ("question", "found", "id_"),
    [
        ("Who wrote the main opinion in the case of the town's register?", ["alder"], "alder"),
        ("who concurred?", ["law", "order", "birch", "alder"], "birch"),
        # the one that is named, though another is nearer
        ("Who dissented in Cedar?", ["birch", "alder"], "cedar"),
        # no ruling among the first three
        ("Who wrote the opinion?", ["law", "order", "law", "alder"], None),
        ("Who wrote the opinion?", [], None),
        # a case that is not held
        ("Who wrote the opinion in Lisle v. Harbeck?", ["alder"], None),
        ("Who dissented in Harbeck?", ["alder"], None),
        ("Who wrote the Harbeck dissent?", ["alder"], None),
    ],
)
def test_where_no_case_is_named_the_first_ruling_is_meant(
    ask: Ask, question: str, found: list[str], id_: str | None
) -> None:
    told = ask(question, *found)
    assert (told.citations[0].entry.id if told else None) == id_


@pytest.mark.parametrize(
    "question",
    [
        "Who wrote the order in Alder?",
        "Who signed the opinion in Alder?",
        "What did the dissent argue in Alder?",
        "Who decided to close the mills?",
        "Who must report?",
        "Who filed the brief in Alder?",
        "Who joined the suit in Alder?",
        "Who wrote the opinion piece?",
        "Who wrote the attorney general's opinion?",
        "Who wrote the op-ed on the decision in Alder?",
        "Who announced the decision to close the shelter?",
        "Who announced the mayor's decision?",
        "Who is the majority leader?",
        "Who has the majority of the seats?",
        # who said a thing, which no byline tells
        "Which justice wrote that a register costs money in Alder?",
        "Which justice wrote a dissent saying that a register is cheap in Alder?",
        "What did the justice who wrote the dissent in Alder say?",
        # more is asked, of which the byline would be half an answer
        "What does Alder hold, and who dissented?",
        "Who dissented in Alder, and why?",
        "Who wrote the opinion in Alder and what did it hold?",
        # another court's
        "Who wrote the opinion of the Ninth Circuit in Alder?",
        "Who wrote the opinion that Alder relied on?",
        # nobody is recorded
        "Who joined the majority in Birch?",
        "Who dissented in Dell?",
    ],
)
def test_what_asks_for_no_author_or_has_none_is_left_alone(ask: Ask, question: str) -> None:
    assert ask(question, "alder") is None


def test_a_line_that_names_not_all_is_no_proof(
    ask: Ask, document: MakeDocument, documents: dict[str, Document]
) -> None:
    short = LINEUP.split(" SOTO")[0]
    opinions = [(one[0].replace(LINEUP, short), *one[1:]) for one in ALDER]
    documents["alder"] = ruling(document, "alder", "Alder v. United States", opinions)
    found = ask("Who dissented in Alder?")
    assert found is not None
    assert [citation.quote for citation in found.citations] == [
        "Justice SOTO, with whom Justice WHITE joins, dissenting.",
        "Justice VALE, dissenting.",
    ]
