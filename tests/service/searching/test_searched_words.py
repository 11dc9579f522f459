"""The words of a passage that were searched for, as they stand in it, and what of it is shown."""

from __future__ import annotations

import pytest

from pincite.types import Hit, Locator, Passage, Span, Stage
from service.searching.bearing import Bearing
from service.searching.matching import excerpt, matching, searched


def marked(text: str, query: str) -> list[str]:
    return [span.of(text) for span in matching(text, searched(query))]


@pytest.mark.parametrize(
    ("query", "text", "words"),
    [
        ("detaining", "A detainer detains; DETAINED.", ["detainer", "detains", "DETAINED"]),
        ("the 48 hours", "The 48-hour hold is over in hours.", ["48", "hour", "hours"]),
        # Of a citation the numbers count, not "8", "U", "S" and "C".
        ("8 U.S.C. § 1373(a)", "8 men, C. and § 1373(a)", ["1373"]),
        ("café’s", "A café’s <b>café</b>", ["café’s", "café"]),
        ("what is it", "what is it", []),
    ],
)
def test_words_are_found_in_whatever_form_they_stand(
    query: str, text: str, words: list[str]
) -> None:
    assert marked(text, query) == words


def test_a_short_passage_is_shown_whole_behind_its_headings() -> None:
    text = "Tolls\nA truck pays."
    assert excerpt(text, frozenset(), len).of(text) == text
    assert excerpt(text, frozenset(), len, ["Tolls"]).of(text) == "A truck pays."
    assert excerpt("Tolls", frozenset(), len, ["Tolls"]) == Span(0, 5)


def test_of_a_long_passage_the_sentences_that_say_most_are_shown() -> None:
    filler = "Nothing of this bears on the matter at hand, and it goes on for a while. "
    text = filler * 9 + "A detainer ends after hours. " + filler * 9
    part = excerpt(text.strip(), searched("detainer hours"), lambda stem: 1.0)
    assert "A detainer ends after hours." in part.of(text)
    assert 0 < part.start < part.end < len(text)
    assert part.end - part.start <= 420
    assert part.of(text).startswith("A detainer")


def test_what_is_shown_grows_to_the_side_that_says_more() -> None:
    filler = "Nothing of this bears on the matter at hand, and it goes on for a while. "
    text = filler * 9 + "Hours are counted. A detainer ends after hours. " + filler * 9
    part = excerpt(text, searched("detainer hours"), lambda stem: 1.0)
    assert part.of(text).startswith("Hours are counted. A detainer")


def test_a_sentence_without_an_end_is_cut_between_words() -> None:
    text = "word " * 400 + "detainer " + "word " * 400
    part = excerpt(text, searched("detainer"), lambda stem: 1.0)
    assert "detainer" in part.of(text)
    assert part.end - part.start <= 560
    assert text[part.start - 1] == " "
    assert not text[part.end : part.end + 1].strip()


@pytest.mark.parametrize(
    ("ranks", "text", "bears"),
    [
        ((("citation", 90),), "Nothing alike.", True),
        ((("dense", 20),), "Nothing alike.", True),
        ((("dense", 21),), "Nothing alike.", False),
        ((("dense", 90), ("bm25", 90)), "Nothing alike.", True),
        ((("bm25", 90),), "A detainer and no more.", True),  # half of the words, of equal weight
        ((("bm25", 90), ("rerank", 1)), "A clock and no more.", False),
        ((), "Law of a place that is named.", True),
    ],
)
def test_what_stands_far_down_in_one_leg_must_say_half_of_the_words(
    ranks: tuple[tuple[Stage, int], ...], text: str, bears: bool
) -> None:
    bearing = Bearing(searched("detainer hours"), lambda stem: 1.0)
    hit = Hit(Passage("a", "v", Span(0, len(text)), text, Locator()), 1.0, ranks)
    assert bearing(hit) is bears
    assert bearing(hit) is bears


@pytest.mark.parametrize(("text", "bears"), [("Filed 3-18.", False), ("On a detainer.", True)])
def test_a_note_must_say_one_of_the_words(text: str, bears: bool) -> None:
    bearing = Bearing(searched("detainer hours"), lambda stem: 1.0)
    note = Passage("a", "v", Span(0, len(text)), text, Locator(part="note"))
    assert bearing(Hit(note, 1.0, (("dense", 1),))) is bears
