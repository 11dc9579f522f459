"""Rulings divided into opinions: who wrote each, for whom it speaks, and where it ends."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from ingest.outlines.opinion import outline_opinion
from ingest.outlines.opinion_notes import owners
from ingest.readers.draft import Draft
from ingest.readers.rulings.cleaning import clean_opinion
from pincite.types import Mark, Reading, Section, Span

RULING = """Town of Alder v. County of Birch
Syllabus
The county ordered the town to keep a register.
REED, C. J., announced the judgment of the Court and delivered the opinion of the Court with \
respect to Parts I and II-B, in which OAKES and LANE, JJ., joined. LANE, J., filed a dissent.
Ada Moss, for the town.
Chief Justice REED announced the judgment of the Court and delivered the opinion of the Court \
with respect to Parts I and II-B, and an opinion with respect to Part II-A.
A register costs money.1
1 It always did.
I
The town refused.
II
A
The county has some power.
B
It has not this one.
* * *
The judgment is reversed.
Justice LANE, with whom Justice OAKES joins as to Part II, dissenting.
I would affirm."""


def marked(text: str) -> tuple[Mark, ...]:
    """Headings and notes, as a reader would mark them."""
    marks: list[Mark] = []
    at = 0
    for line in text.split("\n"):
        if line in ("I", "II", "A", "B"):
            marks.append(Mark(Span(at, at + len(line)), "heading", "2"))
        elif line[:2] == "1 ":
            marks.append(Mark(Span(at, at + len(line)), "footnote", "1"))
        at += len(line) + 1
    return tuple(marks)


def outlined(text: str) -> dict[str, Section]:
    return {section.label: section for section in outline_opinion(text, marked(text), ())}


def test_outermost_sections_are_caption_syllabus_counsel_and_opinions() -> None:
    sections = outline_opinion(RULING, marked(RULING), ())
    assert [(s.label, s.part) for s in sections if s.level == 0] == [
        ("Caption", "furniture"),
        ("Syllabus", "syllabus"),
        ("Counsel", "furniture"),
        ("Opinion of the Court", "majority"),
        ("Lane, J., dissenting", "dissent"),
    ]


def test_parts_speak_for_the_court_only_where_their_author_says_so() -> None:
    sections = outlined(RULING)
    assert sections["Opinion of the Court"].speaks_for == ("I", "II-B")
    parts = {label: sections[label].part for label in ("I", "II", "II.A", "II.B")}
    assert parts == {"I": "majority", "II": "in_part", "II.A": "in_part", "II.B": "majority"}


def test_a_row_of_stars_ends_every_part() -> None:
    sections = outlined(RULING)
    assert sections["II.B"].span.of(RULING) == "B\nIt has not this one."
    assert sections["Opinion of the Court"].span.of(RULING).endswith("is reversed.")


def test_a_note_stands_below_the_opinion_it_belongs_to() -> None:
    note = outlined(RULING)["n.1"]
    assert (note.span.of(RULING), note.level, note.author) == (
        "1 It always did.",
        1,
        "Reed, C. J.",
    )


def test_joiners_of_parts_are_named_with_the_parts() -> None:
    sections = outlined(RULING)
    assert sections["Opinion of the Court"].joined == (
        "Oakes, J. (Parts I and II-B)",
        "Lane, J. (Parts I and II-B)",
    )
    assert sections["Lane, J., dissenting"].joined == ("Oakes, J. (Part II)",)


def test_a_ruling_without_a_byline_keeps_its_parts_and_has_no_author() -> None:
    text = "I\nThe motion is late.\nII\nIt is denied."
    assert [(s.label, s.part) for s in outline_opinion(text, marked(text), ())] == [
        ("Caption", None),
        ("I", None),
        ("II", None),
    ]


def test_collected_notes_go_to_the_opinions_that_refer_to_as_many() -> None:
    assert owners([18, 2, 33], [17, 0, 2, 33, 0]) == [0, 2, 3]
    assert owners([3], [3, 0, 0]) == [0]
    assert owners([1, 1], [1]) == [0, None]


Opinion = tuple[str, str | None, tuple[str, ...]]

# Read off the printed opinions: part, author, joiners.
OPINIONS: dict[str, list[Opinion]] = {
    "arizona-v-united-states-567-us-387": [
        (
            "majority",
            "Kennedy, J.",
            ("Roberts, C. J.", "Ginsburg, J.", "Breyer, J.", "Sotomayor, J."),
        ),
        ("in_part", "Scalia, J.", ()),
        ("in_part", "Thomas, J.", ()),
        ("in_part", "Alito, J.", ()),
    ],
    "clinton-v-city-of-new-york-524-us-417": [
        (
            "majority",
            "Stevens, J.",
            ("Rehnquist, C. J.", "Kennedy, J.", "Souter, J.", "Thomas, J.", "Ginsburg, J."),
        ),
        ("concurrence", "Kennedy, J.", ()),
        ("in_part", "Scalia, J.", ("O'Connor, J.", "Breyer, J. (Part III)")),
        ("dissent", "Breyer, J.", ("O'Connor, J. (Part III)", "Scalia, J. (Part III)")),
    ],
    "crosby-v-nftc-530-us-363": [
        (
            "majority",
            "Souter, J.",
            (
                "Rehnquist, C. J.",
                "Stevens, J.",
                "O'Connor, J.",
                "Kennedy, J.",
                "Ginsburg, J.",
                "Breyer, J.",
            ),
        ),
        ("concurrence", "Scalia, J.", ("Thomas, J.",)),
    ],
    # The file prints the end of Stevens's opinion before its beginning.
    "new-york-v-united-states-505-us-144": [
        (
            "majority",
            "O'Connor, J.",
            (
                "Rehnquist, C. J.",
                "Scalia, J.",
                "Kennedy, J.",
                "Souter, J.",
                "Thomas, J.",
                "White, J. (Parts III-A and III-B)",
                "Blackmun, J. (Parts III-A and III-B)",
                "Stevens, J. (Parts III-A and III-B)",
            ),
        ),
        ("in_part", "White, J.", ("Blackmun, J.", "Stevens, J.")),
        ("in_part", "Stevens, J.", ()),
        ("in_part", "Stevens, J.", ()),
    ],
    "nfib-v-sebelius-567-us-519": [
        (
            "majority",
            "Roberts, C. J.",
            (
                "Ginsburg, J. (Parts I, II, and III–C)",
                "Breyer, J. (Parts I, II, and III–C; Part IV)",
                "Sotomayor, J. (Parts I, II, and III–C)",
                "Kagan, J. (Parts I, II, and III–C; Part IV)",
            ),
        ),
        (
            "in_part",
            "Ginsburg, J.",
            (
                "Sotomayor, J.",
                "Breyer, J. (Parts I, II, III, and IV)",
                "Kagan, J. (Parts I, II, III, and IV)",
            ),
        ),
        ("dissent", "Scalia, Kennedy, Thomas, and Alito, JJ.", ()),
        ("dissent", "Thomas, J.", ()),
    ],
    "printz-edited-casebook": [("majority", "Scalia, J.", ())],
    "printz-v-united-states-521-us-898": [
        (
            "majority",
            "Scalia, J.",
            ("Rehnquist, C. J.", "O'Connor, J.", "Kennedy, J.", "Thomas, J."),
        ),
        ("concurrence", "O'Connor, J.", ()),
        ("concurrence", "Thomas, J.", ()),
        ("dissent", "Stevens, J.", ("Souter, J.", "Ginsburg, J.", "Breyer, J.")),
        ("dissent", "Souter, J.", ()),
        ("dissent", "Breyer, J.", ("Stevens, J.",)),
    ],
    "south-dakota-v-dole-483-us-203": [
        (
            "majority",
            "Rehnquist, C. J.",
            (
                "White, J.",
                "Marshall, J.",
                "Blackmun, J.",
                "Powell, J.",
                "Stevens, J.",
                "Scalia, J.",
            ),
        ),
        ("dissent", "Brennan, J.", ()),
        ("dissent", "O'Connor, J.", ()),
    ],
    "trump-v-hawaii-585-us-667": [
        (
            "majority",
            "Roberts, C. J.",
            ("Kennedy, J.", "Thomas, J.", "Alito, J.", "Gorsuch, J."),
        ),
        ("concurrence", "Kennedy, J.", ()),
        ("concurrence", "Thomas, J.", ()),
        ("dissent", "Breyer, J.", ("Kagan, J.",)),
        ("dissent", "Sotomayor, J.", ("Ginsburg, J.",)),
    ],
    "youngstown-v-sawyer-343-us-579": [
        ("majority", "Black, J.", ()),
        ("concurrence", "Frankfurter, J.", ()),
        ("concurrence", "Frankfurter, J.", ()),
        ("concurrence", "Douglas, J.", ()),
        ("concurrence", "Jackson, J.", ()),
        ("concurrence", "Burton, J.", ()),
        ("concurrence", "Clark, J.", ()),
        ("dissent", "Vinson, C. J.", ("Reed, J.", "Minton, J.")),
    ],
}


def reading_of(corpus_dir: Path, name: str) -> Reading:
    raw = (corpus_dir / "corpus/court_ruling" / f"{name}.md").read_text("utf-8")
    if name == "printz-edited-casebook":  # plain Markdown: nothing here to clean
        return Draft.of(raw.replace("**", "")).finish("plain", 1)
    return clean_opinion(Draft.of(raw)).finish("opinion", 1)


def sections_of(reading: Reading) -> tuple[Section, ...]:
    return outline_opinion(reading.text, reading.marks, reading.pages)


@pytest.mark.corpus
@pytest.mark.parametrize("name", OPINIONS)
def test_every_real_opinion_is_put_to_its_author(corpus_dir: Path, name: str) -> None:
    opinions = [
        (section.part, section.author, section.joined)
        for section in sections_of(reading_of(corpus_dir, name))
        if section.level == 0 and section.author and section.label != "Notes"
    ]
    assert opinions == OPINIONS[name]


@pytest.mark.corpus
@pytest.mark.parametrize("name", OPINIONS)
def test_real_sections_nest_and_cover_the_text(corpus_dir: Path, name: str) -> None:
    reading = reading_of(corpus_dir, name)
    sections = sections_of(reading)
    assert list(sections) == sorted(sections, key=lambda s: (s.span.start, -s.span.end))
    open_: list[Section] = []
    for section in sections:
        open_ = open_[: section.level]
        assert len(open_) == section.level
        assert not open_ or open_[-1].span.holds(section.span)
        open_.append(section)
    outermost = [section.span for section in sections if section.level == 0]
    between = [reading.text[a.end : b.start] for a, b in pairwise(outermost)]
    assert set(between) <= {"\n"}
    assert (outermost[0].start, outermost[-1].end) == (0, len(reading.text))


@pytest.mark.corpus
@pytest.mark.parametrize("name", OPINIONS)
def test_a_real_part_begins_with_its_number(corpus_dir: Path, name: str) -> None:
    reading = reading_of(corpus_dir, name)
    for section in sections_of(reading):
        number = section.label.removeprefix("n.").rsplit(".", 1)[-1]
        first = section.span.of(reading.text).split("\n")[0]
        if section.level and not first.startswith(number):
            assert first == "*", section  # the publisher lost the first number of a level
            assert number in ("I", "A", "1")


@pytest.mark.corpus
def test_only_the_parts_of_the_court_are_the_courts(corpus_dir: Path) -> None:
    sections = sections_of(reading_of(corpus_dir, "nfib-v-sebelius-567-us-519"))
    parts = {
        section.label: section.part
        for section in sections
        if section.author == "Roberts, C. J." and not section.label.startswith("n.")
    }
    assert {label for label, part in parts.items() if part == "plurality"} == {
        "IV",
        "IV.A",
        "IV.B",
    }
    assert {label for label, part in parts.items() if part == "in_part"} == {
        "III",
        "III.A",
        "III.A.1",
        "III.A.2",
        "III.B",
        "III.D",
    }
    assert {label for label, part in parts.items() if part == "majority"} == {
        "Opinion of the Court",
        "I",
        "II",
        "III.C",
    }


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "words", "author"),
    [
        ("new-york-v-united-states-505-us-144", "a simple command to state govern", "Stevens, J."),
        ("new-york-v-united-states-505-us-144", "As Senator McClure pointed out", "White, J."),
        ("printz-v-united-states-521-us-898", "The Court offers two criticisms", "Souter, J."),
        ("youngstown-v-sawyer-343-us-579", "A Hamilton may be match", "Jackson, J."),
        ("trump-v-hawaii-585-us-667", "“Nationwide injunctions” is perhaps", "Thomas, J."),
    ],
)
def test_words_in_notes_and_stray_stretches_have_their_author(
    corpus_dir: Path, name: str, words: str, author: str
) -> None:
    reading = reading_of(corpus_dir, name)
    at = reading.text.rindex(words)
    holding = [s for s in sections_of(reading) if s.span.start <= at < s.span.end]
    assert {section.author for section in holding} == {author}


def test_a_part_that_nobody_joined_speaks_for_its_author_alone() -> None:
    text = (
        "Syllabus\nHeld.\n"
        "ROBERTS, C. J., announced the judgment of the Court and delivered the opinion of the Court"
        " with respect to Part I, in which GINSBURG and KAGAN, JJ., joined; an opinion with respect"
        " to Part II, in which KAGAN, J., joined; and an opinion with respect to Part III."
        " SCALIA, J., filed a dissenting opinion.\n"
        "CHIEF JUSTICE ROBERTS announced the judgment of the Court and delivered the opinion of the"
        " Court with respect to Part I, an opinion with respect to Part II, in which JUSTICE KAGAN"
        " joins, and an opinion with respect to Part III.\n"
        "It is so.\nI\nOne.\nII\nTwo.\nIII\nThree.\nJUSTICE SCALIA, dissenting.\nNo."
    )
    marks = [*marked(text), Mark(Span(text.index("III\nT"), text.index("\nThree")), "heading", "2")]
    found = {section.label: section.part for section in outline_opinion(text, marks, ())}
    assert [found.get(part) for part in ("I", "II", "III")] == ["majority", "plurality", "in_part"]
