"""retrieve > rank > answer > verify: one Haystack pipeline, run once a question.

Components are thin coats over plain functions; one value, `Asked`, travels between them.
"""

from __future__ import annotations

import logging
import os
import time
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"

from haystack import Pipeline, component
from haystack.core.errors import PipelineRuntimeError

from pincite.embedding import Vectors
from pincite.settings import Settings
from pincite.shelf import Shelf
from pincite.types import Answer, Hit, Leg, Question
from service.answering.answerer import answer_from
from service.holdings import Holdings
from service.ranking import fuse, nearer, spread
from service.retrieval import CITATION_WEIGHT, retrieve
from service.verifying import verified

# A failing component is reported once, as our own error, not in Haystack's several lines.
logging.getLogger("haystack.utils.base_serialization").setLevel(logging.ERROR)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on its way to an answer, over the generation that was open when it came.

    `timings` holds pairs of a stage's name and its milliseconds; `dropped` counts citations
    that did not check out. It is passed on, never changed, so deep copies may share it.
    """

    question: Question
    day: date
    holdings: Holdings
    vector: Vectors | None = field(default=None, compare=False)
    hits: tuple[Hit, ...] = ()
    answer: Answer | None = None
    dropped: int = 0
    timings: tuple[tuple[str, float], ...] = ()

    def __deepcopy__(self, memo: dict[int, Any]) -> Asked:
        return self

    def timed(self, stage: str, started: float) -> Asked:
        """The same, with the time since `started` noted for a stage."""
        spent = (time.perf_counter() - started) * 1000
        return replace(self, timings=(*self.timings, (stage, round(spent, 2))))


@component
class Retrieve:
    """A question to ranked passages."""

    def __init__(self, shelf: Shelf, settings: Settings) -> None:
        self.shelf, self.settings = shelf, settings

    @component.output_types(asked=Asked)
    def run(self, asked: Asked) -> dict[str, Asked]:
        """What was asked, with its hits."""
        # A question that names a document may need more of its passages than a list shows.
        most = 2 * self.settings.per_document
        return {"asked": found(asked, self.shelf, self.settings, most)}


@component
class AnswerFrom:
    """Ranked passages to an answer."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf

    @component.output_types(asked=Asked)
    def run(self, asked: Asked) -> dict[str, Asked]:
        """What was asked, with an answer that nobody has checked yet."""
        started = time.perf_counter()
        assert asked.vector is not None
        answer = answer_from(
            asked.question, asked.vector, asked.day, asked.hits, asked.holdings, self.shelf.dense
        )
        return {"asked": replace(asked, answer=answer).timed("answer", started)}


@component
class Verify:
    """An answer to what of it stands in the sources."""

    @component.output_types(asked=Asked)
    def run(self, asked: Asked) -> dict[str, Asked]:
        """What was asked, with a verified answer."""
        started = time.perf_counter()
        assert asked.answer is not None
        answer, dropped = verified(asked.answer, asked.holdings.document)
        return {"asked": replace(asked, answer=answer, dropped=dropped).timed("verify", started)}


def ask_pipeline(shelf: Shelf, settings: Settings) -> Pipeline:
    """The pipeline; sockets are typed, so a wrong connection fails while it is built."""
    pipeline = Pipeline()
    pipeline.add_component("retrieve", Retrieve(shelf, settings))
    pipeline.add_component("answer", AnswerFrom(shelf))
    pipeline.add_component("verify", Verify())
    pipeline.connect("retrieve.asked", "answer.asked")
    pipeline.connect("answer.asked", "verify.asked")
    return pipeline


def run(pipeline: Pipeline, asked: Asked) -> Asked:
    """One run. Raises the cause of a component's failure, not Haystack's wrapper."""
    try:
        done: Asked = pipeline.run({"retrieve": {"asked": asked}})["verify"]["asked"]
    except PipelineRuntimeError as error:
        raise error.__cause__ or error from None
    return done


def found(asked: Asked, shelf: Shelf, settings: Settings, per_document: int) -> Asked:
    """What was asked, with the passages that the legs find, fused and spread over documents."""
    started = time.perf_counter()
    question, holdings = asked.question, asked.holdings
    vector = shelf.dense.embed_query(question.text)
    asked = replace(asked, vector=vector).timed("encode", started)
    started = time.perf_counter()
    legs = retrieve(question, vector, holdings.reader, shelf.sparse, settings.leg_depth)
    asked = asked.timed("retrieve", started)
    started = time.perf_counter()
    weights: dict[Leg, float] = {
        "dense": settings.dense_weight,
        "bm25": settings.bm25_weight,
        "citation": CITATION_WEIGHT,
    }
    hits = fuse(legs, weights)
    if question.place:
        places = {name: record.entry.jurisdiction for name, record in holdings.records.items()}
        hits = nearer(hits, places, question.place)
    hits = spread(hits, per_document)
    return replace(asked, hits=tuple(hits)).timed("rank", started)
