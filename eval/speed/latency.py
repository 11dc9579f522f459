"""Median time of `/v1/search` and `/v1/ask` over HTTP at the real corpus's size."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from fastapi.testclient import TestClient

from eval.corpus import indexed
from eval.question_sets import load_questions
from pincite.reranking import LateInteraction
from pincite.settings import MODEL_OFF, Settings
from service.api.app import create_app
from service.engine import Engine

_ROUNDS = 3
# Milliseconds; the reranker reads every passage anew here, as for a question nobody asked before.
_TARGETS = {"without": {"search": 40, "ask": 120}, "with": {"search": 600, "ask": 700}}


def run(data: Path) -> None:
    """Ask every development question over HTTP, in process; print medians.

    First without the reranker, three times; then with it, once, and with none of its word
    vectors kept from one question to the next.
    """
    settings = indexed(data)
    plain = Settings(**{**settings.model_dump(), "reranker": MODEL_OFF, "selector": MODEL_OFF})
    _measure("without", Engine(plain), _ROUNDS)
    _measure("with", Engine(settings), 1)


def _measure(reranker: str, engine: Engine, rounds: int) -> None:
    engine.warm()
    with engine.holdings() as holdings:
        held = f"{holdings.manifest.passages} passages of {len(holdings.records)} documents"
    print(f"{held}, {reranker} reranker")
    with TestClient(create_app(engine)) as client:
        texts = [question.text for question in load_questions("sanctuary-dev")]
        for name, ask in (
            ("search", lambda q: client.get("/v1/search", params={"q": q})),
            ("ask", lambda q: client.post("/v1/ask", json={"question": q})),
        ):
            timed = [_timed(engine, ask, text) for _ in range(rounds) for text in texts]
            _report(name, timed, _TARGETS[reranker][name])
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
