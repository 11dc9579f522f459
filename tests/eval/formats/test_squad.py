from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.collection import Precut
from eval.errors import BenchmarkError
from eval.formats.source import Content, Source
from eval.formats.squad import FORMAT

Write = Callable[[str, Any], Path]


def asked(id: str, text: str, *answers: tuple[str, int], **more: Any) -> dict[str, Any]:
    spans = [{"text": words, "answer_start": start} for words, start in answers]
    return {"id": id, "question": text, "answers": spans, **more}


def article(title: str, *paragraphs: tuple[str, list[dict[str, Any]]]) -> dict[str, Any]:
    return {"title": title, "paragraphs": [{"context": c, "qas": qas} for c, qas in paragraphs]}


POLICY = article(
    "shop.example",
    ("We keep your name.", [asked("p1", "What is kept? ", ("your name", 8))]),
    ("We sell nothing.", []),
    ("We keep addresses, and names.", [asked("p2", "What is kept?", ("addresses", 8))]),
)


def read(write: Write, *articles: dict[str, Any], **options: Any) -> Content:
    folder = write("dev.json", {"data": list(articles)}).parent
    return FORMAT.read(Source(folder, folder, {"file": "dev.json", **options}))


def test_the_same_words_over_one_document_are_one_case(write: Write) -> None:
    (case,) = read(write, POLICY, merge=True, within=True).cases
    assert case.relevant == {"shop.example#1": 1, "shop.example#3": 1}
    assert case.question.text == "What is kept?"
    assert case.question.filters.documents == ("shop.example",)
    (group,) = case.groups
    assert [support.quote for support in group.supports] == ["your name", "addresses"]


def test_the_same_words_over_two_documents_stay_two_cases(write: Write) -> None:
    other = article("bank.example", ("We keep all.", [asked("b1", "What is kept?", ("all", 8))]))
    cases = read(write, POLICY, other, merge=True).cases
    assert [(case.id, case.family) for case in cases] == [
        ("p1", "shop.example"),
        ("b1", "bank.example"),
    ]


def test_without_merging_each_question_stands_alone(write: Write) -> None:
    cases = read(write, POLICY).cases
    assert [case.id for case in cases] == ["p1", "p2"]
    assert cases[0].question.filters.documents == ()


def test_an_impossible_question_has_no_relevant_paragraph(write: Write) -> None:
    impossible = asked("n1", "Who sold it?", is_impossible=True)
    possible = asked("n2", "Who?", ("Rollo", 0), ("Rollo", 0), is_impossible=False)
    first, second = read(
        write, article("Old_Normans", ("Rollo led.", [impossible, possible]))
    ).cases
    assert (first.answerable, first.relevant, first.groups) == (False, {}, ())
    assert (second.answerable, second.relevant) == (True, {"Old_Normans#1": 1})
    assert len(second.groups[0].supports) == 1  # two annotators, one answer
    assert (first.family, second.family) == ("Old_Normans", "Old_Normans")


WORDS = st.text("ab é\n", min_size=1, max_size=20).filter(str.strip)


@given(st.lists(WORDS, min_size=1, max_size=4), st.data())
def test_gold_spans_are_verbatim_in_the_document(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], data: st.DataObject
) -> None:
    paragraphs = []
    for number, text in enumerate(texts):
        start = next(n for n, sign in enumerate(text) if not sign.isspace())
        end = data.draw(st.integers(start + 1, len(text)))
        paragraphs.append((text, [asked(f"q{number}", "Who?", (text[start:end], start))]))
    folder = tmp_path_factory.mktemp("squad")

    def write(name: str, content: Any) -> Path:
        (folder / name).write_text(json.dumps(content), "utf-8")
        return folder / name

    content = read(write, article("A", *paragraphs), merge=data.draw(st.booleans()))
    assert isinstance(content.collection, Precut)
    (document,) = content.collection.documents
    supports = [s for case in content.cases for group in case.groups for s in group.supports]
    assert len(supports) == len(texts)
    for support in supports:
        assert support.span.of(document.text) == support.quote
        assert support.version == document.version


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (asked("q", "Who?", ("Rollo", 1)), "answers[0].answer_start: 'Rollo' does not stand there"),
        (asked("q", "Who?", ("x", 99)), "answers[0].answer_start: 'x' does not stand there"),
        (asked("q", "Who?"), "answers: is empty"),
        (
            asked("q", "Who?", ("Rollo", 0), is_impossible=True),
            "answers: an impossible question has answers",
        ),
        (asked("q", " ", ("Rollo", 0)), "question: is empty"),
        ({"id": "q", "question": "Who?"}, "answers: is missing"),
    ],
)
def test_a_malformed_question_names_its_place(
    write: Write, question: dict[str, Any], said: str
) -> None:
    with pytest.raises(BenchmarkError) as raised:
        read(write, article("A", ("Rollo led.", [question])))
    assert f"dev.json: data[0].paragraphs[0].qas[0].{said}" in str(raised.value)


@pytest.mark.parametrize(
    ("articles", "said"),
    [
        ([POLICY, POLICY], "data[1].title: 'shop.example' occurs twice"),
        ([article("A")], "data[0].paragraphs: is empty"),
        ([article("A", ("", []))], "data[0].paragraphs[0].context: is empty"),
        (
            [article("A", ("ab", [asked("q", "Who?", ("a", 0))] * 2))],
            "data[0].paragraphs[0].qas[1].id: 'q' occurs twice",
        ),
    ],
)
def test_a_malformed_article_names_its_place(
    write: Write, articles: list[dict[str, Any]], said: str
) -> None:
    with pytest.raises(BenchmarkError) as raised:
        read(write, *articles)
    assert str(raised.value).endswith(said)
