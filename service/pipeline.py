"""retrieve > rank > answer > compose > verify: one Haystack pipeline, run once a question.

Components are thin coats over plain functions; one value, `Asked`, travels between them.
"""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"

from haystack import Pipeline, component
from haystack.core.errors import PipelineRuntimeError

from pincite.context import indexed_text
from pincite.settings import Settings
from pincite.shelf import Shelf
from pincite.standing import short_name
from pincite.types import Answer, Hit, Leg, Question
from service.answering.answerer import answer_from
from service.answering.companions import accompanied
from service.answering.considering import Asking, considered
from service.answering.doctrines import as_doctrine, doctrine_of
from service.answering.finishing import finished
from service.answering.governing import governed
from service.answering.joining import joined
from service.answering.parting import loose_parts, parts_of
from service.answering.places import near_places, own_law
from service.answering.selecting import selector_of
from service.answering.sources import own_texts, texts_named
from service.answering.support import support_of
from service.asked import Asked
from service.conversing.places import places_of
from service.generating.composing import composed, may_be_worded
from service.holdings import Holdings
from service.linking.named import Named, as_codified, first, named
from service.ranking import FUSIONS, fuse, nearer, reranked, reread, spread, with_own
from service.retrieval import CITATION_SHARE, retrieve, retrieve_own
from service.sharing.settling import settled, told_apart
from service.verifying import verified
from service.wording import places_named, worded

# A failing component is reported once, as our own error, not in Haystack's several lines.
logging.getLogger("haystack.utils.base_serialization").setLevel(logging.ERROR)


# An answer looks at more passages of a document than a list shows of one.
_PER_DOCUMENT = 2


@component
class Retrieve:
    """A question to ranked passages."""

    def __init__(self, shelf: Shelf, settings: Settings) -> None:
        self.shelf, self.settings = shelf, settings

    @component.output_types(asked=Asked)
    def run(self, asked: Asked) -> dict[str, Asked]:
        """What was asked, with its hits."""
        return {"asked": found_to_answer(asked, self.shelf, self.settings)}


@component
class AnswerFrom:
    """Ranked passages to an answer."""

    def __init__(self, shelf: Shelf, settings: Settings) -> None:
        self.shelf, self.settings = shelf, settings

    @component.output_types(asked=Asked)
    def run(self, asked: Asked) -> dict[str, Asked]:
        """What was asked, with an answer that nobody has checked yet."""
        asked.go_on("answer")
        started = time.perf_counter()
        about = asking(asked, self.shelf)
        parts = halves(asked)
        answer = self._in_parts(asked, parts) or self._of_doctrine(asked, about.text)
        answer = answer or answer_from(about, asked.view, asked.hits)
        if not answer.statements and not parts:
            answer = self._in_parts(asked, loose_parts(about.text)) or answer
        answer = told_apart(answer, asked.view, asked.holdings)
        answer = accompanied(answer, asked.holdings, asked.view)
        answer = governed(answer, asked.holdings)
        answer = finished(answer, about.text, asked.holdings, asked.view)
        return {"asked": replace(asked, answer=answer).timed("answer", started)}

    def _in_parts(self, asked: Asked, parts: Sequence[str]) -> Answer | None:
        """The answers to the halves of a question, joined; None where none is answered."""
        return joined(asked.question, [self._of_part(part, asked) for part in parts])

    def _of_doctrine(self, asked: Asked, text: str) -> Answer | None:
        """What a court says, where a question asks in plain words what courts put in their own."""
        words = doctrine_of(text, asked.holdings.jurisdictions, asked.question.place)
        answer = self._of_part(words, asked) if words else None
        return as_doctrine(answer, asked.question) if answer else None

    def _of_part(self, text: str, asked: Asked) -> Answer:
        part = replace(asked, question=replace(asked.question, text=text), listener=None)
        part = found_to_answer(part, self.shelf, self.settings)
        return answer_from(asking(part, self.shelf), part.view, part.hits)


def halves(asked: Asked) -> tuple[str, ...]:
    """The halves of a question that asks of two texts or places."""
    holdings, view = asked.holdings, asked.view

    def texts(said: str) -> list[str]:
        return [id_ for source in texts_named(said, holdings, view) for id_ in source]

    def places(said: str) -> list[str]:
        """Those whose law is held."""
        named = places_of(said, holdings.jurisdictions)
        return [one for one in named if places_named(one, holdings.jurisdictions)]

    def called(said: str) -> str:
        """The one text that is named."""
        named = texts_named(said, holdings, view)
        return short_name(holdings.works.entries[min(named[0])]) if len(named) == 1 else ""

    assert asked.wording is not None
    return parts_of(asked.wording.text, texts, places, called)


def asking(asked: Asked, shelf: Shelf) -> Asking:
    """A question that was looked for, with what tells the words of the passages apart."""
    wording, vector, holdings = asked.wording, asked.vector, asked.holdings
    assert wording is not None
    assert vector is not None
    support = support_of(shelf.reranker, wording.text, holdings.rarity)
    selector = selector_of(shelf.selector, wording.text)
    return Asking(asked.question, wording, vector, holdings, shelf.dense, support, selector)


@component
class Compose:
    """An answer of quotes to one in a model's words, where the settings name an endpoint."""

    def __init__(self, shelf: Shelf, settings: Settings) -> None:
        self.shelf, self.settings = shelf, settings
        self._ask = endpoint_of(settings)

    @component.output_types(asked=Asked)
    def run(self, asked: Asked) -> dict[str, Asked]:
        """What was asked, with an answer that nobody has verified yet."""
        answer = asked.answer
        assert answer is not None
        if self._ask is None or not may_be_worded(answer):
            return {"asked": asked}
        asked.go_on("compose")
        started = time.perf_counter()
        on = considered(asking(asked, self.shelf), asked.view, asked.hits)
        ask = partial(self._ask, asked)
        answer = composed(answer, on, ask, self.shelf.reranker, self.settings, asked.go_on)
        if answer.composition.model is not None:
            answer = told_apart(answer, asked.view, asked.holdings)
            answer = accompanied(answer, asked.holdings, asked.view)
            answer = governed(answer, asked.holdings)
        return {"asked": replace(asked, answer=answer).timed("compose", started)}


def endpoint_of(settings: Settings) -> Callable[..., str] | None:
    """What asks the model of the settings' endpoint, for a question; None where they name none."""
    if settings.llm_url is None:
        return None
    from service.generating.endpoint import Endpoint  # its libraries take seconds to load

    endpoint = Endpoint(settings)

    def ask(asked: Asked, system: str, user: str, schema: dict[str, Any]) -> str:
        with asked.aside():
            return endpoint.reply(system, user, schema, asked.go_on)

    return ask


@component
class Verify:
    """An answer to what of it stands in the sources."""

    @component.output_types(asked=Asked)
    def run(self, asked: Asked) -> dict[str, Asked]:
        """What was asked, with a verified answer."""
        asked.go_on("verify")
        started = time.perf_counter()
        assert asked.answer is not None
        answer, dropped = verified(asked.answer, asked.holdings.document)
        return {"asked": replace(asked, answer=answer, dropped=dropped).timed("verify", started)}


def ask_pipeline(shelf: Shelf, settings: Settings) -> Pipeline:
    """The pipeline; sockets are typed, so a wrong connection fails while it is built."""
    pipeline = Pipeline()
    pipeline.add_component("retrieve", Retrieve(shelf, settings))
    pipeline.add_component("answer", AnswerFrom(shelf, settings))
    pipeline.add_component("compose", Compose(shelf, settings))
    pipeline.add_component("verify", Verify())
    pipeline.connect("retrieve.asked", "answer.asked")
    pipeline.connect("answer.asked", "compose.asked")
    pipeline.connect("compose.asked", "verify.asked")
    return pipeline


def run(pipeline: Pipeline, asked: Asked) -> Asked:
    """One run. Raises the cause of a component's failure, not Haystack's wrapper."""
    try:
        done: Asked = pipeline.run({"retrieve": {"asked": asked}})["verify"]["asked"]
    except PipelineRuntimeError as error:
        raise error.__cause__ or error from None
    return done


def found_to_answer(asked: Asked, shelf: Shelf, settings: Settings) -> Asked:
    """What was asked, with the passages that an answer looks at."""
    depths = {
        "rerank_depth": min(settings.answer_depth, settings.rerank_depth),
        "second_depth": min(settings.answer_second_depth, settings.second_depth),
    }
    fewer = settings.model_copy(update=depths)
    return found(asked, shelf, fewer, _PER_DOCUMENT * settings.per_document)


def found(asked: Asked, shelf: Shelf, settings: Settings, per_document: int) -> Asked:
    """What was asked, with the passages that the legs find, fused and spread over documents."""
    asked, cited = ranked(encoded(asked, shelf), shelf, settings, per_document)
    return put_in_order(asked, cited, shelf, settings, per_document)


def encoded(asked: Asked, shelf: Shelf) -> Asked:
    """What was asked, with the words that are looked for and the vector that stands for them."""
    asked.go_on("retrieve")
    started = time.perf_counter()
    holdings = asked.holdings
    wording = as_codified(worded(asked.question.text, holdings.spelling), holdings.links.held)
    vector = shelf.dense.embed_query(wording.text)
    return replace(asked, wording=wording, vector=vector).timed("encode", started)


def ranked(
    asked: Asked, shelf: Shelf, settings: Settings, per_document: int
) -> tuple[Asked, Named]:
    """What was encoded, with the passages that the legs find, fused; and what it names."""
    question, holdings = asked.question, asked.holdings
    wording, vector = asked.wording, asked.vector
    assert wording is not None
    assert vector is not None
    started = time.perf_counter()
    depth = settings.leg_depth
    legs = dict(retrieve(question, wording, vector, holdings.reader, shelf.sparse, depth))
    cited = named(replace(question, text=wording.text), vector, holdings, asked.view)
    if cited.points:
        legs["citation"] = cited.points
    near = near_places(question, wording.text, holdings.jurisdictions)
    own = own_law(question, near, asked.view)
    own += own_texts(question, wording.text, holdings, asked.view)
    apart = retrieve_own(wording, vector, holdings.reader, shelf.sparse, own)
    asked = asked.timed("retrieve", started)
    started = time.perf_counter()
    weights, shares = _weights(settings), FUSIONS[settings.fusion]
    hits = fuse(legs, weights, shares)
    for found_there in apart:
        hits = with_own(hits, fuse(found_there, weights, shares))
    # The reranker reads more of a document than is shown of it: it tells its clauses apart.
    pool = max(_most(question, per_document), settings.rerank_depth // 2)
    hits = spread(nearer(hits, holdings.places, near), pool)
    hits = settled(hits, question, asked.view, holdings)
    hits = [replace(hit, fused=hit.score) for hit in hits]
    return replace(asked, hits=tuple(hits)).timed("rank", started), cited


def put_in_order(
    asked: Asked, cited: Named, shelf: Shelf, settings: Settings, per_document: int
) -> Asked:
    """The same passages as the reranker orders them, the clauses that are named before all."""
    hits: Sequence[Hit] = asked.hits
    if shelf.reranker is not None:
        asked.go_on("rerank")
        started = time.perf_counter()
        assert asked.wording is not None
        hits = read_again(asked, shelf, settings)
        asked = asked.timed("rerank", started)
    hits = spread(hits, _most(asked.question, per_document))
    return replace(asked, hits=tuple(first(hits, cited, asked.holdings)))


def _most(question: Question, per_document: int) -> int:
    """How many passages of one document: whoever names one wants all of it."""
    return sys.maxsize if question.filters.documents else per_document


def read_again(asked: Asked, shelf: Shelf, settings: Settings) -> list[Hit]:
    """The hits with the first `rerank_depth` as the rerankers and the first ranking order them.

    The second reranker is slower, and reads the best `second_depth` of what the first ordered.
    """
    assert asked.wording is not None
    assert shelf.reranker is not None
    question, deep = asked.wording.text, asked.hits[: settings.rerank_depth]
    texts = {hit.passage: _read(hit, asked.holdings) for hit in deep}
    bearings = shelf.reranker.scores(question, [texts[hit.passage] for hit in deep])
    hits = reranked(asked.hits, bearings, settings.rerank_weight)
    if shelf.second is None:
        return hits
    asked.go_on("")
    best = hits[: min(settings.second_depth, len(deep))]
    closer = shelf.second.scores(question, [texts[hit.passage] for hit in best])
    return reread(hits, closer, settings.second_weight)


def _read(hit: Hit, holdings: Holdings) -> str:
    return indexed_text(holdings.record(hit.passage.document_id).entry, hit.passage)


def _weights(settings: Settings) -> dict[Leg, float]:
    legs: dict[Leg, float] = {"dense": settings.dense_weight, "bm25": settings.bm25_weight}
    return {**legs, "citation": CITATION_SHARE * sum(legs.values())}
