"""The drafting marks of amending acts, and where they mean nothing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.amendments import amends, drafting_facts, mark_amendments, split_run_in
from ingest.readers.draft import Draft
from ingest.readers.section_signs import mend_section_signs
from pincite.types import Span

ACT = (
    "Be it enacted by the Council as follows:\n"
    "Section 1. Section 9-131 is amended to read as follows:\n"
)


def marked(text: str, type: str, *underlined: str) -> list[str]:
    spans = [Span(text.index(words), text.index(words) + len(words)) for words in underlined]
    draft = mark_amendments(Draft.of(text), spans)
    return [mark.span.of(draft.text) for mark in draft.marks if mark.type == type]


@pytest.mark.parametrize(
    ("body", "deleted"),
    [
        ("a. The [old] law", ["[old]"]),
        ("officer[,] or employee[; or\n(iii) more].", ["[,]", "[; or\n(iii) more]"]),
        ("[one [inner] more] left", ["[one [inner] more]"]),
        ("he said [sic] and [old]", ["[old]"]),
        ("[5] 3. Department", ["[5]"]),
        ("[never closed\n§ 2. Section 9-132 is amended: [old]", ["[old]"]),
        ("never opened] but [old]", ["[old]"]),
    ],
)
def test_bracketed_words_are_deleted(body: str, deleted: list[str]) -> None:
    assert marked(ACT + body, "deleted") == deleted


@pytest.mark.parametrize(
    "text",
    [
        "Resolved, That the charter [as it is] is amended by nobody.",
        "Be it enacted by the Council as follows:\nSection 1. [Short title] This law is short.",
        "The court [of appeals] said the law is amended to read as follows: [x].",
    ],
)
def test_brackets_elsewhere_are_left_alone(text: str) -> None:
    assert not amends(text)
    assert marked(text, "deleted") == []


def test_underlined_words_are_inserted_but_not_the_enacting_clause() -> None:
    text = ACT + "a. The old and new law"
    enacting = "Be it enacted by the Council as follows:"
    assert marked(text, "inserted", enacting, "new") == ["new"]


def test_brackets_within_new_words_are_new() -> None:
    text = ACT + "a. The new [bracketed] words"
    assert marked(text, "inserted", "new [bracketed] words") == ["new [bracketed] words"]
    assert marked(text, "deleted", "new [bracketed] words") == []


def test_underlined_words_within_a_deletion_are_deleted() -> None:
    text = ACT + "[old words] new"
    assert marked(text, "inserted", "words] new") == [" new"]
    assert marked(text, "deleted", "words] new") == ["[old words]"]


def test_the_drafters_slip_is_a_note() -> None:
    slip = "LS #10182\nRJN/BC\n10/14/14\n9:00 PM\n"
    assert marked(ACT + "a. text\n§ 2. It takes effect.\n" + slip, "note") == [slip]


def test_capitals_alone_are_no_slip() -> None:
    assert marked(ACT + "a. text\nUSA\nEND", "note") == []


def test_unmatched_brackets_are_told() -> None:
    draft = mark_amendments(Draft.of(ACT + "[lost"))
    assert ("unmatched_brackets", "1") in drafting_facts(draft, underlining=True)


def test_text_without_underlining_says_so() -> None:
    facts = dict(drafting_facts(Draft.of(ACT), underlining=False))
    assert facts["drafting"] == "brackets only"
    assert "drafting_notice" in facts


@pytest.mark.parametrize(
    ("line", "split"),
    [
        (
            "§ 10-178 Immigration enforcement. a. Definitions. As used here.",
            "§ 10-178 Immigration enforcement.\na. Definitions. As used here.",
        ),
        (
            "b. Prohibition on detainers. 1. The department shall not.",
            "b. Prohibition on detainers.\n1. The department shall not.",
        ),
        ("§ 2. Subdivision f of section 9-131 is amended.", None),
        ("a. The number 1 is a number.", None),
    ],
)
def test_run_in_clauses_get_their_own_line(line: str, split: str | None) -> None:
    draft = split_run_in(Draft.of(ACT + line))
    assert draft.text == ACT + (split or line)
    assert draft.repairs == ()


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("8 C.F.R. \ufffd 287.7", "8 C.F.R. § 287.7"),
        ("\ufffd2. This law", "§2. This law"),
        ("\ufffd\ufffd 4 and 5", "§§ 4 and 5"),
        ("(\ufffd27A.1)", "(§27A.1)"),
        ("caf\ufffd 2000", "caf\ufffd 2000"),  # behind a letter anything may have stood
        ("the mayor\ufffds office", "the mayor\ufffds office"),
        ("3\ufffd4", "3\ufffd4"),
        ("\ufffd\ufffd\ufffd 4", "\ufffd\ufffd\ufffd 4"),
    ],
)
def test_section_signs_are_mended_only_before_a_number(text: str, mended: str) -> None:
    draft = mend_section_signs(Draft.of(text))
    assert draft.text == mended
    assert len(draft.repairs) == (text != mended)


@given(st.lists(st.sampled_from(["[", "]", "word ", "\n", "§ 2. Section 1 ", "[sic]", "new "])))
def test_marks_never_overlap_nor_stand_outside_the_body(pieces: list[str]) -> None:
    text = ACT + "".join(pieces)
    spans = [Span(i, i + 4) for i in range(0, len(text) - 4, 9)]
    draft = mark_amendments(Draft.of(text), spans)
    drafting = sorted(m.span for m in draft.marks if m.type in ("deleted", "inserted"))
    assert all(a.end <= b.start for a, b in pairwise(drafting))
    assert all(span.start >= text.index(":") for span in drafting)
    assert draft.text == text
