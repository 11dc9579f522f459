"""Markdown to a reading: syntax goes, words stay, clauses begin their own lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.format import Limits
from ingest.readers.markdown.flattened import clause_breaks
from ingest.readers.markdown.reader import read_markdown
from pincite.errors import FileRefused
from pincite.types import Reading


def reading(text: str) -> Reading:
    return read_markdown(text.encode(), Limits())


def marked(reading: Reading, type: str) -> list[tuple[str, str]]:
    return [(m.detail, m.span.of(reading.text)) for m in reading.marks if m.type == type]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("# Title\n\nOne **bold** and _leaning_ word.", "Title\nOne bold and leaning word."),
        ("See [the order](https://a.example/x_(y)).", "See the order."),
        (r"protect each of \[the States\] \(i\) now", "protect each of [the States] (i) now"),
        ("A line\nwrapped by hand.", "A line wrapped by hand."),
        (
            "No **officer** shall:\n(a) ask; or\n(b) tell.",
            "No officer shall:\n(a) ask; or\n(b) tell.",
        ),
        # a wrapped line that happens to begin with a reference
        (
            "as set out in subdivision\n(a) of this section",
            "as set out in subdivision (a) of this section",
        ),
        ("Sec.\n2. Terms of it.", "Sec. 2. Terms of it."),
        ("- first\n- second", "first\nsecond"),
        ("1. first\n2. second", "1. first\n2. second"),
        # the scraper counted the items, the clauses have letters of their own
        ("1. (a) Purpose.\n2. (b) Terms.", "(a) Purpose.\n(b) Terms."),
        ("1. 2.4.8. The permit.", "2.4.8. The permit."),
        ("| A | B |\n| --- | --- |\n| one | two |", "A | B\none | two"),
        (
            "<!-- id:1 -->\nCity means the city.\n\n<script>alert(1)</script>",
            "City means the city.",
        ),
        ("    (i) indented law is no code", "(i) indented law is no code"),
        ("Title\n---\n\nText.", "Title\nText."),  # a ruled line, not a heading
        ("[a]: Repealed.", "[a]: Repealed."),  # a clause, not a link's address
        ("Sign: ______ here", "Sign: ______ here"),
        (
            "THE HOUSE,\nMay 1, 2020.\n[Doc. 7]\nBilling 8",
            "THE HOUSE,\nMay 1, 2020.\n[Doc. 7]\nBilling 8",
        ),
    ],
)
def test_syntax_goes_and_words_stay(written: str, read: str) -> None:
    result = reading(written)
    assert result.text == read
    assert result.repairs == ()


def test_headings_are_marked_with_their_level() -> None:
    result = reading("# Code\n\n### Sec. 1\n\nText.\n\n**1. Bold title**\n\nMore **bold** text.")
    assert marked(result, "heading") == [("1", "Code"), ("3", "Sec. 1"), ("4", "1. Bold title")]


def test_a_bold_question_stands_apart_from_its_answer() -> None:
    result = reading('## Questions\n\n**"Is it law?"**\nIt is not.')
    assert result.text == 'Questions\n"Is it law?"\nIt is not.'
    assert marked(result, "heading")[-1] == ("3", '"Is it law?"')


def test_struck_words_are_marked_as_deleted() -> None:
    result = reading("The fee is ~~ten~~ <ins>twelve</ins> dollars.")
    assert result.text == "The fee is ten twelve dollars."
    assert marked(result, "deleted") == [("", "ten")]
    assert marked(result, "inserted") == [("", "twelve")]


def test_inline_images_and_captions_go_and_are_recorded() -> None:
    result = reading(
        "Text.\n\n![alt](data:image/png;base64,AAAA)\n\n"
        "<figure><img src='x.jpg'><figcaption>A *crowd*.</figcaption></figure>\n\nEnd."
    )
    assert result.text == "Text.\nalt\nEnd."
    assert [(r.rule, r.original) for r in result.repairs] == [
        ("inline image", "data:image/png;base64,AAAA"),
        ("caption", "A crowd."),
    ]


def test_front_matter_becomes_facts() -> None:
    result = reading(
        "---\ntitle: 'An Order'\ndate_signed: 2020-05-01\namends:\n- a\n- b\n---\n\nText."
    )
    assert result.text == "Text."
    assert result.facts == (
        ("date", "2020-05-01"),
        ("title", "An Order"),
        ("date_signed", "2020-05-01"),
        ("amends", "a"),
        ("amends", "b"),
    )


def test_what_only_looks_like_front_matter_is_text() -> None:
    assert "colon: [" in reading("---\ncolon: [\n---\nText.").text


def test_headings_of_joined_chunks_stand_once() -> None:
    head = "# Title 9\n#### § 7. Duties\n"
    result = reading(
        f"{head}##### (a) First\n\nA.\n\n{head}##### (a) First\n\nB.\n\n{head}##### (b) Next\n\nC."
    )
    assert result.text == "Title 9\n§ 7. Duties\n(a) First\nA.\nB.\n(b) Next\nC."
    assert {repair.rule for repair in result.repairs} == {"repeated heading"}
    assert len(result.repairs) == 5  # title and section twice, "(a) First" once


def test_like_headings_of_one_document_stay() -> None:
    assert (
        reading("# Code\n\n## Notes\n\nA.\n\n## Notes\n\nB.").text == "Code\nNotes\nA.\nNotes\nB."
    )


FEDERAL = """# Executive Order 99999: A Title

## Summary

**Date:** January 20, 2021

**Document Details:**
- Executive Order Number: 99999

## Sources
- [Federal Register](https://register.example/1)

---

## Executive Order 99999

Executive Order 99999 of January 20, 2021
A Title
### Section 1.

**Purpose**

The Secretary, through the Director of U.S.

Customs (8 U.S.C. 1101
et seq.
), shall act.
### Section 2.

Physical Barriers
The Secretary shall build.

NAME.EPS
THE WHITE HOUSE,
January 20, 2021.
[FR Doc. 2021-1
Filed 1-22-21]
"""


def test_a_scraped_federal_order_is_mended() -> None:
    result = reading(FEDERAL)
    assert result.text.split("\n") == [
        "Executive Order 99999: A Title",
        "Executive Order 99999 of January 20, 2021",
        "A Title",
        "Section 1. Purpose",
        "The Secretary, through the Director of U.S. Customs (8 U.S.C. 1101 et seq.), shall act.",
        "Section 2. Physical Barriers",
        "The Secretary shall build.",
        "THE WHITE HOUSE,",
        "January 20, 2021.",
        "[FR Doc. 2021-1",
        "Filed 1-22-21]",
    ]
    assert ("3", "Section 2. Physical Barriers") in marked(result, "heading")
    assert [repair.rule for repair in result.repairs] == ["scraper preamble", "picture name"]
    assert dict(result.facts)["date"] == "2021-01-20"


SCANNED = """---
text_source: ocr
---
THE CITY OF EXAMPLE
OFFICE OF THE MAYOR
Executive Order No. 4
WHEREAS, the City serves all of its residents and
wants them to be served; and
WHEREAS, nobody shall be afraid of serv-
ices,
Section 1.
Definitions.
a.
"Alien" means any person who is not a citi-
zen of the United
2

States or of another.
b. An officer shall not ask unless
(1) the law requires it, as set out in sub*section
(a) of this order.

JANE DOE
MAYOR
"""


def test_lines_off_a_scanned_page_become_blocks() -> None:
    result = reading(SCANNED.replace("\n2\n", "\n1\n"))
    assert result.text.split("\n") == [
        "THE CITY OF EXAMPLE",
        "OFFICE OF THE MAYOR",
        "Executive Order No. 4",
        "WHEREAS, the City serves all of its residents and wants them to be served; and",
        "WHEREAS, nobody shall be afraid of services,",
        "Section 1. Definitions.",
        'a. "Alien" means any person who is not a citizen of the United States or of another.',
        "b. An officer shall not ask unless",
        "(1) the law requires it, as set out in sub*section (a) of this order.",
        "JANE DOE",
        "MAYOR",
    ]
    assert marked(result, "ocr") == [("", result.text)]
    assert sorted(r.rule for r in result.repairs) == ["line-end hyphen"] * 2 + ["page number"]


@pytest.mark.parametrize(
    ("line", "breaks"),
    [
        ("(e) Order. (1) First. (2) Second: (a) one; and (b) two. (3) Third.", 5),
        ("(1) To hear; (2) to decide.", 1),
        ("The board shall: (1) hear; (2) decide.", 2),
        ("U. Violations: 1. It shall be so. 2. And so.", 2),
        ("(a) As used in (1) and (2) of this section.", 0),  # not behind the end of a clause
        ("(a) A fine; (1) only one number.", 0),
        ("(a) Within sixty (60) days; within ten (10) days.", 0),
    ],
)
def test_clauses_that_were_run_together_are_parted(line: str, breaks: int) -> None:
    found = clause_breaks(line)
    assert len(found) == breaks
    assert all(line[at] == " " for at in found)


def test_notes_of_a_compiler_are_marked() -> None:
    result = reading(
        "# Code\n\nRetrieved: 2026-03-06\n\n## Sec. 1\n\nLaw.\n\nCross reference(s) – Sec. 2."
    )
    assert marked(result, "note") == [
        ("preamble", "Retrieved: 2026-03-06"),
        ("", "Cross reference(s) – Sec. 2."),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [("---\na: 1\n---\n", "no_text"), (">" * 500 + " deep", "malformed"), ("", "empty")],
)
def test_refuses_what_holds_no_text_or_would_lose_some(text: str, reason: str) -> None:
    with pytest.raises(FileRefused) as refused:
        reading(text)
    assert refused.value.reason == reason


@given(st.text(alphabet="ab(1). \n#*_[]|>-~`<\\§", min_size=1, max_size=200))
def test_any_text_gives_canonical_blocks_with_spans_inside(text: str) -> None:
    try:
        result = reading(text)
    except FileRefused:
        return
    assert "\n\n" not in result.text
    assert "  " not in result.text
    assert result.text == result.text.strip()
    for span in [m.span for m in result.marks] + [r.span for r in result.repairs]:
        assert 0 <= span.start <= span.end <= len(result.text)


@given(st.lists(st.sampled_from(["the", "law", "(a)", "1.", "of", "city;"]), min_size=1))
def test_plain_words_come_through_in_order(words: list[str]) -> None:
    assert reading("Text: " + " ".join(words)).text.split()[1:] == words


@pytest.mark.corpus
def test_real_code_reads_with_its_clauses(corpus_dir: Path) -> None:
    source = corpus_dir / "corpus/ordinance/somerville-ma-sec-2-6-welcoming-community.md"
    lines = read_markdown(source.read_bytes(), Limits()).text.split("\n")
    assert any(line.startswith("(4) ICE detainers and administrative warrants") for line in lines)


@pytest.mark.corpus
def test_real_section_1373_stands_under_one_heading(corpus_dir: Path) -> None:
    source = corpus_dir / "corpus/statute/usc-08-1373.md"
    result = read_markdown(source.read_bytes(), Limits())
    assert result.text.count("§ 1373.") == 1
    assert [words[:3] for _, words in marked(result, "heading")][3:] == ["(a)", "(b)", "(c)"]
