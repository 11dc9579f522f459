"""The benchmarks of others, pinned by their sizes and a few of their items."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from eval.benchmark import Benchmark, listed, load
from eval.collection import Pdfs, Precut

pytestmark = pytest.mark.corpus


@cache
def benchmark(name: str, data: Path) -> Benchmark:
    return load(name, data=data)


def precut_of(one: Benchmark) -> Precut:
    assert isinstance(one.collection, Precut)
    return one.collection


@pytest.mark.parametrize(
    ("name", "units", "empty", "documents", "cases", "judgements"),
    [
        ("obliqa", 13_732, 720, 40, 2_788, 3_677),
        ("cranfield", 1_400, 2, 1_398, 225, 1_837),
        ("squad2", 306, 0, 8, 2_914, 2_914 - 1_559),
        # 3,809 questions: the same words over one policy are a case, 34 over one segment as well
        ("policyqa", 574, 0, 20, 2_420, 3_809 - 34),
    ],
)
def test_the_counts_are_those_of_the_data(
    corpus_dir: Path, name: str, units: int, empty: int, documents: int, cases: int, judgements: int
) -> None:
    one = benchmark(name, corpus_dir)
    collection = precut_of(one)
    assert collection.units + len(collection.empty) == units
    assert (len(collection.empty), len(collection.documents)) == (empty, documents)
    assert len(one.cases) == cases
    assert sum(len(case.relevant) for case in one.cases) == judgements


@pytest.mark.parametrize("name", ["obliqa", "cranfield", "squad2", "policyqa"])
def test_every_judged_unit_and_span_stands_in_the_collection(corpus_dir: Path, name: str) -> None:
    one = benchmark(name, corpus_dir)
    collection = precut_of(one)
    ids = [unit.id for document in collection.documents for unit in document.units]
    assert len(ids) == len(set(ids))
    assert {id for case in one.cases for id in case.relevant} <= {*ids, *collection.empty}
    documents = {document.id: document for document in collection.documents}
    versions = {document.id: document.version for document in collection.documents}
    for support in (s for case in one.cases for group in case.groups for s in group.supports):
        assert support.span.of(documents[support.document_id].text) == support.quote
        assert support.version == versions[support.document_id]


def test_no_judged_passage_of_obliqa_is_empty(corpus_dir: Path) -> None:
    one = benchmark("obliqa", corpus_dir)
    empty = set(precut_of(one).empty)
    assert not any(empty & set(case.relevant) for case in one.cases)
    assert one.cases[0].id == "4456cb1a-6a36-42fb-8484-b832e50a71a2"
    assert precut_of(one).documents[0].text.startswith("INTRODUCTION\nJurisdiction\nThe AML")


def test_squad_says_which_questions_have_an_answer(corpus_dir: Path) -> None:
    cases = benchmark("squad2", corpus_dir).cases
    assert sum(case.answerable is False for case in cases) == 1_559
    assert cases[0].question.text == "In what country is Normandy located?"
    assert cases[0].groups[0].supports[0].quote == "France"
    assert len({case.family for case in cases}) == 8


def test_policyqa_asks_within_one_policy(corpus_dir: Path) -> None:
    for case in benchmark("policyqa", corpus_dir).cases:
        assert case.question.filters.documents == (case.family,)
        assert all(id.startswith(f"{case.family}#") for id in case.relevant)


def test_financebench_pages_stand_in_their_files(corpus_dir: Path) -> None:
    import pypdfium2

    one = benchmark("financebench", corpus_dir)
    assert isinstance(one.collection, Pdfs)
    assert (len(one.cases), len(one.collection.entries)) == (36, 19)
    amazon = next(case for case in one.cases if case.id == "financebench_id_06655")
    assert "amazon-2017-10k#38" in amazon.relevant
    source = {entry.id: entry.source for entry in one.collection.entries}
    with pypdfium2.PdfDocument(one.collection.root / source["amazon-2017-10k"]) as pdf:
        assert "CONSOLIDATED STATEMENTS OF OPERATIONS" in pdf[37].get_textpage().get_text_range()


def test_all_are_listed(corpus_dir: Path) -> None:
    counts = {one.name: one.questions for one in listed(data=corpus_dir) if one.absent is None}
    assert (
        counts
        | {
            "obliqa": 2_788,
            "cranfield": 225,
            "squad2": 2_914,
            "policyqa": 2_420,
            "financebench": 36,
        }
        == counts
    )
