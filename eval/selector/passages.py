"""What the passage reranker reads beside a question: passages that answer it, and those nearest.

The nearest that do not answer are what it must learn to put behind; only documents of the
development half are read, so that the test half stays unseen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from eval.selector.examples import Example, flat, length, overlap, texts_of
from eval.selector.questions import Lesson
from ingest.chunking import passages
from pincite.context import indexed_text
from pincite.types import Passage, Question
from service.asked import Asked
from service.engine import Engine
from service.holdings import Holdings
from service.pipeline import found
from service.vantage import today

# Passages that are ranked for a question, and kept of each sort.
_FOUND = 20
_RIGHT, _WRONG = 3, 12


def passage_example(lesson: Lesson, engine: Engine, dev: frozenset[str]) -> Example | None:
    """The example of a lesson; None where no passage answers it."""
    if not lesson.answerable:
        return None
    settings = engine.settings.model_copy(update={"rerank_depth": _FOUND})
    shelf = replace(engine.shelf, second=None)
    with engine.holdings() as holdings:
        asked = found(Asked(Question(lesson.text), today(), holdings), shelf, settings, _FOUND)
        answers = partial(_answers, lesson, texts_of(lesson, holdings))
        near = [hit.passage for hit in asked.hits[:_FOUND] if hit.passage.document_id in dev]
        right = [one for one in near if answers(one)]
        right += [one for one in _named(lesson, holdings) if one not in right]
        wrong = [one for one in near if not answers(one)]
        if not right or asked.wording is None:
            return None
        texts = [_text(one, holdings) for one in (*right[:_RIGHT], *wrong[:_WRONG])]
        told = len(right[:_RIGHT])
        labels = (True,) * told + (False,) * (len(texts) - told)
        return Example(asked.wording.text, lesson.family, tuple(texts), labels, told)


def _named(lesson: Lesson, holdings: Holdings) -> Iterator[Passage]:
    """The passages that hold half of a gold stretch or more."""
    for document_id in dict.fromkeys(document for document, _ in lesson.gold):
        for passage in passages(holdings.document(document_id)):
            if _holds(lesson, passage):
                yield passage


def _answers(lesson: Lesson, golden: list[str], passage: Passage) -> bool:
    """Whether a passage holds a gold stretch, there or in a copy of the text."""
    words = flat(passage.text)
    return _holds(lesson, passage) or any(one in words for one in golden)


def _holds(lesson: Lesson, passage: Passage) -> bool:
    return any(
        document == passage.document_id and overlap(span, passage.span) >= length(span) / 2
        for document, span in lesson.gold
    )


def _text(passage: Passage, holdings: Holdings) -> str:
    return indexed_text(holdings.record(passage.document_id).entry, passage)
