"""Median time of `/v1/search` and `/v1/ask` over HTTP at the real corpus's size."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from fastapi.testclient import TestClient

from eval.corpus import indexed
from eval.question_sets import load_questions
from pincite.late_interaction import LateInteraction
from pincite.settings import MODEL_OFF, Settings
from service.api.app import create_app
from service.engine import Engine
from service.remembering import texts_of

_ROUNDS = 3
_BATCH = 256
# Milliseconds, without reranking and with it.
_PLAIN, _RANKED = {"search": 40, "ask": 120}, {"search": 600, "ask": 700}


def run(data: Path) -> None:
    """Ask every development question over HTTP, in process; print medians.

    First without models that rank, three times; then with them, once: with the word vectors of
    all passages kept on disk, as they are once the service has read ahead, and with none kept. In
    memory nothing is kept from one question to the next.
    """
    settings = indexed(data)
    plain = settings.model_copy(update={"reranker": MODEL_OFF, "selector": MODEL_OFF})
    cold = settings.model_copy(update={"word_vectors_mb": 0})
    _measure("without reranking", plain, _PLAIN, _ROUNDS)
    read_ahead(settings)
    _measure("with it, word vectors kept", settings, _RANKED, 1)
    _measure("with it, nothing kept", cold, _RANKED, 1)


def read_ahead(settings: Settings) -> None:
    """Keep the word vectors of all passages on disk, as the service does when nobody asks."""
    engine = Engine(settings)
    with engine.holdings() as holdings:
        texts = texts_of(holdings)
        model = engine.shelf.reranker
        assert isinstance(model, LateInteraction)
        while some := list(islice(texts, _BATCH)):
            model.remember(some)
    engine.close()


def _measure(what: str, settings: Settings, targets: Mapping[str, int], rounds: int) -> None:
    engine = Engine(settings)
    engine.warm()
    with engine.holdings() as holdings:
        held = f"{holdings.manifest.passages} passages of {len(holdings.records)} documents"
    print(f"{held}, {what}")
    with TestClient(create_app(engine)) as client:
        texts = [question.text for question in load_questions("sanctuary-dev")]
        for name, ask in (
            ("search", lambda q: client.get("/v1/search", params={"q": q})),
            ("ask", lambda q: client.post("/v1/ask", json={"question": q})),
        ):
            timed = [_timed(engine, ask, text) for _ in range(rounds) for text in texts]
            _report(name, timed, targets[name])
    engine.close()


def _timed(engine: Engine, ask: Callable[[str], Any], text: str) -> tuple[float, dict[str, float]]:
    if isinstance(engine.shelf.reranker, LateInteraction):
        engine.shelf.reranker.forget()
    started = time.perf_counter()
    response = ask(text)
    assert response.status_code == 200, response.text
    return (time.perf_counter() - started) * 1000, response.json()["timings_ms"]


def _report(name: str, timed: list[tuple[float, dict[str, float]]], target: float) -> None:
    whole = [spent for spent, _ in timed]
    stages = {stage: median(t[stage] for _, t in timed) for stage in timed[0][1]}
    parts = ", ".join(f"{stage} {spent:.1f}" for stage, spent in stages.items())
    print(
        f"/v1/{name}: median {median(whole):.1f} ms (target {target}),"
        f" 90th percentile {quantiles(whole, n=10)[-1]:.1f} ms; of which {parts}"
    )
