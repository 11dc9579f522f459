"""Agreements, memos, prose and transcripts."""

from __future__ import annotations

from ingest.outlines.agreement import outline_agreement
from ingest.outlines.memo import outline_memo
from ingest.outlines.prose import outline_prose
from ingest.outlines.transcript import outline_transcript
from pincite.types import Mark, Span


def test_an_agreement_has_articles_and_lettered_parts() -> None:
    text = "I. PURPOSE\nTo agree.\nII. DUTIES\nA. SWEEPING\nSweep.\n1. Daily.\nB. LOCKING\nAll."
    assert [(s.level, s.label, s.heading) for s in outline_agreement(text, (), ())] == [
        (0, "§ I", "PURPOSE"),
        (0, "§ II", "DUTIES"),
        (1, "A", "SWEEPING"),
        (2, "1", "Daily"),
        (1, "B", "LOCKING"),
    ]


def test_numerals_that_ocr_misread_are_known_by_their_place() -> None:
    text = "I. PURPOSE\nTo agree.\nIl. AUTHORITY\nBy law.\nm. POLICY\nGood.\nIV. TRAINING\nAll."
    labels = [s.label for s in outline_agreement(text, (), ())]
    assert labels == ["§ I", "§ II", "§ III", "§ IV"]


def test_a_numeral_of_a_heading_needs_no_capitals() -> None:
    text = "II. Analysis\nWords.\nI. Background\nII. Analysis is what follows here.\nWords."
    marks = (Mark(Span(20, 33), "heading", "1"),)
    assert [s.label for s in outline_memo(text, marks, ())] == ["Part I"]


def test_an_appendix_begins_anew() -> None:
    text = "I. PURPOSE\nTo agree.\nAPPENDIX A\nI. CONTACTS\nNone."
    assert [(s.level, s.label) for s in outline_agreement(text, (), ())] == [
        (0, "§ I"),
        (0, "App. A"),
        (1, "§ I"),
    ]


def test_an_appendix_takes_the_heading_on_the_next_line() -> None:
    text = "APPENDIX B\nCOMPLAINTS\nComplain.\n1. How\nA. By mail.\nA. By hand.\n2. When\nSoon."
    marks = (Mark(Span(0, 10), "heading", "1"), Mark(Span(11, 21), "heading", "1"))
    assert [(s.level, s.label, s.heading) for s in outline_agreement(text, marks, ())] == [
        (0, "App. B", "COMPLAINTS"),
        (1, "1", "How"),
        (2, "A", "By mail"),
        (2, "A", "By hand"),
        (1, "2", "When"),
    ]


def test_a_memo_has_a_head_and_numbered_parts() -> None:
    text = (
        "MEMORANDUM FOR ALL KEEPERS\nFROM: The Warden\nDATE: May 1\nSUBJECT: Gates\n"
        "I. BACKGROUND\nGates exist.\nA. Old gates\nSome are old."
    )
    sections = outline_memo(text, (), ())
    assert [(s.level, s.label, s.heading) for s in sections] == [
        (0, "", "Head"),
        (0, "Part I", "BACKGROUND"),
        (1, "A", "Old gates"),
    ]
    assert sections[0].span.of(text).endswith("Gates")


def test_prose_nests_by_the_level_of_its_headings() -> None:
    text = "Gates\nOpen them.\nWhy\nBecause.\n1. is no clause\nLocks\nShut."
    marks = tuple(
        Mark(Span(text.index(word), text.index(word) + len(word)), "heading", level)
        for word, level in (("Gates", "2"), ("Why", "3"), ("Locks", "2"))
    )
    found = [(s.level, s.heading) for s in outline_prose(text, marks, ())]
    assert found == [(0, "Gates"), (1, "Why"), (0, "Locks")]


def test_a_transcript_has_turns_and_its_word_index_is_furniture() -> None:
    text = (
        "ORAL ARGUMENT OF A. B. CLERK\nMR. CLERK: May it please.\nJUSTICE GATE: Why?\nIt is odd.\n"
    )
    text += "\n".join(f"word{n} 1:{n} 2:{n} 3:{n}" for n in range(1, 9))
    sections = outline_transcript(text, (), ())
    assert [(s.author, s.part) for s in sections] == [
        (None, None),
        ("MR. CLERK", None),
        ("JUSTICE GATE", None),
        (None, "furniture"),
    ]
    assert sections[2].span.of(text) == "JUSTICE GATE: Why?\nIt is odd."
