"""A real small model over the sample corpus: whatever it says, the answer is sound.

Opt-in: `make llm` prepares and serves SmolLM2-135M and runs this; PINCITE_TEST_LLM_URL and
PINCITE_TEST_LLM_MODEL name any other endpoint.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.publishing import ingest
from pincite.settings import Settings
from pincite.types import Answer, Question
from service.asked import Asked
from service.engine import Engine

URL = os.environ.get("PINCITE_TEST_LLM_URL", "")
MODEL = os.environ.get("PINCITE_TEST_LLM_MODEL", "")
with (Path(__file__).parents[3] / "corpora" / "sample" / "questions.toml").open("rb") as table:
    _LISTED = tomllib.load(table)
QUESTIONS = [*_LISTED["try"], *_LISTED["check"][:3]]

pytestmark = [
    pytest.mark.model,
    pytest.mark.llm,
    pytest.mark.skipif(not URL, reason="no endpoint with a real model (PINCITE_TEST_LLM_URL)"),
]


@pytest.fixture(scope="module")
def engine(sample_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The sample corpus, and a model that gets few passages and has time to read them."""
    settings = Settings(
        data_dir=tmp_path_factory.mktemp("llm"),
        ocr="off",
        llm_url=URL,
        llm_model=MODEL or "any",
        llm_passages=3,
        llm_max_tokens=160,
        llm_seconds=300,
    )
    ingest(settings, [sample_dir])
    engine = Engine(settings)
    yield engine
    engine.close()


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda question: str(question["id"]))
def test_what_a_real_model_says_is_checked_or_the_quotes_stand(
    engine: Engine, asked: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    question = Question(asked["question"], place=asked.get("place"))
    worded = engine.ask(question)
    answer, by_rule = _of(worded), _of(engine.ask(replace(question, llm=False)))
    with capsys.disabled():
        said = answer.composition
        print(f"\n{asked['id']}: {len(answer.statements)} statements, {said}")
        for statement in answer.statements if said.model else ():
            print(f"  {statement.channel} {statement.support}: {statement.text}")
    assert answer.statements
    assert answer.reason is None
    for citation in answer.citations:
        text = worded.holdings.document(citation.entry.id).text
        assert citation.span.of(text) == citation.quote
    for one in answer.statements:
        channels = {answer.citations[n - 1].channel for n in one.citations}
        assert one.citations
        assert one.channel != "law" or channels == {"law"}
    if answer.composition.model is None:
        assert answer.composition.trouble
        assert answer.statements == by_rule.statements
        assert answer.citations == by_rule.citations


def _of(asked: Asked) -> Answer:
    assert asked.answer is not None
    return asked.answer
