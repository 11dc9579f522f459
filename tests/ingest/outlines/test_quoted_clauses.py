"""Clauses that an act quotes, lists or misprints stand where a lawyer would cite them."""

from __future__ import annotations

import time

import pytest

from ingest.outlines.agreement import outline_agreement
from ingest.outlines.code import outline_code
from ingest.outlines.prose import outline_prose
from ingest.outlines.table import outline
from pincite.citing.outline import Outline
from pincite.kinds import Kind
from pincite.types import Reading, Section

ACT = (
    "Sec. 201. Chapter 4A of title 13 of the Code is amended as follows:\n"
    "(a) The table of contents is amended by adding a new section designation to read as follows:\n"
    "§ 13-449 Affirmation of gates.\n"
    "(b) Section 13-443 is amended as follows:\n"
    '(1) Subsection (a) is amended by striking the phrase "gate".\n'
    "(2) A new subsection (d) is added to read as follows:\n"
    "(d) Gates stay open.\n"
    "(c) A new section 13-449 is added to read as follows:\n"
    "§ 13-449 Affirmation of gates.\n"
    "Gates may be affirmed."
)


def labels(text: str, sections: tuple[Section, ...], words: str) -> list[str]:
    return [s.label for s in Outline(sections).path(text.index(words)) if s.label]


def test_an_entry_of_a_table_of_contents_opens_no_section() -> None:
    found = outline_code(ACT, (), ())
    assert labels(ACT, found, "striking") == ["§ 201", "(b)", "(1)"]


def test_a_quoted_subsection_lies_in_the_clause_that_adds_it() -> None:
    found = outline_code(ACT, (), ())
    assert labels(ACT, found, "stay open") == ["§ 201", "(b)", "(2)", "(d)"]
    assert labels(ACT, found, "A new section") == ["§ 201", "(c)"]
    assert labels(ACT, found, "may be affirmed") == ["§ 201", "§ 13-449"]


def test_a_letter_that_stands_for_one_is_cited_as_one() -> None:
    text = "Section 3. Facts.\na. Nobody shall ask unless:\n(l) It is needed; or\n(2) The law asks."
    assert labels(text, outline_code(text, (), ()), "needed")[-1] == "(1)"


def test_an_addendum_and_a_misread_appendix_are_parts_of_an_agreement() -> None:
    text = (
        "I. PURPOSE\nTo agree.\nAPPENDIXB\nCOMPLAINTS\n1. Write.\n"
        "ADDENDUM TO MODIFY THE AGREEMENT\nIt is modified."
    )
    found = outline_agreement(text, (), ())
    assert labels(text, found, "Write") == ["App. B", "1"]
    assert labels(text, found, "modified.") == ["Addendum"]


def test_a_record_that_prints_an_act_is_divided_as_the_act() -> None:
    text = (
        "A Local Law on gates\nBe it enacted by the Council as follows:\n"
        "Section 1. Section 14-154 of the code is amended to read as follows:\n"
        "§14-154. Gates.\na. One.\nb. Two."
    )
    assert labels(text, outline_prose(text, (), ()), "Two") == ["§ 1", "§ 14-154", "(b)"]
    told = "The Council was asked:\nBe it enacted, he said, and sat down.\na. One.\nb. Two."
    assert labels(told, outline_prose(told, (), ()), "Two") == []


@pytest.mark.parametrize("word", ["(a)", '"', "A. ", "(1) (i) ", "[", "a. b. "])
def test_a_hostile_line_costs_no_more_than_a_long_one(word: str) -> None:
    text = f"§ 1. Rule.\n(a) No jail holds a person.\n{word * (60_000 // len(word))}\n(b) More."
    started = time.perf_counter()
    outline(Kind.STATUTE, Reading(text, "plain", 1))
    assert time.perf_counter() - started < 3  # some hundredths here; the square would be minutes
