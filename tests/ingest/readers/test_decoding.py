"""Bytes to text: what is known is decoded, what is not is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.decoding import decode
from ingest.readers.format import Limits
from pincite.errors import FileRefused

SENTENCE = "The “Mayor’s Office” — § 9-131 — shall answer every request within ten days."
RUSSIAN = "Это закон города о правах жителей и об их защите"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_reads_what_common_programs_write(encoding: str) -> None:
    assert decode(SENTENCE.encode(encoding), Limits()) == SENTENCE


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("koi8-r", "koi8-r"),
        ("koi8-r", " KOI8-R "),
        ("cp1251", None),  # guessed from the letters
        ("cp1251", "no-such-encoding"),
    ],
)
def test_uses_what_is_declared_and_else_guesses(encoding: str, declared: str | None) -> None:
    assert decode(RUSSIAN.encode(encoding), Limits(), declared) == RUSSIAN


def test_latin_1_means_windows_1252_as_in_browsers() -> None:
    assert decode("§ 4 “city”".encode("cp1252"), Limits(), "iso-8859-1") == "§ 4 “city”"


def test_valid_utf_8_outweighs_a_wrong_declaration() -> None:
    assert decode("§ 4".encode(), Limits(), "iso-8859-1") == "§ 4"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\xef\xbb\xbf  ", "empty"),
        (bytes(range(256)) * 20, "unknown_encoding"),
        ("no mark".encode("utf-16-le"), "unknown_encoding"),
        (b"\xff\xfe\x00", "unknown_encoding"),  # begins as UTF-16, ends in mid-character
        (b"x" * 101, "expands_too_much"),
    ],
)
def test_refuses_with_a_typed_reason(data: bytes, reason: str) -> None:
    with pytest.raises(FileRefused) as refused:
        decode(data, Limits(max_chars=100))
    assert refused.value.reason == reason


def outcome(data: bytes) -> str:
    """The text, or the reason why there is none in angle brackets."""
    try:
        return decode(data, Limits())
    except FileRefused as refused:
        return f"<{refused.reason}>"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), min_size=1))
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    assert outcome(text.encode()) == (text.removeprefix("\ufeff") or "<empty>")


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_a_typed_refusal(data: bytes) -> None:
    assert outcome(data)
