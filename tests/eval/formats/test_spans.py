from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from eval.collection import Catalogued
from eval.errors import BenchmarkError
from eval.formats.source import Content, Source
from eval.formats.spans import FORMAT
from eval.words import Support
from pincite.types import Span

Write = Callable[[str, Any], Path]
CATALOGUE = "".join(
    f'[[entry]]\nid = "{id}"\nfile = "{id}.md"\nkind = "statute"\ntitle = "{id}"\n'
    for id in ("act", "act-pdf", "code", "bill")
)
FAMILIES = """
[[family]]
name = "acts"
split = "dev"
documents = ["act", "act-pdf"]

[[family]]
name = "codes"
split = "test"
documents = ["code"]
"""


def support(**changed: Any) -> dict[str, Any]:
    return {
        "document": "act",
        "quote": "shall not",
        "pinpoint": "§ 1",
        "channel": "law",
        "version": "v1",
        "start": 4,
        "end": 13,
    } | changed


def question(**changed: Any) -> dict[str, Any]:
    return {
        "id": "c-1",
        "text": "May a city ask?",
        "kind": "clause",
        "voice": "staff",
        "family": "acts",
        "place": "us/ny",
        "as_of": "2017-01-25",
        "expect": None,
        "answer": "No.",
        "groups": [[support(), support(document="act-pdf")]],
    } | changed


def silent(**changed: Any) -> dict[str, Any]:
    return question(id="n-1", groups=[], expect="not_in_corpus") | changed


def read(write: Write, *questions: dict[str, Any], families: str | None = FAMILIES) -> Content:
    folder = write("questions.jsonl", list(questions)).parent
    write("corpus/catalogue.toml", CATALOGUE)
    if families is not None:
        write("families.toml", families)
    return FORMAT.read(Source(folder, folder, {"catalogue": "corpus/catalogue.toml"}))


def test_a_question_keeps_all_that_was_written(write: Write) -> None:
    (case,) = read(write, question()).cases
    assert (case.question.text, case.question.place) == ("May a city ask?", "us/ny")
    assert case.question.as_of == date(2017, 1, 25)
    assert (case.kind, case.voice, case.answer) == ("clause", "staff", "No.")
    assert (case.answerable, case.expected, case.family, case.split) == (True, None, "acts", "dev")
    first = Support("act", "v1", Span(4, 13), "shall not", "§ 1", "law")
    assert case.groups[0].supports[0] == first
    assert case.groups[0].supports[1].document_id == "act-pdf"


@pytest.mark.parametrize(
    ("expect", "expected"),
    [("not_in_corpus", "not_in_corpus"), ("superseded_only", "superseded_only"), ("any", None)],
)
def test_a_question_without_groups_expects_a_reason(
    write: Write, expect: str, expected: str | None
) -> None:
    (case,) = read(write, silent(expect=expect)).cases
    assert (case.answerable, case.groups, case.expected) == (False, (), expected)


def test_files_are_read_in_the_order_of_their_names(write: Write) -> None:
    write("questions-b.jsonl", [question(id="b", family="codes", groups=[], expect="any")])
    cases = read(write, question()).cases
    assert [(case.id, case.split) for case in cases] == [("b", "test"), ("c-1", "dev")]


def test_the_files_of_the_catalogue_lie_beside_it_unless_data_are_named(
    write: Write, tmp_path: Path
) -> None:
    beside = read(write, question()).collection
    options = {"catalogue": "corpus/catalogue.toml"}
    named = FORMAT.read(Source(tmp_path, tmp_path / "far", options, {"ocr": "off"})).collection
    assert isinstance(beside, Catalogued)
    assert isinstance(named, Catalogued)
    assert (beside.root, named.root) == (tmp_path / "corpus", tmp_path / "far")
    assert named.overrides == {"ocr": "off"}


def test_without_families_there_are_no_halves(write: Write) -> None:
    (case,) = read(write, question(family="mine"), families=None).cases
    assert (case.family, case.split) == ("mine", None)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (question(tekst="x"), "tekst: unknown field; did you mean text?"),
        (question(kind="clauses"), "kind: 'clauses' is none of clause, definition"),
        (question(voice="boss"), "voice: 'boss' is none of staff"),
        (question(as_of="25 January"), "as_of: '25 January' is no day"),
        (question(family="laws"), "family: 'laws' is not in families.toml"),
        (question(expect="weak_evidence"), "expect: must be null where groups answer"),
        (silent(expect=None), "expect: must name a reason or be 'any'"),
        (silent(expect="unsure"), "expect: 'unsure' is none of not_in_corpus"),
        (question(groups=[[]]), "groups: a group is empty"),
        (question(groups=[[support(quotes="x")]]), "groups[0][0].quotes: unknown field"),
        (question(groups=[[support(quote=" ")]]), "groups[0][0].quote: is empty"),
        (question(groups=[[support(end=14)]]), "groups[0][0].end: the quote has 9 characters"),
        (question(groups=[[support(channel="rule")]]), "groups[0][0].channel: 'rule' is none of"),
        (question(groups=[[support(document="x")]]), "groups: 'x' is not in the catalogue"),
        (question(groups=[[support(document="code")]]), "groups: 'code' is not of the question's"),
        (question(groups=[[support(document="bill")]]), "groups: 'bill' is not of the question's"),
    ],
)
def test_a_malformed_question_names_its_place(
    write: Write, tmp_path: Path, asked: dict[str, Any], said: str
) -> None:
    with pytest.raises(BenchmarkError) as raised:
        read(write, silent(), asked | {"id": "c-2"})
    assert str(raised.value).startswith(f"{tmp_path}/questions.jsonl:2: {said}")


def test_a_quote_that_is_not_frozen_says_how(write: Write) -> None:
    loose = {name: value for name, value in support().items() if name != "version"}
    with pytest.raises(BenchmarkError, match=r"groups\[0\]\[0\].version: .* eval.freezing"):
        read(write, question(groups=[[loose]]))


def test_an_id_occurs_once(write: Write) -> None:
    with pytest.raises(BenchmarkError, match=r"questions.jsonl:2: id: 'c-1' occurs twice"):
        read(write, question(), question())


@pytest.mark.parametrize(
    ("families", "said"),
    [
        (FAMILIES.replace('"codes"', '"acts"'), "8: family[1].name: 'acts' occurs twice"),
        (
            FAMILIES.replace('["code"]', '["act"]'),
            "10: family[1].documents: 'act' is in the",
        ),
        (FAMILIES.replace('"test"', '"train"'), "9: family[1].split: 'train' is none of dev, test"),
        ("[[famly]]\n", " family: is missing"),
    ],
)
def test_malformed_families_name_their_place(write: Write, families: str, said: str) -> None:
    with pytest.raises(BenchmarkError) as raised:
        read(write, question(), families=families)
    assert f"families.toml:{said}" in str(raised.value)
