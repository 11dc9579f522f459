"""Median time of `/v1/search` and `/v1/ask` over HTTP at the real corpus's size."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from eval.corpus import indexed
from eval.question_sets import load_questions

_ROUNDS = 3


def run(data: Path) -> None:
    """Ask every development question over HTTP, in process, three times; print medians."""
    from fastapi.testclient import TestClient

    from service.api.app import create_app
    from service.engine import Engine

    engine = Engine(indexed(data))
    engine.warm()
    with engine.holdings() as holdings:
        print(f"{holdings.manifest.passages} passages of {len(holdings.records)} documents")
    with TestClient(create_app(engine)) as client:
        texts = [question.text for question in load_questions("sanctuary-dev")]
        for name, ask in (
            ("search", lambda q: client.get("/v1/search", params={"q": q})),
            ("ask", lambda q: client.post("/v1/ask", json={"question": q})),
        ):
            _report(name, [_timed(ask, text) for _ in range(_ROUNDS) for text in texts])


def _timed(ask: Callable[[str], Any], text: str) -> tuple[float, dict[str, float]]:
    started = time.perf_counter()
    response = ask(text)
    assert response.status_code == 200, response.text
    return (time.perf_counter() - started) * 1000, response.json()["timings_ms"]


def _report(name: str, timed: list[tuple[float, dict[str, float]]]) -> None:
    whole = [spent for spent, _ in timed]
    stages = {stage: median(t[stage] for _, t in timed) for stage in timed[0][1]}
    parts = ", ".join(f"{stage} {spent:.1f}" for stage, spent in stages.items())
    target = {"search": 60, "ask": 120}[name]
    print(
        f"/v1/{name}: median {median(whole):.1f} ms (target {target}),"
        f" 90th percentile {quantiles(whole, n=10)[-1]:.1f} ms; of which {parts}"
    )
