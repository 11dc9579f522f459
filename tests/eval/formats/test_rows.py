from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.errors import BenchmarkError
from eval.formats.rows import Row, json_file, json_lines, read, toml_file

Write = Callable[[str, Any], Path]
FILE = Path("questions.jsonl")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def row(**values: Any) -> Row:
    return Row(FILE, 3, values)


@pytest.mark.parametrize(
    ("take", "said"),
    [
        (lambda: row().text("text"), "text: is missing"),
        (lambda: row(text=" \n").text("text"), "text: is empty"),
        (lambda: row(text=None).text("text"), "text: must be text, is nothing"),
        (lambda: row(text="a\ud800").text("text"), "text: holds half of a character"),
        (lambda: row(n=-1).number("n"), "n: -1 is less than 0"),
        (lambda: row(n=True).number("n"), "n: must be a whole number, is true or false"),
        (lambda: row(n=1.5).number("n"), "n: must be a whole number, is float"),
        (lambda: row(b=1).flag("b", default=True), "b: must be true or false, is a whole number"),
        (lambda: row(c="x").choice("c", ("y", "z")), "c: 'x' is none of y, z"),
        (lambda: row(d="2017-2-30").day("d"), "d: '2017-2-30' is no day; write YYYY-MM-DD"),
        (lambda: row(l={}).rows("l"), "l: must be a list, is a table"),
        (lambda: row(l=[{}, 1]).rows("l"), "l[1]: must be an object, is a whole number"),
        (lambda: row(l=[[{}], {}]).grouped("l"), "l[1]: must be a list, is a table"),
        (lambda: row(l=[[], [None]]).grouped("l"), "l[1][0]: must be an object, is nothing"),
        (lambda: row(l=["a", ""]).texts("l"), "l[1]: must be text that is not empty"),
        (lambda: row(t=[]).table("t"), "t: must be a table, is a list"),
        (lambda: row(l=[{"m": [{}]}]).rows("l")[0].rows("m")[0].text("n"), "l[0].m[0].n: is mis"),
        (lambda: row(idd=1).only(("id", "text")), "idd: unknown field; did you mean id?"),
    ],
)
def test_a_wrong_value_names_file_line_and_field(take: Callable[[], object], said: str) -> None:
    with pytest.raises(BenchmarkError) as raised:
        take()
    assert str(raised.value).startswith(f"questions.jsonl:3: {said}")


def test_what_may_be_missing_is_none() -> None:
    absent = row(empty="", null=None)
    assert [absent.optional(name) for name in ("empty", "null", "missing")] == [None] * 3
    assert absent.day("missing") is None
    assert row(day="2017-01-25").day("day") == date(2017, 1, 25)
    assert absent.flag("missing", default=True)
    assert absent.table("missing").values == {}


@given(JSON)
def test_any_value_is_taken_or_refused(value: object) -> None:
    one = row(field=value)
    for take in (one.text, one.number, one.rows, one.grouped, one.texts, one.day, one.table):
        with suppress(BenchmarkError):
            take("field")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"a": 1}\n{"a": \n', ":2: is no JSON: "),
        ('{"a": 1}\n\n[]\n', ":3: must be an object, is a list"),
        ('{"a": 1}\n' + "[" * 100_000, ":2: is no JSON: nested too deeply"),
    ],
)
def test_a_broken_line_is_named(write: Write, content: str, said: str) -> None:
    path = write("x.jsonl", content)
    with pytest.raises(BenchmarkError) as raised:
        list(json_lines(path))
    assert str(raised.value).startswith(f"{path}{said}")


def test_a_line_separator_inside_a_text_is_no_line_end(write: Write) -> None:
    path = write("x.jsonl", '\ufeff{"a": "one\u2028two"}\r\n\r\n{"a": "b"}')
    assert [(one.line, one.text("a")) for one in json_lines(path)] == [
        (1, "one\u2028two"),
        (3, "b"),
    ]


def test_json_and_toml_name_the_line_where_they_break(write: Write) -> None:
    with pytest.raises(BenchmarkError, match=r"x\.json:2: is no JSON"):
        json_file(write("x.json", '{"a":\n}'))
    with pytest.raises(BenchmarkError, match=r"x\.toml:2: is no TOML"):
        toml_file(write("x.toml", "a = 1\nb = \nc = 2\n"))


def test_a_field_of_toml_has_a_line(write: Write) -> None:
    table = toml_file(write("x.toml", "a = 1\n[[f]]\nb = 1\n\n[[f]]\nb = 2\n[options]\nc = 1\n"))
    second = table.rows("f")[1]
    assert [table.error("a", "x").line, second.error("b", "x").line] == [1, 6]
    assert [second.error("missing", "x").line, table.error("missing", "x").line] == [5, None]
    assert table.table("options").error("c", "x").line == 8


def test_a_file_that_is_no_utf8_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    path.write_bytes(b"one\ntwo\n\xff")
    with pytest.raises(BenchmarkError, match=r"x\.tsv:3: is not UTF-8"):
        read(path)
    with pytest.raises(BenchmarkError, match="cannot be read: No such file"):
        read(tmp_path / "none")
