"""`/v1/ask` over HTTP: one asker, a stream's first event, sixteen askers, a thousand questions."""

from __future__ import annotations

import http.client
import json
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from eval.corpus import indexed
from eval.question_sets import load_questions
from eval.speed.latency import read_ahead
from pincite.late_interaction import LateInteraction
from pincite.models import find_model
from pincite.reranking import words_of
from pincite.shelf import Shelf
from service.api.app import create_app
from service.engine import Engine
from service.threaded import listening, threaded

_ASKERS = 16
_ROUNDS = 3
_THOUSAND = 1000
_ANSWER_MS, _FIRST_MS, _SHARE = 700, 60, 0.8
# Word vectors of about what three questions read, so that the next ones find nothing kept.
_LITTLE = 12_000_000
_MB, _PAGE = 1024 * 1024, os.sysconf("SC_PAGE_SIZE")


class Noting(LateInteraction):
    """The reranker, which notes what it is given and keeps little of it."""

    given: dict[str, Sequence[str]]

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        """One score a passage, as ever."""
        self.given[question] = passages
        return super().scores(question, passages)


def run(data: Path) -> None:
    """Print the medians of one asker, the share of the reranker that 16 get, and the memory.

    Once with the word vectors of all passages on disk, as after reading ahead, once with none.
    """
    settings = indexed(data)
    read_ahead(settings)
    texts = [question.text for question in load_questions("sanctuary-dev")]
    for what, stored in (("word vectors kept", words_of(settings)), ("nothing kept", None)):
        print(what)
        reranker = Noting(find_model(settings.reranker), settings.threads, _LITTLE, stored)
        reranker.given = {}
        engine = Engine(settings, replace(Shelf.of(settings), reranker=reranker))
        engine.warm()
        reranker.given.clear()
        with served(engine) as port:
            _one(port, reranker, texts)
            _many(port, reranker, texts)
            if stored is not None:
                _thousand(port, engine, texts)
        engine.close()


def _one(port: int, reranker: LateInteraction, texts: Sequence[str]) -> None:
    """In memory nothing is kept from one question to the next."""
    whole, first = [], []
    for text in texts:
        reranker.forget()
        whole.append(asked(port, text))
        reranker.forget()
        first.append(streamed(port, text))
    for name, spent, target in (("answer", whole, _ANSWER_MS), ("first event", first, _FIRST_MS)):
        print(
            f"{name}: median {median(spent) * 1000:.1f} ms (target {target}),"
            f" 90th percentile {quantiles(spent, n=10)[-1] * 1000:.1f} ms,"
            f" {len(spent)} questions"
        )


def _many(port: int, reranker: Noting, texts: Sequence[str]) -> None:
    """In turns, so that whatever else the machine does counts for both.

    The reranker alone reads the passages of each question itself, and keeps none.
    """
    alone, in_company = [], []
    bare = LateInteraction(find_model(reranker.name), 0, kept=0)
    for _ in range(_ROUNDS):
        pairs = list(reranker.given.items())
        alone.append(len(pairs) / together(lambda pair: bare.scores(*pair), pairs))
        reranker.forget()
        in_company.append(len(texts) / together(lambda text: asked(port, text), texts))
    shares = [company / bare for company, bare in zip(in_company, alone, strict=True)]
    print(
        f"{_ASKERS} askers: {median(in_company):.2f} answers a second, the reranker alone"
        f" {median(alone):.2f}; share {median(shares):.2f} (target {_SHARE}), rounds"
        f" {', '.join(f'{share:.2f}' for share in shares)}"
    )


def _thousand(port: int, engine: Engine, texts: Sequence[str]) -> None:
    """Every fourth asker leaves a stream after its first event."""
    before, threads = memory(), threading.active_count()
    numbered = list(enumerate(islice(cycle(texts), _THOUSAND)))

    def ask(one: tuple[int, str]) -> None:
        number, text = one
        if number % 4:
            asked(port, text)
        else:
            streamed(port, text, leave=True)

    marks = []
    for at in range(0, _THOUSAND, _THOUSAND // 4):
        together(ask, numbered[at : at + _THOUSAND // 4])
        marks.append(memory())
    print(
        f"{_THOUSAND} questions, a quarter of them left: {before // _MB} MB before, then"
        f" {', '.join(str(mark // _MB) for mark in marks)} MB after each quarter;"
        f" {threads} threads before, {threading.active_count()} after;"
        f" {engine.turns.inside} places taken"
    )


@contextmanager
def served(engine: Engine) -> Iterator[int]:
    """The port of the service over an engine, in a thread of this process."""
    with listening() as listener, threaded(create_app(engine), listener):
        yield listener.getsockname()[1]


def asked(port: int, text: str) -> float:
    """The seconds of one answer as JSON."""
    started = time.perf_counter()
    with closing(_sent(port, text, "application/json")) as connection:
        response = connection.getresponse()
        body = response.read()
        assert response.status == 200, body
    return time.perf_counter() - started


def streamed(port: int, text: str, *, leave: bool = False) -> float:
    """The seconds to the first event of a stream, which may be left then."""
    started = time.perf_counter()
    with closing(_sent(port, text, "text/event-stream")) as connection:
        response = connection.getresponse()
        assert response.readline().startswith(b"event: status"), response.status
        first = time.perf_counter() - started
        if not leave:
            assert b"event: answer" in response.read()
    return first


def _sent(port: int, text: str, accept: str) -> http.client.HTTPConnection:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    headers = {"Content-Type": "application/json", "Accept": accept}
    connection.request("POST", "/v1/ask", json.dumps({"question": text}), headers)
    return connection


def together(work: Callable[[Any], object], given: Sequence[Any]) -> float:
    """The seconds that sixteen take, each with the next of what is given."""
    started = time.perf_counter()
    with ThreadPoolExecutor(_ASKERS) as askers:
        for _ in askers.map(work, given):
            pass
    return time.perf_counter() - started


def memory() -> int:
    """The bytes of memory that this process has now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * _PAGE
