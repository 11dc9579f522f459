"""The first line that does not hold is named, whatever was done to the file."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.journal.chain import Json, canonical, hash_of, parsed, redacted
from service.journal.checking import Broken, Checked, checked
from service.journal.file import LogFile
from service.journal.head import Head
from service.journal.reading import redact

Check = Callable[..., Checked]
WORDS = [f"question {n}" for n in range(1, 7)]
NAMES = st.dictionaries(
    st.text(), st.recursive(st.none() | st.text() | st.floats(), st.lists, max_leaves=4)
)


@pytest.fixture
def six(file: LogFile, make: Any) -> LogFile:
    """A log of six records."""
    for words in WORDS:
        file.append(make(words))
    return file


def lines_of(file: LogFile) -> list[bytes]:
    return file.path.read_bytes().splitlines()


def put(file: LogFile, lines: list[bytes]) -> None:
    file.path.write_bytes(b"".join(line + b"\n" for line in lines))


def broken(check: Check, file: LogFile) -> tuple[int, str]:
    told = check(file).broken
    assert isinstance(told, Broken)
    return told.line, told.fault


def changed(line: bytes, **fields: Any) -> bytes:
    """The line with these fields, and a hash that fits them."""
    record: Json = {**json.loads(line), **fields}
    return canonical(record | {"hash": hash_of(record)})


def test_a_log_as_it_was_written_is_whole(six: LogFile, check: Check) -> None:
    told = check(six)
    assert told.broken is None
    assert (told.records, told.answers, told.redacted, told.tip.n) == (6, 6, 0, 6)


EDITS: dict[str, tuple[Callable[[list[bytes]], list[bytes]], int, str]] = {
    "a word": (
        lambda x: [*x[:2], x[2].replace(b"question 3", b"question 9"), *x[3:]],
        3,
        "altered",
    ),
    "a space": (lambda x: [*x[:2], x[2].replace(b":", b": ", 1), *x[3:]], 3, "altered"),
    "no record": (lambda x: [*x[:2], b"{}", *x[3:]], 3, "altered"),
    "an empty line": (lambda x: [*x[:2], b"", *x[2:]], 3, "altered"),
    "a field with its hash": (lambda x: [*x[:2], changed(x[2], time="then"), *x[3:]], 4, "altered"),
    "the last with its hash": (lambda x: [*x[:5], changed(x[5], time="then")], 6, "altered"),
    "its notes are none": (lambda x: [*x[:2], changed(x[2], notes=7), *x[3:]], 4, "altered"),
    "what it redacts has no names": (
        lambda x: [*x[:2], changed(x[2], type="redaction", of=[[]]), *x[3:]],
        4,
        "altered",
    ),
    "the first is deleted": (lambda x: x[1:], 1, "deleted"),
    "two are deleted": (lambda x: [*x[:2], *x[4:]], 3, "deleted"),
    "one stands twice": (lambda x: [*x[:3], x[2], *x[3:]], 4, "inserted"),
    "an old one again": (lambda x: [*x[:5], x[0], x[5]], 6, "inserted"),
    "one is made up": (lambda x: [*x[:3], changed(x[3], id="made up"), *x[3:]], 5, "inserted"),
    "two are swapped": (lambda x: [x[0], x[2], x[1], *x[3:]], 2, "reordered"),
    "all turned round": (lambda x: x[::-1], 1, "reordered"),
    "the last is cut": (lambda x: x[:5], 5, "truncated"),
    "all are cut": (lambda x: [], 0, "truncated"),
    "words taken out by hand": (
        lambda x: [*x[:2], canonical(redacted(json.loads(x[2]))), *x[3:]],
        3,
        "erased",
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_what_was_done_is_named_with_its_line(six: LogFile, check: Check, edit: str) -> None:
    do, line, fault = EDITS[edit]
    put(six, do(lines_of(six)))
    assert broken(check, six) == (line, fault)


def test_a_log_that_is_gone_while_its_head_is_there_was_cut(six: LogFile, check: Check) -> None:
    six.path.unlink()
    assert broken(check, six) == (0, "truncated")


@pytest.mark.parametrize("damage", [None, b"", b"nonsense\n", b"6 abc 12\n"])
def test_without_its_head_nobody_can_tell_a_cut(
    six: LogFile, check: Check, damage: bytes | None
) -> None:
    six.head_path.unlink() if damage is None else six.head_path.write_bytes(damage)
    assert broken(check, six) == (6, "truncated")


def test_a_chain_made_anew_is_found_by_a_hash_that_was_noted(six: LogFile, check: Check) -> None:
    noted = check(six).tip.hash
    assert check(six, noted).broken is None
    other = LogFile(six.path.with_name("other.jsonl"))
    from_first = [json.loads(line) for line in lines_of(six)]
    for record in from_first:
        other.append(lambda tip, notes, record=record: _again(record, tip))  # type: ignore[misc]
    assert check(other).broken is None
    assert check(other, noted).broken is not None


def _again(record: Json, tip: Any) -> Json:
    anew = {**record, "time": "then", "n": tip.n + 1, "previous": tip.hash}
    return anew | {"hash": hash_of(anew)}


def test_redacting_erases_the_words_and_the_log_stays_whole(six: LogFile, check: Check) -> None:
    ids = [json.loads(line)["id"] for line in lines_of(six)]
    before = {parsed(line)["hash"] for line in lines_of(six)}  # type: ignore[index]
    redact(six, [ids[1], ids[3][:8]])
    told = check(six)
    assert told.broken is None
    assert (told.records, told.answers, told.redacted) == (7, 6, 2)
    left = six.path.read_bytes()
    assert b"question 2" not in left
    assert b"question 4" not in left
    assert b"question 3" in left
    assert before <= {parsed(line)["hash"] for line in lines_of(six)}  # type: ignore[index]
    assert json.loads(lines_of(six)[1])["salts"] == {}


def test_answers_go_on_after_redacting(six: LogFile, check: Check, make: Any) -> None:
    redact(six, [json.loads(lines_of(six)[5])["id"]])
    six.append(make("another"))
    assert check(six).broken is None
    assert check(six).records == 8


@settings(max_examples=60)
@given(at=st.integers(0), byte=st.integers(0, 255))
def test_no_byte_can_be_changed_unseen(at: int, byte: int) -> None:
    lines, head = _kept()
    data = bytearray(b"".join(line + b"\n" for line in lines))
    at %= len(data)
    if data[at] == byte:
        return
    line = data[:at].count(b"\n") + 1
    data[at] = byte
    told = checked(_split(bytes(data)), head).broken
    assert told is not None
    assert told.line in (line, line + 1)


@settings(max_examples=60)
@given(st.permutations(range(6)), st.integers(0, 6))
def test_no_other_order_and_no_part_is_whole(order: list[int], most: int) -> None:
    lines, head = _kept()
    left = [lines[place] for place in order[:most]]
    told = checked(left, head).broken
    if left == lines:
        assert told is None
        return
    assert told is not None
    first = next((n for n, (a, b) in enumerate(zip(left, lines, strict=False), 1) if a != b), most)
    assert told.line == first


@settings(max_examples=40)
@given(st.lists(NAMES, max_size=3))
def test_any_question_and_answer_can_be_logged_and_taken_out(said: list[Json]) -> None:
    from service.journal.chain import Tip, damage, sealed
    from service.journal.recording import opened

    tip = Tip()
    for one in said:
        record = sealed(tip, opened("answer"), {"question": one, "answer": one, "hits": []})
        line = canonical(record)
        assert b"\n" not in line
        back = parsed(line)
        assert back is not None
        assert damage(back, line) == ""
        bare = redacted(back)
        assert damage(bare, canonical(bare)) == ""
        tip = Tip(record["n"], record["hash"])


def _split(data: bytes) -> list[bytes]:
    *whole, rest = data.split(b"\n")
    return [*whole, rest + b"\0"] if rest else whole


def _kept(kept: list[tuple[list[bytes], Head]] = []) -> tuple[list[bytes], Head]:  # noqa: B006
    """Six lines and their head, made once."""
    if not kept:
        from service.journal.chain import Tip, sealed
        from service.journal.recording import opened

        with tempfile.TemporaryDirectory() as folder:
            file = LogFile(Path(folder) / "log")
            for words in WORDS:
                private = {"question": words, "answer": words, "hits": []}
                file.append(lambda tip, _, p=private: sealed(tip, opened("answer"), p))  # type: ignore[misc]
            with file.reading() as (head, lines):
                assert head is not None
                kept.append((list(lines), head))
        assert kept[0][1].tip != Tip()
    return kept[0]
