"""Citations in text, in one normal form."""

from __future__ import annotations

import pytest

from pincite.citations.find import citations_in, citations_of
from pincite.kinds import Kind
from pincite.types import Entry

FOUND = [
    ("8 U.S.C. § 1373(a)", ["8 usc 1373", "8 usc 1373(a)"]),
    ("8 USC 1373", ["8 usc 1373"]),
    ("8 U.S.C. 1357(g)(10)", ["8 usc 1357", "8 usc 1357(g)", "8 usc 1357(g)(10)"]),
    ("under section 1373 of title 8", ["8 usc 1373"]),
    ("8 C.F.R. § 287.7(d)", ["8 cfr 287.7", "8 cfr 287.7(d)"]),
    ("Printz v. United States, 521 U.S. 898, 935 (1997)", ["521 us 898"]),
    ("Exec. Order No. 13,768, 82 Fed. Reg. 8799", ["eo 13768", "82 fr 8799"]),
    ("EO 14159", ["eo 14159"]),
    ("Local Law 58 of 2014", ["nyc ll 58/2014"]),
    ("local law number 228 for the year 2017", ["nyc ll 228/2017"]),
    ("N.Y.C. Exec. Order No. 41 (2003)", ["nyc eo 41/2003"]),
    ("New York City Executive Order 50 of 2025", ["nyc eo 50/2025"]),
    ("N.Y.C. Council Int. 0214-2024", ["nyc int 214/2024"]),
    ("Res. 836 of 2025", ["nyc res 836/2025"]),
    ("D.C. Code § 24-211.07(a)", ["dc code 24-211.07", "dc code 24-211.07(a)"]),
    ("D.C. Law 23-282", ["dc law 23-282"]),
    ("Iowa Code section 27A.4", ["iowa code 27a.4"]),
    ("§ 9-131(b)", ["§ 9-131", "§ 9-131(b)"]),
    ("no citation at all in 2017", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "forms"), FOUND, ids=[text for text, _ in FOUND])
def test_finds_and_normalises(text: str, forms: list[str]) -> None:
    assert citations_in(text) == forms


def entry(citation: str) -> Entry:
    return Entry("x", Kind.STATUTE, "Title", "x.md", citation=citation)


def test_a_clause_is_known_by_its_whole_path() -> None:
    forms = citations_of(entry("8 U.S.C. § 1373"), ("§ 1373", "(b)", "(1)"))
    assert {"8 usc 1373", "8 usc 1373(b)", "8 usc 1373(b)(1)", "§ 1373(b)"} <= set(forms)


def test_a_chapter_is_known_by_each_of_its_sections() -> None:
    forms = citations_of(entry("Tenn. Code Ann. §§ 7-68-101 to -105"), ("§ 7-68-103", "(a)"))
    assert {"tenn code 7-68-103", "tenn code 7-68-103(a)"} <= set(forms)
