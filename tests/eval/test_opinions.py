"""The labelled stretches of rulings, and what the program says of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from eval.errors import BenchmarkError, EvaluationError
from eval.opinions import Checked, Label, accuracy, check, check_all, load_labels
from pincite.kinds import Kind
from pincite.types import Document, Entry, Section, Span

TEXT = (
    "Syllabus\nThe Act is void.\nJustice LANE.\nWe hold it void.\nWe agree.\nJustice REED.\nNot I."
)
DISSENT = Label("one", "lane", "Not I.", "dissent", "Reed")


def ruling() -> Document:
    entry = Entry(id="lane", source="lane.md", kind=Kind.COURT_RULING, title="Lane v. Reed")
    court, reed = TEXT.index("Justice LANE"), TEXT.index("Justice REED")
    sections = (
        Section("Syllabus", "", 0, Span(0, court - 1), "syllabus"),
        Section("Opinion of the Court", "", 0, Span(court, reed - 1), "majority", "Lane, C. J."),
        Section("Dissent", "", 0, Span(reed, len(TEXT)), "dissent", "Reed, J."),
    )
    return Document(entry, TEXT, "v", (), sections)


@pytest.mark.parametrize(
    ("quote", "part", "author"),
    [
        ("The Act is void.", "syllabus", None),
        ("We hold it void.", "majority", "Lane"),  # a chief justice's surname
        ("Not I.", "dissent", "Reed"),
    ],
)
def test_part_and_surname_come_from_the_outline(quote: str, part: str, author: str | None) -> None:
    found = check(replace(DISSENT, quote=quote), ruling())
    assert (found.part, found.author) == (part, author)


def test_a_label_is_right_only_with_both_part_and_author() -> None:
    right = Checked(DISSENT, "dissent", "Reed")
    misses = [replace(right, part="majority"), replace(right, author="Lane")]
    assert right.is_right
    assert not any(miss.is_right for miss in misses)
    assert accuracy([right, *misses, right]) == 2 / 4


def test_a_miss_is_printed_with_what_was_said_and_what_is_so() -> None:
    miss = Checked(DISSENT, "majority", "Lane")
    assert str(miss) == "one: majority by Lane, should be dissent by Reed: 'Not I.'"


def test_several_authors_keep_their_names() -> None:
    first, second, dissent = ruling().sections
    joint = replace(dissent, author="Reed and Soto, JJ.")
    found = check(DISSENT, replace(ruling(), sections=(first, second, joint)))
    assert found.author == "Reed and Soto"


@pytest.mark.parametrize("quote", ["nowhere to be found", "We "])
def test_a_quote_must_occur_once(quote: str) -> None:
    with pytest.raises(EvaluationError, match="one: its quote must occur once in lane"):
        check(replace(DISSENT, quote=quote), ruling())


def test_a_malformed_label_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "labels.jsonl"
    file.write_text('{"id": "a", "document": "b", "quote": "c", "part": "gloss", "author": null}')
    with pytest.raises(BenchmarkError, match=r"labels\.jsonl:1: part: 'gloss' is none of"):
        load_labels(file)


def test_the_labels_are_sixty_and_spread() -> None:
    labels = load_labels()
    assert len({label.id for label in labels}) == len({label.quote for label in labels}) == 60
    assert all(8 <= len(label.quote.split()) <= 30 for label in labels)
    assert len({label.document_id for label in labels}) == 11
    # No ruling of either corpus is per curiam.
    assert Counter(label.part for label in labels) == {
        "concurrence": 15,
        "majority": 14,
        "dissent": 13,
        "in_part": 10,
        "syllabus": 5,
        "plurality": 2,
        "note": 1,
    }
    unsigned = {label.part for label in labels if label.author is None}
    assert unsigned == {"syllabus", "note"}


@pytest.mark.corpus
def test_the_program_knows_whose_words_they_are(corpus_dir: Path) -> None:
    checked = check_all(load_labels(), corpus_dir)
    misses = [str(one) for one in checked if not one.is_right]
    assert accuracy(checked) >= 0.98, "\n".join(misses)
