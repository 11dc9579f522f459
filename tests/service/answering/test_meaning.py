"""Who asks what a term means gets the clause that defines it, or silence; never a mere use."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest

from pincite.kinds import Kind
from pincite.types import Answer, Citation, Document, Hit, Question, Span
from service.answering.answerer import answer_from
from service.answering.considering import Asking, Considered, considered
from service.answering.meaning import defines, definition_in, term_of, thing_of
from service.citing import cite
from service.holdings import Holdings
from service.vantage import Vantage
from service.wording import Wording

MakeLaw = Callable[..., Document]
Find = Callable[..., str | None]
Ask = Callable[..., Answer]

DAY = date(2026, 11, 22)
QUESTION = "What does vessel mean?"
DEFINED = "“Vessel” means a boat that carries goods."
USED = "The warden shall weigh each vessel at the northern gate."
NONE = "No definition of “vessel” was found."
PLACES = ("iowa", "new york", "new york city")


@pytest.fixture
def weigh(
    held: Callable[..., Holdings], told: Callable[..., Any], hit: Callable[..., Hit]
) -> Callable[..., tuple[Asking, Vantage, list[Hit]]]:
    """A question with what was found: of each document the first line, one as good as another."""

    def made(
        question: str, documents: Sequence[Document], place: str | None = None
    ) -> tuple[Asking, Vantage, list[Hit]]:
        encoder, holdings = told(otherwise=0.7), held(*documents)
        vector, wording = encoder.embed_query(question), Wording(question)
        asking = Asking(Question(question, place), wording, vector, holdings, encoder)
        first = [Span(0, len(one.text.splitlines()[0])) for one in documents]
        hits = [hit(d, 1.0, 0.8, 1.0, span) for d, span in zip(documents, first, strict=True)]
        return asking, Vantage(DAY, works=holdings.works), hits

    return made


@pytest.fixture
def find(weigh: Callable[..., Any]) -> Find:
    """The clause that defines a term, in what these documents were found for."""

    def made(
        term: str, *documents: Document, question: str = QUESTION, place: str | None = None
    ) -> str | None:
        on: Considered = considered(*weigh(question, documents, place))
        found = definition_in(on, term)
        return found[1].of(found[0].document.text) if found else None

    return made


@pytest.fixture
def ask(weigh: Callable[..., Any]) -> Ask:
    """The answer from these documents."""
    return lambda question, *documents: answer_from(*weigh(question, documents))


@pytest.fixture
def law(document: Callable[..., Document]) -> MakeLaw:
    """A law of these blocks, in force, of a version of its own."""

    def made(name: str, *blocks: str, kind: Kind = Kind.STATUTE, **more: Any) -> Document:
        fields = {"title": name.title(), "status": "in_force", **more}
        one = document(name, "\n".join(blocks), kind, **fields)
        return Document(one.entry, one.text, f"{name} {one.text}")

    return made


def means(term: str, what: str = "a boat") -> str:
    return f"“{term}” means {what} that carries goods."


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("How does Iowa law define 'local entity'?", "local entity"),
        ("Does the harbor act define the term “vessel”?", "vessel"),
        ("define harbor master.", "harbor master"),
        ("What does “port of call” mean?", "port of call"),  # a quoted term may hold any words
        ("What does vessel mean for its owner?", "vessel"),
        ("What do harbor dues mean under the act?", "harbor dues"),
        ("What does the term harbor master mean in Iowa?", "harbor master"),
        ("what does a hulk mean", "hulk"),
        ("What is the definition of a tow under the code?", "tow"),
        ("definition of vessel", "vessel"),
        ("The meaning of ‘vessel’, please", "vessel"),
        ("What is meant by harbor dues in the harbor act?", "harbor dues"),
        ("How is the term vessel defined by the act?", "vessel"),
        ("How are harbor dues defined?", "harbor dues"),
        ("“vessel” definition", "vessel"),
        ("'vessel', defined", "vessel"),
        ("What does Iowa law mean by vessel?", "vessel"),
        ("What does “court order” mean?", "court order"),  # no court is asked what it meant
        ("definition of “vessel” Tennessee", "vessel"),
        ("What is meant by a person who is removable?", "removable"),
    ],
)
def test_the_term_whose_meaning_is_asked_for(question: str, term: str) -> None:
    assert term_of(question) == term


@pytest.mark.parametrize(
    "question",
    [
        "What is a vessel?",
        "May a warden weigh a vessel?",
        "What does the harbor act say of vessels?",
        "Is a well-defined berth a duty?",
        "What did the warden mean by vessel?",
        "What does one two three four five six seven mean?",  # too long for a term
        # what a court meant
        "What does vessel mean in the Court's opinion?",
        "What does vessel mean in Orr v. Quill?",
        "How did the judge define vessel?",
        # no term of a text
        "What does it mean to hold a vessel?",
        "What does the law mean for boats?",
        "",
    ],
)
def test_other_questions_ask_for_no_meaning(question: str) -> None:
    assert term_of(question) is None


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("definition of harbor master Iowa", "harbor master"),
        ("definition of harbor master New York City", "harbor master"),
        ("definition of harbor master New York", "harbor master"),
        ("definition of harbor master Tennessee", "harbor master Tennessee"),  # not held
        ("definition of Iowa", "Iowa"),  # the place is the term
        ("definition of Iowa harbor", "Iowa harbor"),
    ],
)
def test_a_place_behind_a_term_is_no_part_of_it(question: str, term: str) -> None:
    assert term_of(question, PLACES) == term


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("What is a vessel?", "vessel"),
        ("what's a harbor master", "harbor master"),
        ("What are harbor dues under the act?", "harbor dues"),
        ("Who is a warden?", "warden"),
        ("What is a harbor master Iowa?", "harbor master"),
        ("What is it?", None),
        ("What is the court's view of a vessel?", None),
        ("May a warden weigh a vessel?", None),
    ],
)
def test_the_thing_that_is_asked_about(question: str, thing: str | None) -> None:
    assert thing_of(question, PLACES) == thing


def test_what_a_thing_is_its_definition_tells_or_what_there_is(ask: Ask, law: MakeLaw) -> None:
    laws = [law("a", USED), law("b", USED.replace("day", "night"), DEFINED)]
    assert [one.text for one in ask("What is a vessel?", *laws).statements] == [DEFINED]
    assert [one.text for one in ask("What is a vessel?", laws[0]).statements] == [USED]


@pytest.mark.parametrize(
    ("quote", "term", "does"),
    [
        (DEFINED, "vessel", True),
        (DEFINED, "Vessels", True),
        (DEFINED, "boat", False),
        (USED, "vessel", False),
        ("(3) Vessel. The term vessel includes a raft.", "vessel", True),
        ("A “harbor master” is any person who keeps a gate.", "harbor master", True),
        ("A “harbor master” is any person who keeps a gate.", "harbor gate", False),
        ("A “harbor master” is any person who keeps a gate.", "master harbor", False),
        ("Goods in any boat shall be deemed cargo of a vessel.", "vessel", False),
        ("“Vessel,” as used in this chapter, means a boat.", "vessel", True),
        ("“Vessel,” as used in this chapter of a code, means a boat.", "vessel", False),  # too far
        ("Each vessel pays. “Boat” means a hull.", "vessel", False),  # another sentence
        ("Each boat pays. “Vessel” means a hull.", "vessel", True),
        ("", "vessel", False),
    ],
)
def test_a_sentence_that_names_a_term_and_goes_on_so_defines_it(
    law: MakeLaw, quote: str, term: str, does: bool
) -> None:
    citation: Citation = cite(law("law", quote), Span(0, len(quote)), Vantage(DAY))
    assert defines(citation, term) is does


def test_the_closest_term_is_found_and_of_like_ones_that_of_the_better_text(
    find: Find, law: MakeLaw
) -> None:
    longer = law("a", USED, means("Large foreign vessel"), means("Foreign vessel"))
    first, second = law("b", USED, means("vessel")), law("c", USED, means("Vessels", "a raft"))
    assert find("vessel", longer, first, second) == means("vessel")
    assert find("vessels", longer, second, first) == means("Vessels", "a raft")
    assert find("vessel", longer) == means("Foreign vessel")


@pytest.mark.parametrize(
    ("term", "clause", "found"),
    [
        ("vessel", means("Large foreign vessel"), True),
        ("vessel", means("Very large foreign vessel"), False),  # three words more
        ("foreign vessel", means("Foreign vessel"), True),
        ("foreign vessel", means("Vessel"), False),
        ("large vessel", means("Foreign vessel"), False),
        ("vessel", means("Vessel", "a boat " + "of the harbor " * 60), False),  # too long to show
        ("vessel", USED, False),
    ],
)
def test_a_term_is_defined_as_it_is_or_with_a_word_or_two_more(
    find: Find, law: MakeLaw, term: str, clause: str, found: bool
) -> None:
    assert find(term, law("a", USED, clause)) == (clause if found else None)


@pytest.mark.parametrize(("before", "found"), [(4, DEFINED), (5, None)])
def test_the_best_laws_alone_are_looked_through(
    find: Find, law: MakeLaw, before: int, found: str | None
) -> None:
    """What is no law does not count."""
    records = [law(f"memo{at}", USED, kind=Kind.DOJ_MEMO) for at in range(3)]
    others = [law(f"law{at}", USED) for at in range(before)]
    assert find("vessel", *records, *others, law("last", USED, DEFINED)) == found
    assert find("vessel", law("memo", USED, DEFINED, kind=Kind.DOJ_MEMO)) is None


@pytest.mark.parametrize(
    ("question", "place", "found"),
    [
        (QUESTION, None, "a raft"),
        (QUESTION, "us/ia", "a boat"),  # it is asked from there
        ("What does vessel mean in Iowa?", None, "a boat"),
        ("What does vessel mean in New York?", "us/ia", "a raft"),
        ("What does vessel mean in the Toll Act on Barges and Ferries?", None, "a hull"),
        ("What does vessel mean in the Lamp Act on Barges and Ferries?", None, None),
    ],
)
def test_only_laws_of_the_place_or_text_that_is_named_define(
    find: Find, law: MakeLaw, question: str, place: str | None, found: str | None
) -> None:
    laws = [
        law("york", USED, means("vessel", "a raft"), jurisdiction="us/ny"),
        law("iowa", USED, means("vessel"), jurisdiction="us/ia"),
        law("toll", USED, means("vessel", "a hull"), title="Toll Act on Barges and Ferries"),
        law("lamp", USED, title="Lamp Act on Barges and Ferries"),
    ]
    said = find("vessel", *laws, question=question, place=place)
    assert said == (means("vessel", found) if found else None)
    assert find("vessel", laws[0], laws[3], place="us/ia") is None


def test_of_what_would_be_quoted_only_what_defines_is(ask: Ask, law: MakeLaw) -> None:
    plain = "A vessel is whatever boat carries goods by river."
    laws = [law("a", USED), law("b", plain, DEFINED)]
    assert [one.text for one in ask("Who sees a vessel?", *laws).statements] == [USED, plain]
    assert [one.text for one in ask(QUESTION, *laws).statements] == [plain]


def test_where_no_quote_defines_the_law_that_was_found_does(ask: Ask, law: MakeLaw) -> None:
    answer = ask(QUESTION, law("a", USED, "Ferries pay no toll at all.", DEFINED))
    assert [one.text for one in answer.statements] == [DEFINED]
    assert [one.quote for one in answer.citations] == [DEFINED]
    assert NONE not in answer.notices


def test_where_nothing_defines_the_term_that_is_said(ask: Ask, law: MakeLaw) -> None:
    answer = ask(f"{QUESTION[:-1]} in Iowa?", law("a", USED, jurisdiction="us/ia"))
    assert (answer.statements, answer.reason) == ((), "weak_evidence")
    assert [one.quote for one in answer.nearest] == [USED]
    assert answer.notices[-1] == NONE
    # a place that is held and no part of the term
    answer = ask("definition of vessel Iowa", law("a", USED, jurisdiction="us/ia"))
    assert answer.notices[-1] == NONE


@pytest.mark.parametrize("before", ["", "definition of ", "what does ", "“"])
@pytest.mark.parametrize(
    "hostile", ["definition of ", "what does the term ", "define a ", "“", "' ", "\t", "x"]
)
def test_hostile_questions_cost_no_more_than_long_ones(before: str, hostile: str) -> None:
    question = f"{before}{hostile * (100_000 // len(hostile))}!"
    started = time.perf_counter()
    term_of(question, PLACES)
    assert time.perf_counter() - started < 2
