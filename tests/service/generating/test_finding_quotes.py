"""Quoted words are found as a document has them, or not at all."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pincite.types import Mark, Span
from service.generating.checking import Ground, faults, ground
from service.generating.matching import found
from service.generating.parsing import Cited
from service.generating.passages import Given

TEXT = (
    "§ 1. The\u00a0jail’s officers “shall not” hold a person.\n"
    "It ends at noon. The marshall may go home then."
)
GivenOf = Callable[..., list[Given]]


@pytest.mark.parametrize(
    ("words", "stands"),
    [
        (
            'The jail\'s officers "shall not" hold a person',
            "The\u00a0jail’s officers “shall not” hold a person",
        ),
        ("officers   shall\nnot hold", "officers “shall not” hold"),
        ("…officers shall not hold a person...", "officers “shall not” hold a person"),
        ("hold a person. It ends at noon.", "hold a person.\nIt ends at noon."),  # over a line
        ("The jail shall hold a person", None),
        ("officers … hold a person", None),  # what is left out may be the "not"
        ("shall may go home", None),
        ("al may go", None),  # begins inside a word
        ("THE JAIL'S OFFICERS SHALL NOT", None),
        ("noon", None),  # too short to prove anything
        ("", None),
    ],
)
def test_white_space_and_quotation_marks_alone_may_differ(
    given: GivenOf, words: str, stands: str | None
) -> None:
    [one] = given(TEXT)
    span = found(one.document, one.span, words)
    assert (span and span.of(TEXT)) == stands


def test_a_quote_may_cross_the_border_of_its_passage_but_not_leave_it(given: GivenOf) -> None:
    [one] = given(TEXT, span=Span(TEXT.index("It ends"), len(TEXT)))
    crossing = found(one.document, one.span, "hold a person. It ends at noon.")
    assert crossing is not None
    assert crossing.start < one.span.start
    assert found(one.document, one.span, "officers shall not hold a person") is None


def test_the_sentence_of_a_quote_is_cited_whole(given: GivenOf) -> None:
    [one] = given(TEXT)
    here = ground(one, Cited(1, "hold a person."))
    assert here is not None
    assert here.cited.of(TEXT).startswith("§ 1. The")


def test_an_item_is_cited_with_its_lead_in(given: GivenOf) -> None:
    text = "No officer shall:\n(a) hold a person for a day; or\n(b) ask a person for papers."
    [one] = given(text)
    here = ground(one, Cited(1, "ask a person for papers"))
    assert here is not None
    assert here.words == text


def test_an_item_of_a_long_list_is_read_under_what_governs_it(given: GivenOf) -> None:
    items = "".join(f"\n({n}) do thing number {n} for any person who asks;" for n in range(40))
    text = f"No officer shall:{items}"
    [one] = given(text, span=Span(text.index("(38)"), len(text)))
    here = ground(one, Cited(1, "do thing number 39 for any person"))
    assert here is not None
    assert here.whole.startswith("No officer shall:")
    assert faults("An officer does thing 39 for any person who asks.", [here], text)


def test_an_item_beside_governs_nothing(given: GivenOf) -> None:
    text = "(a) Nothing here shall affect:\n(i) the courts.\n(b) This order shall be carried out."
    [one] = given(text, span=Span(text.index("(b)"), len(text)))
    here = ground(one, Cited(1, "This order shall be carried out"))
    assert here is not None
    assert faults("This order shall be carried out.", [here], text) == []


def test_words_that_an_act_deletes_bear_nothing(given: GivenOf) -> None:
    text = "The jail [may hold a person for a day] shall release a person."
    gone = Mark(Span(text.index("["), text.index("]") + 1), "deleted")
    [one] = given(text, marks=[gone])
    assert ground(one, Cited(1, "may hold a person for a day")) is None
    kept = ground(one, Cited(1, "shall release a person"))
    assert isinstance(kept, Ground)
    assert "may" not in kept.words
