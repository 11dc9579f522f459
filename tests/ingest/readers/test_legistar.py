"""Legistar records: the act's RTF before its Text, the summary as a note, other JSON refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.readers.format import Limits
from ingest.readers.legistar import read_legistar
from ingest.readers.rtf.reader import read_rtf
from pincite.errors import FileRefused
from pincite.types import Reading

BODY = (
    r"Be it enacted:\par \'a7 1. X is amended to read as follows:\par The [old] \ul new\ulnone  law"
)
RECORD: dict[str, Any] = {
    "Title": "A Local Law",
    "File": "Int 1-2020",
    "TypeName": "Introduction",
    "LocalLaw": "2020/007",
    "IntroDate": "2020-01-02T00:00:00Z",
    "Sponsors": [{"FullName": "A. Sponsor"}, "not a sponsor"],
    "Summary": "It changes a word.",
    "Text": "Be it enacted:\n\ufffd 1. X is amended to read as follows:\nThe [old] new law",
    "RTF": "{\\rtf1\\ansi " + BODY + "}",
}


def read(**changes: Any) -> Reading:
    return read_legistar(json.dumps(RECORD | changes).encode(), Limits())


def marked(reading: Reading, type: str) -> list[str]:
    return [mark.span.of(reading.text) for mark in reading.marks if mark.type == type]


def test_title_act_and_summary() -> None:
    reading = read()
    assert reading.text == (
        "A Local Law\nBe it enacted:\n§ 1. X is amended to read as follows:\n"
        "The [old] new law\nIt changes a word."
    )
    assert marked(reading, "heading") == ["A Local Law"]
    assert marked(reading, "deleted") == ["[old]"]
    assert marked(reading, "inserted") == ["new"]
    assert marked(reading, "note") == ["It changes a word."]
    facts = dict(reading.facts)
    assert facts["local_law"] == "2020/007"
    assert facts["introduced"] == "2020-01-02"
    assert facts["sponsor"] == "A. Sponsor"


@pytest.mark.parametrize("rtf", [None, "", "{\\rtf1 cut off"])
def test_text_stands_in_for_missing_rtf(rtf: str | None) -> None:
    reading = read(RTF=rtf)
    assert "§ 1. X" in reading.text
    assert [repair.rule for repair in reading.repairs] == ["section sign"]
    assert marked(reading, "deleted") == ["[old]"]
    assert marked(reading, "inserted") == []
    assert dict(reading.facts)["drafting"] == "brackets only"


def test_rtf_with_characters_beyond_a_byte() -> None:
    assert "“quoted” 😀" in read(RTF="{\\rtf1\\ansi “quoted” 😀}").text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"{", "malformed"),
        (b"[" * 100_000, "malformed"),
        (b"[1, 2]", "wrong_type"),
        (b'{"name": "a package"}', "wrong_type"),
        (b'{"Title": "t", "File": "f", "TypeName": "x"}', "no_text"),
    ],
)
def test_refuses_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        read_legistar(data, Limits())
    assert refusal.value.reason == reason


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("record", "law"),
    [
        ("2014-059-legistar-record", "2014-059-int-0487-2014"),
        ("2017-228-legistar-record", "2017-228-int-1568-2017"),
    ],
)
def test_a_record_holds_the_law_as_its_rtf_does(corpus_dir: Path, record: str, law: str) -> None:
    folder = corpus_dir / "corpus/ordinance"
    from_json = read_legistar((folder / f"nyc-local-law-{record}.json").read_bytes(), Limits())
    from_rtf = read_rtf((folder / f"nyc-local-law-{law}.rtf").read_bytes(), Limits())
    assert from_rtf.text in from_json.text
    assert marked(from_json, "deleted") == marked(from_rtf, "deleted")
    assert marked(from_json, "inserted") == marked(from_rtf, "inserted")
    assert "\ufffd" not in from_json.text
