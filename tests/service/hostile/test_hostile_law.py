"""With the real models: the law that is quoted stays the law, whatever opinions are laid beside."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ingest.publishing import ingest
from pincite.settings import Settings
from service.engine import Engine
from service.filtering import question_of
from service.presenting import answer_json

Json = dict[str, Any]
with (Path(__file__).parents[3] / "corpora" / "sample" / "questions.toml").open("rb") as table:
    _LISTED = tomllib.load(table)
QUESTIONS = [*_LISTED["try"], *_LISTED["check"]]

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def alone(sample_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The sample corpus alone."""
    yield from _over(tmp_path_factory.mktemp("alone"), sample_dir)


@pytest.fixture(scope="module")
def among(
    sample_dir: Path, hostile_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """The sample corpus among the hostile documents, which are more than its own."""
    yield from _over(tmp_path_factory.mktemp("among"), sample_dir, hostile_folder)


def _over(data: Path, *folders: Path) -> Iterator[Engine]:
    settings = Settings(data_dir=data, ocr="off")
    ingest(settings, list(folders))
    engine = Engine(settings)
    yield engine
    engine.close()


def _asked(engine: Engine, question: Json) -> Json:
    day = str(question.get("as_of") or "") or None
    with engine.holdings() as holdings:
        asked = question_of(question["question"], holdings, place=question.get("place"), as_of=day)
    return answer_json(engine.ask(asked))


def _law(answer: Json) -> list[Json]:
    return [c for c in answer["citations"] if c["channel"] == "law"]


def _meet(one: Json, other: Json) -> bool:
    same = one["document_id"] == other["document_id"]
    return bool(same and one["start"] < other["end"] and other["start"] < one["end"])


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: str(question["id"]))
def test_law_is_quoted_where_it_was_and_the_same(
    alone: Engine, among: Engine, question: Json
) -> None:
    """More texts make other words rare, so how far a quote reaches may differ; the law may not."""
    before, after = _asked(alone, question), _asked(among, question)
    assert after["reason"] == before["reason"]
    assert [s["channel"] for s in after["statements"][:1]] == [
        s["channel"] for s in before["statements"][:1]
    ]
    with alone.holdings() as holdings:
        held = {record.entry.id for record in holdings.manifest.records}
    assert {c["document_id"] for c in _law(after)} <= held
    assert not _law(before) or any(_meet(a, b) for a in _law(after) for b in _law(before))
