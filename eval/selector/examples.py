"""What the selector reads beside a question: the stretches that answer it, and near misses.

Near misses are those labelled so and those that the engine finds nearest. Only documents of the
development half are read, so that the test half stays unseen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from eval.selector.questions import Lesson, Place
from ingest.chunking import passages
from pincite.context import context_of
from pincite.types import Document, Question, Span
from service.answering.considering import Considered
from service.answering.stretches import COVERED, stretches
from service.answering.units import units
from service.engine import Engine
from service.holdings import Holdings

# Passages whose stretches are taken, and stretches of each sort.
_PASSAGES = 12
_GOLD, _NEAR, _ALL = 3, 3, 9
# Of a stretch that is named, so many places are looked at; a template repeats it often.
_COPIES = 6
_LEAST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Example:
    """A question, and texts with whether each answers it; `labelled` are the first of them."""

    question: str
    family: str
    texts: tuple[str, ...]
    answers: tuple[bool, ...]
    labelled: int


def example(lesson: Lesson, engine: Engine, dev: frozenset[str]) -> Example | None:
    """The example of a lesson; None where it has a gold stretch and none is found as a unit."""
    on = engine.considered(Question(lesson.text))
    with engine.holdings() as holdings:
        named = partial(_named, holdings)
        gold, near = list(named(lesson.gold)), list(named(lesson.near))
        found = _found(on, dev)
        is_gold = partial(_answers, lesson, texts_of(lesson, holdings))
        right = _once([*gold, *(one for one in found if is_gold(one))])[:_GOLD]
        wrong = [one for one in near if is_gold(one) is False][:_NEAR]
        others = [one for one in found if is_gold(one) is False and one not in wrong]
        wrong += others[: max(2, _ALL - len(right) - len(wrong))]
        if lesson.answerable != bool(right):
            return None
        every = [*right, *wrong]
        texts = tuple(one.text for one in every)
        labels = (True,) * len(right) + (False,) * len(wrong)
        return Example(on.asking.text, lesson.family, texts, labels, len(right) + len(near))


@dataclass(frozen=True, slots=True)
class _Unit:
    """A stretch with what the selector reads of it."""

    document: str
    span: Span
    words: str
    text: str


def _found(on: Considered, dev: frozenset[str]) -> list[_Unit]:
    """The stretches that the engine finds nearest, best first."""
    evidence = [one for one in on.evidence[:_PASSAGES] if one.document.entry.id in dev]
    places = stretches(evidence, on.asking.wanted, on.asking.support)
    places.sort(key=lambda place: -(place[0].score + COVERED * place[2]))
    return [
        _unit(one.document, span, context_of(one.document.entry, one.hit.passage))
        for one, span, _ in places
    ]


def _named(holdings: Holdings, places: Sequence[Place]) -> Iterator[_Unit]:
    """The stretches that hold the places, as units of their passages."""
    for entry_id, place in places[:_COPIES]:
        document = holdings.document(entry_id)
        for passage in passages(document):
            if overlap(place, passage.span) < length(place) / 2:
                continue
            held = [unit for unit in units(document, passage.span) if overlap(place, unit)]
            if held:
                best = min(held, key=lambda unit: (-overlap(place, unit), length(unit)))
                yield _unit(document, best, context_of(document.entry, passage))


def _unit(document: Document, span: Span, context: str) -> _Unit:
    words = span.of(document.text)
    return _Unit(document.entry.id, span, flat(words), f"{context}\n{words}")


def _answers(lesson: Lesson, golden: Sequence[str], one: _Unit) -> bool | None:
    """Whether a stretch answers; None where it holds a part of a gold stretch, so may or not."""
    here = [span for document, span in lesson.gold if document == one.document]
    if any(overlap(span, one.span) >= length(span) / 2 or span.holds(one.span) for span in here):
        return True
    if any(words in one.words for words in golden):
        return True
    return None if any(overlap(span, one.span) for span in here) else False


def texts_of(lesson: Lesson, holdings: Holdings) -> list[str]:
    """The words of the gold stretches, as they would stand in a copy of the text."""
    words = [flat(span.of(holdings.document(document).text)) for document, span in lesson.gold]
    return [one for one in words if len(one.split()) >= _LEAST_WORDS]


def _once(found: Sequence[_Unit]) -> list[_Unit]:
    return list({(one.document, one.span): one for one in found}.values())


def overlap(one: Span, other: Span) -> int:
    """The characters that two stretches share."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def length(span: Span) -> int:
    """The characters of a stretch."""
    return span.end - span.start


def flat(text: str) -> str:
    """The words of a text alone, in small letters, as copies of it are told."""
    return re.sub(r"\W+", " ", text).lower().strip()
