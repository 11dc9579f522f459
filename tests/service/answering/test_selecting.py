"""The selector reads little, once each, with what stands above; abstention looks at the best."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest

from pincite.types import Document, Hit, Span
from service.answering.asking import Wanted
from service.answering.evidence import Evidence
from service.answering.judging import figures_of
from service.answering.selecting import Selector, selector_of
from service.answering.stretches import Stretch

MakeDocument = Callable[..., Document]
MakeHit = Callable[..., Hit]

WANTED = Wanted({"unsaid": 1.0})
QUESTION = "Who appoints the deputy?"
ANSWER = "The council names a deputy every second year."
NEAR_MISS = "The mayor appoints the officer, and nobody else does."


class Told:
    """A model that was told how surely each text answers, and keeps what it read."""

    name, sha256 = "told", "0" * 64

    def __init__(self, answers: Mapping[str, float], otherwise: float = -3.0) -> None:
        self._answers, self._otherwise, self.read = answers, otherwise, list[str]()

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        assert question == QUESTION
        self.read += passages
        return [self._answers.get(text.splitlines()[-1], self._otherwise) for text in passages]


@pytest.fixture
def evidence(document: MakeDocument, hit: MakeHit) -> Evidence:
    """A passage of sentences that all say something."""
    law = document("law", "\n".join([NEAR_MISS, ANSWER]), title="Deputies")
    return Evidence(hit(law, similarity=0.5), law, 0.0, 1.0)


@pytest.fixture
def places(evidence: Evidence) -> list[Stretch]:
    """Ten stretches of a passage, the later the better they cover the question."""
    return [(evidence, Span(at, at + 20), at / 10) for at in range(10)]


def test_no_model_is_no_selector() -> None:
    assert selector_of(None, QUESTION) is None


def test_only_what_covers_the_question_best_is_read_and_nothing_twice(
    places: list[Stretch],
) -> None:
    texts = [span.of(places[0][0].document.text) for _, span, _ in places]
    model = Told({text: -float(at) for at, text in enumerate(texts)})
    selector = Selector(model, QUESTION)
    assert selector.best(places) == -5.0  # the five that cover it least are not read
    assert len(model.read) == 5
    assert selector.best(places) == -5.0
    assert len(model.read) == 5


def test_the_surest_is_preferred_and_what_is_not_read_is_worth_as_the_least_sure(
    places: list[Stretch],
) -> None:
    texts = [span.of(places[0][0].document.text) for _, span, _ in places]
    selector = Selector(Told({text: -float(at) for at, text in enumerate(texts)}), QUESTION)
    preferred = selector.preferred(places)
    assert preferred == sorted(preferred[:5]) + sorted(preferred[5:], reverse=True)
    assert preferred[:5] == [0.0] * 5  # read they are not, though they would be the surest
    assert preferred[5] > preferred[6] > preferred[-1] == 0.0
    assert selector.preferred([]) == []


def test_something_of_each_passage_is_read(
    places: list[Stretch], document: MakeDocument, hit: MakeHit
) -> None:
    """However well five stretches of one passage cover the question, another may answer it."""
    other = document("other", ANSWER)
    lone = (Evidence(hit(other, similarity=0.1), other, 0.0, 0.0), Span(0, len(ANSWER)), 0.0)
    selector = Selector(Told({ANSWER: 9.0}), QUESTION)
    preferred = selector.preferred([*places, lone])
    assert preferred[-1] > max(preferred[:-1])


def test_nothing_to_read_answers_nothing() -> None:
    assert Selector(Told({}), QUESTION).best([]) is None


def test_a_stretch_is_read_behind_its_title(evidence: Evidence) -> None:
    model = Told({})
    Selector(model, QUESTION).best([(evidence, Span(0, len(NEAR_MISS)), 0.0)])
    (text,) = model.read
    assert text.splitlines()[0].startswith("Deputies")
    assert text.splitlines()[1:] == [NEAR_MISS]


def test_the_surest_stretch_is_a_figure_of_abstention(evidence: Evidence) -> None:
    selector = Selector(Told({ANSWER: 2.5}), QUESTION)
    found = figures_of([evidence], WANTED, None, selector, unheld=False)
    assert found is not None
    assert (found.answers, found.similarity) == (2.5, 0.5)
    without = figures_of([evidence], WANTED, None, None, unheld=False)
    assert without is not None
    assert without.answers is None
    assert figures_of([], WANTED, None, selector, unheld=False) is None
