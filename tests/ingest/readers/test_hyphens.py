"""Hyphens at line ends: gone where they only broke a word, kept everywhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.draft import Draft
from ingest.readers.hyphens import Vocabulary, join_hyphens, unwrap

WORDS = frozenset({"immigration", "factor", "selfish", "detainer", "remove"})


def read(text: str) -> str:
    return unwrap(join_hyphens(Draft.of(text), WORDS)).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Federal immigra-\ntion law", "Federal immigration law"),
        ("Federal IMMIGRA-\nTION law", "Federal IMMIGRATION law"),
        # known from the document itself, not from the list
        ("a desig-\nnee; the designee shall", "a designee; the designee shall"),
        # the list lacks the ending
        ("all detain-\ners lapse", "all detainers lapse"),
        # the document prints the compound elsewhere with its hyphen
        ("law-\nenforcement and law-enforcement", "law-enforcement and law-enforcement"),
        # nobody knows "lawenforcement": the hyphen stays
        ("law-\nenforcement", "law-enforcement"),
        # "selfish" is a word, "self-ish" was never meant by it: compounds of self keep theirs
        ("self-\nish", "self-ish"),
        ("short-\nand long-term", "short- and long-term"),
        ("FR Doc. 2025-\n02006", "FR Doc. 2025-02006"),
        ("Hutchinson-\nReed", "Hutchinson-Reed"),
        ("inter-immigra-\ntion", "inter-immigration"),
        # a dash, not a hyphen
        ("he said -\nand left", "he said - and left"),
        ("May 2024–\n2025 and/\nor", "May 2024–2025 and/or"),
        # a soft hyphen breaks a word, unless both halves are words and the whole is not
        ("immigra\u00ad\ntion", "immigration"),
        ("remove\u00ad\nfactor", "remove-factor"),
        # a blank line parts two blocks, whatever stands before it
        ("had --\n\nMR. CLEMENT: Yes", "had --\n\nMR. CLEMENT: Yes"),
    ],
)
def test_a_hyphen_goes_only_where_the_whole_word_is_known(text: str, expected: str) -> None:
    assert read(text) == expected


def test_a_joined_hyphen_is_on_record_and_a_kept_one_is_not() -> None:
    joined = join_hyphens(Draft.of("immigra-\ntion law-\nenforcement"), WORDS)
    assert [(r.original, r.rule) for r in joined.repairs] == [("-\n", "line-end hyphen")]


def test_the_packaged_list_knows_plain_words_and_their_endings() -> None:
    words = Vocabulary.of("")
    assert words.knows("immigration")
    assert words.knows("subsections")
    assert not words.knows("tennination")


@given(st.lists(st.sampled_from(["a-", "b", "immigra-", "tion", "\u00ad", "\n", "\n\n", " ", "-"])))
def test_no_letter_is_lost_or_made_up(parts: list[str]) -> None:
    text = "".join(parts)
    letters = [c for c in text if c.isalpha()]
    assert [c for c in read(text) if c.isalpha()] == letters
