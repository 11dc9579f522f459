"""A lesson's passages: those that hold its gold, copies too, and near ones of the dev half."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from eval.selector.passages import passage_example
from eval.selector.questions import Lesson
from ingest.publishing import ingest
from pincite.settings import Settings
from pincite.shelf import Shelf
from pincite.types import Span
from service.engine import Engine

TOLL = "A truck with three axles shall pay a toll of twelve dollars on the harbor bridge each day."
TEXTS = {
    "code": f"# Tolls\n\n{TOLL}",
    "ferries": "# Ferries\n\nA ferry waits at the harbor bridge for every truck that comes.",
    "copy": f"# An exhibit\n\nThe code says: {TOLL}",
    "sealed": "# Elsewhere\n\nA truck pays nine dollars on the harbor bridge of another town.",
}


@pytest.fixture(scope="module")
def engine(
    tmp_path_factory: pytest.TempPathFactory, light_shelf: Callable[[Settings], Shelf]
) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp("texts")
    for name, text in TEXTS.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    settings = Settings(data_dir=tmp_path_factory.mktemp("var"), ocr="off")
    shelf = light_shelf(settings)
    ingest(settings, [folder], shelf=shelf)
    engine = Engine(settings, shelf)
    yield engine
    engine.close()


def lesson(engine: Engine, quote: str) -> Lesson:
    with engine.holdings() as holdings:
        id_ = next(one for one in holdings.records if one.endswith("code"))
        at = holdings.document(id_).text.find(quote)
    gold = ((id_, Span(at, at + len(quote))),) if quote else ()
    return Lesson("What toll does a truck pay on the harbor bridge?", "f", gold, (), bool(quote))


def halves(engine: Engine) -> frozenset[str]:
    with engine.holdings() as holdings:
        return frozenset(one for one in holdings.records if not one.endswith("sealed"))


def test_passages_that_hold_the_gold_answer_and_no_text_of_the_test_half_is_read(
    engine: Engine,
) -> None:
    found = passage_example(lesson(engine, TOLL), engine, halves(engine))
    assert found is not None
    right = [text for text, answers in zip(found.texts, found.answers, strict=True) if answers]
    assert len(right) == found.labelled == 2
    assert all(TOLL in text for text in right)
    assert any("ferry waits" in text for text in found.texts[2:])
    assert not any("nine dollars" in text for text in found.texts)


def test_a_gold_passage_that_is_not_found_is_read_all_the_same(engine: Engine) -> None:
    found = passage_example(lesson(engine, TOLL), engine, frozenset())
    assert found is not None
    assert found.answers == (True,)
    assert TOLL in found.texts[0]


def test_nothing_is_learnt_where_no_passage_answers(engine: Engine) -> None:
    assert passage_example(lesson(engine, ""), engine, halves(engine)) is None
