"""Plain text: blocks, hard wraps, pages, the header and slip of a bill."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.format import Limits
from ingest.readers.plain import read_plain
from pincite.errors import FileRefused
from pincite.types import Reading

WRAPPED = """\
WELCOMING CITY ACT

No officer of the city shall ask about the immigration status of
any person who seeks a service, reports a crime or calls for immi-
gration advice, unless a court has ordered it or the law-
makers of the state require it. The immigration office shall:
(a) publish this rule in the eleven languages that are spoken the
most in the city; and
(b) train its staff once a year on the rule and on the ways to
keep to it.

Passed by the council.
"""


def read(text: str) -> Reading:
    return read_plain(text.encode(), Limits())


def marked(reading: Reading, type: str) -> list[str]:
    return [mark.span.of(reading.text) for mark in reading.marks if mark.type == type]


def test_hard_wraps_are_undone_and_clauses_kept() -> None:
    reading = read(WRAPPED)
    assert reading.text.splitlines() == [
        "WELCOMING CITY ACT",
        "No officer of the city shall ask about the immigration status of any person who seeks a "
        "service, reports a crime or calls for immigration advice, unless a court has ordered it "
        "or the lawmakers of the state require it. The immigration office shall:",
        "(a) publish this rule in the eleven languages that are spoken the most in the city; and",
        "(b) train its staff once a year on the rule and on the ways to keep to it.",
        "Passed by the council.",
    ]
    assert marked(reading, "heading") == ["WELCOMING CITY ACT"]
    assert {repair.rule for repair in reading.repairs} == {"line-end hyphen"}


def test_long_lines_are_blocks() -> None:
    lines = [f"{n}. " + "A sentence of a clause. " * 10 for n in range(1, 9)]
    assert read("\n".join(lines)).text.splitlines() == [line.strip() for line in lines]


def test_short_lines_stay_apart() -> None:
    address = "To the Mayor\nCity Hall\nOne Main Street\nSpringfield\nJuly 4\nDear Mayor,"
    assert read(address).text == address


def test_form_feeds_make_pages_and_their_numbers_go() -> None:
    reading = read("First page.\n\n  1\n\fSecond page.\n2\n\fThird page.")
    assert reading.text == "First page.\nSecond page.\nThird page."
    pages = [(page.number, page.span.of(reading.text).strip()) for page in reading.pages]
    assert pages == [(1, "First page."), (2, "Second page."), (3, "Third page.")]
    assert [(repair.original, repair.rule) for repair in reading.repairs] == [
        ("1", "page number"),
        ("2", "page number"),
    ]


def test_a_bills_header_is_facts_and_a_note() -> None:
    reading = read(
        "Int 7-2024\nStatus: Committee\nIntroduced: 2024-02-28\nTitle: A Local Law\n\n"
        "Be it enacted by the Council as follows:\n"
        "      Section 1. Section 9-131 is amended to read as follows:\n"
        "      a. The [old] new law.\n"
        "      \ufffd2. It takes effect.\n\nLS #7\n1/2/24\n\n  1\n\n  1"
    )
    assert reading.facts[:4] == (
        ("file", "Int 7-2024"),
        ("status", "Committee"),
        ("introduced", "2024-02-28"),
        ("title", "A Local Law"),
    )
    header = "Int 7-2024\nStatus: Committee\nIntroduced: 2024-02-28\nTitle: A Local Law"
    assert marked(reading, "note") == [header, "LS #7\n1/2/24"]
    assert marked(reading, "deleted") == ["[old]"]
    assert reading.text.endswith("§2. It takes effect.\nLS #7\n1/2/24")


def test_prose_that_begins_with_a_colon_has_no_header() -> None:
    assert read("Title: a word with many meanings.\nIt has several.").facts == ()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"  \n ", "empty"),
        (rb"{\rtf1 x}", "wrong_type"),
        (b"%PDF-1.7 x", "wrong_type"),
        (b"<!DOCTYPE HTML><p>x", "wrong_type"),
        (bytes(range(256)) * 4, "unknown_encoding"),
    ],
)
def test_refuses_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        read_plain(data, Limits())
    assert refusal.value.reason == reason


def test_pages_over_the_limit_are_refused() -> None:
    with pytest.raises(FileRefused, match="too_many_pages"):
        read_plain(b"a\f" * 5, Limits(max_pages=4))


@given(st.text(st.sampled_from("ab .-(1)\n\f§[]"), min_size=1))
def test_no_word_is_invented(text: str) -> None:
    try:
        reading = read(text)
    except FileRefused:
        return
    letters = [c for c in text if c.isalpha()]
    assert [c for c in reading.text if c.isalpha()] == letters


@pytest.mark.corpus
def test_bills_have_their_section_signs_back(corpus_dir: Path) -> None:
    files = sorted((corpus_dir / "corpus/other").glob("nyc-bill-not-enacted-*.txt"))
    assert len(files) == 7
    for file in files:
        reading = read_plain(file.read_bytes(), Limits())
        assert "\ufffd" not in reading.text
        assert reading.text.count("§") == file.read_text("utf-8").count("\ufffd")
        assert dict(reading.facts)["title"].startswith("A Local Law to")
