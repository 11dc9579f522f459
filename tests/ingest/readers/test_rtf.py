"""RTF: what bears on the words is read, what does not is passed over, bombs are refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.format import Limits
from ingest.readers.rtf.reader import read_rtf
from ingest.readers.rtf.runs import MAX_DEPTH
from pincite.errors import FileRefused
from pincite.types import Reading


def rtf(body: str, head: str = r"\ansi\ansicpg1252") -> bytes:
    return f"{{\\rtf1{head} {body}}}".encode("latin-1")


def text_of(body: str, head: str = r"\ansi\ansicpg1252") -> str:
    return read_rtf(rtf(body, head), Limits()).text


def marked(reading: Reading, type: str) -> list[str]:
    return [mark.span.of(reading.text) for mark in reading.marks if mark.type == type]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"one\par two\line three", "one\ntwo\nthree"),
        (r"\'a7 9-131 and caf\'e9", "§ 9-131 and café"),
        (r"\u8220\'3fquoted\u8221 ?", "“quoted”"),
        (r"\uc2\u167\'3f\'3f 5", "§ 5"),
        (r"\uc0\u167 5", "§5"),
        (r"{\uc0\u167}\u167? 5", "§§ 5"),  # the group's end restores \uc1
        (r"\u-3913?x", "\uf0b7x"),  # negative numbers count down from 65536
        (r"\u-10179?\u-8704?", "😀"),  # a surrogate pair
        (r"a\~b\_c\-d", "a b-cd"),
        (r"shown{\v hidden}{\v0 shown}", "shownshown"),
        (r"{\*\unknown not text}text", "text"),
        (r"{\pict\bin5 {{{{{}text", "text"),
        (r"{\header running head}{\footerr foot}text", "text"),
        (r"{\listtext (a)\tab}In general", "(a) In general"),
        (r"A\cell B\cell\row C\cell D\cell\row", "A B\nC D"),
        (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt link}} text", "link text"),
        (r"{\fonttbl{\f0\fcharset204 Cyr;}{\f1\fcharset2 Wingdings;}}\f0\'ef\f1\'a7", "п•"),
        (r"{\fonttbl{\f0\fcharset128 MS;}}\f0\'93\'fa\'96\'7b", "日本"),
        ("raw \xa7 byte", "raw § byte"),
    ],
)
def test_reads_the_words(body: str, text: str) -> None:
    assert text_of(body) == text


def test_platform_word_names_the_code_page() -> None:
    assert text_of(r"\'a4", head=r"\mac") == "§"


def test_where_a_chapter_came_from_is_a_note() -> None:
    reading = read_rtf(rtf(r"Open them.\par Source: Ord. 2020-44.\par Source: a spring."), Limits())
    assert marked(reading, "note") == ["Source: Ord. 2020-44."]


def test_footnotes_stand_below_the_text() -> None:
    reading = read_rtf(rtf(r"Law{\footnote\chftn  See above.} ends.\par Next."), Limits())
    assert reading.text == "Law ends.\nNext.\nSee above."
    assert marked(reading, "footnote") == ["See above."]


def test_title_is_a_fact() -> None:
    reading = read_rtf(rtf(r"{\info{\title An Act}{\author A. B.}}text"), Limits())
    assert dict(reading.facts)["title"] == "An Act"
    assert reading.text == "text"


def test_headings_are_centred_bold_or_of_an_outline_level() -> None:
    body = (
        r"\pard\qc CHAPTER 1\par\pard\b 1.1 Terms.\b0\par\outlinelevel2 Third\par\pard plain \b x"
    )
    reading = read_rtf(rtf(body), Limits())
    assert [(m.span.of(reading.text), m.detail) for m in reading.marks] == [
        ("CHAPTER 1", "1"),
        ("1.1 Terms.", "2"),
        ("Third", "3"),
    ]


@pytest.mark.parametrize("reset", [r"\ulnone", r"\ul0", r"\plain", "}{"])
def test_underlining_ends(reset: str) -> None:
    body = rf"Be it enacted:\par § 1. X is amended to read:\par {{old \ul new{reset}  old}}"
    assert marked(read_rtf(rtf(body), Limits()), "inserted") == ["new"]


def test_underlines_colour_is_no_underline() -> None:
    body = r"Be it enacted:\par § 1. X is amended to read:\par \ulc0 plain"
    assert marked(read_rtf(rtf(body), Limits()), "inserted") == []


def test_struck_words_are_deleted() -> None:
    assert marked(read_rtf(rtf(r"a {\strike b c} d"), Limits()), "deleted") == ["b c"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"<html>", "wrong_type"),
        (rb"{\rtf1 words", "truncated"),
        (rb"{\rtf1 {\pict\bin99999 x}}", "truncated"),
        (rb"{\rtf1\ansi }", "no_text"),
        (rb"{\rtf1\ansicpg9999 x}", "unknown_encoding"),
        (b"{\\rtf1" + b"{" * (MAX_DEPTH + 1), "malformed"),
    ],
)
def test_refuses_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        read_rtf(data, Limits())
    assert refusal.value.reason == reason


def test_text_over_the_limit_is_refused() -> None:
    with pytest.raises(FileRefused, match="expands_too_much"):
        read_rtf(rtf("word " * 100), Limits(max_chars=99))


@given(st.lists(st.sampled_from(
    ["{", "}", "\\", "ul", "ulnone", "par", " ", "u167?", "'a7", "*", "[", "]", "bin3", "word", "v",
     "Be it enacted:", "§ 1. X is amended", "footnote", "uc2", "f1", "plain", "title", "info"]
)))  # fmt: skip
def test_any_source_is_read_or_refused(tokens: list[str]) -> None:
    try:
        reading = read_rtf(rtf("".join(tokens)), Limits())
    except FileRefused:
        return
    assert reading.text
    assert all(mark.span.of(reading.text).strip() for mark in reading.marks)


WORDS = re.compile(r"\w+")


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "deleted", "inserted"),
    [
        ("nyc-local-law-2011-062-int-0656-2011", 0, 1350),
        ("nyc-local-law-2013-022-int-0989-2012", 167, 1099),
        ("nyc-local-law-2014-058-int-0486-2014", 1260, 1086),
        ("nyc-local-law-2017-228-int-1568-2017", 16, 930),
        ("nyc-local-law-2026-063-int-1412-2025", 159, 477),
    ],
)
def test_words_deleted_and_inserted_by_a_local_law(
    corpus_dir: Path, name: str, deleted: int, inserted: int
) -> None:
    data = (corpus_dir / "corpus" / "ordinance" / f"{name}.rtf").read_bytes()
    reading = read_rtf(data, Limits())
    counts = {
        type: sum(len(WORDS.findall(words)) for words in marked(reading, type))
        for type in ("deleted", "inserted")
    }
    assert counts == {"deleted": deleted, "inserted": inserted}
    assert "unmatched_brackets" not in dict(reading.facts)


@pytest.mark.corpus
def test_resolutions_and_codes_have_no_drafting_marks(corpus_dir: Path) -> None:
    files = [
        *sorted((corpus_dir / "corpus/other").glob("nyc-resolution-*.rtf")),
        corpus_dir / "corpus/statute/iowa-code-ch-27A.rtf",
    ]
    assert len(files) == 7
    for file in files:
        reading = read_rtf(file.read_bytes(), Limits())
        assert not marked(reading, "deleted")
        assert not marked(reading, "inserted")


@pytest.mark.corpus
def test_iowa_sections_are_headings_and_their_history_a_note(corpus_dir: Path) -> None:
    data = (corpus_dir / "corpus/statute/iowa-code-ch-27A.rtf").read_bytes()
    reading = read_rtf(data, Limits())
    headings = marked(reading, "heading")
    assert headings[0] == "CHAPTER 27A"
    assert headings[-1] == "27A.11 Attorney general database."
    assert "2018 Acts, ch 1089, §11, 12" in marked(reading, "note")
