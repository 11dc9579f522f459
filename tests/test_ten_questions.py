"""Ten plain questions over a fixed slice of the real corpus, with the real model, over HTTP.

The figures over the whole corpus are a benchmark: `make bench`.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from eval.corpus import CATALOGUE
from eval.question_sets import Asked, load_questions, outcome
from ingest.catalogue import load_catalogue
from ingest.publishing import ingest
from pincite.settings import Settings
from service.api.app import create_app
from service.engine import Engine
from service.verifying import verify

pytestmark = [pytest.mark.corpus, pytest.mark.model]

# About 1,300 passages: the texts asked about, among others that say nearly the same.
SLICE = (
    "statute/*",
    "ordinance/dc-*",
    "ordinance/nyc-local-law-2017-22*.rtf",
    "ordinance/nyc-local-law-2014-058*",
    "ordinance/somerville-ma-sec-2-6*",
    "executive_order/eo-13768.md",
    "executive_order/eo-13993.md",
    "executive_order/eo-14159*",
    "executive_order/eo-14287*",
    "executive_order/nyc-eo-2003-0*",
    "other/287g-moa-Kansas*",
    "other/287g-moa-hardee*",
    "other/287g-moa-TexasOffice*",
    "other/nyc-bill-*",
    "op_ed/denver*",
    "court_ruling/printz-v*",
    "court_ruling/arizona*",
    "court_ruling/south-dakota*",
)
QUESTIONS = load_questions("sanctuary-ten")


@pytest.fixture(scope="module")
def engine(corpus_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    root = tmp_path_factory.mktemp("slice")
    texts = corpus_dir / "corpus"
    for pattern in SLICE:
        for path in texts.glob(pattern):
            target = root / "corpus" / path.relative_to(texts)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    settings = Settings(data_dir=root / "var", ocr="off", allowed_hosts=("testserver",))
    report = ingest(settings, [root / "corpus"], catalogue=CATALOGUE)
    missing = len(load_catalogue(CATALOGUE)) - report.documents
    assert len(report.refusals) == missing  # every file that is not there is said not to be
    engine = Engine(settings)
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def client(engine: Engine) -> Iterator[TestClient]:
    with TestClient(create_app(engine)) as client:
        yield client


@pytest.mark.parametrize("asked", [pytest.param(asked, id=asked.id) for asked in QUESTIONS])
def test_the_right_document_and_clause_come_first(asked: Asked, client: TestClient) -> None:
    response = client.post("/v1/ask", json={"question": asked.text})
    assert response.status_code == 200, response.text
    answer = response.json()
    judged = outcome(asked, answer)
    cited = answer["citations"][:1]
    assert judged.document_first, cited
    assert judged.clause_first, cited
    assert cited[0]["channel"] == asked.channel
    assert not asked.pinpoint or asked.pinpoint in (cited[0]["pinpoint"], *_nested(cited[0]))


def _nested(citation: dict[str, str]) -> list[str]:
    """A quote of clause (a) may be printed as the clause or as the section that holds it."""
    point = citation["pinpoint"]
    return [point[:end] for end, character in enumerate(point) if character == "("]


def test_every_answer_stands_in_its_source(engine: Engine) -> None:
    from pincite.types import Question

    for asked in QUESTIONS:
        done = engine.ask(Question(asked.text))
        assert done.answer is not None
        assert done.dropped == 0
        for citation in (*done.answer.citations, *done.answer.nearest):
            verify(citation, done.holdings.document)
