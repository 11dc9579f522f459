"""What of a passage is quoted: whole blocks near the question, within the passage, short."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pincite.kinds import Kind
from pincite.sentences import sentences
from pincite.types import Document, Hit, Mark, Span
from service.answering.asking import Wanted, wanted_of
from service.answering.evidence import Evidence
from service.answering.quoting import Quote, quotes

MakeDocument = Callable[..., Document]
MakeHit = Callable[..., Hit]
Told = Callable[..., Any]

MOST = 120
# A term that no text here says, so that a text's nearness is what the encoder was told.
WANTED = Wanted({"unsaid": 1.0})
FIRST = "The sheriff keeps a ledger of every prisoner."
SECOND = "No jail holds anyone on a civil detainer."
THIRD = "A judge may order otherwise in writing."


def sentence(words: int, name: str = "w") -> str:
    """So many words of its own, as one sentence."""
    letters = "abcdefghij"
    own = ("".join(letters[int(digit)] for digit in str(n)) for n in range(words))
    return " ".join(f"{name}{word}" for word in own).capitalize() + "."


@pytest.fixture
def quoted(document: MakeDocument, hit: MakeHit, told: Told) -> Callable[..., Quote]:
    """The quote of a passage of these blocks, by how near each sentence lies."""

    def made(
        near: dict[str, float],
        *blocks: str,
        span: Span | None = None,
        headings: tuple[str, ...] = (),
    ) -> Quote:
        text = "\n".join(blocks)
        marks = [
            Mark(Span(text.index(h), text.index(h) + len(h)), "heading", "2") for h in headings
        ]
        law = document("law", text, marks=marks)
        evidence = Evidence(hit(law, span=span), law, 0.0, 1.0)
        encoder = told(near)
        (quote,) = quotes([evidence], WANTED, encoder.embed_query(""), encoder)
        return quote

    return made


def said(quote: Quote) -> str:
    return quote.span.of(quote.evidence.document.text)


@pytest.mark.parametrize(
    ("near", "kept"),
    [
        # half as near as the best joins it
        ({SECOND: 0.8}, [SECOND]),
        ({SECOND: 0.8, FIRST: 0.41}, [FIRST, SECOND]),
        ({SECOND: 0.8, THIRD: 0.41}, [SECOND, THIRD]),
        ({SECOND: 0.8, FIRST: 0.39, THIRD: 0.39}, [SECOND]),
        ({SECOND: 0.8, FIRST: 0.5, THIRD: 0.6}, [FIRST, SECOND, THIRD]),
        # what is near joins only as a neighbour
        ({FIRST: 0.8, THIRD: 0.79}, [FIRST]),
        # a question that nothing is near to comes to an end too
        ({}, [FIRST, SECOND, THIRD]),
        ({FIRST: -0.3, SECOND: -0.1, THIRD: -0.3}, [SECOND]),
    ],
)
def test_a_quote_grows_by_neighbours_that_bear_on_the_question(
    quoted: Callable[..., Quote], near: dict[str, float], kept: list[str]
) -> None:
    assert said(quoted(near, FIRST, SECOND, THIRD)) == "\n".join(kept)


def test_the_nearness_is_the_best_sentences(quoted: Callable[..., Quote]) -> None:
    quote = quoted({SECOND: 0.75, FIRST: 0.5}, FIRST, SECOND)
    assert (quote.similarity, quote.nearness) == (0.75, 0.75)


def test_a_sentence_is_quoted_with_its_whole_block(quoted: Callable[..., Quote]) -> None:
    block = f"{FIRST} {SECOND}"
    assert said(quoted({SECOND: 0.9}, block, THIRD)) == block


def test_a_quote_does_not_reach_across_a_heading(quoted: Callable[..., Quote]) -> None:
    near = {FIRST: 0.8, SECOND: 0.8}
    assert said(quoted(near, FIRST, "Rule", SECOND, headings=("Rule",))) == FIRST


def test_a_quote_does_not_leave_its_passage(quoted: Callable[..., Quote]) -> None:
    near = {FIRST: 0.8, SECOND: 0.8, THIRD: 0.8}
    start = len(FIRST) + 1
    passage = Span(start, start + len(SECOND))
    assert quoted(near, FIRST, SECOND, THIRD, span=passage).span == passage


@pytest.mark.parametrize(("more", "joined"), [(MOST - 8, True), (MOST - 7, False)])
def test_a_quote_holds_so_many_words_at_most(
    quoted: Callable[..., Quote], more: int, joined: bool
) -> None:
    assert len(SECOND.split()) == 8
    long = sentence(more)
    quote = quoted({SECOND: 0.8, long: 0.7}, SECOND, long)
    assert said(quote) == (f"{SECOND}\n{long}" if joined else SECOND)


def test_the_nearer_neighbour_comes_first_where_there_is_no_room_for_both(
    quoted: Callable[..., Quote],
) -> None:
    before, after = sentence(60, "b"), sentence(60, "a")
    assert said(quoted({SECOND: 0.8, before: 0.6, after: 0.7}, before, SECOND, after)) == (
        f"{SECOND}\n{after}"
    )
    assert said(quoted({SECOND: 0.8, before: 0.7, after: 0.6}, before, SECOND, after)) == (
        f"{before}\n{SECOND}"
    )


@pytest.mark.parametrize(
    ("nearness", "kept"), [(0.41, f"{FIRST} {SECOND}"), (0.39, SECOND)], ids=["half", "less"]
)
def test_of_a_long_block_a_sentence_is_quoted_with_a_neighbour_half_as_near(
    quoted: Callable[..., Quote], nearness: float, kept: str
) -> None:
    block = f"{FIRST} {SECOND} {sentence(MOST)}"
    assert said(quoted({SECOND: 0.8, FIRST: nearness}, block)) == kept


BLOCKS = st.lists(st.lists(st.integers(4, 130), min_size=1, max_size=3), min_size=1, max_size=6)


@given(BLOCKS, st.integers(0, 2**16), st.sampled_from([(0.0, 1.0), (-1.0, 1.0), (0.0, 0.0)]))
@example([[60, 60], [61], [4]], 0, (0.9, 1.0))
def test_a_quote_is_whole_blocks_of_its_passage_or_neighbouring_sentences(
    document: MakeDocument,
    hit: MakeHit,
    told: Told,
    blocks: list[list[int]],
    seed: int,
    between: tuple[float, float],
) -> None:
    lines = [
        " ".join(sentence(words, f"x{chr(97 + at)}{chr(97 + n)}") for n, words in enumerate(block))
        for at, block in enumerate(blocks)
    ]
    passage = Span(len(FIRST) + 1, len(FIRST) + 1 + len("\n".join(lines)))
    law = document("law", "\n".join([FIRST, *lines, THIRD]))
    rng = Random(seed)
    near = {s.of(law.text): rng.uniform(*between) for s in sentences(law.text)}
    encoder = told(near)
    evidence = Evidence(hit(law, span=passage), law, 0.0, 1.0)
    (quote,) = quotes([evidence], WANTED, encoder.embed_query(""), encoder)
    text = quote.span.of(law.text)
    whole = "\n" + "\n".join(lines) + "\n"
    assert passage.holds(quote.span)
    assert len(text.split()) <= MOST or quote.span in sentences(law.text)
    if f"\n{text}\n" not in whole:
        parts = [s.of(law.text) for s in sentences(law.text) if quote.span.holds(s)]
        assert text.startswith(parts[0])
        assert text.endswith(parts[-1])
        assert max(len(line.split()) for line in lines for s in parts if s in line) > MOST


def test_what_only_repeats_question_title_or_heading_is_not_quoted(
    document: MakeDocument, hit: MakeHit, told: Told
) -> None:
    text = "Civil detainers of the jail.\nAn officer shall release the prisoner at once."
    law = document("law", text, title="Detainers")
    encoder = told({text.splitlines()[0]: 1.0})
    one = Evidence(hit(law, headings=("Civil matters",)), law, 0.0, 1.0)
    (quote,) = quotes([one], Wanted({"jail": 1.0}), encoder.embed_query(""), encoder)
    assert said(quote) == text.splitlines()[1]


def test_nothing_to_quote_is_no_quote(document: MakeDocument, hit: MakeHit, told: Told) -> None:
    law = document("law", "Jail.")
    encoder = told()
    one = Evidence(hit(law), law, 0.0, 1.0)
    assert quotes([one], WANTED, encoder.embed_query(""), encoder) == []
    assert quotes([], WANTED, encoder.embed_query(""), encoder) == []


def test_one_answer_encodes_no_more_than_two_passages_worth(
    document: MakeDocument, hit: MakeHit, told: Told
) -> None:
    law = document("law", "\n".join(sentence(6, f"x{chr(97 + at)}") for at in range(26)))
    encoder = told()
    evidence = [Evidence(hit(law), law, 0.0, 1.0), Evidence(hit(law), law, 0.0, 1.0)]
    found = quotes(evidence, WANTED, encoder.embed_query(""), encoder)
    assert len(encoder.seen) == 24
    assert [quote.evidence for quote in found] == evidence[:1]


def test_words_that_only_name_the_document_do_not_choose_its_sentence(
    document: MakeDocument, hit: MakeHit, told: Told
) -> None:
    named = "This title of Arden is cited as the Arden Harbor Act everywhere."
    rule = "Every vessel pays a toll at the northern gate."
    law = document("law", f"{named}\n{rule}", title="Arden Harbor Act")
    encoder = told(otherwise=0.5)
    one = Evidence(hit(law), law, 0.0, 1.0)
    wanted = Wanted({"arden": 3.0, "harbor": 3.0, "toll": 1.0})
    (quote,) = quotes([one], wanted, encoder.embed_query(""), encoder)
    assert said(quote) == rule


@pytest.mark.parametrize(("question", "first"), [("What of a toll?", True), ("How much?", False)])
def test_the_sentence_that_holds_the_number_asked_for_is_quoted(
    document: MakeDocument, hit: MakeHit, told: Told, question: str, first: bool
) -> None:
    owed, fee = "Every vessel pays at the gate.", f"It is 40 dollars a day. {sentence(MOST)}"
    law = document("law", f"{owed} {fee}")
    encoder = told({owed: 0.5}, otherwise=0.2)
    one = Evidence(hit(law), law, 0.0, 1.0)
    wanted = wanted_of(question, lambda stem: 1.0)
    (quote,) = quotes([one], wanted, encoder.embed_query(""), encoder)
    assert ("40 dollars" in said(quote)) is not first


ARGUED = "The Government contends that a jail may hold anyone on a civil detainer."
BRIEF = "Brief for United States 16."
REPLY = "We hold that a jail may hold nobody on a civil detainer without a warrant."


@pytest.mark.parametrize(
    ("kind", "argument", "quote"),
    [
        (Kind.COURT_RULING, False, f"{ARGUED} {BRIEF} {REPLY}"),
        (Kind.COURT_RULING, True, ARGUED),
        (Kind.STATUTE, False, ARGUED),
    ],
)
def test_an_argument_is_quoted_with_what_the_court_says_of_it(
    document: MakeDocument, hit: MakeHit, told: Told, kind: Kind, argument: bool, quote: str
) -> None:
    ruling = document("ruling", f"{ARGUED} {BRIEF} {REPLY} {FIRST}", kind)
    evidence = Evidence(hit(ruling, span=Span(0, len(ARGUED))), ruling, 0.0, 1.0)
    encoder = told({ARGUED: 0.9})
    wanted = Wanted({"unsaid": 1.0}, argument=argument)
    (found,) = quotes([evidence], wanted, encoder.embed_query(""), encoder)
    assert found.span.of(ruling.text) == quote


def test_a_reply_that_does_not_fit_stands_without_the_argument(
    document: MakeDocument, hit: MakeHit, told: Told
) -> None:
    argued = f"The Government contends that {sentence(MOST - 10, 'v')}"
    ruling = document("ruling", f"{argued} {REPLY} {FIRST}", Kind.COURT_RULING)
    evidence = Evidence(hit(ruling, span=Span(0, len(argued))), ruling, 0.0, 1.0)
    encoder = told({argued: 0.9})
    (found,) = quotes([evidence], WANTED, encoder.embed_query(""), encoder)
    assert found.span.of(ruling.text) == REPLY


BEGINS = "This act takes effect ninety days after it becomes law."
KEEPS = "The harbor master keeps a ship for nine days."


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("How long does he keep it?", KEEPS),
        ("When does it take effect?", BEGINS),
        ("Does it bind ships that were there before?", BEGINS),
    ],
)
def test_what_an_act_says_of_its_beginning_is_quoted_to_who_asks_for_one(
    document: MakeDocument, hit: MakeHit, told: Told, question: str, quote: str
) -> None:
    law = document("law", f"{KEEPS}\n{BEGINS}")
    encoder = told({BEGINS: 0.9, KEEPS: 0.3})
    wanted = wanted_of(question, lambda stem: 1.0)
    (found,) = quotes([Evidence(hit(law), law, 0.0, 1.0)], wanted, encoder.embed_query(""), encoder)
    assert quote in said(found)
    assert (BEGINS in said(found)) is (quote is BEGINS)
