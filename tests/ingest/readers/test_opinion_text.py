"""Rulings in print layout read as running paragraphs, and no character is lost or made up."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from ingest.readers.draft import Draft
from ingest.readers.rulings.cleaning import clean_opinion, looks_like_opinion
from pincite.types import Reading

# Pages of an invented print: a link breaks a sentence, a note a paragraph. "~" is a space.
SLIP = """
    (Slip Opinion)              OCTOBER TERM, 2030                                       1

                                       Syllabus

    SUPREME COURT OF THE UNITED STATES

                                       Syllabus

                     ALDER v. BIRCH

           No. 11–1.      Argued May 2, 2030—Decided June 5, 2030
    A town kept a register of all who came to live there and told no\xad
     body what stood in it, not even those whose names it held for years.
    Held:
        1. The register is lawful. Alder v. Ash,~

[200 U.S. 1](/opinion/1/alder-v-ash/)

   ~
   ~
    , 7. Pp. 2–3.
       OAKES, J., delivered the opinion of the Court.
    \x0c                 Cite as: 999 U. S. ____ (2030)           1

                         Opinion of the Court

    SUPREME COURT OF THE UNITED STATES
                                   _________________

                                       No. 11–1

                                     [June 5, 2030]

      JUSTICE OAKES delivered the opinion of the Court.
      The town says that the register has always been open to all who
    asked for it in person, and the county says that nobody ever knew
    where to ask, whom to ask or when.1 We think that the county is the
                                 I
      A register that nobody can find is not open, and the town can be
    told so by any court that has the county before it, under a settled
    ——————
      1 The office was in a cellar. It had no door that the record shows
   ~
    and no hours, as the parties have agreed in this Court and below as
    2                ALDER v. BIRCH

                     Opinion of the Court

    rule of law. See~

9 U.S. C

   ~
   ~
    . §12, which says:
          “A register shall be open to all persons, on any day of
          the week, at an office that is named in the register
          itself.”
       It follows that the town must open it.
    ——————
    well.
                                              It is so ordered.
""".replace("~", " ")

REPORTED = """9 U.S. 1

8 S.Ct. 2

Alder ~
v. ~
Birch.

Justice OAKES delivered the opinion of the Court.

1

The town says that _nobody_ ever asked.1 It kept a ''register'' of immi-
gration.

2

* The register was at __ closed.

II

3

We affirm.

Justice LANE, dissenting.

4

I would not.

1

Nobody is a strong word.

It is also a short one.
""".replace("~", " ")


def cleaned(raw: str) -> Reading:
    return clean_opinion(Draft.of(raw)).finish("opinion", 1)


def test_a_slip_opinion_reads_as_running_paragraphs() -> None:
    lines = cleaned(SLIP).text.split("\n")
    assert lines[lines.index("Held:") - 1] == (
        "A town kept a register of all who came to live there and told nobody what stood in it,"
        " not even those whose names it held for years."
    )
    assert "1. The register is lawful. Alder v. Ash, 200 U.S. 1, 7. Pp. 2–3." in lines
    cut = next(line for line in lines if line.startswith("A register that nobody"))
    assert cut.endswith("under a settled rule of law. See 9 U.S. C. §12, which says:")
    assert lines[lines.index(cut) + 1].startswith("1 The office was in a cellar.")


def test_a_slip_opinions_quotation_is_a_block_of_its_own() -> None:
    lines = cleaned(SLIP).text.split("\n")
    quotation = next(n for n, line in enumerate(lines) if line.startswith("“A register shall"))
    assert lines[quotation].endswith("the register itself.”")
    assert lines[quotation + 1] == "It follows that the town must open it."


def test_a_slip_opinions_pages_carry_their_printed_numbers() -> None:
    reading = cleaned(SLIP)
    at = reading.text.index("rule of law")
    page = next(p for p in reading.pages if p.span.start <= at < p.span.end)
    note = reading.text.index("1 The office")
    note_page = next(p for p in reading.pages if p.span.start <= note < p.span.end)
    assert (page.label, note_page.label) == ("slip op. 2", "slip op. 1")
    assert reading.pages[0].label == "syllabus 1"


def test_a_note_that_cut_a_paragraph_goes_below_it_with_a_record() -> None:
    reading = cleaned(SLIP)
    notes = [mark for mark in reading.marks if mark.type == "footnote"]
    assert [(m.detail, m.span.of(reading.text)[:12]) for m in notes] == [("1", "1 The office")]
    assert "note below its paragraph" in {repair.rule for repair in reading.repairs}


def test_a_reported_opinions_numbers_become_marks() -> None:
    reading = cleaned(REPORTED)
    assert reading.text.split("\n")[6:] == [
        'The town says that nobody ever asked.1 It kept a "register" of immigration.',
        "*",
        "The register was at __ closed.",
        "II",
        "We affirm.",
        "Justice LANE, dissenting.",
        "I would not.",
        "1 Nobody is a strong word.",
        "It is also a short one.",
    ]
    marks = [(m.type, m.detail, m.span.of(reading.text)[:9]) for m in reading.marks]
    assert marks == [
        ("paragraph", "1", "The"),
        ("heading", "2", "*"),
        ("paragraph", "2", "The"),
        ("heading", "2", "II"),
        ("paragraph", "3", "We"),
        ("paragraph", "4", "I"),
        ("footnote", "1", "1 Nobody "),
    ]


@pytest.mark.parametrize(
    "text", ["# A page\n\nof Markdown.", "", "    code\n", "9 U.S. 1 is cited."]
)
def test_other_texts_are_left_to_the_markdown_reader(text: str) -> None:
    assert not looks_like_opinion(text)
    assert clean_opinion(Draft.of(text)).text == text


def letters(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]", text))


DROPPED = ("running head", "note rule", "ruled line", "paragraph number")
_TARGET = re.compile(r"\]\(/[^)]*\)")


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["arizona", "clinton", "crosby", "new-york", "nfib", "printz-v"])
def test_no_letter_of_a_real_ruling_is_lost_or_made_up(corpus_dir: Path, name: str) -> None:
    folder = corpus_dir / "corpus/court_ruling"
    raw = next(folder.glob(f"{name}*.md")).read_text("utf-8")
    reading = cleaned(raw)
    dropped = "".join(r.original for r in reading.repairs if r.rule in DROPPED)
    assert letters(_TARGET.sub("]", raw)) == letters(reading.text + dropped)


@pytest.mark.corpus
def test_a_page_head_that_a_link_took_in_is_no_part_of_the_sentence(corpus_dir: Path) -> None:
    raw = (corpus_dir / "corpus/court_ruling/trump-v-hawaii-585-us-667.md").read_text("utf-8")
    reading = cleaned(raw)
    assert "Humanitarian Law Project, 561 U.S., at 33–34.6" in reading.text
    assert "\nA\nThis Court has never treated" in reading.text
    assert not re.search(r"TRUMP v. HAWAII|Cite as:", reading.text)
